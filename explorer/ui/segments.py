"""A row of alternatives as flat buttons, each the face of an action."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget


class Segments(QWidget):
    """Buttons side by side that show and trigger a group of actions; one menu instead where they have no room."""

    def __init__(self, actions: Iterable[QAction], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._actions, self._name = tuple(actions), name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        self._buttons = [action_button(action, self, "segment") for action in self._actions]
        menu = QMenu(self)
        menu.addActions(list(self._actions))
        self._menu = menu_button("", menu, self)
        for button in (*self._buttons, self._menu):
            row.addWidget(button)
        for action in self._actions:
            action.toggled.connect(self._name_menu)
        self._name_menu()
        self._menu.hide()
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)

    @property
    def folded(self) -> bool:
        """Whether a menu stands for the buttons now."""
        return self._menu.isVisibleTo(self)

    def sizeHint(self) -> QSize:
        """Ask for room for all buttons."""
        gaps = 3 * (len(self._buttons) - 1)
        return QSize(sum(b.sizeHint().width() for b in self._buttons) + gaps, self._menu.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Be content with the menu's."""
        return self._menu.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold where there is no room for all buttons."""
        super().resizeEvent(event)
        self._fold(event.size().width() < self.sizeHint().width())

    def _fold(self, folded: bool) -> None:
        if folded != self.folded:
            for button in self._buttons:
                button.setVisible(not folded)
            self._menu.setVisible(folded)

    def _name_menu(self) -> None:
        chosen = next((action for action in self._actions if action.isChecked()), None)
        text = chosen.text().replace("&", "") if chosen is not None else self._name
        self._menu.setText(text + " ▾")
        self._menu.setAccessibleName(f"{self._name}: {text}")
        self.updateGeometry()


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
