"""The left pane: every facet with live counts; each value can be included, excluded, or be the only one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup, QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from explorer.paint.theme import Theme
from explorer.query.filters import Choice
from explorer.ui.facet_delegate import FacetDelegate
from explorer.ui.facet_model import FacetModel
from explorer.ui.facet_tree import OPEN_SECTIONS, Node
from explorer.ui.palette import theme_of
from explorer.ui.tab_order import chain, stops
from explorer.ui.time_form import TimeForm
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change


class FacetView(QTreeView):
    """The tree of facets: Space includes, minus excludes, Enter keeps only this; Alt+click excludes."""

    def __init__(self, panel: FilterPanel, theme: Theme) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(14)
        self.setMouseTracking(True)
        self.setUniformRowHeights(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Filters"))
        self.setAccessibleDescription(
            self.tr("Space includes a value, minus excludes it, Enter shows only it")
        )
        self.setItemDelegate(FacetDelegate(theme, self))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click includes, with Alt excludes; on a heading it folds."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if self._panel.node(index).value:
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._panel.exclude(index) if alt else self._panel.include(index)
        else:
            self.setExpanded(index, not self.isExpanded(index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click keeps only this value."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._panel.node(index).value:
            self._panel.only(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by keyboard."""
        index, key = self.currentIndex(), event.key()
        if index.isValid() and self._panel.node(index).value:
            act = {
                Qt.Key.Key_Space: self._panel.include,
                Qt.Key.Key_Minus: self._panel.exclude,
                Qt.Key.Key_Delete: self._panel.exclude,
                Qt.Key.Key_Return: self._panel.only,
                Qt.Key.Key_Enter: self._panel.only,
            }.get(Qt.Key(key))
            if act is not None:
                act(index)
                return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the same by menu."""
        index = self.indexAt(event.pos())
        if index.isValid() and self._panel.node(index).value:
            self._panel.offer(index, event.globalPos())


class FilterPanel(QWidget):
    """Projects the filter and its counts; every click is an intent to the workspace."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.model = FacetModel(self)
        self.tree = FacetView(self, theme_of(self))
        self.tree.setModel(self.model)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find an actor, a place, a value…"))
        self.search.setAccessibleName(self.tr("Find in the filters"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow_values)
        self.times = TimeForm(workspace, self)
        self._switches: list[QAction] = []
        self._offered: Node | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 4, 6)
        layout.setSpacing(6)
        for widget in (self.search, self.tree, self.times):
            layout.addWidget(widget, 1 if widget is self.tree else 0)
        workspace.changed.connect(self._follow)
        self._take_case()

    def shown_ids(self) -> frozenset[str]:
        """Return the ids of the events that the filter shows."""
        return self._workspace.shown_ids()

    def selected_ids(self) -> frozenset[str]:
        """Return the ids of the selected events."""
        return self._workspace.selected_ids()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of theme."""
        self._delegate().theme = theme
        self.tree.viewport().update()

    def _delegate(self) -> FacetDelegate:
        delegate = self.tree.itemDelegate()
        assert isinstance(delegate, FacetDelegate)
        return delegate

    def node(self, index: QModelIndex | QPersistentModelIndex) -> Node:
        """Return what a row stands for."""
        node = self.model.node(index)
        assert node is not None
        return node

    def include(self, index: QModelIndex) -> None:
        """Include a value, or take it out again."""
        self._choose(self.node(index), Choice.including)

    def exclude(self, index: QModelIndex) -> None:
        """Exclude a value, or let it in again."""
        self._choose(self.node(index), Choice.excluding)

    def only(self, index: QModelIndex) -> None:
        """Keep only this value of its facet."""
        self._choose(self.node(index), Choice.only)

    def _choose(self, node: Node, change: Callable[[Choice, str], Choice]) -> None:
        condition = self._workspace.state.filter
        choice = change(condition.choice(node.facet), node.value)
        self._workspace.narrow(condition.with_choice(node.facet, choice))

    def offer(self, index: QModelIndex, where: QPoint) -> None:
        """Show the menu of a value."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offered = self.node(index)
        for text, what in (
            (self.tr("Include"), "include"),
            (self.tr("Exclude"), "exclude"),
            (self.tr("Only this"), "only"),
        ):
            menu.addAction(text).setData(what)
        menu.triggered.connect(self._offered_chosen)
        menu.popup(where)

    def _offered_chosen(self, action: QAction) -> None:
        change = {"include": Choice.including, "exclude": Choice.excluding, "only": Choice.only}[
            action.data()
        ]
        if self._offered is not None:
            self._choose(self._offered, change)

    def _follow(self, change: Change) -> None:
        if change.of("case"):
            self._take_case()
        elif change.of("filter"):
            self._take_shown()

    def _take_case(self) -> None:
        self._switches.clear()  # they go with the headings of the case before
        self.model.take_table(self._workspace.table)
        self.tree.expandAll()
        for index in self.model.sections():
            self.tree.setExpanded(index, self.node(index).facet in OPEN_SECTIONS)
            self._add_switches(index)
        chain([self.search, self.tree, *self.tree.findChildren(QToolButton), *stops(self.times)])
        self._take_shown()
        self._narrow_values(self.search.text())

    def _take_shown(self) -> None:
        shown = self._workspace.shown
        if shown is None:
            return
        self.model.take_shown(shown)
        self._delegate().make_room_for(self.model.largest, self.tree.fontMetrics())
        for action in self._switches:
            field, value = action.data()
            action.setChecked(_setting(self._workspace.state.filter, field) == value)
        self.tree.viewport().update()

    def _add_switches(self, index: QModelIndex) -> None:
        """Put the role and any/all menu beside the headings of actors and places."""
        facet = self.node(index).facet
        groups = _SWITCHES.get(facet)
        if groups is None:
            return
        holder = QWidget(self.tree)
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 6, 6, 0)
        layout.addStretch(1)
        button = QToolButton(holder)
        button.setText("⋯")
        button.setObjectName("flat")
        name = self.tr("How actors are matched") if facet == "actors" else self.tr("How places are matched")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self._switch_menu(button, groups))
        layout.addWidget(button)
        self.tree.setIndexWidget(index, holder)

    def _switch_menu(
        self, parent: QWidget, groups: tuple[tuple[str, tuple[tuple[object, str], ...]], ...]
    ) -> QMenu:
        menu = QMenu(parent)
        for field, values in groups:
            group = QActionGroup(menu)
            for value, text in values:
                action = menu.addAction(self.tr(text))
                action.setCheckable(True)
                action.setData((field, value))
                group.addAction(action)
                self._switches.append(action)
            menu.addSeparator()
        menu.triggered.connect(self._switch)
        return menu

    def _switch(self, action: QAction) -> None:
        field, value = action.data()
        condition = self._workspace.state.filter
        if "." in field:
            facet = field.partition(".")[0]
            choice = condition.choice(facet).changed({"match": value})
            self._workspace.narrow(condition.with_choice(facet, choice))
        else:
            self._workspace.narrow(condition.changed({field: value}))

    def _narrow_values(self, words: str) -> None:
        """Hide the values whose label, or other names, do not hold the words; their parents stay."""
        wanted = words.casefold().strip()
        for index in reversed(self.model.indexes()):
            node = self.node(index)
            fits = wanted in f"{node.label} {node.term}".casefold()
            below = any(not self.tree.isRowHidden(child.row, index) for child in node.children)
            hidden = bool(wanted) and not below and not (fits and bool(node.value))
            self.tree.setRowHidden(index.row(), index.parent(), hidden)
            if wanted and below:
                self.tree.setExpanded(index, True)


def _setting(condition: object, field: str) -> object:
    """Return a field of the filter, a dotted one of its choice."""
    for name in field.split("."):
        condition = getattr(condition, name)
    return condition


_MATCH = (("any", "Any of the chosen"), ("all", "All of the chosen together"))
_SWITCHES: dict[str, tuple[tuple[str, tuple[tuple[object, str], ...]], ...]] = {
    "actors": (
        ("actors.match", _MATCH),
        (
            "actor_role",
            (
                ("any", "In any role"),
                ("actor", "Did it or took part"),
                ("recipient", "Target, for, or suffered it"),
            ),
        ),
    ),
    "places": (
        ("places.match", _MATCH),
        (
            "place_role",
            (
                ("any", "In any way"),
                ("at", "Happened in"),
                ("from", "Came from"),
                ("via", "Came through"),
                ("to", "Went to"),
            ),
        ),
        ("possible_places", ((False, "Certainly there"), (True, "Possibly there, too"))),
    ),
}
