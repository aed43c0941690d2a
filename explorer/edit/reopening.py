"""Records as drafts again, so that a form can change what is there."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.casefile.store import CaseFile
from explorer.edit.drafts import (
    ClaimDraft,
    EventDraft,
    Founded,
    LinkDraft,
    NumberDraft,
    PartDraft,
    PlaceDraft,
    RelationDraft,
    TimeDraft,
)
from explorer.model.facts import Claim, Fact, PlaceRef, Quantity, TimeRef
from explorer.model.records import Event, EventLink, Relation


def event_draft(case: CaseFile, event_id: str) -> EventDraft:
    """Return an event as a draft. Raises KeyError where the case has no such event."""
    event = case.record(event_id)
    if not isinstance(event, Event):
        raise KeyError(event_id)
    return EventDraft(
        event.title, _claims(event.claims), event.id, event.kind, event.type, event.mode, tuple(event.contexts),
        _time(event.time), _places(event.places),
        tuple(PartDraft(each.actor, each.role, _founded(each)) for each in event.participants),
        _numbers(event.quantities), event.confidence, event.status, tuple(event.tags), event.note,
    )  # fmt: skip


def relation_draft(case: CaseFile, relation_id: str) -> RelationDraft:
    """Return a relation as a draft. Raises KeyError where the case has no such relation."""
    found = case.record(relation_id)
    if not isinstance(found, Relation):
        raise KeyError(relation_id)
    return RelationDraft(
        found.source, found.target, _claims(found.claims), found.id, found.type, found.polarity, found.directed,
        found.aspect, _time(found.valid), found.basis, found.confidence, found.note,
    )  # fmt: skip


def link_draft(case: CaseFile, link_id: str) -> LinkDraft:
    """Return a link as a draft. Raises KeyError where the case has no such link."""
    found = case.record(link_id)
    if not isinstance(found, EventLink):
        raise KeyError(link_id)
    return LinkDraft(found.source, found.target, found.type, _founded(found), found.id, found.modality)


def _founded(fact: Fact) -> Founded:
    said = fact.attribution
    return Founded(
        (), fact.basis, tuple(fact.citations), tuple(fact.evidence), fact.note,
        said.text if said else None, said.actor if said else None,
    )  # fmt: skip


def _time(time: TimeRef | None) -> TimeDraft | None:
    if time is None:
        return None
    return TimeDraft(time.edtf, time.anchor, time.anchor_relation, _founded(time))


def _places(places: Iterable[PlaceRef]) -> tuple[PlaceDraft, ...]:
    return tuple(PlaceDraft(each.location, each.role, each.precision, _founded(each)) for each in places)


def _numbers(numbers: Iterable[Quantity]) -> tuple[NumberDraft, ...]:
    return tuple(
        NumberDraft(
            each.kind, each.qualifier, each.low, each.best, each.high, each.unit, each.of, each.as_published,
            _founded(each),
        )
        for each in numbers
    )  # fmt: skip


def _claims(claims: Iterable[Claim]) -> tuple[ClaimDraft, ...]:
    return tuple(_claim(each) for each in claims)


def _claim(claim: Claim) -> ClaimDraft:
    said = claim.attribution
    who_text, who = (said.text, said.actor) if said else (None, None)
    founded = Founded((), claim.basis, (), tuple(claim.evidence), claim.note, who_text, who)
    return ClaimDraft(
        founded, claim.id, claim.modality, claim.about, claim.credibility, _time(claim.time), _places(claim.places),
        _numbers(claim.quantities),
    )  # fmt: skip
