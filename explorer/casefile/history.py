"""The history of a case in its file: named steps, each with what its rows were and became (decision 0016).

Only what differs is kept. Bodies that are taken back are compared with their sums, so that a row which something else
has changed meanwhile is never overwritten.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import takewhile
from typing import Any

from explorer.casefile import schema
from explorer.casefile.changes import Change, Difference, Step
from explorer.casefile.connection import Database
from explorer.casefile.errors import CaseFileError
from explorer.words import tr

DONE, UNDONE, BARRIER = range(3)
#: When a step was made whose time cannot be read any more.
_UNKNOWN = "1970-01-01T00:00:00Z"
_log = logging.getLogger(__name__)
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
#: Rows of a step that is lost, between two numbers: what lies before it must not be undone without it.
_LOST = (
    "SELECT step FROM changes WHERE step > ? AND step < ? AND step NOT IN (SELECT number FROM steps) LIMIT 1"
)
_DONE_BEFORE = "SELECT max(number) FROM steps WHERE number < ? AND state != ?"
_END = 2**62
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
    found = _one(database, _NEXT)
    return None if found is None or found.barrier else found


def _one(database: Database, statement: str) -> Step | None:
    if database.row(_PRESENT) is None:
        return None
    row = database.row(statement)
    return None if row is None else _step(row)


def _step(row: tuple[Any, ...]) -> Step:
    """Return a step; one that is not as it was written is a barrier, since nothing is known of what it did."""
    number, name, made, state, touched = row
    try:
        datetime.fromisoformat(made)
        ids = json.loads(touched)
        if state in {DONE, UNDONE, BARRIER} and isinstance(name, str) and isinstance(ids, list):
            return Step(number, name, made, state == UNDONE, tuple(map(str, ids)), state == BARRIER)
    except (ValueError, TypeError, RecursionError):
        _log.warning("step %s of the history is damaged", number)
    return Step(number, tr("A step that was damaged outside the program"), _UNKNOWN, False, (), True)


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

    Raises CaseFileError where a row is not as the step left it, or the history is not as it was written.
    """
    before = connection.execute(_DONE_BEFORE, (step.number, UNDONE)).fetchone()[0] or 0
    between = (step.number, _END) if backwards else (before, step.number)
    if connection.execute(_LOST, between).fetchone() is not None:
        raise _strange(step, tr("a step of the history"))
    for change, told in _told(connection.execute(_CHANGES, (step.number,)).fetchall(), step):
        found = connection.execute(_body_of(change), (change.key,)).fetchone()
        yield _against(found, change, told, step, backwards=backwards)


def broken(database: Database) -> Iterator[str]:
    """Yield in words what would refuse to be undone, or made again; nothing is written."""
    known = steps(database)
    yield from (step.name for step in known if step.made == _UNKNOWN)
    if database.row(_PRESENT) is not None and (lost := database.row(_LOST, (-_END, _END))) is not None:
        yield tr("step {number} is lost").format(number=lost[0])
    done = [step for step in reversed(known) if not step.undone]
    back = list(takewhile(lambda step: not step.barrier, done))
    yield from _refusals(database, back, backwards=True)
    yield from _refusals(database, [step for step in known if step.undone], backwards=False)


def _refusals(database: Database, walked: Iterable[Step], *, backwards: bool) -> Iterator[str]:
    """Walk steps in memory alone; yield why the walk ends before its end."""
    now: dict[tuple[str, int], tuple[str | None, bytes | None]] = {}
    try:
        for step in walked:
            for change, told in _told(database.rows(_CHANGES, (step.number,)), step):
                where = change.list_name, change.key
                found = now[where] if where in now else database.row(_body_of(change), (change.key,))
                if found is not None and found[0] is None:
                    found = None
                body = _against(found, change, told, step, backwards=backwards).after
                now[where] = body, None if body is None else _digest(body)
    except CaseFileError as error:
        yield str(error)


def _told(rows: list[tuple[Any, ...]], step: Step) -> list[tuple[Change, list[Any]]]:
    """Return whose rows of the case the rows of a step are of, and what each tells; all that it touched, or refuse."""
    found = []
    for code, key, record_id, *told in rows:
        if not _readable(code, key, record_id, told):
            raise _strange(step, str(record_id))
        name = "" if code == HEADER else schema.LIST_NAMES[code]
        found.append((Change(name, key, record_id, None, None), told))
    touched = tuple(change.record_id for change, _ in found if change.list_name)
    if touched != step.touched or len(found) != len(touched) + 1:  # and the header
        raise _strange(step, ", ".join({*step.touched} - {*touched}))
    return found


def _body_of(change: Change) -> str:
    return _BODY[change.list_name] if change.list_name else _HEADER_BODY


def _readable(code: Any, key: Any, record_id: Any, told: list[Any]) -> bool:
    """Return whether a row of the history is of the form in which it was written."""
    start, *bodies, was, became = told
    return (
        code in range(HEADER, len(schema.LIST_NAMES))
        and isinstance(key, int)
        and isinstance(record_id, str)
        and isinstance(start, int)
        and start >= 0
        and all(body is None or isinstance(body, str) for body in bodies)
        and all(digest is None or isinstance(digest, bytes) for digest in (was, became))
    )


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
