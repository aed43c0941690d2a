"""The elastic axis: empty stretches shrink to breaks; the map is monotone, invertible, and honest in busy stretches."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.casefile.store import CaseFile
from explorer.layout.elastic import CALENDAR, Elastic, elastic, elastic_of

DAY = 86_400
STRETCHES = st.lists(
    st.tuples(st.integers(-(10**11), 10**11), st.integers(0, 10**8)), min_size=1, max_size=12
)


def made(stretches: list[tuple[int, int]]) -> Elastic:
    starts = np.array([start for start, _ in stretches], dtype=np.int64)
    return elastic(starts, starts + np.array([long for _, long in stretches], dtype=np.int64))


@settings(max_examples=60, deadline=None)
@given(STRETCHES, st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=20))
def test_the_way_back_leads_to_the_same_time(stretches: list[tuple[int, int]], times: list[int]) -> None:
    axis = made(stretches)
    asked = np.array(times, dtype=np.float64)
    assert axis.time(axis.place(asked)).tolist() == asked.tolist()


@settings(max_examples=60, deadline=None)
@given(STRETCHES, st.lists(st.integers(-(10**12), 10**12), min_size=2, max_size=20, unique=True))
def test_later_times_lie_farther_on(stretches: list[tuple[int, int]], times: list[int]) -> None:
    places = made(stretches).place(np.array(sorted(times), dtype=np.float64))
    assert (np.diff(places) > 0).all()


@settings(max_examples=60, deadline=None)
@given(STRETCHES)
def test_nothing_busy_is_shrunk(stretches: list[tuple[int, int]]) -> None:
    axis = made(stretches)
    for start, long in stretches:
        assert axis.place(float(start + long)) - axis.place(float(start)) >= long * (1 - 1e-9) - 1e-3


@settings(max_examples=60, deadline=None)
@given(STRETCHES)
def test_breaks_lie_in_order_where_nothing_is_and_take_a_part_of_the_axis_only(
    stretches: list[tuple[int, int]],
) -> None:
    axis = made(stretches)
    edges = [edge for each in axis.breaks for edge in each]
    assert edges == sorted(edges)
    shrunk = sum(axis.place(end) - axis.place(start) for start, end in axis.breaks)
    whole = axis.place(float(max(a + b for a, b in stretches))) - axis.place(
        float(min(a for a, _ in stretches))
    )
    assert shrunk <= 0.25 * whole + 2 * DAY
    for start, end in axis.breaks:
        assert not any(start < a < end or start < a + b < end for a, b in stretches)


def test_two_bursts_far_apart_stand_side_by_side_with_a_break_between() -> None:
    axis = made([(0, 10 * DAY), (9000 * DAY, 10 * DAY)])
    assert len(axis.breaks) == 1
    assert axis.place(9010.0 * DAY) < 40 * DAY
    assert axis.scale(4000.0 * DAY) < 0.01
    assert axis.scale(5.0 * DAY) == 1.0


def test_what_has_no_empty_stretch_keeps_the_calendar() -> None:
    assert made([(0, 100 * DAY), (50 * DAY, 100 * DAY)]) is CALENDAR
    assert made([(5, 0)]) is CALENDAR
    assert CALENDAR.place(123.5) == 123.5


def test_the_year_2015_of_the_sample_is_busy_and_the_years_beside_it_shrink(sample_file: CaseFile) -> None:
    table = sample_file.table()
    axis = elastic_of(table.time, np.arange(len(table)))
    start, end = 1420070400.0, 1451606399.0  # 2015
    assert axis.place(end) - axis.place(start) == end - start
    assert any(first > end for first, _ in axis.breaks)


def test_five_days_in_which_most_of_the_sample_happened_have_room_beside_a_year(
    sample_file: CaseFile,
) -> None:
    table = sample_file.table()
    axis = elastic_of(table.time, np.arange(len(table)))
    start, end = 1732665600.0, 1733183999.0  # 27 Nov to 2 Dec 2024
    whole = axis.place(end) - axis.place(float(np.datetime64("2011-01-01", "s").astype(int)))
    assert axis.place(end) - axis.place(start) > 0.06 * whole
    assert axis.scale(start) == axis.scale(end + 10 * DAY) > 1


def test_a_lone_event_far_off_is_not_stretched() -> None:
    axis = made([(-9000 * DAY, 3600), *((at * DAY, 3600) for at in range(300))])
    assert axis.scale(-9000.0 * DAY) == 1.0
    assert axis.scale(-9999.0 * DAY) == 1.0


def test_where_only_one_year_is_known_nothing_is_skipped(sample_file: CaseFile) -> None:
    table = sample_file.table()
    assert elastic_of(table.text_time, np.arange(len(table))) is CALENDAR
