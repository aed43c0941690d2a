"""The QActions of a window, made from the table of action_rows.

Menus, the command palette and the sheet of shortcuts are all made from these rows, so none of them can disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from explorer.paint.theme import LIGHT, Theme
from explorer.ui.action_rows import MENUS, ROWS, SUBMENUS, Row
from explorer.ui.icons import icon
from explorer.words import tr

#: Drawn before the window is first painted: buttons show them.
AT_ONCE = ("back", "forward")
ICON_OF = {row.name: row.icon for row in ROWS if row.icon}


class Actions(QObject):
    """The QActions of a window by name; slots are methods of the objects in commands."""

    def __init__(self, window: QWidget, commands: Mapping[str, QObject]) -> None:
        super().__init__(window)
        self._theme = LIGHT
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.draw_icons)
        self._groups: dict[str, QActionGroup] = {}
        self.by_name: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        for row in ROWS:
            self.by_name[row.name] = self._made(row, window, commands)

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def fill(self, bar: QMenuBar) -> None:
        """Put the actions into the menus of a bar."""
        for row in ROWS:
            menu = self._menu(row.menu, bar)
            if row.rule:
                menu.addSeparator()
            menu.addAction(self.by_name[row.name])

    def dress(self, theme: Theme) -> None:
        """Draw the icons in the ink of theme: those of buttons now, the rest once the window stands."""
        self._theme = theme
        for name in AT_ONCE:
            self.by_name[name].setIcon(icon(ICON_OF[name], theme))
        self._later.start()

    def draw_icons(self) -> None:
        """Draw the icons of all actions."""
        self._later.stop()
        for name, drawing in ICON_OF.items():
            self.by_name[name].setIcon(icon(drawing, self._theme))

    def check(self, name: str, *, on: bool = True) -> None:
        """Show a switch or a choice as on or off."""
        self.by_name[name].setChecked(on)

    def enable(self, holds: Mapping[str, bool]) -> None:
        """Enable the rows whose need holds."""
        for row in ROWS:
            self.by_name[row.name].setEnabled(not row.needs or holds[row.needs])

    def _made(self, row: Row, window: QWidget, commands: Mapping[str, QObject]) -> QAction:
        action = QAction(tr(row.text), window)
        action.setObjectName(row.name)
        if row.short:
            action.setIconText(tr(row.short))
        action.setToolTip(tr(row.tip))
        action.setStatusTip(tr(row.tip))
        action.setData(row.data)
        action.setCheckable(row.checkable or bool(row.choice))
        action.setShortcuts(keys_of(row))
        owner, _, method = row.slot.partition(".")
        slot: Any = getattr(commands[owner], method)
        if row.choice:
            self._group(row.choice, slot).addAction(action)
        else:
            action.triggered.connect(slot)
        window.addAction(action)
        return action

    def _group(self, name: str, slot: Any) -> QActionGroup:
        if name not in self._groups:
            self._groups[name] = QActionGroup(self)
            self._groups[name].triggered.connect(slot)
        return self._groups[name]

    def _menu(self, path: str, bar: QMenuBar) -> QMenu:
        if path not in self.menus:
            head, _, below = path.partition("/")
            if below:
                self.menus[path] = self._menu(head, bar).addMenu(tr(SUBMENUS[below]))
            else:
                self.menus[path] = bar.addMenu(tr(MENUS[head]))
        return self.menus[path]


def keys_of(row: Row) -> list[QKeySequence]:
    """Return the platform's standard keys of a row and its own beside them, each once."""
    standard = isinstance(row.keys, QKeySequence.StandardKey)
    keys = QKeySequence.keyBindings(row.keys) if isinstance(row.keys, QKeySequence.StandardKey) else []
    own = row.also if standard else row.keys
    assert isinstance(own, tuple)
    return [*keys, *(key for key in map(QKeySequence, own) if key not in keys)]
