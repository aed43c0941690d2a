"""Records as query prints them: the shape of design §5, each event with every span its values rest on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from explorer.casefile.columns import BASES, KINDS, EventTable
from explorer.casefile.telling import Telling
from explorer.model.codebook import quad_of
from explorer.model.facts import Attribution, Claim, Fact, Participation, PlaceRef, Quantity, TimeRef
from explorer.model.records import Event, Span
from explorer.query.explaining import hints
from explorer.query.passages import Passages

if TYPE_CHECKING:
    from explorer.casefile.chronicle import CaseChronology
    from explorer.casefile.store import CaseFile
    from explorer.chronology.bounds import Side
    from explorer.chronology.facts import Fact as TimeFact
    from explorer.query.masks import Shown

Json = dict[str, Any]
_BATCH = 500
_OUTER: tuple[Side, ...] = ("start_min", "end_max")
_INNER: tuple[Side, ...] = ("start_max", "end_min")


def event_json(case: CaseFile, table: EventTable, row: int, *, text_only: bool = False) -> Json:
    """Return one event in the shape of design §5; text_only leaves reference values out."""
    return next(events_json(case, table, [row], text_only=text_only))


def query_json(case: CaseFile, shown: Shown) -> Json:
    """Return all that query --format json prints: case, filter, counts and the events shown."""
    return {**head_json(case, shown), "events": list(shown_json(case, shown))}


def head_json(case: CaseFile, shown: Shown) -> Json:
    """Return what stands before the events; may_include: left out for want of certainty.

    explained: why a chosen name finds nothing, and where else the case has it; only where nothing is found.
    """
    explained = list(hints(case, shown))
    header = case.header()
    return {
        "case": {
            "id": header.id,
            "title": header.title,
            "hash": case.case_hash(),
            "format_version": header.format_version,
            "modified": header.modified,
        },
        "filter": json.loads(shown.filter.to_json()),
        "total": int(shown.total),
        "count": int(shown.count),
        "undated_left_out": int(shown.undated_left_out),
        "may_include": [shown.table.ids[int(row)] for row in shown.may],
        **({"explained": explained} if explained else {}),
    }


def shown_json(case: CaseFile, shown: Shown) -> Iterator[Json]:
    """Yield the events shown, in the order of the case."""
    rows = [int(row) for row in shown.mask.nonzero()[0]]
    return events_json(case, shown.table, rows, text_only=shown.filter.text_only)


def events_json(
    case: CaseFile, table: EventTable, rows: Sequence[int], *, text_only: bool = False
) -> Iterator[Json]:
    """Yield events in the shape of design §5; read in batches, so that memory stays small."""
    passages = Passages(case)
    for at in range(0, len(rows), _BATCH):
        batch = rows[at : at + _BATCH]
        ids = [table.ids[row] for row in batch]
        events = {event.id: event for event in case.records(ids) if isinstance(event, Event)}
        chronology, telling = case.chronology(text_only=text_only), Telling(case)
        bounds = chronology.all_bounds(ids)
        cited = sorted(
            {span for event in events.values() for span in evidence_ids(event, text_only=text_only)}
        )
        spans = {span.id: span for span in case.spans(cited)}
        writer = _Writer(table, passages, spans, text_only)
        for row, event_id in zip(batch, ids, strict=True):
            time = {"edtf": None, **bounds[event_id].as_json(), "phrase": None}
            time["because"] = _chains(chronology, telling, event_id, _OUTER) or _chains(
                chronology, telling, event_id, _INNER
            )
            yield writer.event(row, events[event_id], time)


def _chains(chronology: CaseChronology, telling: Telling, event_id: str, sides: Iterable[Side]) -> Json:
    """Return, for each of some bounds that is not open, the chain of facts that sets it."""
    chains = {side: chronology.reasons(event_id, side) for side in sides}
    return {side: [_because(telling, fact) for fact in chain] for side, chain in chains.items() if chain}


def _because(telling: Telling, fact: TimeFact) -> Json:
    """Return one step of the chain that sets a bound: where it stands, what it says, and what that rests on."""
    return {
        "record": fact.record, "path": fact.path, "words": telling.sentence(fact), "basis": BASES[fact.basis],
        "evidence": list(fact.evidence), "citations": list(fact.citations),
    }  # fmt: skip


def kept(facts: Iterable[Fact], text_only: bool) -> list[Any]:
    """Return the values that count: all, or those that do not come from outside the text."""
    return [fact for fact in facts if not (text_only and fact.basis == "reference")]


def facts_of(event: Event, *, text_only: bool = False) -> list[Fact]:
    """Return every value of an event's header and of its claims."""
    every: list[Fact] = []
    parts: tuple[Event | Claim, ...] = (event, *event.claims)
    for part in parts:
        every += [part.time] if part.time else []
        every += [*part.places, *part.quantities]
    return kept([*every, *event.participants], text_only)


def evidence_ids(event: Event, *, text_only: bool = False) -> list[str]:
    """Return the ids of all spans that an event's values and claims cite, each once."""
    cited = [span for fact in facts_of(event, text_only=text_only) for span in fact.evidence]
    cited += [span for claim in event.claims for span in claim.evidence]
    return list(dict.fromkeys(cited))


class _Writer:
    """Writes the events of one batch, whose spans are at hand."""

    def __init__(
        self, table: EventTable, passages: Passages, spans: dict[str, Span], text_only: bool
    ) -> None:
        self.table, self.passages, self.spans, self.text_only = table, passages, spans, text_only

    def event(self, row: int, event: Event, time: Json) -> Json:
        if event.time and kept([event.time], self.text_only):
            time["edtf"] = event.time.edtf
            time["phrase"] = " … ".join(self.spans[span].quote or "" for span in event.time.evidence) or None
        return {
            "id": event.id,
            "title": event.title,
            "kind": KINDS[self.table.kind[row]],
            "type": event.type,
            "mode": event.mode,
            "quad": quad_of(event.type),
            "time": time,
            "participants": [self.participant(p) for p in kept(event.participants, self.text_only)],
            "places": [self.place(p) for p in kept(event.places, self.text_only)],
            "quantities": [self.quantity(q) for q in kept(event.quantities, self.text_only)],
            "claims": [self.claim(c) for c in event.claims],
            "evidence": self.evidence(evidence_ids(event, text_only=self.text_only)),
        }

    def participant(self, value: Participation) -> Json:
        return {
            "actor": self.table.stays(value.actor),
            "name": self.actor_name(value.actor),
            "role": value.role,
            "basis": value.basis,
        }

    def place(self, value: PlaceRef) -> Json:
        return {
            "location": self.table.stays(value.location),
            "name": self.table.locations.names[self.table.location_of[value.location]],
            "role": value.role,
        }

    def quantity(self, value: Quantity) -> Json:
        return {
            "kind": value.kind, "qualifier": value.qualifier, "low": value.low, "best": value.best,
            "high": value.high, "unit": value.unit, "of": value.of and self.table.stays(value.of),
            "name": self.actor_name(value.of) if value.of else None, "basis": value.basis,
        }  # fmt: skip

    def claim(self, claim: Claim) -> Json:
        evidence = self.evidence(claim.evidence)
        time: TimeRef | None = claim.time if claim.time and kept([claim.time], self.text_only) else None
        return {
            "id": claim.id,
            "document": evidence[0]["document"] if evidence else None,
            "modality": claim.modality,
            "about": claim.about,
            "basis": claim.basis,
            "attribution": self.attribution(claim.attribution),
            "credibility": claim.credibility,
            "time": time.edtf if time else None,
            "places": [self.place(p) for p in kept(claim.places, self.text_only)],
            "quantities": [self.quantity(q) for q in kept(claim.quantities, self.text_only)],
            "evidence": evidence,
        }

    def attribution(self, value: Attribution | None) -> Json | None:
        if value is None:
            return None
        name = self.actor_name(value.actor) if value.actor else None
        return {"text": value.text, "actor": value.actor and self.table.stays(value.actor), "name": name}

    def actor_name(self, actor_id: str) -> str:
        return self.table.actors.names[self.table.actor_of[actor_id]]

    def evidence(self, span_ids: Iterable[str]) -> list[Json]:
        found: list[Json] = []
        for span in self.passages.in_order(self.spans[span] for span in span_ids):
            if span.start is None and self.passages.is_row(span.document):
                found += self.row_words(span.document)
            else:
                found.append(
                    _evidence(span.document, self.passages.sentence(span), span.start, span.end, span.quote)
                )
        return found

    def row_words(self, document_id: str) -> list[Json]:
        """Return the sentences of a dataset's row that is cited as a whole; quote is null where it holds no words."""
        document = self.passages.document(document_id)
        bounds = [(n, each.start, each.end) for n, each in enumerate(document.sentences)]
        if not bounds:
            start, end = (0, len(document.text)) if document.text else (None, None)
            return [_evidence(document_id, None, start, end, document.text or None, whole_row=True)]
        return [
            _evidence(document_id, number, start, end, document.text[start:end], whole_row=True)
            for number, start, end in bounds
        ]


def _evidence(
    document: str, sentence: int | None, start: int | None, end: int | None, quote: str | None, *,
    whole_row: bool = False,
) -> Json:  # fmt: skip
    """Return the words of a span; whole_row: a row of a dataset is cited as a whole, and these are of its words."""
    said: Json = {"document": document, "sentence": sentence, "start": start, "end": end, "quote": quote}
    return {**said, "whole_row": True} if whole_row else said
