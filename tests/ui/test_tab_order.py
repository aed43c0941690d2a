"""By keyboard alone: Tab goes through everything, as the eye does, and is never caught."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from explorer.query.selection import Picked
from explorer.ui.fact_card import ValueLink
from explorer.ui.tab_order import stops


def round_trip(window: Any, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    window.activateWindow()
    window.timeline.setFocus()
    seen: list[QWidget] = []
    for _ in range(200):
        QTest.keyClick(window.focusWidget(), key)
        seen.append(window.focusWidget())
        if seen[-1] is window.timeline:
            return seen
    raise AssertionError(f"caught between {seen[-2:]}")


@pytest.mark.parametrize("tab", ["graph", "matrix", "actors", "events"])
def test_tab_goes_round_the_whole_window_and_back(window: Any, tab: str) -> None:
    window.workspace.select(Picked(frozenset({"evt-airstrikes"})))
    window.workspace.set_tab(tab)
    seen = round_trip(window)
    wanted = {w for w in stops(window) if w.isVisible() and w.isEnabled()}
    assert wanted <= set(seen), wanted - set(seen)
    assert set(round_trip(window, Qt.Key.Key_Backtab)) == set(seen)


def test_tab_follows_the_eye(window: Any) -> None:
    window.workspace.select(Picked(frozenset({"evt-airstrikes"})))
    seen = round_trip(window)
    source = window.docks["source"].widget()
    links = [seen.index(w) for w in seen if isinstance(w, ValueLink)]
    assert links == list(range(links[0], links[0] + len(links)))
    assert [w.spans for w in seen if isinstance(w, ValueLink)] == [w.spans for w in source.card.links()]
    filters = window.docks["filters"].widget()
    in_order = [window.actors.views["graph"], seen[links[0]], source.text, window.search, filters.search]
    places = [seen.index(w) for w in [*in_order, filters.tree, window.timeline]]
    assert places == sorted(places)
