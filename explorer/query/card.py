"""The fact card of design §4 as data: every value of a record with what it rests on and the spans it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from explorer.casefile.columns import PLACE_ROLES, RELATION_TYPES, ROLES, EventTable
from explorer.casefile.distinct import distinct
from explorer.model.records import Actor, Document, Event, EventLink, Location, Relation
from explorer.query.card_document import document_card
from explorer.query.card_event import claim_rows, event_card
from explorer.query.card_parts import (
    Card,
    CardRow,
    Desk,
    Quote,
    basis_words,
    claim_spans,
    fact_row,
    joined,
    merged_row,
    missing_row,
    quotes_of,
)
from explorer.query.card_time import time_rows
from explorer.query.describe import plural
from explorer.query.names import ancestry
from explorer.words import (
    ACTOR_KIND_WORDS,
    CONFIDENCE_WORDS,
    LINK_WORDS,
    LOCATION_KIND_WORDS,
    MODALITY_WORDS,
    PLACE_ROLE_WORDS,
    POLARITY_WORDS,
    RELATION_WORDS,
    ROLE_WORDS,
    isolated,
    tr,
)  # fmt: skip

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile

__all__ = ["Card", "CardRow", "Quote", "card"]

_MOST_TIES = 12


def card(case: CaseFile, table: EventTable, record_id: str, *, text_only: bool = False) -> Card:
    """Return the card of an event, relation, link, actor, location or document.

    text_only leaves out reference values and what rests on them. Raises KeyError for any other id.
    """
    desk = Desk(case, table, text_only)
    match case.record(table.stays(record_id)):
        case Event() as event:
            return event_card(desk, event)
        case Relation() as relation:
            return _relation_card(desk, relation)
        case EventLink() as link:
            return _link_card(desk, link)
        case Actor() as actor:
            return _actor_card(desk, actor)
        case Location() as location:
            return _location_card(desk, location)
        case Document() as document:
            return document_card(desk, document)
        case _:
            raise KeyError(record_id)


def _relation_card(desk: Desk, relation: Relation) -> Card:
    spans = claim_spans(relation.claims)
    ends = desk.actor(relation.source), desk.actor(relation.target)
    verb = tr(RELATION_WORDS[relation.type])
    words = " ".join((ends[0], verb, ends[1]))
    note = joined((desk.quoted(spans[:1]), "" if relation.directed else tr("in both directions")))
    rows = [
        CardRow(tr("Tie"), words, basis_words(relation.basis), relation.basis, tuple(spans), note, "basis"),
        CardRow(tr("Aspect"), isolated(relation.aspect), tr("coder's"), path="aspect") if relation.aspect else None,
        CardRow(tr("Reads as"), tr(POLARITY_WORDS[relation.polarity]), tr("coder's"), path="polarity"),
        *_valid(desk, relation),
        *claim_rows(desk, relation.claims),
        CardRow(tr("Coder's note"), isolated(relation.note), path="note") if relation.note else None,
    ]  # fmt: skip
    footer = (
        tr("Confidence: {words}").format(words=tr(CONFIDENCE_WORDS[relation.confidence]))
        if relation.confidence
        else ""
    )
    kept = tuple(row for row in rows if row)
    return Card(
        relation.id,
        " ".join((ends[0], verb, ends[1])),
        tr("a stated tie"),
        kept,
        quotes_of(desk, spans),
        footer,
    )


def _valid(desk: Desk, relation: Relation) -> Iterator[CardRow]:
    """Yield since when and until when a tie holds, where anything is said of it."""
    if relation.valid is not None:
        bounds = desk.case.bounds([relation.id], text_only=desk.text_only)[relation.id]
        yield from time_rows(desk, relation.valid, bounds, path="valid", record_id=relation.id)


def _link_card(desk: Desk, link: EventLink) -> Card:
    verb = tr(LINK_WORDS[link.type])
    ends = desk.title(link.source), desk.title(link.target)
    rows = (
        CardRow(tr("First"), ends[0], path="source"),
        fact_row(desk, tr("Link"), verb, link, "evidence"),
        CardRow(tr("Second"), ends[1], path="target"),
        CardRow(tr("Reported as"), tr(MODALITY_WORDS[link.modality]), path="modality"),
    )
    title = tr("“{first}” {verb} “{second}”").format(first=ends[0], verb=verb, second=ends[1])
    return Card(link.id, title, tr("a link between records"), rows, quotes_of(desk, link.evidence))


def _actor_card(desk: Desk, actor: Actor) -> Card:
    index = desk.table.actor_of.get(actor.id)
    coder = tr("coder's")
    rows = [
        CardRow(tr("Kind"), tr(ACTOR_KIND_WORDS[actor.kind]), coder, path="kind"),
        CardRow(tr("Camp"), isolated(actor.side), coder, path="side")
        if actor.side
        else missing_row(tr("Camp")),
        CardRow(tr("Also called"), _names(actor.aliases), path="aliases") if actor.aliases else None,
        CardRow(tr("Country"), actor.country, coder, path="country") if actor.country else None,
        *(_takes_part(desk, index) if index is not None else ()),
        *(_ties(desk, index) if index is not None else ()),
        *merged_row(desk, actor.id),
        CardRow(tr("Coder's note"), isolated(actor.note), path="note") if actor.note else None,
    ]
    return Card(actor.id, isolated(actor.name), tr("actor"), tuple(row for row in rows if row), ())


def _location_card(desk: Desk, location: Location) -> Card:
    index = desk.table.location_of.get(location.id)
    coder = tr("coder's")
    rows = [
        CardRow(tr("Kind"), tr(LOCATION_KIND_WORDS[location.kind]), coder, path="kind"),
        CardRow(tr("Lies in"), desk.place(location.part_of), path="part_of") if location.part_of else None,
        CardRow(tr("Also called"), _names(location.aliases), path="aliases") if location.aliases else None,
        _point(location),
        *(_contains(desk, index) if index is not None else ()),
        *(_happens(desk, index) if index is not None else ()),
        *merged_row(desk, location.id),
        CardRow(tr("Coder's note"), isolated(location.note), path="note") if location.note else None,
    ]
    return Card(location.id, isolated(location.name), tr("place"), tuple(row for row in rows if row), ())


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(isolated(name) for name in names)


def _point(location: Location) -> CardRow:
    label = tr("Coordinates")
    if location.lat is None or location.lon is None:
        extent = tr("extent not stated") if location.kind == "region" else ""
        return missing_row(label, extent)
    source = isolated(location.coordinates_source or "")
    return CardRow(label, f"{location.lat:g}, {location.lon:g}", tr("coder's"), note=source, path="lat")


def _takes_part(desk: Desk, index: int) -> Iterator[CardRow]:
    """Yield in how many records an actor has each role; the actor itself, without what is part of it."""
    parts = desk.table.participations
    keep = parts.actor == index
    if desk.text_only:
        keep &= parts.basis != 1
    if not keep.any():
        yield CardRow(tr("Records"), tr("takes part in no record"))
    for role, name in enumerate(ROLES):
        count = len(distinct(parts.row[keep & (parts.role == role)]))
        if count:
            yield CardRow(tr(ROLE_WORDS[name]), plural(count, "in {n} record", "in {n} records"))
    said = _says(desk, desk.table.actors.names[index])
    if said:
        yield CardRow(tr("Says so"), plural(said, "in {n} record", "in {n} records"))


def _says(desk: Desk, name: str) -> int:
    """Return how many records are according to an actor, as a whole or in one value."""
    table = desk.table
    if name not in table.attributions:
        return 0
    index = table.attributions.index(name)
    claims, values = table.claims, table.value_attributions
    rows = np.concatenate((claims.row[claims.attribution == index], values.row[values.value == index]))
    return len(distinct(rows))


def _ties(desk: Desk, index: int) -> Iterator[CardRow]:
    """Yield an actor's stated ties, each a link to its words."""
    relations = desk.table.relations
    rows = np.flatnonzero((relations.source == index) | (relations.target == index))
    for row in rows[:_MOST_TIES]:
        relation = desk.record(relations.ids[row])
        if not isinstance(relation, Relation) or (desk.text_only and relation.basis == "reference"):
            continue
        verb = tr(RELATION_WORDS[RELATION_TYPES[relations.type[row]]])
        spans = tuple(claim_spans(relation.claims))
        words = " ".join((desk.actor(relation.source), verb, desk.actor(relation.target)))
        yield CardRow(
            tr("Tie"),
            words,
            basis_words(relation.basis),
            relation.basis,
            spans,
            desk.quoted(spans[:1]),
            relation.id,
        )
    if len(rows) > _MOST_TIES:
        yield CardRow(tr("Tie"), plural(len(rows) - _MOST_TIES, "{n} more", "{n} more"))


def _contains(desk: Desk, index: int) -> Iterator[CardRow]:
    below = np.flatnonzero(desk.table.locations.parent == index)
    if len(below):
        names = [isolated(desk.table.locations.names[child]) for child in below[:_MOST_TIES]]
        more = ", …" if len(below) > _MOST_TIES else ""
        yield CardRow(tr("Contains"), ", ".join(names) + more)


def _happens(desk: Desk, index: int) -> Iterator[CardRow]:
    """Yield how many records name a place in each role, and how many a place below it."""
    places = desk.table.places
    keep = places.location == index
    for role, name in enumerate(PLACE_ROLES):
        count = len(distinct(places.row[keep & (places.role == role)]))
        if count:
            words = tr(PLACE_ROLE_WORDS[name])
            yield CardRow(words[:1].upper() + words[1:], plural(count, "{n} record", "{n} records"))
    used = distinct(places.location)
    under = [place for place in used if place != index and index in ancestry(desk.table, int(place))]
    count = len(distinct(places.row[np.isin(places.location, under)])) if under else 0
    if count:
        yield CardRow(tr("In places below it"), plural(count, "{n} record", "{n} records"))
    if not keep.any() and not count:
        yield CardRow(tr("Records"), tr("named in no record"))
