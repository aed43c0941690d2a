"""The rows of an event's fact card, in the order of design §4: who, to whom, how many, where, when, who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from explorer.casefile.columns import SOURCES
from explorer.model.codebook import quad_of
from explorer.model.facts import Claim, Participation, PlaceRef, Quantity
from explorer.model.records import Event
from explorer.query.amounts import PEOPLE, amount_words, kind_label
from explorer.query.card_parts import (
    Card,
    CardRow,
    Desk,
    claim_spans,
    fact_row,
    joined,
    merged_row,
    missing_row,
    quotes_of,
)  # fmt: skip
from explorer.query.card_time import claim_time_words, time_rows
from explorer.query.describe import both, plural
from explorer.query.records import evidence_ids
from explorer.query.sameness import alike_to
from explorer.words import (
    CONFIDENCE_WORDS,
    DENIAL_WORDS,
    MODALITY_WORDS,
    NOT_STATED,
    PLACE_ROLE_WORDS,
    QUANTITY_WORDS,
    ROLE_WORDS,
    SOURCES_WORDS,
    STATUS_WORDS,
    isolated,
    tr,
    type_words,
)  # fmt: skip


def event_card(desk: Desk, event: Event) -> Card:
    """Return the card of an event."""
    desk.load(evidence_ids(event))
    bounds = desk.case.bounds([event.id], text_only=desk.text_only)[event.id]
    rows = [
        *_participants(desk, event),
        *(
            row
            for path, value in _indexed(event.quantities, "quantities")
            for row in _quantity(desk, path, value)
        ),
        *_places(desk, event),
        *time_rows(desk, event.time, bounds, record_id=event.id),
        *claim_rows(desk, event.claims),
        *_sources(desk, event),
        *merged_row(desk, event.id),
    ]
    if event.note:
        rows.append(CardRow(tr("Coder's note"), isolated(event.note), path="note"))
    quotes = quotes_of(desk, claim_spans(event.claims))
    return Card(event.id, isolated(event.title), tr("coder's headline"), tuple(rows), quotes, _footer(event))


def claim_rows(desk: Desk, claims: Iterable[Claim]) -> Iterator[CardRow]:
    """Yield who says so, one row for each way of saying it: several sources, or one that says different things.

    Claims of one document that agree in all but their words share a row.
    """
    groups: dict[object, list[tuple[int, Claim]]] = {}
    for index, claim in enumerate(claims):
        differs = claim.time or claim.places or claim.quantities or claim.modality == "denied"
        same = (_document(desk, claim), claim.attribution, claim.modality, claim.basis, claim.about)
        groups.setdefault(index if differs else same, []).append((index, claim))
    for group in groups.values():
        yield _claims_row(desk, group)


def _claims_row(desk: Desk, group: list[tuple[int, Claim]]) -> CardRow:
    index, first = group[0]
    claims = [claim for _, claim in group]
    reported = tr(MODALITY_WORDS[first.modality])
    notes = [
        tr(DENIAL_WORDS[first.about or "occurrence"]) if first.modality == "denied" else "",
        _differing(desk, first),
        tr("the link to this record is the coder's reading") if first.basis == "inferred" else "",
        tr("credibility {n} of 6").format(n=first.credibility) if first.credibility else "",
        *(isolated(claim.note) for claim in claims if claim.note),
    ]
    return CardRow(
        tr("According to"), _speaker(desk, first), reported[:1].lower() + reported[1:], first.basis,
        tuple(claim_spans(claims)), joined(notes), f"claims[{index}]",
    )  # fmt: skip


def _speaker(desk: Desk, claim: Claim) -> str:
    who = desk.who_says(claim.attribution)
    document = _document(desk, claim)
    if len(desk.table.documents.ids) == 1 or not document:
        return who or tr("the report; no source named")
    title = isolated(desk.passages.document(document).title)
    if who:
        return tr("{who}, in “{title}”").format(who=who, title=title)
    return tr("“{title}”; no source named").format(title=title)


def _differing(desk: Desk, claim: Claim) -> str:
    """Return the values in which one claim differs from the record: "it says: killed at least 31"."""
    told = [claim_time_words(desk, claim.time)] if claim.time and desk.counts(claim.time) else []
    told += [desk.place(place.location) for place in claim.places if desk.counts(place)]
    told += [
        f"{tr(QUANTITY_WORDS[quantity.kind])}: {amount_words(quantity)}"
        for quantity in claim.quantities
        if desk.counts(quantity)
    ]
    return tr("it says: {values}").format(values="; ".join(told)) if told else ""


def _document(desk: Desk, claim: Claim) -> str:
    return desk.span(claim.evidence[0]).document if claim.evidence else ""


def _participants(desk: Desk, event: Event) -> Iterator[CardRow]:
    given = [(path, p) for path, p in _indexed(event.participants, "participants") if desk.counts(p)]
    roles = {p.role for _, p in given}
    quad = quad_of(event.type)
    for role in ROLE_WORDS:
        yield from (_participant(desk, path, p) for path, p in given if p.role == role)
        if role == "actor" and not roles & {"actor", "party"} and (quad or not given):
            yield missing_row(tr(ROLE_WORDS["actor"]))
        aimed = quad is not None and "conflict" in quad and "beneficiary" not in roles
        if role == "recipient" and aimed and not roles & {"recipient", "party"}:
            yield missing_row(
                tr(ROLE_WORDS["recipient"]), tr("a place is named, no group") if event.places else ""
            )
        if (
            role == "beneficiary"
            and quad == "material_cooperation"
            and not roles & {"recipient", "beneficiary", "party"}
        ):
            yield missing_row(tr(ROLE_WORDS["beneficiary"]))


def _participant(desk: Desk, path: str, value: Participation) -> CardRow:
    name = desk.actor(value.actor)
    return fact_row(desk, tr(ROLE_WORDS[value.role]), name, value, path)


def _quantity(desk: Desk, path: str, value: Quantity) -> Iterator[CardRow]:
    if not desk.counts(value):
        return
    words = amount_words(value)
    if value.of:
        words = tr("{amount} · who: {who}").format(amount=words, who=desk.actor(value.of))
    elif value.kind in PEOPLE:
        words = tr("{amount} · who they were: {who}").format(amount=words, who=tr(NOT_STATED))
    row = fact_row(desk, kind_label(value), words, value, path)
    if value.as_published:
        row = replace(row, note=joined((row.note, tr("as published"))))
    yield row


def _places(desk: Desk, event: Event) -> Iterator[CardRow]:
    given = [(path, place) for path, place in _indexed(event.places, "places") if desk.counts(place)]
    if not given:
        yield missing_row(tr("Where"))
    for path, place in given:
        role = tr(PLACE_ROLE_WORDS[place.role])
        label = tr("Where") if place.role == "at" else role[:1].upper() + role[1:]
        index = desk.table.location_of.get(place.location)
        plain = desk.table.locations.names[index] if index is not None else ""
        yield fact_row(desk, label, desk.place(place.location), place, path, plain=plain)


def _sources(desk: Desk, event: Event) -> Iterator[CardRow]:
    row = desk.table.row_of.get(event.id)
    count = int(desk.table.source_count[row]) if row is not None else 0
    passages = len(claim_spans(event.claims))
    state = SOURCES[desk.table.sources[row]] if row is not None else "one"
    words = tr(SOURCES_WORDS[state])
    said = plural(passages, "{n} passage", "{n} passages")
    note = words if state != "one" else ""
    leads = "compare" if len(event.claims) > 1 else ""
    value = f"{count} · {said}"
    if state == "differ":
        value = tr("{value} · they differ").format(value=value)
    yield CardRow(tr("Sources"), value, "", "none", note=note, leads=leads)
    yield from _same(desk, row)


def _same(desk: Desk, row: int | None) -> Iterator[CardRow]:
    """Yield how many other events may be this one."""
    found = alike_to(desk.table, row) if row is not None else ()
    if found:
        words = plural(len(found), "{n} other record", "{n} other records")
        yield CardRow(tr("May be the same"), words, "", "none", leads="same")


def _footer(event: Event) -> str:
    told = [
        tr("Classified by the coder: {words}").format(
            words=type_words(event.type, event.mode, event.contexts)
        )
        if event.type
        else tr("Not classified by the coder"),
        tr("ACLED: {words}").format(words=event.acled) if event.acled else "",
        tr("Status: {words}").format(words=tr(STATUS_WORDS[event.status])),
        tr("Confidence: {words}").format(words=tr(CONFIDENCE_WORDS[event.confidence]))
        if event.confidence
        else "",
        tr("Several acts with one total") if event.aggregate else "",
        tr("Tags: {tags}").format(tags=both([isolated(tag) for tag in event.tags])) if event.tags else "",
    ]
    return joined(told)


Value = TypeVar("Value", Participation, PlaceRef, Quantity)


def _indexed(values: Iterable[Value], name: str) -> Iterator[tuple[str, Value]]:
    return ((f"{name}[{index}]", value) for index, value in enumerate(values))
