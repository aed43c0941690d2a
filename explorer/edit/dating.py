"""When a document appeared or an event took place, as one edit, with what that rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.reading import plain
from explorer.casefile.store import CaseFile
from explorer.edit.coding import fact_of, fresh_id
from explorer.edit.drafts import Founded
from explorer.edit.naming import quoted
from explorer.edit.passages import Marked, Passages
from explorer.edit.values import held, remade, with_value
from explorer.frozen import frozen
from explorer.model.facts import TimeRef
from explorer.model.problems import Problem
from explorer.model.records import AnyRecord, Document, Event, Reference, Relation
from explorer.words import tr

#: Where a record's own time stands.
PATHS: dict[type[Any], str] = {Document: "published", Event: "time", Relation: "valid"}


@frozen
class NewReference:
    """A source from outside the texts that the case does not hold yet."""

    title: str
    url: str = ""
    note: str = ""


@frozen
class Dating:
    """A date and what it rests on: words of a text, or references, one of which may be new.

    claimed: words whose sentences are to be cited in a claim of the record, too: see unclaimed.
    """

    edtf: str
    founded: Founded
    reference: NewReference | None = None
    claimed: tuple[Marked, ...] = ()


def time_of(record: AnyRecord) -> TimeRef | None:
    """Return a document's, an event's or a relation's own time. Raises KeyError for anything else."""
    time: TimeRef | None = getattr(record, PATHS[type(record)])
    return time


def set_date(case: CaseFile, record_id: str, dating: Dating | None) -> Edit:
    """Return the edit that dates a document, an event or a relation; None takes its date away.

    An order that the record's time says, too ("before the report"), stays where the date rests on the same basis, or
    is taken away; else it gives way, as one time has one basis. All that is anchored to the record moves with it.
    Raises CaseFileError where the date rests on nothing, KeyError where the case has no such record.
    """
    (record,) = held(case, record_id)
    path = PATHS[type(record)]
    if dating is None:
        name = tr("take the date from {record}").format(record=quoted(record))
        return Edit(name, (with_value(record, path, _undated(time_of(record))),))
    passages, new = Passages(case), _references(case, dating)
    claims = [_claim(record_id, passages.ids([marked])) for marked in dating.claimed]
    raw = fact_of(dating.founded, passages)
    raw["citations"] = [*raw.get("citations", ()), *(each.id for each in new)]
    _refuse_unfounded(raw)
    raw |= {"edtf": dating.edtf, **_kept_order(time_of(record), raw)}
    dated = with_value(record, path, {key: value for key, value in raw.items() if value != []})
    if claims and isinstance(record, Event | Relation):
        dated = with_value(dated, "claims", [*(plain(claim) for claim in record.claims), *claims])
    name = tr("set the date of {record}").format(record=quoted(record))
    return Edit(name, (*passages.new, *new, dated))


def unclaimed(case: CaseFile, record_id: str, words: Iterable[Marked]) -> tuple[Marked, ...]:
    """Return those words that lie in sentences which no claim of an event or relation cites, one a sentence.

    A value may only be read from what a claim says (model.md §4): whether the sentence speaks of the record, a coder
    decides, and says so with Dating.claimed.
    """
    (record,) = held(case, record_id)
    if not isinstance(record, Event | Relation):
        return ()
    passages = Passages(case)
    spans = case.spans({span for claim in record.claims for span in claim.evidence})
    cited = {
        passages.sentence(Marked(span.document, span.start, span.end))
        for span in spans
        if span.start is not None and span.end is not None
    }
    parts = (part for marked in words for part in passages.parts(marked))
    found = {where: part for part in parts if (where := passages.sentence(part)) not in cited}
    return tuple(found.values())


def _claim(record_id: str, evidence: list[str]) -> dict[str, Any]:
    digest = hashlib.sha256("\x1f".join((record_id, "date", *evidence)).encode()).hexdigest()
    return {"id": f"clm-{digest[:10]}", "evidence": evidence}


def keeps_order(time: TimeRef | None, basis: str) -> bool:
    """Return whether a time's order to something else stays beside a date of a basis."""
    return time is not None and time.anchor is not None and time.basis == basis


def _kept_order(time: TimeRef | None, raw: dict[str, Any]) -> dict[str, Any]:
    if time is None or not keeps_order(time, raw["basis"]):
        return {}
    evidence = list(dict.fromkeys((*raw.get("evidence", ()), *time.evidence)))
    return {"anchor": time.anchor, "anchor_relation": time.anchor_relation, "evidence": evidence}


def _undated(time: TimeRef | None) -> dict[str, Any] | None:
    """Return what a time says besides its date, None where that is nothing."""
    if time is None or time.anchor is None:
        return None
    dated = ("edtf", "earliest", "latest", "precision")
    return {key: value for key, value in plain(time).items() if key not in dated}


def _references(case: CaseFile, dating: Dating) -> tuple[Reference, ...]:
    new = dating.reference
    if new is None:
        return ()
    raw = {"id": fresh_id(case, "ref", new.title), "title": new.title.strip(), "url": new.url.strip(),
           "note": new.note.strip()}  # fmt: skip
    made = remade(Reference, {key: value for key, value in raw.items() if value})
    assert isinstance(made, Reference)
    return (made,)


def _refuse_unfounded(raw: dict[str, Any]) -> None:
    """Raise where a date rests on nothing: each needs words of the text, or a reference."""
    if raw["basis"] == "reference":
        if raw["citations"]:
            return
        problem = Problem(
            "citations", tr("no reference"), tr("where the date is from"), tr("choose one, or give its title")
        )
    elif raw.get("evidence"):
        return
    else:
        problem = Problem(
            "evidence", tr("no words"), tr("words of the text"), tr("select them in the source text")
        )
    raise CaseFileError(str(problem), (problem,))
