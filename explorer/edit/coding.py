"""Drafts become records with their spans, in one edit each: nothing is a fact before its words are (model.md §4.6)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from explorer.casefile.changes import Edit
from explorer.casefile.reading import plain
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
from explorer.edit.naming import quoted
from explorer.edit.passages import Marked, Passages
from explorer.edit.values import held, remade
from explorer.model.records import AnyRecord, Event, EventLink, Relation
from explorer.words import tr

Raw = dict[str, Any]
#: Characters of a title or a name that an id repeats.
READABLE = 40


def code_event(case: CaseFile, draft: EventDraft) -> Edit:
    """Return the edit that makes or changes an event. Raises CaseFileError where the draft cannot be a record.

    A value may be read from sentences that no claim of the event cites yet: uncovered() names them, and who codes
    decides on a claim for each, since that a second sentence speaks of the same event is a choice of its own.
    """
    passages = Passages(case)
    record_id = draft.id or fresh_id(case, "evt", draft.title)
    raw: Raw = _kept(case, draft.id, _FIELDS_OF_EVENT)
    raw |= {"id": record_id, "title": draft.title, "kind": draft.kind, "type": draft.type, "mode": draft.mode}
    raw |= {"contexts": draft.contexts, "time": _time(draft.time, passages)}
    raw |= {"places": _places(draft.places, passages), "participants": _parts(draft.parts, passages)}
    raw |= {
        "quantities": _numbers(draft.numbers, passages),
        "claims": _claims(record_id, draft.claims, passages),
    }
    raw |= {"confidence": draft.confidence, "status": draft.status, "tags": draft.tags, "note": draft.note}
    event = remade(Event, _stated(raw))
    name = tr("code {event}") if draft.id is None else tr("change {event}")
    return Edit(name.format(event=quoted(event)), (*passages.new, event))


def code_relation(case: CaseFile, draft: RelationDraft, new: Sequence[AnyRecord] = ()) -> Edit:
    """Return the edit that makes or changes a relation. Raises CaseFileError where the draft cannot be a record.

    new: actors that the same edit will make, which the case does not hold yet.
    """
    passages = Passages(case)
    record_id = draft.id or fresh_id(case, "rel", f"{draft.source[4:]}-{draft.type}-{draft.target[4:]}")
    raw: Raw = {"id": record_id, "source": draft.source, "target": draft.target, "type": draft.type}
    raw |= {"polarity": draft.polarity, "directed": draft.directed, "aspect": draft.aspect}
    raw |= {"valid": _time(draft.valid, passages), "claims": _claims(record_id, draft.claims, passages)}
    raw |= {"basis": draft.basis, "confidence": draft.confidence, "note": draft.note}
    relation = remade(Relation, _stated(raw))
    source, target = _held(case, draft.source, new), _held(case, draft.target, new)
    name = (
        tr("relate {source} to {target}")
        if draft.id is None
        else tr("change how {source} relates to {target}")
    )
    words = name.format(source=quoted(source), target=quoted(target))
    return Edit(words, (*passages.new, relation))


def _held(case: CaseFile, record_id: str, new: Sequence[AnyRecord]) -> AnyRecord:
    made = (record for record in new if getattr(record, "id", None) == record_id)
    return next(made, None) or held(case, [record_id])[0]


def code_link(case: CaseFile, draft: LinkDraft) -> Edit:
    """Return the edit that makes or changes a link of two events. Raises CaseFileError where it cannot be one."""
    passages = Passages(case)
    record_id = draft.id or fresh_id(case, "lnk", f"{draft.source[4:]}-{draft.type}-{draft.target[4:]}")
    raw: Raw = {"id": record_id, "source": draft.source, "target": draft.target, "type": draft.type}
    raw |= {"modality": draft.modality, **fact_of(draft.founded, passages)}
    link = remade(EventLink, _stated(raw))
    source, target = held(case, [draft.source]), held(case, [draft.target])
    name = tr("link {source} to {target}").format(source=quoted(source[0]), target=quoted(target[0]))
    return Edit(name, (*passages.new, link))


def uncovered(case: CaseFile, draft: EventDraft | RelationDraft) -> tuple[Marked, ...]:
    """Return the words that a value was read from in sentences that no claim of the draft cites, one a sentence."""
    passages = Passages(case)
    cited = {
        passages.sentence(part) for claim in draft.claims for part in _parts_of(case, claim.founded, passages)
    }
    found: dict[tuple[str, int | None], Marked] = {}
    for founded in _founded(draft):
        for part in _parts_of(case, founded, passages):
            where = passages.sentence(part)
            if where not in cited:
                found.setdefault(where, part)
    return tuple(found.values())


def fresh_id(case: CaseFile, prefix: str, words: str) -> str:
    """Return an id that the case has not given: readable where the words are, else by their digest."""
    plain_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain_words).strip("-")[:READABLE].strip("-")
    base = f"{prefix}-{slug or hashlib.sha256(words.encode()).hexdigest()[:10]}"
    return next(each for each in _numbered(base) if not case.known([each]))


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


#: Fields of a record that no draft holds and an edit leaves as they are.
_FIELDS_OF_EVENT = ("acled", "codes", "aggregate", "merged_into")


def _kept(case: CaseFile, record_id: str | None, fields: tuple[str, ...]) -> Raw:
    if record_id is None:
        return {}
    raw = plain(held(case, record_id)[0])
    return {name: raw[name] for name in fields if name in raw}


def _stated(raw: Raw) -> Raw:
    """Return a record without what says nothing."""
    return {name: value for name, value in raw.items() if value is not None and value not in ((), [])}


def fact_of(founded: Founded, passages: Passages) -> Raw:
    """Return what a value rests on as plain JSON; its new spans are in passages."""
    evidence = list(dict.fromkeys((*founded.spans, *passages.ids(founded.words))))
    raw: Raw = {"basis": founded.basis, "evidence": evidence, "citations": list(founded.citations)}
    return _stated(raw | {"attribution": _who(founded), "note": founded.note})


def _who(founded: Founded) -> Raw | None:
    said = _stated({"text": founded.who_text or None, "actor": founded.who})
    return said or None


def _time(draft: TimeDraft | None, passages: Passages) -> Raw | None:
    if draft is None:
        return None
    raw = {"edtf": draft.edtf, "anchor": draft.anchor, "anchor_relation": draft.relation}
    return _stated(raw) | fact_of(draft.founded, passages)


def _places(drafts: Iterable[PlaceDraft], passages: Passages) -> list[Raw]:
    return [
        _stated({"location": each.location, "role": each.role, "precision": each.precision})
        | fact_of(each.founded, passages)
        for each in drafts
    ]


def _parts(drafts: Iterable[PartDraft], passages: Passages) -> list[Raw]:
    return [{"actor": each.actor, "role": each.role} | fact_of(each.founded, passages) for each in drafts]


def _numbers(drafts: Iterable[NumberDraft], passages: Passages) -> list[Raw]:
    names = ("kind", "qualifier", "low", "best", "high", "unit", "of", "as_published")
    return [
        _stated({name: getattr(each, name) for name in names}) | fact_of(each.founded, passages)
        for each in drafts
    ]


def _claims(record_id: str, drafts: Iterable[ClaimDraft], passages: Passages) -> list[Raw]:
    made = []
    taken: set[str] = {claim.id for claim in drafts if claim.id}
    for draft in drafts:
        raw = fact_of(draft.founded, passages)
        raw.pop("citations", None)
        claim_id = draft.id or _claim_id(record_id, raw.get("evidence", []), taken)
        taken.add(claim_id)
        raw |= {
            "id": claim_id,
            "modality": draft.modality,
            "about": draft.about,
            "credibility": draft.credibility,
        }
        raw |= {"time": _time(draft.time, passages), "places": _places(draft.places, passages)}
        raw |= {"quantities": _numbers(draft.numbers, passages)}
        made.append(_stated(raw))
    return made


def _claim_id(record_id: str, evidence: list[str], taken: set[str]) -> str:
    """Return an id for a claim: by its record and its words, so that no other record of the case has it."""
    digest = hashlib.sha256("\x1f".join((record_id, *evidence)).encode()).hexdigest()
    return next(each for each in _numbered(f"clm-{digest[:10]}") if each not in taken)


def _founded(draft: EventDraft | RelationDraft) -> Iterator[Founded]:
    """Yield what the values of a draft rest on, its claims left out."""
    if isinstance(draft, EventDraft):
        values: list[PlaceDraft | PartDraft | NumberDraft] = [*draft.places, *draft.parts, *draft.numbers]
        yield from (each.founded for each in values)
    time = draft.time if isinstance(draft, EventDraft) else draft.valid
    if time is not None:
        yield time.founded


def _parts_of(case: CaseFile, founded: Founded, passages: Passages) -> Iterator[Marked]:
    for marked in founded.words:
        yield from passages.parts(marked)
    for span in case.spans(founded.spans):
        if span.start is not None and span.end is not None:
            yield Marked(span.document, span.start, span.end)
