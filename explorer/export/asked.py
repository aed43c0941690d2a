"""What a view of a figure is made from, and what it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.frozen import frozen
from explorer.layout import places
from explorer.layout.measure import Measure
from explorer.layout.scene import Scene
from explorer.query.edges import Edge, edges

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.export.request import FigureRequest
    from explorer.query.masks import Shown


@frozen(slots=False)
class Drawn:
    """A view in the room it got; whole: nothing had to be cut for want of room."""

    scene: Scene
    whole: bool = True


@frozen(slots=False)
class Asked:
    """What a view is made from."""

    case: CaseFile
    shown: Shown
    request: FigureRequest
    measure: Measure

    @property
    def text_only(self) -> bool:
        """True where only what the report says counts."""
        return self.shown.filter.text_only

    def edges(self) -> tuple[Edge, ...] | None:
        """Return who is tied to whom among what is shown; None of a crowd, whose ties are never objects all at once."""
        if places.is_crowd(self.shown.table):
            return None
        return edges(self.shown.table, self.shown.mask, text_only=self.text_only)
