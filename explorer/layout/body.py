"""The lanes of a timeline with their marks, stems, clusters and labels, each event one group that bears its id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.casefile.columns import BASES, HUES, KINDS, EventTable
from explorer.layout.extents import RADIUS, Extents
from explorer.layout.labels import Box, Crowd, Wanted, placed
from explorer.layout.lanes import BENEFICIARY, DOER, PARTY, PLAIN, RECIPIENT, Touches
from explorer.layout.marks import BAR, BarLook, arrow, bar, numbered, shape_of, stem, suffered, target, titled
from explorer.layout.measure import Measure, line_height
from explorer.layout.rows import LOW, SMALL, WIDE, Band, Mark, planned, stem_places
from explorer.layout.scene import FontRole, Group, Item, Label, Shape
from explorer.layout.tooltips import cluster_words, details, number_suffix, toll

_OVERHANG = 3.0  # pixels by which a label may reach out of a low lane
_REFERENCE, _INFERRED = BASES.index("reference"), BASES.index("inferred")


@dataclass(frozen=True, eq=False)
class BodyRequest:
    """What the lanes are made of. left, right: the plot; room: the height there is.

    moves: stems may take their marks along by so many pixels (on the ladder, where a place in a rung means nothing).
    top: where batches are drawn, so that thousands of marks need not be moved.
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


@dataclass(frozen=True, eq=False)
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
    """Return the height below which the names of two lanes would touch."""
    return line_height(measure, "lane") + 2


class _Drawing:
    """Marks, stems and labels of one request."""

    def __init__(self, request: BodyRequest, measure: Measure) -> None:
        self.request, self.measure = request, measure
        self.table, self.extents = request.table, request.extents
        touches = request.touches
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
        for lane in self.lanes:
            lane.sort(key=lambda mark: (mark.x0, mark.x1, self.table.ids[mark.row]))

    def _mark(self, at: int, row: int, lane: int, touch: int, full: bool, basis: int) -> Mark:
        e, request = self.extents, self.request
        x = float(e.anchor[at])
        dashed = basis in {_INFERRED, _REFERENCE}
        if not full:
            return Mark(row, at, lane, touch, full, dashed, x, x - SMALL, x + SMALL)
        if e.point[at]:
            x0, x1 = x - RADIUS, x + RADIUS
        else:
            x0, x1 = max(float(e.left[at]), request.left), min(float(e.right[at]), request.right)
        mark = Mark(row, at, lane, touch, full, dashed, x, x0, x1, wide=x1 - x0 >= WIDE)
        font = self._font(row)
        words = self.title[row] + self.suffix[row]
        mark.width = min(
            self.measure.width(words[:200], font), self._room(), request.right - request.left - 40
        )
        return mark

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
                low, high = (
                    (float(e.left[at]) + e.inner_left[at]) / 2,
                    (float(e.right[at]) + e.inner_right[at]) / 2,
                )
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
                if not mark.full or e.point[mark.at]:
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
        parts: dict[int, list[Item]] = {}
        boxes: dict[int, list[Box]] = {}
        lines: dict[int, list[Box]] = {}
        for row, marks in self.by_row.items():
            parts[row], boxes[row], lines[row] = self._event(row, [m for m in marks if m.line >= 0], bands)
        clusters = [self._cluster(x, y, marks, band) for band in bands for x, y, marks in band.clusters]
        hard = [box for found in boxes.values() for box in found]
        hard += [(x, y, x + w, y + h) for group in clusters for x, y, w, h in group.targets]
        crowd = Crowd(hard, [box for found in lines.values() for box in found])
        labels = self._labels(bands, crowd)
        found: list[tuple[tuple[int, float, str], Group]] = []
        for row in self.by_row:
            if not parts[row]:
                continue
            items = [*parts[row], *labels[row]]
            targets = [*boxes[row], *lines[row], *(self._label_box(label) for label in labels[row])]
            text = details(self.table, row, self.title[row], text_only=self.request.text_only)
            group = titled(items, (self.table.ids[row],), "event", text, *targets)
            layer = 0 if not any(isinstance(item, Shape) for item in items) else 1 if row in self.stems else 2
            found.append(((layer, self.by_row[row][0].x, self.table.ids[row]), group))
        found.sort(key=lambda pair: pair[0])
        return [*(group for _, group in found), *clusters]

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
            boxes.append((mark.x0 - 1, y - half, mark.x1 + 1, y + half))
        return items, boxes, lines

    def _y(self, mark: Mark, bands: list[Band]) -> float:
        """Return the height of a mark: bars hang low on their line, so that their label has room above."""
        low = mark.full and mark.wide and bands[mark.lane].line_height >= LOW
        return mark.y + (7.0 if low else 0.0)

    def _signs(self, mark: Mark, y: float, hue: str, ends: list[Mark], bands: list[Band]) -> list[Item]:
        hollow = bool(self.table.hollow[mark.row])
        if mark.full:
            return self._full(mark, y, hue, hollow)
        if mark.lesser:
            return [suffered(mark.x, y, hue)]
        if mark.touch in {RECIPIENT, BENEFICIARY} and any(end.full for end in ends):
            origin = next(self._y(end, bands) for end in ends if end.full)
            return [arrow(mark.x, y, y < origin, hue)]
        assert mark.touch in {DOER, PARTY, RECIPIENT, BENEFICIARY}
        return [Shape("circle", mark.x, y, 3.5, hue)]

    def _full(self, mark: Mark, y: float, hue: str, hollow: bool) -> list[Item]:
        e, at = self.extents, mark.at
        if e.point[at]:
            return [shape_of(hue, mark.x, y, hollow=hollow)]
        basis = int(e.basis[at])
        reach = (float(e.left[at]), float(e.inner_left[at]), float(e.inner_right[at]), float(e.right[at]))
        look = BarLook(
            hue, bool(e.core[at]), basis == _REFERENCE, basis == _INFERRED, hollow,
            bool(e.open_left[at]), bool(e.open_right[at]), bool(e.approx_left[at]), bool(e.approx_right[at]),
        )  # fmt: skip
        return bar(reach, y, look, self.request.left, self.request.right)

    def _cluster(self, x: float, y: float, marks: list[Mark], band: Band) -> Group:
        rows = sorted({mark.row for mark in marks}, key=lambda row: self.table.ids[row])
        hues = np.bincount(self.table.hue[rows], minlength=len(HUES))
        x = min(max(x, self.request.left + 14), self.request.right - 14)
        items, wide, high = numbered(
            x, y, len(rows), HUES[int(hues.argmax())], band.line_height, self.measure
        )
        high = max(high, line_height(self.measure, "small"))
        ids = tuple(self.table.ids[row] for row in rows)
        words = cluster_words(self.table, rows)
        return Group(
            tuple(items),
            ids,
            "cluster",
            words,
            (target(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2, 0),),
        )

    def _labels(self, bands: list[Band], crowd: Crowd) -> dict[int, list[Label]]:
        marks = [mark for found in self.by_row.values() for mark in found if mark.full and mark.line >= 0]
        worth = dict(
            zip(self.by_row, toll(self.table, np.array(list(self.by_row), np.int32)).tolist(), strict=True)
        )
        seen: set[int] = set()
        ranked = []
        for mark in marks:
            again = mark.row in seen
            seen.add(mark.row)
            key = (
                again,
                mark.row not in self.selected,
                -worth[mark.row],
                -int(self.table.source_count[mark.row]),
            )
            ranked.append((key, mark.x, self.table.ids[mark.row], mark))
        ranked.sort(key=lambda entry: entry[:3])
        wanted = [self._wanted(mark, bands[mark.lane], bands) for *_, mark in ranked]
        result: dict[int, list[Label]] = defaultdict(list)
        for (*_, mark), label in zip(ranked, placed(wanted, crowd, self.measure), strict=True):
            if label is not None:
                result[mark.row].append(label)
        return result

    def _wanted(self, mark: Mark, band: Band, bands: list[Band]) -> Wanted:
        y = self._y(mark, bands)
        half = BAR / 2 + 1 if not self.extents.point[mark.at] else RADIUS + 1
        font: FontRole = "label_bold" if mark.row in self.selected else self._font(mark.row)
        floor = bands[-1].top + bands[-1].height
        top, bottom = max(band.top - _OVERHANG, 0.0), min(band.top + band.height + _OVERHANG, floor)
        limits = (self.request.left + 2, top, self.request.right, bottom)
        return Wanted(
            self.title[mark.row], self.suffix[mark.row], (mark.x0, y - half, mark.x1, y + half), limits,
            font, "muted" if font == "small" else "ink",
            mark.wide, self._room(), (self.request.right - self.request.left) * 0.6, mark.side, band.line_height < LOW,
        )  # fmt: skip

    def _label_box(self, label: Label) -> Box:
        up, down = self.measure.ascent(label.font), self.measure.descent(label.font)
        return (label.x, label.y - up, label.x + label.width, label.y + down)
