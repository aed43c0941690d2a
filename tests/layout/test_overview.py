"""The overview counts every dated record once and lets the window be dragged."""

from __future__ import annotations

import numpy as np
import pytest
from builders import random_case

from explorer.layout.overview import OverviewRequest, layout_overview
from explorer.layout.scene import Bars


def overview(table, **options):
    rows = np.arange(len(table), dtype=np.int32)
    options = {"window": None, **options}
    return layout_overview(OverviewRequest(table, rows, 800, 36, **options))


@pytest.mark.parametrize("axis", ["calendar", "order"])
def test_each_dated_record_is_counted_once(case_file_of, axis):
    table = case_file_of(random_case(4, events=80)).table()
    made = overview(table, axis=axis)
    undated = np.count_nonzero(table.time.undated)
    if axis == "calendar":
        assert sum(made.counts) == len(table) - undated
    for bars in (item for item in made.scene.flat() if isinstance(item, Bars)):
        assert (bars.boxes[:, 0] + bars.boxes[:, 2] <= 800).all()
        assert (bars.boxes[:, 1] >= 0).all()


def test_the_selected_share_is_shown(sample_table):
    made = overview(sample_table, selected=sample_table.kind == 0)
    assert [item.fill for item in made.scene.flat() if isinstance(item, Bars)] == ["reference", "accent"]


def test_its_parts_can_be_taken_hold_of_and_dragged(sample_table):
    made = overview(sample_table, window=(1.4e9, 1.5e9))
    start, end = made.box
    assert made.part_at(start) == "start"
    assert made.part_at(end) == "end"
    assert made.part_at((start + end) / 2) == "window"
    assert made.part_at(2) == ""
    moved = made.dragged("window", 40)
    assert moved[1] - moved[0] == pytest.approx(1e8, rel=1e-6)
    assert made.dragged("start", 1e6)[0] < made.dragged("start", 1e6)[1]
    assert made.dragged("end", -1e6)[0] < made.dragged("end", -1e6)[1]


def test_nothing_dated_is_an_empty_strip(sample_table):
    made = layout_overview(OverviewRequest(sample_table, np.array([], np.int32), 300, 30, None))
    assert sum(made.counts) == 0
