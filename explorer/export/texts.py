"""The source texts of a figure: the reports that speak of what is shown, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.export.asked import Asked, Drawn
from explorer.export.captions import VIEW_WORDS
from explorer.export.sources import publisher_words
from explorer.frozen import frozen
from explorer.layout.measure import line_height, shortened
from explorer.layout.scene import Group, Item, Label, Scene, shifted
from explorer.model.records import Document, Event
from explorer.query.describe import plural
from explorer.query.records import evidence_ids
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.layout.source import SentenceFacts, SourceRequest

#: Documents that one page may hold at all, and the height below which no further one is begun.
_MOST_TEXTS = 12
_LEAST_TEXT = 150.0
#: Texts of at most so many sentences are set from their beginning; longer ones from the first that carries facts.
_SHORT_TEXT = 60
#: A height at which no view has to leave anything out.
_TALL = 4000.0


class SourceTexts:
    """The reports that speak of what is shown, one below the other while there is room; the others counted."""

    least = 160.0
    stretches = False

    def __init__(self, asked: Asked) -> None:
        self.heading = tr(VIEW_WORDS["source"])
        self.asked = asked
        self._order = self._ranked()
        self._told: dict[int, _Told] = {}

    def _ranked(self) -> list[int]:
        """Return the documents of what is shown (indices into the table), those of most records first."""
        shown = self.asked.shown
        table, claims = shown.table, shown.table.claims
        told = shown.mask[claims.row]
        pairs = np.unique(np.stack((claims.document[told], claims.row[told])), axis=1)
        counts = np.bincount(pairs[0], minlength=1) if pairs.size else np.zeros(0, np.int64)
        ranked = np.argsort(-counts, kind="stable").tolist()
        return [index for index in ranked if counts[index] and self._document(table.documents.ids[index])]

    def _document(self, record_id: str) -> Document | None:
        record = self.asked.case.record(record_id)
        return record if isinstance(record, Document) else None

    def _of(self, index: int) -> _Told:
        if index not in self._told:
            document = self._document(self.asked.shown.table.documents.ids[index])
            assert document is not None  # _ranked holds no others
            self._told[index] = _told(self.asked, document)
        return self._told[index]

    def _tall(self, index: int, width: float) -> float:
        from explorer.layout.source import source_height

        return source_height(self._of(index).request(width, _TALL, self.asked.text_only), self.asked.measure)

    def wanted(self, width: float) -> float:
        """Return the height at which all of it stands, at this width."""
        if not self._order:
            return self.least
        return sum(self._tall(index, width) for index in self._order[:_MOST_TEXTS])

    def draw(self, width: float, height: float) -> Drawn:
        """Return it in just this room."""
        from explorer.layout.source import layout_source

        measure, shown = self.asked.measure, self.asked.shown
        line = line_height(measure, "small_italic") + 6.0
        items: list[Item] = []
        y, count = 0.0, 0
        for index in self._order[:_MOST_TEXTS]:
            note = line if count + 1 < len(self._order) else 0.0
            room, tall = height - y - note, self._tall(index, width)
            if count and room < min(tall, _LEAST_TEXT):
                break
            scene = layout_source(
                self._of(index).request(width, max(min(tall, room), 1.0), self.asked.text_only), measure
            )
            items += [shifted(item, 0.0, y) for item in scene.items]
            y, count = y + min(tall, room), count + 1
        drawn = {name for index in self._order[:count] for name in self._of(index).ids}
        ids = tuple(shown.table.ids[row] for row in shown.rows.tolist())
        rest = tuple(name for name in ids if name not in drawn)
        items += self._rest(rest, len(self._order) - count, y, width)
        whole = self.wanted(width) <= height + 0.5 and count == len(self._order)
        return Drawn(Scene(width, height, tuple(items), event_ids=frozenset(ids)), whole)

    def _rest(self, rest: tuple[str, ...], documents: int, y: float, width: float) -> list[Item]:
        """Return the line that counts the documents without room, with the ids of their records."""
        if documents:
            words = plural(documents, "and {n} more document", "and {n} more documents")
            if rest:
                words += plural(len(rest), ", with {n} record of its own", ", with {n} records of their own")
        elif rest:
            words = plural(len(rest), "{n} record cites no document", "{n} records cite no document")
        else:
            return []
        measure = self.asked.measure
        text = shortened(words, width - 44.0, "small_italic", measure)
        wide = measure.width(text, "small_italic")
        base = round(y + measure.ascent("small_italic"), 2)
        box = (22.0, y, max(wide, 1.0), line_height(measure, "small_italic"))
        label = Label(22.0, base, text, "small_italic", wide, "muted", full=words if text != words else "")
        return [Group((label,), rest, "cluster", words, (box,))]


@frozen
class _Told:
    """What one document says of what is shown."""

    document: Document
    facts: dict[int, SentenceFacts]
    quotes: tuple[tuple[int, int], ...]

    @property
    def ids(self) -> frozenset[str]:
        """The records that it speaks of."""
        return frozenset(name for fact in self.facts.values() for name in fact.ids)

    def request(self, width: float, height: float, text_only: bool) -> SourceRequest:
        """Return what layout needs to set it: a long text from the first sentence that carries facts."""
        from explorer.layout.source import SourceRequest

        document = self.document
        first = 0 if len(document.sentences) <= _SHORT_TEXT else max(0, min(self.facts, default=0) - 1)
        return SourceRequest(
            title=document.title,
            publisher_line=publisher_words(document, text_only=text_only),
            text=document.text,
            sentences=[(sentence.start, sentence.end) for sentence in document.sentences],
            facts=self.facts,
            quotes=self.quotes,
            width=width,
            height=height,
            first=first,
        )


def _told(asked: Asked, document: Document) -> _Told:
    """Return the facts of a document, and its evidence where not all is shown (else the bars say enough)."""
    from explorer.layout.source import facts_in_view

    case, shown = asked.case, asked.shown
    facts = facts_in_view(case.sentences_with_facts(document.id), shown.table, shown.mask)
    if shown.count == shown.total:
        return _Told(document, facts, ())
    ids = list(dict.fromkeys(name for fact in facts.values() for name in fact.ids))
    events = [record for record in case.records(ids) if isinstance(record, Event)]
    cited = {s for event in events for s in evidence_ids(event, text_only=asked.text_only)}
    quotes = {
        (span.start, span.end)
        for span in case.spans(sorted(cited))
        if span.document == document.id and span.start is not None and span.end is not None
    }
    return _Told(document, facts, tuple(sorted(quotes)))
