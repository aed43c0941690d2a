"""The single facts that say when things were: a date, an anchor, a link, a duration (design §3a, model.md §6).

They are made from raw records, by the hundred thousand, so they are named tuples and know nothing of pydantic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from explorer.chronology.durations import lasting
from explorer.model.times import parse_edtf
from explorer.model.vocabulary import BASES

Raw = Mapping[str, Any]
Kind = Literal["date", "anchor", "link", "duration"]
CODES = {name: code for code, name in enumerate(BASES)}

#: What a relation says, as (this, that): this is no later than that. 0, 1 are start and end of the subject; 2, 3 those
#: of the other. All non-strict (design §3a).
RELATIONS: dict[str, tuple[tuple[int, int], ...]] = {
    "before": ((1, 2),),
    "after": ((3, 0),),
    "overlaps": ((0, 3), (2, 1)),
    "at": ((2, 0), (1, 3)),
    "part_of": ((2, 0), (1, 3)),
    "contains": ((0, 2), (3, 1)),
    "simultaneous": ((0, 2), (2, 0), (1, 3), (3, 1)),
    "causes": ((0, 2),),
    "enables": ((0, 2),),
    "in_response_to": ((2, 0),),
}


class Fact(NamedTuple):
    """One fact that bounds a time, with what it rests on.

    record, path: where it stands ("evt-x", "time"; a link as a whole has the path ""). kind: a TimeRef with a date and
    an anchor is two facts. subject, relation, other: whose time it is, and the record it is compared with. edtf: of a
    date; low, high: seconds of a duration, None = no limit. basis: code of BASES. evidence: span ids.
    """

    record: str
    path: str
    kind: Kind
    subject: str
    relation: str = ""
    other: str = ""
    edtf: str = ""
    low: int | None = None
    high: int | None = None
    basis: int = CODES["stated"]
    approx: bool = False
    evidence: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is known by, and its place in every order."""
        return self.record, self.path, self.kind


class Timed(NamedTuple):
    """What has a time: a document, an event or a relation, as the network takes it.

    time: the raw TimeRef (`published`, `time`, `valid`). asserted: False for an event or relation without an asserted
    claim: it is bounded and bounds nothing. durations: raw Quantities with their paths. merged_into: the event that it
    now counts for: what is compared with it is compared with that one.
    """

    record: str
    path: str
    time: Raw | None = None
    asserted: bool = True
    durations: tuple[tuple[str, Raw], ...] = ()
    merged_into: str = ""

    @property
    def is_document(self) -> bool:
        """Whether it is a document, which bounds nothing without a date."""
        return self.path == "published"


def survivors(records: Mapping[str, Timed]) -> dict[str, str]:
    """Return the id that each record counts for: its own, or that of the event it was merged into."""
    found = {}
    for record in records.values():
        at, seen = record, {record.record}
        while (target := at.merged_into) in records and target not in seen:
            seen.add(target)
            at = records[target]
        found[record.record] = at.record
    return found


def facts_of(
    records: Iterable[Timed], links: Iterable[Raw], known: Mapping[str, str], *, text_only: bool = False
) -> Iterator[Fact]:
    """Yield every fact that bounds a time; text_only leaves out those from outside the texts.

    known: the ids there are and what each counts for; what compares a record with an unknown one, or with itself, says
    nothing. links: raw EventLinks; one that is not asserted, or says "possibly the same", bounds nothing.
    """
    for record in records:
        time = record.time
        if time and not (text_only and time.get("basis") == "reference"):
            yield from _of_time(record, time, known)
        for path, quantity in record.durations:
            if not (text_only and quantity.get("basis") == "reference"):
                yield from _of_duration(record.record, path, quantity)
    for link in links:
        if not counts(link) or (text_only and link.get("basis") == "reference"):
            continue
        source, target = known.get(link["source"]), known.get(link["target"])
        if source and target and source != target:
            yield _compared(link["id"], "", "link", source, link["type"], target, link)


def counts(link: Raw) -> bool:
    """Return whether a raw link orders times: it is asserted, and says more than "possibly the same"."""
    return link["type"] in RELATIONS and link.get("modality", "asserted") == "asserted"


def _of_time(record: Timed, time: Raw, known: Mapping[str, str]) -> Iterator[Fact]:
    name, path = record.record, record.path
    edtf, anchor = time.get("edtf"), known.get(time.get("anchor") or "")
    if edtf is not None:
        read = parse_edtf(edtf)
        approx = read.approx_start or read.approx_end
        yield Fact(name, path, "date", name, "", "", edtf, None, None, *_founded(time, approx))
    if anchor and anchor != name and time.get("anchor_relation"):
        yield _compared(name, path, "anchor", name, time["anchor_relation"], anchor, time)


def _compared(record: str, path: str, kind: Kind, subject: str, relation: str, other: str, raw: Raw) -> Fact:
    return Fact(record, path, kind, subject, relation, other, "", None, None, *_founded(raw))


def _of_duration(record: str, path: str, quantity: Raw) -> Iterator[Fact]:
    low, high = lasting(quantity)
    if low is not None or high is not None:
        approx = quantity.get("qualifier") == "about"
        yield Fact(record, path, "duration", record, "", "", "", low, high, *_founded(quantity, approx))


def _founded(fact: Raw, approx: bool = False) -> tuple[int, bool, tuple[str, ...], tuple[str, ...]]:
    """Return what a raw Fact rests on: basis, approx, evidence and citations of a Fact."""
    evidence, citations = fact.get("evidence", ()), fact.get("citations", ())
    return CODES[fact.get("basis", "stated")], approx, tuple(evidence), tuple(citations)
