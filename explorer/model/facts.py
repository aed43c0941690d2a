"""The small values that carry their own evidence: the Fact mixin and what is built on it (model.md §3)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from explorer.model.base import Number, Record, Several, Text, Words
from explorer.model.ids import ActorId, AnchorId, ClaimId, LocationId, ReferenceId, SpanId

Basis = Literal["stated", "inferred", "reference"]
#: Weakest first, so that the weakest basis of a chain is the smallest code; columns hold positions in this tuple.
BASES = ("none", "reference", "inferred", "stated")
Precision = Literal["day", "days", "week", "month", "year", "longer", "open", "unknown"]
AnchorRelation = Literal["before", "at", "after", "overlaps"]
PlaceRole = Literal["at", "from", "via", "to"]
Role = Literal["actor", "recipient", "beneficiary", "party", "affected"]
QuantityKind = Literal[
    "fatalities", "injured", "casualties", "displaced", "detained", "forces", "duration", "other"
]
Qualifier = Literal[
    "exactly", "about", "at_least", "more_than", "at_most", "fewer_than", "range", "unspecified"
]
Modality = Literal["asserted", "expected", "possible", "denied", "assessment"]
DenialOf = Literal["occurrence", "actor", "number", "place", "time"]


class Attribution(Record):
    """Who says so, in the words of the text and, where coded, as an actor."""

    text: Words | None = None
    actor: ActorId | None = None


class Fact(Record):
    """A value with the characters it was read from, and how it was read."""

    evidence: Several[SpanId] = ()
    basis: Basis = "stated"
    citations: Several[ReferenceId] = ()
    attribution: Attribution | None = None
    note: Text | None = None


class TimeRef(Fact):
    """A time as EDTF, as an anchor to a document or event, or both."""

    edtf: Words | None = None
    earliest: Words | None = None
    latest: Words | None = None
    precision: Precision | None = None
    anchor: AnchorId | None = None
    anchor_relation: AnchorRelation | None = None


class PlaceRef(Fact):
    """Where: a location, its role in the record, and UCDP's where_prec 1-7."""

    location: LocationId
    role: PlaceRole = "at"
    precision: int | None = Field(default=None, ge=1, le=7)


class Participation(Fact):
    """Who: an actor in a PLOVER role, or as a party without direction, or as one affected."""

    actor: ActorId
    role: Role


class Quantity(Fact):
    """How many, as a range that keeps its qualifier ("at least 25" is low 25 and nothing else)."""

    kind: QuantityKind
    qualifier: Qualifier = "exactly"
    low: Number | None = None
    best: Number | None = None
    high: Number | None = None
    unit: Words | None = None
    of: ActorId | None = None
    as_published: bool = False


class Claim(Record):
    """What one document says about one record; it repeats only the values in which it differs."""

    id: ClaimId
    evidence: Several[SpanId]
    basis: Basis = "stated"
    modality: Modality = "asserted"
    about: DenialOf | None = None
    attribution: Attribution | None = None
    credibility: int | None = Field(default=None, ge=1, le=6)
    time: TimeRef | None = None
    places: Several[PlaceRef] = ()
    quantities: Several[Quantity] = ()
    note: Text | None = None
