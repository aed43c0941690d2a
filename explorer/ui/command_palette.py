"""The command palette: every action of the window by typing a part of its name, the latest used first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from explorer.ui.action_rows import ROWS, Row
from explorer.ui.actions import Actions
from explorer.words import tr

_recent: list[str] = []


class CommandPalette(QDialog):
    """A field and a list; Enter runs what is marked."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Commands"))
        self.resize(520, 420)
        self._actions = actions
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Type a part of a command"))
        self.field.setAccessibleName(self.tr("Command"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.field.textEdited.connect(self.narrow)
        self.list.itemClicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.narrow("")

    def narrow(self, text: str) -> None:
        """List the enabled actions whose menu and name hold every typed word."""
        words = text.casefold().split()
        self.list.clear()
        for row in sorted(ROWS, key=_rank):
            action, said = self._actions[row.name], line_of(row)
            if (
                action.isEnabled()
                and row.name != "palette"
                and all(word in said.casefold() for word in words)
            ):
                keys = action.shortcut().toString()
                item = QListWidgetItem(f"{said}    {keys}" if keys else said)
                item.setData(Qt.ItemDataRole.UserRole, row.name)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter runs."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps and self.list.count():
            row = self.list.currentRow() + steps[Qt.Key(event.key())]
            self.list.setCurrentRow(row % self.list.count())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_current()
        else:
            super().keyPressEvent(event)

    def run_current(self) -> None:
        """Close, and run what is marked."""
        if not self.list.count():
            return
        item = self.list.currentItem()
        name = str(item.data(Qt.ItemDataRole.UserRole))
        if name in _recent:
            _recent.remove(name)
        _recent.insert(0, name)
        action: QAction = self._actions[name]
        self.accept()
        action.trigger()

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.list.setCurrentItem(item)
        self.run_current()


def line_of(row: Row) -> str:
    """Return "View › Lanes › Actors" for a row."""
    path = [part for part in row.menu.split("/") if part]
    return " › ".join([*(tr(part) for part in path), tr(row.text).replace("&", "").rstrip("…")])


def _rank(row: Row) -> int:
    return _recent.index(row.name) if row.name in _recent else len(_recent)
