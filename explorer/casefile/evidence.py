"""Which values of a record cite which spans: the paths behind "value to characters" and "sentence to facts"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from explorer.model.base import Record
from explorer.model.facts import Claim, Fact, TimeRef
from explorer.model.records import Document, Event, EventLink, Mention, Relation


@dataclass(frozen=True, slots=True)
class Citation:
    """One value of one record and one span it was read from.

    path is the value inside the record ("participants[1]", "claims[0].quantities[0]", "metadata_evidence.publisher");
    sentence is the number of the sentence in its document, or None for the document as a whole and for a span that has
    lost its place.
    """

    record: str
    path: str
    span: str
    document: str
    sentence: int | None


Cited = Iterator[tuple[str, str]]


def cited_spans(record: Record) -> Cited:
    """Yield (path, span id) of every value of a record, in model order."""
    match record:
        case Event():
            yield from _of_event(record)
        case Relation():
            yield from _of_time("valid", record.valid)
            yield from _of_claims(record.claims)
        case EventLink():
            yield from _of_fact("evidence", record)
        case Document():
            yield from _of_time("published", record.published)
            for field, spans in record.metadata_evidence.items():
                yield from ((f"metadata_evidence.{field}", span) for span in spans)
        case _:
            return


def _of_event(event: Event) -> Cited:
    yield from _of_time("time", event.time)
    yield from _of_facts("places", event.places)
    yield from _of_facts("participants", event.participants)
    yield from _of_facts("quantities", event.quantities)
    yield from _of_claims(event.claims)


def _of_fact(path: str, fact: Fact) -> Cited:
    return ((path, span) for span in fact.evidence)


def _of_time(path: str, time: TimeRef | None) -> Cited:
    return _of_fact(path, time) if time else iter(())


def _of_facts(path: str, facts: tuple[Fact, ...]) -> Cited:
    for index, fact in enumerate(facts):
        yield from _of_fact(f"{path}[{index}]", fact)


def _of_claims(claims: tuple[Claim, ...]) -> Cited:
    for index, claim in enumerate(claims):
        path = f"claims[{index}]"
        yield from ((path, span) for span in claim.evidence)
        yield from _of_time(f"{path}.time", claim.time)
        yield from _of_facts(f"{path}.places", claim.places)
        yield from _of_facts(f"{path}.quantities", claim.quantities)


def identity(record: Record) -> str:
    """Return the id of a record; of a mention, the pair that it is."""
    if isinstance(record, Mention):
        return f"{record.span} {record.refers_to}"
    record_id: str = getattr(record, "id")  # noqa: B009 - every other record of a list has one
    return record_id
