"""The views of a figure: each asks layout for a Scene of the room it gets, and says how much room it wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from explorer.export.captions import VIEW_WORDS
from explorer.layout.measure import Measure
from explorer.layout.scene import Scene
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.export.figures import FigureRequest
    from explorer.query.masks import Shown


@dataclass(frozen=True)
class Drawn:
    """A view in the room it got; whole: nothing had to be cut for want of room."""

    scene: Scene
    whole: bool = True


class View(Protocol):
    """One view of a figure. heading names it; least: pixels below which it tells nothing."""

    heading: str
    least: float

    def wanted(self, width: float) -> float:
        """Return the height at which it shows everything well, at this width."""

    def draw(self, width: float, height: float) -> Drawn:
        """Return it in just this room."""


@dataclass(frozen=True)
class _Asked:
    """What every view is made from."""

    case: CaseFile
    shown: Shown
    request: FigureRequest
    measure: Measure

    @property
    def text_only(self) -> bool:
        return self.shown.filter.text_only


class _Graph:
    """The actors as a graph."""

    least = 220.0

    def __init__(self, asked: _Asked) -> None:
        from explorer.layout.graph import place_actors

        self.heading = tr(VIEW_WORDS["actors"])
        self._asked = asked
        self._places = {name: (x, y) for name, x, y in asked.request.positions} or place_actors(
            asked.shown.table, text_only=asked.text_only
        )

    def wanted(self, width: float) -> float:
        return max(260.0, min(0.5 * width, 520.0))

    def draw(self, width: float, height: float) -> Drawn:
        from explorer.layout.graph import GraphRequest, layout_graph

        shown = self._asked.shown
        request = GraphRequest(
            shown.table,
            shown.mask,
            positions=self._places,
            width=width,
            height=height,
            text_only=self._asked.text_only,
        )
        return Drawn(layout_graph(request, self._asked.measure))


_VIEWS: dict[str, Callable[[_Asked], View]] = {"actors": _Graph}


def view_of(name: str, case: CaseFile, shown: Shown, request: FigureRequest, measure: Measure) -> View:
    """Return the view called timeline, actors, matrix, events or source. Raises KeyError for another name."""
    return _VIEWS[name](_Asked(case, shown, request, measure))
