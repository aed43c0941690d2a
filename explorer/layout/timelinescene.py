"""What a timeline is asked for, and what it answers with."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.casefile.columns import EventTable, Ints, Mask
from explorer.frozen import frozen
from explorer.layout.elastic import CALENDAR, Elastic
from explorer.layout.lanes import LaneKind
from explorer.layout.scene import Scene
from explorer.layout.viewport import Viewport


@frozen(eq=False, slots=False)
class TimelineRequest:
    """rows: int32 event rows that the filter shows; titles: one for each of rows, () = fetched from the table.

    axis: calendar, elastic or order; window: seconds UTC or rungs (order), None = all. opened: ids of lanes that show
    what is below them.
    fit: everything must lie within height (figures); else the scene grows and its widget scrolls: scroll says by how
    many pixels, so that the axis stays in sight. selected: ids whose labels are bold and come first; chosen: the
    same as bool over the table, for thousands of them.
    """

    table: EventTable
    rows: Ints
    width: float
    height: float
    titles: Sequence[str] = ()
    lanes: LaneKind = "actor"
    axis: str = "calendar"
    window: tuple[float, float] | None = None
    text_only: bool = False
    legend: bool = True
    opened: frozenset[str] = frozenset()
    scroll: float = 0.0
    fit: bool = False
    pinned: bool = False
    selected: frozenset[str] = frozenset()
    chosen: Mask | None = None


@frozen
class TimelineScene:
    """window: the stretch that is shown; whole: all there is to show (for the overview and "fit all").

    plot: (x, y, width, height) of the lanes' plot; content_height: the scene's own height. overview: True once there
    is more than the window shows. earlier, later, undated, seen: numbers of records, together all of them. regime: how
    they are drawn: "marks", "batches" or "density". warp: of the elastic axis.
    """

    scene: Scene
    window: tuple[float, float]
    whole: tuple[float, float]
    plot: tuple[float, float, float, float]
    content_height: float
    overview: bool
    earlier: int
    later: int
    undated: int
    seen: int = 0
    regime: str = "marks"
    warp: Elastic = CALENDAR

    @property
    def viewport(self) -> Viewport:
        """The map from time (or rungs) to pixels, for zooming and panning."""
        return Viewport(self.window[0], self.window[1], self.plot[0], self.plot[2], self.warp)
