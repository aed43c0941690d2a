"""The legend says what is drawn, on two lines where one has no room."""

from __future__ import annotations

from explorer.layout.legend import Density, layout_legend, span_words
from explorer.layout.scene import Label, Path, Rect
from explorer.layout.timebar import REFERENCE, BarLook, End, bar


def words(group):
    return [item.text for item in group.items if isinstance(item, Label)]


def test_a_legend_wraps_before_it_leaves_anything_out(measure):
    wide, one = layout_legend("calendar", [0, 1], 4000, measure, affected=True)
    narrow, two = layout_legend("calendar", [0, 1], 1700, measure, affected=True)
    assert words(wide) == words(narrow)
    assert two > one
    assert "suffered it" in words(narrow)


def test_from_outside_and_not_classified_are_told_apart_by_more_than_a_shade_of_grey():
    reach = (0.0, 0.0, 100.0, 100.0)
    ends = {"left": End(known=False), "right": End(known=False)}
    outside = bar(reach, 10, BarLook("none", core=True, reference=True, **ends), 0, 100)
    plain = bar(reach, 10, BarLook("none", core=True, **ends), 0, 100)
    edges = [
        item for item in outside if isinstance(item, Path) and item.segments[0][2] == item.segments[1][2]
    ]
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


def test_what_is_not_in_sight_is_not_in_the_legend(measure):
    group, _ = layout_legend("calendar", [], 4000, measure, used={"stated", "approx"})
    assert words(group) == ["in the text", "about"]


def test_where_there_is_little_room_the_legend_tells_what_fits(measure):
    whole, _ = layout_legend("calendar", [1], 4000, measure, most=1)
    some, height = layout_legend("calendar", [1], 420, measure, most=1)
    assert height > 0
    assert 1 < len(words(some)) < len(words(whole))
    assert words(some) == words(whole)[: len(words(some))]


def _ends(end):
    return [
        item for item in bar((10.0, 10.0, 90.0, 90.0), 20, BarLook("force", left=end, right=End(known=False)), 0, 100)
        if isinstance(item, Path)
    ]  # fmt: skip


def test_every_kind_of_end_looks_unlike_every_other_without_its_colour():
    looks = {}
    for basis in (1, 2, 3):
        for wavy in (False, True):
            for derived in (False, True):
                paths = _ends(End(basis=basis, wavy=wavy, derived=derived))
                looks[basis, wavy, derived] = {
                    (p.segments, p.dash, p.line, p.stroke == "muted") for p in paths
                }
    for one, seen in looks.items():
        for other, also in looks.items():
            if one[1:] != other[1:]:
                assert {look[:3] for look in seen} != {look[:3] for look in also}, (one, other)
            elif one != other and 1 in (one[0], other[0]):
                assert {look[3] for look in seen} != {look[3] for look in also}
    assert REFERENCE == 1


def test_a_window_of_possibility_is_hollow_and_stands_between_brackets():
    ends = {"left": End(derived=True), "right": End(derived=True)}
    window = bar((10.0, 10.0, 90.0, 90.0), 20, BarLook("force", possible=True, **ends), 0, 100)
    filled = [item for item in window if isinstance(item, Rect)]
    assert all(item.opacity < 0.2 for item in filled)
    assert {(p.segments[0][1], p.segments[1][1]) for p in window if isinstance(p, Path)} >= {
        (10.0, 10.0),
        (90.0, 90.0),
    }
