"""What graph and matrix have in common: they count what the actor panel counts, and a click on an actor is its id."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from explorer.layout.scene import Group
from explorer.query.edges import Edge, edges
from explorer.query.selection import Mode, Picked
from explorer.ui.canvas import SceneCanvas
from explorer.workspace.state import Change
from explorer.workspace.turns import PANEL


class ActorCanvas(SceneCanvas):
    """A drawn view of actors and their ties; opened actors let their parts stand for themselves."""

    depends_on = ("case", "filter", "follow")
    rank = PANEL
    opened: frozenset[str] = frozenset()
    _pointed = False

    def choose(self, group: Group, mode: Mode = "replace") -> None:
        """Select an actor by its id, an edge or a cell by what lies behind it."""
        self.current = group
        ids = group.ids[:1] if group.kind == "actor" else group.ids
        self.workspace.select(Picked(frozenset(ids)), mode)

    def pick(self, at: QPointF, mode: Mode) -> None:
        """Select what lies at a point; the keyboard's frame shows again with the next key."""
        self._pointed = True
        super().pick(at, mode)

    def walk(self, places: int) -> None:
        """Move the keyboard's mark, from where the pointer left it."""
        self._pointed = False
        super().walk(places)

    def _paint_marks(self, painter: QPainter) -> None:
        held = self.current
        if self._pointed:
            self.current = None
        super()._paint_marks(painter)
        self.current = held

    def toggle(self, actor: str) -> None:
        """Let the parts of an actor stand for themselves, or fold them in again."""
        self.opened ^= {actor}
        self.relayout()

    def ties(self) -> tuple[Edge, ...] | None:
        """Return the edges of what is counted."""
        table = self.workspace.table
        if table is None:
            return None
        return edges(table, self.workspace.counted, text_only=self.workspace.text_only, opened=self.opened)

    def _on_changed(self, change: Change) -> None:
        if change.reopened:
            self.opened = frozenset()
        if self.workspace.state.follow and change.of("window", "axis"):
            self.follow()
        super()._on_changed(change)
