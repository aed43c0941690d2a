"""The records of a cluster that no zoom takes apart, as a list to choose from: the gravest first."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QModelIndex, QPoint, QStringListModel, Qt
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from explorer.casefile.columns import EventTable, Ints
from explorer.layout.tooltips import number_suffix
from explorer.layout.toplabels import rank_of
from explorer.query.selection import Picked
from explorer.ui.text import plain_label
from explorer.words import isolated
from explorer.workspace.hub import Workspace

#: So many are listed; the Events table has them all.
MOST = 200
_WIDTH, _TALLEST = 420, 320


class ClusterList(QFrame):
    """A list that drops down at the cluster; a click or Enter selects one record, Escape closes."""

    def __init__(self, workspace: Workspace, rows: Ints, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("card")
        self._workspace = workspace
        table, text_only = workspace.table, workspace.text_only
        assert table is not None
        rank = rank_of(table, text_only=text_only)
        self._rows = rows[np.argsort(rank[rows], kind="stable")][:MOST]
        self._ids = table.ids_of(self._rows)
        head = self.tr("{n} records of one date").format(n=f"{len(rows):,}")
        if len(rows) > MOST:
            head = self.tr("{n} records of one date; the gravest {m} (all are in Events)").format(
                n=f"{len(rows):,}", m=MOST
            )
        self.list = QListView(self)
        self.list.setAccessibleName(head)
        self.list.setModel(QStringListModel(self._lines(table, text_only), self))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.clicked.connect(self._take)
        self.list.activated.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(plain_label(head, self, "muted"))
        column.addWidget(self.list)
        tall = self.list.sizeHintForRow(0) * len(self._ids) + 56
        self.resize(_WIDTH, max(min(tall, _TALLEST), 96))

    def drop(self, at: QPoint) -> None:
        """Show the list at a point of the screen, inside of it."""
        screen = self.screen().availableGeometry()
        x = min(max(at.x(), screen.left()), screen.right() - self.width())
        y = min(max(at.y(), screen.top()), screen.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)
        self.list.setCurrentIndex(self.list.model().index(0, 0))

    def _lines(self, table: EventTable, text_only: bool) -> list[str]:
        titles = table.titles(self._rows.tolist())
        return [
            isolated(title) + number_suffix(table, row, text_only=text_only)
            for title, row in zip(titles, self._rows.tolist(), strict=True)
        ]

    def _take(self, index: QModelIndex) -> None:
        self._workspace.select(Picked(frozenset({self._ids[index.row()]})))
        self.close()
