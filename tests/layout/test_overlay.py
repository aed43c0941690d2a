"""The selection and the hover over an unchanged picture."""

from __future__ import annotations

from explorer.layout.hits import HitIndex
from explorer.layout.overlay import overlay
from explorer.layout.scene import Fade, Group, Label, Path, Rect, Scene, Shape

NONE: frozenset[str] = frozenset()


def mark(name: str, x: float, kind: str = "event") -> Group:
    return Group(
        (Shape("circle", x, 50, 6, "force"), Label(x, 70, name, "label", 30)),
        (name,),
        kind,
        name,
        ((x - 6, 44, 12, 12),),
    )


def ids(*names: str) -> frozenset[str]:
    return frozenset(names)


def test_it_has_the_size_of_the_picture_and_no_background() -> None:
    above = overlay(Scene(300, 200, (mark("evt-a", 50),)), NONE, NONE)
    assert (above.width, above.height, above.background, above.items) == (300, 200, "", ())


def test_a_selected_mark_gets_a_halo_below_it_and_is_drawn_again_without_its_label() -> None:
    above = overlay(Scene(300, 200, (mark("evt-a", 50), mark("evt-b", 90))), ids("evt-a"), NONE)
    halo, again = above.items
    assert isinstance(halo, Shape)
    assert (halo.x, halo.fill, halo.stroke) == (50, "selection", "selection_line")
    assert halo.size > 6
    assert again == Shape("circle", 50, 50, 6, "force")


def test_selection_wins_over_hover() -> None:
    above = overlay(
        Scene(300, 200, (mark("evt-a", 50), mark("evt-b", 90))), ids("evt-a"), ids("evt-a", "evt-b")
    )
    halos = [i for i in above.items if isinstance(i, Shape) and i.size > 6]
    assert [(h.x, h.stroke) for h in halos] == [(90, "accent"), (50, "selection_line")]


def test_lanes_and_axes_never_get_a_halo() -> None:
    lane = Group((Rect(0, 0, 300, 40, fill="lane_a"),), ("act-a", "evt-a"), "lane", "", ((0, 0, 300, 40),))
    assert overlay(Scene(300, 200, (lane,)), ids("act-a"), ids("evt-a")).items == ()


def test_a_selected_actor_marks_its_own_node_and_not_those_it_met() -> None:
    one = Group((Shape("circle", 50, 50, 9, "camp0"),), ("act-a", "evt-a"), "actor", "", ((41, 41, 18, 18),))
    other = Group(
        (Shape("circle", 150, 50, 9, "camp1"),), ("act-b", "evt-a"), "actor", "", ((141, 41, 18, 18),)
    )
    picture = Scene(300, 200, (one, other))
    by_actor = overlay(picture, ids("act-a", "evt-a"), NONE)
    assert {i.x for i in by_actor.items if isinstance(i, Shape)} == {50}
    by_event = overlay(picture, ids("evt-a"), NONE)
    assert {i.x for i in by_event.items if isinstance(i, Shape)} == {50, 150}


def test_an_edge_is_widened_along_its_curve_and_its_words_stay_readable() -> None:
    path = Path((("M", 0, 0), ("L", 50, 50)), stroke="force", line=2, dash="dash")
    label = Label(25, 25, "gains", "small", 30)
    edge = Group(
        (path, Rect(10, 15, 30, 12, fill="panel", stroke="line"), label),
        ("evt-a",),
        "edge",
        "",
        ((20, 20, 6, 6),),
    )
    above = overlay(Scene(300, 200, (edge,)), ids("evt-a"), NONE).items
    assert isinstance(above[0], Path)
    assert above[0].line > path.line
    assert above[-1] == label


def test_a_bar_with_soft_ends_is_one_outline() -> None:
    bar = Group(
        (Fade(0, 10, 20, 8, "force", 0, 1), Rect(20, 10, 30, 8, fill="force"), Fade(50, 10, 20, 8, "force", 1, 0)),
        ("evt-a",), "event", "", ((0, 10, 70, 8),),
    )  # fmt: skip
    (outline,) = overlay(Scene(300, 200, (bar,)), ids("evt-a"), NONE).items
    assert isinstance(outline, Rect)
    assert (outline.x, outline.width, outline.stroke) == (-3, 76, "selection_line")


def test_rows_are_washed_and_cells_outlined() -> None:
    row = Group((), ("evt-a",), "row", "", ((0, 0, 300, 20),))
    cell = Group((), ("evt-a",), "cell", "", ((50, 50, 20, 20),))
    above = overlay(Scene(300, 200, (row, cell)), ids("evt-a"), NONE).items
    assert [type(i) for i in above] == [Rect, Rect, Rect]


def test_an_index_given_from_outside_is_used_as_it_is() -> None:
    picture = Scene(300, 200, (mark("evt-a", 50),))
    index = HitIndex(picture)
    assert overlay(picture, ids("evt-a"), NONE, index).items == overlay(picture, ids("evt-a"), NONE).items
