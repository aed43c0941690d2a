from __future__ import annotations

import gc
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible

from explorer.query.filters import Choice, Filter
from explorer.query.selection import Picked
from explorer.ui.accessible import interface_for


def test_a_drawn_view_reads_as_a_list_of_its_marks(window: Any) -> None:
    interface = QAccessible.queryAccessibleInterface(window.timeline)
    assert interface.role() == QAccessible.Role.List
    assert interface.text(QAccessible.Text.Name) == "Timeline"
    assert interface.childCount() == len(window.timeline.readable()) > 10
    names = [interface.child(i).text(QAccessible.Text.Name) for i in range(interface.childCount())]
    assert all(names)
    assert any("airstrikes" in name for name in names)


def test_each_mark_knows_its_place_parent_and_state(window: Any) -> None:
    window.workspace.select(Picked(frozenset({"evt-airstrikes"})))
    interface = QAccessible.queryAccessibleInterface(window.timeline)
    children = [interface.child(i) for i in range(interface.childCount())]
    chosen = [child for child in children if child.state().selected]
    assert chosen
    assert all("evt-airstrikes" in child.group.ids for child in chosen)
    assert all(child.parent().object() is window.timeline for child in chosen)
    assert chosen[0].rect().isValid()
    assert interface.childAt(chosen[0].rect().center().x(), chosen[0].rect().center().y()) is not None
    assert interface.indexOfChild(children[3]) == 3
    assert children[0].role() == QAccessible.Role.ListItem


def test_the_list_follows_the_filter(window: Any) -> None:
    interface = QAccessible.queryAccessibleInterface(window.timeline)
    before = interface.childCount()
    window.workspace.narrow(Filter(actors=Choice(include=("act-russia",))))
    assert 0 < interface.childCount() < before


def test_the_mark_under_the_keyboard_has_the_focus(window: Any) -> None:
    window.timeline.walk(1)
    interface = QAccessible.queryAccessibleInterface(window.timeline)
    assert interface.focusChild().group == window.timeline.current


def test_the_graph_reads_too(window: Any) -> None:
    interface = QAccessible.queryAccessibleInterface(window.actors.views["graph"])
    names = " ".join(interface.child(i).text(QAccessible.Text.Name) for i in range(interface.childCount()))
    assert "Russia" in names


def test_qt_gets_a_new_answer_each_time_it_asks_because_it_deletes_each(window: Any) -> None:
    first, second = interface_for("", window.timeline), interface_for("", window.timeline)
    assert first is not None
    assert second is not None
    assert first is not second
    assert interface_for("", window.top) is None


def test_views_come_and_go_while_a_screen_reader_listens(make_window: Any) -> None:
    QAccessible.setActive(True)
    try:
        for _ in range(2):
            window = make_window()
            for tab in ("matrix", "actors", "events", "graph"):
                window.workspace.set_tab(tab)
            window.open("sample")
            for view in window.actors.views.values():
                view.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            gc.collect()
    finally:
        QAccessible.setActive(False)
