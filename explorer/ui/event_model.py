"""The Qt model of the Events table: an order of row numbers over query.listing; words only for rows in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from explorer.casefile.columns import Ints, Mask
from explorer.casefile.errors import CaseFileError
from explorer.query.listing import COLUMNS, Group, Groups, Listing, group_by
from explorer.query.periods import PERIODS, published
from explorer.query.totals import range_words, sum_words
from explorer.ui.cell_editor import EDITABLE
from explorer.ui.text import plain_tip
from explorer.workspace.hub import Workspace

Index = QModelIndex | QPersistentModelIndex
CACHE = 64  # rows whose words are made at once
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class EventModel(QAbstractTableModel):
    """The shown events, sorted by numpy; no proxy model."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.keys: tuple[str, ...] = tuple(COLUMNS)
        self.listing: Listing | None = None
        self.rows: Ints = np.zeros(0, np.int32)
        self._sorted = ("when", False)
        self._words: dict[tuple[str, int], list[str]] = {}

    def refresh(self) -> None:
        """Take the events that the filter shows."""
        self.beginResetModel()
        table, shown = self._workspace.table, self._workspace.shown
        self._words.clear()
        if table is None or shown is None:
            self.listing, self.rows = None, np.zeros(0, np.int32)
        else:
            case = self._workspace.case
            phrases = case.time_phrases if case is not None else None
            self.listing = Listing(table, self._workspace.text_only, phrases)
            self.rows = np.flatnonzero(self._workspace.counted).astype(np.int32)
            self._order()
        self.endResetModel()

    def forget(self) -> None:
        """List nothing: what was listed is of another case."""
        self.beginResetModel()
        self.listing, self.rows = None, np.zeros(0, np.int32)
        self._words.clear()
        self.endResetModel()

    def _order(self) -> None:
        if self.listing is not None:
            key, descending = self._sorted
            self.rows = self.listing.sorted(self.rows, key, descending=descending)
            self._words.clear()

    def event_id(self, row: int) -> str:
        """Return the id of the event in a row."""
        assert self._workspace.table is not None
        return str(self._workspace.table.ids[int(self.rows[row])])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many events are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are, hidden ones too."""
        return 0 if parent.isValid() else len(self.keys)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[self.keys[section]].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for text, tooltip and alignment."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(self.keys[index.column()], index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(self.keys[index.column()], index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[self.keys[index.column()]].kind == "number":
            return RIGHT
        return None

    def _tip(self, key: str, row: int) -> str:
        """Return the whole of a cell, and of a date what it rests on, in letters that Qt takes for no markup."""
        words = self._cell(key, row)
        if key == "when":
            words = self.tr("{when}\nDates: {whence}").format(when=words, whence=self._cell("basis", row))
        return plain_tip(words)

    def _cell(self, key: str, row: int) -> str:
        if self.listing is None:
            return ""
        batch = row // CACHE
        words = self._words.get((key, batch))
        if words is None:
            if len(self._words) > 400:
                self._words.clear()
            words = self.listing.cells(key, self.rows[batch * CACHE : (batch + 1) * CACHE])
            self._words[key, batch] = words
        return words[row % CACHE]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that headline, status and tags can be edited, where the case can be."""
        case = self._workspace.case
        found = super().flags(index)
        if case is not None and not case.read_only and self.keys[index.column()] in EDITABLE:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Commit what was typed into a cell; the workspace says what cannot be."""
        case = self._workspace.case
        if case is None or role != Qt.ItemDataRole.EditRole:
            return False
        try:
            edit = EDITABLE[self.keys[index.column()]](case, self.event_id(index.row()), str(value))
        except (CaseFileError, KeyError) as error:
            self._workspace.refused.emit(error)
            return False
        return edit is not None and self._workspace.commit(edit) is not None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what is not stated comes last either way."""
        self.beginResetModel()
        self._sorted = (self.keys[column], order == Qt.SortOrder.DescendingOrder)
        self._order()
        self.endResetModel()


GROUP_HEADINGS = ("Group", "Records", "Killed", "Killed, civilians", "Summary rows", "On one source")


class GroupModel(QAbstractTableModel):
    """The shown events in groups, with sums that stay ranges."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.groups: Groups | None = None
        self._order: Sequence[int] = ()

    def refresh(self, by: str) -> None:
        """Group by another facet, or count again."""
        self.beginResetModel()
        table, shown = self._workspace.table, self._workspace.shown
        if table is None or shown is None:
            self.groups, self._order = None, ()
        else:
            text_only, counted = self._workspace.text_only, self._workspace.counted
            self.groups = group_by(table, counted, by, text_only=text_only, by_first=published(table))  # type: ignore[arg-type]
            self._order = range(len(self.groups.groups))
        self.endResetModel()

    def group(self, row: int) -> Group:
        """Return the group in a row."""
        assert self.groups is not None
        return self.groups.groups[self._order[row]]

    def holding(self, selected: Mask) -> QItemSelection:
        """Return the rows of the groups that hold a selected event."""
        found, last = QItemSelection(), len(GROUP_HEADINGS) - 1
        for row in range(len(self._order)):
            if selected[self.group(row).rows].any():
                found.select(self.index(row, 0), self.index(row, last))
        return found

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many groups there are."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return label, records, the two sums, and on what they rest."""
        return 0 if parent.isValid() else len(GROUP_HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.tr(GROUP_HEADINGS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for text and alignment."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            group = self.group(index.row())
            return _group_cell(group, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _COUNTS:
            return RIGHT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by label, size, or the best known sum; groups without a number come last."""
        if self.groups is None:
            return
        self.beginResetModel()
        groups, descending = self.groups.groups, order == Qt.SortOrder.DescendingOrder
        if column == 0:
            self._order = sorted(
                range(len(groups)), key=_Label(groups, self.groups.by in PERIODS), reverse=descending
            )
        else:
            keys = np.array([_amount(group, column) for group in groups], np.float64)
            missing = np.isnan(keys)
            signed = np.where(missing, 0.0, -keys if descending else keys)
            self._order = np.lexsort((signed, missing)).tolist()
        self.endResetModel()


class _Label:
    """Sorts periods in their own order (they come ordered) and names by alphabet."""

    def __init__(self, groups: Sequence[Group], periods: bool) -> None:
        self._groups = groups
        self._periods = periods

    def __call__(self, place: int) -> tuple[int, str]:
        return (place, "") if self._periods else (0, self._groups[place].label.casefold())


#: The columns that are plain counts.
_COUNTS: dict[int, Callable[[Group], int]] = {
    1: attrgetter("count"),
    4: attrgetter("summaries"),
    5: attrgetter("single"),
}


def _group_cell(group: Group, column: int) -> str:
    if column in _COUNTS:
        return f"{_COUNTS[column](group):,}"
    return (group.label, "", sum_words(group.killed), range_words(group.civilians))[column]


def _amount(group: Group, column: int) -> float:
    if column in _COUNTS:
        return float(_COUNTS[column](group))
    amount = group.killed.range if column == 2 else group.civilians
    if not amount.stated:
        return float("nan")
    return float(amount.best if amount.best is not None else amount.low or 0)
