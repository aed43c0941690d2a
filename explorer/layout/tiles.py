"""How many records lie in which cell of lane and time: counted once for a level of zoom, then only cut out.

A level k has cells of 2^k seconds on a fixed grid, so that panning never shuffles a count. An event narrower than two
cells is in the cell of its middle; a wider one covers cells, and is counted in none (design §1: no invented
precision). In any stretch of cells: sum of cells + covering = records that lie there.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import HUES, OPEN_FUTURE, OPEN_PAST, EventTable, Ints, Longs, Mask
from explorer.frozen import frozen
from explorer.layout.crowd import Crowd, Spans
from explorer.layout.lanes import Touches

Counts = NDArray[np.int64]

#: A cell is at least so many pixels wide, and less than twice that.
CELL = 4.0
#: Counts are kept for at most so many cells of lane, hue and time.
_MOST = 6_000_000
_HUES = len(HUES)
_FARTHEST = 2**61


def level_of(seconds_a_pixel: float) -> int:
    """Return the level whose cells are CELL pixels wide or a little wider."""
    return max(math.ceil(math.log2(max(CELL * seconds_a_pixel, 1.0))), 0)


@frozen(eq=False, slots=False)
class Tile:
    """Counts at a level for the cells first … first + n.

    cells: (lanes, hues, n) of narrow events; begun, over: (lanes, n), how many wide ones have begun by the end of a
    cell and are over by it. alone: the same of events instead of places in lanes, as (1, 1, n) and (1, n).
    before: narrow and over before the first cell; after: narrow or not begun beyond the last.
    """

    level: int
    first: int
    cells: Counts
    begun: Counts
    over: Counts
    alone: Counts
    alone_begun: Counts
    alone_over: Counts
    before: int
    after: int

    @property
    def size(self) -> int:
        """How many cells of time there are."""
        return int(self.cells.shape[2])

    def holds(self, level: int, start: int, end: int) -> bool:
        """Return True where the cells start … end of a level are counted here."""
        return level == self.level and start >= self.first and end <= self.first + self.size

    def part(self, start: int, end: int) -> Part:
        """Return the counts of the cells start … end (end apart)."""
        a, b = start - self.first, end - self.first
        cover = self.begun[:, a:b] - _shifted(self.over, a, b)
        alone = int(self.alone[0, 0, a:b].sum()) + _covering(self.alone_begun, self.alone_over, a, b).item()
        early = self.before + int(self.alone[0, 0, :a].sum()) + (int(self.alone_over[0, a - 1]) if a else 0)
        late = self.after + int(self.alone[0, 0, b:].sum())
        late += int(self.alone_begun[0, -1] - self.alone_begun[0, b - 1])
        return Part(
            self.level, start, self.cells[:, :, a:b], cover, _covering(self.begun, self.over, a, b),
            alone, early, late,
        )  # fmt: skip


@frozen(eq=False, slots=False)
class Part:
    """What lies in some cells: cells (lanes, hues, n), cover (lanes, n), covering (lanes,) distinct wide ones.

    records: distinct events here; early, late: those that lie wholly before and after.
    """

    level: int
    first: int
    cells: Counts
    cover: Counts
    covering: Counts
    records: int
    early: int
    late: int

    @property
    def totals(self) -> Counts:
        """Records of each lane."""
        found: Counts = self.cells.sum(axis=(1, 2)) + self.covering
        return found


def _shifted(over: Counts, a: int, b: int) -> Counts:
    """Return how many are over before each of the cells a … b."""
    if a:
        return over[:, a - 1 : b - 1]
    return np.concatenate((np.zeros((len(over), 1), np.int64), over[:, : b - 1]), axis=1)


def _covering(begun: Counts, over: Counts, a: int, b: int) -> Counts:
    found: Counts = begun[:, b - 1] - (over[:, a - 1] if a else 0)
    return found


def is_wide(spans: Spans, rows: Ints | slice, level: int) -> Mask:
    """Return True for the events that cover cells of a level instead of lying in one."""
    wide: Mask = spans.width[rows] >= (2 << level)
    return wide


def cell_of(seconds: Longs, level: int) -> Longs:
    """Return the cell of each moment; open ends lie far beyond any other."""
    held: Longs = np.clip(seconds, -_FARTHEST, _FARTHEST) >> level
    return held


def tile(crowd: Crowd, touches: Touches, level: int, start: int, end: int) -> Tile:
    """Return counts that hold the cells start … end and as much about them as may be kept."""
    first, last = _about(crowd, len(touches.lanes), level, start, end)
    size = last - first
    spans, rows = crowd.spans, crowd.rows
    whole = len(rows) == len(crowd.table)
    wide = is_wide(spans, slice(None), level) & spans.dated
    narrow = spans.dated & ~wide
    if not whole:
        wide, narrow = wide & crowd.mask, narrow & crowd.mask
    at = cell_of(spans.middle, level) - first
    inside = narrow & (at >= 0) & (at < size)
    dead = _HUES * size
    code = np.where(inside, crowd.table.hue.astype(np.int64) * size + at, dead).astype(np.int32)
    alone = np.bincount(at[inside], minlength=size).reshape(1, 1, size)
    cells = _by_lane(touches, code, dead + 1)[:, :dead].reshape(-1, _HUES, size)
    broad = np.flatnonzero(wide).astype(np.int32)
    low, high = cell_of(spans.low[broad], level) - first, cell_of(spans.high[broad], level) - first
    here = (high >= 0) & (low < size)
    before = int(np.count_nonzero(narrow & (at < 0))) + int(np.count_nonzero(high < 0))
    after = int(np.count_nonzero(narrow & (at >= size))) + int(np.count_nonzero(low >= size))
    broad, low, high = broad[here], np.maximum(low[here], 0), np.minimum(high[here], size)
    begun, over = _runs(crowd.table, touches, broad, low, high, size)
    ones = np.bincount(low, minlength=size).cumsum().reshape(1, -1)
    zeros = np.bincount(high, minlength=size + 1)[:size].cumsum().reshape(1, -1)
    return Tile(level, first, cells, begun, over, alone, ones, zeros, before, after)


def chosen_cells(crowd: Crowd, touches: Touches, part: Part, chosen: Ints) -> tuple[Counts, Counts]:
    """Return (cells, cover) of chosen rows alone, both (lanes, n): touches are theirs alone; all are dated."""
    spans, size = crowd.spans, part.cover.shape[1]
    wide = is_wide(spans, chosen, part.level)
    place = np.full(len(crowd.table), -1, np.int32)
    at = cell_of(spans.middle[chosen], part.level) - part.first
    place[chosen] = np.where(~wide & (at >= 0) & (at < size), at, size)
    cells = _by_lane(touches, place, size + 1)[:, :size]
    broad = chosen[wide]
    low, high = (cell_of(ends[broad], part.level) - part.first for ends in (spans.low, spans.high))
    here = (high >= 0) & (low < size)
    begun, over = _runs(
        crowd.table, touches, broad[here], np.maximum(low[here], 0), np.minimum(high[here], size), size
    )
    return cells, begun - _shifted(over, 0, size)


def _about(crowd: Crowd, lanes: int, level: int, start: int, end: int) -> tuple[int, int]:
    """Return the first cell and the one after the last to count: all of time, or some windows about this one."""
    most = max(_MOST // (max(lanes, 1) * _HUES), 64)
    low, high = crowd.range or (0.0, 0.0)
    first, last = min(int(low) >> level, start), max((int(high) >> level) + 1, end)
    if last - first <= most:
        return first, last
    air = max(min(2 * (end - start), (most - (end - start)) // 2), 0)
    return start - air, end + air


def _by_lane(touches: Touches, code: NDArray[np.int32], size: int) -> Counts:
    """Return (lanes, size) counts of the codes of the rows that touch each lane."""
    lanes = len(touches.lanes)
    lane = touches.lane if lanes * size < 2**31 else touches.lane.astype(np.int64)
    key = lane * size + code[touches.row]
    return np.bincount(key, minlength=lanes * size).reshape(lanes, size)


def _runs(
    table: EventTable, touches: Touches, rows: Ints, low: Longs, high: Longs, size: int
) -> tuple[Counts, Counts]:
    """Return (begun, over): for each lane and cell, how many of rows have begun by its end, and are over by it."""
    lanes = len(touches.lanes)
    if not len(rows):
        return np.zeros((lanes, size), np.int64), np.zeros((lanes, size), np.int64)
    code = np.full(len(table), size, np.int32)
    code[rows] = low
    begun = _by_lane(touches, code, size + 1)[:, :size].cumsum(axis=1)
    code[rows] = high
    over = _by_lane(touches, code, size + 1)[:, :size].cumsum(axis=1)
    return begun, over


def beyond(crowd: Crowd, level: int, cell: int, *, early: bool) -> Ints:
    """Return the rows that lie wholly before a cell, or (not early) in it or after it: what Part counts as such."""
    spans, rows = crowd.spans, crowd.rows
    rows = rows[spans.dated[rows]]
    wide = is_wide(spans, rows, level)
    edge = np.where(wide, (spans.high if early else spans.low)[rows], spans.middle[rows])
    at = cell_of(edge, level)
    found: Ints = rows[at < cell] if early else rows[at >= cell]
    return found


def rows_in(crowd: Crowd, rows: Ints, level: int, start: int, end: int) -> Ints:
    """Return those of rows that lie in the cells start … end, narrow ones by their middle, wide ones by any part."""
    spans = crowd.spans
    rows = rows[crowd.mask[rows] & spans.dated[rows]]
    wide, at = is_wide(spans, rows, level), cell_of(spans.middle[rows], level)
    low, high = cell_of(spans.low[rows], level), cell_of(spans.high[rows], level)
    inside = np.where(wide, (low < end) & (high >= start), (at >= start) & (at < end))
    found: Ints = rows[inside]
    return found


#: Open ends are cells too: nothing here tells them from far ones.
assert OPEN_PAST < -_FARTHEST < _FARTHEST < OPEN_FUTURE
