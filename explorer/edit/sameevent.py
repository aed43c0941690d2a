"""Several reports of one event: joined by a person, never by itself; every source keeps what it said (model.md §5).

The event that stays takes over the claims of the other, each with the numbers, the time and the places in which its
source differs; of numbers that differ the header keeps the whole range and no best value: that is the analyst's choice.
The other stays as a redirect with all it held, so that the two can be parted at any later time.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.reading import plain
from explorer.casefile.store import CaseFile
from explorer.edit.coding import fresh_id
from explorer.edit.naming import quoted
from explorer.edit.pruning import Pruning, spans_in
from explorer.edit.values import held, remade, with_value
from explorer.model.problems import Problem
from explorer.model.records import Event, EventLink
from explorer.words import tr

Raw = dict[str, Any]
#: What a value is about: two of one key speak of the same.
_KEYS = {
    "participants": ("actor", "role"),
    "places": ("location", "role"),
    "quantities": ("kind", "of", "unit"),
}
_SUPPORT = ("evidence", "citations", "note", "attribution", "basis")


def join(case: CaseFile, stays: str, goes: str, *, note: str | None = None) -> Edit:
    """Return the edit by which one event stands for both. Raises CaseFileError where either is merged already.

    note: why they are the same, kept with the claims that come over.
    """
    kept, gone = _event(case, stays), _event(case, goes)
    if kept.id == gone.id or kept.merged_into or gone.merged_into:
        raise _refused(tr("events that are merged already"), tr("two events that stand by themselves"))
    ours, theirs = plain(kept), plain(gone)
    ours_own = _shares(case, ours, theirs.get("quantities", []), must_be_there=True)
    theirs_own = _shares(case, theirs, ours.get("quantities", []), must_be_there=False)
    carried = [
        _carried(claim, theirs, ours, own, note)
        for claim, own in zip(theirs["claims"], theirs_own, strict=True)
    ]
    ours["claims"] = [
        {**claim, "quantities": [*claim.get("quantities", []), *own]} if own else claim
        for claim, own in zip(ours["claims"], ours_own, strict=True)
    ] + carried
    for field in ("participants", "places"):
        _put(ours, field, _united(ours.get(field, []), theirs.get(field, []), _KEYS[field]))
    _put(ours, "quantities", _ranged(ours.get("quantities", []), theirs.get("quantities", [])))
    if "time" not in ours and "time" in theirs:
        ours["time"] = theirs["time"]
    made = (remade(Event, ours), with_value(gone, "merged_into", kept.id))
    return Edit(tr("join {gone} to {kept}").format(gone=quoted(gone), kept=quoted(kept)), made)


def part(case: CaseFile, event_id: str) -> Edit:
    """Return the edit that takes an event out of the one it was joined to: each has again what its sources said."""
    gone = _event(case, event_id)
    if gone.merged_into is None:
        raise _refused(tr("{event}, which is not joined").format(event=quoted(gone)), tr("a joined event"))
    kept = _event(case, gone.merged_into)
    ours, theirs = plain(kept), plain(gone)
    carried = {carried_id(claim["id"]) for claim in theirs["claims"]}
    ours["claims"] = [claim for claim in ours["claims"] if claim["id"] not in carried]
    if not ours["claims"]:
        raise _refused(tr("an event with no claim of its own"), tr("one that some source speaks of"))
    _put(ours, "quantities", _restored(ours))
    left = {span for claim in ours["claims"] for span in spans_in(claim)}
    foreign = spans_in(theirs) - left - _spans_of_claims(ours["claims"])
    pruned = Pruning(foreign, {}).pruned(kept.id, ours)
    if pruned is None:
        raise _refused(tr("an event with no claim of its own"), tr("one that some source speaks of"))
    made = (remade(Event, pruned), with_value(gone, "merged_into", None))
    return Edit(tr("part {gone} from {kept}").format(gone=quoted(gone), kept=quoted(kept)), made)


def keep_apart(case: CaseFile, first: str, second: str, *, note: str | None = None) -> Edit:
    """Return the edit that says two events are not one: a denied link `possibly_same`, with the words of both."""
    one, other = _event(case, first), _event(case, second)
    evidence = [span for event in (one, other) for claim in event.claims[:1] for span in claim.evidence[:1]]
    raw = {
        "id": fresh_id(case, "lnk", f"{first[4:]} is not {second[4:]}"), "source": first, "target": second,
        "type": "possibly_same", "modality": "denied", "basis": "inferred", "evidence": evidence,
        "note": note or tr("Kept apart by the coder."),
    }  # fmt: skip
    name = tr("keep {one} and {other} apart").format(one=quoted(one), other=quoted(other))
    return Edit(name, (remade(EventLink, raw),))


def carried_id(claim_id: str) -> str:
    """Return the id under which a claim stands in the event that its own event was joined to."""
    return f"clm-{hashlib.sha256(f'joined {claim_id}'.encode()).hexdigest()[:12]}"


def _carried(claim: Raw, theirs: Raw, ours: Raw, own: list[Raw], note: str | None) -> Raw:
    """Return a claim as it stands in the other event: with the values of its own header in which it differs."""
    made = {**claim, "id": carried_id(claim["id"])}
    if "time" not in made and "time" in theirs and "time" in ours and not _same(theirs["time"], ours["time"]):
        made["time"] = theirs["time"]
    _put(made, "quantities", [*made.get("quantities", []), *own])
    if note:
        made["note"] = f"{made['note']} {note}" if "note" in made else note
    return made


def _shares(case: CaseFile, event: Raw, others: list[Raw], *, must_be_there: bool) -> list[list[Raw]]:
    """Return for each claim of an event the numbers of its header that others differ from: those of its document.

    A number goes to the first claim of a document that it was read from; a claim that has one of its own keeps that.
    """
    shares: list[list[Raw]] = [[] for _ in event["claims"]]
    documents = {span.id: span.document for span in case.spans(spans_in(event))}
    for number in event.get("quantities", []):
        if not _differs(number, others, must_be_there=must_be_there):
            continue
        read = {documents[span] for span in number.get("evidence", []) if span in documents}
        for claim, share in zip(event["claims"], shares, strict=True):
            about = [_key(each, _KEYS["quantities"]) for each in claim.get("quantities", [])]
            said = {documents[span] for span in claim["evidence"] if span in documents}
            if _key(number, _KEYS["quantities"]) not in about and (read & said or not read):
                share.append(number)
                break
    return shares


def _key(value: Raw, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(value.get(name) for name in names)


def _same(one: Raw, other: Raw) -> bool:
    """Return whether two values say the same, whatever they rest on."""
    return _said(one) == _said(other)


def _said(value: Raw) -> str:
    return json.dumps({name: each for name, each in value.items() if name not in _SUPPORT}, sort_keys=True)


def _differs(value: Raw, others: list[Raw], *, must_be_there: bool = False) -> bool:
    """Return whether none of others says the same of the same; must_be_there: and one speaks of it at all."""
    about = [each for each in others if _key(each, _KEYS["quantities"]) == _key(value, _KEYS["quantities"])]
    if must_be_there and not about:
        return False
    return not any(_same(value, each) for each in about)


def _united(ours: list[Raw], theirs: list[Raw], names: tuple[str, ...]) -> list[Raw]:
    """Return values of both, those of one key once with the evidence of both."""
    found = {_key(each, names): each for each in ours}
    for each in theirs:
        key = _key(each, names)
        found[key] = _supported(found[key], each) if key in found else each
    return list(found.values())


def _supported(ours: Raw, theirs: Raw) -> Raw:
    made = dict(ours)
    if ours.get("basis", "stated") == theirs.get("basis", "stated"):
        for field in ("evidence", "citations"):
            _put(made, field, list(dict.fromkeys((*ours.get(field, ()), *theirs.get(field, ())))))
    return made


def _ranged(ours: list[Raw], theirs: list[Raw]) -> list[Raw]:
    """Return the numbers of both: those that agree once, those that differ as their whole range without a best."""
    found = {_key(each, _KEYS["quantities"]): each for each in ours}
    for each in theirs:
        key = _key(each, _KEYS["quantities"])
        if key not in found:
            found[key] = each
        elif _same(found[key], each):
            found[key] = _supported(found[key], each)
        else:
            found[key] = _range(found[key], each)
    return list(found.values())


def _range(one: Raw, other: Raw) -> Raw:
    """Return two numbers as one range, from the smallest to the largest that is named (model.md §5), without a best."""
    made = _supported(one, other)
    for name in ("low", "best", "high", "qualifier", "as_published"):
        made.pop(name, None)
    named = [value[name] for value in (one, other) for name in ("low", "best", "high") if name in value]
    made["qualifier"] = "range" if named else "unspecified"
    if named:
        made["low"], made["high"] = min(named), max(named)
    return made


def _restored(ours: Raw) -> list[Raw]:
    """Return the header's numbers after a claim left: what the claims that stay say, where they say one thing."""
    found = []
    for each in ours.get("quantities", []):
        key = _key(each, _KEYS["quantities"])
        own = [
            (claim, number)
            for claim in ours["claims"]
            for number in claim.get("quantities", [])
            if _key(number, _KEYS["quantities"]) == key
        ]
        if own and all(_same(own[0][1], number) for _, number in own):
            found.append(own[0][1])
            for claim, number in own:
                _put(claim, "quantities", [one for one in claim["quantities"] if one is not number])
        else:
            found.append(each)
    return found


def _spans_of_claims(claims: list[Raw]) -> set[str]:
    return {span for claim in claims for span in claim["evidence"]}


def _put(raw: Raw, field: str, value: Any) -> None:
    if value:
        raw[field] = value
    else:
        raw.pop(field, None)


def _event(case: CaseFile, event_id: str) -> Event:
    (record,) = held(case, event_id)
    if not isinstance(record, Event):
        raise _refused(event_id, tr("an event"))
    return record


def _refused(found: str, expected: str) -> CaseFileError:
    problem = Problem("merged_into", found, expected)
    return CaseFileError(str(problem), (problem,))
