"""The left pane: every facet with live counts; each value can be included, excluded, or be the only one."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from explorer.paint.theme import Theme
from explorer.query.filters import Choice
from explorer.query.selection import Picked
from explorer.ui.facet_delegate import FacetDelegate
from explorer.ui.facet_list import FacetPage, SearchField
from explorer.ui.facet_model import FEW, FacetModel
from explorer.ui.facet_node import HEADING, MORE, Node
from explorer.ui.facet_switches import Switches
from explorer.ui.facet_tree import OPEN_SECTIONS
from explorer.ui.facet_view import Asked, FacetView
from explorer.ui.palette import theme_of
from explorer.ui.tab_order import chain, stops
from explorer.ui.text import plain_label
from explorer.ui.time_form import TimeForm
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change
from explorer.workspace.turns import FACETS

#: Cases of more records than this are painted before they are counted for the first time.
AT_ONCE = 20_000
#: The branches of a section of at most so many values are open from the start.
SMALL = 60
#: Facets whose values are records that can be one with another.
IDENTITY = ("actors", "places")
_CHANGES = {"include": Choice.including, "exclude": Choice.excluding, "only": Choice.only}


class FilterPanel(QWidget):
    """Projects the filter and its counts; every click is an intent to the workspace."""

    identity_wanted = Signal(object)  # the name of an action, for the actor or place that is selected now

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        theme = theme_of(self)
        self.model = FacetModel(self)
        self.pages = QStackedWidget(self)
        self.tree = FacetView(theme)
        self.tree.setModel(self.model)
        self.tree.expanded.connect(self._on_opened)
        self.tree.collapsed.connect(self._on_folded)
        self.page = FacetPage(theme)
        self.page.left.connect(self.show_tree)
        self.search = SearchField()
        self.search.setPlaceholderText(self.tr("Find an actor, a place, a value…"))
        self.search.setAccessibleName(self.tr("Find in the filters"))
        self.search.textChanged.connect(self._narrow_values)
        self.search.entered.connect(self._enter_tree)
        self.search.escaped.connect(self.tree.setFocus)
        self.tree.typed.connect(self._on_typed)
        self.nothing = plain_label("", None, "muted")
        self.nothing.setWordWrap(True)
        self.times = TimeForm(workspace, self)
        self.switches = Switches(workspace, theme, self)
        self.switches.wanted.connect(self._open_list)
        self._met: set[int] = set()  # numbers of the headings that were opened before
        self._offered: Node | None = None
        self._stale = False  # hidden while the counts changed
        for view in (self.tree, self.page.list):
            view.asked.connect(self._on_asked)
        self._lay_out()
        workspace.changed.connect(self._follow)
        self._take_case()

    def _lay_out(self) -> None:
        front = QWidget(self.pages)
        column = QVBoxLayout(front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.tree, 1)
        self.nothing.hide()
        self.pages.addWidget(front)
        self.pages.addWidget(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 4, 6)
        layout.setSpacing(6)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.times)

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
        self.page.set_theme(theme)
        self.switches.set_theme(theme)

    def _delegate(self) -> FacetDelegate:
        delegate = self.tree.itemDelegate()
        assert isinstance(delegate, FacetDelegate)
        return delegate

    def node(self, index: QModelIndex | QPersistentModelIndex) -> Node:
        """Return what a row stands for."""
        node = self.model.node(index)
        assert node is not None
        return node

    def choose(self, node: Node, way: str) -> None:
        """Include or exclude a value, take it out again where it already is, or keep only this one."""
        condition = self._workspace.state.filter
        choice = _CHANGES[way](condition.choice(node.facet), node.value)
        self._workspace.narrow(condition.with_choice(node.facet, choice))

    def _on_asked(self, asked: object) -> None:
        assert isinstance(asked, Asked)
        if asked.node.kind == MORE:
            self._open_list(asked.node)
        elif asked.way == "menu":
            self._offer(asked)
        else:
            self.choose(asked.node, asked.way)

    def _offer(self, asked: Asked) -> None:
        """Show the menu of a value."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offered = asked.node
        for text, what in (
            (self.tr("Include"), "include"),
            (self.tr("Exclude"), "exclude"),
            (self.tr("Only this"), "only"),
        ):
            menu.addAction(text).setData(what)
        if asked.node.facet in IDENTITY and asked.node.value in self._known(asked.node.facet):
            menu.addSeparator()
            for text, what in (
                (self.tr("Merge with…"), "merge"),
                (self.tr("Rename…"), "rename"),
                (self.tr("Other names…"), "other_names"),
                (self.tr("Part again…"), "part"),
                (self.tr("Remove…"), "remove"),
            ):
                menu.addAction(text).setData(what)
        menu.triggered.connect(self._offered_chosen)
        if asked.where is not None:
            menu.popup(asked.where)

    def _offered_chosen(self, action: QAction) -> None:
        if self._offered is None:
            return
        if action.data() in _CHANGES:
            self.choose(self._offered, action.data())
        else:
            self._workspace.select(Picked(frozenset({self._offered.value})), focus=self._offered.value)
            self.identity_wanted.emit(action.data())

    def _known(self, facet: str) -> Container[str]:
        """Return the records of a facet that can be one with another."""
        table = self._workspace.table
        if table is None:
            return ()
        return table.actor_of if facet == "actors" else table.location_of

    # -- all values of one facet -----------------------------------------------------------------------------

    def _open_list(self, asked: object) -> None:
        """Put the list of a section, or of what lies below a value, in place of the tree."""
        shown = self._workspace.shown
        if not isinstance(asked, Node) or shown is None:
            return
        above = asked.parent if asked.kind == MORE else None
        below = -1 if above is None or above.kind == HEADING else above.key
        self.page.open_section(asked.section, shown, below, self.search.text() if below < 0 else "")
        self.pages.setCurrentWidget(self.page)
        self.page.search.setFocus()

    def show_tree(self) -> None:
        """Return from a list to the tree."""
        self.page.close_section()
        self.pages.setCurrentIndex(0)
        self.tree.setFocus()

    # -- what the workspace tells ----------------------------------------------------------------------------

    def _follow(self, change: Change) -> None:
        if change.of("case") and self._workspace.large:
            if change.reopened:
                self.model.take_table(None)  # never the values of another case
            self._workspace.turns.ask(FACETS, self._take_case)
        elif change.of("case"):
            self._take_case()
        elif change.of("filter"):
            self.model.take_choices(self._workspace.state.filter)
            self.page.take_choices(self._workspace.state.filter)
            self.switches.follow(self._workspace.state.filter)
            self._count_soon()

    def _count_soon(self) -> None:
        """Count once the timeline is painted: several clicks are counted once."""
        self._workspace.turns.ask(FACETS, self._take_turn)

    def _take_turn(self) -> None:
        if self.isVisible() or not self._workspace.large:
            self.count_now()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Count what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._count_soon()

    def _take_case(self) -> None:
        table = self._workspace.table
        self.switches.clear()
        self._met.clear()
        self.page.close_section()
        self.pages.setCurrentIndex(0)
        self.model.take_table(table)
        for index in self.model.headings():
            node = self.node(index)
            holder = self.switches.beside(node, self.tree, many=len(node.section) > FEW)
            if holder is not None:
                self.tree.setIndexWidget(index, holder)
            if node.facet in OPEN_SECTIONS:
                self._open(index)
        self.chain_tabs()
        self.switches.follow(self._workspace.state.filter)
        if table is None or len(table) <= AT_ONCE:
            self.count_now()
        else:
            self._count_soon()
        self._narrow_values(self.search.text())

    def _open(self, index: QModelIndex) -> None:
        """Open a section or a branch."""
        if self.model.canFetchMore(index):
            self.model.fetchMore(index)
        self.tree.setExpanded(index, True)

    def _open_below(self, index: QModelIndex) -> None:
        """Open the branches of a section: all of a few values, of many the one that all others lie below."""
        for row in range(self.model.rowCount(index)):
            below = self.model.index(row, 0, index)
            section = self.node(below).section
            if self.model.hasChildren(below) and (len(section) <= SMALL or len(section.tops) == 1):
                self._open(below)
                if len(section) <= SMALL:
                    self._open_below(below)

    def chain_tabs(self) -> None:
        """Let Tab go through the panel as the eye does."""
        front = [self.search, self.tree, *self.tree.findChildren(QToolButton)]
        chain([*front, *stops(self.page), *stops(self.times)])

    def count_now(self) -> None:
        """Show the counts of the filter: a frame after it changed, when the views are painted."""
        self._workspace.turns.drop(self._take_turn)
        self._stale = False
        shown = self._workspace.shown
        if shown is None:
            return
        self.model.take_shown(shown)
        self.page.take_shown(shown)
        self._delegate().make_room_for(self.model.largest, self.tree.fontMetrics())
        self.tree.viewport().update()

    # -- the tree --------------------------------------------------------------------------------------------

    def _on_opened(self, index: QModelIndex) -> None:
        self.model.set_opened(index, opened=True)
        node = self.node(index)
        if node.kind == HEADING and node.number not in self._met and not self.model.words:
            self._met.add(node.number)
            self._open_below(index)

    def _on_folded(self, index: QModelIndex) -> None:
        self.model.set_opened(index, opened=False)

    def _on_typed(self, text: object) -> None:
        self.search.take(str(text))

    def _enter_tree(self) -> None:
        """Go from the search to the first value it found."""
        self.tree.setFocus()
        for index in self.model.indexes():
            if self.node(index).value and not self.tree.isRowHidden(index.parent().row(), QModelIndex()):
                self.tree.setCurrentIndex(index)
                return

    def _narrow_values(self, words: str) -> None:
        """Show only the values whose label, or other names, hold the words; none: all as it was."""
        self.model.search(words)
        searching = bool(self.model.words)
        found = False
        for index in self.model.headings():
            node = self.node(index)
            found |= bool(node.children)
            self.tree.setRowHidden(index.row(), QModelIndex(), searching and not node.children)
            self.tree.setExpanded(index, searching or node.opened)
        if not searching:
            self._unfold()
        self.nothing.setText(self.tr("No value is called “{words}”.").format(words=words.strip()))
        self.nothing.setVisible(searching and not found)

    def _unfold(self) -> None:
        """Open again in the tree what was open before a search."""
        ahead = self.model.headings()
        while ahead:
            index = ahead.pop()
            if not self.node(index).opened:
                continue
            if self.model.canFetchMore(index):
                self.model.fetchMore(index)
            self.tree.setExpanded(index, True)
            ahead += [self.model.index(row, 0, index) for row in range(self.model.rowCount(index))]
