"""The entries of each lane in the order of time, put so once: how many of any rows lie where is then two look-ups.

A filter costs one pass over its mask in that order, a frame nothing of the kind (design §6: prefix sums of the mask in
lane-major order).
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import HUES, EventTable, Ints, Longs, Mask
from explorer.frozen import frozen
from explorer.layout.crowd import FARTHEST, Entries, Spans
from explorer.layout.sorting import stable_order

#: int64 (slots, cells + 1): where in a shelf the edge of each cell lies.
Cuts = NDArray[np.int64]
Running = NDArray[np.int32]
_KEPT = 3
#: Where less than this part of a shelf lies between the first and the last cut, only that part is looked at.
_PART = 3


@frozen(eq=False, slots=False)
class Shelf:
    """rows and their ticks, by slot (a lane, or a hue of a lane) and tick; bounds: where each slot begins and ends."""

    rows: Ints
    ticks: Longs
    bounds: Longs

    def cuts(self, level: int, first: int, size: int) -> Cuts:
        """Return where the cells first … first + size of 2^level ticks begin and end in each slot."""
        kept, key = self._cuts, (level, first, size)
        if key not in kept:
            if len(kept) >= _KEPT:
                del kept[next(iter(kept))]
            kept[key] = self._cut(level, first, size)
        return kept[key]

    @cached_property
    def _cuts(self) -> dict[tuple[int, int, int], Cuts]:
        return {}

    def _cut(self, level: int, first: int, size: int) -> Cuts:
        edges = np.clip(
            (first + np.arange(size + 1, dtype=object)) * (1 << level), -FARTHEST, FARTHEST
        ).astype(np.int64)
        found = np.empty((len(self.bounds) - 1, size + 1), np.int64)
        ends = self.bounds.tolist()
        for slot, (start, end) in enumerate(pairwise(ends)):
            found[slot] = start + np.searchsorted(self.ticks[start:end], edges)
        return found

    def running(self, mask: Mask | None, cuts: Cuts) -> NDArray[np.int64]:
        """Return, for each cut, how many rows of mask (None: all) lie before it in its slot."""
        if mask is None:
            return cuts - self.bounds[:-1, None]
        total = np.zeros(len(self.rows) + 1, np.int32)
        np.cumsum(mask.take(self.rows, mode="clip"), dtype=np.int32, out=total[1:])
        found: NDArray[np.int64] = (total[cuts] - total[self.bounds[:-1], None]).astype(np.int64)
        return found

    def counts(self, mask: Mask | None, cuts: Cuts) -> NDArray[np.int64]:
        """Return how many rows of mask (None: all) lie in each cell of each slot."""
        if mask is None:
            return np.diff(cuts, axis=1)
        start, length = cuts[:, 0], cuts[:, -1] - cuts[:, 0]
        if int(length.sum()) * _PART > len(self.rows):
            return np.diff(self.running(mask, cuts), axis=1)
        begin = np.cumsum(length) - length
        inside = np.arange(int(length.sum())) + np.repeat(start - begin, length)
        total = np.zeros(len(inside) + 1, np.int32)
        np.cumsum(mask.take(self.rows[inside], mode="clip"), dtype=np.int32, out=total[1:])
        found: NDArray[np.int64] = np.diff(total[cuts + (begin - start)[:, None]], axis=1).astype(np.int64)
        return found


@frozen(eq=False, slots=False)
class Shelves:
    """The entries of lanes by the middles (hues apart), beginnings and ends of their spans; and events alone."""

    table: EventTable
    entries: Entries
    spans: Spans

    @property
    def lanes(self) -> int:
        """How many lanes there are."""
        return len(self.entries.touches.lanes)

    @cached_property
    def middles(self) -> Shelf:
        """A slot for each lane and hue."""
        return self._shelf(self.spans.by_middle, self.spans.middle, len(HUES))

    @cached_property
    def lows(self) -> Shelf:
        """A slot for each lane, by beginnings."""
        return self._shelf(self.spans.by_low, self.spans.low, 1)

    @cached_property
    def highs(self) -> Shelf:
        """A slot for each lane, by ends."""
        return self._shelf(self.spans.by_high, self.spans.high, 1)

    @cached_property
    def events(self) -> Shelf:
        """Events instead of their places in lanes, in one slot, by middles."""
        return _alone(self.spans.by_middle, self.spans.middle)

    @cached_property
    def event_lows(self) -> Shelf:
        """Events by beginnings."""
        return _alone(self.spans.by_low, self.spans.low)

    @cached_property
    def event_highs(self) -> Shelf:
        """Events by ends."""
        return _alone(self.spans.by_high, self.spans.high)

    def _shelf(self, rows: Ints, ticks: Longs, hues: int) -> Shelf:
        there = np.diff(self.entries.offsets) > 0
        if 2 * int(np.count_nonzero(there)) < len(there):  # the lanes of a filter: most rows touch none
            rows = rows[there[rows]]
        places = self.entries.places(rows)
        touches = self.entries.touches
        slot, row = touches.lane[places], touches.row[places]
        if hues > 1:
            slot = slot * np.int32(hues) + self.table.hue[row]
        row = row[stable_order(slot)]
        counts = np.bincount(slot, minlength=self.lanes * hues)
        bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
        return Shelf(row, np.clip(ticks[row], -FARTHEST, FARTHEST), bounds)


def _alone(rows: Ints, ticks: Longs) -> Shelf:
    return Shelf(rows, np.clip(ticks[rows], -FARTHEST, FARTHEST), np.array([0, len(rows)]))


def shelves_of(table: EventTable, entries: Entries, spans: Spans) -> Shelves:
    """Return the shelves of these lanes, kept for as long as they are shown."""
    kept: list[Shelves] = table.derived.setdefault("shelves", [])
    for number, known in enumerate(kept):
        if known.entries is entries and known.spans is spans:
            kept.insert(0, kept.pop(number))
            return known
    kept.insert(0, Shelves(table, entries, spans))
    del kept[2:]
    return kept[0]
