"""The actor graph as a view: stable places, drag to pin, hover shows the neighbourhood, focus on one actor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.layout.graph import GraphRequest, Look, draw_graph
from explorer.layout.graphcrowd import Told, place_at
from explorer.layout.hits import bounds
from explorer.layout.scene import Group, Scene, Shape
from explorer.query.edges import neighbours
from explorer.query.selection import Picked
from explorer.ui.actor_canvas import ActorCanvas
from explorer.ui.edge_slider import EdgeSlider
from explorer.ui.graph_counting import Counting
from explorer.ui.graph_places import GraphPlaces
from explorer.workspace.hub import Workspace
from explorer.workspace.jobs import Ticket
from explorer.workspace.state import Change

Places = dict[str, tuple[float, float]]
#: How far the plane of a crowd is enlarged at most, and made smaller.
_NEAREST, _FARTHEST = 40.0, 0.6
#: Where more actors than this are hovered elsewhere, none is lit up.
_MOST_LIT = 12
_INSET = 8


class GraphView(ActorCanvas):
    """Shows who is tied to whom."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.centre: str | None = None
        self.steps = 1
        self.pinned: Places = {}
        self.look = Look()
        self.told: Told | None = None
        self.most_edges: int | None = None
        self.places = GraphPlaces(self)
        self.places.moved.connect(self.relayout)
        self.slider = EdgeSlider(self)
        self.slider.wanted.connect(self.draw_edges)
        self._bright: frozenset[str] | None = None
        self._dragged: str | None = None
        self._was_lit: frozenset[str] = frozenset()
        self._case = ""
        self.setAccessibleName(self.tr("Actor graph"))
        self.setAccessibleDescription(
            self.tr(
                "Arrows go from actor to actor, Enter selects; of many actors, + and - enlarge, 0 shows all"
            )
        )
        self.laid_out.connect(self._show_count)

    def make_scene(self, width: float, height: float) -> Scene | None:
        """Lay out who is tied to whom in what is counted."""
        table = self.workspace.table
        places = self.places.of(table) if table is not None else None
        if table is None or places is None:
            return None
        request = GraphRequest(
            table, self.workspace.counted, None, places, width, height, self.workspace.text_only,
            opened=self.opened, pinned=self.pinned, centre=self.centre, steps=self.steps, bright=self._bright,
            look=self.look, most_edges=self.most_edges, lit=self._lit(), taken=self._slider_box(),
        )  # fmt: skip
        picture = draw_graph(request, self.measure)
        self.told = picture.told
        return picture.scene

    def ahead(self) -> Callable[[Ticket], None] | None:
        """Return the counting of ties behind the next picture, where it is not done yet."""
        table, counted = self.workspace.table, self.workspace.counted
        if table is None:
            return None
        work = Counting(table, counted, self.opened, self.workspace.text_only)
        return None if work.done() else work

    def draw_edges(self, count: int | None) -> None:
        """Draw so many edges of a crowd, the strongest first; None for as many as can be told apart."""
        self.most_edges = count
        self.relayout()

    def look_around(self, actor: str | None, steps: int = 1) -> None:
        """Show only what is within steps of an actor; None shows all again."""
        self.centre, self.steps, self.look = actor, steps, Look()
        self.relayout()

    def zoom(self, factor: float, about: QPointF) -> None:
        """Enlarge the plane of a crowd about a point that stays where it is; few actors are all in sight."""
        if self.told is None:
            return
        zoom = min(max(self.look.zoom * factor, _FARTHEST), _NEAREST)
        x, y = place_at(self.told, self.look, about.x(), about.y())
        share = self.look.zoom / zoom
        self.look = Look(x + (self.look.x - x) * share, y + (self.look.y - y) * share, zoom)
        self.relayout()

    def pan(self, dx: float, dy: float) -> None:
        """Move the plane of a crowd."""
        if self.told is None:
            return
        x0, y0 = place_at(self.told, self.look, 0.0, 0.0)
        x1, y1 = place_at(self.told, self.look, dx, dy)
        x, y = self.look.x - (x1 - x0), self.look.y - (y1 - y0)
        self.look = Look(min(max(x, -0.2), 1.2), min(max(y, -0.2), 1.2), self.look.zoom)
        self.relayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show all again by 0."""
        if event.key() == Qt.Key.Key_0 and self.told is not None:
            self.look = Look()
            self.relayout()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the slider in its corner."""
        super().resizeEvent(event)
        self._set_slider()

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
        if self._dragged is None:
            super().drag(to)
            return
        if self.told is not None:
            self.pinned = {**self.pinned, self._dragged: place_at(self.told, self.look, to.x(), to.y())}
            self.relayout()
            return
        centre, table = self._centre_of(self._dragged), self.workspace.table
        if centre is None or table is None:
            return
        places = self.places.of(table) or {}
        old = self.pinned.get(self._dragged) or places.get(self._dragged, (0.5, 0.5))
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

    def _on_changed(self, change: Change) -> None:
        if change.of("case"):
            self._start_anew()
        if change.of("hover"):
            self._brighten()
        super()._on_changed(change)

    def _start_anew(self) -> None:
        """Forget what was about another case; a new version of the same case keeps its places."""
        path = self.workspace.state.case[0] if self.workspace.state.case else ""
        self._bright = None
        if path != self._case:
            self.pinned, self.centre, self.look, self.most_edges = {}, None, Look(), None
            self.places.forget()
        elif self.centre is not None and self.centre not in getattr(self.workspace.table, "actor_of", ()):
            self.centre = None
        self._case = path

    def _lit(self) -> frozenset[str]:
        """Return the actors whose ties are shown up, of a crowd."""
        hovered = [i for i in self.workspace.state.hover if i.startswith("act-")]
        return frozenset(hovered) if len(hovered) <= _MOST_LIT else frozenset()

    def _slider_box(self) -> tuple[tuple[float, float, float, float], ...]:
        """Return where the slider lies, so that no name stands below it."""
        box = self.slider.geometry()
        there = not self.slider.isHidden()
        return ((box.x(), box.y(), box.width(), box.height()),) if there else ()

    def _brighten(self) -> None:
        if self.told is not None:
            self._bright = None
            if self._lit() != self._was_lit:
                self._was_lit = self._lit()
                self.relayout()
            return
        hovered = [i for i in self.workspace.state.hover if i.startswith("act-")]
        ties = self.ties() if hovered and self.isVisible() else None
        bright = frozenset().union(*(neighbours(ties, actor) for actor in hovered)) if ties else None
        if bright != self._bright:
            self._bright = bright
            self.relayout()

    def _show_count(self) -> None:
        if self.told is None or (self.told.ties <= self.told.drawn and self.most_edges is None):
            self.slider.hide()
            return
        fresh = self.slider.isHidden()
        self.slider.show_count(self.told.drawn, self.told.ties)
        self._set_slider()
        if fresh:
            self.relayout()

    def _set_slider(self) -> None:
        self.slider.move(self.width() - self.slider.width() - _INSET, _INSET)
