"""The history of a case: every edit by name and time, the present one marked; a click goes to any of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListView, QVBoxLayout, QWidget

from explorer.ui.text import elided, plain_label, plain_tip
from explorer.words import isolated, tr
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change

if TYPE_CHECKING:
    from explorer.casefile.changes import Step

ANY = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole


class HistoryModel(QAbstractListModel):
    """The steps of a case, newest last, below one row for its beginning; now is the row the case stands at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self.now = 0
        self._faint = QPalette().placeholderText()

    def take(self, steps: tuple[Step, ...]) -> None:
        """Show these steps."""
        self.beginResetModel()
        self._steps = steps
        self.now = sum(not step.undone for step in steps)
        self.endResetModel()

    def rowCount(self, parent: ANY = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are: the beginning, and the steps."""
        return 0 if parent.isValid() else len(self._steps) + 1

    def number(self, row: int) -> int:
        """Return the number of the step of a row, 0 for the beginning."""
        return self._steps[row - 1].number if row else 0

    def reachable(self, row: int) -> bool:
        """Return whether one can go to a row from now: no barrier lies between."""
        low, high = sorted((row, self.now))
        return not any(step.barrier for step in self._steps[low:high])

    def data(self, index: ANY, role: int = ROLE.DisplayRole) -> Any:
        """Return the words of a row, how they look, and when it was made."""
        row = index.row()
        step = self._steps[row - 1] if row else None
        if role in {ROLE.DisplayRole, ROLE.AccessibleTextRole}:
            return self._words(row, step)
        if role == ROLE.ToolTipRole and step is not None:
            return plain_tip(f"{step.name}\n{local(step.made)}")
        if role == ROLE.FontRole and row == self.now:
            bold = QFont()
            bold.setBold(True)
            return bold
        if role == ROLE.ForegroundRole and (row > self.now or not self.reachable(row)):
            return self._faint
        return None

    def _words(self, row: int, step: Step | None) -> str:
        words = tr("The beginning") if step is None else isolated(elided(step.name, 90))
        if step is not None and step.barrier:
            words = tr("{step} – cannot be undone, nor what lies before it").format(step=words)
        if row == self.now:
            return tr("▸ {step} (now)").format(step=words)
        return tr("{step} (undone)").format(step=words) if row > self.now else words


class HistoryDialog(QDialog):
    """Stays open beside the window and follows it."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("History"))
        self.resize(460, 420)
        self._workspace = workspace
        self.model = HistoryModel(self)
        self.hint = plain_label("", self, "muted")
        self.hint.setWordWrap(True)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Edits of this case"))
        self.list.clicked.connect(self.go_to)
        self.list.activated.connect(self.go_to)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self.hint, self.list, buttons):
            column.addWidget(widget)
        workspace.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the history of now."""
        case = self._workspace.case
        steps = case.history() if case is not None else ()
        self.model.take(steps)
        index = self.model.index(self.model.now)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)
        self.hint.setText(self._hint(empty=not steps))

    def go_to(self, index: QModelIndex) -> None:
        """Make the case what it was at a row."""
        if index.row() != self.model.now:
            self._workspace.go_to(self.model.number(index.row()))
            self.refresh()

    def _hint(self, *, empty: bool) -> str:
        case = self._workspace.case
        if case is None or empty:
            return self.tr("Nothing has been edited in this case.")
        if case.read_only:
            return self.tr("This case is open for reading only.")
        return self.tr(
            "Click on a step to go there. The history is kept in the case; a saved copy leaves it out."
        )

    def _on_changed(self, change: Change) -> None:
        if change.of("case"):
            self.refresh()


def local(made: str) -> str:
    """Return an ISO time in UTC as local time, to the minute."""
    return datetime.fromisoformat(made).astimezone().strftime("%Y-%m-%d %H:%M")
