"""The Actors table: the graph's twin in numbers, one row an actor."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from explorer.query.cast import Cast, cast
from explorer.query.resolve import actor_ids
from explorer.query.selection import Picked
from explorer.ui.clipboard import copy_table
from explorer.ui.record_view import record_view
from explorer.ui.text import plain_label
from explorer.words import NOT_STATED, ROLE_WORDS, isolated, tr
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change
from explorer.workspace.turns import PANEL

Index = QModelIndex | QPersistentModelIndex
#: heading, and the role that is counted ("" = any)
COUNTS = (
    ("Records (itself)", ""),
    *((ROLE_WORDS[role], role) for role in ("actor", "party", "recipient", "beneficiary", "affected")),
)
TEXTS = ("Actor", "Camp (coder's)", "Kind (coder's)")


class ActorModel(QAbstractTableModel):
    """Rows of the actors in an order of its own; numbers come from numpy, strings only for rows in view."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._cast: Cast | None = None
        self._order: NDArray[np.intp] = np.zeros(0, np.intp)
        self._sorted = (len(TEXTS), Qt.SortOrder.DescendingOrder)
        self._sought: list[str] = []
        self._bold = QFont()
        self._bold.setBold(True)
        self.marked: frozenset[str] = frozenset()  # the actors that the selection has to do with

    def refresh(self) -> None:
        """Count again."""
        self.beginResetModel()
        table, shown = self._workspace.table, self._workspace.shown
        if table is None or shown is None:
            self._cast, self._order = None, np.zeros(0, np.intp)
        else:
            self._cast = cast(table, self._workspace.counted, text_only=self._workspace.text_only)
            self._order = self._sort_order()
        self.endResetModel()

    def forget(self) -> None:
        """List nobody: who was listed is of another case."""
        self.beginResetModel()
        self._cast, self._order = None, np.zeros(0, np.intp)
        self.endResetModel()

    def actor_id(self, row: int) -> str:
        """Return the id of the actor in a row."""
        assert self._workspace.table is not None
        return self._workspace.table.actors.ids[int(self._order[row])]

    def row_of(self, actor_id: str) -> int:
        """Return the row of an actor, -1 where there is none."""
        table = self._workspace.table
        if table is None or actor_id not in table.actor_of:
            return -1
        found = np.flatnonzero(self._order == table.actor_of[actor_id])
        return int(found[0]) if len(found) else -1

    def find(self, text: str) -> None:
        """Show only the actors whose name or another name holds these words, in whatever order."""
        self._sought = text.casefold().split()
        if self._cast is not None:
            self.beginResetModel()
            self._order = self._sort_order()
            self.endResetModel()

    def of_all(self) -> tuple[int, int]:
        """Return how many actors are listed, and how many there are."""
        return len(self._order), len(self._cast.events) if self._cast is not None else 0

    def _sort_order(self) -> NDArray[np.intp]:
        column, order = self._sorted
        keys = self._ranks(column) if column < len(TEXTS) else self._numbers(column)
        found = np.argsort(-keys if order == Qt.SortOrder.DescendingOrder else keys, kind="stable")
        return found[self._matching()[found]] if self._sought else found

    def _ranks(self, column: int) -> NDArray[np.intp]:
        """Return the place of each actor by the text of a column; worked out once for a table."""
        assert self._workspace.table is not None
        kept, count = self._workspace.table.derived, len(self._workspace.table.actors.ids)
        key = f"actor ranks {column}"
        if key not in kept:
            texts = [self._text(actor, column).casefold() for actor in range(count)]
            number = {text: at for at, text in enumerate(sorted(set(texts)))}
            kept[key] = np.array([number[text] for text in texts], np.intp)
        ranks: NDArray[np.intp] = kept[key]
        return ranks

    def _matching(self) -> NDArray[np.bool_]:
        assert self._workspace.table is not None
        table = self._workspace.table
        if "actor words" not in table.derived:
            both = zip(table.actors.names, table.actors.aliases, strict=True)
            table.derived["actor words"] = ["\n".join((name, *others)).casefold() for name, others in both]
        words = table.derived["actor words"]
        return np.array([all(part in text for part in self._sought) for text in words], np.bool_)

    def _numbers(self, column: int) -> NDArray[np.int32]:
        assert self._cast is not None
        if column == len(TEXTS) + len(COUNTS):
            return self._cast.ties
        role = COUNTS[column - len(TEXTS)][1]
        return self._cast.role(role) if role else self._cast.events

    def _text(self, actor: int, column: int) -> str:
        assert self._workspace.table is not None
        actors = self._workspace.table.actors
        if column == 0:
            return isolated(actors.names[actor])
        if column == 1:
            return isolated(actors.sides[actor]) if actors.sides[actor] else tr(NOT_STATED)
        return actors.kinds[actor].replace("_", " ")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many actors there are."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return texts, counts and ties."""
        return 0 if parent.isValid() else len(TEXTS) + len(COUNTS) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("Each actor by itself; the filter counts an actor together with its parts")
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        headings = [*TEXTS, *(heading for heading, _ in COUNTS), "Stated ties"]
        return tr(headings[section])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for text, weight and alignment; other roles at once with nothing."""
        if role == Qt.ItemDataRole.DisplayRole:
            actor = int(self._order[index.row()])
            if index.column() < len(TEXTS):
                return self._text(actor, index.column())
            return f"{int(self._numbers(index.column())[actor]):,}"
        if role == Qt.ItemDataRole.FontRole and self.actor_id(index.row()) in self.marked:
            return self._bold
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= len(TEXTS):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self._sorted = (column, order)
        if self._cast is not None:
            self.beginResetModel()
            self._order = self._sort_order()
            self.endResetModel()


class ActorTable(QWidget):
    """Shows the model; a selected row is a selected actor in every view.

    menu_wanted(place on the screen): what can be done with the selected actors was asked for.
    """

    menu_wanted = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._projecting = False
        self._stale = False  # a large case whose actors are still to be counted
        self.model = ActorModel(workspace, self)
        self.view = record_view(
            self.model, self.tr("Actors"), self, sort=Qt.SortOrder.DescendingOrder, column=len(TEXTS)
        )
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find an actor…"))
        self.search.setAccessibleName(self.tr("Find an actor in this table"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(240)
        self.count = plain_label("", self, "muted")
        above = QHBoxLayout()
        above.setContentsMargins(8, 6, 8, 0)
        above.addWidget(self.search)
        above.addWidget(self.count)
        above.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(above)
        layout.addWidget(self.view)
        self.search.textChanged.connect(self.model.find)
        self.search.returnPressed.connect(self.view.setFocus)
        self.model.modelReset.connect(self._say_count)
        self.view.selectionModel().selectionChanged.connect(self._select)
        self.model.modelReset.connect(self._show_selection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._want_menu)
        workspace.changed.connect(self._follow)
        self._refresh()

    def _want_menu(self, where: QPoint) -> None:
        self.menu_wanted.emit(self.view.viewport().mapToGlobal(where))

    def _say_count(self) -> None:
        listed, every = self.model.of_all()
        words = self.tr("{n} of {total} actors") if listed < every else self.tr("{n} actors")
        self.count.setText(words.format(n=f"{listed:,}", total=f"{every:,}"))

    def shown_ids(self) -> frozenset[str]:
        """Return the ids of the events that are counted."""
        table, rows = self._workspace.table, np.flatnonzero(self._workspace.counted)
        return frozenset(str(table.ids[row]) for row in rows.tolist()) if table is not None else frozenset()

    def selected_ids(self) -> frozenset[str]:
        """Return the ids of the selected events."""
        return self._workspace.selected_ids()

    def keyPressEvent(self, event: Any) -> None:
        """Copy goes to a spreadsheet."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_table(self.view)
            return
        super().keyPressEvent(event)

    def _follow(self, change: Change) -> None:
        moved = self._workspace.state.follow and change.of("window", "axis")
        if moved or change.of("case", "filter", "follow"):
            if change.of("case") and self._workspace.large:
                self.model.forget()
            self._refresh_soon()
        elif change.of("selection") and not self._stale:
            self._show_selection()

    def _refresh_soon(self) -> None:
        """Count anew: of a large case in this table's turn, and only where somebody sees it."""
        self._stale = self._workspace.large
        if not self._stale:
            self._refresh()
        elif self.isVisible():
            self._workspace.turns.ask(PANEL, self._take_turn)

    def _take_turn(self) -> None:
        if self._stale and self.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Count what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._workspace.turns.ask(PANEL, self._take_turn)

    def _refresh(self) -> None:
        self._stale = False
        self.model.refresh()
        for column, width in enumerate((230, 150, 130, 80, 80, 90, 80, 80, 90)):
            self.view.setColumnWidth(column, width)

    def _show_selection(self) -> None:
        table = self._workspace.table
        if table is None:
            return
        picked = self._workspace.state.selection
        chosen = actor_ids(picked, table) if isinstance(picked, Picked) else frozenset()
        named = picked.ids & chosen if isinstance(picked, Picked) else frozenset()
        acting = cast(table, self._workspace.selected, text_only=self._workspace.text_only).events
        self.model.marked = chosen.union(table.actors.ids[row] for row in np.flatnonzero(acting).tolist())
        self.view.viewport().update()
        self._projecting = True
        selection = QItemSelection()
        for actor_id in named:
            row = self.model.row_of(actor_id)
            if row >= 0:
                index = self.model.index(row, 0)
                selection.select(index, self.model.index(row, self.model.columnCount() - 1))
        model = self.view.selectionModel()
        model.select(selection, model.SelectionFlag.ClearAndSelect)
        self._projecting = False

    def _select(self) -> None:
        if self._projecting:
            return
        rows = self.view.selectionModel().selectedRows()
        ids = frozenset(self.model.actor_id(index.row()) for index in rows)
        if ids:
            self._workspace.select(Picked(ids))
