"""A parser of the Extended Date/Time Format (ISO 8601-2; Library of Congress, 4 February 2019).

Levels 0 and 1, and of level 2 the sets, unspecified digits anywhere, qualifiers inside a date and the
groupings 25-41 of a year. Not: exponential years, significant digits (both are refused with a reason).

What the standard leaves to the program is decided here (design §3a):

- `?`, `~` and `%` flag a value and never widen it;
- a time without a zone is read as UTC; an interval of times of day is refused, as in the standard;
- seasons 21-24 are those of the northern hemisphere by whole months, winter from December of its year on;
- a year of which no digit is given ("XXXX", "XXXX-12-25") bounds nothing;
- the end of an interval may lie inside its start ("2004-06/2004"); it is reversed, and refused, only if it
  certainly ends before it starts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import Literal

from explorer.frozen import frozen
from explorer.model.calendar import (
    DAY,
    OPEN_FUTURE,
    OPEN_PAST,
    day_of,
    days_of,
    month_days,
    precision_of,
)

Kind = Literal["point", "set", "interval"]
#: The years whose seconds fit 64 bits with room to spare.
YEAR_LIMIT = 200_000_000_000

#: Division of a year -> (first month, months). 21-24 and 25-28 northern, 29-32 southern seasons, then
#: quarters, thirds and halves.
DIVISIONS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3),
    25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (12, 3),
    29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6),
}  # fmt: skip

_PLAIN = re.compile(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")
DATE_PARTS = re.compile(
    r"([?~%]?)(-?[0-9X]{4})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
)
LONG_YEAR = re.compile(r"Y(-?[1-9][0-9]{4,})([?~%]?)")
DATE_AND_TIME = re.compile(
    r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r"(?:(Z)|([+-])([0-9]{2})(?::([0-9]{2}))?)?"
)
_LEVEL_2_YEAR = re.compile(r"Y?-?[0-9]+(?:E[0-9]+)?(?:S[0-9]+)?")

_EXAMPLES = "an EDTF date such as 2024, 2024-12, 2024-12-02~, 2011/.. or [2015..]"

#: First second, last second, flagged as approximate or uncertain.
_Stretch = tuple[int, int, bool]


class EdtfError(ValueError):
    """A text that is no EDTF date; `found` and `expected` say why in plain words."""

    def __init__(self, found: str, expected: str) -> None:
        self.found = found
        self.expected = expected
        super().__init__(f"{found}; expected {expected}")


@frozen
class Edtf:
    """An EDTF date as four bounds in int64 seconds UTC; maxima are the last second inside.

    Open and unknown ends are OPEN_PAST and OPEN_FUTURE. An end that is still open ("2011/..") has
    end_min = end_max = OPEN_FUTURE; an unknown one ("2011/") has no bound: end_min = OPEN_PAST.
    """

    text: str
    start_min: int
    start_max: int
    end_min: int
    end_max: int
    approx_start: bool = False
    approx_end: bool = False
    kind: Kind = "point"

    @property
    def earliest(self) -> str | None:
        """The first day it may have begun, as ISO date; None = open."""
        return None if self.start_min == OPEN_PAST else day_of(self.start_min)

    @property
    def latest(self) -> str | None:
        """The last day it may have ended, as ISO date; None = open."""
        return None if self.end_max == OPEN_FUTURE else day_of(self.end_max)

    @property
    def precision(self) -> str:
        """The width of the hull in the words of model.md §3."""
        return precision_of(self.start_min, self.end_max, dated=False)


def quoted(text: str, limit: int = 60) -> str:
    """Return text between quotation marks, shortened to limit characters."""
    return f'"{text}"' if len(text) <= limit else f'"{text[: limit - 1]}…"'


@lru_cache(maxsize=16_384)
def parse_edtf(text: str) -> Edtf:
    """Return the bounds of an EDTF text, or raise EdtfError with what was found and what was expected."""
    first = text[:1]
    if first in ("[", "{"):
        return _set(text)
    if "/" in text:
        return _interval(text)
    low, high, approx = _date(text) if "T" not in text else _timed(text)
    return Edtf(text, low, high, low, high, approx, approx)


def _date(text: str) -> _Stretch:
    """Return the stretch of a date without a time of day."""
    match = _PLAIN.fullmatch(text)
    if match is None or text.startswith("-0000"):
        return _unusual(text)
    year, month, day, mark = match.groups()
    return (*_plain_days(text, int(year), month, day), bool(mark))


def _plain_days(text: str, year: int, month: str | None, day: str | None) -> tuple[int, int]:
    """Return first and last second of a year, a month (or division of a year) or a day given in digits."""
    if month is None:
        return days_of(year) * DAY, days_of(year + 1) * DAY - 1
    number = int(month)
    if day is None:
        return _month(text, year, number)
    if not 1 <= number <= 12:
        raise EdtfError(f"{quoted(text)} has month {month}", "a month from 01 to 12 before a day")
    length = month_days(year, number)
    if not 1 <= int(day) <= length:
        raise EdtfError(f"{quoted(text)} has day {day}", f"a day from 01 to {length} in that month")
    start = days_of(year, number, int(day)) * DAY
    return start, start + DAY - 1


def _month(text: str, year: int, number: int) -> tuple[int, int]:
    """Return first and last second of a month or of a division of a year (21-41)."""
    if 1 <= number <= 12:
        first, count = number, 1
    elif number in DIVISIONS:
        first, count = DIVISIONS[number]
    else:
        raise EdtfError(
            f"{quoted(text)} has month {number:02d}", "a month from 01 to 12, or a season from 21 to 24"
        )
    years, last = divmod(first - 1 + count, 12)
    return days_of(year, first) * DAY, days_of(year + years, last + 1) * DAY - 1


def _unusual(text: str) -> _Stretch:
    """Return the stretch of a long year, of a date with unspecified digits or with qualifiers inside it."""
    if match := LONG_YEAR.fullmatch(text):
        digits = match[1]
        if len(digits) > 13 or abs(int(digits)) > YEAR_LIMIT:
            raise EdtfError(quoted(text), f"a year within {YEAR_LIMIT:,} years of today")
        return (*_plain_days(text, int(digits), None, None), bool(match[2]))
    match = DATE_PARTS.fullmatch(text)
    if match is None or match[2] == "-0000":
        raise _not_a_date(text)
    parts = match.groups()
    year, month, day = parts[1], parts[4], parts[7]
    approx = any(parts[index] for index in (0, 2, 3, 5, 6, 8))
    if "X" not in text:
        return (*_plain_days(text, int(year), month, day), approx)
    return (*_unspecified(text, year, month, day), approx)


def _not_a_date(text: str) -> EdtfError:
    """Return the error for what has not even the form of a date."""
    if not text:
        return EdtfError("an empty date", _EXAMPLES)
    if text.strip() != text or " " in text:
        return EdtfError(f"{quoted(text)} holds a blank", _EXAMPLES)
    if text.startswith("-0000"):
        return EdtfError(quoted(text), "the year 0000 without a sign")
    if _LEVEL_2_YEAR.fullmatch(text) and ("E" in text or "S" in text):
        return EdtfError(
            f"{quoted(text)}, a year with an exponent or significant digits", "the year written out"
        )
    return EdtfError(quoted(text), _EXAMPLES)


def _choices(pattern: str, low: int, high: int) -> list[int]:
    """Return the two-digit numbers from low to high that fit a pattern of digits and X, ascending."""
    return [
        n
        for n in range(low, high + 1)
        if all(p in ("X", d) for p, d in zip(pattern, f"{n:02d}", strict=True))
    ]


def _unspecified(text: str, year: str, month: str | None, day: str | None) -> tuple[int, int]:
    """Return the stretch from the first to the last date that fits a pattern with X in it."""
    ends = ("0", "9") if not year.startswith("-") else ("9", "0")
    years = [int(year.replace("X", digit)) for digit in ends]
    if year.startswith("-"):
        years = [years[0], min(years[1], -1)]  # there is no year -0000
    whole_month = month is None or (month == "XX" and day in (None, "XX"))
    if year == "XXXX":
        _extremes(text, [4, 9996], month, day)  # refuses a month or day that no year has
        return OPEN_PAST, OPEN_FUTURE
    if whole_month:
        return days_of(years[0]) * DAY, days_of(years[1] + 1) * DAY - 1
    candidates = years if "X" not in year else _fitting_years(year)
    return _extremes(text, candidates, month, day)


def _fitting_years(year: str) -> list[int]:
    """Return the years that fit a pattern, ascending (29 February needs more than the two ends)."""
    negative = year.startswith("-")
    digits = ["0123456789" if char == "X" else char for char in year.lstrip("-")]
    found = sorted(int("".join(chosen)) for chosen in product(*digits))
    return [-number for number in reversed(found) if number] if negative else found


def _extremes(text: str, years: list[int], month: str | None, day: str | None) -> tuple[int, int]:
    """Return first and last second over the dates that fit, or raise EdtfError where none does."""
    first = next((found for year in years if (found := _fit(year, month, day, 0))), None)
    last = next((found for year in reversed(years) if (found := _fit(year, month, day, -1))), None)
    if first is None or last is None:
        raise EdtfError(quoted(text), "unspecified digits that at least one date of the calendar fits")
    return first[0], last[1]


def _fit(year: int, month: str | None, day: str | None, which: Literal[0, -1]) -> tuple[int, int] | None:
    """Return the first (0) or last (-1) month or day of a year that fits the patterns."""
    if month is None:
        return days_of(year) * DAY, days_of(year + 1) * DAY - 1
    if "X" not in month and int(month) in DIVISIONS and day is None:
        return _month(month, year, int(month))
    months = _choices(month, 1, 12)
    if day is None:
        return _month(month, year, months[which]) if months else None
    for number in months if which == 0 else reversed(months):
        if days := _choices(day, 1, month_days(year, number)):
            start = days_of(year, number, days[which]) * DAY
            return start, start + DAY - 1
    return None


def _timed(text: str) -> _Stretch:
    """Return the one second of a date with a time of day."""
    match = DATE_AND_TIME.fullmatch(text)
    if match is None or text.startswith("-0000"):
        raise EdtfError(quoted(text), "a date and a time such as 2024-12-02T10:30:00Z or …T10:30:00+02:00")
    day, hour, minute, second, _, sign, zone_hour, zone_minute = match.groups()
    midnight = _date(day)[0]
    h, m, s = int(hour), int(minute), int(second)
    if m > 59 or s > 59 or h > 24 or (h == 24 and (m or s)):
        raise EdtfError(
            f"{quoted(text)} has the time {hour}:{minute}:{second}", "a time from 00:00:00 to 23:59:59"
        )
    away = int(zone_hour or 0) * 60 + int(zone_minute or 0)
    if away > 14 * 60 or int(zone_minute or 0) > 59:
        raise EdtfError(
            f"{quoted(text)} has the zone {sign}{zone_hour}:{zone_minute or '00'}", "a zone within 14:00"
        )
    moment = midnight + h * 3600 + m * 60 + s - (-away if sign == "-" else away) * 60
    return moment, moment, False


def _interval(text: str) -> Edtf:
    """Return the bounds of start/end, where either may be open ("..") or unknown (empty)."""
    parts = text.split("/")
    if len(parts) != 2:
        raise EdtfError(f"{quoted(text)} has {len(parts) - 1} slashes", "one slash between start and end")
    if not parts[0] and not parts[1]:
        raise EdtfError(quoted(text), "a start or an end beside the slash")
    if "T" in text:
        raise EdtfError(f"{quoted(text)}, an interval with a time of day", "an interval between dates")
    if all(part in ("", "..") for part in parts):
        return Edtf(text, OPEN_PAST, OPEN_FUTURE, OPEN_PAST, OPEN_FUTURE, kind="interval")
    start_min, start_max, approx_start = _end(parts[0], OPEN_PAST)
    end_min, end_max, approx_end = _end(parts[1], OPEN_FUTURE)
    if start_min > end_max:
        raise EdtfError(f"{quoted(text)} ends before it starts", "the earlier date before the slash")
    return Edtf(text, start_min, start_max, end_min, end_max, approx_start, approx_end, "interval")


def _end(text: str, limit: int) -> _Stretch:
    """Return the stretch in which one end of an interval lies; limit is what an open end is."""
    if text == "..":
        return limit, limit, False
    if not text:
        return OPEN_PAST, OPEN_FUTURE, False
    return _date(text)


def _set(text: str) -> Edtf:
    """Return the hull of "one of" […] or "all of" {…}: both say no more of start and end than extremes."""
    closing = "]" if text[0] == "[" else "}"
    inside = text[1:-1]
    if not text.endswith(closing) or len(text) < 2:
        raise EdtfError(f"{quoted(text)} is not closed", f"a closing {closing}")
    items = inside.split(",")
    if len(items) == 1 and ".." not in inside:
        raise EdtfError(quoted(text), f"several dates or a range, such as {text[0]}2015..{closing}")
    stretches = [_item(text, item, index, len(items)) for index, item in enumerate(items)]
    low = min(stretch[0] for stretch in stretches)
    high = max(stretch[1] for stretch in stretches)
    approx = any(stretch[2] for stretch in stretches)
    return Edtf(text, low, high, low, high, approx, approx, "set")


def _item(text: str, item: str, index: int, count: int) -> _Stretch:
    """Return the stretch of one member of a set: a date, a..b, ..b (first only) or a.. (last only)."""
    if ".." not in item:
        return _date(item)
    low_text, _, high_text = item.partition("..")
    if not low_text and not high_text:
        raise EdtfError(f"{quoted(text)} names no date", "a date before or after the dots")
    if (not low_text and index) or (not high_text and index != count - 1):
        raise EdtfError(f"{quoted(text)} is open in the middle", "an open range only at the end of the list")
    low, _, approx_low = _date(low_text) if low_text else (OPEN_PAST, 0, False)
    _, high, approx_high = _date(high_text) if high_text else (0, OPEN_FUTURE, False)
    if low > high:
        raise EdtfError(f"{quoted(item)} runs backwards", "the earlier date before the dots")
    return low, high, approx_low or approx_high
