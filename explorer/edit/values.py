"""Any value, role, basis, classification, title, status, tag or note of records, one or many, as one edit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, cast

from pydantic import ValidationError

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.reading import plain
from explorer.casefile.store import CaseFile
from explorer.edit.naming import field_words, named
from explorer.model.base import Record
from explorer.model.codebook import MODES_OF
from explorer.model.lists import list_of
from explorer.model.problems import Problem, problems_from
from explorer.model.records import LISTS, AnyRecord
from explorer.words import tr

_STEP = re.compile(r"([a-z_][a-z_0-9]*)|\[(\d+)\]")
#: What only repeats an EDTF date, and goes when another one is set.
_REPEATING = ("earliest", "latest", "precision")


def set_field(
    case: CaseFile, record_ids: str | Iterable[str], path: str, value: Any, *, name: str = ""
) -> Edit:
    """Return the edit that sets one field of one record or of many.

    path as problems say it: "status", "participants[1].role", "claims[0].quantities[0].low". value: a record, plain
    JSON, or None for what the field is without a value; in a list, None takes the value at that place out. Raises
    CaseFileError, with .problems, where a record cannot have such a value, KeyError where the case has no such record.
    """
    records = held(case, record_ids)
    puts = tuple(with_value(record, path, value) for record in records)
    words = name or tr("set {field} of {records}").format(field=field_words(path), records=_named(records))
    return Edit(words, puts)


def add_tag(case: CaseFile, record_ids: str | Iterable[str], tag: str) -> Edit:
    """Return the edit that gives events a tag besides those they have."""
    records = held(case, record_ids)
    puts = tuple(
        record if tag in record.tags else with_value(record, "tags", [*record.tags, tag])
        for record in records
        if record is not None and hasattr(record, "tags")
    )
    return Edit(tr("tag {records} ‘{tag}’").format(records=_named(records), tag=tag), puts)


def remove_tag(case: CaseFile, record_ids: str | Iterable[str], tag: str) -> Edit:
    """Return the edit that takes a tag from events."""
    records = held(case, record_ids)
    puts = tuple(
        with_value(record, "tags", [each for each in record.tags if each != tag])
        for record in records
        if hasattr(record, "tags")
    )
    return Edit(tr("take the tag ‘{tag}’ from {records}").format(records=_named(records), tag=tag), puts)


def held(case: CaseFile, record_ids: str | Iterable[str]) -> list[AnyRecord]:
    """Return the records of ids, each once. Raises KeyError where the case lacks one."""
    wanted = list(dict.fromkeys((record_ids,) if isinstance(record_ids, str) else record_ids))
    found = case.records(wanted)
    if len(found) != len(wanted):
        raise KeyError(next(iter(set(wanted) - {str(getattr(each, "id", "")) for each in found})))
    return found


def with_value(record: AnyRecord, path: str, value: Any) -> AnyRecord:
    """Return a record with another value at a path; raises CaseFileError where it cannot have it."""
    raw = plain(record)
    try:
        _set(raw, path, as_plain(value))
    except (KeyError, IndexError, TypeError) as error:
        raise _refused(Problem(path, tr("nothing there"), tr("a value that the record has"))) from error
    if path == "type" and raw.get("mode") not in MODES_OF.get(raw.get("type") or "", ()):
        raw.pop("mode", None)  # a mode belongs to its type
    return remade(type(record), raw)


def remade(kind: type[Record], raw: dict[str, Any]) -> AnyRecord:
    """Return a record from plain JSON; raises CaseFileError with .problems where it is none."""
    try:
        return cast("AnyRecord", kind.model_validate_json(json.dumps(raw, ensure_ascii=False)))
    except ValidationError as error:
        raise _refused(*problems_from(error, str(raw.get("id", "")))) from error


def as_plain(value: Any) -> Any:
    """Return a value as plain JSON, records inside it too."""
    if isinstance(value, Record):
        return plain(value)
    if isinstance(value, list | tuple):
        return [as_plain(each) for each in value]
    return value


def _set(raw: dict[str, Any], path: str, value: Any) -> None:
    steps: list[str | int] = [name or int(number) for name, number in _STEP.findall(path)]
    if not steps:
        raise KeyError(path)
    at: Any = raw
    for step in steps[:-1]:
        at = at.setdefault(step, {}) if isinstance(step, str) else at[step]
    last = steps[-1]
    if value is None:
        at.pop(last, None) if isinstance(last, str) else at.pop(last)
    else:
        at[last] = value
    if last == "edtf":
        for repeating in _REPEATING:
            at.pop(repeating, None)


def _refused(*problems: Problem) -> CaseFileError:
    return CaseFileError("; ".join(str(problem) for problem in problems[:3]), problems)


def _named(records: list[AnyRecord]) -> str:
    kinds = {list_of(str(getattr(record, "id", ""))) or "" for record in records}
    return named(records, kinds.pop()) if len(kinds) == 1 else tr("{n} records").format(n=f"{len(records):,}")


def list_name_of(record: Record) -> str:
    """Return the list that a record belongs in."""
    return next(name for name, kind in LISTS.items() if kind is type(record))
