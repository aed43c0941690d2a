"""Days as tables write them, in the order that the publisher or the mapping says; no day is guessed."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from explorer.model.edtf import EdtfError, parse_edtf

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d.*)?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[ T]\d.*)?")
_NAMED = re.compile(r"(\d{1,2})[-/. ]+([^\W\d_]+)\.?[-/., ]+(\d{4})(?:[ T]\d.*)?")
_NAMED_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2}),? (\d{4})(?:[ T]\d.*)?")
#: Share of the cells of a column that are dates, so that it is one of dates.
_MOST = 0.6
#: How a mapping says that 3/4/2020 is to be read.
ORDERS = ("year-first", "day-first", "month-first")


@lru_cache(maxsize=65536)
def day_in(cell: str, order: str = "day-first") -> str | None:
    """Return the day in a cell as an ISO date, or None; order decides on 03/04/2020 alone."""
    text = cell.strip()
    if found := _ISO.fullmatch(text) or _PACKED.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NAMED.fullmatch(text):
        return _day(int(found[3]), _MONTHS.get(found[2].casefold(), 0), int(found[1]))
    if found := _NAMED_FIRST.fullmatch(text):
        return _day(int(found[3]), _MONTHS.get(found[1].casefold(), 0), int(found[2]))
    if found := _NUMBERS.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        day, month = (second, first) if order == "month-first" else (first, second)
        return _day(int(found[3]), month, day)
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=65536)
def edtf_in(cell: str, order: str = "day-first") -> str | None:
    """Return when, as EDTF: a day, or what the cell says in EDTF itself ("2016", "2016-05", "2016-05-02~")."""
    found = day_in(cell, order)
    if found is not None:
        return found
    text = cell.strip()
    try:
        parse_edtf(text)
    except EdtfError:
        return None
    return text


def order_of(cells: list[str]) -> str | None:
    """Return in which order cells write their dates; None where most are no dates. Where both fit: day first."""
    given = [cell.strip() for cell in cells if cell.strip()]
    fit = {
        order: sum(edtf_in(cell, order) is not None for cell in given)
        for order in ("day-first", "month-first")
    }
    order = "month-first" if fit["month-first"] > fit["day-first"] else "day-first"
    if not given or fit[order] < _MOST * len(given):
        return None
    return order if any(_NUMBERS.fullmatch(cell) for cell in given) else "year-first"
