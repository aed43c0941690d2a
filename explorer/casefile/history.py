"""The history of a case in its file: named steps, each with what its rows were and became (decision 0008).

Only what differs is kept. Bodies that are taken back are compared with their sums, so that a row which something else
has changed meanwhile is never overwritten.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from explorer.casefile import schema
from explorer.casefile.changes import Change, Difference, Step
from explorer.casefile.connection import Database
from explorer.casefile.errors import CaseFileError
from explorer.words import tr

DONE, UNDONE, BARRIER = range(3)
#: The place of the header among the lists.
HEADER = -1
_PRESENT = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'steps'"
_STEPS = "SELECT number, name, made, state, touched FROM steps"
_LAST = f"{_STEPS} WHERE state != {UNDONE} ORDER BY number DESC LIMIT 1"
_NEXT = f"{_STEPS} WHERE state = {UNDONE} ORDER BY number LIMIT 1"
_STEP = "INSERT INTO steps (name, made, state, touched) VALUES (?, ?, ?, ?)"
_CHANGE = (
    "INSERT INTO changes (step, list, record, id, start, before, after, was, became)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_CHANGES = (
    "SELECT list, record, id, start, before, after, was, became FROM changes WHERE step = ? ORDER BY key"
)
_BODY = schema.per_list("SELECT body, sha256 FROM _list WHERE key = ?")
_HEADER_BODY = "SELECT body, sha256 FROM header WHERE key = ?"


def steps(database: Database) -> tuple[Step, ...]:
    """Return all steps in their order; none for a file that was never edited."""
    if database.row(_PRESENT) is None:
        return ()
    return tuple(_step(row) for row in database.stream(f"{_STEPS} ORDER BY number"))


def next_undo(database: Database) -> Step | None:
    """Return the step that Undo takes back; None at the beginning and at a barrier."""
    found = _one(database, _LAST)
    return None if found is None or found.barrier else found


def next_redo(database: Database) -> Step | None:
    """Return the step that Redo makes again."""
    return _one(database, _NEXT)


def _one(database: Database, statement: str) -> Step | None:
    if database.row(_PRESENT) is None:
        return None
    row = database.row(statement)
    return None if row is None else _step(row)


def _step(row: tuple[Any, ...]) -> Step:
    number, name, made, state, touched = row
    return Step(number, name, made, state == UNDONE, tuple(json.loads(touched)), state == BARRIER)


def add(connection: sqlite3.Connection, name: str, made: str, changes: Iterable[Change]) -> Step:
    """Remember an edit that was just made; what was undone before it is forgotten."""
    _forget_undone(connection)
    told = list(changes)
    touched = tuple(change.record_id for change in told if change.list_name)
    number = connection.execute(_STEP, (name, made, DONE, _as_json(touched))).lastrowid or 0
    connection.executemany(_CHANGE, (_row(number, change) for change in told))
    return Step(number, name, made, False, touched)


def bar(connection: sqlite3.Connection, name: str, made: str) -> None:
    """Remember what cannot be undone, where there is a history: the bodies before it will not be wanted again."""
    if connection.execute(_PRESENT).fetchone() is None:  # a layout from before there was one
        return
    if connection.execute("SELECT 1 FROM steps LIMIT 1").fetchone() is None:
        return
    _forget_undone(connection)
    connection.execute("DELETE FROM changes")
    connection.execute(_STEP, (name, made, BARRIER, "[]"))


def mark(connection: sqlite3.Connection, step: Step, *, undone: bool) -> Step:
    """Remember that a step was undone or made again."""
    connection.execute(
        "UPDATE steps SET state = ? WHERE number = ?", (UNDONE if undone else DONE, step.number)
    )
    return Step(step.number, step.name, step.made, undone, step.touched)


def changes_of(connection: sqlite3.Connection, step: Step, *, backwards: bool) -> Iterator[Change]:
    """Yield what a step changes, forwards or backwards, against the rows of now.

    Raises CaseFileError where a row is not as the step left it.
    """
    for code, key, record_id, *told in connection.execute(_CHANGES, (step.number,)).fetchall():
        name = "" if code == HEADER else schema.LIST_NAMES[code]
        found = connection.execute(_BODY[name] if name else _HEADER_BODY, (key,)).fetchone()
        yield _against(found, Change(name, key, record_id, None, None), told, step, backwards=backwards)


def _against(found: Any, change: Change, told: Any, step: Step, *, backwards: bool) -> Change:
    start, removed, added, was, became = told
    if backwards:
        removed, added, was, became = added, removed, became, was
    now = found[0] if found else None
    if (found[1] if found else None) != was:
        raise _strange(step, change.record_id)
    then = added
    if None not in (removed, added) and now is not None:
        then = Difference(start, removed, added).applied(now)
    if (None if then is None else _digest(then)) != became:
        raise _strange(step, change.record_id)
    return Change(change.list_name, change.key, change.record_id, now, then)


def _strange(step: Step, record_id: str) -> CaseFileError:
    return CaseFileError(
        tr(
            "‘{name}’ cannot be undone or made again: {record} is not as it left it."
            " Something outside the program has changed the case."
        ).format(name=step.name, record=record_id or tr("the header of the case"))
    )


def _row(step: int, change: Change) -> tuple[Any, ...]:
    code = schema.LIST_CODES[change.list_name] if change.list_name else HEADER
    before, after = change.before, change.after
    if before is not None and after is not None:
        small = Difference.between(before, after)
        kept: tuple[Any, ...] = (small.start, small.removed, small.added)
    else:
        kept = (0, before, after)
    sums = (None if body is None else _digest(body) for body in (before, after))
    return (step, code, change.key, change.record_id, *kept, *sums)


def _digest(body: str) -> bytes:
    return hashlib.sha256(body.encode("utf-8")).digest()


def _forget_undone(connection: sqlite3.Connection) -> None:
    connection.execute(
        "DELETE FROM changes WHERE step IN (SELECT number FROM steps WHERE state = ?)", (UNDONE,)
    )
    connection.execute("DELETE FROM steps WHERE state = ?", (UNDONE,))


def _as_json(touched: tuple[str, ...]) -> str:
    return json.dumps(touched, ensure_ascii=False)


def drop(connection: sqlite3.Connection) -> None:
    """Take the history out of a copy, and every trace of what it held: words of the index, free pages, old columns."""
    given = "SELECT 1 FROM sqlite_sequence WHERE name = 'steps'"
    if connection.execute(given).fetchone() is None:  # never edited
        return
    connection.execute("DELETE FROM changes")
    connection.execute("DELETE FROM steps")
    connection.execute("DELETE FROM sqlite_sequence WHERE name = 'steps'")
    connection.execute("DELETE FROM columns")
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.execute("VACUUM")
