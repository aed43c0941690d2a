"""Calendar arithmetic without limits: proleptic Gregorian, astronomical years, seconds since 1970 UTC.

Python's datetime ends at the years 1 and 9999; sources speak of 44 BCE, and EDTF of the year 170000002.
"""

from __future__ import annotations

OPEN_PAST = -(2**63)  # an open bound towards the past
OPEN_FUTURE = 2**63 - 1  # an open bound towards the future
DAY = 86_400  # seconds

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def is_leap(year: int) -> bool:
    """Return whether year (astronomical: 0 is 1 BCE) has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_days(year: int, month: int) -> int:
    """Return the number of days of month 1-12."""
    return 29 if month == 2 and is_leap(year) else _MONTH_DAYS[month - 1]


def days_of(year: int, month: int = 1, day: int = 1) -> int:
    """Return the days from 1970-01-01 to a date; negative before it."""
    before = year - 1
    leap = 1 if month > 2 and is_leap(year) else 0
    whole_years = before * 365 + before // 4 - before // 100 + before // 400
    return whole_years + _DAYS_BEFORE[month - 1] + leap + day - 719_163


def date_of(days: int) -> tuple[int, int, int]:
    """Return (year, month, day) of a number of days since 1970-01-01: the inverse of days_of."""
    shifted = days + 719_468  # since 0000-03-01, so that the leap day ends a year
    era, of_era = divmod(shifted, 146_097)
    year_of_era = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * of_year + 2) // 153
    day = of_year - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    return era * 400 + year_of_era + (month <= 2), month, day


def day_of(seconds: int) -> str:
    """Return the ISO date (UTC) of seconds since 1970: "2024-12-02", "-0044-03-15" (astronomical years)."""
    year, month, day = date_of(seconds // DAY)
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day:02d}"


def precision_of(start_min: int, end_max: int, *, dated: bool = True) -> str:
    """Return how wide the hull is, in the words of model.md §3 and the widths of UCDP's date_prec.

    1 day, 2-6 days, 7 a week, to 31 a month, to 366 a year, else longer; "open" where one end is (or both
    are, for what has a bound inside but no hull); "unknown" where nothing is dated.
    """
    if start_min == OPEN_PAST or end_max == OPEN_FUTURE:
        both = start_min == OPEN_PAST and end_max == OPEN_FUTURE
        return "open" if dated or not both else "unknown"
    width = end_max // DAY - start_min // DAY + 1
    for limit, word in ((1, "day"), (6, "days"), (7, "week"), (31, "month"), (366, "year")):
        if width <= limit:
            return word
    return "longer"
