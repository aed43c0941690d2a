"""Where in a record its values lie, and which ids they name: the walk that all rules between records share."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from explorer.model.base import Record
from explorer.model.facts import Claim, Fact, Participation, PlaceRef, Quantity, TimeRef
from explorer.model.ids import list_of
from explorer.model.records import (
    Actor,
    Document,
    Event,
    EventLink,
    Location,
    Mention,
    Relation,
    Span,
)

#: Path within the record, list of the case ("" = unknown prefix), id.
Named = tuple[str, str, str]

#: Fields of a record that name another, and the list it must be in ("" = by the prefix of the id).
_OWN_FIELDS: dict[type[Record], tuple[tuple[str, str], ...]] = {
    Event: (("merged_into", "events"),),
    Relation: (("source", "actors"), ("target", "actors")),
    EventLink: (("source", "events"), ("target", "events")),
    Mention: (("span", "spans"), ("refers_to", "")),
    Span: (("document", "documents"),),
    Document: (("dataset", "datasets"),),
    Actor: (("merged_into", "actors"),),
    Location: (("part_of", "locations"), ("merged_into", "locations")),
}


def facts_of(record: Record) -> Iterator[tuple[str, Fact]]:
    """Yield every value that carries evidence, with its path: "time", "claims[0].places[1]", "" for a link."""
    match record:
        case Event():
            yield from _values(record.time, record.places, record.quantities)
            yield from ((f"participants[{n}]", value) for n, value in enumerate(record.participants))
            yield from _claimed(record.claims)
        case Relation():
            if record.valid is not None:
                yield "valid", record.valid
            yield from _claimed(record.claims)
        case Document():
            if record.published is not None:
                yield "published", record.published
        case EventLink():
            yield "", record
        case _:
            return


def _values(
    time: TimeRef | None, places: tuple[PlaceRef, ...], quantities: tuple[Quantity, ...]
) -> Iterator[tuple[str, Fact]]:
    if time is not None:
        yield "time", time
    yield from ((f"places[{n}]", value) for n, value in enumerate(places))
    yield from ((f"quantities[{n}]", value) for n, value in enumerate(quantities))


def _claimed(claims: tuple[Claim, ...]) -> Iterator[tuple[str, Fact]]:
    for number, claim in enumerate(claims):
        for path, value in _values(claim.time, claim.places, claim.quantities):
            yield f"claims[{number}].{path}", value


def claims_of(record: Record) -> tuple[Claim, ...]:
    """Return the claims of an event or relation; none for others."""
    return record.claims if isinstance(record, Event | Relation) else ()


def spans_of(record: Record) -> Iterator[tuple[str, str]]:
    """Yield (path, span id) of every span a record cites: its values, its claims, its metadata."""
    for path, fact in facts_of(record):
        yield from _each(path, fact.evidence)
    for number, claim in enumerate(claims_of(record)):
        yield from _each(f"claims[{number}]", claim.evidence)
    if isinstance(record, Document):
        for field, spans in record.metadata_evidence.items():
            yield from ((f"metadata_evidence.{field}[{n}]", span) for n, span in enumerate(spans))


def _each(path: str, spans: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    dot = "." if path else ""
    return ((f"{path}{dot}evidence[{number}]", span) for number, span in enumerate(spans))


def names_of(record: Record) -> Iterator[Named]:
    """Yield every id a record names, with its path and the list it must be in."""
    yield from ((path, "spans", span) for path, span in spans_of(record))
    yield from chain.from_iterable(_fact_names(path, fact) for path, fact in facts_of(record))
    for number, claim in enumerate(claims_of(record)):
        if claim.attribution is not None and claim.attribution.actor is not None:
            yield f"claims[{number}].attribution.actor", "actors", claim.attribution.actor
    yield from ((path, name, each) for path, name, each in _own_names(record) if each is not None)


def _fact_names(path: str, fact: Fact) -> Iterator[Named]:
    dot = f"{path}." if path else ""
    for number, reference in enumerate(fact.citations):
        yield f"{dot}citations[{number}]", "references", reference
    if fact.attribution is not None and fact.attribution.actor is not None:
        yield f"{dot}attribution.actor", "actors", fact.attribution.actor
    match fact:
        case TimeRef(anchor=str() as anchor):
            yield f"{dot}anchor", list_of(anchor) or "", anchor
        case PlaceRef():
            yield f"{dot}location", "locations", fact.location
        case Participation():
            yield f"{dot}actor", "actors", fact.actor
        case Quantity(of=str() as actor):
            yield f"{dot}of", "actors", actor
        case _:
            return


def _own_names(record: Record) -> Iterator[tuple[str, str, str | None]]:
    """Yield the ids in a record's own fields."""
    for field, name in _OWN_FIELDS.get(type(record), ()):
        named = getattr(record, field)
        yield field, name or list_of(named) or "", named


def identity_of(record: Record) -> str:
    """Return what a record is called in messages: its id, or a mention's pair."""
    if isinstance(record, Mention):
        return f"{record.span} → {record.refers_to}"
    return str(getattr(record, "id", ""))
