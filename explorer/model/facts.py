"""The small values that carry their own evidence: the Fact mixin and what is built on it (model.md §3)."""

from __future__ import annotations

from itertools import pairwise
from typing import Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from explorer.model.base import EdtfText, Number, Record, Several, Text, Words, refusal
from explorer.model.edtf import parse_edtf
from explorer.model.ids import ActorId, AnchorId, ClaimId, LocationId, ReferenceId, SpanId
from explorer.model.vocabulary import (
    AnchorRelation,
    Basis,
    DenialOf,
    Modality,
    PlaceRole,
    Precision,
    Qualifier,
    QuantityKind,
    Role,
)


class Attribution(Record):
    """Who says so, in the words of the text and, where coded, as an actor."""

    text: Words | None = None
    actor: ActorId | None = None


class Fact(Record):
    """A value with the characters it was read from, and how it was read.

    Stated and inferred values cite spans, values from outside cite a reference (model.md §4.6). A value that says
    nothing (a TimeRef with only a note) needs neither.
    """

    evidence: Several[SpanId] = ()
    basis: Basis = "stated"
    citations: Several[ReferenceId] = ()
    attribution: Attribution | None = None
    note: Text | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is a value that must be founded on something."""
        return True

    @model_validator(mode="after")
    def _is_founded(self) -> Self:
        if self.basis == "reference":
            if not self.citations and self.says_something:
                mend = "cite the reference it was taken from"
                raise refusal(
                    "basis reference and no citation", "the id of a reference", at="citations", mend=mend
                )
        elif not self.evidence and self.says_something:
            mend = "cite the words it was read from, or mark it as reference with a citation"
            raise refusal(
                f"basis {self.basis} and no evidence", "at least one span", at="evidence", mend=mend
            )
        return self


class TimeRef(Fact):
    """A time as EDTF, as an anchor to a document or event, or both.

    earliest, latest (ISO days, null = open) and precision repeat what edtf means, for programs without an EDTF
    parser: refused where they are wrong. Where they are absent they stay so, that a case may come back as it was;
    first_day, last_day and width give their values in either case.
    """

    edtf: EdtfText | None = None
    earliest: Words | None = None
    latest: Words | None = None
    precision: Precision | None = None
    anchor: AnchorId | None = None
    anchor_relation: AnchorRelation | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is a date or an anchor."""
        return self.edtf is not None or self.anchor is not None

    @property
    def first_day(self) -> str | None:
        """What earliest is or would be."""
        return None if self.edtf is None else parse_edtf(self.edtf).earliest

    @property
    def last_day(self) -> str | None:
        """What latest is or would be."""
        return None if self.edtf is None else parse_edtf(self.edtf).latest

    @property
    def width(self) -> str:
        """What precision is or would be."""
        return "unknown" if self.edtf is None else parse_edtf(self.edtf).precision

    @field_validator("earliest", "latest", "precision")
    @classmethod
    def _repeats_the_edtf(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None or "edtf" not in info.data:  # a wrong edtf has its own error
            return value
        edtf = info.data["edtf"]
        if edtf is None:
            if value != "unknown":
                raise refusal(
                    f'"{value[:60]}" without edtf', "an edtf that it repeats", mend="give edtf, or drop it"
                )
            return value
        meant = getattr(parse_edtf(edtf), str(info.field_name))
        if value != meant:
            expected = "nothing (it is open)" if meant is None else f'"{meant}"'
            raise refusal(
                f'"{value[:60]}"', f"{expected}, as edtf {edtf[:60]} means", mend="drop it or correct it"
            )
        return value

    @model_validator(mode="after")
    def _anchor_has_relation(self) -> Self:
        if (self.anchor is None) != (self.anchor_relation is None):
            missing = "anchor" if self.anchor is None else "anchor_relation"
            given = "anchor_relation" if self.anchor is None else "anchor"
            raise refusal(f"{given} without {missing}", "both or neither", at=missing)
        return self


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

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        given = [
            (name, value) for name in ("low", "best", "high") if (value := getattr(self, name)) is not None
        ]
        if not self.as_published:
            for (name, value), (next_name, next_value) in pairwise(given):
                if value > next_value:
                    mend = "correct the numbers, or set as_published where a publisher printed them so"
                    found = f"{name} {value} above {next_name} {next_value}"
                    raise refusal(found, "low ≤ best ≤ high", at=name, mend=mend)
        if self.qualifier == "at_least" and self.low is None:
            mend = 'write "at least 25" as low 25, with best and high left out'
            raise refusal("at_least without low", "the number in low", at="low", mend=mend)
        return self


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

    @model_validator(mode="after")
    def _cites_its_document(self) -> Self:
        if not self.evidence:
            raise refusal("a claim without evidence", "at least one span", at="evidence")
        if self.basis == "reference":
            mend = "what comes from outside the text is a value with a citation, not a claim"
            raise refusal('"reference"', "stated or inferred", at="basis", mend=mend)
        return self
