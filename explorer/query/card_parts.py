"""What a fact card is made of, and the desk that looks its parts up (design §4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from explorer.casefile.columns import EventTable
from explorer.frozen import frozen
from explorer.model.facts import Attribution, Claim, Fact
from explorer.model.records import AnyRecord, Dataset, Reference, Span
from explorer.query.names import ancestry
from explorer.query.passages import Passages, sentence_words
from explorer.words import BASIS_WORDS, NOT_STATED, isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile


@frozen
class CardRow:
    """One value: its label, the value in words, what it rests on, and the spans that it leads to.

    basis: a code of BASES, "none" where nothing is stated. path: the value inside its record
    ("participants[1]"), "" for what is worked out. note: what else the coder or the text says of it. leads: where
    the value leads besides its words: "compare" the sources, "same" events that may be one, "part" what is merged here.
    """

    label: str
    value: str
    basis_words: str = ""
    basis: str = "none"
    spans: tuple[str, ...] = ()
    note: str = ""
    path: str = ""
    leads: str = ""


@frozen
class Quote:
    """The words of one span. text is exactly the quote; before and after are the rest of its sentence.

    lead: said before a dataset's words ("Coded by UCDP from:"), "" for a sentence of a report.
    """

    text: str
    document: str
    sentence: int | None
    start: int | None
    end: int | None
    place_words: str
    span: str
    before: str = ""
    after: str = ""
    lead: str = ""


@frozen
class Card:
    """All that is said of one record, ready to be shown."""

    record_id: str
    title: str
    title_note: str
    rows: tuple[CardRow, ...]
    quotes: tuple[Quote, ...]
    footer: str = ""


class Desk:
    """The case and its columns at hand while one card is written; text_only leaves reference values out."""

    def __init__(self, case: CaseFile, table: EventTable, text_only: bool) -> None:
        self.case, self.table, self.text_only = case, table, text_only
        self.passages = Passages(case)
        self._spans: dict[str, Span] = {}

    def load(self, span_ids: Iterable[str]) -> None:
        """Fetch spans in one go, before they are asked for one by one."""
        missing = [span for span in dict.fromkeys(span_ids) if span not in self._spans]
        self._spans |= {span.id: span for span in self.case.spans(missing)}

    def span(self, span_id: str) -> Span:
        """Return a span of the case. Raises KeyError."""
        self.load((span_id,))
        return self._spans[span_id]

    def counts(self, fact: Fact) -> bool:
        """Return whether a value is shown: a reference value is not, where only the report counts."""
        return not (self.text_only and fact.basis == "reference")

    def actor(self, actor_id: str) -> str:
        """Return an actor's name, fit to stand in a sentence of ours; people not identified are "not stated"."""
        actors = self.table.actors
        index = self.table.actor_of.get(actor_id)
        if index is None:
            return actor_id
        return tr(NOT_STATED) if actors.kinds[index] == "unidentified" else isolated(actors.names[index])

    def place(self, location_id: str) -> str:
        """Return a place and what contains it, up to its country: "Aleppo, Syria"."""
        places = self.table.locations
        index = self.table.location_of.get(location_id)
        if index is None:
            return location_id
        steps = ancestry(self.table, index)
        kinds = [places.kinds[step] for step in steps]
        last = kinds.index("country") + 1 if "country" in kinds else len(steps)
        words = ", ".join(isolated(places.names[step]) for step in steps[: max(last, 1)])
        return words + tr("; extent not stated") if places.undelimited[index] else words

    def record(self, record_id: str) -> AnyRecord | None:
        """Return any record of the case."""
        return self.case.record(record_id)

    def title(self, record_id: str) -> str:
        """Return an event's headline, "" where there is no such event."""
        row = self.table.row_of.get(record_id)
        return isolated(self.table.titles([row])[0]) if row is not None else ""

    def quoted(self, span_ids: Sequence[str], other: str = "") -> str:
        """Return the words of spans in quotation marks, those that only repeat other left out."""
        self.load(span_ids)
        words = [self._spans[span].quote for span in span_ids]
        told = [f"“{isolated(text)}”" for text in words if text and text.casefold() != other.casefold()]
        return " … ".join(dict.fromkeys(told))

    def who_says(self, attribution: Attribution | None) -> str:
        """Return an attribution as printed: the actor's name, else the text's own words; "" where none is given."""
        if attribution is None:
            return ""
        if attribution.actor:
            return self.actor(attribution.actor)
        return isolated(attribution.text or "")


def basis_words(basis: str) -> str:
    """Return what a value rests on, as the right-hand column prints it: "in the text"."""
    words = tr(BASIS_WORDS[basis])
    return "—" if basis == "none" else words[:1].lower() + words[1:]


def fact_row(desk: Desk, label: str, value: str, fact: Fact, path: str, *, plain: str = "") -> CardRow:
    """Return the row of one value; plain is the bare name, so that a quote that only repeats it is not shown."""
    said = desk.quoted(fact.evidence, plain or value)
    who = desk.who_says(fact.attribution)
    notes = [
        said,
        tr("according to {who}").format(who=who) if who else "",
        cited(desk, fact),
        fact.note or "",
    ]
    return CardRow(label, value, basis_words(fact.basis), fact.basis, fact.evidence, joined(notes), path)


def missing_row(label: str, note: str = "") -> CardRow:
    """Return the row of a value that nobody gives: not stated is printed, never a blank (design §4)."""
    return CardRow(label, tr(NOT_STATED), basis_words("none"), note=note)


def merged_row(desk: Desk, record_id: str) -> tuple[CardRow, ...]:
    """Return the row of what was merged into a record, and can be parted again; none where nothing was."""
    gone = [each for each, stays in desk.table.merged.items() if stays == record_id]
    if not gone:
        return ()
    names = [getattr(each, "name", None) or getattr(each, "title", "") for each in desk.case.records(gone)]
    return (CardRow(tr("Merged here"), ", ".join(isolated(str(name)) for name in names), leads="part"),)


def cited(desk: Desk, fact: Fact) -> str:
    """Return the references of a value, with publisher and date; "" without any."""
    return "; ".join(reference_words(desk.record(reference)) for reference in fact.citations)


def reference_words(record: AnyRecord | None) -> str:
    """Return a reference as "title, publisher, date"."""
    if not isinstance(record, Reference):
        return ""
    from explorer.model.times import EdtfError, edtf_words

    date = ""
    if record.published:
        try:
            date = edtf_words(record.published)
        except EdtfError:
            date = record.published
    parts = [f"“{isolated(record.title)}”", isolated(record.publisher or ""), date]
    return ", ".join(part for part in parts if part)


def joined(notes: Iterable[str]) -> str:
    """Return notes one after another, empty ones left out."""
    return " · ".join(dict.fromkeys(note for note in notes if note))


def quotes_of(desk: Desk, span_ids: Iterable[str]) -> tuple[Quote, ...]:
    """Return the quotes of spans, one for each sentence (the longest), in the order given."""
    ids = list(dict.fromkeys(span_ids))
    desk.load(ids)
    best: dict[object, Quote] = {}
    for span_id in ids:
        quote = quote_of(desk, desk.span(span_id))
        key = (quote.document, quote.sentence) if quote.sentence is not None else span_id
        if key not in best or len(quote.text) > len(best[key].text):
            best[key] = quote
    return tuple(best.values())


def quote_of(desk: Desk, span: Span) -> Quote:
    """Return one span as a quote, with where it stands and the rest of its sentence."""
    sentence = desk.passages.sentence(span)
    before, after = desk.passages.context(span)
    lead = ""
    document = desk.passages.document(span.document)
    if document.kind == "dataset_row":
        dataset = desk.record(document.dataset) if document.dataset else None
        name = dataset.publisher or dataset.title if isinstance(dataset, Dataset) else ""
        lead = tr("Coded by {name} from:").format(name=isolated(name) or tr("a dataset"))
        if span.quote is None and not document.text:
            lead = tr("Coded by {name}; the words are not in the file.").format(
                name=isolated(name) or tr("a dataset")
            )
    text = span.quote if span.quote is not None else (document.text if lead else "")
    place = _place_words(desk, span, sentence)
    return Quote(text, span.document, sentence, span.start, span.end, place, span.id, before, after, lead)


def _place_words(desk: Desk, span: Span, sentence: int | None) -> str:
    """Return "¶3, sentence 3"; which document, where the case has several; why there is no place, where none is."""
    if span.unanchored:
        words = tr("no longer found in the text")
    elif sentence is None:
        words = tr("the document as a whole")
    else:
        words = sentence_words(desk.passages.document(span.document), sentence)
    if len(desk.table.documents.ids) == 1:
        return words
    return f"{words}, {isolated(desk.passages.document(span.document).title)}"


def claim_spans(claims: Iterable[Claim]) -> list[str]:
    """Return the spans that claims cite, in order, once each."""
    return list(dict.fromkeys(span for claim in claims for span in claim.evidence))
