"""The records of a case's lists, in the order of model.md §3."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from explorer.model.base import Extension, Number, Record, Several, Text, Words
from explorer.model.facts import (
    Basis,
    Claim,
    Fact,
    Modality,
    Participation,
    PlaceRef,
    Quantity,
    TimeRef,
)
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

DocumentKind = Literal["news_article", "report", "post", "dataset_row", "other"]
MentionForm = Literal["name", "nominal", "pronoun", "trigger"]
ActorKind = Literal[
    "state", "government", "state_forces", "rebel_group", "militia", "identity_group", "armed_unidentified",
    "party", "person", "civilians", "protesters", "international", "media", "source", "grouping",
    "unidentified", "other",
]  # fmt: skip
LocationKind = Literal["country", "admin1", "admin2", "place", "site", "region", "water"]
EventKind = Literal["occurrence", "state", "episode"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Confidence = Literal["low", "medium", "high"]
Status = Literal["unreviewed", "checked", "disputed"]
RelationType = Literal["supports", "allied_with", "opposes", "leads", "part_of", "other"]
Polarity = Literal["cooperative", "conflictual", "neutral"]
LinkType = Literal[
    "before", "contains", "overlaps", "simultaneous", "causes", "enables", "part_of", "in_response_to",
    "possibly_same",
]  # fmt: skip


class Sentence(Record):
    """A half-open stretch of a document's text, in Unicode code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


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
    metadata_evidence: dict[str, Several[SpanId]] = Field(default_factory=dict)
    note: Text | None = None


class Span(Record):
    """A W3C position + quote selector inside one sentence; without positions, the document as a whole."""

    id: SpanId
    document: DocumentId
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    quote: Text | None = None
    prefix: Text | None = None
    suffix: Text | None = None
    unanchored: bool = False


class Reference(Record):
    """Something outside the case's texts that a value rests on."""

    id: ReferenceId
    title: Words
    publisher: Words | None = None
    published: Words | None = None
    url: Words | None = None
    archived_url: Words | None = None
    accessed: Words | None = None
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
    accessed: Words | None = None
    coverage: Words | None = None
    sharing: Literal["free", "figures_only"] | None = None


class Actor(Record):
    """Who: a name, its other names, its kind, and the coder's camp for it."""

    id: ActorId
    name: Words
    kind: ActorKind
    aliases: Several[Words] = ()
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    side: Words | None = None
    external_ids: dict[str, Text] = Field(default_factory=dict)
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
    external_ids: dict[str, Text] = Field(default_factory=dict)
    merged_into: LocationId | None = None
    note: Text | None = None


class Event(Record):
    """The analyst's unit: what happened, as one or more claims say."""

    id: EventId
    title: Words
    kind: EventKind = "occurrence"
    type: EventType | None = None
    mode: Words | None = None
    contexts: Several[Words] = ()
    acled: Words | None = None
    codes: dict[str, Text] = Field(default_factory=dict)
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
    created: Words
    modified: Words
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
