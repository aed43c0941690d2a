"""Bars over time: every dated record is in its bar or told beside, and a bar says what a sum by hand says."""

from __future__ import annotations

import numpy as np
import pytest
from builders import random_case

from explorer.layout.bars import BarsRequest, amount, bar_words, highest, layout_bars
from explorer.layout.hits import HitIndex
from explorer.layout.scene import Label, Rect
from explorer.layout.viewport import Viewport, finite_range, fitted
from explorer.query.filters import NOT_STATED
from explorer.query.groups import WIDER, group_by
from explorer.query.periods import PERIODS
from explorer.query.totals import Totals


@pytest.fixture
def table(case_file_of):
    return case_file_of(random_case(8, events=200, actors=10)).table()


@pytest.fixture
def mask(table):
    return np.arange(len(table)) % 6 != 4


def laid_out(table, mask, measure, period, by="count", chosen=None, window=None):
    groups = group_by(table, mask, period)
    rows = np.flatnonzero(mask).astype(np.int32)
    viewport = fitted(finite_range(table.time, rows), 150, 1000)
    if window:
        viewport = Viewport(*window, 150, 1000)
    return groups, layout_bars(BarsRequest(table, groups, by, viewport, 1160, 90, chosen), measure)


@pytest.mark.parametrize("period", PERIODS)
def test_bars_and_what_is_told_beside_are_all_records(table, mask, measure, period):
    groups, scene = laid_out(table, mask, measure, period)
    bars = [group for group in scene.groups() if group.kind == "cell"]
    loose = sum(group.count for group in groups.groups if group.value in (WIDER, NOT_STATED))
    assert sum(len(bar.ids) for bar in bars) + loose == np.count_nonzero(mask)
    assert set(scene.event_ids) == {i for bar in bars for i in bar.ids}
    words = " ".join(label.full for label in scene.flat() if isinstance(label, Label))
    assert "Records, up to" in words
    for item in scene.flat():
        if isinstance(item, Rect):
            assert item.x >= 150 - 1e-6
            assert item.x + item.width <= 1150 + 1e-6
            assert item.y >= 0
            assert item.y + item.height <= 90


@pytest.mark.parametrize("by", ["count", "deaths"])
def test_the_highest_bar_is_the_period_with_the_most(table, mask, measure, by):
    groups, scene = laid_out(table, mask, measure, "year", by)
    best = highest(groups, by)
    assert best is not None
    for group in groups.groups:
        if group.value not in (WIDER, NOT_STATED):
            assert amount(group, by) <= amount(best, by)
    inside = np.zeros(len(table), np.bool_)
    inside[best.rows] = True
    killed = Totals(table, inside).of("fatalities").range
    if by == "deaths":
        assert amount(best, by) == (killed.low if killed.best is None else killed.best)
    assert best.label in bar_words(best)
    bar = next(group for group in scene.groups() if group.title.startswith(best.label + "\n"))
    x, y, width, height = bar.targets[0]
    assert HitIndex(scene).at(x + width / 2, y + height - 5).ids == bar.ids


def test_the_selected_share_stands_at_the_foot_of_a_bar(table, mask, measure):
    chosen = np.zeros(len(table), np.bool_)
    chosen[np.flatnonzero(mask)[::3]] = True
    _, plain = laid_out(table, mask, measure, "year")
    _, marked = laid_out(table, mask, measure, "year", chosen=chosen)
    assert not [i for i in plain.flat() if isinstance(i, Rect) and i.fill == "selection_line"]
    assert [i for i in marked.flat() if isinstance(i, Rect) and i.fill == "selection_line"]


def test_only_bars_in_the_window_are_drawn(table, mask, measure):
    _, scene = laid_out(table, mask, measure, "year", window=(1.0e15, 1.1e15))
    assert not [group for group in scene.groups() if group.kind == "cell"]
    assert scene.event_ids == frozenset()
