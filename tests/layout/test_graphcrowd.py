from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from builders import random_case

from explorer.casefile.columns import EventTable
from explorer.casefile.store import CaseFile
from explorer.layout.graph import GraphRequest, Look, draw_graph, is_crowd, place_actors
from explorer.layout.graphcrowd import CrowdPicture
from explorer.layout.graphfinder import GraphFinder, distances
from explorer.layout.hits import HitIndex
from explorer.layout.overlay import overlay
from explorer.layout.scene import Label, Scene, Strokes
from explorer.query.edges import edges

Opened = Callable[[Any], CaseFile]
SIZE = {"width": 670.0, "height": 300.0}


@pytest.fixture
def table(case_file_of: Opened) -> EventTable:
    return case_file_of(random_case(11, events=260, actors=160)).table()


@pytest.fixture
def picture(table: EventTable, measure: Any) -> Callable[..., CrowdPicture]:
    places = place_actors(table)

    def drawn(mask: Any = None, **more: Any) -> CrowdPicture:
        shown = np.ones(len(table), bool) if mask is None else mask
        return draw_graph(GraphRequest(table, shown, None, places, **{**SIZE, **more}), measure)

    return drawn


def finder(scene: Scene) -> GraphFinder:
    found = next(group.inner for group in scene.groups() if group.inner is not None)
    assert isinstance(found, GraphFinder)
    return found


def stood_for(scene: Scene) -> set[str]:
    return {i for group in scene.groups() if group.kind in {"cluster", "edge", "actor"} for i in group.ids}


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1, 0.0])
@pytest.mark.parametrize("most", [None, 1, 10_000])
def test_every_event_is_behind_a_node_or_a_note(
    table: EventTable, picture: Callable[..., CrowdPicture], share: float, most: int | None
) -> None:
    mask = np.random.default_rng(2).random(len(table)) < share
    scene = picture(mask, most_edges=most).scene
    ids = {table.ids[row] for row in np.flatnonzero(mask)}
    assert ids == set(scene.event_ids)
    assert ids <= stood_for(scene)


def test_edges_not_drawn_are_counted_with_their_events(
    table: EventTable, picture: Callable[..., CrowdPicture]
) -> None:
    made = picture(most_edges=20)
    found = finder(made.scene)
    left = found.filtered
    first = [line for line in left.ranked[:20].tolist() if line < left.acts]
    drawn = {row for line in first for row in left.rows_of(line).tolist()}
    tied = {row for edge in edges(table, np.ones(len(table), bool), relations=False) for row in edge.rows}
    assert made.told is not None
    assert made.told.drawn == 20
    assert made.told.hidden == len(tied - drawn)
    words = " ".join(item.text for item in made.scene.flat() if isinstance(item, Label))
    assert f"20 of {made.told.ties:,} edges drawn" in words
    assert f"{made.told.hidden:,} records only behind edges not drawn" in words


def test_the_strongest_edges_come_first(picture: Callable[..., CrowdPicture]) -> None:
    found = finder(picture(most_edges=15).scene)
    weight = found.filtered.weight
    rest = np.delete(weight, found.filtered.ranked[:15])
    assert weight[found.filtered.ranked[:15]].min() >= rest.max()


def test_a_line_stands_for_all_ties_of_one_kind_between_its_ends(
    table: EventTable, picture: Callable[..., CrowdPicture]
) -> None:
    left = finder(picture().scene).filtered
    every = edges(table, left.mask, relations=False)
    wanted: dict[tuple[str, str, str], set[int]] = {}
    for edge in every:
        wanted.setdefault((edge.source, edge.target, edge.kind), set()).update(edge.rows)
    assert sorted(len(rows) for rows in wanted.values()) == sorted(left.weight[: left.acts].tolist())
    assert {frozenset(rows) for rows in wanted.values()} == {
        frozenset(left.rows_of(line).tolist()) for line in range(left.acts)
    }


def test_a_filter_moves_no_actor(table: EventTable, picture: Callable[..., CrowdPicture]) -> None:
    whole = finder(picture().scene)
    some = finder(picture(np.arange(len(table)) % 3 == 0).scene)
    at = dict(zip(whole.nodes.tolist(), whole.spots.tolist(), strict=True))
    assert len(some.nodes) < len(whole.nodes)
    for node, spot in zip(some.nodes.tolist(), some.spots.tolist(), strict=True):
        assert spot == pytest.approx(at[node], abs=1e-9)


def test_names_lie_apart_and_on_the_canvas(picture: Callable[..., CrowdPicture]) -> None:
    for look in (Look(), Look(0.4, 0.5, 3.0)):
        names = [group.targets[0] for group in picture(look=look).scene.groups() if group.kind == "name"]
        assert len(names) >= 8
        for number, (x, y, width, height) in enumerate(names):
            assert x >= 0
            assert x + width <= SIZE["width"]
            for a, b, c, d in names[:number]:
                assert x >= a + c or a >= x + width or y >= b + d or b >= y + height


def test_nothing_in_bulk_is_translucent_and_no_line_is_an_object(
    picture: Callable[..., CrowdPicture],
) -> None:
    scene = picture(most_edges=10_000).scene
    assert sum(len(item.ends) for item in scene.flat() if isinstance(item, Strokes)) > 100
    assert len([group for group in scene.groups() if group.kind == "edge"]) == 0


def test_the_pointer_finds_nodes_and_lines_and_nothing_between(picture: Callable[..., CrowdPicture]) -> None:
    scene = picture().scene
    found, index = finder(scene), HitIndex(scene)
    x, y = found.spots[0].tolist()
    hit = index.at(x, y)
    assert hit is not None
    assert hit.kind == "actor"
    for x0, y0, x1, y1 in found.segments[:10].tolist():
        hit = found.at((x0 + x1) / 2, (y0 + y1) / 2, 3)
        assert hit is not None
        assert hit.kind in {"edge", "actor"}
    assert found.at(-500, -500, 3) is None


def test_distances_to_segments_are_right() -> None:
    lines = np.array([[0.0, 0, 10, 0], [5, 5, 5, 5]])
    assert distances(lines, 5, 3).tolist() == pytest.approx([3.0, 2.0])
    assert distances(lines, 13, 4).tolist() == pytest.approx([5.0, np.hypot(8, 1)])


def test_selected_events_light_up_their_lines(picture: Callable[..., CrowdPicture]) -> None:
    scene = picture().scene
    line = finder(scene).line(0)
    assert overlay(scene, frozenset(line.ids[:1]), frozenset()).items
    actor = finder(scene).node(0)
    assert overlay(scene, frozenset(actor.ids[:1]), frozenset()).items


def test_looking_around_an_actor_draws_only_what_is_near(
    table: EventTable, picture: Callable[..., CrowdPicture]
) -> None:
    whole = finder(picture().scene).filtered
    centre = table.actors.ids[int(whole.count.argmax())]
    request = GraphRequest(table, whole.mask, None, place_actors(table), **SIZE, centre=centre)
    near = {table.actors.ids[at] for at in whole.near(table.actor_of[centre], 1)}
    assert is_crowd(replace(request, centre=None))
    scene = picture(centre=centre).scene
    nodes = {group.ids[0] for group in scene.groups() if group.kind == "actor"}
    assert centre in nodes
    assert nodes <= near
    assert set(scene.event_ids) <= stood_for(scene)


def test_places_come_from_all_events_and_are_kept(table: EventTable) -> None:
    assert place_actors(table) is place_actors(table)
    assert set(place_actors(table)) == set(table.actors.ids)


def test_more_lines_change_no_place_and_no_height(picture: Callable[..., CrowdPicture]) -> None:
    few, many = picture(most_edges=3), picture(most_edges=10_000)
    assert few.told is not None
    assert many.told is not None
    assert few.told.plot == many.told.plot
    assert np.array_equal(finder(few.scene).spots, finder(many.scene).spots)
