"""A case as a source of records: what a JSON case or a .dateline file holds goes into another case, record by record.

Equal ids and equal content are one record; the same id with other content is told, and the old one kept. Nothing is
taken whose words the case does not have: where a document's text differs, what rests on new words of it is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from explorer.casefile.appending import body_of
from explorer.casefile.bulk import Bulk
from explorer.casefile.schema import MAGIC
from explorer.casefile.store import CaseFile
from explorer.formats import native
from explorer.formats.port import Draft, Named, Row, Skipped
from explorer.formats.refused import RefusedError
from explorer.formats.source import Source
from explorer.intake.import_report import Counting
from explorer.intake.import_writing import CHANGED, NEW, Known, Writing, add, draft_of, state_of
from explorer.intake.making import Bodied, Made
from explorer.model.base import Record
from explorer.model.problems import Problem
from explorer.model.records import LISTS
from explorer.words import tr

_ID = re.compile(r"(?:doc|sp|ref|dst|act|loc|evt|clm|rel|lnk)-[a-z0-9][a-z0-9._-]{0,63}")
#: Lists in the order they are written: what is cited comes before what cites it; spans come with their document.
_ORDER = tuple(name for name in LISTS if name not in {"documents", "spans"})
_FIRST = ("references", "datasets")


def is_case(source: Source) -> bool:
    """Return whether a file is a case, as JSON or as a case file, by its first bytes."""
    head = source.head
    return head.startswith(MAGIC) or (
        head.lstrip().startswith((b"{", b"\xef\xbb\xbf{")) and b'"event-case"' in head
    )


class CaseReader:
    """Reads a case, as a Reader; a row is a record, or a document with its spans."""

    name = "case"
    vouched = True

    def __init__(self, path: Path, target: Path | None) -> None:
        """Take where the case is, and the case file that it is read into."""
        self._path, self._target = path, target
        self.title = tr("a case")

    def sniff(self, head: bytes, name: str) -> float:
        """Return 0: a case is told by is_case."""
        del head, name
        return 0.0

    def notes(self, source: Source) -> tuple[str, ...]:
        """Return what the lines in the report are."""
        del source
        return (tr("Lines are the records of the case, counted from 1."),)

    def read(self, source: Source) -> Iterator[Row | Skipped]:
        """Yield the records. Raises RefusedError for a case that is not valid, or that is the target itself."""
        if self._target is not None and self._target.exists() and self._target.samefile(self._path):
            raise RefusedError(Problem("", tr("the case itself"), tr("another case")))
        if source.head.startswith(MAGIC):
            with CaseFile.open(self._path, read_only=True) as case:
                yield from _rows({name: case.all(name) for name in LISTS})
        else:
            yield from _rows(dict(native.read(self._path).lists))


def _rows(lists: Mapping[str, Any]) -> Iterator[Row]:
    line = 1
    spans: dict[str, list[Named]] = {}
    for span in map(_draft, lists["spans"]):
        spans.setdefault(span["document"], []).append(("spans", span))
    for units in (
        _units(lists, _FIRST),
        _documents(lists["documents"], spans),
        _units(lists, _ORDER[len(_FIRST) :]),
    ):
        for records in units:
            yield Row(line, records)
            line += len(records)


def _units(lists: Mapping[str, Any], names: Sequence[str]) -> Iterator[list[Named]]:
    return ([(name, _draft(record))] for name in names for record in lists[name])


def _documents(documents: Iterator[Record], spans: dict[str, list[Named]]) -> Iterator[list[Named]]:
    for document in map(_draft, documents):
        yield [("documents", document), *spans.pop(document["id"], ())]


def _draft(record: Record) -> Draft:
    draft: Draft = json.loads(body_of(record))
    return draft


def claims_taken(case: CaseFile) -> dict[str, str]:
    """Return claim id -> the record of a case that has it; claims have ids of their own in the whole case."""
    return {
        claim["id"]: draft["id"]
        for name in ("events", "relations")
        for draft in map(_draft, case.all(name))
        for claim in draft["claims"]
    }


class CaseWriting(Writing):
    """Writes the records of a case one by one, each with what became of it."""

    def __init__(self, bulk: Bulk, *, update: bool, claims: dict[str, str]) -> None:
        """claims: claims_taken of the case that is written to."""
        super().__init__(bulk, update=update)
        self._claims = claims
        self._other_text: set[str] = set()  # documents that the case has with another text
        self._left_out: set[str] = set()  # ids that what cites them cannot be taken

    def _row(self, row: Made, records: list[Bodied], known: Known, counting: Counting) -> None:
        for line, record in enumerate(records, start=row.line):
            (name, record_id, _, body, sha, _), draft = record, draft_of(record)
            state = state_of(known[name].get(record_id), sha)
            if reason := self._reason(name, draft, state):
                counting.skipped.append(Skipped(line, reason))
                if state == NEW:
                    self._left_out.add(record_id)
                continue
            replacing = state == CHANGED and self._update and record_id not in self._other_text
            if state == NEW:
                add(self._bulk, record)
            elif replacing:
                self._bulk.replace(name, draft, body, sha)
            known[name][record_id] = sha
            self._claims.update(
                dict.fromkeys(_claims_of(draft), record_id) if state == NEW or replacing else {}
            )
            counting.count_one(line, new=state == NEW, changed=state == CHANGED, updated=replacing)

    def _reason(self, name: str, draft: Draft, state: int) -> str:
        """Return why a record cannot be taken, "" where it can; remembers documents of another text."""
        if name == "documents" and state == CHANGED:
            old = self._bulk.body(name, draft["id"]) or {}
            if old.get("text_sha256") != draft["text_sha256"]:
                self._other_text.add(draft["id"])
            return ""
        if name == "spans" and state in {NEW, CHANGED} and draft["document"] in self._other_text:
            return tr("words of a document that the case has with another text")
        if state == NEW or (state == CHANGED and self._update):
            if not self._left_out.isdisjoint(_ids_in(draft)):
                return tr("it rests on what could not be taken")
            if any(
                self._claims.get(claim, draft.get("id")) != draft.get("id") for claim in _claims_of(draft)
            ):
                return tr("another record of the case has a statement of the same id")
        return ""


def _claims_of(draft: Draft) -> list[str]:
    return [claim["id"] for claim in draft.get("claims", ())]


def _ids_in(value: Any) -> Iterator[str]:
    """Yield all that looks like an id, wherever in a record it stands."""
    if isinstance(value, str):
        if _ID.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _ids_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _ids_in(each)
