"""How long something lasted, read honestly: units that differ in length are ranges, a bare number is exact to its unit."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.chronology.durations import lasting, unit_of
from explorer.model.times import DAY


def said(unit: str | None, **number: Any) -> tuple[int | None, int | None]:
    return lasting({"kind": "duration", "unit": unit, **number})


@pytest.mark.parametrize(
    ("qualifier", "number", "expected"),
    [
        ("at_least", {"low": 10}, (3650 * DAY - 1, None)),
        ("more_than", {"low": 10}, (3650 * DAY - 1, None)),
        ("more_than", {"best": 10}, (3650 * DAY - 1, None)),
        ("at_most", {"high": 2}, (None, 732 * DAY)),
        ("fewer_than", {"best": 2}, (None, 732 * DAY)),
        ("exactly", {"best": 3}, (730 * DAY - 1, 4 * 366 * DAY)),
        ("about", {"low": 3, "best": 3, "high": 3}, (730 * DAY - 1, 4 * 366 * DAY)),
        ("range", {"low": 2, "high": 3}, (730 * DAY - 1, 3 * 366 * DAY)),
        ("range", {"low": 2}, (730 * DAY - 1, None)),
        ("unspecified", {}, (None, None)),
        ("exactly", {"best": 1}, (None, 732 * DAY)),
    ],
)
def test_each_qualifier_limits_what_it_says(qualifier: str, number: dict[str, int], expected: Any) -> None:
    assert said("years", qualifier=qualifier, **number) == expected


@pytest.mark.parametrize(
    ("words", "unit"),
    [("day", "day"), ("Days", "day"), ("months", "month"), ("decades", "decade"), ("hrs", "hour"), ("yrs.", "year"),
     ("centuries", "century"), ("people", None), ("", None), (None, None)],
)  # fmt: skip
def test_units_are_known_by_their_names(words: str | None, unit: str | None) -> None:
    assert unit_of(words) == unit


def test_a_month_has_28_to_31_days_and_a_number_without_a_unit_says_nothing() -> None:
    assert said("months", qualifier="range", low=1, high=2) == (28 * DAY - 1, 62 * DAY)
    assert said("people", qualifier="at_least", low=3) == (None, None)
    assert lasting({"kind": "fatalities", "unit": "days", "low": 3}) == (None, None)


def test_a_duration_beyond_all_reckoning_limits_nothing_above() -> None:
    low, high = said("centuries", qualifier="range", low=10**15, high=10**16)
    assert high is None
    assert low is not None
    assert low < 2**62
