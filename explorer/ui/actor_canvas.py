"""What graph and matrix have in common: they count what the actor panel counts, and a click on an actor is its id."""

from __future__ import annotations

from explorer.layout.scene import Group
from explorer.query.edges import Edge, edges
from explorer.query.selection import Mode, Picked
from explorer.ui.canvas import SceneCanvas
from explorer.workspace.state import Change


class ActorCanvas(SceneCanvas):
    """A drawn view of actors and their ties; opened actors let their parts stand for themselves."""

    depends_on = ("case", "filter", "follow")
    opened: frozenset[str] = frozenset()

    def choose(self, group: Group, mode: Mode = "replace") -> None:
        """Select an actor by its id, an edge or a cell by what lies behind it."""
        self.current = group
        ids = group.ids[:1] if group.kind == "actor" else group.ids
        self.workspace.select(Picked(frozenset(ids)), mode)

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
            self.relayout()
        super()._on_changed(change)
