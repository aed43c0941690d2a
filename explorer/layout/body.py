"""The lanes of a timeline with their marks, stems, clusters and labels, each event one group that bears its id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from explorer.casefile.columns import HUES, KINDS, EventTable
from explorer.frozen import frozen
from explorer.layout.extents import RADIUS, Extents
from explorer.layout.labels import Box, Crowd, Wanted, placed
from explorer.layout.lanes import BENEFICIARY, DOER, PARTY, PLAIN, RECIPIENT, Touches
from explorer.layout.marks import arrow, interrupted, numbered, shape_of, slashes, stem, suffered, titled
from explorer.layout.measure import Measure, line_height
from explorer.layout.rows import LOW, LOWEST, SMALL, STEP, WIDE, Band, Mark, planned, stem_places
from explorer.layout.scene import FontRole, Group, Item, Label, Shape
from explorer.layout.timebar import BAR, INFERRED, REFERENCE, BarLook, bar, disputed, end_of
from explorer.layout.tooltips import TOLD, cluster_words, details, number_suffix, toll
from explorer.query.totals import kept_numbers, range_words, summed
from explorer.words import tr

_OVERHANG = 3.0  # pixels by which a label may reach out of a low lane


@frozen(eq=False, slots=False)
class BodyRequest:
    """What the lanes are made of. left, right: the plot; room: the height there is.

    moves: stems may take their marks along by so many pixels (on the ladder, where a place in a rung means nothing).
    top: where batches are drawn, so that thousands of marks need not be moved. breaks: where the axis is broken, as x.
    """

    table: EventTable
    touches: Touches
    extents: Extents
    titles: Callable[[Sequence[int]], dict[int, str]]
    left: float
    right: float
    room: float
    fit: bool
    text_only: bool
    selected: frozenset[str]
    moves: float = 0.0
    top: float = 0.0
    breaks: tuple[float, ...] = ()


@frozen(eq=False, slots=False)
class Body:
    """bands from y = 0 down; groups in drawing order, for a body whose top lies at top."""

    bands: list[Band]
    groups: list[Group]
    height: float
    top: float = 0.0


def layout_body(request: BodyRequest, measure: Measure) -> Body:
    """Return the lanes with every entry of touches drawn, or counted in a cluster."""
    drawing = _Drawing(request, measure)
    least = least_lane(measure)
    bands = planned(drawing.lanes, request.room, request.right, fit=request.fit, least=least)
    groups = drawing.groups(bands)
    return Body(bands, groups, bands[-1].top + bands[-1].height if bands else 0.0)


def least_lane(measure: Measure) -> float:
    """Return the height below which the names of two lanes would touch, or a lane had no room for two lines."""
    return max(line_height(measure, "lane"), 2 * LOWEST) + 2


@frozen
class Cluster:
    """A numbered mark: its group, its box, the label it asks for where it speaks of dead, and of how many one does."""

    group: Group
    box: Box
    wanted: Wanted | None
    worth: float


class _Drawing:
    """Marks, stems and labels of one request."""

    def __init__(self, request: BodyRequest, measure: Measure) -> None:
        self.request, self.measure = request, measure
        self.table, self.extents = request.table, request.extents
        touches = request.touches
        self.contested = self.table.times(text_only=request.text_only).contested
        rows = list(dict.fromkeys(touches.row.tolist()))
        self.title = request.titles(rows)
        self.suffix = {row: number_suffix(self.table, row, text_only=request.text_only) for row in rows}
        self.selected = {row for row in rows if self.table.ids[row] in request.selected}
        position = {row: at for at, row in enumerate(self.extents.rows.tolist())}
        self.by_row: dict[int, list[Mark]] = defaultdict(list)
        self.lanes: list[list[Mark]] = [[] for _ in touches.lanes]
        main = touches.main.tolist()
        entries = zip(
            touches.lane.tolist(),
            touches.row.tolist(),
            touches.touch.tolist(),
            touches.basis.tolist(),
            strict=True,
        )
        for index, (lane, row, touch, basis) in enumerate(entries):
            full = main[index] or touch == PLAIN
            self.by_row[row].append(self._mark(position[row], row, lane, touch, full, basis))
        for marks in self.by_row.values():
            marks.sort(key=lambda mark: (not mark.full, mark.lane))
        self.stems = {
            r: m for r, m in self.by_row.items() if sum(not mark.lesser for mark in m) > 1 and not m[-1].full
        }
        self._stand_apart()
        for marks in self.by_row.values():
            for mark in marks:
                self.lanes[mark.lane].append(mark)
        worth = toll(self.table, np.array(rows, np.int32), text_only=request.text_only).tolist()
        self.worth = dict(zip(rows, worth, strict=True))
        for lane in self.lanes:
            lane.sort(key=lambda mark: (mark.x0, mark.x1, self.table.ids[mark.row]))
            gravest = min((mark for mark in lane if mark.full), key=self._rank, default=None)
            if gravest is not None:
                gravest.first = True

    def _mark(self, at: int, row: int, lane: int, touch: int, full: bool, basis: int) -> Mark:
        e, request = self.extents, self.request
        x = float(e.anchor[at])
        dashed = basis in {INFERRED, REFERENCE}
        x0, x1 = max(float(e.left[at]), request.left), min(float(e.right[at]), request.right)
        if not full:  # on the calendar no more of a point than its event is
            slim = not e.point[at] and not request.moves
            ends = (min(x0, x - SMALL), max(x1, x + SMALL)) if slim else (x - SMALL, x + SMALL)
            return Mark(row, at, lane, touch, full, dashed, x, *ends, slim=slim)
        if e.point[at]:
            x0, x1 = x - RADIUS, x + RADIUS
        mark = Mark(row, at, lane, touch, full, dashed, x, x0, x1, wide=x1 - x0 >= WIDE)
        font = self._font(row)
        words = self.title[row] + self.suffix[row]
        mark.width = min(
            self.measure.width(words[:200], font), self._room(), request.right - request.left - 40
        )
        return mark

    def _rank(self, mark: Mark) -> tuple[bool, float, bool, int, str]:
        """Return what makes a mark matter: chosen, its dead, that it happened, its sources; the smallest first."""
        row = mark.row
        background = self._font(row) == "small"
        sources = int(self.table.source_count[row])
        return row not in self.selected, -self.worth[row], background, -sources, self.table.ids[row]

    def _font(self, row: int) -> FontRole:
        """Background (episodes and states) speaks lower than what happened."""
        return "small" if KINDS[int(self.table.kind[row])] in {"ongoing", "situation"} else "label"

    def _room(self) -> float:
        return min(max((self.request.right - self.request.left) * 0.3, 100.0), 270.0)

    def _stand_apart(self) -> None:
        """Give every stem its x, and on the ladder its marks with it."""
        e, request = self.extents, self.request
        reach = {}
        for row, marks in self.stems.items():
            at, x = marks[0].at, marks[0].x
            low, high = x - request.moves, x + request.moves
            if request.moves and not e.point[at]:
                low, high = float(e.left[at]) + RADIUS, float(e.right[at]) - RADIUS
            elif not e.point[at]:
                aside = min(3 * STEP, (marks[0].x1 - marks[0].x0) / 4)
                low, high = x - aside, x + aside
            reach[row] = (max(low, request.left + RADIUS), min(high, request.right - RADIUS))
        lone = [
            m
            for row, marks in self.by_row.items()
            if row not in self.stems
            for m in marks
            if self.extents.point[m.at]
        ]
        ordered = dict(
            sorted(
                self.stems.items(), key=lambda pair: (pair[1][0].x, -len(pair[1]), self.table.ids[pair[0]])
            )
        )
        for row, x in stem_places(ordered, reach, lone).items():
            for mark in self.stems[row]:
                if not mark.slim and (not mark.full or e.point[mark.at]):
                    mark.x0, mark.x1 = mark.x0 + x - mark.x, mark.x1 + x - mark.x
                mark.x = x
        self._choose_sides()

    def _choose_sides(self) -> None:
        """Let labels stand to the left of their marks where a stem would cut them sooner on the right."""
        stems = np.array(
            [
                (m[0].x, min(k.lane for k in m if not k.lesser), max(k.lane for k in m if not k.lesser))
                for m in self.stems.values()
            ]
        ).reshape(-1, 3)
        for mark in (mark for marks in self.by_row.values() for mark in marks if mark.full and not mark.wide):
            near = stems[(stems[:, 1] <= mark.lane) & (stems[:, 2] >= mark.lane), 0]
            near = near[np.abs(near - mark.x) > 0.5]
            free_right = float((near[near > mark.x] - mark.x).min(initial=1e6))
            free_left = float((mark.x - near[near < mark.x]).min(initial=1e6))
            need = mark.x1 - mark.x + mark.width + 6
            if free_right < min(need, free_left) and mark.x0 - mark.width - 8 > self.request.left:
                mark.side = -1

    def groups(self, bands: list[Band]) -> list[Group]:
        """Return clusters and events with their labels; every row of touches is in at least one of them."""
        self.floor = bands[-1].top + bands[-1].height if bands else 0.0
        parts: dict[int, list[Item]] = {}
        boxes: dict[int, list[Box]] = {}
        lines: dict[int, list[Box]] = {}
        for row, marks in self.by_row.items():
            parts[row], boxes[row], lines[row] = self._event(row, [m for m in marks if m.line >= 0], bands)
        clusters = [self._cluster(y, marks, band) for band in bands for _, y, marks in band.clusters]
        hard = [box for found in boxes.values() for box in found]
        hard += [cluster.box for cluster in clusters]
        crowd = Crowd(hard, [box for found in lines.values() for box in found])
        labels = self._labels(bands, crowd, clusters)
        held = [self._label_box(label) for told in labels.values() for label in told]
        held += [cluster.box for cluster in clusters]
        found: list[tuple[tuple[int, float, str], Group]] = []
        for row in self.by_row:
            if not parts[row]:
                continue
            items = [*(interrupted(item, held) for item in parts[row]), *labels[row]]
            targets = [*boxes[row], *lines[row], *(self._label_box(label) for label in labels[row])]
            text = details(self.table, row, self.title[row], text_only=self.request.text_only)
            group = titled(items, (self.table.ids[row],), "event", text, *targets)
            layer = 0 if not any(isinstance(item, Shape) for item in items) else 1 if row in self.stems else 2
            found.append(((layer, self.by_row[row][0].x, self.table.ids[row]), group))
        found.sort(key=lambda pair: pair[0])
        groups = [
            replace(cluster.group, items=(*cluster.group.items, *labels[-1 - i]))
            for i, cluster in enumerate(clusters)
        ]
        return [*(group for _, group in found), *groups]

    def _event(
        self, row: int, marks: list[Mark], bands: list[Band]
    ) -> tuple[list[Item], list[Box], list[Box]]:
        """Return the items, the boxes of the marks, and those of the stem."""
        hue = HUES[int(self.table.hue[row])]
        items: list[Item] = []
        boxes: list[Box] = []
        lines: list[Box] = []
        ends = [mark for mark in marks if not mark.lesser]
        if row in self.stems and len(ends) > 1:
            dashed = any(mark.dashed for mark in ends if not mark.full)
            ys = [self._y(mark, bands) for mark in ends]
            items.append(stem(ends[0].x, min(ys), max(ys), hue, dashed=dashed))
            lines.append((ends[0].x - 2.5, min(ys), ends[0].x + 2.5, max(ys)))
        for mark in marks:
            y = self._y(mark, bands)
            items += self._signs(mark, y, hue, ends, bands)
            half = (
                BAR / 2 + 2
                if mark.full and not self.extents.point[mark.at]
                else RADIUS + 1
                if mark.full
                else SMALL
            )
            before = 8.0 if mark.full and self.contested[row] else 0.0
            boxes.append((mark.x0 - 1 - before, y - half, mark.x1 + 1, y + half))
        return items, boxes, lines

    def _y(self, mark: Mark, bands: list[Band]) -> float:
        """Return the height of a mark: bars hang low on their line, so that their label has room above."""
        low = mark.full and mark.wide and bands[mark.lane].line_height >= LOW
        return mark.y + (7.0 if low else 0.0)

    def _signs(self, mark: Mark, y: float, hue: str, ends: list[Mark], bands: list[Band]) -> list[Item]:
        hollow = bool(self.table.hollow[mark.row])
        if mark.full:
            return self._full(mark, y, hue, hollow)
        slim = self._bar(mark, y, hue, hollow) if mark.slim else []
        if mark.lesser:
            return [*slim, suffered(mark.x, y, hue)]
        if mark.touch in {RECIPIENT, BENEFICIARY} and any(end.full for end in ends):
            origin = next(self._y(end, bands) for end in ends if end.full)
            return [*slim, arrow(mark.x, y, y < origin, hue)]
        assert mark.touch in {DOER, PARTY, RECIPIENT, BENEFICIARY}
        return slim or [Shape("circle", mark.x, y, 3.5, hue)]

    def _full(self, mark: Mark, y: float, hue: str, hollow: bool) -> list[Item]:
        e, at = self.extents, mark.at
        signs = disputed(max(mark.x0 - 5, self.request.left + 3), y) if self.contested[mark.row] else []
        if e.point[at]:
            return [shape_of(hue, mark.x, y, hollow=hollow), *signs]
        return [*self._bar(mark, y, hue, hollow), *signs]

    def _bar(self, mark: Mark, y: float, hue: str, hollow: bool) -> list[Item]:
        e, at = self.extents, mark.at
        basis = int(e.basis[at])
        reach = (float(e.left[at]), float(e.inner_left[at]), float(e.inner_right[at]), float(e.right[at]))
        look = BarLook(
            hue, bool(e.core[at]), basis == REFERENCE, basis == INFERRED, hollow,
            end_of(e.ends, at, 0, known=not e.open_left[at]), end_of(e.ends, at, 1, known=not e.open_right[at]),
            bool(e.possible[at]),
        )  # fmt: skip
        items = bar(reach, y, look, self.request.left, self.request.right, thin=mark.slim)
        across = [x for x in self.request.breaks if reach[0] + 4 < x < reach[3] - 4]
        return [*items, *(stroke for x in across for stroke in slashes(x, y, hue))]

    def _cluster(self, y: float, marks: list[Mark], band: Band) -> Cluster:
        rows = sorted({mark.row for mark in marks}, key=lambda row: self.table.ids[row])
        hues = np.bincount(self.table.hue[rows], minlength=len(HUES))
        left, right = self.request.left, self.request.right
        low, high = min(mark.x0 for mark in marks), max(mark.x1 for mark in marks)
        x = min(max((low + high) / 2, left + 14), right - 14)
        dead = self._dead(rows)
        head = tr("{count} records").format(count=len(rows))
        said = ", ".join(filter(None, (head, dead)))
        hue = HUES[int(hues.argmax())]
        items, wide, tall = numbered(
            x, y, len(rows), hue, band.line_height, self.measure, least=high - low, said=said
        )
        tall = max(tall, line_height(self.measure, "small"))
        box = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
        told = any(isinstance(item, Label) and item.text == said for item in items)
        limits = self._limits(band)
        asked = (
            None if told or not dead else Wanted(head, ", " + dead, box, limits, "label", room=self._room())
        )
        ids = tuple(self.table.ids[row] for row in rows)
        words = cluster_words(self.table, rows)
        group = titled(items, ids, "cluster", f"{words}\n{dead}" if dead else words, box)
        return Cluster(group, box, asked, max(self.worth[row] for row in rows))

    def _dead(self, rows: list[int]) -> str:
        """Return "≥ 25 killed" for what is clustered, "" where nobody says so as a fact."""
        if not any(self.worth[row] for row in rows):
            return ""
        mask = np.zeros(len(self.table), np.bool_)
        mask[rows] = True
        text_only = self.request.text_only
        numbers = kept_numbers(self.table, "fatalities", text_only=text_only)
        found = summed(self.table, numbers, mask, "fatalities", text_only=text_only).range
        if not found.count:
            return ""
        return tr(TOLD["fatalities"]).format(number=range_words(replace(found, best=None)))

    def _labels(self, bands: list[Band], crowd: Crowd, clusters: list[Cluster]) -> dict[int, list[Label]]:
        """Return the labels of each row, and those of clusters under -1, -2 and so on."""
        marks = [mark for found in self.by_row.values() for mark in found if mark.full and mark.line >= 0]
        seen: set[int] = set()
        ranked: list[tuple[tuple[object, ...], int, Wanted]] = []
        for mark in marks:
            again = mark.row in seen
            seen.add(mark.row)
            chosen, worth = mark.row not in self.selected, -self.worth[mark.row]
            key = again, chosen, worth, not mark.first, -int(self.table.source_count[mark.row])
            wanted = self._wanted(mark, bands[mark.lane], bands)
            ranked.append(((*key, mark.x, self.table.ids[mark.row]), mark.row, wanted))
        for i, cluster in enumerate(clusters):
            if cluster.wanted is not None:
                key = False, True, -cluster.worth, False, 0
                ranked.append(((*key, cluster.box[0], cluster.group.ids[0]), -1 - i, cluster.wanted))
        ranked.sort(key=lambda entry: entry[0])
        result: dict[int, list[Label]] = defaultdict(list)
        found = placed([wanted for *_, wanted in ranked], crowd, self.measure)
        for (_, owner, _), label in zip(ranked, found, strict=True):
            if label is not None:
                result[owner].append(label)
        return result

    def _wanted(self, mark: Mark, band: Band, bands: list[Band]) -> Wanted:
        y = self._y(mark, bands)
        half = BAR / 2 + 1 if not self.extents.point[mark.at] else RADIUS + 1
        font: FontRole = "label_bold" if mark.row in self.selected else self._font(mark.row)
        limits = self._limits(band)
        return Wanted(
            self.title[mark.row], self.suffix[mark.row], (mark.x0, y - half, mark.x1, y + half), limits,
            font, "muted" if font == "small" else "ink",
            mark.wide, self._room(), (self.request.right - self.request.left) * 0.6, mark.side, band.line_height < LOW,
        )  # fmt: skip

    def _limits(self, band: Band) -> Box:
        """Return where the labels of a lane may stand."""
        top, bottom = max(band.top - _OVERHANG, 0.0), min(band.top + band.height + _OVERHANG, self.floor)
        return self.request.left + 2, top, self.request.right, bottom

    def _label_box(self, label: Label) -> Box:
        up, down = self.measure.ascent(label.font), self.measure.descent(label.font)
        return (label.x, label.y - up, label.x + label.width, label.y + down)
