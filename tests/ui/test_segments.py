"""Alternatives side by side become one menu where the window is narrow, and lose nothing by it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from explorer.ui.segments import Segments


@pytest.fixture
def segments(qtbot):
    window = QWidget()
    group = QActionGroup(window)
    actions = [
        QAction(name, group, checkable=True) for name in ("&Actors", "&Places", "&Documents", "&One lane")
    ]
    actions[1].setChecked(True)
    made = Segments(actions, "Lanes", window)
    row = QHBoxLayout(window)
    row.addWidget(made)
    qtbot.addWidget(window)
    window.resize(900, 80)
    window.show()
    return window, made, actions


def faces(made):
    return [button.text() for button in made.findChildren(QToolButton) if button.isVisible()]


def test_with_room_there_is_a_button_for_each(segments):
    _, made, _ = segments
    assert not made.folded
    assert faces(made) == ["Actors", "Places", "Documents", "One lane"]


def test_without_room_a_menu_says_which_is_chosen(segments):
    window, made, actions = segments
    window.resize(150, 80)
    assert made.folded
    assert faces(made) == ["Places ▾"]
    actions[3].trigger()
    assert faces(made) == ["One lane ▾"]
    window.resize(900, 80)
    assert len(faces(made)) == 4


def test_it_never_asks_for_more_than_its_menu(segments):
    _, made, _ = segments
    assert made.minimumSizeHint().width() < made.sizeHint().width() / 2
