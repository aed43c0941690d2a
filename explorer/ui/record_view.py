"""The one look of all tables of records: whole rows, sortable, no grid, Tab leaves the table."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget


def record_view(
    model: QAbstractItemModel, name: str, parent: QWidget, *, sort: Qt.SortOrder, column: int
) -> QTableView:
    """Return a table view of model; name is what a screen reader calls it, sorted by column at first."""
    view = QTableView(parent)
    view.setModel(model)
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setAlternatingRowColors(True)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.verticalHeader().setVisible(False)
    header = view.horizontalHeader()
    header.setStretchLastSection(True)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    view.setTabKeyNavigation(False)
    view.setSortingEnabled(True)
    view.sortByColumn(column, sort)
    return view
