"""Only what enters or leaves is looked at again: a time window that moves, and counts that follow it (issue: scale).

Both are exact. A count is a sum over distinct events, so that counts of another set are those of the one before, plus
those of what entered, less those of what left; and an event can enter or leave a window only where one of its ends
lies between the old limits and the new ones.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np

from explorer.casefile.columns import EventTable, Ints, Longs, Mask, TimeColumns
from explorer.frozen import frozen
from explorer.query.index import Index

#: Where more than one row in so many changes, all is counted anew: it is faster then.
PART = 6


class Moves:
    """What enters and leaves between two masks, each pair of them compared once."""

    def __init__(self) -> None:
        self._seen: list[tuple[Mask, Mask, tuple[Ints, Ints] | None]] = []

    def between(self, before: Mask, after: Mask) -> tuple[Ints, Ints] | None:
        """Return (rows that entered, rows that left), int32 ascending; None where they are too many to be worth it."""
        for old, new, found in self._seen:
            if old is before and new is after:
                return found
        self._seen.append((before, after, self._compared(before, after)))
        return self._seen[-1][2]

    def _compared(self, before: Mask, after: Mask) -> tuple[Ints, Ints] | None:
        if before is after:
            return np.empty(0, np.int32), np.empty(0, np.int32)
        changed = before ^ after
        if np.count_nonzero(changed) * PART > len(changed):
            return None
        rows = np.flatnonzero(changed).astype(np.int32)
        entered = after[rows]
        return rows[entered], rows[~entered]

    def counted(
        self,
        index: Index,
        key: str,
        mask: Mask,
        moved: Callable[[Ints, Ints], Longs],
        whole: Callable[[], Longs],
    ) -> Longs:
        """Return the counts of mask: from those last counted under key where little has moved, else by whole().

        mask is kept and must not be changed after.
        """
        last = index.last.get(key)
        found = self.between(last[0], mask) if last is not None else None
        counts = whole() if last is None or found is None else last[1] + moved(*found)
        counts.flags.writeable = False
        index.last[key] = mask, counts
        return counts


@frozen(eq=False, slots=False)
class Ends:
    """The rows by where they start and by where they end: what a limit passes over as it moves is a stretch of them."""

    times: TimeColumns

    @cached_property
    def starts(self) -> tuple[Longs, Ints]:
        """All start_min ascending, and their rows."""
        return _ordered(self.times.start_min)

    @cached_property
    def ends(self) -> tuple[Longs, Ints]:
        """All end_max ascending, and their rows."""
        return _ordered(self.times.end_max)


def _ordered(bounds: Longs) -> tuple[Longs, Ints]:
    order = np.argsort(bounds, kind="stable")
    return bounds[order], order.astype(np.int32)


def _key(text_only: bool) -> str:
    return f"ends {text_only}"


def warm_up(table: EventTable, *, text_only: bool = False) -> None:
    """Put the ends of all events in order, once for a table and in any thread: windows move quickly from then on."""
    if _key(text_only) not in table.derived:
        ends = Ends(table.times(text_only=text_only))
        _ = ends.starts, ends.ends
        table.derived[_key(text_only)] = ends


def _between(bounds: Longs, rows: Ints, one: int, other: int) -> Ints:
    """Return the rows whose bound lies from the lower to the upper of two limits."""
    low, high = min(one, other), max(one, other)
    return rows[np.searchsorted(bounds, low, "left") : np.searchsorted(bounds, high, "right")]


def undated_of(table: EventTable, *, text_only: bool = False) -> Mask:
    """Return bool (n,): the events of which no bound is finite, made once for a table."""
    key = f"undated {text_only}"
    if key not in table.derived:
        table.derived[key] = table.times(text_only=text_only).undated
    undated: Mask = table.derived[key]
    return undated


def _inside(
    table: EventTable, start: int, end: int, certain: bool, text_only: bool, rows: Ints | None = None
) -> Mask:
    """Return which events, or which of rows, possibly or certainly lie in [start, end]; what is undated does not."""
    times, undated = table.times(text_only=text_only), undated_of(table, text_only=text_only)
    first, last = times.start_min, times.end_max
    if rows is not None:
        first, last, undated = first[rows], last[rows], undated[rows]
    result = (first >= start) if certain else (first <= end)
    result &= (last <= end) if certain else (last >= start)
    result &= ~undated
    return result


@frozen(eq=False)
class _Window:
    """A window that was asked for, and what lies in it."""

    start: int
    end: int
    mask: Mask


def window_mask(
    table: EventTable,
    start: int,
    end: int,
    *,
    certain: bool = False,
    text_only: bool = False,
    use: str = "filter",
) -> Mask:
    """Return bool (n,), read-only: the dated events possibly, or certainly, in [start, end] (seconds UTC, design §3a).

    use: whose window it is; each use keeps its last one, and once warm_up is done only those rows are looked at that
    a limit passed over as it moved.
    """
    key = f"window {use} {certain} {text_only}"
    last: _Window | None = table.derived.get(key)
    if last is not None and (last.start, last.end) == (start, end):
        return last.mask
    passed = None if last is None else _passed_over(table, last, start, end, certain, text_only)
    if last is None or passed is None:
        mask = _inside(table, start, end, certain, text_only)
    else:
        mask = last.mask.copy()
        for rows in passed:
            mask[rows] = _inside(table, start, end, certain, text_only, rows)
    mask.flags.writeable = False
    table.derived[key] = _Window(start, end, mask)
    return mask


def _passed_over(
    table: EventTable, last: _Window, start: int, end: int, certain: bool, text_only: bool
) -> list[Ints] | None:
    """Return the rows that a limit passed over since the last window; None where they are many, or not in order yet."""
    ends: Ends | None = table.derived.get(_key(text_only))
    if ends is None:
        return None
    froms, tos = (ends.starts, ends.ends) if certain else (ends.ends, ends.starts)
    passed = []
    for ordered, one, other in ((froms, last.start, start), (tos, last.end, end)):
        if one != other:
            passed.append(_between(*ordered, one, other))
    return passed if sum(map(len, passed)) * PART <= len(table) else None
