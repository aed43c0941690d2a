"""What a form holds before it becomes a record: values with the characters they were read from."""

from __future__ import annotations

from dataclasses import field

from explorer.edit.passages import Marked
from explorer.frozen import frozen
from explorer.model.vocabulary import (
    AnchorRelation,
    Basis,
    Confidence,
    DenialOf,
    EventKind,
    LinkType,
    Modality,
    PlaceRole,
    Polarity,
    Qualifier,
    QuantityKind,
    RelationType,
    Role,
    Status,
)


@frozen
class Founded:
    """What a value rests on: words of the text (stated, or inferred from them) or references from outside.

    spans: evidence that is in the case already and stays. who: according to whom, as the text prints it, and as an
    actor.
    """

    words: tuple[Marked, ...] = ()
    basis: Basis = "stated"
    citations: tuple[str, ...] = ()
    spans: tuple[str, ...] = ()
    note: str | None = None
    who_text: str | None = None
    who: str | None = None


@frozen
class TimeDraft:
    """When: EDTF, or an anchor to a document or event, or both."""

    edtf: str | None = None
    anchor: str | None = None
    relation: AnchorRelation | None = None
    founded: Founded = field(default_factory=Founded)


@frozen
class PlaceDraft:
    """Where: the id of a location, and its part in the event."""

    location: str
    role: PlaceRole = "at"
    precision: int | None = None
    founded: Founded = field(default_factory=Founded)


@frozen
class PartDraft:
    """Who took part, in which role."""

    actor: str
    role: Role = "actor"
    founded: Founded = field(default_factory=Founded)


@frozen
class NumberDraft:
    """How many of what; of: who suffered it."""

    kind: QuantityKind = "fatalities"
    qualifier: Qualifier = "exactly"
    low: float | None = None
    best: float | None = None
    high: float | None = None
    unit: str | None = None
    of: str | None = None
    as_published: bool = False
    founded: Founded = field(default_factory=Founded)


@frozen
class ClaimDraft:
    """What one document says: its words, how it is reported, according to whom; values only where they differ."""

    founded: Founded
    id: str | None = None
    modality: Modality = "asserted"
    about: DenialOf | None = None
    credibility: int | None = None
    time: TimeDraft | None = None
    places: tuple[PlaceDraft, ...] = ()
    numbers: tuple[NumberDraft, ...] = ()


@frozen
class EventDraft:
    """An event as a form holds it; id: of the event that is edited, None for a new one."""

    title: str
    claims: tuple[ClaimDraft, ...]
    id: str | None = None
    kind: EventKind = "occurrence"
    type: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    time: TimeDraft | None = None
    places: tuple[PlaceDraft, ...] = ()
    parts: tuple[PartDraft, ...] = ()
    numbers: tuple[NumberDraft, ...] = ()
    confidence: Confidence | None = None
    status: Status = "unreviewed"
    tags: tuple[str, ...] = ()
    note: str | None = None


@frozen
class RelationDraft:
    """A relation between two actors as a form holds it."""

    source: str
    target: str
    claims: tuple[ClaimDraft, ...]
    id: str | None = None
    type: RelationType = "supports"
    polarity: Polarity = "cooperative"
    directed: bool = True
    aspect: str | None = None
    valid: TimeDraft | None = None
    basis: Basis = "stated"
    confidence: Confidence | None = None
    note: str | None = None


@frozen
class LinkDraft:
    """A link between two events as a form holds it."""

    source: str
    target: str
    type: LinkType
    founded: Founded
    id: str | None = None
    modality: Modality = "asserted"
