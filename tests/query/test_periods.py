"""Periods against Python's own calendar, and groups against counting by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from builders import random_case
from hypothesis import given
from hypothesis import strategies as st

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST
from explorer.query.filters import NOT_STATED
from explorer.query.groups import WIDER, group_by
from explorer.query.periods import PERIODS, finest, label_of, number_of, numbers_of, stretch, value_of

DAY = 86_400
EPOCH = date(1970, 1, 1)


@pytest.fixture
def table(case_file_of):
    return case_file_of(random_case(5, events=150, actors=12)).table()


def expected(day: date, period: str) -> str:
    year, week, _ = day.isocalendar()
    return {"day": day.isoformat(), "week": f"{year:04d}-W{week:02d}", "month": day.isoformat()[:7],
            "year": f"{day.year:04d}"}[period]  # fmt: skip


@given(st.dates(), st.integers(0, DAY - 1), st.sampled_from(PERIODS))
def test_every_moment_is_in_the_period_that_the_calendar_says(day, second, period):
    moment = np.array([(day - EPOCH).days * DAY + second], np.int64)
    number = int(numbers_of(moment, period)[0])
    assert value_of(number, period) == expected(day, period)
    assert number_of(value_of(number, period), period) == number
    ends = stretch(number, period)
    assert ends.start <= moment[0] < ends.end
    assert ends.first is not None
    assert ends.last is not None
    assert ends.first <= day.isoformat() <= ends.last
    assert expected(date.fromisoformat(ends.first), period) == value_of(number, period)
    if ends.end // DAY < (date.max - EPOCH).days:
        after = EPOCH + timedelta(days=ends.end // DAY)
        assert expected(after, period) != value_of(number, period)


def test_periods_have_words():
    day = numbers_of(np.array([(date(2019, 8, 7) - EPOCH).days * DAY]), "day")[0]
    assert label_of(int(day), "day") == "7 Aug 2019"
    number = {period: int(numbers_of(np.array([day * DAY]), period)[0]) for period in PERIODS}
    assert label_of(number["week"], "week") == "week from 5 Aug 2019"
    assert label_of(number["month"], "month") == "Aug 2019"
    assert label_of(number["year"], "year") == "2019"


def test_years_before_the_common_era_are_periods_too():
    for period in PERIODS:
        number = int(numbers_of(np.array([-63_500_000_000]), period)[0])
        assert value_of(number, period).startswith("-004")
        assert number_of(value_of(number, period), period) == number


def test_far_years_are_periods_too():
    far = np.array([-(10**15), 10**15], np.int64)
    for period in PERIODS:
        for number in numbers_of(far, period).tolist():
            ends = stretch(number, period)
            assert ends.start < ends.end
            assert ends.first is None


@pytest.mark.parametrize("period", PERIODS)
def test_groups_of_periods_equal_counting_by_hand(table, period):
    known = np.abs(np.stack((table.time.start_min, table.time.end_max)).astype(np.float64)) < 5e10
    open_ended = (table.time.start_min == OPEN_PAST) | (table.time.end_max == OPEN_FUTURE)
    mask = (np.arange(len(table)) % 5 != 2) & (known.all(axis=0) | open_ended)
    found = {group.value: set(group.rows.tolist()) for group in group_by(table, mask, period).groups}
    by_hand: dict[str, set[int]] = {}
    for row in np.flatnonzero(mask).tolist():
        start, end = int(table.time.start_min[row]), int(table.time.end_max[row])
        if table.time.undated[row]:
            value = NOT_STATED
        elif start == OPEN_PAST or end == OPEN_FUTURE:
            value = WIDER
        else:
            first, last = (EPOCH + timedelta(days=second // DAY) for second in (start, end))
            value = expected(first, period) if expected(first, period) == expected(last, period) else WIDER
        by_hand.setdefault(value, set()).add(row)
    assert found == by_hand


@pytest.mark.parametrize("period", PERIODS)
def test_by_first_day_nothing_with_two_ends_is_left_over_and_what_reaches_beyond_is_told(table, period):
    everything = np.ones(len(table), np.bool_)
    whole = {group.value: group.count for group in group_by(table, everything, period).groups}
    found = group_by(table, everything, period, by_first=True)
    for group in found.groups:
        starts = table.time.start_min[group.rows]
        if group.value == WIDER:
            open_ended = (starts == OPEN_PAST) | (table.time.end_max[group.rows] == OPEN_FUTURE)
            assert open_ended.all()
        elif group.value != NOT_STATED:
            assert {value_of(int(n), period) for n in numbers_of(starts, period)} == {group.value}
            assert group.count - group.reaching == whole.get(group.value, 0)
    assert sum(group.count for group in found.groups) == len(table)


@pytest.mark.parametrize("by", ["day", "month", "actor", "place", "type"])
def test_a_group_says_how_many_records_rest_on_sums_or_on_one_source(table, by):
    for group in group_by(table, np.ones(len(table), np.bool_), by).groups:
        rows = group.rows.tolist()
        assert group.summaries == sum(bool(table.aggregate[row]) for row in rows)
        assert group.single == sum(int(table.sources[row]) == 0 for row in rows)


def test_the_finest_period_leaves_no_more_bars_than_asked(table):
    rows = np.arange(len(table), dtype=np.int32)
    assert PERIODS.index(finest(table, rows, 10)) >= PERIODS.index(finest(table, rows, 10_000))
