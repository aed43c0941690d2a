"""What is known once of the many rows that a filter shows, so that a frame never passes over all of them (design §6).

Spans are made once for a table, a Crowd once for a set of rows; a frame asks them by searchsorted, or takes slices.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST, EventTable, Ints, Longs, Mask
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.layout.lanes import Lane, LaneKind, Touches, touches
from explorer.layout.tooltips import toll

#: The id of the lane that holds all lanes beyond the busiest, and what opens it.
OTHERS = "other-lanes"
#: So many lanes are shown apart before the rest is drawn together.
MOST_LANES = 60
#: Seconds beyond which an event counts as long: those are looked through one by one, the others found by their start.
_LONG = 100 * 86_400


@frozen(eq=False, slots=False)
class Spans:
    """Where each row of a table lies in time: int64 seconds UTC, open sides OPEN_PAST and OPEN_FUTURE.

    low, high: the finite hull (the one known side for both where the other is not known), open only where the event
    began before all time or goes on. middle: their middle, or the one finite of the two.
    """

    low: Longs
    high: Longs
    middle: Longs
    width: Longs
    dated: Mask


def spans_of(table: EventTable, *, text_only: bool) -> Spans:
    """Return the spans of a table, made once."""
    key = f"spans {text_only}"
    if key not in table.derived:
        table.derived[key] = _spans(table, text_only)
    spans: Spans = table.derived[key]
    return spans


def _spans(table: EventTable, text_only: bool) -> Spans:
    times = table.times(text_only=text_only)
    columns = (times.start_min, times.start_max, times.end_min, times.end_max)
    low, high = np.full(len(table), OPEN_FUTURE), np.full(len(table), OPEN_PAST)
    for column in columns:
        finite = (column != OPEN_PAST) & (column != OPEN_FUTURE)
        low = np.where(finite, np.minimum(low, column), low)
        high = np.where(finite, np.maximum(high, column), high)
    dated = low <= high
    low = np.where(dated & (times.start_max == OPEN_PAST), OPEN_PAST, low)
    high = np.where(dated & (times.end_min == OPEN_FUTURE), OPEN_FUTURE, high)
    closed = (low != OPEN_PAST) & (high != OPEN_FUTURE)
    middle = np.where(closed, low + (high - low) // 2, np.where(low == OPEN_PAST, high, low))
    with np.errstate(over="ignore"):
        width = np.where(closed & dated, high - low, OPEN_FUTURE)
    return Spans(low, high, middle, width, dated)


@frozen(eq=False, slots=False)
class Entries:
    """The touches of a table with a way from rows to their entries: order and offsets are CSR by row."""

    touches: Touches
    order: Ints
    offsets: Longs

    @cached_property
    def bounds(self) -> list[int]:
        """Where the entries of each lane begin, and where the last one ends."""
        count = np.bincount(self.touches.lane, minlength=len(self.touches.lanes))
        return [0, *np.cumsum(count).tolist()]

    def rows(self, lane: int) -> Ints:
        """Return the rows that touch a lane, ascending."""
        return self.touches.row[self.bounds[lane] : self.bounds[lane + 1]]

    def of(self, rows: Ints) -> Touches:
        """Return the touches of a few rows (ascending), all lanes kept, sorted by (lane, row)."""
        first = self.offsets[rows]
        count = self.offsets[rows + 1] - first
        inside = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        at = np.sort(self.order[np.repeat(first, count) + inside])
        return self.touches.at(at, self.touches.lane, self.touches.lanes)


def entries_of(
    table: EventTable, kind: LaneKind, opened: frozenset[str], *, text_only: bool, most: int = MOST_LANES
) -> Entries:
    """Return the lanes of a table, the busiest apart and the rest in a lane that opens; made once for each choice."""
    key = f"entries {kind} {text_only} {most}"
    known: tuple[frozenset[str], Entries] | None = table.derived.get(key)
    if known is None or known[0] != opened:
        found = touches(table, kind, opened - {OTHERS}, text_only=text_only)
        if OTHERS not in opened or most != MOST_LANES:
            found = _gathered(found, most)
        order = np.argsort(found.row, kind="stable").astype(np.int32)
        counts = np.bincount(found.row, minlength=len(table))
        offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
        known = table.derived[key] = (opened, Entries(found, order, offsets))
    return known[1]


def _gathered(found: Touches, most: int) -> Touches:
    merged = found.merged(most)
    if merged is found:
        return found
    last = merged.lanes[-1]
    others = Lane(OTHERS, last.name, opens=True, ids=(OTHERS,))
    return Touches(
        (*merged.lanes[:-1], others), merged.lane, merged.row, merged.touch, merged.basis, merged.said
    )


class Crowd:
    """The rows that a filter shows, put in order by time once."""

    def __init__(self, table: EventTable, rows: Ints, *, text_only: bool) -> None:
        """Stand for rows: int32, distinct and ascending."""
        self.table, self.rows, self.text_only = table, rows, text_only
        self.spans = spans_of(table, text_only=text_only)

    @cached_property
    def mask(self) -> Mask:
        """True for the rows, over the table."""
        mask = np.zeros(len(self.table), np.bool_)
        mask[self.rows] = True
        return mask

    @cached_property
    def undated(self) -> Ints:
        """The rows without any date."""
        return self.rows[~self.spans.dated[self.rows]]

    @cached_property
    def dated(self) -> Ints:
        """The rows with one, by the beginning of their span."""
        rows = self.rows[self.spans.dated[self.rows]]
        return rows[np.argsort(self.spans.low[rows], kind="stable")]

    @cached_property
    def lows(self) -> Longs:
        """The beginnings of dated, ascending."""
        return self.spans.low[self.dated]

    @cached_property
    def highs(self) -> Longs:
        """The ends of all dated rows, ascending."""
        return np.sort(self.spans.high[self.dated])

    @cached_property
    def range(self) -> tuple[float, float] | None:
        """The earliest and the latest finite bound, None where nothing is dated."""
        low, high = self.spans.low[self.dated], self.spans.high[self.dated]
        low, high = low[low != OPEN_PAST], high[high != OPEN_FUTURE]
        found = [float(v) for part in (low, high) if len(part) for v in (part.min(), part.max())]
        return (min(found), max(found)) if found else None

    @cached_property
    def hues(self) -> list[int]:
        """The hues that occur."""
        return np.flatnonzero(np.bincount(self.table.hue[self.rows], minlength=1)).tolist()

    def seen(self, start: float, end: float) -> int:
        """Return how many dated rows touch start … end (seconds), by two searches."""
        begun = int(np.searchsorted(self.lows, _whole(end), "right"))
        return begun - int(np.searchsorted(self.highs, _whole(start), "left"))

    def near(self, start: float, end: float) -> Ints:
        """Return the dated rows that touch start … end, ascending."""
        begun = int(np.searchsorted(self.lows, _whole(end), "right"))
        about = min(int(np.searchsorted(self.lows, _whole(start - _LONG), "left")), begun)
        far = self._long[: int(np.searchsorted(self._long, about))]
        rows = np.concatenate((self.dated[far], self.dated[about:begun]))
        found: Ints = np.sort(rows[self.spans.high[rows] >= _whole(start)])
        return found

    @cached_property
    def _long(self) -> NDArray[np.intp]:
        """Where in dated the few are that may begin long before a window and still reach into it."""
        return np.flatnonzero(self.spans.width[self.dated] > _LONG)

    def before(self, start: float) -> Ints:
        """Return the dated rows that end before start, ascending."""
        rows = self.dated
        found: Ints = np.sort(rows[self.spans.high[rows] < _whole(start)])
        return found

    def after(self, end: float) -> Ints:
        """Return the dated rows that begin after end, ascending."""
        found: Ints = np.sort(self.dated[int(np.searchsorted(self.lows, _whole(end), "right")) :])
        return found


def crowd_of(table: EventTable, rows: Ints, *, text_only: bool) -> Crowd:
    """Return the crowd of rows, kept for as long as the same array is asked for."""
    key = f"crowd {text_only}"
    known: tuple[Ints, Crowd] | None = table.derived.get(key)
    if known is None or known[0] is not rows:
        whole = np.asarray(rows, np.int32)
        if len(whole) > 1 and not bool((whole[1:] > whole[:-1]).all()):
            whole = distinct(whole)
        known = table.derived[key] = (rows, Crowd(table, whole, text_only=text_only))
    return known[1]


def weighty(table: EventTable, *, text_only: bool) -> NDArray[np.int32]:
    """Return all rows, the most important first: by their dead, then by the number of their sources; made once."""
    key = f"weighty {text_only}"
    if key not in table.derived:
        worth = toll(table, np.arange(len(table), dtype=np.int32), text_only=text_only)
        table.derived[key] = np.lexsort((-table.source_count, -worth)).astype(np.int32)
    order: NDArray[np.int32] = table.derived[key]
    return order


def _whole(seconds: float) -> int:
    """Return seconds as an int64 that is surely finite."""
    return int(min(max(seconds, -9.0e18), 9.0e18))
