"""The facts behind a bound or a contradiction in plain words, each with the place it was read from (design §4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from explorer.chronology.facts import CODES, Fact
from explorer.frozen import frozen
from explorer.model.times import edtf_words
from explorer.words import isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.sources import SourceText
    from explorer.casefile.store import CaseFile
    from explorer.chronology.contradictions import Contradiction
    from explorer.model.facts import Quantity
    from explorer.model.records import AnyRecord, Reference

#: What a fact says of two records: {one} is whose time it is, {other} what it is compared with.
COMPARED = {
    ("link", "before"): "{one} was before {other}", ("link", "contains"): "{one} contains {other}",
    ("link", "overlaps"): "{one} overlapped {other} in time",
    ("link", "simultaneous"): "{one} was at the same time as {other}",
    ("link", "causes"): "{one} caused {other}", ("link", "enables"): "{one} made {other} possible",
    ("link", "part_of"): "{one} is part of {other}",
    ("link", "in_response_to"): "{one} is reported as a response to {other}",
    ("anchor", "before"): "{one} was before {other}", ("anchor", "after"): "{one} was after {other}",
    ("anchor", "at"): "{one} was at the time of {other}",
    ("anchor", "overlaps"): "{one} was going on at the time of {other}",
}  # fmt: skip
LASTED = {
    "at_least": "at least {n} {unit}", "more_than": "more than {n} {unit}", "at_most": "at most {n} {unit}",
    "fewer_than": "less than {n} {unit}", "about": "about {n} {unit}",
}  # fmt: skip


@frozen
class Told:
    """One fact for a reader: what it says, where that is read ("¶4"), its spans, and their sentences as printed."""

    fact: Fact
    words: str
    place: str
    spans: tuple[str, ...]
    sentences: tuple[str, ...]

    @property
    def basis(self) -> str:
        """The word of BASES for what it rests on."""
        return next(word for word, code in CODES.items() if code == self.fact.basis)


class Telling:
    """Puts the facts of a case into words; what it has looked up is kept while it lives."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._records: dict[str, AnyRecord | None] = {}
        self._sources: dict[str, SourceText] = {}

    def told(self, fact: Fact) -> Told:
        """Return a fact with its words, its place and its sentences."""
        return Told(fact, self.sentence(fact), self.place(fact), fact.evidence, self.sentences(fact))

    def contradiction(self, contradiction: Contradiction) -> str:
        """Return in one sentence which facts cannot all hold, and which of them was set aside."""
        facts = "; ".join(self.founded(fact) for fact in contradiction.facts)
        return tr("These cannot all hold: {facts}. Set aside: {fact}.").format(
            facts=facts, fact=self.sentence(contradiction.set_aside)
        )

    def founded(self, fact: Fact) -> str:
        """Return what a fact says and in brackets what it rests on: its place, the coder's reading, a reference."""
        notes = [self.place(fact), self._basis(fact)]
        notes = [note for note in notes if note]
        return f"{self.sentence(fact)} ({', '.join(notes)})" if notes else self.sentence(fact)

    def sentence(self, fact: Fact, one: str | None = None) -> str:
        """Return what a fact says; one: how its subject is called, where not by its name."""
        one = self.name(fact.subject) if one is None else one
        if fact.kind == "date":
            template = tr("{one} is of {date}") if fact.path == "published" else tr("{one} is dated {date}")
            return template.format(one=one, date=edtf_words(fact.edtf))
        if fact.kind == "duration":
            return tr("{one} lasted {time}").format(one=one, time=self._lasting(fact))
        return tr(COMPARED[fact.kind, fact.relation]).format(one=one, other=self.name(fact.other))

    def name(self, record_id: str) -> str:
        """Return how a record is called in a sentence: the report, “its headline”, “one actor – another”."""
        from explorer.model.records import Document, Event, Relation

        record = self.record(record_id)
        if isinstance(record, Document):
            if self._case.count("documents") == 1:
                return tr("the report")
            return tr("the report “{title}”").format(title=isolated(record.title))
        if isinstance(record, Event):
            return f"“{isolated(record.title)}”"
        if isinstance(record, Relation):
            ends = (self.record(record.source), self.record(record.target))
            names = (isolated(str(getattr(end, "name", record_id))) for end in ends)
            return tr("the tie “{names}”").format(names=" – ".join(names))
        return record_id

    def record(self, record_id: str) -> AnyRecord | None:
        """Return a record of the case."""
        if record_id not in self._records:
            self._records[record_id] = self._case.record(record_id)
        return self._records[record_id]

    def place(self, fact: Fact) -> str:
        """Return the paragraph that a fact was read from, "¶4"; "" without words of a text."""
        for span in self._case.spans(fact.evidence[:1]):
            if span.start is not None:
                paragraph = self._source(span.document).text.count("\n", 0, span.start) + 1
                return tr("¶{paragraph}").format(paragraph=paragraph)
        return ""

    def sentences(self, fact: Fact) -> tuple[str, ...]:
        """Return the sentences that a fact's words stand in, as printed, each once."""
        found: dict[str, None] = {}
        for span in self._case.spans(fact.evidence):
            if span.start is None:
                continue
            source = self._source(span.document)
            for bounds in source.sentences:
                if bounds.start <= span.start < bounds.end:
                    found[source.text[bounds.start : bounds.end]] = None
        return tuple(found)

    def phrase(self, spans: Iterable[str]) -> str | None:
        """Return the words that a value was read from, joined with an ellipsis; None where it cites none."""
        words = dict.fromkeys(span.quote for span in self._case.spans(spans) if span.quote)
        return " … ".join(words) or None

    def references(self, fact: Fact) -> str:
        """Return the references of a fact: “title”, publisher, date."""
        from explorer.model.records import Reference

        records = (self.record(name) for name in fact.citations)
        return "; ".join(_reference(record) for record in records if isinstance(record, Reference))

    def _source(self, document: str) -> SourceText:
        if document not in self._sources:
            self._sources[document] = self._case.source(document)
        return self._sources[document]

    def _basis(self, fact: Fact) -> str:
        if fact.basis == CODES["reference"]:
            return tr("from outside the report: {references}").format(references=self.references(fact))
        return tr("coder's reading") if fact.basis == CODES["inferred"] else ""

    def _lasting(self, fact: Fact) -> str:
        from explorer.model.records import Event

        record = self.record(fact.record)
        if not isinstance(record, Event):
            return tr("not stated")
        value = record.quantities[int(fact.path[len("quantities[") : -1])]
        return _lasting(value)


def _lasting(value: Quantity) -> str:
    unit = value.unit or ""
    if value.low is not None and value.high is not None and value.low != value.high:
        return tr("{low}–{high} {unit}").format(low=_number(value.low), high=_number(value.high), unit=unit)
    order = (value.high, value.best, value.low) if value.qualifier in ("at_most", "fewer_than") else ()
    number = next(n for n in (*order, value.low, value.best, value.high) if n is not None)
    several = unit if number == 1 or unit.endswith("s") else f"{unit}s"
    return tr(LASTED.get(value.qualifier, "{n} {unit}")).format(n=_number(number), unit=several)


def _number(value: float) -> str:
    return f"{value:,g}" if value % 1 else f"{int(value):,}"


def _reference(record: Reference) -> str:
    date = edtf_words(record.published) if record.published else ""
    parts = (f"“{isolated(record.title)}”", isolated(record.publisher or ""), date)
    return ", ".join(part for part in parts if part)
