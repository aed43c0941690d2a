"""The legend says what is drawn, on two lines where one has no room."""

from __future__ import annotations

from explorer.layout.legend import Density, layout_legend, span_words
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


def test_of_density_the_legend_says_what_a_column_is_and_what_its_height_means(measure):
    group, _ = layout_legend("calendar", [1], 4000, measure, density=Density("6 days", 1280, selected=True))
    said = " ".join(words(group))
    assert "a column: 6 days" in said
    assert "highest: 1,280 records, half as high: 320" in said
    assert "pale" in said
    assert "selected" in said
    assert "coder's reading" not in said


def test_the_length_of_a_column_is_told_in_a_unit_that_people_use():
    assert [span_words(2.0**level) for level in (3, 10, 16, 22, 30)] == [
        "8 seconds", "17 minutes", "18 hours", "49 days", "34 years",
    ]  # fmt: skip
