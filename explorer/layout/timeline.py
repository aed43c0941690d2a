"""The timeline as a Scene: lanes under an axis, the undated strip and the legend below (design §3a, §4).

Every row of the request is drawn, counted in a cluster, listed as undated, or told at an edge of the window, and its
id is on the group that stands for it: drawn + clustered + undated + outside = total, always.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from explorer.casefile.columns import HUES, Ints, Mask
from explorer.casefile.distinct import distinct
from explorer.layout.axis import Gap, ticks
from explorer.layout.body import Body, BodyRequest, layout_body, least_lane
from explorer.layout.elastic import CALENDAR, Elastic
from explorer.layout.extents import Extents, calendar_extents, ladder_extents
from explorer.layout.header import HEIGHT, Grid, calendar_head, empty_head, gap_lines, grid_lines, ladder_head
from explorer.layout.labels import Box
from explorer.layout.ladder import Ladder, default_axis, ladder
from explorer.layout.lanenames import lane_names
from explorer.layout.lanes import AFFECTED, PLAIN, Lane, touches
from explorer.layout.legend import layout_legend, styles_of
from explorer.layout.marks import titled
from explorer.layout.measure import Measure
from explorer.layout.order import barred
from explorer.layout.rows import Band
from explorer.layout.scene import Group, Item, Label, Rect, Scene, shifted
from explorer.layout.skipping import skipping_of
from explorer.layout.strip import LINE, Chip, Flow, flowed
from explorer.layout.timebar import INFERRED, REFERENCE
from explorer.layout.timelinescene import TimelineRequest, TimelineScene
from explorer.layout.tooltips import cluster_words, details, number_suffix, toll
from explorer.layout.undated import (
    HEADROOM,
    Tie,
    Undated,
    in_order,
    rule,
    strip_name,
    tie_entries,
    ties_between,
    undated_items,
)
from explorer.layout.viewport import Viewport, finite_range, fitted, held
from explorer.words import tr

__all__ = ["TimelineRequest", "TimelineScene", "default_axis", "layout_timeline"]

#: Above this many marks, lanes show batches or density instead of single marks.
MOST_MARKS = 1500
#: Above so many records, a frame is made without passing over all of them; figures may take their time.
MANY, MANY_FITTED = 400, 1000
#: Above this many undated records, only the weightiest are laid out one by one.
MOST_CHIPS = 400
_MARGIN = 12.0


def layout_timeline(request: TimelineRequest, measure: Measure) -> TimelineScene:
    """Return the picture of request.rows. Pure: equal requests give equal scenes."""
    if len(request.rows) <= (MANY_FITTED if request.fit else MANY):
        picture = Picture(request, measure)
        if len(picture.found.row) <= MOST_MARKS:
            return picture.laid_out()
    from explorer.layout.throng import Throng

    return Throng(request, measure).laid_out()


class Picture:
    """One layout: the frame is settled first, then what lies in it."""

    head = HEIGHT  # of the axis; rungs whose words take two lines have a higher one
    gaps: tuple[Gap, ...]  # the breaks in sight
    ties: tuple[Tie, ...] = ()  # between the undated

    def __init__(self, request: TimelineRequest, measure: Measure) -> None:
        self.request, self.measure, self.table = request, measure, request.table
        self.rows = distinct(np.asarray(request.rows, np.int32))
        given = zip(np.asarray(request.rows).tolist(), request.titles, strict=True) if request.titles else ()
        self.known = dict(given)
        self.times = self.table.times(text_only=request.text_only)
        found = touches(self.table, request.lanes, request.opened, text_only=request.text_only).of(
            self._mask(self.rows)
        )
        self.gutter = self._gutter(found.lanes)
        self.left, self.right = self.gutter, max(request.width - _MARGIN, self.gutter + 40)
        self.steps: Ladder | None = None
        self.regime = "marks"
        self.warp, self.gaps = self._warp(), ()
        self.viewport, self.whole = self._viewport()
        self.extents = self._extents(self.rows)
        self.found = found

    def _mask(self, rows: Ints) -> Mask:
        mask = np.zeros(len(self.table), np.bool_)
        mask[rows] = True
        return mask

    def _gutter(self, lanes: Sequence[Lane]) -> float:
        names = [lane.name for lane in lanes] + [self._strip_name()]
        widest = max(self.measure.width(name[:60], "lane") for name in names)
        signs = self.measure.width("▸ ", "lane") if any(lane.opens for lane in lanes) else 0.0
        widest += signs
        return min(widest + 24, 190.0, self.request.width * 0.22)

    def _strip_name(self) -> str:
        return strip_name(self.request.axis)

    def _warp(self) -> Elastic:
        """Return the map that skips empty years, where that is asked for."""
        if self.request.axis != "elastic":
            return CALENDAR
        return skipping_of(self.table, self.request.rows, text_only=self.request.text_only).axis

    def _viewport(self) -> tuple[Viewport, tuple[float, float]]:
        left, width = self.left, self.right - self.left
        if self.request.axis == "order":
            self.steps = self._ladder()
            all_of_it = Viewport(-0.5, max(len(self.steps.rungs), 1) - 0.5, left, width)
            narrowest = 0.5
        else:
            all_of_it = fitted(self._range(), left, width, margin=52.0, warp=self.warp)
            narrowest = 60.0
        whole = (all_of_it.start, all_of_it.end)
        if self.request.window is None:
            return all_of_it, whole
        start, end = held(self.request.window, narrowest=narrowest)
        return Viewport(start, end, left, width, self.warp), whole

    def _ladder(self) -> Ladder:
        return ladder(self.table, text_only=self.request.text_only).narrowed(self.rows)

    def _range(self) -> tuple[float, float] | None:
        return finite_range(self.times, self.rows)

    def _extents(self, rows: Ints) -> Extents:
        if self.steps is None:
            return calendar_extents(self.times, rows, self.viewport)
        return ladder_extents(self.steps, rows, barred(self.table, self.steps, rows), self.viewport)

    def titles(self, rows: Sequence[int]) -> dict[int, str]:
        """Return the titles of a few rows."""
        if not self.known:
            return dict(zip(rows, self.table.titles(list(rows)), strict=True))
        return {row: self.known[row] for row in rows}

    def ids(self, rows: Ints) -> Sequence[str]:
        """Return the ids of rows, in order of id."""
        return tuple(sorted(self.table.ids[row] for row in rows.tolist()))

    def laid_out(self) -> TimelineScene:
        """Return the finished picture."""
        request = self.request
        head, grid = self._head()
        undated = self._listed()
        legend, legend_height = self._legend()
        lowest = self.head + legend_height + (60 if len(self.rows) > len(undated) else 0)
        flow, chips, rest = self._strip(undated, request.height - lowest)
        strip_height = flow.lines * flow.pitch + 10 if len(undated) else 0.0
        edges = 16.0 if (early := self._outside(-1)) + (late := self._outside(1)) else 0.0
        room = max(request.height - self.head - edges - strip_height - legend_height, 24.0)
        body, lanes = self._body(room)
        body_height = max(body.height, 0.0 if request.fit else room)
        top = self.head + edges
        need = top + body_height + strip_height + legend_height
        height = request.height if request.fit or need <= request.height + 0.5 else need
        items: list[Item] = [
            *_stripes(body.bands, top, request.width),
            *grid_lines(grid, top, top + body_height),
            *gap_lines(self.gaps, top, top + body_height),
            rule(self.gutter, self.head - 2, self.gutter, top + body_height),
            *lane_names(lanes, body.bands, self.gutter, top, self.measure),
            *(body.groups if body.top == top else (shifted(group, 0, top) for group in body.groups)),
        ]
        below = (
            max(top + body_height, height - legend_height - strip_height)
            if request.fit
            else top + body_height
        )
        items += self._strip_items(chips, flow, rest, below, strip_height)
        if legend_height:
            items += self._legend_items(legend, legend_height, height)
        items += self._head_items(head)
        scene = Scene(request.width, height, tuple(items), event_ids=self._event_ids())
        window = (self.viewport.start, self.viewport.end)
        more = bool(early or late) or window[0] > self.whole[0] or window[1] < self.whole[1]
        plot = (self.left, top, self.right - self.left, body_height)
        seen = len(self.rows) - early - late - len(undated)
        told = (early, late, len(undated), seen, self.regime, self.warp)
        return TimelineScene(scene, window, self.whole, plot, height, more, *told)

    def _legend_items(self, legend: Group, tall: float, height: float) -> list[Item]:
        """Return the legend at the foot of what is in sight, however far the lanes are scrolled."""
        request = self.request
        seen = min(height, max(request.scroll, 0.0) + request.height) if request.pinned else height
        y = seen - tall
        cover = [Rect(0, y, request.width, tall, "panel")] if seen < height else []
        return [*cover, rule(0, y, request.width, y), shifted(legend, 14, y)]

    def _undated(self) -> Ints:
        return self.rows[~self.extents.dated]

    def _listed(self) -> Ints:
        """Return the undated rows as they are listed, what the links say of their order first."""
        text_only = self.request.text_only
        listed = in_order(self.table, self._ranked(self._undated()), text_only=text_only)
        ids = [self.table.ids[row] for row in listed[:MOST_CHIPS].tolist()]
        self.ties = ties_between(self.table, ids, text_only=text_only)
        return listed

    def _event_ids(self) -> AbstractSet[str]:
        return frozenset(self.ids(self.rows))

    def _outside(self, side: int) -> int:
        """Return how many records lie before the window (side -1) or after it (1)."""
        return int(np.count_nonzero(self.extents.outside == side))

    def _outside_group(self, side: int, text: str, label: Label, box: Box) -> Group:
        """Return the note that stands for those records."""
        rows = self.rows[self.extents.outside == side]
        return titled([label], self.ids(rows), "cluster", cluster_words(self.table, rows, text), box)

    def _selected(self, rows: Ints) -> frozenset[str]:
        """Return the ids of the selected ones of rows, or of more."""
        del rows
        return self.request.selected

    def _legend(self) -> tuple[Group, float]:
        if not self.request.legend or self.request.height < 220:
            return Group((), kind="legend"), 0.0
        hues = distinct(self.table.hue[self.rows]).tolist()
        most = 2 if self.request.fit or self.request.height >= 420 else 1
        width, lesser = self.request.width - 28, (self.found.touch == AFFECTED) & ~self.found.main
        return layout_legend(
            self.request.axis, hues, width, self.measure, most=most, affected=bool(lesser.any()),
            used=self._styles(), extra=tie_entries(self.ties),
        )  # fmt: skip

    def _styles(self) -> frozenset[str]:
        """Return the line styles in sight."""
        shown = self.extents.dated & (self.extents.outside == 0)
        contested = self.times.contested[self.extents.rows]
        used = styles_of(self.extents, self.table.hollow[self.extents.rows], contested, shown)
        read = np.isin(self.found.basis, (INFERRED, REFERENCE)) & (self.found.touch != PLAIN)
        return used | ({"read"} if read.any() else set()) | ({"gap"} if self.warp.breaks else set())

    def _head(self) -> tuple[Group, tuple[Grid, ...]]:
        if self.steps is None and self.request.window is None and not self.extents.dated.any():
            words = tr("No record here has a date") if len(self.rows) else tr("No record to show")
            return empty_head(words, self.left, 0, self.measure), ()
        if self.steps is None:
            return self._calendar()
        head, grid, self.head = ladder_head(self.steps, self.times, self.viewport, 0, self.measure)
        return head, grid

    def _calendar(self) -> tuple[Group, tuple[Grid, ...]]:
        marks = ticks(self.viewport, self.measure)
        self.gaps = marks.gaps
        return calendar_head(marks, self.viewport, 0, self.measure)

    def _head_items(self, head: Group) -> list[Item]:
        """Return the axis (held in sight when scrolled) with what lies outside the window told below it."""
        items: list[Item] = [*self._outside_notes()]
        pinned = min(max(self.request.scroll, 0.0), 1e6)
        parts: list[Item] = [Rect(0, 0, self.request.width, self.head, "panel")] if pinned else []
        parts += [head, rule(0, self.head - 2, self.request.width, self.head - 2), *items]
        return [shifted(part, 0, pinned) for part in parts] if pinned else parts

    def _outside_notes(self) -> list[Group]:
        notes = []
        told = {-1: tr("← {count} earlier"), 1: tr("{count} later →")}
        if self.right - self.left < 2 * max(self.measure.width(words, "small") for words in told.values()):
            told = {-1: "← {count}", 1: "{count} →"}
        for side, words in told.items():
            count = self._outside(side)
            if not count:
                continue
            text = words.format(count=count)
            wide = self.measure.width(text, "small")
            x = self.left + 4 if side < 0 else self.right - wide - 2
            y = self.head + 12
            label = Label(x, y, text, "small", wide, "accent")
            box = (x, y - self.measure.ascent("small"), x + wide, y + self.measure.descent("small"))
            notes.append(self._outside_group(side, text, label, box))
        return notes

    def _body(self, room: float) -> tuple[Body, tuple[Lane, ...]]:
        e, request = self.extents, self.request
        found = self.found.of(self._mask(e.rows[e.dated & (e.outside == 0)]))
        if request.fit:
            found = found.merged(max(int(room / least_lane(self.measure)), 1))
        body = BodyRequest(
            self.table, found, e, self.titles, self.left, self.right, room, request.fit, request.text_only,
            self._selected(e.rows), self._moves(), breaks=self._breaks(),
        )  # fmt: skip
        return layout_body(body, self.measure), found.lanes

    def _breaks(self) -> tuple[float, ...]:
        """Return where bars are marked as not drawn to scale."""
        return tuple(gap.middle for gap in self.gaps)

    def _moves(self) -> float:
        """Return by how much a stem may take its marks along: on the ladder, within the narrowest rung."""
        if self.steps is None:
            return 0.0
        narrowest = float(np.diff(self.steps.edges).min(initial=1.0))
        return self.viewport.width / self.viewport.span * narrowest * 0.34

    def _strip(self, undated: Ints, room: float) -> tuple[Flow, list[Chip], Ints]:
        """Return where the undated go: (flow, chips, rows without a chip)."""
        shown, rest = undated[:MOST_CHIPS], undated[MOST_CHIPS:]
        chips = self._chips(shown)
        pitch = LINE + HEADROOM if self.ties else LINE
        most = max(min(int(room * 0.4 / pitch), 4), 1)
        flow = flowed(chips, self.left + 10, self.right, most, self.measure, rest=bool(len(rest)))
        flow = replace(flow, pitch=pitch)
        return flow, chips, np.concatenate((shown[flow.rest :], rest))

    def _ranked(self, rows: Ints) -> Ints:
        """Return rows, the selected and the gravest first (thousands stay as they are: few of them are drawn)."""
        if len(rows) > 5000:
            return rows
        worth = toll(self.table, rows, text_only=self.request.text_only).tolist()
        ids = [self.table.ids[row] for row in rows.tolist()]
        chosen = self._selected(rows)
        order = sorted(range(len(ids)), key=lambda i: (ids[i] not in chosen, -worth[i], ids[i]))
        return rows[np.array(order, np.int64)]

    def _chips(self, rows: Ints) -> list[Chip]:
        listed = rows.tolist()
        title = self.titles(listed)
        table, text_only = self.table, self.request.text_only
        selected = self._selected(rows)
        return [
            Chip(
                table.ids[row], HUES[int(table.hue[row])], bool(table.hollow[row]), title[row],
                number_suffix(table, row, text_only=text_only), details(table, row, title[row], text_only=text_only),
                table.ids[row] in selected,
            )
            for row in listed
        ]  # fmt: skip

    def _strip_items(
        self, chips: list[Chip], flow: Flow, rest: Ints, top: float, height: float
    ) -> list[Item]:
        if not height:
            return []
        undated = Undated(
            self.table, chips, flow, rest, self.ties, self.request.axis, self.gutter, self.right, self.ids
        )
        return undated_items(undated, top, height, self.request.width, self.measure)


def _stripes(bands: Sequence[Band], top: float, width: float) -> list[Item]:
    return [
        Rect(0, top + band.top, width, band.height, "lane_b" if number % 2 else "lane_a")
        for number, band in enumerate(bands)
    ]
