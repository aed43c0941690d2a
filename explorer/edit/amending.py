"""One value of one record, or something said of many events: what the menus of the card and the table set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.reading import plain
from explorer.casefile.store import CaseFile
from explorer.edit.amounts import read_amount
from explorer.edit.naming import field_words, quoted
from explorer.edit.values import held, remade, with_value
from explorer.model.problems import Problem
from explorer.model.records import AnyRecord, Event
from explorer.words import tr

Raw = dict[str, Any]
_STEP = re.compile(r"([a-z_][a-z_0-9]*)|\[(\d+)\]")


def value_at(case: CaseFile, record_id: str, path: str) -> Any:
    """Return the plain JSON at a path of a record, None where nothing stands there. Raises KeyError for no record."""
    (record,) = held(case, record_id)
    at: Any = plain(record)
    for name, number in _STEP.findall(path):
        try:
            at = at[name or int(number)]
        except (KeyError, IndexError, TypeError):
            return None
    return at


def amend(case: CaseFile, record_id: str, path: str, values: Mapping[str, Any]) -> Edit:
    """Return the edit that sets fields of the value at a path, None taking one out; evidence, basis and note stay.

    Raises CaseFileError where the value cannot be so, or where nothing stands at the path.
    """
    (record,) = held(case, record_id)
    before = value_at(case, record_id, path) if path else plain(record)
    if not isinstance(before, dict):
        raise _refused(path, tr("nothing there"), tr("a value that the record has"))
    after = {name: each for name, each in {**before, **values}.items() if each is not None}
    made = with_value(record, path, after) if path else remade(type(record), after)
    field = next(iter(values))
    return Edit(tr("set {field} of {record}").format(field=field_words(field), record=quoted(made)), (made,))


def take_out(case: CaseFile, record_id: str, path: str) -> Edit:
    """Return the edit that takes the value at a path out of its record."""
    (record,) = held(case, record_id)
    if value_at(case, record_id, path) is None:
        raise _refused(path, tr("nothing there"), tr("a value that the record has"))
    made = with_value(record, path, None)
    what = field_words(path.partition("[")[0])
    return Edit(tr("remove one of {field} of {record}").format(field=what, record=quoted(made)), (made,))


def set_number(case: CaseFile, record_id: str, path: str, words: str) -> Edit:
    """Return the edit that sets a number as it is typed: "31", "at least 25", "25 to 31"; what is counted stays."""
    found = read_amount(words)
    if found.qualifier == "unspecified":
        raise _refused(path, words or tr("nothing"), tr("a number, such as 31, at least 25, or 25 to 31"))
    names = ("qualifier", "low", "best", "high")
    return amend(case, record_id, path, {name: getattr(found, name) for name in names})


def with_part(record: AnyRecord, actor: str, role: str, note: str) -> AnyRecord:
    """Return an event in which somebody took part, too: the coder's reading of the words that the event rests on."""
    if not note.strip():
        raise _refused("participants", tr("no note"), tr("why this is so: it is not read from single words"))
    if not isinstance(record, Event):
        return record
    parts: list[Raw] = plain(record).get("participants", [])
    if any(part["actor"] == actor and part["role"] == role for part in parts):
        return record
    evidence = list(dict.fromkeys(span for claim in record.claims for span in claim.evidence))
    part = {"actor": actor, "role": role, "basis": "inferred", "evidence": evidence, "note": note.strip()}
    return with_value(record, "participants", [*parts, part])


def _refused(path: str, found: str, expected: str) -> CaseFileError:
    problem = Problem(path, found, expected)
    return CaseFileError(str(problem), (problem,))
