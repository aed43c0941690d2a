"""Calendar arithmetic agrees with datetime where datetime ends, and goes on beyond."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from explorer.model.calendar import (
    DAY,
    OPEN_FUTURE,
    OPEN_PAST,
    date_of,
    day_of,
    days_of,
    is_leap,
    month_days,
    precision_of,
)

EPOCH = date(1970, 1, 1)


@given(st.dates())
def test_days_agree_with_the_standard_library(day: date) -> None:
    days = (day - EPOCH).days
    assert days_of(day.year, day.month, day.day) == days
    assert date_of(days) == (day.year, day.month, day.day)
    assert day_of(days * DAY) == day_of(days * DAY + DAY - 1) == day.isoformat()


@given(st.integers(-(10**14), 10**14))
def test_a_date_leads_back_to_its_day_in_any_age(days: int) -> None:
    year, month, day = date_of(days)
    assert 1 <= month <= 12
    assert 1 <= day <= month_days(year, month)
    assert days_of(year, month, day) == days


def test_years_before_the_common_era_are_astronomical_and_have_leap_days() -> None:
    assert day_of(days_of(-44, 3, 15) * DAY) == "-0044-03-15"
    assert is_leap(0)
    assert is_leap(-4)
    assert not is_leap(-100)
    assert days_of(1) - days_of(0) == 366


def test_year_9999_is_followed_by_10000() -> None:
    after = (date(9999, 12, 31) - EPOCH + timedelta(days=1)).days
    assert day_of(after * DAY) == "10000-01-01"


def test_precision_is_the_width_in_days_as_in_the_ucdp_codebook() -> None:
    widths = {
        1: "day",
        2: "days",
        6: "days",
        7: "week",
        8: "month",
        31: "month",
        32: "year",
        366: "year",
        367: "longer",
    }
    for days, word in widths.items():
        assert precision_of(0, days * DAY - 1) == word


def test_precision_of_what_is_open_is_said_and_of_nothing_is_unknown() -> None:
    assert precision_of(0, OPEN_FUTURE) == precision_of(OPEN_PAST, 0) == "open"
    assert precision_of(OPEN_PAST, OPEN_FUTURE, dated=True) == "open"
    assert precision_of(OPEN_PAST, OPEN_FUTURE, dated=False) == "unknown"
