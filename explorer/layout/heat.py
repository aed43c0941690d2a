"""Density of any number of records: a column a cell of lane and time, one picture a lane, every record counted.

Solid columns are records that lie in a cell, split by hue; the pale part above counts those that are wider than a cell
and reach over it (uncertain or long). Heights grow with the root of the count, so that a lane with few shows
beside one with thousands; the legend says so. The selected share is drawn in the columns.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import HUES, Ints, Mask
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.layout.body import Body
from explorer.layout.crowd import Crowd, Entries
from explorer.layout.inner import CellFinder
from explorer.layout.lanes import Lane
from explorer.layout.measure import Measure
from explorer.layout.rowids import RowIds
from explorer.layout.rows import Band
from explorer.layout.scene import Group, Raster, Role
from explorer.layout.shelves import Shelves, shelves_of
from explorer.layout.tiles import Counts, Part, Tile, level_of, rows_in, tile
from explorer.layout.toplabels import LINE, LabelLines, gravest, label_groups, main_lanes
from explorer.layout.viewport import Viewport
from explorer.words import isolated, tr

_LEAST, _TALLEST = 36.0, 90.0
_LABELLED = 26.0  # lanes lower than this have no line of labels
#: So many levels of zoom are kept counted.
_KEPT = 4
_ROLES: tuple[tuple[Role, float], ...] = (
    *((hue, 0.9) for hue in HUES), ("muted", 0.3), ("selection_line", 1.0),
)  # fmt: skip
_COVER, _CHOSEN = len(HUES) + 1, len(HUES) + 2
_ORDER = [HUES.index(hue) for hue in ("force", "threat", "none", "talk", "civil", "armed")]


@frozen(eq=False, slots=False)
class HeatRequest:
    """viewport: the plot; room: the height there is; sight: (top, bottom) of what of the body is on screen, None = all.

    chosen: bool over the table, the selected records. labels: the gravest are named.
    """

    crowd: Crowd
    entries: Entries
    viewport: Viewport
    room: float
    fit: bool
    chosen: Mask | None = None
    sight: tuple[float, float] | None = None
    labels: bool = True
    top: float = 0.0

    @cached_property
    def level(self) -> int:
        """The level of zoom whose cells are drawn."""
        return level_of(self.viewport.span / self.viewport.width)

    @cached_property
    def part(self) -> Part:
        """The counts of what is in the window; early and late are those beyond it."""
        return self.counted(self.crowd.mask, whole=self.crowd.whole)

    def counted(self, mask: Mask, *, whole: bool = False) -> Part:
        """Return the counts of the rows of a mask in the window."""
        level = self.level
        start, end = int(self.viewport.start) >> level, (int(self.viewport.end) >> level) + 1
        shelves = shelves_of(self.crowd.table, self.entries, self.crowd.spans)
        return _kept(shelves, mask, level, start, end, whole=whole).part(start, end)


def _kept(shelves: Shelves, mask: Mask, level: int, start: int, end: int, *, whole: bool) -> Tile:
    """Return a tile with the cells start … end, kept for the next frames."""
    kept: list[Tile] = shelves.table.derived.setdefault("tiles", [])
    for number, known in enumerate(kept):
        if known.shelves is shelves and known.mask is mask and known.holds(level, start, end):
            kept.insert(0, kept.pop(number))
            return known
    kept.insert(0, tile(shelves, mask, level, start, end, whole=whole))
    del kept[_KEPT:]
    return kept[0]


def layout_heat(request: HeatRequest, measure: Measure) -> tuple[Body, tuple[Lane, ...]]:
    """Return the lanes in sight that hold anything, with their columns and labels."""
    drawing = _Heat(request, measure)
    return drawing.body(), drawing.shown


def share_of(count: Counts, fullest: int) -> NDArray[np.float64]:
    """Return how much of its lane's height a column of so many records takes: it grows with the root of the number."""
    share: NDArray[np.float64] = np.sqrt(count / max(fullest, 1))
    return share


class _Heat:
    """One density picture."""

    def __init__(self, request: HeatRequest, measure: Measure) -> None:
        self.request, self.measure, self.part = request, measure, request.part
        totals = self.part.totals
        self.busy = _busy(request.entries.touches.lanes, totals)
        count = max(len(self.busy), 1)
        share = request.room / count
        self.height = (
            max(share, 4.0) if request.fit else min(max(share, _LEAST), max(_TALLEST, min(share, 270)))
        )
        low, high = request.sight or (-1.0, np.inf)
        tops = np.arange(len(self.busy)) * self.height
        self.seen = np.flatnonzero((tops + self.height > low) & (tops < high))
        lanes = request.entries.touches.lanes
        self.lanes = self.busy[self.seen]
        self.shown = tuple(lanes[lane] for lane in self.lanes.tolist())
        self.bands = [
            Band(float(tops[i]), self.height, 1, self.height, count=int(totals[self.busy[i]]))
            for i in self.seen
        ]
        self.line = LINE if self.height >= _LABELLED and request.labels else 0.0

    def body(self) -> Body:
        """Return bands, one group a lane, and the labels over them."""
        crowd, part = self.request.crowd, self.part
        pictures = self._pictures()
        groups = []
        for i, lane in enumerate(self.lanes.tolist()):
            find = partial(lane_rows, self.request.entries, crowd, part, lane)
            words = tr("{name}: {count} records in sight").format(
                name=isolated(self.shown[i].name), count=self.bands[i].count
            )
            box = (self._left, self.bands[i].top + self.request.top, self._width, self.height)
            groups.append(
                Group(
                    (pictures[i],), RowIds(crowd.table, find, self.bands[i].count), "cluster", words, (box,),
                    self._finder(lane, box),
                )
            )  # fmt: skip
        hidden = len(self.busy) - len(self.lanes)
        if hidden:
            groups.append(self._elsewhere())
        return Body(self.bands, [*groups, *self._labels()], len(self.busy) * self.height, self.request.top)

    @property
    def _left(self) -> float:
        return self.request.viewport.left

    @property
    def _width(self) -> float:
        return self.request.viewport.width

    def _finder(self, lane: int, box: tuple[float, float, float, float]) -> CellFinder:
        viewport, grain = self.request.viewport, float(1 << self.part.level)
        return CellFinder(
            self.request.crowd, self.request.entries.rows(lane), self.part.level, self.part.first,
            self.part.size,
            viewport.px(self.part.first * grain), grain / viewport.span * viewport.width, box,
        )  # fmt: skip

    def _elsewhere(self) -> Group:
        """Return the group of what lies in lanes that are scrolled out of sight."""
        hidden = np.setdiff1d(self.busy, self.lanes)
        find = partial(_rows_of_lanes, self.request.entries, self.request.crowd, self.part, hidden)
        return Group((), RowIds(self.request.crowd.table, find), "cluster", tr("In lanes out of sight"))

    def _pictures(self) -> list[Raster]:
        """Return one picture a lane: boundaries of the stacked parts, compared with the heights of the pixels."""
        cells, cover = self.part.cells[self.lanes], self.part.cover[self.lanes]
        whole = cells.sum(axis=1) + cover
        room = max(self.height - self.line - 3, 2.0)
        rows = max(round(room), 2)
        with np.errstate(invalid="ignore", divide="ignore"):
            tall = np.where(whole > 0, np.maximum(share_of(whole, self.part.fullest) * rows, 1.5), 0.0)
            unit = np.where(whole > 0, tall / whole, 0.0)
        middle = np.arange(rows, 0, -1, dtype=np.float32)[None, :, None] - 0.5
        image = np.where(middle < tall.astype(np.float32)[:, None, :], np.uint8(_COVER), np.uint8(0))
        bounds = np.cumsum(cells[:, _ORDER], axis=1)
        for place in reversed(range(len(_ORDER))):
            if cells[:, _ORDER[place]].any():
                edge = (bounds[:, place] * unit).astype(np.float32)
                image[middle < edge[:, None, :]] = _ORDER[place] + 1
        self._mark_chosen(image, middle, unit)
        viewport, grain = self.request.viewport, float(1 << self.part.level)
        first = viewport.start / grain - self.part.first
        count = viewport.span / grain
        return [
            Raster(
                self._left, self.request.top + band.top + self.line + 1, self._width, self.height - self.line - 2,
                image[i], _ROLES, first, count,
            )
            for i, band in enumerate(self.bands)
        ]  # fmt: skip

    def _mark_chosen(self, image: NDArray[np.uint8], middle: NDArray[Any], unit: NDArray[np.float64]) -> None:
        """Draw the selected share at the foot of each column, at least a pixel high."""
        counts = self.chosen
        if counts is not None:
            share = counts[self.lanes] * unit
            edge = np.where(counts[self.lanes] > 0, np.maximum(share, 1.0), 0.0).astype(np.float32)
            image[middle < edge[:, None, :]] = _CHOSEN

    @cached_property
    def chosen(self) -> Counts | None:
        """Selected records of each lane and cell, None where none are selected."""
        request, crowd = self.request, self.request.crowd
        if request.chosen is None:
            return None
        found = request.counted(_both(crowd, request.chosen))
        counts: Counts = found.cells.sum(axis=1) + found.cover
        return counts

    def _labels(self) -> list[Group]:
        if not self.line or not len(self.lanes):
            return []
        request, viewport = self.request, self.request.viewport
        rows = gravest(request.crowd, viewport.start, viewport.end, request.chosen)
        if not len(rows):
            return []
        lanes = main_lanes(rows, request.entries.of(np.sort(rows)))
        spans = request.crowd.spans
        low = np.clip(spans.low[rows].astype(np.float64), viewport.start, viewport.end)
        high = np.clip(spans.high[rows].astype(np.float64), viewport.start, viewport.end)
        tops = np.full(len(request.entries.touches.lanes), np.nan)
        tops[self.lanes] = [request.top + band.top for band in self.bands]
        lines = LabelLines(tops.tolist(), viewport.left, viewport.right)
        return label_groups(request.crowd, rows, lanes, viewport.px((low + high) / 2), lines, self.measure)


def _busy(lanes: tuple[Lane, ...], totals: Counts) -> NDArray[np.intp]:
    """Return the lanes with something in sight, and the opened ones that have such lanes below them."""
    kept, below = totals > 0, -1
    for i in reversed(range(len(lanes))):
        kept[i] |= lanes[i].opened and below > lanes[i].depth
        if kept[i]:
            below = lanes[i].depth
    return np.flatnonzero(kept)


def _both(crowd: Crowd, chosen: Mask) -> Mask:
    """Return the chosen rows of a crowd; the same array for as long as the same are chosen."""
    if crowd.whole:
        return chosen
    known: tuple[Crowd, Mask, Mask] | None = crowd.table.derived.get("chosen here")
    if known is None or known[0] is not crowd or known[1] is not chosen:
        known = crowd.table.derived["chosen here"] = (crowd, chosen, chosen & crowd.mask)
    return known[2]


def lane_rows(entries: Entries, crowd: Crowd, part: Part, lane: int) -> Ints:
    """Return the rows of a lane that lie in the cells of part."""
    return rows_in(crowd, entries.rows(lane), part.level, part.first, part.first + part.size)


def _rows_of_lanes(entries: Entries, crowd: Crowd, part: Part, lanes: NDArray[np.intp]) -> Ints:
    parts = [lane_rows(entries, crowd, part, lane) for lane in lanes.tolist()]
    return distinct(np.concatenate(parts))
