"""Days as tables write them, in the order that the publisher or the mapping says; no day is guessed.

"03/04/2020" tells a day only where an order is said; "13/04/2020" tells it by itself. Years have four digits, unless a
century is said. Months alone and years alone stay what they are: 2016-05, 2016.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from explorer.formats.rows import given as said
from explorer.model.edtf import EdtfError, parse_edtf

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier janv enero ene gennaio jänner",
            "february feb februar février févr fév fevrier febrero febbraio feber",
            "march mar märz mär mrz mars marzo", "april apr avril avr abril abr aprile",
            "may mai mayo maggio mei", "june jun juni juin junio giugno", "july jul juli juillet juil julio luglio",
            "august aug août aout agosto ago", "september sep sept septembre septiembre settembre",
            "october oct oktober okt octobre octubre ottobre", "november nov novembre noviembre",
            "december dec dezember dez décembre déc decembre diciembre dic dicembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = r"(?:(?:[ T]+|, ?)\d{1,2}[:.h].*|T\d.*)?"
_YEAR = r"(\d{4}|\d{2})"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_NUMBERS = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ]{_YEAR}{_TIME}")
_NAMED = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er|º|°)?[-/. ]+(?:(?:de|of) )?([^\W\d_]+)\.?[-/., ]+(?:de )?{_YEAR}{_TIME}"
)
_NAMED_FIRST = re.compile(rf"([^\W\d_]+)\.?[- ](\d{{1,2}})(?:st|nd|rd|th)?,?[- ]{_YEAR}{_TIME}")
_MONTH_YEAR = re.compile(r"([^\W\d_]+)\.?[-/., ]+(?:de )?(\d{4})")
_NUMBER_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_YEAR_NUMBER = re.compile(r"(\d{4})[/.](\d{1,2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
#: Share of the cells of a column that are dates, so that it is one of dates.
_MOST = 0.6
#: The rarer order of a column is a slip where the other is so many times as frequent.
_SLIP = 20
#: How a mapping says that 3/4/2020 is to be read; "excel-serial" counts days since the last one of 1899.
ORDERS = ("year-first", "day-first", "month-first", "excel-serial")
#: What stands for an order that nothing tells: it is asked for.
ASK = "ask"


@lru_cache(maxsize=65536)
def day_in(cell: str, order: str = "year-first", century: str = "") -> str | None:
    """Return the day in a cell as an ISO date, or None where it tells none.

    order: one of ORDERS, for 03/04/2020. century: the first two digits of years of two digits ("19"), "" = unknown.
    """
    text = cell.strip()
    if found := _ISO.fullmatch(text) or _PACKED.fullmatch(text):
        return _day(found[1], int(found[2]), int(found[3]))
    if order == "excel-serial" and (found := _SERIAL.fullmatch(text)):
        return (date(1899, 12, 30) + timedelta(int(found[1]))).isoformat()
    if found := _NUMBERS.fullmatch(text):
        return _in_order(int(found[1]), int(found[2]), _whole_year(found[3], century), order)
    if found := _NAMED.fullmatch(text):
        return _day(_whole_year(found[3], century), _month(found[2]), int(found[1]))
    if found := _NAMED_FIRST.fullmatch(text):
        return _day(_whole_year(found[3], century), _month(found[1]), int(found[2]))
    return None


def _whole_year(year: str, century: str) -> str:
    return year if len(year) == 4 else f"{century}{year}"


def _month(name: str) -> int:
    return _MONTHS.get(name.casefold(), 0)


def _in_order(first: int, second: int, year: str, order: str) -> str | None:
    """Return the day of two numbers and a year; without an order only where one reading is possible."""
    if order == "day-first":
        return _day(year, second, first)
    if order == "month-first":
        return _day(year, first, second)
    found = {_day(year, second, first), _day(year, first, second)} - {None}
    return found.pop() if len(found) == 1 else None


def _day(year: str, month: int, day: int) -> str | None:
    if len(year) != 4:
        return None
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=65536)
def edtf_in(cell: str, order: str = "year-first", century: str = "") -> str | None:
    """Return when, as EDTF: a day, a month, or what the cell says in EDTF itself ("2016", "2016-05-02~")."""
    found = day_in(cell, order, century)
    if found is not None:
        return found
    text = cell.strip()
    if month := _month_in(text):
        return month
    try:
        parse_edtf(text)
    except EdtfError:
        return None
    return text


def _month_in(text: str) -> str | None:
    """Return the month in "May 2016", "05/2016" or "2016/5" as EDTF."""
    if found := _MONTH_YEAR.fullmatch(text):
        year, month = found[2], _month(found[1])
    elif found := _NUMBER_YEAR.fullmatch(text):
        year, month = found[2], int(found[1])
    elif found := _YEAR_NUMBER.fullmatch(text):
        year, month = found[1], int(found[2])
    else:
        return None
    return f"{year}-{month:02d}" if 1 <= month <= 12 else None


def has_short_year(cell: str) -> bool:
    """Return whether a cell is a day whose year has two digits."""
    return day_in(cell, "day-first") is None and any(
        day_in(cell, order, "20") is not None for order in ("day-first", "month-first")
    )


def order_of(cells: Iterable[str]) -> str | None:
    """Return in which order cells write their dates; ASK where none of them tells; None where most are no dates."""
    given = [text for cell in cells if (text := said(cell))]
    numbers = [found for cell in given if (found := _NUMBERS.fullmatch(cell))]
    if not numbers:
        return _order_of_others(given)
    dates = sum(any(edtf_in(cell, order, "20") for order in ORDERS[1:3]) for cell in given)
    if dates < _MOST * len(given):
        return None
    days = sum(int(found[1]) > 12 >= int(found[2]) for found in numbers)
    months = sum(int(found[2]) > 12 >= int(found[1]) for found in numbers)
    if days > _SLIP * months:
        return "day-first"
    if months > _SLIP * days:
        return "month-first"
    return ASK


def _order_of_others(given: list[str]) -> str | None:
    if not given:
        return None
    for order in ("year-first", "excel-serial"):
        if sum(edtf_in(cell, order, "20") is not None for cell in given) >= _MOST * len(given):
            return order
    return None
