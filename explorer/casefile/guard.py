"""The rules between records, held before anything is written (design §2: invariants hold on write)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from explorer.casefile.errors import CaseFileError
from explorer.casefile.evidence import identity
from explorer.casefile.reading import Records
from explorer.model.base import Record
from explorer.model.evidence import claims_of
from explorer.model.invariants import check_header, check_record, check_unique
from explorer.model.problems import Problem
from explorer.model.records import LISTS, CaseHeader, Document, Location, Relation, Span
from explorer.words import tr

#: How many problems one refusal tells.
LIMIT = 50
_LIST_OF = {kind: name for name, kind in LISTS.items()}


class CaseLookup:
    """Looks records up among those about to be written, then in the case file."""

    def __init__(self, case: Records, coming: Sequence[Record]) -> None:
        self._case = case
        self._coming = {(_LIST_OF[type(record)], identity(record)): record for record in coming}
        self._parts: dict[str, list[str]] = {}
        for record in (*coming, *case.all("relations")):
            if isinstance(record, Relation) and record.type == "part_of":
                self._parts.setdefault(record.source, []).append(record.target)
        self._find = lru_cache(maxsize=4096)(self._look)

    def _look(self, name: str, record_id: str) -> Record | None:
        coming = self._coming.get((name, record_id))
        if coming is not None:
            return coming
        held = self._case.record(record_id)
        return held if held is not None and _LIST_OF[type(held)] == name else None

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
        return self._find(list_name, record_id) is not None

    def parent(self, location_id: str) -> str | None:
        """Return the part_of of a location, or None."""
        found = self._find("locations", location_id)
        return found.part_of if isinstance(found, Location) else None

    def wholes(self, actor_id: str) -> Iterable[str]:
        """Return the actors that an actor is part_of, by relations."""
        return self._parts.get(actor_id, ())


def refuse_broken_header(header: CaseHeader) -> None:
    """Raise CaseFileError where a case may not say of itself what header says."""
    _refuse(check_header(header))


def refuse_broken(case: Records, records: Sequence[Record]) -> None:
    """Raise CaseFileError, with up to LIMIT problems, where records may not be added to a case."""
    _refuse(_problems(case, records))


def _problems(case: Records, records: Sequence[Record]) -> Iterator[Problem]:
    yield from check_unique(_named(records))
    lookup = CaseLookup(case, records)
    for record in records:
        name = _LIST_OF[type(record)]
        if name != "mentions" and case.record(identity(record)) is not None:
            yield Problem(identity(record), tr("an id that the case has already"), tr("a new id"))
        for problem in check_record(record, lookup):
            yield problem.under(identity(record))


def _named(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    for number, record in enumerate(records):
        path = f"{_LIST_OF[type(record)]}[{number}]"
        yield path, identity(record)
        yield from ((f"{path}.claims[{n}].id", claim.id) for n, claim in enumerate(claims_of(record)))


def _refuse(found: Iterator[Problem]) -> None:
    problems = tuple(islice(found, LIMIT))
    if problems:
        raise CaseFileError("; ".join(str(problem) for problem in problems[:3]), problems)
