"""The timeline with its empty years skipped: pixels and times are inverse, order and counts are kept, at any zoom."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from builders import random_case
from hypothesis import given
from hypothesis import strategies as st

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST
from explorer.layout import throng
from explorer.layout.axis import ticks
from explorer.layout.elastic import elastic, elastic_of
from explorer.layout.extents import calendar_extents
from explorer.layout.overview import OverviewRequest, layout_overview
from explorer.layout.scene import Label, Path
from explorer.layout.skipping import skipping_of
from explorer.layout.timeline import TimelineRequest, layout_timeline
from explorer.layout.viewport import Viewport, finite_range, fitted

DAY = 86_400
BURSTS = st.lists(st.tuples(st.integers(-30_000, 30_000), st.integers(0, 300)), min_size=2, max_size=8)


def warp_of(bursts):
    starts = np.array([start * DAY for start, _ in bursts], np.int64)
    return elastic(starts, starts + np.array([long * DAY for _, long in bursts], np.int64))


def all_rows(table):
    return np.arange(len(table), dtype=np.int32)


def laid_out(table, measure, **options):
    options = {"axis": "elastic", **options}
    return layout_timeline(TimelineRequest(table, all_rows(table), 1200, 700, **options), measure)


def windows(whole, count, seed=7):
    """Return windows from all of time down to a hundred-thousandth of it."""
    draw = np.random.default_rng(seed)
    for step in range(count):
        span = (whole[1] - whole[0]) * 10 ** (-5 * step / count)
        at = whole[0] + draw.random() * (whole[1] - whole[0] - span)
        yield at, at + span


@given(BURSTS, st.floats(0, 1400), st.floats(0.05, 60), st.floats(0, 1400))
def test_pixels_and_times_are_inverse_however_near_one_looks(bursts, px, factor, about):
    warp = warp_of(bursts)
    bounds = (min(a for a, _ in bursts) * DAY, max(a + b for a, b in bursts) * DAY)
    view = fitted(bounds, 100.0, 1400.0, warp=warp).zoomed(factor, 100 + about)
    assert view.px(view.time(100 + px)) == pytest.approx(100 + px, abs=0.05)
    assert view.zoomed(3, 100 + px).time(100 + px) == pytest.approx(view.time(100 + px), abs=view.span)
    xs = view.px(np.linspace(bounds[0], bounds[1], 50))
    assert (np.diff(xs) >= 0).all()


def test_a_zoom_out_and_in_again_and_a_pan_to_and_fro_are_no_change(sample_table):
    warp = elastic_of(sample_table.time, all_rows(sample_table))
    view = fitted(finite_range(sample_table.time, all_rows(sample_table)), 100.0, 900.0, warp=warp)
    for other in (view.zoomed(4, 700).zoomed(0.25, 700), view.panned(333).panned(-333)):
        assert (other.start, other.end) == pytest.approx((view.start, view.end), abs=1.0)


def test_ticks_are_dates_none_lies_in_a_break_and_no_labels_touch(sample_table, measure):
    warp = elastic_of(sample_table.time, all_rows(sample_table))
    view = fitted(finite_range(sample_table.time, all_rows(sample_table)), 150.0, 1000.0, warp=warp)
    made = ticks(view, measure)
    assert [gap.text for gap in made.gaps] == ["3 years", "9 years"]
    assert {"2015", "Nov 2024"} <= {span.text for span in made.coarse}
    assert not any(gap.x + 1 < tick.x < gap.end - 1 for gap in made.gaps for tick in made.fine)
    for tick in made.fine:
        assert view.time(tick.x) == pytest.approx(tick.time, abs=60)
    spots = sorted(
        [(t.x - measure.width(t.text, "tick") / 2, t.x + measure.width(t.text, "tick") / 2) for t in made.fine if t.text]
        + [(g.middle - 3.5 * len(g.text), g.middle + 3.5 * len(g.text)) for g in made.gaps if g.text]
    )  # fmt: skip
    assert all(a[1] <= b[0] for a, b in pairwise(spots))


@pytest.mark.parametrize("axis", ["calendar", "elastic"])
@pytest.mark.parametrize("seed", [3, 11])
def test_no_glyph_is_narrower_than_its_uncertainty_at_any_zoom(case_file_of, axis, seed):
    table = case_file_of(random_case(seed, events=120)).table()
    rows = all_rows(table)
    warp = skipping_of(table, rows, text_only=False).axis
    whole = finite_range(table.time, rows)
    assert whole is not None
    time = table.time
    closed = (time.start_min != OPEN_PAST) & (time.end_max != OPEN_FUTURE)
    for start, end in windows(whole, 60, seed):
        view = (
            Viewport(start, end, 150.0, 1000.0, warp)
            if axis == "elastic"
            else Viewport(start, end, 150.0, 1000.0)
        )
        e = calendar_extents(time, rows, view)
        x0, x1 = view.px(time.start_min.astype(float)), view.px(time.end_max.astype(float))
        seen = closed & (e.outside == 0)
        low = np.where(e.point, e.anchor - 4.8, e.left)  # the narrowest of all marks
        high = np.where(e.point, e.anchor + 4.8, e.right)
        clipped0, clipped1 = np.clip(x0, 150, 1150), np.clip(x1, 150, 1150)
        assert (low[seen] <= clipped0[seen] + 0.01).all()
        assert (high[seen] >= clipped1[seen] - 0.01).all()
        assert not (e.point & e.possible).any()


@pytest.mark.parametrize(("single", "batched"), [(300, 8000), (0, 8000), (0, 0)])
def test_counts_are_conserved_and_no_id_is_lost_with_years_skipped(
    case_file_of, measure, monkeypatch, single, batched
):
    monkeypatch.setattr(throng, "MOST_SINGLE", single)
    monkeypatch.setattr(throng, "MOST_BATCHED", batched)
    table = case_file_of(random_case(5, events=500)).table()
    whole = laid_out(table, measure).whole
    for window in windows(whole, 25):
        made = laid_out(table, measure, window=window)
        assert made.seen + made.earlier + made.later + made.undated == len(table)
        assert min(made.seen, made.earlier, made.later, made.undated) >= 0
        assert set(made.scene.event_ids) == set(table.ids)
        carried = {i for g in made.scene.groups() if g.kind in {"event", "cluster"} for i in g.ids}
        assert carried == set(table.ids)


def test_the_overview_counts_each_dated_record_once(case_file_of):
    table = case_file_of(random_case(4, events=80)).table()
    made = layout_overview(OverviewRequest(table, all_rows(table), 800, 36, None, axis="elastic"))
    assert sum(made.counts) == len(table) - np.count_nonzero(table.time.undated)


def test_in_the_sample_the_days_of_2024_have_room_and_a_bar_across_a_break_is_marked(sample_table, measure):
    made = laid_out(sample_table, measure)
    view = made.viewport
    assert view.px(1733183999.0) - view.px(1732665600.0) > 60
    (bar,) = [g for g in made.scene.groups() if g.ids == ("evt-territory-reclaimed",)]
    (across,) = [gap for gap in ticks(view, measure).gaps if gap.text == "9 years"]
    near = [
        item for item in bar.items if isinstance(item, Path) and item.fill == "panel"
        and abs(float(item.segments[0][1]) + 5 - across.middle) < 1
    ]  # fmt: skip
    assert near
    assert "3 years" in {item.text for item in made.scene.flat() if isinstance(item, Label)}
