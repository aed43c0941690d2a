"""What is known once of the many rows that a filter shows, so that a frame never passes over all of them (design §6).

Spans and their orders are made once for a table, a Crowd once for a set of rows; a frame asks them by searchsorted.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import HUES, OPEN_FUTURE, OPEN_PAST, EventTable, Ints, Longs, Mask
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.layout.lanes import OTHERS, LaneKind, Touches, touches
from explorer.layout.sorting import stable_order
from explorer.layout.tooltips import toll

#: So many lanes are shown apart before the rest is drawn together.
MOST_LANES = 60
#: Ticks beyond which an event counts as long: those are looked through one by one, the others found by their start.
_LONG = 100 * 86_400
#: Open ends are held here: differences of any two ticks fit 63 bits.
FARTHEST = 2**61
#: A crowd is small where the table has so many times as many rows.
_SMALL_PART = 4
_SAMPLE, _LEVELS, _KEPT = 4096, 6, 4


@frozen(eq=False, slots=False)
class Spans:
    """Where each row of a table lies on the axis: int64 ticks, unit of them a second (or a rung).

    low, high: the finite hull (the one known side for both where the other is not known), open only where the event
    began before all time or goes on. middle: their middle, or the one finite of the two. The orders hold the dated
    rows alone, and are made when first asked for.
    """

    low: Longs
    high: Longs
    middle: Longs
    width: Longs
    dated: Mask
    unit: float = 1.0

    @cached_property
    def rows(self) -> Ints:
        """The dated rows, ascending."""
        return np.flatnonzero(self.dated).astype(np.int32)

    @cached_property
    def by_low(self) -> Ints:
        """The dated rows by the beginning of their span."""
        return self.rows[stable_order(_near(self.low[self.rows]))]

    @cached_property
    def lows(self) -> Longs:
        """The beginnings in order."""
        return self.low[self.by_low]

    @cached_property
    def by_high(self) -> Ints:
        """The dated rows by the end of their span."""
        return self.rows[stable_order(_near(self.high[self.rows]))]

    @cached_property
    def highs(self) -> Longs:
        """The ends in order."""
        return self.high[self.by_high]

    @cached_property
    def by_middle(self) -> Ints:
        """The dated rows by their middle."""
        return self.rows[stable_order(_near(self.middle[self.rows]))]

    @cached_property
    def range(self) -> tuple[int, int] | None:
        """The earliest and the latest finite bound of all, None where there is none."""
        return finite_ends(self.low[self.rows], self.high[self.rows])

    @cached_property
    def long(self) -> NDArray[np.intp]:
        """Where in by_low the few are that may begin long before a window and still reach into it."""
        return np.flatnonzero(self.width[self.by_low] > _LONG)

    @cached_property
    def widest(self) -> int:
        """How wide the widest span is."""
        return int(self.width[self.rows].max(initial=0))

    def narrow(self, level: int) -> Mask:
        """Return True for the rows that lie in one cell of 2^level ticks; kept for the levels asked for last."""
        kept = self._narrow
        if level not in kept:
            if len(kept) > _LEVELS:
                kept.clear()
            kept[level] = self.width < (2 << level)
        return kept[level]

    @cached_property
    def _narrow(self) -> dict[int, Mask]:
        return {}


def finite_ends(low: Longs, high: Longs) -> tuple[int, int] | None:
    """Return the earliest and the latest of the finite bounds."""
    low, high = low[low != OPEN_PAST], high[high != OPEN_FUTURE]
    found = [int(v) for part in (low, high) if len(part) for v in (part.min(), part.max())]
    return (min(found), max(found)) if found else None


def _near(ticks: Longs) -> Longs:
    """Return ticks with open ends held where differences still fit 63 bits."""
    held: Longs = np.clip(ticks, -FARTHEST, FARTHEST)
    return held


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
    """The touches of a table, each lane's together, with a way from rows to their entries."""

    touches: Touches
    size: int

    @cached_property
    def order(self) -> Ints:
        """The entries in the order of their rows."""
        return stable_order(self.touches.row)

    @cached_property
    def offsets(self) -> Longs:
        """Where in order the entries of each row begin, and where the last ones end."""
        counts = np.bincount(self.touches.row, minlength=self.size)
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))

    @cached_property
    def bounds(self) -> list[int]:
        """Where the entries of each lane begin, and where the last one ends."""
        count = np.bincount(self.touches.lane, minlength=len(self.touches.lanes))
        return [0, *np.cumsum(count).tolist()]

    def rows(self, lane: int) -> Ints:
        """Return the rows that touch a lane, ascending."""
        return self.touches.row[self.bounds[lane] : self.bounds[lane + 1]]

    def places(self, rows: Ints) -> Ints:
        """Return the entries of rows, in the order of these."""
        first = self.offsets[rows]
        count = self.offsets[rows + 1] - first
        inside = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        found: Ints = self.order[np.repeat(first, count) + inside]
        return found

    def of(self, rows: Ints) -> Touches:
        """Return the touches of a few rows (ascending), all lanes kept, sorted by (lane, row)."""
        return self.touches.at(np.sort(self.places(rows)), self.touches.lane, self.touches.lanes)


def entries_of(
    table: EventTable,
    kind: LaneKind,
    opened: frozenset[str],
    crowd: Crowd,
    *,
    most: int = MOST_LANES,
    paged: bool = True,
) -> Entries:
    """Return the lanes of a table, the busiest apart and the rest in one that opens; made once for each choice.

    Where there are more lanes than most and crowd is a small part of the table, the lanes are those of its rows alone,
    the busiest first: what a filter asks for must not be hidden among the rest. paged: the rest may be opened.
    """
    text_only = crowd.text_only
    found = touches(
        table, kind, frozenset(k for k in opened if not k.startswith(OTHERS)), text_only=text_only
    )
    few = len(found.lanes) > most and len(crowd.rows) * _SMALL_PART <= len(table)
    whose = crowd if few else None
    kept: list[tuple[tuple[object, ...], Entries]] = table.derived.setdefault("entries", [])
    key = (found, whose, most, opened if paged else None)
    for number, (known, entries) in enumerate(kept):
        if all(a is b or (a == b and not isinstance(a, Touches)) for a, b in zip(known, key, strict=True)):
            kept.insert(0, kept.pop(number))
            return entries
    chosen = found.of(crowd.mask).busiest_first() if few else found
    made = Entries(chosen.paged(most, opened) if paged else chosen.merged(most), len(table))
    kept.insert(0, (key, made))
    del kept[_KEPT:]
    return made


class Crowd:
    """The rows that a filter shows, with what is known of them as a whole."""

    def __init__(self, table: EventTable, rows: Ints, spans: Spans, *, text_only: bool) -> None:
        """Stand for rows: int32, distinct and ascending."""
        self.table, self.rows, self.text_only, self.spans = table, rows, text_only, spans
        self.whole = len(rows) == len(table)

    @cached_property
    def mask(self) -> Mask:
        """True for the rows, over the table."""
        mask = np.zeros(len(self.table), np.bool_)
        mask[self.rows] = True
        return mask

    @cached_property
    def undated(self) -> Ints:
        """The rows without a place on the axis."""
        return np.flatnonzero(self.mask & ~self.spans.dated).astype(np.int32)

    @property
    def dated(self) -> int:
        """How many rows have one."""
        return len(self.rows) - len(self.undated)

    @cached_property
    def range(self) -> tuple[float, float] | None:
        """The earliest and the latest finite bound in units of the axis, None where nothing is dated."""
        spans = self.spans
        found = spans.range
        if not self.whole:
            rows = self.rows
            if len(rows) * _SMALL_PART > len(
                self.table
            ):  # the ends are found among the first and last of all
                rows = np.concatenate((self._first(spans.by_low), self._first(spans.by_high[::-1])))
                rows = np.concatenate((rows, self._first(spans.by_high), self._first(spans.by_low[::-1])))
            rows = rows[spans.dated[rows]]
            found = finite_ends(spans.low[rows], spans.high[rows])
        return (found[0] / spans.unit, found[1] / spans.unit) if found else None

    def _first(self, order: Ints) -> Ints:
        """Return the first rows of an order that are here, up to the first that is bounded on both sides."""
        spans, at, step = self.spans, 0, 256
        parts: list[Ints] = []
        while at < len(order):
            rows = order[at : at + step]
            parts.append(rows[self.mask[rows]])
            if bool((spans.width[parts[-1]] != OPEN_FUTURE).any()):
                break
            at, step = at + step, step * 4
        return np.concatenate(parts) if parts else order

    @cached_property
    def hues(self) -> list[int]:
        """The hues that occur."""
        hue = self.table.hue
        some = np.bincount(hue[self.rows[:_SAMPLE]], minlength=len(HUES)) > 0
        for code in np.flatnonzero(~some).tolist():
            some[code] = bool((self.mask & (hue == code)).any())
        return np.flatnonzero(some).tolist()

    @cached_property
    def _begun(self) -> Ints:
        return np.cumsum(self.mask.take(self.spans.by_low, mode="clip"), dtype=np.int32)

    @cached_property
    def _over(self) -> Ints:
        return np.cumsum(self.mask.take(self.spans.by_high, mode="clip"), dtype=np.int32)

    def begun(self, end: float) -> int:
        """Return how many dated rows have begun by a time (in units of the axis)."""
        at = int(np.searchsorted(self.spans.lows, self._ticks(end), "right"))
        return int(self._begun[at - 1]) if at else 0

    def over(self, start: float) -> int:
        """Return how many are over before a time."""
        at = int(np.searchsorted(self.spans.highs, self._ticks(start), "left"))
        return int(self._over[at - 1]) if at else 0

    def seen(self, start: float, end: float) -> int:
        """Return how many dated rows touch start … end, by two searches."""
        bounds = self.range
        if bounds is not None and start <= bounds[0] and end >= bounds[1]:
            return self.dated
        return self.begun(end) - self.over(start)

    def near(self, start: float, end: float) -> Ints:
        """Return the dated rows that touch start … end, ascending."""
        spans = self.spans
        begun = int(np.searchsorted(spans.lows, self._ticks(end), "right"))
        about = min(int(np.searchsorted(spans.lows, self._ticks(start) - _LONG, "left")), begun)
        far = spans.long[: int(np.searchsorted(spans.long, about))]
        rows = np.concatenate((spans.by_low[far], spans.by_low[about:begun]))
        found: Ints = np.sort(rows[self.mask[rows] & (spans.high[rows] >= self._ticks(start))])
        return found

    def before(self, start: float) -> Ints:
        """Return the dated rows that end before start, ascending."""
        return self._of(
            self.spans.by_high[: int(np.searchsorted(self.spans.highs, self._ticks(start), "left"))]
        )

    def after(self, end: float) -> Ints:
        """Return the dated rows that begin after end, ascending."""
        return self._of(self.spans.by_low[int(np.searchsorted(self.spans.lows, self._ticks(end), "right")) :])

    def _of(self, rows: Ints) -> Ints:
        found: Ints = np.sort(rows[self.mask[rows]])
        return found

    def _ticks(self, time: float) -> int:
        """Return a time of the axis in ticks, as an int64 that is surely finite."""
        return int(min(max(time * self.spans.unit, -9.0e18), 9.0e18))


def crowd_of(table: EventTable, rows: Ints, *, text_only: bool, spans: Spans | None = None) -> Crowd:
    """Return the crowd of rows, kept for as long as the same array is asked for; spans: other than the calendar's."""
    key = f"crowd {text_only} {spans is None}"
    known: tuple[Ints, Crowd] | None = table.derived.get(key)
    if known is None or known[0] is not rows or (spans is not None and known[1].spans is not spans):
        whole = np.asarray(rows, np.int32)
        if len(whole) > 1 and not bool((whole[1:] > whole[:-1]).all()):
            whole = distinct(whole)
        places = spans_of(table, text_only=text_only) if spans is None else spans
        known = table.derived[key] = (rows, Crowd(table, whole, places, text_only=text_only))
    return known[1]


def weighty(table: EventTable, *, text_only: bool) -> NDArray[np.int32]:
    """Return all rows, the most important first: by their dead, then by the number of their sources; made once."""
    key = f"weighty {text_only}"
    if key not in table.derived:
        worth = toll(table, np.arange(len(table), dtype=np.int32), text_only=text_only)
        table.derived[key] = np.lexsort((-table.source_count, -worth)).astype(np.int32)
    order: NDArray[np.int32] = table.derived[key]
    return order
