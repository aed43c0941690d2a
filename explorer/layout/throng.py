"""The timeline of thousands: what a frame costs depends on what is seen, never on how many records there are.

Three regimes by what is visible: single marks with labels, batches of marks, density. In each, seen + earlier + later
+ undated = all records, and every id is on a group (design §4, §6).
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property, partial

import numpy as np

from explorer.casefile.columns import Ints, Mask
from explorer.layout.batches import MARK, layout_batches, lines_of
from explorer.layout.body import Body, BodyRequest, layout_body, least_lane
from explorer.layout.crowd import MOST_LANES, Entries, crowd_of, entries_of
from explorer.layout.elastic import CALENDAR
from explorer.layout.extents import FADE, RADIUS, Extents
from explorer.layout.header import HEIGHT, Grid, empty_head
from explorer.layout.heat import HeatRequest, layout_heat
from explorer.layout.labels import Box
from explorer.layout.ladder import Ladder
from explorer.layout.lanes import Lane, Touches
from explorer.layout.legend import Density, layout_legend, order_words, span_words
from explorer.layout.marks import titled
from explorer.layout.measure import Measure
from explorer.layout.order import order_of
from explorer.layout.rowids import RowIds, RowSet
from explorer.layout.scene import Group, Label
from explorer.layout.skipping import skipping_of
from explorer.layout.strip import LINE as STRIP_LINE
from explorer.layout.strip import Chip, Flow, flowed
from explorer.layout.tiles import beyond
from explorer.layout.timeline import _MARGIN, MOST_MARKS, Picture, TimelineRequest
from explorer.layout.toplabels import kept_titles
from explorer.words import tr

#: Up to so many places in lanes are single marks on a screen, whose frames must be quick; and are batches at all.
MOST_SINGLE, MOST_BATCHED = 300, 8000
#: So many undated records are named; the others are counted.
_CHIPS = 40
#: How many marks may stand where one has room, before they are too many to be told apart.
_CROWDED = 3


class Throng(Picture):
    """One layout of thousands."""

    def __init__(self, request: TimelineRequest, measure: Measure) -> None:
        self.request, self.measure, self.table = request, measure, request.table
        self.order = None
        if request.axis == "order":
            self.order = order_of(request.table, request.rows, text_only=request.text_only)
        spans = self.order.spans if self.order is not None else None
        self.warp, self.gaps = self._warp(), ()
        if self.warp is not CALENDAR:
            spans = skipping_of(request.table, request.rows, text_only=request.text_only).spans
        self.crowd = crowd_of(request.table, request.rows, text_only=request.text_only, spans=spans)
        self.rows, self.steps, self.known = self.crowd.rows, None, {}
        self.times = self.table.times(text_only=request.text_only)
        self.entries = self._entries()
        self.gutter = self._gutter(self.entries.touches.lanes)
        self.left, self.right = self.gutter, max(request.width - _MARGIN, self.gutter + 40)
        self.viewport, self.whole = self._viewport()
        self.extents, self.found, self.regime = self._seen()

    def _entries(self) -> Entries:
        request = self.request
        most = MOST_LANES
        if request.fit:
            room = request.height - HEIGHT - 60
            most = min(most, max(int(room / least_lane(self.measure)), 1))
        return entries_of(
            self.table, request.lanes, request.opened, self.crowd, most=most, paged=not request.fit
        )

    def _ladder(self) -> Ladder:
        assert self.order is not None
        return self.order.steps

    def _range(self) -> tuple[float, float] | None:
        bounds = self.crowd.range
        if bounds is None or self.warp is CALENDAR:
            return bounds
        return self.warp.time(bounds[0]), self.warp.time(bounds[1])

    def _seen(self) -> tuple[Extents, Touches, str]:
        """Return what is drawn mark by mark, and how: nothing of the kind where it is density."""
        start, end = self._near
        none = np.empty(0, np.int32)
        if self.crowd.seen(start, end) <= MOST_BATCHED:
            extents = self._extents(self.crowd.near(start, end))
            found = self.entries.of(extents.rows[extents.outside == 0])
            if len(found.row) <= MOST_BATCHED and self._have_room(found):
                single = len(found.row) <= (MOST_MARKS if self.request.fit else MOST_SINGLE)
                return extents, _present(found), "marks" if single else "batches"
        return self._extents(none), self.entries.of(none), "density"

    def _have_room(self, found: Touches) -> bool:
        """Return True where the marks of the fullest lane do not hide each other: else columns say more."""
        count = np.bincount(found.lane, minlength=1)
        lanes = max(int(np.count_nonzero(count)), 1)
        places = lines_of((self.request.height - HEIGHT) / lanes) * (self.right - self.left) / MARK
        return int(count.max()) <= max(_CROWDED * places, MOST_SINGLE)

    @cached_property
    def chosen(self) -> Mask | None:
        """The selected rows, None where none are."""
        mask = self.request.chosen
        if mask is None and self.request.selected:
            known = self.table.row_of
            mask = np.zeros(len(self.table), np.bool_)
            mask[[known[record] for record in self.request.selected if record in known]] = True
        return mask if mask is not None and mask.any() else None

    @cached_property
    def heat(self) -> HeatRequest:
        """The density that is drawn where there is too much for marks; its viewport is in ticks."""
        ticks = self.viewport.linear(self.crowd.spans.unit)
        return HeatRequest(self.crowd, self.entries, ticks, 0.0, self.request.fit, self.chosen)

    def _selected(self, rows: Ints) -> frozenset[str]:
        if self.chosen is None:
            return frozenset()
        return frozenset(self.table.ids_of(rows[self.chosen[rows]]))

    def titles(self, rows: Sequence[int]) -> dict[int, str]:
        """Return the titles of a few rows, fetched once."""
        return kept_titles(self.table, rows)

    def ids(self, rows: Ints) -> Sequence[str]:
        """Return the ids of rows, read when asked for."""
        return RowIds(self.table, rows)

    def _event_ids(self) -> AbstractSet[str]:
        return RowSet(self.table, self.crowd.mask, len(self.rows))

    def _undated(self) -> Ints:
        return self.crowd.undated

    def _listed(self) -> Ints:
        return self.crowd.undated

    def _outside(self, side: int) -> int:
        if self.regime == "density":
            return self._outside_cells(side)
        near = int(np.count_nonzero(self.extents.outside == side))
        start, end = self._near
        return near + (self.crowd.dated - self.crowd.begun(end) if side > 0 else self.crowd.over(start))

    def _outside_cells(self, side: int) -> int:
        bounds, (start, end) = self.crowd.range, self.viewport.places
        if bounds is None or (start <= bounds[0] if side < 0 else end >= bounds[1]):
            return 0
        return self.heat.part.early if side < 0 else self.heat.part.late

    @property
    def _near(self) -> tuple[float, float]:
        air = (FADE + 2 * RADIUS) * self.viewport.span / self.viewport.width
        start, end = self.viewport.places
        return start - air, end + air

    def _outside_rows(self, side: int) -> Ints:
        if self.regime == "density":
            part = self.heat.part
            cell = part.first if side < 0 else part.first + part.size
            return beyond(self.crowd, part.level, cell, early=side < 0)
        start, end = self._near
        far = self.crowd.before(start) if side < 0 else self.crowd.after(end)
        return np.sort(np.concatenate((far, self.extents.rows[self.extents.outside == side])))

    def _outside_group(self, side: int, text: str, label: Label, box: Box) -> Group:
        ids = RowIds(self.table, partial(self._outside_rows, side), self._outside(side))
        return titled([label], ids, "cluster", text, box)

    def _legend(self) -> tuple[Group, float]:
        request = self.request
        if not request.legend or request.height < 220:
            return Group((), kind="legend"), 0.0
        most = 1 if request.height < 420 else 2
        return layout_legend(
            request.axis,
            self.crowd.hues,
            request.width - 28,
            self.measure,
            most=most,
            density=self._density(),
            used=self._styles() if self.regime == "marks" else None,
        )

    def _density(self) -> Density | None:
        """Return what a column means where there are columns."""
        if self.regime != "density":
            return None
        size = (1 << self.heat.level) / self.crowd.spans.unit
        words = span_words(size) if self.order is None else order_words(size)
        return Density(words, self.heat.part.fullest, self.chosen is not None)

    def _head(self) -> tuple[Group, tuple[Grid, ...]]:
        if self.order is None and self.crowd.range is None and self.request.window is None:
            return empty_head(tr("No record here has a date"), self.left, 0, self.measure), ()
        if self.order is not None:
            return super()._head()
        return self._calendar()

    def _body(self, room: float) -> tuple[Body, tuple[Lane, ...]]:
        request = self.request
        top = self.head + (16.0 if self._outside(-1) or self._outside(1) else 0.0)
        if self.regime == "density":
            sight = None if request.fit else (request.scroll - 40, request.scroll + request.height)
            return layout_heat(replace(self.heat, room=room, sight=sight, top=top), self.measure)
        body = BodyRequest(
            self.table, self.found, self.extents, self.titles, self.left, self.right, room, request.fit,
            request.text_only, self._selected(self.extents.rows), self._moves(), breaks=self._breaks(),
        )  # fmt: skip
        if self.regime == "batches":
            body = replace(body, top=top)
            return layout_batches(body, self.crowd, self.chosen, self.measure), self.found.lanes
        return layout_body(body, self.measure), self.found.lanes

    def _strip(self, undated: Ints, room: float) -> tuple[Flow, list[Chip], Ints]:
        """Return where the undated go: the first of them (selected ones before others) with a place of their own."""
        if self.chosen is not None and len(undated):
            picked = self.chosen[undated]
            undated = np.concatenate((undated[picked], undated[~picked]))
        chips = self._chips(undated[:_CHIPS])
        most = max(min(int(room * 0.4 / STRIP_LINE), 2), 1)
        rest = undated[_CHIPS:]
        flow = flowed(chips, self.left + 10, self.right, most, self.measure, rest=bool(len(rest)))
        return flow, chips, undated[flow.rest :]


def _present(found: Touches) -> Touches:
    """Return found without lanes that hold nothing and have nothing opened below them."""
    mask = np.zeros(int(found.row.max(initial=0)) + 1, np.bool_)
    mask[found.row] = True
    return found.of(mask)
