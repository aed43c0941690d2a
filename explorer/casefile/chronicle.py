"""When everything in a case file was, and why: what its records and links amount to together (design §3a)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.casefile import schema
from explorer.casefile.columns import QUANTITY_KINDS, EventTable
from explorer.casefile.timed import gathered, linked, timed_document, timed_event, timed_relation
from explorer.chronology.anchors import own_bounds
from explorer.chronology.bounds import UNDATED, Bounds, Side
from explorer.chronology.constraints import Chronology, chronology_of
from explorer.chronology.contradictions import Contradiction
from explorer.chronology.facts import Fact, Timed, facts_of
from explorer.model.lists import list_of

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile

__all__ = ["CaseChronology", "Contradiction", "Fact", "Side"]

Raw = Mapping[str, Any]
_BODIES = schema.per_list("SELECT body FROM _list ORDER BY key")
_SOME = schema.per_list("SELECT id, body FROM _list WHERE id IN (SELECT value FROM json_each(?))")
_PUBLISHED = (
    "SELECT id, json_extract(body, '$.published') FROM documents WHERE id IN (SELECT value FROM json_each(?))"
)
_DURATION = QUANTITY_KINDS.index("duration")
_READ = {"events": timed_event, "relations": timed_relation}


class CaseChronology:
    """The times of one content of a case file; text_only: without what comes from outside the texts.

    Only what is compared with something else is read when it is made; the date of anything else when it is asked for.
    """

    def __init__(
        self, case: CaseFile, *, text_only: bool = False, before: CaseChronology | None = None
    ) -> None:
        """Read a case; before: of the content before a change, so that little is solved anew."""
        self.text_only = text_only
        self._database = case.database
        links = self._links()
        known = gathered(self._seeds(case.table(), links), links, lambda ids: self._timed(ids).values())
        solve = chronology_of if before is None else before._chronology.changed  # noqa: SLF001 - its own class
        self._chronology: Chronology = solve(known.values(), links, text_only=text_only)

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The sets of facts that cannot all hold, each with the one that was set aside."""
        return self._chronology.contradictions

    @cached_property
    def set_aside(self) -> frozenset[tuple[str, str, str]]:
        """The keys of the facts that no bound rests on, because others contradict them."""
        return frozenset(fact.key for fact in self._chronology.set_aside)

    def bounds(self, record: str) -> Bounds:
        """Return the bounds of a document, an event or a relation; undated for anything else."""
        return self.all_bounds([record]).get(record, UNDATED)

    def all_bounds(self, ids: Iterable[str]) -> dict[str, Bounds]:
        """Return the bounds of those ids that the case has a document, event or relation of."""
        wanted = list(ids)
        alone = self._timed(record for record in wanted if record not in self._chronology)
        found = {}
        for record in wanted:
            if record in self._chronology:
                found[record] = self._chronology.bounds(record)
            elif record in alone:
                found[record] = self._alone(alone[record])
        return found

    def reasons(self, record: str, side: Side) -> tuple[Fact, ...]:
        """Return the facts that set one bound of a record, nearest first, its date last; () where it is open."""
        if record in self._chronology:
            return self._chronology.reasons(record, side)
        timed = self._timed([record])
        if record not in timed or not getattr(self._alone(timed[record]), side).finite:
            return ()
        return tuple(facts_of(timed.values(), (), {}, text_only=self.text_only))

    def _alone(self, record: Timed) -> Bounds:
        if record.time is None or (self.text_only and record.time.get("basis") == "reference"):
            return UNDATED
        return own_bounds(record.record, record.time)

    # -- what the case says --------------------------------------------------------------------------------------

    def _links(self) -> list[Raw]:
        return [json.loads(body) for (body,) in self._database.stream(_BODIES["links"])]

    def _seeds(self, table: EventTable, links: Iterable[Raw]) -> Iterator[Timed]:
        """Yield what is compared with something: by an anchor, a duration or a link."""
        rows = table.anchor_relation > 0
        rows[table.quantities.row[table.quantities.kind == _DURATION]] = True
        ids = set(table.ids_of(np.flatnonzero(rows))) | linked(links) | set(table.anchored_documents)
        yield from self._timed(sorted(ids)).values()
        for (body,) in self._database.stream(_BODIES["relations"]):
            relation = json.loads(body)
            if (relation.get("valid") or {}).get("anchor"):
                yield timed_relation(relation)

    def _timed(self, ids: Iterable[str]) -> dict[str, Timed]:
        """Return the documents, events and relations of some ids, as the network takes them."""
        by_list: dict[str, list[str]] = {}
        for record in ids:
            by_list.setdefault(list_of(record) or "", []).append(record)
        found: dict[str, Timed] = {}
        for record_id, published in self._rows(_PUBLISHED, by_list.pop("documents", [])):
            found[record_id] = timed_document(record_id, json.loads(published) if published else None)
        for name, read in _READ.items():
            for record_id, body in self._rows(_SOME[name], by_list.pop(name, [])):
                found[record_id] = read(json.loads(body))
        return found

    def _rows(self, statement: str, ids: list[str]) -> Iterable[tuple[Any, ...]]:
        return self._database.rows(statement, (json.dumps(ids),)) if ids else ()
