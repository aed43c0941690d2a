"""The menus that are not rows of a table: the recent cases, and what can be done with a mark."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from explorer.ui.actions import Actions
from explorer.ui.settings import Settings
from explorer.words import tr

#: What a right click on a mark offers, by name of action; "" for a line.
MARK_MENU = (
    "filter_selection",
    "exclude_selection",
    "",
    "copy_quote",
    "copy",
    "",
    "fit_selection",
    "clear_selection",
    "",
    "change",
    "link_to",
    "compare",
    "merge",
    "rename",
    "group",
    "remove",
    "",
    "details",
    "status_checked",
    "status_disputed",
    "status_unreviewed",
)


class RecentMenu(QMenu):
    """The cases opened last; those that are gone stay, greyed."""

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(tr("Open &recent"), parent)
        self._settings = settings
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the recent cases of now."""
        self.clear()
        for path in self._settings.recent():
            action = QAction(path.replace("&", "&&"), self)
            action.setData(path)
            action.setEnabled(Path(path).is_file())
            self.addAction(action)
        if self.isEmpty():
            self.addAction(tr("No recent cases")).setEnabled(False)


def mark_menu(actions: Actions, parent: QWidget) -> QMenu:
    """Return the menu of a mark; it is gone once it closes."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in MARK_MENU:
        if name:
            menu.addAction(actions[name])
        else:
            menu.addSeparator()
    return menu
