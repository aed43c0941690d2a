"""Which events have which value of a facet: the columns of a table, put in order once for counting.

A facet is Coded (one value an event, or a small set of values packed into one code) or Many (any number of
values an event). Both know "(not stated)" and, in hierarchies, "the value or one below it" (design §3a).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import Ints, Longs, Mask
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.query.circles import Closure
from explorer.query.filters import NOT_STATED

Codes = NDArray[np.unsignedinteger]
_LOW = 0xFFFFFFFF
#: Up to so many values an event, repeats are found by comparing neighbours instead of by sorting.
FEW = 16


@frozen(eq=False, slots=False)
class Coded:
    """codes (n,): one small code an event. groups: value -> the codes that have it, in display order."""

    codes: Codes
    groups: Mapping[str, tuple[int, ...]]

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The values of the facet, "(not stated)" last."""
        return tuple(self.groups)

    @cached_property
    def size(self) -> int:
        """One more than the largest code."""
        return 1 + max(
            [int(self.codes.max(initial=0)), *(max(codes, default=0) for codes in self.groups.values())]
        )

    def having(self, value: str) -> Mask:
        """Return bool (n,): the events with value; none for a value that the table does not know."""
        mask = np.zeros(len(self.codes), np.bool_)
        for code in self.groups.get(value, ()):
            mask |= self.codes == code
        return mask

    def count(self, of_code: Longs) -> Longs:
        """Return int64 (values,) from the number of events of each code."""
        return np.array([of_code[list(codes)].sum() for codes in self.groups.values()], np.int64)


@frozen(eq=False, slots=False)
class Many:
    """Distinct (event row, key) pairs in row order; key = len(ids) stands for "(not stated)".

    closure says which keys stand for others too (an actor for its circle, a place for what is below it).
    """

    ids: tuple[str, ...]
    lengths: Ints  # pairs of each row, int32 (n,)
    keys: Ints
    closure: Closure

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The values of the facet in table order, "(not stated)" last."""
        return (*self.ids, NOT_STATED)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Value -> key."""
        return {value: key for key, value in enumerate(self.values)}

    @cached_property
    def offsets(self) -> Longs:
        """Where the pairs of each row begin, int64 (n + 1,)."""
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(self.lengths, dtype=np.int64)))

    @cached_property
    def rows(self) -> Ints:
        """The row of each pair."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int32), self.lengths)

    @cached_property
    def _by_key(self) -> tuple[Longs, Ints]:
        pairs = np.sort(_paired(self.keys, self.rows))
        counts = np.bincount(self.keys, minlength=len(self.ids) + 1)
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts))), (pairs & _LOW).astype(np.int32)

    def having_keys(self, keys: Iterable[int]) -> Mask:
        """Return bool (n,): the events with any of the keys themselves."""
        mask = np.zeros(len(self.lengths), np.bool_)
        offsets, rows = self._by_key
        for key in keys:
            mask[rows[offsets[key] : offsets[key + 1]]] = True
        return mask

    def having(self, value: str) -> Mask:
        """Return bool (n,): the events with value or one below it; none for an unknown value."""
        key = self.index.get(value)
        return self.having_keys(() if key is None else self.closure.of(key))

    @cached_property
    def _repeats(self) -> tuple[Ints, Ints, Longs]:
        """(row, key, surplus): how often too much a plain sum over the circle of key counts the row."""
        above, below = self.closure.pairs
        if not len(above):
            return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.int64)
        tied = np.zeros(len(self.ids) + 1, np.bool_)
        tied[above] = tied[below] = True
        touched = tied[self.keys]
        several = np.bincount(self.rows[touched], minlength=len(self.lengths)) > 1
        touched &= np.repeat(several, self.lengths)
        rows, keys = self.rows[touched], self.keys[touched]
        order = np.argsort(below, kind="stable")
        above, below = above[order], below[order]
        first = np.searchsorted(below, keys, "left")
        number = np.searchsorted(below, keys, "right") - first
        inside = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
        circles = above[np.repeat(first, number) + inside]
        pairs = np.concatenate((_paired(rows, keys), _paired(np.repeat(rows, number), circles)))
        found, times = np.unique(pairs, return_counts=True)
        found, times = found[times > 1], times[times > 1]
        return (found >> 32).astype(np.int32), (found & _LOW).astype(np.int32), times - 1

    def count(self, mask: Mask, number: int) -> Longs:
        """Return int64 (values,): distinct events of mask (number are True) with each value or one below."""
        size = len(self.ids) + 1
        own = np.bincount(self._keys_in(mask, number), minlength=size)
        above, below = self.closure.pairs
        if not len(above):
            return own
        total = own.astype(np.float64) + np.bincount(above, weights=own[below], minlength=size)
        rows, keys, surplus = self._repeats
        total -= np.bincount(keys, weights=surplus * mask[rows], minlength=size)
        return total.astype(np.int64)

    def _keys_in(self, mask: Mask, number: int) -> Ints:
        if number == len(mask):
            return self.keys
        if len(self.keys) == len(mask):  # one value an event
            return self.keys[mask]
        if number * 8 > len(mask):
            return self.keys[np.repeat(mask, self.lengths)]
        rows = np.flatnonzero(mask)
        lengths = self.lengths[rows].astype(np.int64)
        inside = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        found: Ints = self.keys[np.repeat(self.offsets[rows], lengths) + inside]
        return found


def _paired(high: Ints, low: Ints) -> Longs:
    return high.astype(np.int64) << 32 | low.astype(np.int64)


def _distinct(rows: Ints, keys: Ints) -> tuple[Ints, Ints]:
    """Return the distinct pairs in row order; without sorting where they are in row order and few a row."""
    in_order = len(rows) < 2 or bool(np.all(rows[1:] >= rows[:-1]))
    most = int(np.bincount(rows).max(initial=0)) if in_order and len(rows) else 0
    if not in_order or most > FEW:
        pairs = distinct(_paired(rows, keys))
        return (pairs >> 32).astype(np.int32), (pairs & _LOW).astype(np.int32)
    again = np.zeros(len(rows), np.bool_)
    for step in range(1, most):
        again[step:] |= (rows[step:] == rows[:-step]) & (keys[step:] == keys[:-step])
    return (rows[~again], keys[~again]) if again.any() else (rows, keys)


def many(ids: Sequence[str], rows: Ints, keys: Ints, size: int, closure: Closure | None = None) -> Many:
    """Return the facet of size events from pairs in any order; events without a pair are "(not stated)".

    A key of len(ids) in the input says "(not stated)" of an event that has other values too.
    """
    rows, keys = _distinct(rows, keys)
    lengths = np.bincount(rows, minlength=size)
    missing = lengths == 0
    if missing.any():
        filled = np.full(len(keys) + int(np.count_nonzero(missing)), len(ids), np.int32)
        filled[np.arange(len(keys)) + np.cumsum(missing)[rows]] = keys
        keys, lengths = filled, np.maximum(lengths, 1)
    return Many(tuple(ids), lengths.astype(np.int32), keys.astype(np.int32), closure or Closure({}, len(ids)))


def dense(codes: NDArray[Any], size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return (the codes below size that occur, each code as its place among them), without sorting."""
    present = np.bincount(codes, minlength=size) > 0
    return np.flatnonzero(present), (np.cumsum(present) - 1)[codes]
