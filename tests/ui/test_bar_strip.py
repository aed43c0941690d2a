"""The strip of totals under the timeline: hidden where it tells nothing, and a bar selects exactly its records."""

from __future__ import annotations

import json

import numpy as np
import pytest
from builders import random_case

from explorer.layout.bars import highest
from explorer.query.filters import Filter
from explorer.query.selection import Brushed, Picked
from explorer.ui.bar_strip import BarStrip
from explorer.ui.timeline_view import TimelineView
from explorer.workspace.hub import Workspace


@pytest.fixture
def opened(qtbot, tmp_path):
    """Return a workspace, a timeline and the strip over a random case."""
    path = tmp_path / "many.case.json"
    path.write_text(json.dumps(random_case(12, events=180, actors=8), ensure_ascii=False), encoding="utf-8")
    workspace = Workspace()
    view = TimelineView(workspace)
    view.resize(900, 400)
    strip = BarStrip(workspace, view, view)
    qtbot.addWidget(view)
    with qtbot.waitSignal(workspace.opened):
        workspace.open(path)
    workspace.set_axis("calendar")
    yield workspace, view, strip
    workspace.shut_down()


def bars(strip):
    return [group for group in strip.bars.scene.groups() if group.kind == "cell"]


@pytest.mark.parametrize("by", ["count", "deaths"])
@pytest.mark.parametrize("period", ["month", "year"])
def test_a_bar_selects_its_records_and_no_other(opened, by, period):
    workspace, view, strip = opened
    assert view.scene is not None
    strip.unfold(by=by, period=period)
    for bar in bars(strip)[:5]:
        strip.bars.choose(bar)
        assert isinstance(workspace.state.selection, Brushed)
        assert workspace.selected_ids() == set(bar.ids)


def test_the_highest_bar_is_one_click_away(opened):
    workspace, view, strip = opened
    assert view.scene is not None
    strip.unfold(by="deaths", period="year")
    best = highest(strip.bars.groups, "deaths")
    strip.best["deaths"].click()
    assert best is not None
    assert np.flatnonzero(workspace.selected).tolist() == best.rows.tolist()


def test_with_a_time_filter_a_bar_picks_what_is_shown(opened):
    workspace, view, strip = opened
    workspace.narrow(Filter(time_from="1990"))
    assert view.scene is not None
    strip.unfold(period="year")
    bar = bars(strip)[0]
    strip.bars.choose(bar)
    assert isinstance(workspace.state.selection, Picked)
    assert workspace.selected_ids() == set(bar.ids)


def test_the_strip_is_not_offered_for_a_small_case(qtbot):
    workspace = Workspace()
    view = TimelineView(workspace)
    strip = BarStrip(workspace, view, view)
    qtbot.addWidget(view)
    with qtbot.waitSignal(workspace.opened):
        workspace.open("sample")
    workspace.set_axis("calendar")
    assert strip.isHidden()
    workspace.shut_down()


def test_the_totals_group_by_any_facet_and_a_bar_selects_its_records(opened):
    from explorer.query.groups import WAYS

    workspace, view, strip = opened
    assert view.scene is not None
    for way in WAYS:
        strip.unfold(period=way)
        for bar in bars(strip)[:2]:
            strip.bars.choose(bar)
            assert workspace.selected_ids() == set(bar.ids)


def test_what_the_totals_rest_on_is_told(opened):
    _, view, strip = opened
    assert view.scene is not None
    strip.unfold(period="year")
    told = sum(group.single for group in strip.bars.groups.groups)
    assert f"{told:,} on one source" in strip._resting.text()
    assert "on summary rows" in strip.best["count"].toolTip()


def test_a_narrow_strip_leaves_out_words_before_choices(opened):
    _, view, strip = opened
    assert view.scene is not None
    strip.unfold(period="year")
    view.show()
    strip.show()
    shown = []
    for width in (400, 800, 1200):
        strip.resize(width, 120)
        shown.append([strip._way.isVisibleTo(strip), strip.best["deaths"].isVisibleTo(strip),
                      strip._resting.isVisibleTo(strip)])  # fmt: skip
    assert shown == [[True, False, False], [True, True, False], [True, True, True]]
