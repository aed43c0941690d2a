"""Rows that come, go and move one by one: the half of the filter panel's model that Qt's rules are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.ui.facet_node import HEADING, Node

Index = QModelIndex | QPersistentModelIndex
#: What tells the rows under one parent apart: their kind and the key of their value.
Name = tuple[str, int]


class FacetRows(QAbstractItemModel):
    """One column of nodes; indexes carry the number of a node that this model holds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.roots: list[Node] = []
        self._nodes: dict[int, Node] = {}
        self._count = 0
        self.changing = False  # between the two halves of a change no other may begin, as by fetchMore

    def node(self, index: Index) -> Node | None:
        """Return what index stands for."""
        return self._nodes.get(index.internalId()) if index.isValid() else None

    def indexes(self) -> list[QModelIndex]:
        """Return every index that was made, depth first."""
        return [self.index_of(node) for root in self.roots for node in (root, *under(root))]

    def index_of(self, node: Node) -> QModelIndex:
        """Return the index of a node of this model."""
        return self.createIndex(node.row, 0, node.number)

    def arrange(self, branch: Node, wanted: list[Name], make: Callable[[Node, Name], Node]) -> None:
        """Take away, move and add rows until the branch has those wanted: what stays keeps what is opened below it."""
        keep = set(wanted)
        for last, first in _runs_from_the_end(
            [node.row for node in branch.children if node.name not in keep]
        ):
            self._take_away(branch, first, last)
        here = {node.name for node in branch.children}
        self._reorder(branch, [name for name in wanted if name in here])
        for row, name in enumerate(wanted):
            if name not in here:
                self.changing = True
                self.beginInsertRows(self.index_of(branch), row, row)
                branch.children.insert(row, self.adopt(make(branch, name), branch))
                _number(branch)
                self.endInsertRows()
                self.changing = False

    def adopt(self, node: Node, parent: Node | None) -> Node:
        """Give a new node its number, and return it."""
        self._count += 1
        node.number, node.parent = self._count, parent
        self._nodes[node.number] = node
        return node

    def holds(self, node: Node) -> bool:
        """Return True while a node is a row of this model."""
        return node.number in self._nodes

    def forget_all(self) -> None:
        """Let go of every node; inside a reset."""
        self._nodes.clear()
        self.roots = []

    def tell(self, branch: Node) -> None:
        """Say that the rows below may read otherwise."""
        if branch.children:
            self.dataChanged.emit(self.index_of(branch.children[0]), self.index_of(branch.children[-1]))
            for child in branch.children:
                self.tell(child)

    def _take_away(self, branch: Node, first: int, last: int) -> None:
        self.changing = True
        self.beginRemoveRows(self.index_of(branch), first, last)
        for gone in branch.children[first : last + 1]:
            for node in (gone, *under(gone)):
                del self._nodes[node.number]
        del branch.children[first : last + 1]
        _number(branch)
        self.endRemoveRows()
        self.changing = False

    def _reorder(self, branch: Node, order: list[Name]) -> None:
        nodes = list(branch.children)
        if [node.name for node in nodes] == order:
            return
        self.changing = True
        self.layoutAboutToBeChanged.emit()
        before = [self.index_of(node) for node in nodes]
        place = {name: row for row, name in enumerate(order)}
        branch.children.sort(key=lambda node: place[node.name])
        _number(branch)
        self.changePersistentIndexList(before, [self.index_of(node) for node in nodes])
        self.layoutChanged.emit()
        self.changing = False

    def _below(self, parent: Index) -> list[Node]:
        if not parent.isValid():
            return self.roots
        node = self.node(parent)
        return node.children if node is not None else []

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the child of parent at row."""
        below = self._below(parent)
        return self.index_of(below[row]) if not column and 0 <= row < len(below) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Return what index lies under."""
        node = self.node(index)
        return QModelIndex() if node is None or node.parent is None else self.index_of(node.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows were made under parent."""
        return len(self._below(parent))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return 1: label, bar and count are drawn in one column."""
        return 1 if self.rowCount(parent) or self.roots else 0

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Return True where rows lie under parent, made or not."""
        node = self.node(parent)
        return bool(self.roots) if node is None else node.branch

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row: values are chosen, headings only folded."""
        flag = Qt.ItemFlag
        node = self.node(index)
        if node is None:
            return flag.NoItemFlags
        return flag.ItemIsEnabled if node.kind == HEADING else flag.ItemIsEnabled | flag.ItemIsSelectable


def under(node: Node) -> Iterator[Node]:
    """Yield every node below, depth first."""
    for child in node.children:
        yield child
        yield from under(child)


def in_sight(node: Node) -> Iterator[Node]:
    """Yield every node below that no folded branch hides."""
    for child in node.children:
        yield child
        if child.opened:
            yield from in_sight(child)


def _number(branch: Node) -> None:
    for row, node in enumerate(branch.children):
        node.row = row


def _runs_from_the_end(rows: list[int]) -> list[tuple[int, int]]:
    """Return (last, first) of each unbroken run of ascending rows, the hindmost first."""
    runs = [
        [row for _, row in run] for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0])
    ]
    return [(run[-1], run[0]) for run in reversed(runs)]
