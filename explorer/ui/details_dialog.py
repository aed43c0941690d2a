"""Title, status, classification, tags and note of one event, or of many at once; and an actor that took part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from explorer.casefile.errors import CaseFileError
from explorer.edit.details import set_details, tags_in
from explorer.edit.values import held
from explorer.model.codebook import MODES_OF, TYPES
from explorer.model.records import Event
from explorer.ui.part_choice import PartChoice
from explorer.ui.text import plain_label
from explorer.words import CONFIDENCE_WORDS, NOT_STATED, STATUS_WORDS, tr, type_words
from explorer.workspace.hub import Workspace


class DetailsDialog(QDialog):
    """What is left as it is, is not touched; one press of Save is one step of the history."""

    def __init__(self, workspace: Workspace, ids: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workspace = workspace
        self._ids = list(ids)
        case = workspace.case
        assert case is not None
        self._events = [event for event in held(case, self._ids) if isinstance(event, Event)]
        one = self._events[0] if len(self._events) == 1 else None
        self.setWindowTitle(
            self.tr("Details") if one else self.tr("Details of {n} events").format(n=f"{len(self._events):,}")
        )
        self.resize(520, 440)
        self.title = QLineEdit(one.title if one else "", self)
        self.status = self._statuses()
        self.kind = self._kinds()
        self.confidence = self._confidences()
        self.tags = QLineEdit(", ".join(one.tags) if one else "", self)
        self.tags.setPlaceholderText(self.tr("separated by commas"))
        self.note = QPlainTextEdit(self)
        self.note.setPlainText((one.note or "") if one else "")
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText("" if one else self.tr("as they are"))
        self.part = PartChoice(workspace, self)
        self.problem = plain_label("", self, "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._lay_out(single=one is not None)

    def _statuses(self) -> QComboBox:
        box = QComboBox(self)
        found = {event.status for event in self._events}
        if len(found) > 1:
            box.addItem(self.tr("as they are"), "")
        for status, words in STATUS_WORDS.items():
            box.addItem(tr(words), status)
        box.setCurrentIndex(0 if len(found) > 1 else box.findData(found.pop()))
        return box

    def _kinds(self) -> QComboBox:
        """Return the types with their modes ("ASSAULT/aerial"); those of many may stay as they are."""
        box = QComboBox(self)
        found = {_code(event) for event in self._events}
        if len(found) > 1:
            box.addItem(self.tr("as they are"), None)
        box.addItem(type_words(None), "")
        for kind in TYPES:
            for mode in ("", *MODES_OF.get(kind, ())):
                box.addItem(type_words(kind, mode or None), f"{kind}/{mode}".strip("/"))
        if len(found) == 1:
            code = found.pop()
            if box.findData(code) < 0:
                box.addItem(type_words(*code.split("/")), code)
            box.setCurrentIndex(box.findData(code))
        return box

    def _confidences(self) -> QComboBox:
        box = QComboBox(self)
        found = {event.confidence or "" for event in self._events}
        if len(found) > 1:
            box.addItem(self.tr("as they are"), None)
        box.addItem(tr(NOT_STATED), "")
        for confidence, words in CONFIDENCE_WORDS.items():
            box.addItem(tr(words), confidence)
        box.setCurrentIndex(0 if len(found) > 1 else box.findData(found.pop()))
        return box

    def _lay_out(self, *, single: bool) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        if single:
            form.addRow(self.tr("&Title"), self.title)
        else:
            self.title.hide()
        form.addRow(self.tr("&Status"), self.status)
        form.addRow(self.tr("&Kind of act"), self.kind)
        form.addRow(self.tr("&Confidence"), self.confidence)
        form.addRow(self.tr("T&ags") if single else self.tr("&Add tags"), self.tags)
        form.addRow(self.tr("&Note"), self.note)
        form.addRow(self.tr("Add acto&r"), self.part)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form, 1)
        column.addWidget(self.problem)
        column.addWidget(buttons)

    def accept(self) -> None:
        """Commit what was changed; what cannot be is said, and the form stays."""
        case = self._workspace.case
        values, tags = self._values()
        if case is None or not (values or tags or self.part.filled):
            super().accept()
            return
        try:
            edit = set_details(case, self._ids, values, add_tags=tags, part=self.part.part())
        except (CaseFileError, KeyError) as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self._workspace.commit(edit)
        super().accept()

    def _classified(self) -> dict[str, Any]:
        """Return the kind of act and the confidence, where they were changed."""
        values: dict[str, Any] = {}
        chosen, confidence = self.kind.currentData(), self.confidence.currentData()
        if chosen is not None:
            kind, _, mode = str(chosen).partition("/")
            if any(_code(event) != chosen for event in self._events):
                values |= {"type": kind or None, "mode": mode or None}
        if confidence is not None and any((event.confidence or "") != confidence for event in self._events):
            values["confidence"] = confidence or None
        return values

    def _values(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Return the fields that were changed, and the tags to add to many."""
        values: dict[str, Any] = {}
        status = self.status.currentData()
        if status and any(event.status != status for event in self._events):
            values["status"] = status
        values |= self._classified()
        note, tags = self.note.toPlainText().strip(), tags_in(self.tags.text())
        if len(self._events) != 1:
            return {**values, **({"note": note} if note else {})}, tags
        one = self._events[0]
        title = " ".join(self.title.text().split())
        if title != one.title:
            values["title"] = title
        if tags != one.tags:
            values["tags"] = list(tags)
        if note != (one.note or ""):
            values["note"] = note or None
        return values, ()


def _code(event: Event) -> str:
    """Return the type and the mode of an event as one code, "" where it is not classified."""
    return "/".join(filter(None, (event.type, event.mode)))
