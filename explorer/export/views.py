"""The views of a figure: each asks layout for a Scene of the room it gets, and says how much room it wants."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import numpy as np

from explorer.casefile.columns import HUES, Ints
from explorer.export.captions import VIEW_WORDS
from explorer.export.sources import publisher_words
from explorer.frozen import frozen
from explorer.layout.measure import Measure
from explorer.layout.scene import Scene
from explorer.model.records import Document, Event
from explorer.query.edges import Edge, edges
from explorer.query.records import evidence_ids
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.export.figures import FigureRequest
    from explorer.layout.sheet import SheetRequest, SheetRow
    from explorer.layout.source import SentenceFacts, SourceRequest
    from explorer.layout.timeline import TimelineScene
    from explorer.query.listing import Listing
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

    def edges(self) -> tuple[Edge, ...]:
        """Return who is tied to whom among what is shown."""
        return edges(self.shown.table, self.shown.mask, text_only=self.text_only)


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
    stretches = True

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
        return _TIMELINE_SHARE * self._laid_out(width, _MIDDLING, fit=False).content_height

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


class _Source:
    """The text of one report: the one with most of what is shown, the others counted."""

    least = 160.0
    stretches = False

    def __init__(self, asked: Asked) -> None:
        self.heading = tr(VIEW_WORDS["source"])
        self.asked = asked
        self._document, self._elsewhere = self._chosen()
        self._facts: dict[int, SentenceFacts] = {}
        self._quotes: list[tuple[int, int]] = []
        if self._document is not None:
            self._read(self._document)

    def _chosen(self) -> tuple[Document | None, tuple[str, ...]]:
        """Return the document that speaks of most records shown, and the records that it does not speak of."""
        shown = self.asked.shown
        table, claims = shown.table, shown.table.claims
        told = shown.mask[claims.row]
        pairs = np.unique(np.stack((claims.document[told], claims.row[told])), axis=1)
        if not pairs.size:
            return None, ()
        index = int(np.bincount(pairs[0]).argmax())
        here = set(pairs[1][pairs[0] == index].tolist())
        document = self.asked.case.record(table.documents.ids[index])
        rest = tuple(table.ids[row] for row in shown.rows.tolist() if row not in here)
        return (document if isinstance(document, Document) else None), rest

    def _read(self, document: Document) -> None:
        from explorer.layout.source import facts_in_view

        case, shown = self.asked.case, self.asked.shown
        self._facts = facts_in_view(case.sentences_with_facts(document.id), shown.table, shown.mask)
        if shown.count == shown.total:
            return  # where all is shown, the bars beside the text say enough
        ids = list(dict.fromkeys(name for fact in self._facts.values() for name in fact.ids))
        events = [record for record in case.records(ids) if isinstance(record, Event)]
        cited = {s for event in events for s in evidence_ids(event, text_only=self.asked.text_only)}
        self._quotes = sorted(
            {
                (span.start, span.end)
                for span in case.spans(sorted(cited))
                if span.document == document.id and span.start is not None and span.end is not None
            }
        )

    def _request(self, width: float, height: float) -> SourceRequest:
        from explorer.layout.source import SourceRequest

        document = self._document
        if document is None:
            return SourceRequest("", "", "", (), width=width, height=height)
        first = min(self._facts, default=0)
        return SourceRequest(
            title=document.title,
            publisher_line=publisher_words(document, text_only=self.asked.text_only),
            text=document.text,
            sentences=[(sentence.start, sentence.end) for sentence in document.sentences],
            facts=self._facts,
            quotes=self._quotes,
            width=width,
            height=height,
            first=0 if len(document.sentences) <= _SHORT_TEXT else max(0, first - 1),
            elsewhere=self._elsewhere,
        )

    def wanted(self, width: float) -> float:
        from explorer.layout.source import source_height

        return source_height(self._request(width, _TALL), self.asked.measure)

    def draw(self, width: float, height: float) -> Drawn:
        from explorer.layout.source import layout_source

        whole = self.wanted(width) <= height + 0.5
        return Drawn(layout_source(self._request(width, height), self.asked.measure), whole)


#: Texts of at most so many sentences are set from their beginning; longer ones from the first that carries facts.
_SHORT_TEXT = 60
#: A timeline asks for lanes as roomy as a window of middling height has them, and lives well with a part of that.
_MIDDLING = 400.0
_TIMELINE_SHARE = 0.7
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
    "source": _Source,
}


def view_of(name: str, case: CaseFile, shown: Shown, request: FigureRequest, measure: Measure) -> View:
    """Return the view called timeline, actors, matrix, events or source. Raises KeyError for another name."""
    return _VIEWS[name](Asked(case, shown, request, measure))
