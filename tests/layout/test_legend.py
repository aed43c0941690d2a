"""The legend says what is drawn, on two lines where one has no room."""

from __future__ import annotations

from explorer.layout.legend import layout_legend
from explorer.layout.marks import BarLook, bar
from explorer.layout.scene import Label, Path, Rect


def words(group):
    return [item.text for item in group.items if isinstance(item, Label)]


def test_a_legend_wraps_before_it_leaves_anything_out(measure):
    wide, one = layout_legend("calendar", [0, 1], 4000, measure, affected=True)
    narrow, two = layout_legend("calendar", [0, 1], 1000, measure, affected=True)
    assert words(wide) == words(narrow)
    assert two > one
    assert "suffered it" in words(narrow)


def test_from_outside_and_not_classified_are_told_apart_by_more_than_a_shade_of_grey():
    reach = (0.0, 0.0, 100.0, 100.0)
    outside = bar(reach, 10, BarLook("none", core=True, reference=True), 0, 100)
    plain = bar(reach, 10, BarLook("none", core=True), 0, 100)
    edges = [item for item in outside if isinstance(item, Path)]
    assert {edge.dash for edge in edges} == {"dot"}
    assert {edge.segments[0][2] for edge in edges} == {6.5, 13.5}
    (solid,) = plain
    (pale,) = (item for item in outside if isinstance(item, Rect))
    assert isinstance(solid, Rect)
    assert pale.opacity < solid.opacity / 2
