"""Edits a cell of the Events table in place: the headline and the tags as a line, the status as a choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.casefile.changes import Edit
from explorer.casefile.store import CaseFile
from explorer.edit.details import tags_in
from explorer.edit.values import set_field
from explorer.words import STATUS_WORDS, tr
from explorer.workspace.hub import Workspace

Index = QModelIndex | QPersistentModelIndex
Make = Callable[[CaseFile, str, str], Edit | None]


def _titled(case: CaseFile, event_id: str, line: str) -> Edit | None:
    title = " ".join(line.split())
    return set_field(case, event_id, "title", title) if title != before(case, event_id, "headline") else None


def _statused(case: CaseFile, event_id: str, status: str) -> Edit | None:
    return set_field(case, event_id, "status", status) if status != before(case, event_id, "status") else None


def _tagged(case: CaseFile, event_id: str, line: str) -> Edit | None:
    tags = ", ".join(tags_in(line))
    if tags == before(case, event_id, "tags"):
        return None
    return set_field(case, event_id, "tags", list(tags_in(line)) or None)


#: Columns that can be edited in place, and what makes the edit of what was typed.
EDITABLE: Mapping[str, Make] = {"headline": _titled, "status": _statused, "tags": _tagged}


def before(case: CaseFile, event_id: str, key: str) -> str:
    """Return what stands in a cell that can be edited, as it is typed."""
    event = case.record(event_id)
    value = getattr(event, {"headline": "title"}.get(key, key), "")
    return ", ".join(value) if key == "tags" else str(value)


class CellEditor(QStyledItemDelegate):
    """The editors of the cells; the model commits what they hold."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """Return a choice for the status, else a line."""
        del option
        if self._key(index) != "status":
            return QLineEdit(parent)
        box = QComboBox(parent)
        for status, words in STATUS_WORDS.items():
            box.addItem(tr(words), status)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Show what is there."""
        model, case = index.model(), self._workspace.case
        now = before(case, model.event_id(index.row()), self._key(index)) if case is not None else ""  # type: ignore[attr-defined]
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(now))
        elif isinstance(editor, QLineEdit):
            editor.setText(now)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """Hand what was typed or chosen to the model."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    @staticmethod
    def _key(index: Index) -> str:
        return str(index.model().keys[index.column()])  # type: ignore[attr-defined]
