"""How many records lie in which cell of lane and time: counted once for a level of zoom, then only cut out.

A level k has cells of 2^k seconds on a fixed grid, so that panning never shuffles a count. An event narrower than two
cells is in the cell of its middle; a wider one covers cells, and is counted in none (design §1: no invented
precision). In any stretch of cells: sum of cells + covering = records that lie there.
"""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import HUES, OPEN_FUTURE, OPEN_PAST, Ints, Longs, Mask
from explorer.frozen import frozen
from explorer.layout.crowd import FARTHEST, Crowd, Spans
from explorer.layout.shelves import Shelves

Counts = NDArray[np.int64]

#: A cell is at least so many pixels wide, and less than twice that.
CELL = 4.0
#: Counts are kept for at most so many cells of lane, hue and time, and at least for so many cells of time.
_MOST, _LEAST = 400_000, 600
_HUES = len(HUES)


def level_of(seconds_a_pixel: float) -> int:
    """Return the level whose cells are CELL pixels wide or a little wider."""
    return max(math.ceil(math.log2(max(CELL * seconds_a_pixel, 1.0))), 0)


@frozen(eq=False, slots=False)
class Along:
    """Counts along time, from the very first on, for each slot.

    before (slots, n + 1): narrow ones before each edge of a cell; begun (slots, n), over (slots, n + 1): wide ones that
    have begun by the end of a cell, and that were over before each. last (slots, 2): how many of both there are.
    """

    before: Counts
    begun: Counts
    over: Counts
    last: Counts


@frozen(eq=False, slots=False)
class Tile:
    """Counts of rows of a mask at a level, for the cells first … first + size.

    cells: (lanes, hues, n) of narrow events; begun: (lanes, n) and over: (lanes, n + 1), how many wide ones have begun
    by the end of a cell and were over before it began.
    """

    level: int
    first: int
    cells: Counts
    begun: Counts
    over: Counts
    shelves: Shelves
    mask: Mask
    whole: bool

    @property
    def size(self) -> int:
        """How many cells of time there are."""
        return int(self.cells.shape[2])

    @cached_property
    def alone(self) -> Along:
        """The same of events instead of places in lanes."""
        shelves, at = self.shelves, (self.level, self.first, self.size)
        narrow, wide = masks(shelves.spans, self.mask, self.level, whole=self.whole)
        events = shelves.events
        before = events.running(narrow, events.cuts(*at))
        size = self.size
        rows = shelves.spans.rows
        total = [_sum(part, rows) for part in (narrow, wide)]
        if wide is _NOBODY:
            return Along(
                before, np.zeros((1, size), np.int64), np.zeros((1, size + 1), np.int64), np.array([total])
            )
        lows, highs = shelves.event_lows, shelves.event_highs
        begun = lows.running(wide, lows.cuts(*at))[:, 1:]
        return Along(before, begun, highs.running(wide, highs.cuts(*at)), np.array([total]))

    def holds(self, level: int, start: int, end: int) -> bool:
        """Return True where the cells start … end of a level are counted here."""
        return level == self.level and start >= self.first and end <= self.first + self.size

    def part(self, start: int, end: int) -> Part:
        """Return the counts of the cells start … end (end apart)."""
        a, b = start - self.first, end - self.first
        cover = self.begun[:, a:b] - self.over[:, a:b]
        covering = self.begun[:, b - 1] - self.over[:, a]
        return Part(self.level, start, self.cells[:, :, a:b], cover, covering, self)


@frozen(eq=False, slots=False)
class Part:
    """What lies in some cells: cells (lanes, hues, n), cover (lanes, n), covering (lanes,) distinct wide ones."""

    level: int
    first: int
    cells: Counts
    cover: Counts
    covering: Counts
    tile: Tile

    @property
    def size(self) -> int:
        """How many cells of time there are."""
        return int(self.cover.shape[1])

    @cached_property
    def totals(self) -> Counts:
        """Records of each lane."""
        found: Counts = self.cells.sum(axis=(1, 2)) + self.covering
        return found

    @cached_property
    def fullest(self) -> int:
        """The most records of any cell."""
        return int((self.cells.sum(axis=1) + self.cover).max(initial=0))

    @cached_property
    def _edges(self) -> tuple[int, int]:
        a = self.first - self.tile.first
        return a, a + self.size

    @property
    def records(self) -> int:
        """How many distinct events lie here."""
        along, (a, b) = self.tile.alone, self._edges
        narrow = int(along.before[0, b] - along.before[0, a])
        return narrow + int(along.begun[0, b - 1] - along.over[0, a])

    @property
    def early(self) -> int:
        """How many events lie wholly before."""
        along, (a, _) = self.tile.alone, self._edges
        return int(along.before[0, a] + along.over[0, a])

    @property
    def late(self) -> int:
        """How many events lie wholly after."""
        along, (_, b) = self.tile.alone, self._edges
        return int(along.last.sum() - along.before[0, b] - along.begun[0, b - 1])


#: Stands for a mask that lets nothing through.
_NOBODY = np.zeros(0, np.bool_)


def _sum(mask: Mask | None, rows: Ints) -> int:
    return len(rows) if mask is None else int(np.count_nonzero(mask[rows])) if mask is not _NOBODY else 0


def masks(spans: Spans, mask: Mask, level: int, *, whole: bool) -> tuple[Mask | None, Mask]:
    """Return the narrow and the wide rows of a mask at a level; None: all dated ones. whole: mask lets all through."""
    if spans.widest < 2 << level:
        return (None if whole else mask), _NOBODY
    narrow = spans.narrow(level)
    return mask & narrow, mask & ~narrow


def is_wide(spans: Spans, rows: Ints | slice, level: int) -> Mask:
    """Return True for the events that cover cells of a level instead of lying in one."""
    wide: Mask = spans.width[rows] >= (2 << level)
    return wide


def cell_of(seconds: Longs, level: int) -> Longs:
    """Return the cell of each moment; open ends lie far beyond any other."""
    held: Longs = np.clip(seconds, -FARTHEST, FARTHEST) >> level
    return held


def tile(shelves: Shelves, mask: Mask, level: int, start: int, end: int, *, whole: bool = False) -> Tile:
    """Return counts of the rows of mask that hold the cells start … end, and as much about them as may be kept."""
    first, last = _about(shelves, level, start, end)
    size, lanes = last - first, shelves.lanes
    narrow, wide = masks(shelves.spans, mask, level, whole=whole)
    middles = shelves.middles
    cells = middles.counts(narrow, middles.cuts(level, first, size)).reshape(lanes, _HUES, size)
    begun, over = np.zeros((lanes, size), np.int64), np.zeros((lanes, size + 1), np.int64)
    if wide is not _NOBODY:
        lows, highs = shelves.lows, shelves.highs
        begun = lows.running(wide, lows.cuts(level, first, size))[:, 1:]
        over = highs.running(wide, highs.cuts(level, first, size))
    return Tile(level, first, cells, begun, over, shelves, mask, whole)


def _about(shelves: Shelves, level: int, start: int, end: int) -> tuple[int, int]:
    """Return the first cell and the one after the last to count: all of time, or some windows about this one."""
    most = max(_MOST // (max(shelves.lanes, 1) * _HUES), _LEAST)
    low, high = shelves.spans.range or (0, 0)
    first, last = min(low >> level, start), max((high >> level) + 1, end)
    if last - first <= most:
        return first, last
    air = max(min(end - start, (most - (end - start)) // 2), 0)
    return start - air, end + air


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
assert OPEN_PAST < -FARTHEST < FARTHEST < OPEN_FUTURE
