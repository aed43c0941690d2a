"""Days, weeks, months and years as groups of events: which one holds the whole of an event (design §1, promise 2).

An event lies in a period only where all of its hull does; what is wider than a period lies in none. All by numpy,
over any number of rows, from 44 BCE to the year 170000002.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST, EventTable, Ints, Longs
from explorer.frozen import frozen
from explorer.model.calendar import DAY, date_of, days_of
from explorer.model.times import date_words
from explorer.words import tr

Period = Literal["day", "week", "month", "year"]
PERIODS: tuple[Period, ...] = get_args(Period)
#: What lies in no single period, and what has no date at all, in place of a number.
WIDE, UNDATED = 2**62, 2**62 + 1
_MONTHS = 12
_EPOCH = 1970
_MONDAY = 3  # days from a Monday to 1970-01-01, a Thursday
#: Days outside of this are no dates to numpy or to EDTF's four-digit years.
_FARTHEST = 10**11


@frozen
class Stretch:
    """One period: EDTF of its first and last date (None past the years -9999 to 9999), and seconds UTC, end apart."""

    first: str | None
    last: str | None
    start: int
    end: int


def numbers_of(seconds: Longs, period: Period) -> Longs:
    """Return the number of the period that holds each moment (int64 seconds UTC); consecutive, Monday first."""
    days = np.clip(seconds // DAY, -_FARTHEST, _FARTHEST)
    if period == "day":
        return days
    if period == "week":
        return (days + _MONDAY) // 7
    unit = "datetime64[M]" if period == "month" else "datetime64[Y]"
    base = _EPOCH * _MONTHS if period == "month" else _EPOCH
    found: Longs = days.astype("datetime64[D]").astype(unit).astype(np.int64) + base
    return found


def published(table: EventTable) -> bool:
    """Return True where most documents are rows of a dataset, whose first day is the date that its makers count by."""
    if "published" not in table.derived:
        datasets = table.documents.datasets
        named = sum(1 for name in datasets if name)
        table.derived["published"] = len(datasets) > 0 and named * 2 > len(datasets)
    return bool(table.derived["published"])


def placed(
    table: EventTable, rows: Ints, period: Period, *, text_only: bool = False, by_first: bool = False
) -> Longs:
    """Return, for each of rows, the number of the one period that holds all of it, else WIDE or UNDATED.

    With by_first what is wider is in the period of its first day, where it has one.
    """
    times = table.times(text_only=text_only)
    start, end = times.start_min[rows], times.end_max[rows]
    closed = (start != OPEN_PAST) & (end != OPEN_FUTURE)
    first = numbers_of(np.where(closed, start, 0), period)
    last = numbers_of(np.where(closed, end, 0), period)
    result = np.where(closed & ((first == last) | by_first), first, WIDE)
    loose = np.flatnonzero(~closed)
    result[loose[times.undated[rows[loose]]]] = UNDATED
    return result


def first_day(number: int, period: Period) -> int:
    """Return the day (since 1970-01-01) on which a period begins."""
    if period == "day":
        return number
    if period == "week":
        return number * 7 - _MONDAY
    return days_of(number // _MONTHS, number % _MONTHS + 1) if period == "month" else days_of(number)


def stretch(number: int, period: Period) -> Stretch:
    """Return a period's ends, for a filter or a window."""
    start, after = first_day(number, period), first_day(number + 1, period)
    return Stretch(_edtf(start), _edtf(after - 1), start * DAY, after * DAY)


def _edtf(day: int) -> str | None:
    year, month, of_month = date_of(day)
    return f"{_year(year)}-{month:02d}-{of_month:02d}" if -9999 <= year <= 9999 else None


def _year(year: int) -> str:
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def value_of(number: int, period: Period) -> str:
    """Return a period as a value: "2019-08-05", "2019-W32", "2019-08" or "2019"; years astronomical."""
    year, month, day = date_of(first_day(number, period))
    if period == "week":
        year, _, _ = date_of(
            first_day(number, period) + _MONDAY
        )  # a week belongs to the year of its Thursday
        begin = days_of(year, 1, 4)
        return f"{_year(year)}-W{number - (begin + _MONDAY) // 7 + 1:02d}"
    parts = (_year(year), f"{month:02d}", f"{day:02d}")
    return "-".join(parts[: {"year": 1, "month": 2, "day": 3}[period]])


def label_of(number: int, period: Period) -> str:
    """Return a period in words: "5 Aug 2019", "week from 5 Aug 2019", "Aug 2019" or "2019"."""
    year, month, day = date_of(first_day(number, period))
    if period == "week":
        return tr("week from {date}").format(date=date_words((year, month, day)))
    return date_words((year, month if period != "year" else 0, day if period == "day" else 0))


def wider_words(period: Period) -> str:
    """Return what the group of events says that lie in no single period."""
    return {
        "day": tr("longer than a day, or not known to the day"),
        "week": tr("longer than a week, or not known to the week"),
        "month": tr("longer than a month, or not known to the month"),
        "year": tr("longer than a year, or not known to the year"),
    }[period]


def finest(table: EventTable, rows: Ints, most: int, *, text_only: bool = False) -> Period:
    """Return the shortest period of which at most so many cover rows; years where even they are more."""
    times = table.times(text_only=text_only)
    start, end = times.start_min[rows], times.end_max[rows]
    closed = (start != OPEN_PAST) & (end != OPEN_FUTURE)
    if not closed.any():
        return "month"
    ends: NDArray[Any] = np.array([start[closed].min(), end[closed].max()], np.int64)
    for period in PERIODS:
        first, last = numbers_of(ends, period).tolist()
        if last - first < most:
            return period
    return "year"


def number_of(value: str, period: Period) -> int:
    """Return the number of a period from its value: the inverse of value_of."""
    before = value.startswith("-")
    parts = value.lstrip("-").replace("W", "").split("-")
    year, *rest = (int(part) for part in parts)
    year = -year if before else year
    if period == "week":
        return (days_of(year, 1, 4) + _MONDAY) // 7 + rest[0] - 1
    if period == "day":
        return days_of(year, rest[0], rest[1])
    return year * _MONTHS + rest[0] - 1 if period == "month" else year
