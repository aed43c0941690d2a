"""The matrix as a view: who did what to whom in numbers, the twin of the graph."""

from __future__ import annotations

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from explorer.layout.matrix import MatrixRequest, layout_matrix
from explorer.layout.scene import Scene
from explorer.ui.actor_canvas import ActorCanvas
from explorer.workspace.hub import Workspace


class MatrixView(ActorCanvas):
    """Shows actors against actors."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.setAccessibleName(self.tr("Actor matrix"))
        self.setAccessibleDescription(self.tr("Rows do, columns are done to; arrows go from cell to cell"))

    def make_scene(self, width: float, height: float) -> Scene | None:
        """Lay out the ties of what is counted."""
        table = self.workspace.table
        if table is None:
            return None
        request = MatrixRequest(
            table, self.workspace.counted, None, width, height, self.workspace.text_only, self.opened
        )
        return layout_matrix(request, self.measure)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open an actor into its parts, or fold it in again."""
        group = self.group_at(event.position())
        if group is not None and group.kind == "actor":
            self.toggle(group.ids[0])
