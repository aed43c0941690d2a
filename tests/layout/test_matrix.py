"""Actor by actor: cells as counted by hand, heads that overlap nothing, every record accounted for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from builders import random_case

from explorer.casefile.columns import EventTable
from explorer.layout.matrix import MatrixRequest, cells_of, layout_matrix
from explorer.layout.scene import Group, Label, Rect, Scene
from explorer.query.edges import edges

Opened = Callable[[dict[str, Any]], Any]


def everything(table: EventTable) -> np.ndarray:
    return np.ones(len(table), bool)


def of_kind(scene: Scene, kind: str) -> list[Group]:
    return [group for group in scene.groups() if group.kind == kind]


def assert_legible(scene: Scene) -> None:
    boxes = []
    for item in scene.flat():
        if isinstance(item, Label):
            left = {"start": item.x, "middle": item.x - item.width / 2, "end": item.x - item.width}[
                item.anchor
            ]
            boxes.append((left, item.y - 10, left + item.width, item.y + 3))
    for number, (x0, y0, x1, y1) in enumerate(boxes):
        assert x0 >= 0
        assert y0 >= 0
        assert x1 <= scene.width + 0.1
        assert y1 <= scene.height + 0.1
        for a0, b0, a1, b1 in boxes[:number]:
            assert x1 <= a0 + 0.1 or a1 <= x0 + 0.1 or y1 <= b0 + 0.1 or b1 <= y0 + 0.1


@pytest.mark.parametrize(("events", "actors"), [(3, 3), (40, 12), (300, 60), (0, 0)])
@pytest.mark.parametrize("size", [(800, 500), (1600, 900), (420, 300)])
def test_every_record_is_in_a_cell_or_counted_below(
    events: int, actors: int, size: tuple[int, int], case_file_of: Opened, measure: Any
) -> None:
    table = case_file_of(random_case(7, events=events, actors=actors)).table()
    for mask in (everything(table), np.random.default_rng(1).random(events) < 0.5):
        scene = layout_matrix(MatrixRequest(table, mask, width=size[0], height=size[1]), measure)
        wanted = {table.ids[row] for row in np.flatnonzero(mask)}
        found = {i for g in scene.groups() for i in g.ids if i.startswith("evt-")}
        assert found == scene.event_ids == wanted
        told = {
            i for g in scene.groups() if g.kind in {"cell", "cluster"} for i in g.ids if i.startswith("evt-")
        }
        assert told == wanted
        assert_legible(scene)


def test_cells_hold_the_edges_of_their_pair(sample_table: EventTable) -> None:
    found = edges(sample_table, everything(sample_table))
    cells = cells_of(found)
    hostile = cells["act-rebels", "act-syrian-government"]
    assert {sample_table.ids[row] for row in hostile.done} == {"evt-rebel-offensive", "evt-rebel-gains"}
    assert {sample_table.ids[row] for row in hostile.shared} == {"evt-control-contest"}
    mirrored = cells["act-syrian-government", "act-rebels"]
    assert not mirrored.done
    assert mirrored.shared == hostile.shared
    assert len(mirrored.stated) == 1


def test_numbers_are_distinct_events_and_shared_ones_stand_apart(
    sample_table: EventTable, measure: Any
) -> None:
    scene = layout_matrix(MatrixRequest(sample_table, everything(sample_table)), measure)
    texts = {g.ids[:2]: [i.text for i in g.items if isinstance(i, Label)] for g in of_kind(scene, "cell")}
    assert texts["evt-rebel-offensive", "evt-rebel-gains"] == ["2 + 1"]


def test_cells_lie_in_the_row_of_who_did_it(sample_table: EventTable, measure: Any) -> None:
    scene = layout_matrix(MatrixRequest(sample_table, everything(sample_table)), measure)
    heads: dict[str, list[tuple[float, float, float, float]]] = {}
    for group in of_kind(scene, "actor"):
        heads.setdefault(group.ids[0], []).append(group.targets[0])
    (cell,) = [g for g in of_kind(scene, "cell") if g.ids[:1] == ("evt-rebel-offensive",)]
    row, _ = sorted(heads["act-rebels"])
    _, column = sorted(heads["act-syrian-government"])
    assert cell.targets[0][1] == pytest.approx(row[1])
    assert cell.targets[0][0] == pytest.approx(column[0], abs=0.1)


def test_a_cell_without_direction_is_outlined_and_not_filled(sample_table: EventTable, measure: Any) -> None:
    scene = layout_matrix(MatrixRequest(sample_table, everything(sample_table)), measure)
    (first, second) = [g for g in of_kind(scene, "cell") if g.ids[:1] == ("evt-outside-strategies",)]
    for group in (first, second):
        (frame,) = [item for item in group.items if isinstance(item, Rect)]
        assert (frame.fill, frame.stroke) == ("", "none")


def test_where_not_all_have_room_the_most_active_are_drawn_and_the_rest_told(
    case_file_of: Opened, measure: Any
) -> None:
    table = case_file_of(random_case(3, events=400, actors=60)).table()
    scene = layout_matrix(MatrixRequest(table, everything(table), width=800, height=400), measure)
    legend = " ".join(group.title for group in of_kind(scene, "legend"))
    assert "actors shown" in legend
    drawn = {group.ids[0] for group in of_kind(scene, "actor")}
    assert f"{len(drawn)} of " in legend


def test_long_names_become_numbers_above_the_columns(case_file_of: Opened, measure: Any) -> None:
    case = random_case(3, events=60, actors=10)
    for actor in case["actors"]:
        actor["name"] = "Unbreakablylongnameofanorganisation " + actor["id"]
    scene = layout_matrix(MatrixRequest(t := case_file_of(case).table(), everything(t)), measure)
    texts = {item.text for item in scene.flat() if isinstance(item, Label)}
    assert {"1", "2", "3"} <= texts
    assert_legible(scene)
