"""The actor panel: Graph, Matrix, Actors and Events over the same filter, each made when it is first looked at."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from explorer.paint.theme import Theme
from explorer.query.selection import Picked
from explorer.ui.actions import Actions
from explorer.ui.palette import theme_of
from explorer.ui.segments import Segments, menu_button
from explorer.ui.tab_order import chain, stops
from explorer.ui.text import plain_label
from explorer.words import isolated
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change

TABS = ("graph", "matrix", "actors", "events")
#: Where the view of each tab is found; imported when first shown.
VIEWS = {
    "graph": ("explorer.ui.graph_view", "GraphView"),
    "matrix": ("explorer.ui.matrix_view", "MatrixView"),
    "actors": ("explorer.ui.actor_table", "ActorTable"),
    "events": ("explorer.ui.event_table", "EventTable"),
}
ALL, UNPIN = 0, -1


class ActorPanel(QWidget):
    """The lower half of the middle. canvases: the views made so far, by tab."""

    def __init__(self, workspace: Workspace, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._actions = actions
        self._theme: Theme = theme_of(self)
        self.views: dict[str, Any] = {}
        self._menu_slot: Any = None
        self._focus_menu = QMenu(self)
        self._focus_menu.triggered.connect(self._on_focus_chosen)
        self._focus_menu.aboutToShow.connect(self._fill_focus_menu)
        self._focus = menu_button(self.tr("Whole graph ▾"), self._focus_menu, self, "flat")
        self._note = plain_label("", self, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 10)
        column.setSpacing(6)
        column.addLayout(self._head())
        card = QFrame(self)
        card.setObjectName("card")
        self._stack = QStackedLayout(card)
        self._stack.setContentsMargins(1, 1, 1, 1)
        column.addWidget(card, 1)
        workspace.changed.connect(self._on_changed)
        self.show_tab(workspace.state.tab)

    def offer_menu_to(self, slot: Any) -> None:
        """Let slot(position) answer context menus of the drawn views."""
        self._menu_slot = slot
        for view in self.views.values():
            self._wire(view)

    def show_tab(self, tab: str) -> None:
        """Bring a tab to the front; its view is made now if it never was."""
        if tab not in self.views:
            module, name = VIEWS[tab]
            self.views[tab] = getattr(import_module(module), name)(self._workspace, self)
            self._stack.addWidget(self.views[tab])
            self._wire(self.views[tab])
            if tab == "graph":
                self.views[tab].laid_out.connect(self._name_focus)
            self._dress(self.views[tab])
            chain([*stops(self._tabs), self._focus, *stops(self.views[tab])])
        self._stack.setCurrentWidget(self.views[tab])
        self._focus.setVisible(tab == "graph")

    def current(self) -> Any:
        """Return the view in front."""
        return self._stack.currentWidget()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of theme."""
        self._theme = theme
        for view in self.views.values():
            self._dress(view)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(plain_label(self.tr("Actors"), self, "heading"))
        row.addSpacing(8)
        self._tabs = Segments([self._actions[f"tab.{tab}"] for tab in TABS], self.tr("Actor panel"), self)
        row.addWidget(self._tabs)
        row.addStretch(1)
        row.addWidget(self._note)
        row.addWidget(self._focus)
        return row

    def _wire(self, view: Any) -> None:
        signal = getattr(view, "menu_wanted", None)
        if signal is not None and self._menu_slot is not None:
            signal.connect(self._menu_slot, Qt.ConnectionType.UniqueConnection)

    def _dress(self, view: Any) -> None:
        wear = getattr(view, "set_theme", None)
        if callable(wear):
            wear(self._theme)

    def _on_changed(self, change: Change) -> None:
        if change.of("tab"):
            self.show_tab(self._workspace.state.tab)
        if change.of("follow"):
            on = self._workspace.state.follow
            self._note.setText(self.tr("Counts the timeline's window only") if on else "")

    def _chosen_actor(self) -> str | None:
        selection = self._workspace.state.selection
        actors = [i for i in selection.ids if i.startswith("act-")] if isinstance(selection, Picked) else []
        return actors[0] if len(actors) == 1 else None

    def _fill_focus_menu(self) -> None:
        menu, actor, table = self._focus_menu, self._chosen_actor(), self._workspace.table
        menu.clear()
        menu.addAction(self.tr("Whole graph")).setData(ALL)
        name = table.actors.names[table.actor_of[actor]] if table is not None and actor is not None else ""
        for steps, words in ((1, self.tr("1 step")), (2, self.tr("2 steps")), (3, self.tr("3 steps"))):
            about = self.tr("Only {steps} around {name}").format(
                steps=words, name=name or self.tr("an actor (select one)")
            )
            action = menu.addAction(about)
            action.setData(steps)
            action.setEnabled(actor is not None)
        menu.addSeparator()
        menu.addAction(self.tr("Let pinned actors return")).setData(UNPIN)
        menu.addAction(self._actions["follow"])

    def _on_focus_chosen(self, action: QAction) -> None:
        graph, data = self.views.get("graph"), action.data()
        if graph is None or not isinstance(data, int):
            return
        if data == UNPIN:
            graph.unpin()
            return
        graph.look_around(self._chosen_actor() if data else None, data or 1)

    def _name_focus(self) -> None:
        """Say on the button what the graph shows, however it came to that."""
        table, graph = self._workspace.table, self.views["graph"]
        if table is None or graph.centre is None:
            words = self.tr("Whole graph")
        else:
            steps = self.tr("1 step") if graph.steps == 1 else self.tr("{n} steps").format(n=graph.steps)
            name = table.actors.names[table.actor_of[graph.centre]]
            words = self.tr("Only {steps} around {name}").format(steps=steps, name=isolated(name))
        self._focus.setText(words + " ▾")
        self._focus.setAccessibleName(words)
