"""The views of a figure: each asks layout for a Scene of the room it gets, and says how much room it wants."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from explorer.casefile.columns import HUES, Ints
from explorer.export.asked import Asked, Drawn
from explorer.export.captions import VIEW_WORDS
from explorer.export.nothing import Nothing
from explorer.export.texts import SourceTexts
from explorer.layout.measure import Measure
from explorer.layout.scene import Scene
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.export.request import FigureRequest
    from explorer.layout.sheet import SheetRequest, SheetRow
    from explorer.layout.timeline import TimelineScene
    from explorer.query.listing import Listing
    from explorer.query.masks import Shown


class View(Protocol):
    """One view of a figure. heading names it; least: pixels below which it tells nothing.

    stretches: it can use more room than it wants.
    """

    heading: str
    least: float
    stretches: bool
    asked: Asked

    def wanted(self, width: float) -> float:
        """Return the height at which it shows everything well, at this width."""

    def draw(self, width: float, height: float) -> Drawn:
        """Return it in just this room."""


class _Graph:
    """The actors as a graph."""

    least = 220.0
    stretches = True

    def __init__(self, asked: Asked) -> None:
        from explorer.layout.graph import place_actors

        self.heading = tr(VIEW_WORDS["actors"])
        self.asked = asked
        self._edges = asked.edges()
        shown = asked.shown
        whole = self._edges if shown.mask.all() and not asked.text_only else None
        self._places = {name: (x, y) for name, x, y in asked.request.positions} or place_actors(
            shown.table, found=whole
        )

    def wanted(self, width: float) -> float:
        return max(260.0, min(0.5 * width, 520.0))

    def draw(self, width: float, height: float) -> Drawn:
        from explorer.layout.graph import GraphRequest, layout_graph

        shown = self.asked.shown
        request = GraphRequest(
            shown.table,
            shown.mask,
            edges=self._edges,
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
        shown = asked.shown
        self._titles = shown.table.titles(shown.rows)
        undated = shown.table.times(text_only=asked.text_only).undated[shown.rows]
        self.stretches = (
            asked.request.axis == "order" or not undated.all()
        )  # where nothing lies on the axis, no

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
        share = _TIMELINE_SHARE if self.stretches else _UNDATED_SHARE
        return share * self._laid_out(width, _MIDDLING, fit=False).content_height

    def draw(self, width: float, height: float) -> Drawn:
        made = self._laid_out(width, height, fit=True)
        return Drawn(made.scene, made.content_height <= height + 0.5)


class _Matrix:
    """Actors by actors; the most active ones where not all find room."""

    least = 200.0
    stretches = False

    def __init__(self, asked: Asked) -> None:
        self.heading = tr(VIEW_WORDS["matrix"])
        self.asked = asked
        self._actors = 0
        self._edges = asked.edges()

    def _laid_out(self, width: float, height: float) -> tuple[Scene, int]:
        from explorer.layout.matrix import MatrixRequest, layout_matrix

        shown = self.asked.shown
        request = MatrixRequest(
            shown.table, shown.mask, self._edges, width, height, text_only=self.asked.text_only
        )
        scene = layout_matrix(request, self.asked.measure)
        return scene, len({group.ids[:1] for group in scene.groups() if group.kind == "actor"})

    def wanted(self, width: float) -> float:
        _, self._actors = self._laid_out(width, _TALL)
        return 150.0 + 34.0 * max(self._actors, 2)

    def draw(self, width: float, height: float) -> Drawn:
        scene, actors = self._laid_out(width, height)
        return Drawn(scene, actors >= self._actors)


class _Sheet:
    """The table of records, by time: as many rows as fit, the rest counted."""

    least = 160.0
    stretches = False

    def __init__(self, asked: Asked) -> None:
        from explorer.layout.sheet import SheetColumn
        from explorer.query.listing import COLUMNS, Listing

        self.heading = tr(VIEW_WORDS["events"])
        self.asked = asked
        table = asked.shown.table
        listing = Listing(table, asked.text_only)
        ordered = listing.sorted(asked.shown.rows, "when")
        kept = [COLUMNS[key] for key in _SHEET_COLUMNS]
        self._columns = tuple(SheetColumn(c.title, c.kind == "number", c.key == "headline") for c in kept)
        self._rows = self._made(listing, ordered[:_MOST_ROWS], [column.key for column in kept])
        self._more = tuple(table.ids[row] for row in ordered[_MOST_ROWS:].tolist())

    def _made(self, listing: Listing, rows: Ints, keys: list[str]) -> tuple[SheetRow, ...]:
        from explorer.layout.sheet import SheetRow

        table = self.asked.shown.table
        words = zip(*(listing.cells(key, rows) for key in keys), strict=True)
        titles = table.titles(rows)
        return tuple(
            SheetRow(table.ids[row], tuple(cells), HUES[table.hue[row]], title)
            for row, cells, title in zip(rows.tolist(), words, titles, strict=True)
        )

    def _request(self, width: float, height: float) -> SheetRequest:
        from explorer.layout.sheet import SheetRequest

        return SheetRequest(self._columns, self._rows, width, height, self._more)

    def wanted(self, width: float) -> float:
        from explorer.layout.sheet import sheet_height

        return sheet_height(self._request(width, _TALL), self.asked.measure)

    def draw(self, width: float, height: float) -> Drawn:
        from explorer.layout.sheet import layout_sheet

        scene = layout_sheet(self._request(width, height), self.asked.measure)
        return Drawn(scene, not any(group.kind == "cluster" for group in scene.groups()))


#: A timeline asks for lanes as roomy as a window of middling height has them, and lives well with a part of that.
_MIDDLING = 400.0
_TIMELINE_SHARE = 0.7
#: One without dates asks for a little more, so that its only lane can name what lies in it, and takes no more.
_UNDATED_SHARE = 0.9
#: Columns of the Events table that a page holds, the most telling first.
_SHEET_COLUMNS = ("when", "headline", "who", "target", "where", "killed", "according_to", "reported_as")
#: Rows that a page of a table may hold at all.
_MOST_ROWS = 300
#: A height at which no view has to leave anything out.
_TALL = 4000.0
_VIEWS: dict[str, Callable[[Asked], View]] = {
    "timeline": _Timeline,
    "actors": _Graph,
    "matrix": _Matrix,
    "events": _Sheet,
    "source": SourceTexts,
}


def view_of(name: str, case: CaseFile, shown: Shown, request: FigureRequest, measure: Measure) -> View:
    """Return the view called timeline, actors, matrix, events or source. Raises KeyError for another name."""
    asked = Asked(case, shown, request, measure)
    return _VIEWS[name](asked) if shown.count else Nothing(name, asked)
