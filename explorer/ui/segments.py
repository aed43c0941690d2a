"""A row of alternatives as flat buttons, each the face of an action."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget


class Segments(QWidget):
    """Buttons side by side that show and trigger a group of actions."""

    def __init__(self, actions: Iterable[QAction], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        for action in actions:
            row.addWidget(action_button(action, self, "segment"))


def action_button(action: QAction, parent: QWidget, name: str, *, icon_only: bool = False) -> QToolButton:
    """Return a button that is the face of an action; name styles it."""
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setDefaultAction(action)
    style = Qt.ToolButtonStyle.ToolButtonIconOnly if icon_only else Qt.ToolButtonStyle.ToolButtonTextOnly
    button.setToolButtonStyle(style)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setMinimumWidth(button.sizeHint().width() if name == "segment" else 0)
    button.setAccessibleName(action.text().replace("&", ""))
    return button


def menu_button(text: str, menu: QMenu, parent: QWidget, name: str = "") -> QToolButton:
    """Return a button that opens a menu."""
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setText(text)
    button.setAccessibleName(text.strip(" ▾"))
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


class Bar(QFrame):
    """A bar of the window's head: things in a row over a thin line."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAccessibleName(name)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(14, 6, 14, 6)
        self.row.setSpacing(8)
