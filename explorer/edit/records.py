"""Records that are added, and records that are removed with what depends on them.

What is removed takes with it what would mean nothing without it: an event its links, its mentions and the spans that
nothing else cites; an actor its participations; a document its claims, and events that no other document speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from explorer.casefile.changes import Edit
from explorer.casefile.evidence import identity
from explorer.casefile.reading import plain
from explorer.casefile.store import CaseFile
from explorer.edit.naming import named, quoted
from explorer.edit.pruning import Pruning, spans_in
from explorer.edit.values import held, list_name_of, remade
from explorer.model.lists import list_of
from explorer.model.records import LISTS, AnyRecord
from explorer.words import tr


def add(*records: AnyRecord, name: str = "") -> Edit:
    """Return the edit that adds records; the first of them gives it its name."""
    first = records[0]
    return Edit(name or tr("add {record}").format(record=quoted(first)), tuple(records))


def remove(case: CaseFile, record_ids: str | Iterable[str], *, name: str = "") -> Edit:
    """Return the edit that removes records, and what depends on them. Raises KeyError where the case lacks one."""
    records = held(case, record_ids)
    removal = _Removal(case)
    removal.remove(str(getattr(record, "id", "")) for record in records)
    kinds = {list_name_of(record) for record in records}
    words = named(records, kinds.pop()) if len(kinds) == 1 else tr("{n} records").format(n=len(records))
    return Edit(name or tr("remove {records}").format(records=words), removal.puts(), removal.removes())


class _Removal:
    """Removes records until nothing names what is gone, then the spans that nothing cites any more."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._gone: dict[str, None] = {}
        self._mentions: dict[str, None] = {}
        self._pruned: dict[str, dict[str, Any]] = {}
        self._loose: dict[str, None] = {}

    def remove(self, ids: Iterable[str]) -> None:
        """Take ids out, and prune what names them; what cannot stand without them goes too."""
        waiting = list(ids)
        while waiting:
            self._let_go(waiting)
            pruning = Pruning(self._gone, self._parents())
            wanted, waiting = self._case.naming(waiting), []
            self._let_mentions_go(wanted.pop("mentions", ()))
            for record_id in (each for some in wanted.values() for each in some if each not in self._gone):
                before = self._raw(record_id)
                after = pruning.pruned(record_id, before)
                if after is None:
                    waiting.append(record_id)
                elif after != before:
                    self._loose.update(dict.fromkeys(spans_in(before) - spans_in(after)))
                    self._pruned[record_id] = after
        self._remove_loose_spans()

    def puts(self) -> tuple[AnyRecord, ...]:
        """Return the records that stay, pruned."""
        kinds = ((list_of(record_id) or "", raw) for record_id, raw in self._pruned.items())
        return tuple(remade(LISTS[name], raw) for name, raw in kinds)

    def removes(self) -> tuple[tuple[str, str], ...]:
        """Return (list, id) of what goes."""
        gone = ((list_of(record_id) or "", record_id) for record_id in self._gone)
        return (*gone, *(("mentions", mention) for mention in self._mentions))

    def _let_mentions_go(self, mentions: Iterable[str]) -> None:
        for mention in mentions:
            self._mentions[mention] = None
            self._loose[mention.partition(" ")[0]] = None

    def _raw(self, record_id: str) -> dict[str, Any]:
        if record_id in self._pruned:
            return self._pruned[record_id]
        (record,) = held(self._case, record_id)
        return plain(record)

    def _let_go(self, ids: Iterable[str]) -> None:
        for record_id in ids:
            self._loose.update(dict.fromkeys(spans_in(self._raw(record_id))))
            self._gone[record_id] = None
            self._pruned.pop(record_id, None)

    def _parents(self) -> Mapping[str, str | None]:
        """Return what the places that go lie in: their parts are then said to lie there."""
        places = (record for record in self._case.records(self._gone) if list_name_of(record) == "locations")
        return {identity(place): getattr(place, "part_of", None) for place in places}

    def _remove_loose_spans(self) -> None:
        """Remove the spans that only what is gone cited, and no mention that stays stands in."""
        for span in [each for each in self._loose if each not in self._gone]:
            citing = self._case.naming([span])
            mentions = set(citing.pop("mentions", ())) - self._mentions.keys()
            if not mentions and not any(self._cites(each, span) for some in citing.values() for each in some):
                self._gone[span] = None

    def _cites(self, record_id: str, span: str) -> bool:
        if record_id in self._gone:
            return False
        return record_id not in self._pruned or span in spans_in(self._pruned[record_id])
