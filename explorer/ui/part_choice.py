"""Who took part in all selected events, in which role, and why: what the details form can add to many at once."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from explorer.casefile.errors import CaseFileError
from explorer.ui.coding_names import Names
from explorer.ui.coding_pick import NamePicker
from explorer.words import ROLE_WORDS, tr
from explorer.workspace.hub import Workspace


class PartChoice(QWidget):
    """An actor by completion, a role, and the note that says why."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self.actor = NamePicker(Names(workspace, ""), "actors", self.tr("nobody"), self, new=False)
        self.role = QComboBox(self)
        self.role.setAccessibleName(self.tr("Role"))
        for role, words in ROLE_WORDS.items():
            self.role.addItem(tr(words), role)
        self.why = QLineEdit(self)
        self.why.setAccessibleName(self.tr("Why"))
        self.why.setPlaceholderText(self.tr("why: it is your reading of their words"))
        first = QHBoxLayout()
        first.addWidget(self.actor, 1)
        first.addWidget(self.role)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(first)
        column.addWidget(self.why)

    @property
    def filled(self) -> bool:
        """Whether somebody was typed."""
        return bool(self.actor.text().strip())

    def part(self) -> tuple[str, str, str] | None:
        """Return (actor, role, note), None where nobody was typed; raises CaseFileError for a name of nobody."""
        if not self.filled:
            return None
        if self.actor.chosen is None:
            raise CaseFileError(tr("Choose the actor to add from the list, or leave the field empty."))
        return self.actor.chosen, str(self.role.currentData()), self.why.text()
