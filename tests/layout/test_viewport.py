"""The one map of time to pixels, from minutes to the age of the pyramids and far beyond."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST
from explorer.layout.viewport import NARROWEST, Viewport, finite_range, fitted, held

STARTS = st.floats(-3e12, 3e12)
SPANS = st.floats(120.0, 1e12)
FACTORS = st.floats(0.05, 20.0)


@given(STARTS, SPANS, FACTORS, st.floats(0, 1))
def test_zooming_in_and_out_again_is_no_change(start, span, factor, share):
    view = Viewport(start, start + span, 100.0, 1400.0)
    about = 100 + 1400 * share
    factor = min(factor, span / (2 * NARROWEST))
    again = view.zoomed(factor, about).zoomed(1 / factor, about)
    tolerance = span * 1e-6 + abs(start) * 1e-9
    assert again.start == pytest.approx(view.start, abs=tolerance)
    assert again.end == pytest.approx(view.end, abs=tolerance)


@given(STARTS, SPANS, st.floats(0, 1400))
def test_pixels_and_times_are_inverse(start, span, px):
    view = Viewport(start, start + span, 100.0, 1400.0)
    assert view.px(view.time(100 + px)) == pytest.approx(100 + px, abs=0.01 + abs(start) / span * 1e-9)


@given(STARTS, SPANS, FACTORS, st.floats(0, 1400))
def test_zooming_keeps_the_moment_under_the_pointer(start, span, factor, px):
    view = Viewport(start, start + span, 0.0, 1400.0)
    assert view.zoomed(factor, px).time(px) == pytest.approx(
        view.time(px), abs=span * 1e-6 + abs(start) * 1e-9
    )


def test_panning_there_and_back_is_no_change():
    view = Viewport(0.0, 1000.0, 50.0, 500.0)
    assert view.panned(120).panned(-120) == view
    assert view.panned(50).start == -100.0


def test_open_bounds_stay_far_off_and_finite():
    view = Viewport(0.0, 1000.0, 0.0, 100.0)
    px = view.px(np.array([OPEN_PAST, OPEN_FUTURE], np.float64))
    assert px[0] < -1e6
    assert px[1] > 1e6
    assert np.isfinite(px).all()


def test_everything_fits_with_a_margin():
    view = fitted((0.0, 1e6), 100.0, 800.0, margin=40.0)
    assert view.px(0.0) == pytest.approx(140.0)
    assert view.px(1e6) == pytest.approx(860.0)
    assert fitted(None, 0.0, 100.0).span > 86400
    assert fitted((5.0, 5.0), 0.0, 100.0).span >= 3600


def test_a_window_the_wrong_way_round_is_turned():
    assert held((100_000.0, 0.0)) == (0.0, 100_000.0)
    start, end = held((10.0, 10.0))
    assert end - start == NARROWEST


def test_the_range_is_that_of_finite_bounds_alone(sample_table):
    low, high = finite_range(sample_table.time, np.arange(len(sample_table), dtype=np.int32))
    assert 1.2e9 < low < 1.4e9
    assert 1.7e9 < high < 1.75e9
    assert finite_range(sample_table.time, np.array([], np.int32)) is None
