"""Ticks know the calendar, say each date right, and never run into one another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.layout.axis import DAY, STEPS, span_words, starts, tick_words, ticks
from explorer.layout.viewport import Viewport
from explorer.model.calendar import date_of, days_of

YEAR = 365.2425 * DAY


class Measure:
    def width(self, text, font):
        return 7.0 * len(text)

    def ascent(self, font):
        return 10.0

    def descent(self, font):
        return 3.0


@given(st.floats(-2e11, 2e11), st.floats(60.0, 4e11), st.sampled_from([300.0, 700.0, 1500.0, 3700.0]))
def test_labels_of_ticks_never_overlap_and_stay_in_the_plot(start, span, width):
    view = Viewport(start, start + span, 120.0, width)
    made = ticks(view, Measure())
    boxes = [(t.x - 3.5 * len(t.text), t.x + 3.5 * len(t.text)) for t in made.fine if t.text]
    assert all(a[1] < b[0] for a, b in pairwise(boxes))
    assert all(view.left <= a and b <= view.right for a, b in boxes)
    coarse = [(s.label_x, s.label_x + 7 * len(s.text)) for s in made.coarse if s.text]
    assert all(a[1] < b[0] for a, b in pairwise(coarse))
    assert all(view.left <= a and b <= view.right for a, b in coarse)
    assert len(made.fine) <= 400


@given(st.floats(-1e12, 1e12), st.floats(3600.0, 1e11), st.sampled_from(STEPS))
def test_ticks_ascend_and_lie_in_the_window(start, span, step):
    if span / step.seconds > 300:
        return
    times = list(starts(step, start, start + span))
    assert all(a < b for a, b in pairwise(times))
    assert all(start <= time <= start + span for time in times)


def test_months_begin_on_their_first_day():
    step = next(s for s in STEPS if s.unit == "month" and s.count == 3)
    begin = days_of(2023, 11, 20) * DAY
    found = [date_of(t // DAY) for t in starts(step, begin, begin + YEAR)]
    assert found == [(2024, 1, 1), (2024, 4, 1), (2024, 7, 1), (2024, 10, 1)]


def test_days_of_a_leap_february():
    step = next(s for s in STEPS if s.unit == "day" and s.count == 1)
    begin = days_of(2024, 2, 27) * DAY
    assert [tick_words(step, t) for t in starts(step, begin, begin + 4 * DAY)] == ["27", "28", "29", "1", "2"]


@pytest.mark.parametrize(
    ("span", "unit"),
    [(3600.0, "minute"), (86400.0, "hour"), (20 * 86400.0, "day"), (YEAR, "month"), (40 * YEAR, "year"), (6000 * YEAR, "year")],
)  # fmt: skip
def test_the_unit_follows_the_zoom(span, unit):
    start = days_of(2024, 11, 20) * DAY - span / 2
    assert ticks(Viewport(start, start + span, 0, 1200.0), Measure()).unit == unit


def test_the_coarser_level_says_the_rest():
    start = days_of(2024, 11, 26) * DAY
    made = ticks(Viewport(start, start + 10 * DAY, 0, 1200.0), Measure())
    assert [s.text for s in made.coarse] == ["Nov 2024", "Dec 2024"]
    assert "27" in [t.text for t in made.fine]


def test_years_before_the_common_era_are_said_so():
    year = next(s for s in STEPS if s.unit == "year")
    assert tick_words(year, days_of(-43) * DAY) == "44 BCE"
    assert span_words("year", days_of(2015) * DAY) == "2015"
    assert span_words("day", days_of(2024, 11, 27) * DAY) == "27 Nov 2024"


def test_a_hundred_thousand_years_have_ticks():
    view = Viewport(-100_000 * YEAR, 10_000 * YEAR, 0.0, 1000.0)
    assert len([t for t in ticks(view, Measure()).fine if t.text]) >= 3


@pytest.mark.parametrize("count", [10, 100, 1000])
def test_years_before_our_era_are_counted_in_round_ones(count):
    step = next(s for s in STEPS if s.unit == "year" and s.count == count)
    found = [tick_words(step, t) for t in starts(step, days_of(-4 * count) * DAY, days_of(2 * count) * DAY)]
    before = [f"{n * count} BCE" for n in (4, 3, 2, 1)]
    assert found == [*before, "1", str(count), str(2 * count)]
