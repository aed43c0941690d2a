"""The rules between records, over what could be read of a case: paths are those of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from explorer.model.base import Record
from explorer.model.evidence import claims_of, identity_of, names_of
from explorer.model.invariants import CaseLookup, check_record, check_unique
from explorer.model.problems import Problem
from explorer.model.records import Case, Mention

Numbered = Mapping[str, Sequence[tuple[int, Record]]]


class _Lookup(CaseLookup):
    """Looks up valid records; knows the ids of broken ones, so that what names them is not called wrong too."""

    def __init__(self, case: Case, ids: Mapping[str, set[str]]) -> None:
        super().__init__(case)
        self._ids = ids

    def has(self, list_name: str, record_id: str) -> bool:
        """Return whether a list of the file holds an id."""
        return record_id in self._ids.get(list_name, ())


def check_between(
    numbered: Numbered, ids: Mapping[str, set[str]], step: Callable[[int], None]
) -> Iterator[Problem]:
    """Yield what is wrong between records.

    numbered: list -> (index in the file, record); ids: all ids of the file, those of broken records too; step is called
    with the number of records done so far, and may raise to give up.
    """
    lists: dict[str, Any] = {
        name: tuple(record for _, record in records) for name, records in numbered.items()
    }
    case = Case.model_construct(**lists)
    lookup = _Lookup(case, ids)
    broken = {
        name: some - {identity_of(record) for _, record in numbered[name]} for name, some in ids.items()
    }
    yield from check_unique(_named(numbered))
    done = 0
    for name, records in numbered.items():
        for index, record in records:
            step(done)
            done += 1
            spared = _spared(record, lookup, broken)
            for problem in check_record(record, lookup):
                if problem.path not in spared:
                    yield problem.under(f"{name}[{index}]")


def _spared(record: Record, lookup: CaseLookup, broken: Mapping[str, set[str]]) -> set[str]:
    """Return where a record cites known spans, if it cites a broken one too: which sentences it covers is not known."""
    if not broken["spans"]:
        return set()
    cited = [(path, named) for path, name, named in names_of(record) if name == "spans"]
    if all(named not in broken["spans"] for _, named in cited):
        return set()
    return {path for path, named in cited if lookup.has("spans", named)}


def _named(numbered: Numbered) -> Iterator[tuple[str, str]]:
    for name, records in numbered.items():
        for index, record in records:
            path = f"{name}[{index}]"
            if isinstance(record, Mention):
                yield path, f"{identity_of(record)} ({record.form})"
                continue
            yield f"{path}.id", identity_of(record)
            for number, claim in enumerate(claims_of(record)):
                yield f"{path}.claims[{number}].id", claim.id
