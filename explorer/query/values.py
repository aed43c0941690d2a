"""Which events have which value of a facet: the columns of a table, put in order once for counting.

A facet is Coded (one value an event, or a small set of values packed into one code) or Many (any number of
values an event). Both know "(not stated)" and, in hierarchies, "the value or one below it" (design §3a).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
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
#: Up to so many values in all, postings are made on first use; for more, one look at each is quicker than waiting.
MANY = 200_000


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

    def having(self, values: Iterable[str]) -> Mask:
        """Return bool (n,): the events with any of values; none for a value that the table does not know."""
        codes = [code for value in values for code in self.groups.get(value, ())]
        if len(codes) == 1:
            one: Mask = self.codes == codes[0]
            return one
        wanted = np.zeros(self.size, np.bool_)
        wanted[codes] = True
        return wanted[self.codes]

    def count(self, of_code: Longs) -> Longs:
        """Return int64 (values,) from the number of events of each code."""
        return np.array([of_code[list(codes)].sum() for codes in self.groups.values()], np.int64)


@frozen(eq=False, slots=False)
class Many:
    """Distinct (event row, key) pairs in row order; key = len(ids) stands for "(not stated)".

    closure says which keys stand for others too (an actor for its circle, a place for what is below it); merged, which
    values were merged into others.
    """

    ids: tuple[str, ...]
    lengths: Ints  # pairs of each row, int32 (n,)
    keys: Ints
    closure: Closure
    merged: Mapping[str, str] = field(default_factory=dict)

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
    def _places(self) -> NDArray[np.intp]:
        """The row of each pair as numpy indexes: three times as fast as int32, which it would copy each time."""
        return self.rows.astype(np.intp)

    @cached_property
    def postings(self) -> tuple[Longs, Ints]:
        """Where the rows of each key begin, int64 (keys + 1,), and those rows, ascending within a key."""
        counts = np.bincount(self.keys, minlength=len(self.ids) + 1)
        offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
        return offsets, self.rows[order_of(self.keys, len(self.ids) + 1)]

    def warm(self) -> None:
        """Make what choosing and counting look things up in, so that the first click does not wait for it."""
        _ = self.values, self.index, self.postings, self.repeats
        if len(self.keys) != len(self.lengths):
            _ = self._places, self.offsets

    def having_keys(self, keys: Iterable[int]) -> Mask:
        """Return bool (n,): the events with any of the keys themselves; by postings once they are made."""
        wanted = np.fromiter(keys, np.int64)
        if "postings" not in self.__dict__ and len(self.keys) > MANY:
            return self._scanned(wanted)
        mask = np.zeros(len(self.lengths), np.bool_)
        offsets, rows = self.postings
        for key in wanted.tolist():
            mask[rows[offsets[key] : offsets[key + 1]]] = True
        return mask

    def _scanned(self, wanted: Longs) -> Mask:
        """Return the events with any of the keys by one look at every pair: no order has to be made first."""
        of_key = np.zeros(len(self.ids) + 1, np.bool_)
        of_key[wanted] = True
        hit = of_key[self.keys]
        if len(hit) == len(self.lengths):
            return hit
        mask = np.zeros(len(self.lengths), np.bool_)
        mask[self._places[np.flatnonzero(hit)]] = True
        return mask

    def keys_of(self, values: Iterable[str]) -> Iterator[int]:
        """Yield the keys of values and of what is below them; of an unknown value none."""
        for value in values:
            key = self.index.get(self.merged.get(value, value))
            if key is not None:
                yield from self.closure.of(key)

    def having(self, values: Iterable[str]) -> Mask:
        """Return bool (n,): the events with any of values or one below it; none for an unknown value."""
        return self.having_keys(set(self.keys_of(values)))

    @cached_property
    def repeats(self) -> tuple[Ints, Ints, Longs]:
        """(row, key, surplus), by row: how often too much a plain sum over the circle of key counts the row."""
        above, below = self.closure.pairs
        if not len(above):
            return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.int64)
        tied = np.zeros(len(self.ids) + 1, np.bool_)
        tied[above] = tied[below] = True
        touched = tied[self.keys]
        several = np.bincount(self._places[touched], minlength=len(self.lengths)) > 1
        touched &= several[self._places]
        rows, keys = self.rows[touched], self.keys[touched]
        rows, keys = _with_circles(rows, keys, above, below)
        pairs = _paired(rows, keys)[_again(rows, keys)]
        found, surplus = np.unique(pairs, return_counts=True)
        return (found >> 32).astype(np.int32), (found & _LOW).astype(np.int32), surplus

    def count(self, mask: Mask, number: int) -> Longs:
        """Return int64 (values,): distinct events of mask (number are True) with each value or one below."""
        own = np.bincount(self._keys_in(mask, number), minlength=len(self.ids) + 1)
        if not len(self.closure.pairs[0]):
            return own
        rows, keys, surplus = self.repeats
        return self._rolled_up(own, keys, surplus * mask[rows])

    def moved(self, entered: Ints, left: Ints) -> Longs:
        """Return int64 (values,): by how much the counts change as rows enter and leave (ascending, disjoint)."""
        rows = np.concatenate((entered, left))
        sign = np.ones(len(rows), np.int64)
        sign[len(entered) :] = -1
        offsets = self.offsets[rows]
        at, of_row = _stretches(offsets, self.offsets[rows + 1] - offsets)
        size = len(self.ids) + 1
        own = np.bincount(self.keys[at], weights=sign[of_row], minlength=size).astype(np.int64)
        if not len(self.closure.pairs[0]):
            return own
        again, keys, surplus = self.repeats
        first = np.searchsorted(again, rows, "left")
        at, of_row = _stretches(first, np.searchsorted(again, rows, "right") - first)
        return self._rolled_up(own, keys[at], surplus[at] * sign[of_row])

    def _rolled_up(self, own: Longs, keys: Ints, surplus: Longs) -> Longs:
        """Return the counts of values with those below, less what was counted twice."""
        above, below = self.closure.pairs
        total = own + np.bincount(above, weights=own[below], minlength=len(own))
        total -= np.bincount(keys, weights=surplus, minlength=len(own))
        return total.astype(np.int64)

    def _keys_in(self, mask: Mask, number: int) -> Ints:
        if number == len(mask):
            return self.keys
        if len(self.keys) == len(mask):  # one value an event
            return self.keys[mask]
        if number * 8 > len(mask):
            return self.keys[mask[self._places]]
        rows = np.flatnonzero(mask)
        at, _ = _stretches(self.offsets[rows], self.lengths[rows].astype(np.int64))
        found: Ints = self.keys[at]
        return found


def _stretches(first: Longs, lengths: Longs) -> tuple[Longs, Longs]:
    """Return every place of stretches that begin at first and are so long, and which stretch each is of."""
    of = np.repeat(np.arange(len(lengths)), lengths)
    return np.arange(len(of)) + (first - np.cumsum(lengths) + lengths)[of], of


def order_of(codes: Ints, size: int) -> NDArray[np.intp]:
    """Return the stable order of codes below size: by their halves of 16 bits, which numpy sorts in one pass each."""
    order = np.argsort(codes.astype(np.uint16), kind="stable")
    if size > 1 << 16:
        order = order[np.argsort((codes >> 16).astype(np.uint16)[order], kind="stable")]
    return order


def _with_circles(rows: Ints, keys: Ints, above: Ints, below: Ints) -> tuple[Ints, Ints]:
    """Return every pair followed by a pair for each circle that its key is in, in the order of rows."""
    order = np.argsort(below, kind="stable")
    above, below = above[order], below[order]
    first = np.searchsorted(below, keys, "left")
    number = np.searchsorted(below, keys, "right") - first
    starts = np.cumsum(number + 1) - number - 1
    every = np.empty(len(keys) + int(number.sum()), np.int32)
    own = np.zeros(len(every), np.bool_)
    own[starts] = True
    every[own] = keys
    every[~own] = above[_stretches(first, number)[0]]
    return np.repeat(rows, number + 1), every


def _paired(high: Ints, low: Ints) -> Longs:
    return high.astype(np.int64) << 32 | low.astype(np.int64)


def _again(rows: Ints, keys: Ints) -> Mask:
    """Return True where a pair of this row came before (rows ascending); without sorting where few share a row."""
    most = int(np.bincount(rows).max(initial=0)) if len(rows) else 0
    again = np.zeros(len(rows), np.bool_)
    if most > FEW:
        pairs = _paired(rows, keys)
        order = np.argsort(pairs, kind="stable")
        again[order[1:]] = pairs[order[1:]] == pairs[order[:-1]]
        return again
    for step in range(1, most):
        again[step:] |= (rows[step:] == rows[:-step]) & (keys[step:] == keys[:-step])
    return again


def _distinct(rows: Ints, keys: Ints) -> tuple[Ints, Ints]:
    """Return the distinct pairs in row order; without sorting where they are in row order and few a row."""
    in_order = len(rows) < 2 or bool(np.all(rows[1:] >= rows[:-1]))
    if not in_order:
        pairs = distinct(_paired(rows, keys))
        return (pairs >> 32).astype(np.int32), (pairs & _LOW).astype(np.int32)
    again = _again(rows, keys)
    return (rows[~again], keys[~again]) if again.any() else (rows, keys)


def many(
    ids: Sequence[str], rows: Ints, keys: Ints, size: int, closure: Closure | None = None,
    merged: Mapping[str, str] | None = None,
) -> Many:  # fmt: skip
    """Return the facet of size events from pairs in any order; events without a pair are "(not stated)".

    A key of len(ids) in the input says "(not stated)" of an event that has other values too. merged: values that are
    chosen as others.
    """
    rows, keys = _distinct(rows, keys)
    lengths = np.bincount(rows, minlength=size)
    missing = lengths == 0
    if missing.any():
        filled = np.full(len(keys) + int(np.count_nonzero(missing)), len(ids), np.int32)
        filled[np.arange(len(keys)) + np.cumsum(missing)[rows]] = keys
        keys, lengths = filled, np.maximum(lengths, 1)
    return Many(
        tuple(ids),
        lengths.astype(np.int32),
        keys.astype(np.int32),
        closure or Closure({}, len(ids)),
        merged or {},
    )


def dense(codes: NDArray[Any], size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return (the codes below size that occur, each code as its place among them), without sorting."""
    present = np.bincount(codes, minlength=size) > 0
    return np.flatnonzero(present), (np.cumsum(present) - 1)[codes]
