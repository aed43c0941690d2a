"""From an edit to the rows it changes, and whether the case may be so (model.md §4): asked before anything is written.

Held are the rules of what is put, and of everything that names what is removed or moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from explorer.casefile import schema
from explorer.casefile.appending import body_of
from explorer.casefile.changes import Change, Edit
from explorer.casefile.dependents import citing, holding, naming
from explorer.casefile.errors import CaseFileError
from explorer.casefile.evidence import identity
from explorer.casefile.guard import LIMIT
from explorer.casefile.reading import Records
from explorer.frozen import frozen
from explorer.model.base import Record
from explorer.model.evidence import claims_of
from explorer.model.invariants import check_header, check_record, check_unique
from explorer.model.lists import list_of
from explorer.model.problems import Problem
from explorer.model.records import LISTS, CaseHeader, Document, Location, Relation, Span
from explorer.words import tr

_LIST_OF = {kind: name for name, kind in LISTS.items()}
_ROW = schema.per_list("SELECT key, body FROM _list WHERE id = ?")
_FORMS = "SELECT id FROM mentions WHERE id >= ? AND id < ?"
_SPANS = "SELECT p.span, s.id FROM span_positions p JOIN spans s ON s.key = p.span WHERE p.document = ?"
_LAST = "SELECT seq FROM sqlite_sequence WHERE name = ?"


@frozen
class Planned:
    """One row of a list that an edit changes, with its records before and after."""

    change: Change
    before: Record | None
    after: Record | None

    @property
    def list_name(self) -> str:
        """The list of the record."""
        return self.change.list_name


def planned(case: Records, edit: Edit) -> list[Planned]:
    """Return the rows that an edit of a case changes, the header aside; what stays as it is is left out."""
    found: dict[tuple[str, str], Record | None] = {
        (name, record_id): None for name, each in edit.removes for record_id in _named(case, name, each)
    }
    for record in edit.puts:
        if not isinstance(record, CaseHeader):
            found[_LIST_OF[type(record)], identity(record)] = record
    keys: dict[str, int] = {}
    rows = (_planned(case, name, record_id, after, keys) for (name, record_id), after in found.items())
    return [row for row in rows if row is not None and row.change.before != row.change.after]


def _named(case: Records, name: str, record_id: str) -> list[str]:
    """Return the ids that a removal means: of a mention without its form, all forms."""
    if name != "mentions" or record_id.endswith(")"):
        return [record_id]
    start = f"{record_id} ("
    return [row[0] for row in case.database.rows(_FORMS, (start, f"{record_id} )"))]


def _planned(
    case: Records, name: str, record_id: str, after: Record | None, keys: dict[str, int]
) -> Planned | None:
    row = case.database.row(_ROW[name], (record_id,))
    if row is None and after is None:
        raise CaseFileError(tr("{id} is not in the case: it cannot be removed.").format(id=record_id))
    if row is None:
        if name not in keys:
            keys[name] = int((case.database.row(_LAST, (name,)) or (0,))[0])
        keys[name] += 1
    key, body = row or (keys[name], None)
    before = None if body is None else LISTS[name].model_validate_json(body)
    then = None if after is None else body_of(after)
    return Planned(Change(name, key, record_id, body, then), before, after)


def refuse_broken(case: Records, edit: Edit, rows: list[Planned]) -> None:
    """Raise CaseFileError, with up to LIMIT problems, where the case may not become what an edit makes of it."""
    problems = tuple(islice(_problems(case, edit, rows), LIMIT))
    if problems:
        raise CaseFileError("; ".join(str(problem) for problem in problems[:3]), problems)


def _problems(case: Records, edit: Edit, rows: list[Planned]) -> Iterator[Problem]:
    for header in edit.puts:
        if isinstance(header, CaseHeader):
            yield from check_header(header)
    yield from check_unique(_ids(rows))
    yield from _strangers_claims(case, rows)
    after = After(case, rows)
    for row in rows:
        if row.after is not None:
            for problem in check_record(row.after, after):
                yield problem.under(row.change.record_id)
    for record_id, record in _dependents(case, rows):
        for problem in check_record(record, after):
            yield problem.under(record_id)


def _ids(rows: Iterable[Planned]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if row.after is not None:
            path = row.change.record_id
            yield path, path
            claims = enumerate(claims_of(row.after))
            yield from ((f"{path}.claims[{number}].id", claim.id) for number, claim in claims)


def _strangers_claims(case: Records, rows: list[Planned]) -> Iterator[Problem]:
    """Yield new claims whose id a record has that is not edited."""
    old = {claim.id for row in rows if row.before is not None for claim in claims_of(row.before)}
    edited = {row.change.record_id for row in rows}
    for row in rows:
        for number, claim in enumerate(claims_of(row.after) if row.after is not None else ()):
            if claim.id in old:
                continue
            for _, holder in holding(case, ("events", "relations"), f'"id":"{claim.id}"'):
                if holder not in edited:
                    path = f"{row.change.record_id}.claims[{number}].id"
                    yield Problem(
                        path,
                        tr("{id}, which {path} already has").format(id=claim.id, path=holder),
                        tr("an id of its own"),
                        tr("give one of the two another id"),
                    )


class After:
    """Looks records up as they will be after an edit."""

    def __init__(self, case: Records, rows: Iterable[Planned]) -> None:
        self._case = case
        self._edited: Mapping[tuple[str, str], Record | None] = {
            (row.list_name, row.change.record_id): row.after for row in rows
        }
        self._find = lru_cache(maxsize=4096)(self._look)

    def _look(self, name: str, record_id: str) -> Record | None:
        if (name, record_id) in self._edited:
            return self._edited[name, record_id]
        return self._case.record(record_id) if list_of(record_id) == name else None

    def document(self, record_id: str) -> Document | None:
        """Return a document, or None."""
        found = self._find("documents", record_id)
        return found if isinstance(found, Document) else None

    def span(self, record_id: str) -> Span | None:
        """Return a span, or None."""
        found = self._find("spans", record_id)
        return found if isinstance(found, Span) else None

    def has(self, list_name: str, record_id: str) -> bool:
        """Return whether a list holds an id."""
        if (list_name, record_id) in self._edited:
            return self._edited[list_name, record_id] is not None
        return list_name in _ROW and self._case.database.row(_ROW[list_name], (record_id,)) is not None

    def parent(self, location_id: str) -> str | None:
        """Return the part_of of a location, or None."""
        found = self._find("locations", location_id)
        return found.part_of if isinstance(found, Location) else None

    def wholes(self, actor_id: str) -> Iterable[str]:
        """Return the actors that an actor is part_of, by relations."""
        return self._parts.get(actor_id, ())

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        rows = self._case.database.rows(
            "SELECT id, json_extract(body, '$.source'), json_extract(body, '$.target') FROM relations"
            " WHERE json_extract(body, '$.type') = 'part_of'"
        )
        for record_id, source, target in rows:
            if ("relations", record_id) not in self._edited:
                found.setdefault(source, []).append(target)
        for record in self._edited.values():
            if isinstance(record, Relation) and record.type == "part_of":
                found.setdefault(record.source, []).append(record.target)
        return found


def _dependents(case: Records, rows: list[Planned]) -> Iterator[tuple[str, Record]]:
    """Yield the records that are not edited, but name what is removed, moved or given another text."""
    edited = {(row.list_name, row.change.record_id) for row in rows}
    seen: set[str] = set()
    for name, record_id in _depending(case, rows):
        if (name, record_id) in edited or record_id in seen:
            continue
        seen.add(record_id)
        found = case.database.row(_ROW[name], (record_id,))
        if found is not None:
            yield record_id, LISTS[name].model_validate_json(found[1])


def _depending(case: Records, rows: Iterable[Planned]) -> Iterator[tuple[str, str]]:
    yield from naming(case, [row.change.record_id for row in rows if row.after is None])
    for row in rows:
        if row.before is None or row.after is None:
            continue
        if row.list_name == "spans" and _place(row.before) != _place(row.after):
            yield from citing(case, row.change.key)
        elif row.list_name == "documents" and _rewritten(row.before, row.after):
            for key, span in case.database.rows(_SPANS, (row.change.key,)):
                yield "spans", span
                yield from citing(case, key)


def _place(span: Record | None) -> tuple[Any, ...] | None:
    return (span.document, span.start, span.end, span.unanchored) if isinstance(span, Span) else None


def _rewritten(before: Record, after: Record) -> bool:
    """Return whether a document has another text or other sentences."""
    if not isinstance(before, Document) or not isinstance(after, Document):
        return False
    return (before.text, before.sentences) != (after.text, after.sentences)


def header_change(case: Records, edit: Edit, modified: str) -> Change:
    """Return how the header changes: as the edit says, and modified now."""
    row = case.database.row("SELECT body FROM header")
    given = next((each for each in edit.puts if isinstance(each, CaseHeader)), None) or case.header()
    after = given.model_copy(update={"modified": modified})
    return Change("", 1, "", row[0] if row else None, body_of(after))
