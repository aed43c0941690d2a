"""In a large case the timeline follows at once and all else in its turn; nothing stale passes for current."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.query.filters import Choice, Filter
from explorer.ui.graph_view import GraphView
from explorer.ui.window import MainWindow
from explorer.workspace import readings
from explorer.workspace.hub import Workspace

HAPPENED = Filter(kinds=Choice(include=("happened",)))


@pytest.fixture
def large(window: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(readings, "LARGE", 1)
    window.show()
    with qtbot.waitSignal(window.workspace.opened):
        window.open("sample")
    settle(window.workspace, qtbot)
    return window


def settle(workspace: Workspace, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not workspace.turns._waiting and not workspace.jobs._tickets)


def test_all_views_show_the_filter_once_their_turn_has_come(large: MainWindow, qtbot: Any) -> None:
    large.workspace.narrow(HAPPENED)
    settle(large.workspace, qtbot)
    shown = large.workspace.shown
    assert shown is not None
    assert large.timeline.shown_ids() == shown.ids
    graph = large.actors.views["graph"]
    assert isinstance(graph, GraphView)
    qtbot.waitUntil(lambda: graph._scene is not None)
    assert not graph.waiting
    assert graph.shown_ids() == shown.ids


def test_a_view_whose_turn_is_to_come_answers_to_no_pointer(large: MainWindow, qtbot: Any) -> None:
    graph = large.actors.views["graph"]
    qtbot.waitUntil(lambda: graph._scene is not None)
    at = next(graph.rect().center() for _ in range(1)).toPointF()
    large.workspace.narrow(HAPPENED)
    assert graph.waiting
    assert graph.group_at(at) is None
    assert not large.timeline.waiting
    settle(large.workspace, qtbot)


def test_the_latest_of_several_changes_is_what_is_shown(large: MainWindow, qtbot: Any) -> None:
    large.workspace.narrow(HAPPENED)
    large.workspace.narrow(Filter())
    settle(large.workspace, qtbot)
    panel = large.docks["filters"].widget()
    shown = large.workspace.shown
    assert shown is not None
    assert shown.count == len(large.workspace.table or ())
    graph = large.actors.views["graph"]
    qtbot.waitUntil(lambda: graph._scene is not None)
    assert graph.shown_ids() == shown.ids
    assert panel.isEnabled()


def test_a_hidden_pane_follows_when_it_is_shown_again(large: MainWindow, qtbot: Any) -> None:
    source = large.docks["source"].widget()
    large.show_dock("source", on=False)
    event = large.workspace.table.ids[3]
    from explorer.query.selection import Picked

    large.workspace.select(Picked(frozenset({event})))
    settle(large.workspace, qtbot)
    assert event not in source._records
    large.show_dock("source", on=True)
    settle(large.workspace, qtbot)
    assert source._records == (event,)
