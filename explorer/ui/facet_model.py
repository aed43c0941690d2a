"""The Qt model over the facet tree: labels, live counts, and what is included or excluded."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.casefile.columns import EventTable
from explorer.query.filters import Filter
from explorer.query.masks import Shown
from explorer.ui.facet_tree import Node, facet_tree

Index = QModelIndex | QPersistentModelIndex
NODE_ROLE = Qt.ItemDataRole.UserRole
SHARE_ROLE = Qt.ItemDataRole.UserRole + 1


class FacetModel(QAbstractItemModel):
    """One column; indexes carry integers into a list of nodes that this model owns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node("", "", "")
        self._nodes: list[Node] = []
        self._place: dict[int, int] = {}
        self._filter = Filter()
        self.largest = 1

    def take_table(self, table: EventTable | None) -> None:
        """Show the facets of another case."""
        self.beginResetModel()
        self._root = facet_tree(table) if table is not None else Node("", "", "")
        self._nodes = list(self._root.walk())
        self._place = {id(node): number for number, node in enumerate(self._nodes)}
        self.endResetModel()

    def take_shown(self, shown: Shown) -> None:
        """Show the counts and the choices of a filter."""
        self._filter = shown.filter
        known: dict[str, dict[str, int]] = {}
        for node in self._nodes:
            if node.facet not in known:
                counts = shown.facets[node.facet]
                known[node.facet] = dict(zip(counts.values, counts.counts.tolist(), strict=True))
            node.count = int(known[node.facet].get(node.value, 0)) if node.value else 0
        self.largest = max((node.count for node in self._nodes), default=1) or 1
        for section in self._root.children:
            self._tell(section)

    def _tell(self, node: Node) -> None:
        if node.children:
            first, last = self._index(node.children[0]), self._index(node.children[-1])
            self.dataChanged.emit(first, last)
            for child in node.children:
                self._tell(child)

    def sections(self) -> list[QModelIndex]:
        """Return the index of each section."""
        return [self._index(section) for section in self._root.children]

    def node(self, index: Index) -> Node | None:
        """Return what index stands for."""
        return self._nodes[index.internalId()] if index.isValid() else None

    def indexes(self) -> list[QModelIndex]:
        """Return every index, depth first."""
        return [self._index(node) for node in self._nodes]

    def _index(self, node: Node) -> QModelIndex:
        return self.createIndex(node.row, 0, self._place[id(node)])

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the child of parent at row."""
        above = self.node(parent) or self._root
        if column or not 0 <= row < len(above.children):
            return QModelIndex()
        return self._index(above.children[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Return what index lies under."""
        node = self.node(index)
        if node is None or node.parent is None or node.parent is self._root:
            return QModelIndex()
        return self._index(node.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many values lie under parent."""
        return len((self.node(parent) or self._root).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return 1: label, bar and count are drawn in one column."""
        return 1 if self.rowCount(parent) or self._root.children else 0

    def choice_of(self, node: Node) -> str:
        """Return include, exclude, or "" for a value that the filter does not name."""
        choice = self._filter.choice(node.facet)
        if node.value in choice.include:
            return "include"
        return "exclude" if node.value in choice.exclude else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for the label, the check box, the tooltip and the screen reader."""
        node = self.node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return node.label
        if role == NODE_ROLE:
            return node
        if role == SHARE_ROLE:
            return node.count / self.largest
        if role == Qt.ItemDataRole.CheckStateRole and node.value:
            state = Qt.CheckState
            return {"include": state.Checked, "exclude": state.PartiallyChecked}.get(
                self.choice_of(node), state.Unchecked
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(node)
        if role == Qt.ItemDataRole.ToolTipRole and node.value:
            return self._tip(node)
        return None

    def _spoken(self, node: Node) -> str:
        if not node.value:
            return node.label
        said = {"include": self.tr("included"), "exclude": self.tr("excluded")}.get(self.choice_of(node), "")
        return ", ".join(
            part for part in (node.label, self.tr("{n} records").format(n=node.count), said) if part
        )

    def _tip(self, node: Node) -> str:
        term = f"{node.label} – {node.term}" if node.term and node.term != node.label else node.label
        use = self.tr("Click: include · Alt+click: exclude · double click: only this")
        return f"{term}\n{use}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row: values are chosen, sections only folded."""
        flag = Qt.ItemFlag
        node = self.node(index)
        if node is None:
            return flag.NoItemFlags
        return flag.ItemIsEnabled | flag.ItemIsSelectable if node.value else flag.ItemIsEnabled
