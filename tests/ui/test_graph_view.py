from __future__ import annotations

import json
from typing import Any

import pytest
from builders import random_case
from PySide6.QtCore import QPointF, Qt

from explorer.layout.force import stages
from explorer.layout.graph import place_actors
from explorer.layout.graphcrowd import place_at
from explorer.layout.hits import bounds
from explorer.layout.places import cast_of, named_places
from explorer.query.filters import Choice, Filter
from explorer.query.selection import Picked


@pytest.fixture
def graph(window: Any) -> Any:
    view = window.actors.views["graph"]
    assert view.scene is not None
    return view


def spot(view: Any, actor: str) -> QPointF:
    return view._centre_of(actor)


def test_a_click_on_an_actor_selects_the_actor(window: Any, graph: Any, qtbot: Any) -> None:
    qtbot.mouseClick(graph, Qt.MouseButton.LeftButton, pos=spot(graph, "act-russia").toPoint())
    assert window.workspace.state.selection == Picked(frozenset({"act-russia"}))
    assert window.workspace.selected_ids()


def test_a_click_on_an_edge_selects_its_records_and_offers_their_sentences(window: Any, graph: Any) -> None:
    edge = next(g for g in graph.hits.groups("edge") if g.ids[0].startswith("evt-"))
    graph.choose(edge)
    assert window.workspace.state.focus == edge.ids[0]
    assert window.workspace.selected_ids() >= {i for i in edge.ids if i.startswith("evt-")}


def test_a_filter_moves_no_actor(window: Any, graph: Any) -> None:
    before = spot(graph, "act-russia")
    window.workspace.narrow(Filter(actors=Choice(include=("act-russia",))))
    assert spot(graph, "act-russia") == before


def test_a_dragged_actor_stays_where_it_is_dropped(window: Any, graph: Any, qtbot: Any) -> None:
    start, target = spot(graph, "act-russia"), QPointF(graph.width() * 0.5, graph.height() * 0.3)
    qtbot.mousePress(graph, Qt.MouseButton.LeftButton, pos=start.toPoint())
    for step in range(1, 9):
        qtbot.mouseMove(graph, (start + (target - start) * step / 8).toPoint())
    for _ in range(6):
        graph.drag(target)
    qtbot.mouseRelease(graph, Qt.MouseButton.LeftButton, pos=target.toPoint())
    there = spot(graph, "act-russia")
    assert (there - target).manhattanLength() < 40
    window.workspace.narrow(Filter(kinds=Choice(include=("happened",))))
    assert (spot(graph, "act-russia") - there).manhattanLength() < 40
    graph.unpin()
    assert (spot(graph, "act-russia") - start).manhattanLength() < 5


def test_looking_around_an_actor_leaves_only_what_is_near(window: Any, graph: Any) -> None:
    before = len(graph.hits.groups("actor"))
    graph.look_around("act-russia", 1)
    near = {g.ids[0] for g in graph.hits.groups("actor")}
    assert "act-russia" in near
    assert len(near) < before
    assert graph.shown_ids() == window.workspace.shown_ids()
    graph.look_around(None)
    assert len(graph.hits.groups("actor")) == before


def test_the_focus_menu_offers_steps_about_the_chosen_actor(window: Any, graph: Any) -> None:
    window.workspace.select(Picked(frozenset({"act-russia"})))
    window.actors._fill_focus_menu()
    actions = {a.data(): a for a in window.actors._focus_menu.actions() if isinstance(a.data(), int)}
    assert "Russia" in actions[2].text()
    actions[2].trigger()
    assert (graph.centre, graph.steps) == ("act-russia", 2)
    window.actors._fill_focus_menu()
    window.actors._focus_menu.actions()[0].trigger()
    assert graph.centre is None


def test_a_double_click_opens_an_actor_into_its_parts(window: Any, graph: Any, qtbot: Any) -> None:
    before = len(graph.hits.groups("actor"))
    actor = next(
        g.ids[0] for g in graph.hits.groups("actor") if len([i for i in g.ids if i.startswith("act-")]) > 1
    )
    qtbot.mouseDClick(graph, Qt.MouseButton.LeftButton, pos=spot(graph, actor).toPoint())
    assert len(graph.hits.groups("actor")) > before


def test_hover_brightens_the_neighbourhood(window: Any, graph: Any) -> None:
    window.workspace.hover(["act-russia"])
    assert graph._bright is not None
    assert "act-russia" in graph._bright
    window.workspace.hover(())
    assert graph._bright is None


def test_it_follows_the_timelines_window_only_when_asked(window: Any, graph: Any) -> None:
    window.workspace.look_at((0.0, 1.0))
    assert graph.shown_ids() == window.workspace.shown_ids()
    window.actions_table["follow"].trigger()
    assert graph.shown_ids() < window.workspace.shown_ids()
    assert "window" in window.actors._note.text()


def test_matrix_cells_and_heads_select(window: Any) -> None:
    window.workspace.set_tab("matrix")
    matrix = window.actors.views["matrix"]
    cell = matrix.hits.groups("cell")[0]
    x, y, width, height = bounds(cell)
    matrix.pick(QPointF(x + width / 2, y + height / 2), "replace")
    assert window.workspace.chosen_ids() >= set(cell.ids)
    head = matrix.hits.groups("actor")[0]
    matrix.choose(head)
    assert window.workspace.state.selection == Picked(frozenset(head.ids[:1]))


def crowd_file(path: Any) -> Any:
    """Write a case of more actors than are placed at once."""
    path.write_text(json.dumps(random_case(11, events=220, actors=150), ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def crowd(make_window: Any, tmp_path: Any, qtbot: Any) -> Any:
    """Return a window with a crowd whose places have come."""
    window = make_window(crowd_file(tmp_path / "many.case.json"))
    graph = window.actors.views["graph"]
    qtbot.waitUntil(lambda: graph.scene is not None and graph.places.finished(), timeout=20_000)
    assert graph.told is not None
    yield window
    graph.places.placer.close()
    graph.places.placer._asking.join(20)


def test_a_crowd_is_placed_in_a_child_process(crowd: Any) -> None:
    graph = crowd.actors.views["graph"]
    assert graph.places.placer.running()
    assert graph.shown_ids() == crowd.workspace.shown_ids()


def test_the_window_shows_a_crowd_where_a_figure_does(crowd: Any) -> None:
    graph, table = crowd.actors.views["graph"], crowd.workspace.table
    assert place_actors(table) is graph.places.of(table)
    cast = cast_of(table)
    *_, alone = stages(cast.graph)
    assert named_places(table, cast.roots, alone) == graph.places.of(table)


def test_a_filter_asks_for_no_new_places(crowd: Any) -> None:
    graph, table = crowd.actors.views["graph"], crowd.workspace.table
    before, asked = graph.places.of(table), graph.places.placer._generation
    crowd.workspace.narrow(Filter(kinds=Choice(include=("happened",))))
    assert graph.scene is not None
    assert graph.places.of(table) is before
    assert graph.places.placer._generation == asked


def test_zooming_keeps_the_place_under_the_pointer(crowd: Any) -> None:
    graph, about = crowd.actors.views["graph"], QPointF(200, 90)
    before = place_at(graph.told, graph.look, about.x(), about.y())
    graph.zoom(3.0, about)
    assert graph.scene is not None
    assert place_at(graph.told, graph.look, about.x(), about.y()) == pytest.approx(before, abs=1e-9)
    graph.pan(25, -10)
    assert graph.scene is not None
    assert place_at(graph.told, graph.look, 225, 80) == pytest.approx(before, abs=1e-9)


def test_the_slider_draws_more_edges_and_says_how_many(crowd: Any) -> None:
    graph = crowd.actors.views["graph"]
    graph.draw_edges(12)
    assert graph.scene is not None
    assert graph.told.drawn == 12
    assert graph.slider.label.text() == f"12 of {graph.told.ties:,} edges shown"
    assert not graph.slider.isHidden()
    graph.slider.slider.setValue(graph.slider.slider.maximum())
    assert graph.scene is not None
    assert graph.told.drawn == graph.told.ties
    assert graph.shown_ids() == crowd.workspace.shown_ids()


def test_a_click_in_a_crowd_selects_an_actor_or_the_events_of_a_line(crowd: Any, qtbot: Any) -> None:
    graph = crowd.actors.views["graph"]
    finder = next(group.inner for group in graph.scene.groups() if group.inner is not None)
    actor = finder.node(0)
    graph.choose(actor)
    assert crowd.workspace.state.selection == Picked(frozenset(actor.ids[:1]))
    line = finder.line(0)
    graph.choose(line)
    assert crowd.workspace.selected_ids() == set(line.ids)


def test_hovering_an_actor_of_a_crowd_shows_its_lines_up(crowd: Any) -> None:
    graph = crowd.actors.views["graph"]
    before = graph.scene
    finder = next(group.inner for group in before.groups() if group.inner is not None)
    crowd.workspace.hover(finder.node(0).ids[:1])
    assert graph.scene is not before
    crowd.workspace.hover(())
    assert graph.scene is not None


def test_a_click_leaves_no_frame_of_the_keyboard(window: Any, graph: Any) -> None:
    edge = graph.hits.groups("edge")[0]
    x, y, width, height = edge.targets[len(edge.targets) // 2]
    graph.setFocus()
    graph.pick(QPointF(x + width / 2, y + height / 2), "replace")
    assert graph._pointed
    graph.walk(1)
    assert not graph._pointed


def test_the_button_says_what_the_graph_shows_however_it_came_to_that(window: Any) -> None:
    graph, button = window.actors.views["graph"], window.actors._focus
    graph.look_around("act-russia", 2)
    assert graph.scene is not None
    assert button.text().startswith("Only 2 steps around")
    window.open("sample")
    assert graph.scene is not None
    assert button.text().startswith("Whole graph")
