"""The rules between records (model.md §4), asked of whatever can look records up: a case file or a case in memory.

Rules inside one record are in its class. Paths are relative to the record ("time.edtf"); Problem.under() prefixes.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from explorer.model.base import Record
from explorer.model.evidence import claims_of, facts_of, identity_of, names_of
from explorer.model.lint import lint
from explorer.model.problems import Problem, shortened
from explorer.model.records import (
    LISTS,
    Actor,
    Case,
    CaseHeader,
    Document,
    Event,
    Location,
    Relation,
    Span,
)
from explorer.words import tr

__all__ = [
    "CaseLookup",
    "Lookup",
    "check_header",
    "check_record",
    "check_unique",
    "check_version",
    "check_whole",
    "lint",
    "newer_minor",
]

#: The version of the format that this program reads and writes (model.md §7).
FORMAT_VERSION = "1.0"

#: Document id and sentence number; None = the document as a whole.
_Place = tuple[str, int | None]


class Lookup(Protocol):
    """What the rules ask of a case; records of the same append must be found too."""

    def document(self, record_id: str) -> Document | None:
        """Return a document, or None."""

    def span(self, record_id: str) -> Span | None:
        """Return a span, or None."""

    def has(self, list_name: str, record_id: str) -> bool:
        """Return whether a list holds an id."""

    def parent(self, location_id: str) -> str | None:
        """Return the part_of of a location, or None."""

    def wholes(self, actor_id: str) -> Iterable[str]:
        """Return the actors that an actor is part_of, by relations."""


def check_record(record: Record, lookup: Lookup) -> Iterator[Problem]:
    """Yield what is wrong between a record and the rest of its case; each path is relative to the record."""
    yield from _unresolved(record, lookup)
    match record:
        case Document():
            yield from _document(record)
        case Span():
            yield from _span(record, lookup.document(record.document))
        case Event() | Relation():
            yield from _claims(record, lookup)
        case _:
            pass
    yield from _circles(record, lookup)


def check_header(header: CaseHeader) -> Iterator[Problem]:
    """Yield a problem where the case is of another major version of the format."""
    return check_version(header.format_version)


def check_version(version: object) -> Iterator[Problem]:
    """Yield a problem where a format_version is not of the major version this program reads.

    To be asked before a case is validated: a newer format has fields that would all be unknown. A newer minor
    version is no problem; newer_minor() tells it, and such a case is opened read-only (model.md §7).
    """
    if not isinstance(version, str) or version.partition(".")[0] != FORMAT_VERSION.partition(".")[0]:
        yield Problem(
            "format_version",
            shortened(version),
            tr("version {version} of the event-case format").format(version=FORMAT_VERSION),
            tr("open it with the version of Dateline that wrote it, and export it again"),
        )


def newer_minor(version: str) -> bool:
    """Return whether a case of the same major version was written by a newer minor one."""
    minor = version.partition(".")[2]
    return (len(minor), minor) > (1, FORMAT_VERSION.partition(".")[2])


def check_unique(named: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Yield a problem for every (path, id) whose id came before; claims' ids count too."""
    seen: dict[str, str] = {}
    for path, record_id in named:
        first = seen.setdefault(record_id, path)
        if first != path:
            yield Problem(
                path,
                tr("{id}, which {path} already has").format(id=record_id, path=first),
                tr("an id of its own"),
                tr("give one of the two another id"),
            )


def check_whole(case: Case) -> Iterator[Problem]:
    """Yield all problems of a case in memory, with paths such as events[12].time.anchor."""
    yield from check_header(case)
    yield from check_unique(_ids(case))
    lookup = CaseLookup(case)
    for name in LISTS:
        for number, record in enumerate(getattr(case, name)):
            for problem in check_record(record, lookup):
                yield problem.under(f"{name}[{number}]")


def _ids(case: Case) -> Iterator[tuple[str, str]]:
    for name in LISTS:
        for number, record in enumerate(getattr(case, name)):
            if name == "mentions":
                yield f"{name}[{number}]", f"{identity_of(record)} ({record.form})"
                continue
            yield f"{name}[{number}].id", record.id
            for index, claim in enumerate(claims_of(record)):
                yield f"{name}[{number}].claims[{index}].id", claim.id


class CaseLookup:
    """Looks records up in a Case held in memory; also gives lint() its lists."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._by_id = {
            name: {record.id: record for record in getattr(case, name)}
            for name in LISTS
            if name != "mentions"
        }
        self._wholes: dict[str, list[str]] = {}
        for relation in case.relations:
            if relation.type == "part_of":
                self._wholes.setdefault(relation.source, []).append(relation.target)

    def document(self, record_id: str) -> Document | None:
        """Return a document, or None."""
        return self._by_id["documents"].get(record_id)

    def span(self, record_id: str) -> Span | None:
        """Return a span, or None."""
        return self._by_id["spans"].get(record_id)

    def has(self, list_name: str, record_id: str) -> bool:
        """Return whether a list holds an id."""
        return record_id in self._by_id.get(list_name, ())

    def parent(self, location_id: str) -> str | None:
        """Return the part_of of a location, or None."""
        location = self._by_id["locations"].get(location_id)
        return location.part_of if location else None

    def wholes(self, actor_id: str) -> Iterable[str]:
        """Return the actors that an actor is part_of, by relations."""
        return self._wholes.get(actor_id, ())

    def all(self, list_name: str) -> Iterable[Record]:
        """Return a list of the case."""
        records: tuple[Record, ...] = getattr(self._case, list_name)
        return records


def _unresolved(record: Record, lookup: Lookup) -> Iterator[Problem]:
    for path, name, named in names_of(record):
        if not lookup.has(name, named):
            yield Problem(
                path,
                tr("{id}, which is not in {list}").format(id=named, list=name),
                tr("the id of one of the {list}").format(list=name),
                tr("correct the id, or add the record"),
            )


def _document(document: Document) -> Iterator[Problem]:
    digest = hashlib.sha256(document.text.encode("utf-8")).hexdigest()
    if document.text_sha256.lower() != digest:
        yield Problem(
            "text_sha256",
            shortened(document.text_sha256),
            tr("{digest}, the sha256 of the text").format(digest=digest),
            tr("the text or the sum was changed: restore the text, or check all spans and correct the sum"),
        )
    end, length = 0, len(document.text)
    for number, sentence in enumerate(document.sentences):
        if not end <= sentence.start <= sentence.end <= length:
            yield Problem(
                f"sentences[{number}]",
                tr("characters {start} to {end}").format(start=sentence.start, end=sentence.end),
                tr(
                    "a stretch after character {before} and within the {length} characters of the text"
                ).format(before=end, length=length),
            )
        end = max(end, sentence.end)


def _span(span: Span, document: Document | None) -> Iterator[Problem]:
    if document is None or span.start is None or span.end is None or span.quote is None:
        return
    text = document.text
    if span.end > len(text):
        yield Problem(
            "end",
            str(span.end),
            tr("at most {length}, the length of the text of {id}").format(length=len(text), id=document.id),
        )
        return
    yield from _around(span, text)
    number = sentence_at(document, span.start)
    inside = number is not None and span.end <= document.sentences[number].end
    if document.sentences and not inside:
        yield Problem(
            "start",
            tr("characters {start} to {end}, which lie in no one sentence").format(
                start=span.start, end=span.end
            ),
            tr("a stretch inside one sentence of {id}").format(id=document.id),
            tr("make one span for each sentence"),
        )


def _around(span: Span, text: str) -> Iterator[Problem]:
    """Yield where quote, prefix or suffix are not the text at and around the span."""
    start, end = span.start or 0, span.end or 0
    prefix, suffix = span.prefix or "", span.suffix or ""
    for field, given, there in (
        ("quote", span.quote or "", text[start:end]),
        ("prefix", prefix, text[max(0, start - len(prefix)) : start]),
        ("suffix", suffix, text[end : end + len(suffix)]),
    ):
        if given != there:
            at = next((n for n, (a, b) in enumerate(zip(given, there, strict=False)) if a != b), None)
            where = "" if at is None else " " + tr("(they differ at character {n})").format(n=at + 1)
            yield Problem(
                field,
                shortened(given) + where,
                tr("{text}, as the text has it from {start} to {end}").format(
                    text=shortened(there), start=start, end=end
                ),
                tr("correct it, or anchor the span anew"),
            )


def sentence_at(document: Document, position: int) -> int | None:
    """Return the number of the sentence that holds a character, or None between sentences: O(log n)."""
    number = bisect_right(document.sentences, position, key=_start) - 1
    return number if number >= 0 and position < document.sentences[number].end else None


def _start(sentence: object) -> int:
    start: int = getattr(sentence, "start")  # noqa: B009 - the key of bisect is untyped
    return start


def _place(span: Span | None, lookup: Lookup) -> _Place | None:
    """Return where a span lies; None where it lies nowhere (unknown or unanchored)."""
    if span is None or (span.start is None and span.unanchored):
        return None
    document = lookup.document(span.document) if span.start is not None else None
    if span.start is None or document is None or not document.sentences:
        return span.document, None
    number = sentence_at(document, span.start)
    return (span.document, number) if number is not None else None


def _claims(record: Event | Relation, lookup: Lookup) -> Iterator[Problem]:
    """Yield claims over several documents, and values whose evidence no claim of the record covers."""
    places: dict[str, _Place | None] = {}

    def place(span_id: str) -> _Place | None:
        if span_id not in places:
            places[span_id] = _place(lookup.span(span_id), lookup)
        return places[span_id]

    cited: set[_Place] = set()
    for number, claim in enumerate(record.claims):
        found = [each for span in claim.evidence if (each := place(span)) is not None]
        cited.update(found)
        # Words that lost their place may stand in any sentence of their document.
        lost = (lookup.span(span) for span in claim.evidence if place(span) is None)
        cited.update((span.document, None) for span in lost if span is not None)
        documents = sorted({document for document, _ in found})
        if len(documents) > 1:
            yield Problem(
                f"claims[{number}].evidence",
                tr("spans of {documents}").format(documents=", ".join(documents)),
                tr("spans of one document"),
                tr("make one claim for each document"),
            )
    yield from _uncovered(record, cited, place)


def _uncovered(
    record: Event | Relation, cited: set[_Place], place: Callable[[str], _Place | None]
) -> Iterator[Problem]:
    for path, fact in facts_of(record):
        for number, span_id in enumerate(fact.evidence):
            where = place(span_id)
            if where is None or where in cited or (where[0], None) in cited:
                continue
            document, sentence = where
            yield Problem(
                f"{path}.evidence[{number}]",
                tr("{span} in sentence {number} of {document}, which no claim of {id} cites").format(
                    span=span_id,
                    number="–" if sentence is None else sentence,
                    document=document,
                    id=record.id,
                ),
                tr("a span in a sentence that a claim of the record cites"),
                tr("cite that sentence in a claim too, or choose another span"),
            )


def _circles(record: Record, lookup: Lookup) -> Iterator[Problem]:
    match record:
        case Location(part_of=str() as whole):
            yield from _circle("part_of", record.id, whole, lambda each: filter(None, (lookup.parent(each),)))
        case Relation(type="part_of"):
            yield from _circle("target", record.source, record.target, lookup.wholes)
        case _:
            pass
    if isinstance(record, Actor | Location | Event) and record.merged_into == record.id:
        yield Problem("merged_into", record.id, tr("the id of another record"))


def _circle(path: str, part: str, whole: str, above: Callable[[str], Iterable[str]]) -> Iterator[Problem]:
    """Yield a problem where part is reached again by going up from whole."""
    waiting, came_from = [whole], {whole: part}
    while waiting:
        each = waiting.pop()
        if each == part:
            chain = [each]
            while (each := came_from[each]) != part:
                chain.append(each)
            circle = " → ".join([part, *reversed(chain)])
            yield Problem(
                path,
                tr("a circle: {circle}").format(circle=circle),
                tr("a whole that is not part of its own part"),
                tr("remove one part_of of the circle"),
            )
            return
        for higher in above(each):
            if higher not in came_from:
                came_from[higher] = each
                waiting.append(higher)
