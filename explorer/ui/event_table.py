"""The Events table: sort, choose columns, group with sums, copy to a spreadsheet, save as CSV with quotes and links."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSaveFile,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from explorer.query.listing import COLUMNS, csv_lines
from explorer.query.selection import Picked
from explorer.ui.cell_editor import CellEditor
from explorer.ui.clipboard import copy_table
from explorer.ui.event_model import EventModel, GroupModel
from explorer.ui.event_quotes import Quotes
from explorer.ui.record_view import record_view
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change, Passage
from explorer.workspace.turns import PANEL

GROUPINGS = (
    ("", "no groups"), ("day", "day"), ("week", "week"), ("month", "month"), ("year", "year"),
    ("place", "place"), ("actor", "actor"),
    ("type", "classification"), ("document", "document"), ("kind", "kind"), ("status", "status"),
)  # fmt: skip
WIDTHS = {
    "when": 190,
    "headline": 290,
    "who": 190,
    "target": 190,
    "suffered": 140,
    "where": 170,
    "killed": 80,
}
#: Which values of a record a column is read from: what a click on its cell marks in the source text.
PATHS = {
    "when": ("time",), "where": ("places",), "killed": ("quantities",), "killed_civilians": ("quantities",),
    "according_to": ("claims",),
    "reported_as": ("claims",), "sources": ("claims",),
}  # fmt: skip
ROLES = {"who": ("actor", "party"), "target": ("recipient", "beneficiary"), "suffered": ("affected",)}


class EventTable(QWidget):
    """Projects the shown events; rows are selected in all views, a cell leads to its characters.

    A double click edits headline, status and tags in place. menu_wanted(place on the screen): what can be done
    with the selected events was asked for.
    """

    menu_wanted = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._projecting = self._choosing = False
        self._stale = False  # a large case whose rows are still to be listed
        self.model = EventModel(workspace, self)
        self.groups = GroupModel(workspace, self)
        self.view = record_view(
            self.model, self.tr("Events"), self, sort=Qt.SortOrder.AscendingOrder, column=0
        )
        self.group_view = record_view(
            self.groups, self.tr("Groups of events"), self, sort=Qt.SortOrder.AscendingOrder, column=0
        )
        self._build()
        for column, key in enumerate(self.model.keys):
            self.view.setColumnHidden(column, not COLUMNS[key].shown)
            self.view.setColumnWidth(column, WIDTHS.get(key, 130))
        self.group_view.setColumnWidth(0, 320)
        header = self.view.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        header.setSectionsMovable(True)
        self.view.selectionModel().selectionChanged.connect(self._select)
        self.group_view.selectionModel().selectionChanged.connect(self._select_group)
        self.view.clicked.connect(self._show_words)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._want_menu)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.view.setItemDelegate(CellEditor(workspace, self.view))
        self.model.modelReset.connect(self._show_selection)
        workspace.changed.connect(self._follow)
        self._refresh()

    def shown_ids(self) -> frozenset[str]:
        """Return the ids of the rows."""
        return frozenset(self.model.event_id(row) for row in range(self.model.rowCount()))

    def selected_ids(self) -> frozenset[str]:
        """Return the ids of the selected events."""
        return self._workspace.selected_ids()

    def _want_menu(self, where: QPoint) -> None:
        self.menu_wanted.emit(self.view.viewport().mapToGlobal(where))

    def _build(self) -> None:
        self._by = QComboBox(self)
        for value, text in GROUPINGS:
            self._by.addItem(self.tr(text), value)
        self._by.setAccessibleName(self.tr("Group by"))
        self._by.currentIndexChanged.connect(self._regroup)
        label = QLabel(self.tr("&Group by"), self)
        label.setBuddy(self._by)
        self._note = QLabel(self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 6, 8, 6)
        bar.setSpacing(8)
        bar.addWidget(label)
        bar.addWidget(self._by)
        bar.addWidget(self._note, 1)
        for text, tip, slot in (
            (self.tr("Columns"), self.tr("Choose the columns"), self._offer_columns_below),
            (self.tr("Copy"), self.tr("Copy the selected rows, or all, for a spreadsheet"), self.copy),
            (self.tr("Save CSV…"), self.tr("Save the rows with their sentences"), self.save_csv),
        ):
            button = QPushButton(text, self)
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
            button.clicked.connect(slot)
            bar.addWidget(button)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.group_view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addLayout(self._stack, 1)

    def _follow(self, change: Change) -> None:
        moved = self._workspace.state.follow and change.of("window", "axis")
        if moved or change.of("case", "filter", "follow"):
            if change.of("case") and self._workspace.large:
                self.model.forget()
            self._refresh_soon()
        elif change.of("selection") and not self._stale:
            self._show_selection()

    def _refresh_soon(self) -> None:
        """List anew: of a large case in this table's turn, and only where somebody sees it."""
        self._stale = self._workspace.large
        if not self._stale:
            self._refresh()
        elif self.isVisible():
            self._workspace.turns.ask(PANEL, self._take_turn)

    def _take_turn(self) -> None:
        if self._stale and self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        self.model.refresh()
        self._regroup()

    def _regroup(self) -> None:
        by = str(self._by.currentData())
        if by:
            self.groups.refresh(by)
        self._stack.setCurrentWidget(self.group_view if by else self.view)
        note = self.groups.groups.note() if by and self.groups.groups is not None else None
        self._note.setText(note or "")

    def _show_selection(self) -> None:
        """Mark the rows of the selected events, as ranges."""
        table = self._workspace.table
        if table is None:
            return
        chosen = np.zeros(len(self.model.rows) + 2, np.int8)
        chosen[1:-1] = self._workspace.selected[self.model.rows]
        selection, last = QItemSelection(), self.model.columnCount() - 1
        edges = np.flatnonzero(np.diff(chosen)).reshape(-1, 2)
        for start, end in edges.tolist():
            selection.select(self.model.index(start, 0), self.model.index(end - 1, last))
        self._projecting = True
        self.view.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if not self._choosing:
            holding = self.groups.holding(self._workspace.selected)
            self.group_view.selectionModel().select(holding, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._projecting = False
        if not selection.isEmpty() and not self.view.hasFocus():
            self.view.scrollTo(selection.first().topLeft())

    def _select(self) -> None:
        if self._projecting:
            return
        ids = {self.model.event_id(index.row()) for index in self.view.selectionModel().selectedRows()}
        current = self.view.currentIndex()
        focus = self.model.event_id(current.row()) if current.isValid() else None
        if ids:
            self._workspace.select(Picked(frozenset(ids)), focus=focus if focus in ids else None)

    def _select_group(self) -> None:
        table = self._workspace.table
        indexes = self.group_view.selectionModel().selectedRows()
        if table is not None and indexes and not self._projecting:
            rows = np.unique(np.concatenate([self.groups.group(index.row()).rows for index in indexes]))
            self._choosing = True  # the rows that were clicked stay the only ones marked
            self._workspace.select(Picked(frozenset(str(table.ids[row]) for row in rows.tolist())))
            self._choosing = False

    def _show_words(self, index: QModelIndex) -> None:
        """Mark the characters that a cell was read from."""
        case = self._workspace.case
        if case is None:
            return
        event_id = self.model.event_id(index.row())
        paths = paths_of(case.record(event_id), self.model.keys[index.column()])
        if not paths:
            return
        cited = [c.span for c in case.cited(event_id) if c.path.startswith(paths)]
        self._workspace.show_passages(
            Passage(s.document, s.start, s.end)
            for s in case.spans(cited)
            if s.start is not None and s.end is not None
        )

    def _offer_columns_below(self) -> None:
        button = self.sender()
        assert isinstance(button, QWidget)
        self._offer_columns_at(button.mapToGlobal(QPoint(0, button.height())))

    def _offer_columns(self, where: QPoint) -> None:
        self._offer_columns_at(self.view.horizontalHeader().mapToGlobal(where))

    def _offer_columns_at(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column, key in enumerate(self.model.keys):
            action = menu.addAction(COLUMNS[key].title)
            action.setCheckable(True)
            action.setChecked(not self.view.isColumnHidden(column))
            action.setData(column)
        menu.triggered.connect(self._toggle_column)
        menu.popup(where)

    def _toggle_column(self, action: QAction) -> None:
        self.view.setColumnHidden(int(action.data()), not action.isChecked())

    def shown_keys(self) -> list[str]:
        """Return the keys of the visible columns, in the order on screen."""
        header = self.view.horizontalHeader()
        columns = [c for c in range(len(self.model.keys)) if not self.view.isColumnHidden(c)]
        return [self.model.keys[c] for c in sorted(columns, key=header.visualIndex)]

    def copy(self) -> None:
        """Put the selected rows, or all, on the clipboard."""
        copy_table(self.group_view if self._by.currentData() else self.view)

    def showEvent(self, event: QShowEvent) -> None:
        """Come to the front with the selected row in sight."""
        super().showEvent(event)
        if self._stale:
            self._workspace.turns.ask(PANEL, self._take_turn)
        else:
            self._show_selection()

    def keyPressEvent(self, event: Any) -> None:
        """Copy goes to a spreadsheet."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)

    def save_csv(self) -> None:
        """Ask for a file and write the rows into it."""
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as CSV"), "events.csv", self.tr("CSV (*.csv)")
        )
        if path:
            self.write_csv(path)

    def write_csv(self, path: str) -> None:
        """Write the shown rows and columns, with their sentences and links, whole or not at all."""
        case = self._workspace.case
        if case is None or self.model.listing is None:
            return
        quotes = Quotes(case, self._workspace.table)
        lines = csv_lines(
            self.model.listing, self.model.rows, self.shown_keys(), quotes.sentence, quotes.link
        )
        out = QSaveFile(path)
        text = "\ufeff" + "".join(lines)
        data = text.encode("utf-8")
        if not out.open(QSaveFile.OpenModeFlag.WriteOnly) or out.write(data) != len(data) or not out.commit():
            self._note.setText(self.tr("Not saved: {reason}").format(reason=out.errorString()))
            return
        self._note.setText(self.tr("Saved {n} rows").format(n=len(self.model.rows)))


def paths_of(record: object, key: str) -> tuple[str, ...]:
    """Return where in a record the values of a column lie: of participants, those in the column's roles."""
    if key not in ROLES:
        return PATHS.get(key, ())
    people = getattr(record, "participants", ())
    return tuple(f"participants[{n}]" for n, person in enumerate(people) if person.role in ROLES[key])
