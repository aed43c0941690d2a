"""The records of a case's lists, in the order of model.md §3."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from explorer.model.base import (
    EdtfText,
    Extension,
    Number,
    Position,
    Record,
    Several,
    Text,
    Timestamp,
    Words,
    refusal,
)
from explorer.model.codebook import MODES_OF
from explorer.model.facts import Claim, Fact, Participation, PlaceRef, Quantity, TimeRef
from explorer.model.ids import (
    ActorId,
    DatasetId,
    DocumentId,
    EventId,
    LinkId,
    LocationId,
    MentionedId,
    ReferenceId,
    RelationId,
    SpanId,
)
from explorer.model.vocabulary import (
    ActorKind,
    Basis,
    Confidence,
    DocumentKind,
    EventKind,
    EventType,
    LinkType,
    LocationKind,
    MentionForm,
    Modality,
    Polarity,
    RelationType,
    Status,
)


class Sentence(Record):
    """A half-open stretch of a document's text, in Unicode code points."""

    start: Position
    end: Position


class Document(Record):
    """A text we hold, or a row of a dataset, with what is known of its source."""

    id: DocumentId
    kind: DocumentKind = "news_article"
    title: Words
    publisher: Words | None = None
    authors: Several[Words] = ()
    published: TimeRef | None = None
    retrieved: Words | None = None
    url: Words | None = None
    language: Words | None = None
    derived_from: Words | None = None
    dataset: DatasetId | None = None
    archived_url: Words | None = None
    original_sha256: Words | None = None
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = None
    rights: Text | None = None
    text: Text
    text_sha256: Words
    sentences: Several[Sentence] = ()
    metadata_evidence: dict[Text, Several[SpanId]] = Field(default_factory=dict)
    note: Text | None = None


class Span(Record):
    """A W3C position + quote selector inside one sentence; without positions, the document as a whole."""

    id: SpanId
    document: DocumentId
    start: Position | None = None
    end: Position | None = None
    quote: Text | None = None
    prefix: Text | None = None
    suffix: Text | None = None
    unanchored: bool = False

    @model_validator(mode="after")
    def _is_all_or_none(self) -> Self:
        if self.unanchored:
            if self.start is not None or self.end is not None or self.quote is None:
                raise refusal("an unanchored span", "a quote and no positions", at="unanchored")
            return self
        missing = [name for name in ("start", "end", "quote") if getattr(self, name) is None]
        if len(missing) in (1, 2):
            given = ", ".join(name for name in ("start", "end", "quote") if name not in missing)
            raise refusal(f"only {given}", "all of start, end and quote, or none", at=missing[0])
        if self.start is not None and self.end is not None and self.quote is not None:
            if self.end <= self.start:
                raise refusal(f"end {self.end} and start {self.start}", "an end after the start", at="end")
            if len(self.quote) != self.end - self.start:
                found = f"a quote of {len(self.quote)} characters"
                raise refusal(found, f"the {self.end - self.start} from start to end", at="quote")
        return self


class Reference(Record):
    """Something outside the case's texts that a value rests on."""

    id: ReferenceId
    title: Words
    publisher: Words | None = None
    published: EdtfText | None = None
    url: Words | None = None
    archived_url: Words | None = None
    accessed: EdtfText | None = None
    note: Text | None = None


class Dataset(Record):
    """A published dataset; its licence and citation travel with every export."""

    id: DatasetId
    title: Words
    publisher: Words | None = None
    version: Words | None = None
    licence: Words
    citation: Words
    url: Words | None = None
    accessed: EdtfText | None = None
    coverage: EdtfText | None = None
    sharing: Literal["free", "figures_only"] | None = None


class Actor(Record):
    """Who: a name, its other names, its kind, and the coder's camp for it."""

    id: ActorId
    name: Words
    kind: ActorKind
    aliases: Several[Words] = ()
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    side: Words | None = None
    external_ids: dict[Text, Text] = Field(default_factory=dict)
    merged_into: ActorId | None = None
    note: Text | None = None


class Location(Record):
    """Where: a name in a hierarchy, with or without a point."""

    id: LocationId
    name: Words
    kind: LocationKind
    part_of: LocationId | None = None
    aliases: Several[Words] = ()
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    lat: Number | None = Field(default=None, ge=-90, le=90)
    lon: Number | None = Field(default=None, ge=-180, le=180)
    coordinates_source: Words | None = None
    external_ids: dict[Text, Text] = Field(default_factory=dict)
    merged_into: LocationId | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _point_has_a_source(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            missing = "lat" if self.lat is None else "lon"
            raise refusal(f"a point without {missing}", "both lat and lon, or neither", at=missing)
        if self.lat is not None and self.coordinates_source is None:
            mend = "say where the coordinates come from"
            raise refusal(
                "a point without its source", "coordinates_source", at="coordinates_source", mend=mend
            )
        return self


class Event(Record):
    """The analyst's unit: what happened, as one or more claims say."""

    id: EventId
    title: Words
    kind: EventKind = "occurrence"
    type: EventType | None = None
    mode: Words | None = None
    contexts: Several[Words] = ()
    acled: Words | None = None
    codes: dict[Text, Text] = Field(default_factory=dict)
    time: TimeRef | None = None
    places: Several[PlaceRef] = ()
    participants: Several[Participation] = ()
    quantities: Several[Quantity] = ()
    aggregate: bool = False
    claims: Several[Claim]
    confidence: Confidence | None = None
    status: Status = "unreviewed"
    tags: Several[Words] = ()
    merged_into: EventId | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _is_claimed_and_coded(self) -> Self:
        _refuse_unclaimed(self.claims)
        if self.mode is not None and self.mode not in MODES_OF.get(self.type or "", ()):
            types = [code for code, modes in MODES_OF.items() if self.mode in modes]
            if types:  # an unknown mode is lint, another type's is an error (model.md §3)
                found = f"{self.mode} with {self.type or 'no type'}"
                raise refusal(
                    found, f"a mode of the type; {self.mode} belongs to {' or '.join(types)}", at="mode"
                )
        return self


def _refuse_unclaimed(claims: tuple[Claim, ...]) -> None:
    """Raise where nobody says so: every event and relation has at least one claim (model.md §4.5)."""
    if not claims:
        mend = "add a claim with the spans that speak of it"
        raise refusal("no claim", "at least one claim", at="claims", mend=mend)


class Relation(Record):
    """A tie between two actors that a text states or a coder reads from it."""

    id: RelationId
    source: ActorId
    target: ActorId
    type: RelationType
    polarity: Polarity
    directed: bool = True
    aspect: Words | None = None
    valid: TimeRef | None = None
    basis: Basis = "stated"
    claims: Several[Claim]
    confidence: Confidence | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _is_claimed(self) -> Self:
        _refuse_unclaimed(self.claims)
        if self.basis == "reference":  # it has no citations: its claims are what it rests on
            raise refusal('"reference"', "stated or inferred, from the spans of its claims", at="basis")
        return self


class EventLink(Fact):
    """An order, a containment or a cause between two events."""

    id: LinkId
    source: EventId
    target: EventId
    type: LinkType
    modality: Modality = "asserted"


class Mention(Record):
    """A stretch of text that names an actor, a location or an event; its identity is the pair."""

    span: SpanId
    refers_to: MentionedId
    form: MentionForm


AnyRecord = Document | Reference | Dataset | Span | Actor | Location | Event | Relation | EventLink | Mention

#: The lists of a case, in file order, and the record each holds.
LISTS: dict[str, type[Record]] = {
    "documents": Document,
    "references": Reference,
    "datasets": Dataset,
    "spans": Span,
    "actors": Actor,
    "locations": Location,
    "events": Event,
    "relations": Relation,
    "links": EventLink,
    "mentions": Mention,
}


class CaseHeader(Record):
    """What a case says of itself, apart from its lists."""

    format: Literal["event-case"] = "event-case"
    format_version: str = Field(pattern=r"^\d+\.\d+$")
    id: str = Field(pattern=r"^[a-z]{2,4}-[a-z0-9][a-z0-9._-]{0,63}$")
    title: Words
    description: Text | None = None
    created: Timestamp
    modified: Timestamp
    coders: Several[Words] = ()
    ext: Extension = Field(default_factory=dict)


class Case(CaseHeader):
    """A whole case in memory: for small cases, tests and the JSON Schema. The program works from the case file."""

    documents: Several[Document] = ()
    references: Several[Reference] = ()
    datasets: Several[Dataset] = ()
    spans: Several[Span] = ()
    actors: Several[Actor] = ()
    locations: Several[Location] = ()
    events: Several[Event] = ()
    relations: Several[Relation] = ()
    links: Several[EventLink] = ()
    mentions: Several[Mention] = ()
