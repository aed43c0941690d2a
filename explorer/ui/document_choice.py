"""The choice of a document: it asks the columns for the titles on show only, however many documents a case has."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QListView, QWidget

from explorer.casefile.columns import EventTable
from explorer.ui.text import ElidedCombo
from explorer.words import isolated

Index = QModelIndex | QPersistentModelIndex


class DocumentModel(QAbstractListModel):
    """One row a document: its title, and its id for the program."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._table: EventTable | None = None

    def take(self, table: EventTable | None) -> None:
        """Stand for the documents of another table, None for none."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def row_of(self, document_id: object) -> int:
        """Return the row of a document, -1 where there is none."""
        if self._table is None or not isinstance(document_id, str):
            return -1
        return self._table.document_of.get(document_id, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many documents there are."""
        return 0 if parent.isValid() or self._table is None else len(self._table.documents.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for the title and the id; other roles at once with nothing."""
        if self._table is None or not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return isolated(self._table.documents.titles[index.row()])
        return self._table.documents.ids[index.row()] if role == Qt.ItemDataRole.UserRole else None

    def match(
        self, start: Index, role: int, value: Any, hits: int = 1, flags: Any = None
    ) -> list[QModelIndex]:
        """Return the next document whose title begins as typed, from start on and round to it."""
        if self._table is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return []
        del hits, flags
        titles, words = self._table.documents.titles, str(value).casefold()
        begin = [row for row, title in enumerate(titles) if title.casefold().startswith(words)]
        later = next((row for row in begin if row >= start.row()), begin[0] if begin else None)
        return [self.index(later)] if later is not None else []


class DocumentChoice(ElidedCombo):
    """The documents of a case, of which the list draws those in sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        view = QListView(self)
        view.setUniformItemSizes(True)
        self.setView(view)
        self.documents = DocumentModel(self)
        self.setModel(self.documents)

    def take(self, table: EventTable | None) -> None:
        """Offer the documents of another table; the first of them is chosen. Tells nobody."""
        self.blockSignals(True)
        self.documents.take(table)
        self.setCurrentIndex(0 if self.count() else -1)
        self.blockSignals(False)

    def findData(  # noqa: N802
        self, data: Any, role: int = Qt.ItemDataRole.UserRole, flags: Any = Qt.MatchFlag.MatchExactly
    ) -> int:
        """Return the place of a document by its id, found without looking through all of them."""
        del role, flags
        return self.documents.row_of(data)
