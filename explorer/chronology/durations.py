"""How long something lasted, as a range of seconds between its start and its end (design §3a, model.md §3 Quantity)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Unit -> (fewest, most) seconds of one: months and years differ, and a decade has two leap days, or three, or one.
_SECOND, _MINUTE, _HOUR, _DAY = 1, 60, 3600, 86_400
_UNITS: dict[str, tuple[int, int]] = {
    "second": (_SECOND, _SECOND), "minute": (_MINUTE, _MINUTE), "hour": (_HOUR, _HOUR), "day": (_DAY, _DAY),
    "night": (_DAY, _DAY), "week": (7 * _DAY, 7 * _DAY), "fortnight": (14 * _DAY, 14 * _DAY),
    "month": (28 * _DAY, 31 * _DAY), "quarter": (90 * _DAY, 92 * _DAY), "year": (365 * _DAY, 366 * _DAY),
    "decade": (3650 * _DAY, 3660 * _DAY), "century": (36_500 * _DAY, 36_600 * _DAY),
}  # fmt: skip
_OTHERWISE = {
    "sec": "second", "secs": "second", "s": "second", "min": "minute", "mins": "minute", "h": "hour", "hr": "hour",
    "hrs": "hour", "d": "day", "wk": "week", "wks": "week", "mo": "month", "yr": "year", "yrs": "year", "y": "year",
    "centuries": "century",
}  # fmt: skip
#: Qualifiers that name a floor, a ceiling, and those whose one number is exact only to its unit.
_FLOORS, _CEILINGS = ("at_least", "more_than"), ("at_most", "fewer_than")
#: No duration is longer: beyond it seconds would not fit beside the dates of EDTF.
_LONGEST = 2**62

Range = tuple[int | None, int | None]


def unit_of(words: str | None) -> str | None:
    """Return the unit that words name, in the singular: "Years" is "year"; None for an unknown one."""
    word = (words or "").strip().casefold().rstrip(".")
    for candidate in (word, _OTHERWISE.get(word, ""), word.removesuffix("s")):
        if candidate in _UNITS:
            return candidate
    return None


def lasting(quantity: Mapping[str, Any]) -> Range:
    """Return the least and most seconds of end − start that a raw Quantity allows; None = no limit.

    Ends are counted with the seconds they fill, so that 1 to 3 January may have lasted three days. One number without
    "at least" or "at most" is exact to its unit: three days is more than two and less than four. A number without a
    unit that is known limits nothing.
    """
    unit = unit_of(quantity.get("unit"))
    if quantity.get("kind") != "duration" or unit is None:
        return None, None
    low, best, high = (quantity.get(name) for name in ("low", "best", "high"))
    qualifier = quantity.get("qualifier", "exactly")
    if qualifier in _FLOORS:
        floor, ceiling = _first(low, best), high
    elif qualifier in _CEILINGS:
        ceiling = _first(high, best, low)
        floor = low if low is not None and ceiling is not None and low < ceiling else None
    elif low is not None and high is not None and low != high:
        floor, ceiling = low, high
    else:
        floor, ceiling = _around(_first(best, low, high), qualifier, low, high)
    fewest, most = _UNITS[unit]
    return _least(floor, fewest), _most(ceiling, most)


def _around(
    number: float | None, qualifier: str, low: float | None, high: float | None
) -> tuple[float | None, float | None]:
    """Return the limits of one number: exact to its unit; a range with one end is open at the other."""
    if number is None:
        return None, None
    if qualifier == "range" and (low is None) != (high is None):
        return low, high
    return number - 1, number + 1


def _first(*numbers: float | None) -> float | None:
    return next((number for number in numbers if number is not None), None)


def _least(number: float | None, seconds: int) -> int | None:
    if number is None or number <= 0:
        return None
    return min(int(number * seconds), _LONGEST) - 1


def _most(number: float | None, seconds: int) -> int | None:
    if number is None or number < 0 or number * seconds >= _LONGEST:
        return None
    return -int(-number * seconds // 1)
