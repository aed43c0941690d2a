"""The actor graph as a view: stable places, drag to pin, hover shows the neighbourhood, focus on one actor."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from explorer.layout.graph import GraphRequest, layout_graph, place_actors
from explorer.layout.hits import bounds
from explorer.layout.scene import Group, Scene, Shape
from explorer.query.edges import neighbours
from explorer.query.selection import Picked
from explorer.ui.actor_canvas import ActorCanvas
from explorer.workspace.hub import Workspace
from explorer.workspace.jobs import Landed, Ticket
from explorer.workspace.state import Change

Places = dict[str, tuple[float, float]]
#: Above so many actors their places are worked out off the GUI thread.
MANY_ACTORS = 150
KEY = "places"


class GraphView(ActorCanvas):
    """Shows who is tied to whom."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.centre: str | None = None
        self.steps = 1
        self.pinned: Places = {}
        self._places: Places | None = None
        self._bright: frozenset[str] | None = None
        self._dragged: str | None = None
        self.setAccessibleName(self.tr("Actor graph"))
        self.setAccessibleDescription(self.tr("Arrows go from actor to actor, Enter selects"))
        workspace.jobs.landed.connect(self._on_landed)

    def make_scene(self, width: float, height: float) -> Scene | None:
        """Lay out who is tied to whom in what is counted."""
        table = self.workspace.table
        places = self._find_places()
        if table is None or places is None:
            return None
        request = GraphRequest(
            table, self.workspace.counted, self.ties(), places, width, height, self.workspace.text_only,
            opened=self.opened, pinned=self.pinned, centre=self.centre, steps=self.steps, bright=self._bright,
        )  # fmt: skip
        return layout_graph(request, self.measure)

    def look_around(self, actor: str | None, steps: int = 1) -> None:
        """Show only what is within steps of an actor; None shows all again."""
        self.centre, self.steps = actor, steps
        self.relayout()

    def unpin(self) -> None:
        """Let every actor return to its place."""
        self.pinned = {}
        self.relayout()

    def start_drag(self, at: QPointF) -> None:
        """Take the actor under the pointer."""
        super().start_drag(at)
        group = self.group_at(at)
        self._dragged = group.ids[0] if group is not None and group.kind == "actor" else None

    def drag(self, to: QPointF) -> None:
        """Draw the actor along; it stays where it is dropped.

        The layout keeps nodes apart and inside, so the place is approached from where the node stands now.
        """
        centre = self._centre_of(self._dragged) if self._dragged is not None else None
        if self._dragged is None or centre is None:
            return
        old = self.pinned.get(self._dragged) or (self._places or {}).get(self._dragged, (0.5, 0.5))
        wide, tall = max(self.width() - 20.0, 1.0), max(self.height() - 60.0, 1.0)
        x = min(max(old[0] + (to.x() - centre.x()) / wide, 0.0), 1.0)
        y = min(max(old[1] + (to.y() - centre.y()) / tall, 0.0), 1.0)
        self.pinned = {**self.pinned, self._dragged: (x, y)}
        self.relayout()

    def end_drag(self, at: QPointF) -> None:
        """Leave the actor where it is."""
        self.drag(at)
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open an actor into its parts, or fold it in again; with Shift, look around it."""
        group = self.group_at(event.position())
        if group is None or group.kind != "actor":
            self.look_around(None)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.look_around(group.ids[0], self.steps)
        else:
            self.toggle(group.ids[0])

    def choose(self, group: Group, mode: Any = "replace") -> None:
        """Select; an edge also brings its first event to the fact card."""
        super().choose(group, mode)
        if group.kind == "edge" and mode == "replace" and group.ids:
            self.workspace.select(Picked(frozenset(group.ids)), focus=group.ids[0])

    def _centre_of(self, actor: str) -> QPointF | None:
        for group in self.hits.groups("actor") if self.hits else ():
            if group.ids and group.ids[0] == actor:
                disc = next((item for item in group.items if isinstance(item, Shape)), None)
                if disc is not None:
                    return QPointF(disc.x, disc.y)
                x, y, width, height = bounds(group)
                return QPointF(x + width / 2, y + height / 2)
        return None

    def _find_places(self) -> Places | None:
        table = self.workspace.table
        if self._places is None and table is not None:
            if len(table.actors.ids) <= MANY_ACTORS:
                self._places = place_actors(table)
            elif not self.workspace.jobs.running(KEY):
                self.workspace.jobs.start(KEY, _Placing(table))
        return self._places

    def _on_landed(self, message: object) -> None:
        if isinstance(message, Landed) and message.key == KEY and message.error is None:
            self._places = message.value
            self.relayout()

    def _on_changed(self, change: Change) -> None:
        if change.reopened:
            self._places, self.pinned, self.centre, self._bright = None, {}, None, None
        elif change.of("case"):
            self._forget_the_gone()
        if change.of("hover"):
            self._brighten()
        super()._on_changed(change)

    def _forget_the_gone(self) -> None:
        """After an edit, keep the places of actors that are still there; new ones are found a place."""
        table = self.workspace.table
        ids = table.actors.ids if table is not None else ()
        if self._places is not None and set(self._places) != set(ids):
            self._places = None
        self.pinned = {actor: place for actor, place in self.pinned.items() if actor in ids}
        self.centre = self.centre if self.centre in ids else None
        self._bright = None

    def _brighten(self) -> None:
        hovered = [i for i in self.workspace.state.hover if i.startswith("act-")]
        ties = self.ties() if hovered and self.isVisible() else None
        bright = frozenset().union(*(neighbours(ties, actor) for actor in hovered)) if ties else None
        if bright != self._bright:
            self._bright = bright
            self.relayout()


class _Placing:
    """The work of placing many actors, run in the worker: a plain callable that knows no QObject."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __call__(self, ticket: Ticket) -> Places:
        del ticket
        return place_actors(self._table)
