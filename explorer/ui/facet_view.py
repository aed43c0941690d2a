"""The tree and the list of the filter panel: how a value is chosen by mouse and by keyboard, the same in both."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QTreeView, QWidget

from explorer.frozen import frozen
from explorer.paint.theme import Theme
from explorer.ui.facet_delegate import FacetDelegate
from explorer.ui.facet_node import HEADING, Node
from explorer.ui.facet_words import NODE_ROLE

#: What each key does to the value it is on.
KEYS: Mapping[Qt.Key, str] = {
    Qt.Key.Key_Space: "include",
    Qt.Key.Key_Minus: "exclude",
    Qt.Key.Key_Delete: "exclude",
    Qt.Key.Key_Return: "only",
    Qt.Key.Key_Enter: "only",
}
_PLAIN = (
    Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
)


@frozen(eq=False)
class Asked:
    """What was done to a row: include, exclude, only, or a menu at a place of the screen."""

    node: Node
    way: str
    where: QPoint | None = None


def node_of(index: QModelIndex) -> Node | None:
    """Return what a row stands for."""
    node = index.data(NODE_ROLE) if index.isValid() else None
    return node if isinstance(node, Node) else None


def asked_by_key(view: QAbstractItemView, event: QKeyEvent) -> Asked | None:
    """Return what a key asks of the current row."""
    node, way = node_of(view.currentIndex()), KEYS.get(Qt.Key(event.key()))
    return Asked(node, way) if node is not None and node.kind != HEADING and way is not None else None


def typed_by_key(event: QKeyEvent) -> str:
    """Return the letter or digit that a key types, "" for any other key: typing searches."""
    text = event.text()
    plain = not event.modifiers() & ~_PLAIN
    return text if plain and text.isprintable() and text.strip() and text != "-" else ""


def asked_by_click(view: QAbstractItemView, event: QMouseEvent) -> Asked | None:
    """Return what a click on a row asks; on the arrow before it nothing."""
    where = event.position().toPoint()
    index = view.indexAt(where)
    node = node_of(index)
    left = event.button() == Qt.MouseButton.LeftButton
    if node is None or not left or where.x() < view.visualRect(index).left():
        return None
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return Asked(node, "exclude" if alt else "include")


def asked_for_menu(view: QAbstractItemView, event: QContextMenuEvent) -> Asked | None:
    """Return the wish for the menu of a row: under the mouse, or by key beside the current one."""
    index, where = view.indexAt(event.pos()), event.globalPos()
    if event.reason() == QContextMenuEvent.Reason.Keyboard:
        index = view.currentIndex()
        where = view.viewport().mapToGlobal(view.visualRect(index).bottomLeft())
    node = node_of(index)
    return Asked(node, "menu", where) if node is not None and node.value else None


def _dress(view: QAbstractItemView, theme: Theme, lines: int) -> None:
    """Give a view the look that both have."""
    view.setMouseTracking(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setItemDelegate(FacetDelegate(theme, view, lines=lines))


class FacetView(QTreeView):
    """The tree of facets: Space includes, minus excludes, Enter keeps only this; Alt+click excludes."""

    asked = Signal(object)
    typed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _dress(self, theme, 1)
        self._twice = False
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(14)
        self.setUniformRowHeights(False)
        self.setExpandsOnDoubleClick(False)
        self.setAccessibleName(self.tr("Filters"))
        self.setAccessibleDescription(
            self.tr("Space includes a value, minus excludes it, Enter shows only it; typing searches")
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click includes, with Alt excludes; on a heading it folds."""
        super().mouseReleaseEvent(event)
        asked, self._twice = (None if self._twice else asked_by_click(self, event)), False
        if asked is None:
            return
        if asked.node.kind == HEADING:
            index = self.indexAt(event.position().toPoint())
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.asked.emit(asked)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click keeps only this value; its second release is no further click."""
        asked = asked_by_click(self, event)
        if asked is not None and asked.node.value:
            self._twice = True
            self.asked.emit(Asked(asked.node, "only"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by keyboard; Enter and Space fold a heading; typing searches."""
        asked, typed, node = asked_by_key(self, event), typed_by_key(event), node_of(self.currentIndex())
        if asked is not None:
            self.asked.emit(asked)
        elif node is not None and node.kind == HEADING and Qt.Key(event.key()) in KEYS:
            self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))
        elif typed:
            self.typed.emit(typed)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the same by menu."""
        asked = asked_for_menu(self, event)
        if asked is not None:
            self.asked.emit(asked)


class ValueList(QTableView):
    """All values of one facet, of which only the rows on the screen are made.

    A table of one column: a QListView would ask the model about every row before it shows the first.
    """

    asked = Signal(object)
    typed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _dress(self, theme, 1)
        self._twice = False
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().hide()
        self.setAccessibleDescription(
            self.tr("Space includes a value, minus excludes it, Enter shows only it; typing searches")
        )

    def set_lines(self, lines: int) -> None:
        """Give each row the height of so many lines."""
        delegate = self.itemDelegate()
        assert isinstance(delegate, FacetDelegate)
        delegate.lines = lines
        self.verticalHeader().setDefaultSectionSize(delegate.height(self.fontMetrics()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click includes, with Alt excludes."""
        super().mouseReleaseEvent(event)
        asked, self._twice = (None if self._twice else asked_by_click(self, event)), False
        if asked is not None:
            self.asked.emit(asked)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click keeps only this value; its second release is no further click."""
        asked = asked_by_click(self, event)
        if asked is not None:
            self._twice = True
            self.asked.emit(Asked(asked.node, "only"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by keyboard; typing searches."""
        asked, typed = asked_by_key(self, event), typed_by_key(event)
        if asked is not None:
            self.asked.emit(asked)
        elif typed:
            self.typed.emit(typed)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the same by menu."""
        asked = asked_for_menu(self, event)
        if asked is not None:
            self.asked.emit(asked)
