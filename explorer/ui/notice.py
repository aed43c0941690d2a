"""A line above the views that says what may be missing and offers to mend it: nothing certain, nothing at all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from explorer.query.describe import Chip, chips, may_words, without
from explorer.query.filters import Filter
from explorer.ui.text import plain_label
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change


class Notice(QFrame):
    """Appears when a filter leaves nothing, or when more may be included; and for what the case itself has to say.

    copy_wanted() where the user wants to save a copy of a case whose file is in danger.
    """

    copy_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._chip: Chip | None = None
        self.setObjectName("notice")
        self.words = plain_label("", self)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.possible = QPushButton(self.tr("Show possible"), self)
        self.remove = QPushButton(self)
        self.clear = QPushButton(self.tr("Clear filters"), self)
        self.again = QPushButton(self.tr("Try again"), self)
        self.reopen = QPushButton(self.tr("Open again"), self)
        self.copy = QPushButton(self.tr("Save a copy…"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self.words, 1)
        for button, slot in (
            (self.possible, self._show_possible),
            (self.remove, self._remove),
            (self.clear, self._clear),
            (self.again, workspace.watching.try_again),
            (self.reopen, self._reopen),
            (self.copy, self.copy_wanted),
        ):
            row.addWidget(button)
            button.clicked.connect(slot)
        workspace.changed.connect(self._on_changed)
        workspace.opened.connect(self.tell)
        workspace.watching.changed.connect(self.tell)
        self.hide()

    def tell(self) -> None:
        """Say what there is to say, or hide."""
        shown = self._workspace.shown
        if shown is None or not (shown.filter.active or shown.filter.text_only):
            self._say_of_case()
            return
        may = may_words(shown)
        if may is None and shown.count:
            self._say_of_case()
            return
        for button in (self.again, self.reopen, self.copy):
            button.hide()
        self.words.setText(may or self.tr("No record matches."))
        self.possible.setVisible(may is not None)
        self._offer_removal()
        self.clear.setVisible(shown.count == 0)
        self.show()

    def _say_of_case(self) -> None:
        case = self._workspace.case
        messages = " ".join(getattr(case, "messages", ())) if case is not None else ""
        self.words.setText(messages)
        for button in (self.possible, self.remove, self.clear):
            button.hide()
        hindrance = case.hindrance if case is not None else None
        self.again.setVisible(hindrance == "theirs")
        self.reopen.setVisible(hindrance == "replaced")
        self.copy.setVisible(hindrance in {"gone", "replaced", "damaged"})
        self.setVisible(bool(messages))

    def _reopen(self) -> None:
        case = self._workspace.case
        if case is not None:
            self._workspace.open(case.path)

    def _offer_removal(self) -> None:
        """Offer to take away the place, else the last condition, where nothing is certain."""
        table, shown = self._workspace.table, self._workspace.shown
        found = chips(self._workspace.state.filter, table) if table is not None else []
        places = [chip for chip in found if chip.facet == "places"]
        self._chip = next(reversed(places or found), None)
        offered = self._chip is not None and shown is not None and shown.count == 0 and len(found) > 1
        self.remove.setVisible(offered)
        if self._chip is not None:
            self.remove.setText(self.tr("Remove {condition}").format(condition=self._chip.text))

    def _show_possible(self) -> None:
        state = self._workspace.state
        self._workspace.narrow(state.filter.changed({"possible_places": True, "time_certain": False}))

    def _remove(self) -> None:
        if self._chip is not None:
            self._workspace.narrow(without(self._workspace.state.filter, self._chip))

    def _clear(self) -> None:
        self._workspace.narrow(Filter(text_only=self._workspace.text_only))

    def _on_changed(self, change: Change) -> None:
        if change.of("case", "filter"):
            self.tell()
