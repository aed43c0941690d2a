"""When events were, in words and as sort keys, from their four bounds (design §3a)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import BASES, OPEN_FUTURE, OPEN_PAST, Bytes, Floats, TimeColumns
from explorer.model.times import DAY, bounds_words
from explorer.words import tr

#: Seconds: a side of the hull nearer than this is the time itself.
_YEAR = 366 * DAY
Rows = NDArray[np.integer[Any]]


def when_words(times: TimeColumns, rows: Rows) -> list[str]:
    """Return when each of rows was, no finer than it is known: "2015", "going on about 2 Dec 2024", "no date"."""
    about = times.approx[rows].tolist()
    columns = (times.start_min, times.start_max, times.end_min, times.end_max)
    bounds = zip(*(column[rows].tolist() for column in columns), strict=True)
    return [four_words(four, flags) for four, flags in zip(bounds, about, strict=True)]


def four_words(bounds: tuple[int, int, int, int], about: list[bool]) -> str:
    """Return the hull in words; where both its ends are open, what is known of the core."""
    start_min, start_max, end_min, end_max = bounds
    hull_open = start_min == OPEN_PAST and end_max == OPEN_FUTURE
    if not hull_open or (start_max == OPEN_FUTURE and end_min == OPEN_PAST):
        if _says_more(bounds):
            return _core_words(bounds, about)
        return bounds_words(start_min, end_max, approx_start=about[0], approx_end=about[3])
    if end_min == OPEN_PAST:
        words = bounds_words(OPEN_PAST, start_max, approx_start=about[1], approx_end=about[1])
        return tr("began {date}").format(date=words)
    if start_max == OPEN_FUTURE:
        words = bounds_words(end_min, OPEN_FUTURE, approx_start=about[2], approx_end=about[2])
        return tr("went on {date}").format(date=words)
    return _going_on(bounds, about)


def _going_on(bounds: tuple[int, int, int, int], about: list[bool]) -> str:
    first, last = min(bounds[1:3]), max(bounds[1:3])
    words = bounds_words(first, last, approx_start=about[1], approx_end=about[2])
    return tr("going on {date}").format(date=words)


def _says_more(bounds: tuple[int, int, int, int]) -> bool:
    """Return whether the core says more than a hull with one known side, which is far from it: more than a year."""
    start_min, start_max, end_min, end_max = bounds
    if not OPEN_PAST < start_max <= end_min < OPEN_FUTURE:
        return False
    far = start_max - start_min if end_max == OPEN_FUTURE else end_max - end_min
    return (start_min == OPEN_PAST) != (end_max == OPEN_FUTURE) and far > _YEAR


def _core_words(bounds: tuple[int, int, int, int], about: list[bool]) -> str:
    """Return the core, then the far side of the hull: "going on 27 Nov – about 2 Dec 2024, not before 2011"."""
    start_min, _, _, end_max = bounds
    core = _going_on(bounds, about)
    if end_max == OPEN_FUTURE:
        date = bounds_words(start_min, OPEN_FUTURE, approx_start=about[0]).removeprefix(tr("from "))
        return tr("{core}, not before {date}").format(core=core, date=date)
    date = bounds_words(OPEN_PAST, end_max, approx_end=about[3]).removeprefix(tr("until "))
    return tr("{core}, not after {date}").format(core=core, date=date)


def when_order(times: TimeColumns, rows: Rows) -> Floats:
    """Return float64 sort keys: by the start, or what is known nearest to it, then by the end; NaN = undated.

    Rows with the same bounds have the same key, within one call.
    """
    start, end = times.start_min[rows], times.end_max[rows]
    for column, open_end in (
        (times.start_max, OPEN_FUTURE),
        (times.end_max, OPEN_FUTURE),
        (times.end_min, OPEN_PAST),
    ):
        start = np.where((start == OPEN_PAST) & (column[rows] != open_end), column[rows], start)
    order = np.lexsort((end, start))
    steps = (np.diff(start[order]) != 0) | (np.diff(end[order]) != 0)
    place = np.empty(len(rows))
    place[order] = np.concatenate((np.zeros(min(1, len(rows))), np.cumsum(steps)))
    return np.where(times.undated[rows], np.nan, place)


def weakest_of(times: TimeColumns, rows: Rows | Sequence[int]) -> Bytes:
    """Return the weakest basis over the finite bounds of some rows: what times.weakest says, at their cost alone."""
    basis = times.basis[rows]
    filled = np.where(basis == 0, 255, basis).min(axis=1, initial=255)
    return np.where(filled == 255, 0, filled).astype(np.uint8)


#: What the dates of an event rest on, in a clause.
WHENCE = {
    "stated": "in the text", "inferred": "by the coder's reading", "reference": "from outside the report",
}  # fmt: skip


def whence_words(times: TimeColumns, rows: Rows) -> list[str]:
    """Return what each end of each hull rests on: "both from outside the report"; "" where no bound is known.

    One date of the event's own is said of once; where only one end is known, of that.
    """
    derived: list[bool] = np.any(times.derived[rows], axis=1).tolist()
    return [
        _whence(codes, several) for codes, several in zip(times.basis[rows].tolist(), derived, strict=True)
    ]


def _whence(codes: list[int], several: bool) -> str:
    """Return it from the codes of four bounds; several: they need not rest on one date."""
    first, last = (codes[0], codes[3]) if codes[0] or codes[3] else (codes[1], codes[2])
    known = [tr(WHENCE[BASES[code]]) for code in (first, last) if code]
    if len(known) < 2 or (first == last and not several):
        return known[0] if known else ""
    if first == last:
        return tr("both {whence}").format(whence=known[0])
    return tr("its beginning {first}, its end {last}").format(first=known[0], last=known[1])
