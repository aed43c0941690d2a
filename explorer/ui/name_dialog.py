"""Puts another actor or place in the stead of the one that a value names."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from explorer.casefile.changes import Edit
from explorer.edit.amending import amend, value_at
from explorer.ui.coding_pick import NamePicker
from explorer.ui.identity_dialogs import Deciding
from explorer.ui.text import plain_label
from explorer.workspace.hub import Workspace


class NameDialog(Deciding):
    """One field with completion over names and other names."""

    def __init__(
        self, workspace: Workspace, record_id: str, path: str, field: str, list_name: str, parent: QWidget
    ) -> None:
        super().__init__(workspace, record_id, parent)
        self._path, self._field = path, field
        self.setWindowTitle(self.tr("Change"))
        case = workspace.case
        assert case is not None
        before = str(value_at(case, record_id, f"{path}.{field}"))
        question = self.tr("Instead of “{name}”").format(name=self.name(before))
        self.column.addWidget(plain_label(question, self, "heading"))
        self.picker = NamePicker(
            self.names, list_name, self.tr("type a name or another name"), self, new=False
        )
        self.column.addWidget(self.picker)
        self.finish(self.tr("&Change"))

    def decide(self) -> Edit | None:
        """Name the other one."""
        case, chosen = self._workspace.case, self.picker.chosen
        if chosen is None or case is None:
            self.say(self.tr("Choose one from the list."))
            return None
        return amend(case, self._id, self._path, {self._field: chosen})
