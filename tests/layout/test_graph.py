"""The actor graph: stable places, exact ids, words that overlap nothing."""

from __future__ import annotations

import gc
import random
import weakref
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from builders import random_case

from explorer.casefile.columns import EventTable
from explorer.layout import ties
from explorer.layout.graph import GraphRequest, layout_graph, place_actors
from explorer.layout.hits import HitIndex
from explorer.layout.nodes import camp_roles, mark_of
from explorer.layout.scene import Group, Item, Label, Path, Rect, Scene, Shape
from explorer.query.edges import Edge, edges

Opened = Callable[[dict[str, Any]], Any]
SIZES = ((800, 500), (1600, 900), (3840, 2160), (420, 300))


def everything(table: EventTable) -> np.ndarray:
    return np.ones(len(table), bool)


def nodes(scene: Scene) -> dict[str, Group]:
    return {group.ids[0]: group for group in scene.groups() if group.kind == "actor"}


def discs(scene: Scene) -> dict[str, Shape]:
    return {name: next(i for i in g.items if isinstance(i, Shape)) for name, g in nodes(scene).items()}


def label_box(label: Label) -> tuple[float, float, float, float]:
    left = {"start": label.x, "middle": label.x - label.width / 2, "end": label.x - label.width}[label.anchor]
    return (left, label.y - 10, label.width, 13.0)


def apart(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return (
        one[0] + one[2] <= two[0] + 0.1
        or two[0] + two[2] <= one[0] + 0.1
        or one[1] + one[3] <= two[1] + 0.1
        or two[1] + two[3] <= one[1] + 0.1
    )


def assert_legible(scene: Scene) -> None:
    labels = [label_box(item) for item in scene.flat() if isinstance(item, Label)]
    for number, box in enumerate(labels):
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[0] + box[2] <= scene.width + 0.1
        assert box[1] + box[3] <= scene.height + 0.1
        assert all(apart(box, other) for other in labels[:number])
    circles = [(s.x - s.size, s.y - s.size, 2 * s.size, 2 * s.size) for s in discs(scene).values()]
    for box in labels:
        assert all(apart(box, circle) for circle in circles)


def assert_ids_exact(scene: Scene, table: EventTable, mask: np.ndarray) -> None:
    wanted = {table.ids[row] for row in np.flatnonzero(mask)}
    found = {record for group in scene.groups() for record in group.ids if record.startswith("evt-")}
    assert found == wanted
    assert scene.event_ids == wanted


@pytest.mark.parametrize("size", SIZES)
def test_the_sample_is_legible_at_every_size(
    sample_table: EventTable, measure: Any, size: tuple[int, int]
) -> None:
    request = GraphRequest(sample_table, everything(sample_table), width=size[0], height=size[1])
    scene = layout_graph(request, measure)
    assert_legible(scene)
    assert_ids_exact(scene, sample_table, request.mask)


@pytest.mark.parametrize(
    ("seed", "events", "actors"), [(1, 3, 3), (2, 12, 6), (3, 40, 14), (4, 120, 40), (5, 200, 90)]
)
def test_unseen_cases_are_legible_and_complete_under_any_filter(
    seed: int, events: int, actors: int, case_file_of: Opened, measure: Any
) -> None:
    table = case_file_of(random_case(seed, events=events, actors=actors)).table()
    places = place_actors(table)
    draw = np.random.default_rng(seed)
    for mask in (everything(table), draw.random(events) < 0.4, np.zeros(events, bool)):
        for width, height in SIZES[:2]:
            scene = layout_graph(
                GraphRequest(table, mask, positions=places, width=width, height=height), measure
            )
            assert_legible(scene)
            assert_ids_exact(scene, table, mask)


@pytest.mark.parametrize("seed", range(4))
def test_nodes_do_not_overlap(seed: int, case_file_of: Opened, measure: Any) -> None:
    table = case_file_of(random_case(seed, events=60, actors=25)).table()
    shapes = list(
        discs(layout_graph(GraphRequest(table, everything(table), width=1000, height=650), measure)).values()
    )
    for number, one in enumerate(shapes):
        for two in shapes[:number]:
            assert np.hypot(one.x - two.x, one.y - two.y) > one.size + two.size


@pytest.mark.parametrize("seed", range(4))
def test_a_filter_never_shuffles(seed: int, case_file_of: Opened, measure: Any) -> None:
    table = case_file_of(random_case(seed, events=40, actors=12)).table()
    places = place_actors(table)
    for footer in (True, False):
        request = GraphRequest(table, everything(table), positions=places, footer=footer)
        whole = discs(layout_graph(request, measure))
        for number in range(5):
            mask = np.random.default_rng(number).random(len(table)) < 0.5
            for name, disc in discs(layout_graph(replace(request, mask=mask), measure)).items():
                centre = (whole[name].x, whole[name].y, whole[name].size)
                assert (disc.x, disc.y, disc.size) == centre


def test_places_are_the_same_on_every_run_and_rounded(sample_table: EventTable) -> None:
    first, second = place_actors(sample_table), place_actors(sample_table)
    assert first == second
    assert set(first) == set(sample_table.actors.ids)
    for x, y in first.values():
        assert 0 <= x <= 1
        assert 0 <= y <= 1
        assert (round(x, 4), round(y, 4)) == (x, y)


def test_nothing_and_one_actor_can_be_drawn(case_file_of: Opened, measure: Any) -> None:
    empty = case_file_of(random_case(1, events=0, actors=0, relations=0)).table()
    assert not nodes(layout_graph(GraphRequest(empty, everything(empty)), measure))
    single = case_file_of(random_case(1, events=2, actors=1, relations=0)).table()
    assert_ids_exact(
        layout_graph(GraphRequest(single, everything(single)), measure), single, everything(single)
    )


def test_an_edge_leads_to_its_events_and_a_node_to_its_actor(sample_table: EventTable, measure: Any) -> None:
    scene = layout_graph(GraphRequest(sample_table, everything(sample_table)), measure)
    index = HitIndex(scene)
    found = edges(sample_table, everything(sample_table))
    drawn = {g.ids for g in scene.groups() if g.kind == "edge"}
    assert drawn == {(*(sample_table.ids[row] for row in e.rows), *e.relation_ids) for e in found}
    for name, disc in discs(scene).items():
        hit = index.at(disc.x, disc.y)
        assert hit is not None
        assert hit.ids[0] == name
    for group in scene.groups():
        if group.kind == "edge":
            x, y, width, height = group.targets[len(group.targets) // 2]
            hit = index.at(x + width / 2, y + height / 2)
            assert hit is not None
            assert hit.kind == "edge"


def test_arrows_follow_roles(sample_table: EventTable, measure: Any) -> None:
    for group in layout_graph(GraphRequest(sample_table, everything(sample_table)), measure).groups():
        if group.kind == "edge":
            heads = [item for item in group.items if isinstance(item, Path) and item.fill]
            found = [
                e for e in edges(sample_table, everything(sample_table)) if _ids(e, sample_table) == group.ids
            ]
            assert len(heads) == int(found[0].directed)


def _ids(edge: Any, table: EventTable) -> tuple[str, ...]:
    return (*(table.ids[row] for row in edge.rows), *edge.relation_ids)


def test_an_inferred_end_is_dashed_and_membership_dotted(sample_table: EventTable, measure: Any) -> None:
    request = GraphRequest(sample_table, everything(sample_table), opened=frozenset({"act-rebels"}))
    lines = {
        g.ids: next(i for i in g.items if isinstance(i, Path)) for g in _edges(layout_graph(request, measure))
    }
    assert lines["evt-rebel-offensive", "evt-rebel-gains"].dash == "dash"
    assert lines["rel-russia-supports-government",].dash == "solid"
    assert lines["rel-hts-part-of-rebels",].dash == "dot"


def _edges(scene: Scene) -> list[Group]:
    return [group for group in scene.groups() if group.kind == "edge"]


def test_records_without_an_actor_are_counted_below(sample_table: EventTable, measure: Any) -> None:
    scene = layout_graph(GraphRequest(sample_table, everything(sample_table)), measure)
    (note,) = [group for group in scene.groups() if group.kind == "cluster"]
    assert note.title == "No actor stated: 4"
    assert set(note.ids) == {"evt-resurgence", "evt-civil-war", "evt-ukraine-war", "evt-escalation"}


def test_actors_without_ties_say_so_and_those_never_used_are_left_out(
    sample_table: EventTable, measure: Any
) -> None:
    scene = layout_graph(GraphRequest(sample_table, everything(sample_table)), measure)
    words = {name: [i.text for i in g.items if isinstance(i, Label)] for name, g in nodes(scene).items()}
    assert words["act-hezbollah"] == ["Hezbollah", "no tie stated"]
    assert words["act-russia"] == ["Russia"]
    assert "act-military-sources" not in words


def test_size_is_events_colour_is_camp_and_shape_is_kind(sample_table: EventTable, measure: Any) -> None:
    shapes = discs(layout_graph(GraphRequest(sample_table, everything(sample_table)), measure))
    assert shapes["act-syrian-government"].size > shapes["act-russia"].size > shapes["act-iran"].size
    assert shapes["act-russia"].fill == camp_roles(sample_table)["pro-government"] == "camp0"
    assert shapes["act-rebels"].fill == "camp1"
    assert shapes["act-rebels"].kind == mark_of("rebel_group") == "diamond"


def test_without_an_event_in_view_a_tied_actor_is_a_ring(sample_table: EventTable, measure: Any) -> None:
    mask = np.zeros(len(sample_table), bool)
    mask[sample_table.row_of["evt-airstrikes"]] = True
    shapes = discs(layout_graph(GraphRequest(sample_table, mask), measure))
    assert shapes["act-iran"].fill == "panel"
    assert shapes["act-russia"].fill == "camp0"
    assert "act-civilians" not in shapes


def test_a_filter_shows_no_tie_between_two_actors_that_are_out_of_view(
    sample_table: EventTable, measure: Any
) -> None:
    mask = np.zeros(len(sample_table), bool)
    mask[sample_table.row_of["evt-airstrikes"]] = True
    drawn = {
        record
        for group in _edges(layout_graph(GraphRequest(sample_table, mask), measure))
        for record in group.ids
    }
    assert "rel-iran-supports-government" in drawn
    assert "rel-iran-backs-militias" not in drawn


def test_focus_keeps_one_actor_and_its_neighbours(sample_table: EventTable, measure: Any) -> None:
    request = GraphRequest(sample_table, everything(sample_table), centre="act-russia", steps=1)
    scene = layout_graph(request, measure)
    assert set(nodes(scene)) == {"act-russia", "act-syrian-government"}
    assert_ids_exact(scene, sample_table, request.mask)
    assert set(nodes(layout_graph(replace(request, steps=2), measure))) > {"act-russia", "act-rebels"}


def test_a_pinned_actor_stays_where_it_was_put(sample_table: EventTable, measure: Any) -> None:
    request = GraphRequest(sample_table, everything(sample_table), pinned={"act-russia": (0.9, 0.1)})
    disc = discs(layout_graph(request, measure))["act-russia"]
    assert disc.x > 600
    assert disc.y < 120


def test_hovering_dims_all_but_the_neighbourhood(sample_table: EventTable, measure: Any) -> None:
    request = GraphRequest(sample_table, everything(sample_table), bright=frozenset({"act-russia"}))
    shapes = discs(layout_graph(request, measure))
    assert shapes["act-russia"].opacity == 1
    assert shapes["act-iran"].opacity < 0.5


def test_opened_actors_show_their_parts_nearby(sample_table: EventTable, measure: Any) -> None:
    request = GraphRequest(sample_table, everything(sample_table), opened=frozenset({"act-rebels"}))
    shapes = discs(layout_graph(request, measure))
    rebels, part = shapes["act-rebels"], shapes["act-hts"]
    others = [np.hypot(s.x - part.x, s.y - part.y) for name, s in shapes.items() if name != "act-hts"]
    assert np.hypot(rebels.x - part.x, rebels.y - part.y) == min(others)


def test_every_mark_lies_on_the_canvas(case_file_of: Opened, measure: Any) -> None:
    table = case_file_of(random_case(9, events=150, actors=60)).table()
    for width, height in SIZES:
        scene = layout_graph(GraphRequest(table, everything(table), width=width, height=height), measure)
        for item in scene.flat():
            assert_on_canvas(item, scene)


def assert_on_canvas(item: Item, scene: Scene) -> None:
    if isinstance(item, Shape):
        assert item.size <= item.x <= scene.width - item.size
        assert item.size <= item.y <= scene.height - item.size
    elif isinstance(item, Rect):
        assert item.x >= -2
        assert item.x + item.width <= scene.width + 2
        assert item.y + item.height <= scene.height + 2


def test_two_runs_make_the_same_picture(case_file_of: Opened, measure: Any) -> None:
    table = case_file_of(random_case(random.Random(3).randrange(99), events=30, actors=10)).table()
    request = GraphRequest(table, everything(table))
    assert layout_graph(request, measure) == layout_graph(request, measure)


def test_dimming_moves_nothing(sample_table: EventTable, measure: Any) -> None:
    request = GraphRequest(sample_table, everything(sample_table))
    plain, dimmed = (
        layout_graph(r, measure) for r in (request, replace(request, bright=frozenset({"act-iran"})))
    )
    assert [group.targets for group in plain.groups()] == [group.targets for group in dimmed.groups()]
    assert plain != dimmed


def test_a_kept_arrangement_never_serves_another_filter(sample_table: EventTable, measure: Any) -> None:
    mask = everything(sample_table)
    whole = layout_graph(GraphRequest(sample_table, mask), measure)
    mask[:] = False  # the very same array, changed in place
    assert layout_graph(GraphRequest(sample_table, mask), measure).event_ids == frozenset()
    assert layout_graph(GraphRequest(sample_table, everything(sample_table)), measure) == whole


def test_a_table_is_not_kept_alive_by_its_picture(measure: Any, case_file_of: Opened) -> None:
    case = case_file_of(random_case(2))
    table = replace(case.table())
    seen = weakref.ref(table)
    layout_graph(GraphRequest(table, everything(table)), measure)
    del table
    gc.collect()
    assert seen() is None


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", [(660, 240), (1000, 300), (1600, 900)])
def test_ties_stay_on_the_canvas_and_no_later_line_runs_through_words(
    seed: int, size: tuple[int, int], case_file_of: Opened, measure: Any
) -> None:
    table = case_file_of(random_case(seed, events=50, actors=12)).table()
    request = GraphRequest(table, everything(table), width=size[0], height=size[1])
    ties_drawn = [group for group in layout_graph(request, measure).groups() if group.kind == "edge"]
    boxes = np.array([box for group in ties_drawn for box in group.targets]).reshape(-1, 4)
    assert (boxes[:, :2] > -8).all()
    assert (boxes[:, :2] + boxes[:, 2:] < np.array(size) + 8).all()
    worded = [any(isinstance(item, Label) for item in group.items) for group in ties_drawn]
    assert worded == sorted(worded)


def test_an_actor_whose_partners_are_not_drawn_is_not_said_to_have_no_tie(
    case_file_of: Opened, measure: Any
) -> None:
    table = case_file_of(random_case(7, events=120, actors=40)).table()
    tied = {end for edge in edges(table, everything(table)) for end in (edge.source, edge.target)}
    scene = layout_graph(GraphRequest(table, everything(table), width=660, height=300), measure)
    drawn = [group for group in scene.groups() if group.kind == "actor"]
    assert len(drawn) < 40
    for group in drawn:
        alone = any(isinstance(item, Label) and item.text == "no tie stated" for item in group.items)
        assert not (alone and group.ids[0] in tied)


def test_words_of_a_tie_end_after_a_whole_part_or_are_left_out(measure: Any) -> None:
    edge = Edge("act-a", "act-b", "act", "force", "violence – air strike, shelling · 3 (stated)", (0, 1, 2))
    wide = 7.0 * len(edge.label)
    shown = {room: ties._wordings(edge, room, measure) for room in (wide, 200.0, 90.0, 70.0, 40.0)}
    assert shown[wide][0] == edge.label
    assert shown[200.0] == ["violence – air strike…", "violence…"]
    assert not ties._wordings(replace(edge, label="withdrawal or release"), 100.0, measure)
    assert shown[90.0] == shown[70.0] == ["violence…"]
    assert shown[40.0] == []
