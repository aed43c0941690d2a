"""Chooses the other event with which one is compared, by its headline."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explorer.casefile.changes import Edit
from explorer.ui.coding_pick import NamePicker
from explorer.ui.identity_dialogs import Deciding
from explorer.ui.text import plain_label
from explorer.workspace.hub import Workspace


class EventChoice(Deciding):
    """chosen((event, other)) once another one is chosen; nothing is changed here."""

    chosen = Signal(object)

    def __init__(self, workspace: Workspace, record_id: str, parent: QWidget) -> None:
        super().__init__(workspace, record_id, parent)
        self.setWindowTitle(self.tr("Merge"))
        question = self.tr("“{name}” may be the same as").format(name=self.name(record_id))
        self.column.addWidget(plain_label(question, self, "heading"))
        self.picker = NamePicker(self.names, "events", self.tr("type words of its headline"), self, new=False)
        self.column.addWidget(self.picker)
        self.finish(self.tr("&Compare…"))

    def decide(self) -> Edit | None:
        """Hand the pair on."""
        other = self.picker.chosen
        if other is None or other == self._id:
            self.say(self.tr("Choose another event, from the list."))
        else:
            self.chosen.emit((self._id, other))
            self.reject()
        return None
