"""What a figure is asked to be, before anything is drawn."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from explorer.frozen import frozen
from explorer.query.filters import Filter

if TYPE_CHECKING:
    from explorer.layout.lanes import LaneKind

NO_CAPTION = "none"
#: Sizes by name: a column of a page, a slide, a square for a feed.
PRESETS: dict[str, tuple[int, int]] = {"column": (1000, 1250), "16:9": (1600, 900), "square": (1200, 1200)}


@frozen(slots=False)
class FigureRequest:
    """What to make. size: pixels at scale 1. window: of the timeline (seconds, or rungs), None = all of it.

    caption: None = by construction, "none" = none, else these words; licences of datasets stay in any case.
    whole: all that passes the filter on the time axis, whatever window says. opened: lanes that are open.
    positions: where actors stand (unit square), so that the figure shows the graph as it is on screen.
    """

    views: tuple[str, ...] = ("timeline",)
    size: tuple[int, int] = PRESETS["16:9"]
    scale: float = 1.0
    theme: str = "light"
    lanes: LaneKind = "actor"
    axis: str = "calendar"
    window: tuple[float, float] | None = None
    filter: Filter = field(default_factory=Filter)
    caption: str | None = None
    sentences: bool = True
    whole: bool = False
    title: str | None = None
    opened: frozenset[str] = frozenset()
    positions: tuple[tuple[str, float, float], ...] = ()
    dpi: float | None = None
