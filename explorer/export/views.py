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
    from explorer.layout.timeline import TimelineScene
    from explorer.query.masks import Shown


@dataclass(frozen=True)
class Drawn:
    """A view in the room it got; whole: nothing had to be cut for want of room."""

    scene: Scene
    whole: bool = True


@dataclass(frozen=True)
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


class View(Protocol):
    """One view of a figure. heading names it; least: pixels below which it tells nothing."""

    heading: str
    least: float
    asked: Asked

    def wanted(self, width: float) -> float:
        """Return the height at which it shows everything well, at this width."""

    def draw(self, width: float, height: float) -> Drawn:
        """Return it in just this room."""


class _Graph:
    """The actors as a graph."""

    least = 220.0

    def __init__(self, asked: Asked) -> None:
        from explorer.layout.graph import place_actors

        self.heading = tr(VIEW_WORDS["actors"])
        self.asked = asked
        self._places = {name: (x, y) for name, x, y in asked.request.positions} or place_actors(
            asked.shown.table, text_only=asked.text_only
        )

    def wanted(self, width: float) -> float:
        return max(260.0, min(0.5 * width, 520.0))

    def draw(self, width: float, height: float) -> Drawn:
        from explorer.layout.graph import GraphRequest, layout_graph

        shown = self.asked.shown
        request = GraphRequest(
            shown.table,
            shown.mask,
            positions=self._places,
            width=width,
            height=height,
            text_only=self.asked.text_only,
        )
        return Drawn(layout_graph(request, self.asked.measure))


class _Timeline:
    """Lanes under an axis, all of it in the room there is."""

    least = 180.0

    def __init__(self, asked: Asked) -> None:
        self.heading = tr(VIEW_WORDS["timeline"])
        self.asked = asked
        self._titles = asked.shown.table.titles(asked.shown.rows)

    def _laid_out(self, width: float, height: float, *, fit: bool) -> TimelineScene:
        from explorer.layout.timeline import TimelineRequest, layout_timeline

        request, shown = self.asked.request, self.asked.shown
        asked = TimelineRequest(
            shown.table,
            shown.rows,
            width,
            height,
            titles=self._titles,
            lanes=request.lanes,
            axis=request.axis,
            window=None if request.whole else request.window,
            text_only=self.asked.text_only,
            opened=request.opened,
            fit=fit,
        )
        return layout_timeline(asked, self.asked.measure)

    def wanted(self, width: float) -> float:
        return self._laid_out(width, 0.0, fit=False).content_height

    def draw(self, width: float, height: float) -> Drawn:
        made = self._laid_out(width, height, fit=True)
        return Drawn(made.scene, made.content_height <= height + 0.5)


_VIEWS: dict[str, Callable[[Asked], View]] = {"timeline": _Timeline, "actors": _Graph}


def view_of(name: str, case: CaseFile, shown: Shown, request: FigureRequest, measure: Measure) -> View:
    """Return the view called timeline, actors, matrix, events or source. Raises KeyError for another name."""
    return _VIEWS[name](Asked(case, shown, request, measure))
