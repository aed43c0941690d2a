"""The tables of a case file, its marks in the SQLite header, and the numbered steps between versions (design §2)."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

from explorer.apart import reading
from explorer.casefile.errors import CaseFileError
from explorer.frozen import frozen
from explorer.model.lists import LIST_NAMES as LIST_NAMES
from explorer.model.problems import Problem
from explorer.words import tr

APPLICATION_ID = 0x44544C4E  # "DTLN"
MAGIC = b"SQLite format 3\x00"
SUFFIX = ".dateline"

#: The position in this tuple stands for a list in the columns called list.
LIST_CODES = {name: code for code, name in enumerate(LIST_NAMES)}
#: entries.kind: what a row of the word index was made from.
ENTRY_KINDS = ("event", "actor", "place", "document", "sentence")

# Keys are AUTOINCREMENT: a number that was ever given is not given again, so an undo or a merge cannot meet a stranger.
_LIST_TABLE = (
    "CREATE TABLE _list (key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
    " body TEXT NOT NULL, sha256 BLOB NOT NULL)"
)
_TABLES = {
    "header": "CREATE TABLE header (key INTEGER PRIMARY KEY CHECK (key = 1), body TEXT NOT NULL, sha256 BLOB NOT NULL,"
    " version INTEGER NOT NULL)",
    **{name: _LIST_TABLE.replace("_list", f'"{name}"') for name in LIST_NAMES},
    # Where a span lies; sentence is NULL for a document as a whole and for a span that lost its place.
    "span_positions": "CREATE TABLE span_positions (span INTEGER PRIMARY KEY, document INTEGER NOT NULL, start INTEGER,"
    " end INTEGER, sentence INTEGER, unanchored INTEGER NOT NULL)",
    "citations": "CREATE TABLE citations (list INTEGER NOT NULL, record INTEGER NOT NULL, path TEXT NOT NULL,"
    " span INTEGER NOT NULL)",
    "mentioned": "CREATE TABLE mentioned (list INTEGER NOT NULL, record INTEGER NOT NULL, form TEXT NOT NULL,"
    " span INTEGER NOT NULL)",
    "entries": "CREATE TABLE entries (key INTEGER PRIMARY KEY, kind INTEGER NOT NULL, record INTEGER NOT NULL,"
    " number INTEGER)",
    # Contentless: the words lie in the bodies already; a row of words is the entry with the same key.
    "words": "CREATE VIRTUAL TABLE words USING fts5(text, content='', prefix='1 2 3',"
    " tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'\")",
}
_INDEXES = {
    "span_positions_by_sentence": "CREATE INDEX span_positions_by_sentence ON span_positions (document, sentence)",
    "citations_by_record": "CREATE INDEX citations_by_record ON citations (list, record)",
    "citations_by_span": "CREATE INDEX citations_by_span ON citations (span)",
    "mentioned_by_record": "CREATE INDEX mentioned_by_record ON mentioned (list, record)",
    "mentioned_by_span": "CREATE INDEX mentioned_by_span ON mentioned (span)",
    "entries_by_record": "CREATE INDEX entries_by_record ON entries (kind, record)",
}
#: The columns of the case as they were last worked out (cache.py): what they are of, their sum, their bytes.
_COLUMNS = "CREATE TABLE columns (name TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha256 BLOB NOT NULL, body BLOB NOT NULL)"
_FIRST = {**_TABLES, **_INDEXES}
_SECOND = {**_FIRST, "columns": _COLUMNS}
#: The word index without its indexes of beginnings, which took more room than it does; a file that holds words already
#: keeps the one it has, for both answer alike.
_WORDS = _TABLES["words"].replace(" prefix='1 2 3',", "")
_THIRD = {**_SECOND, "words": _WORDS}
#: Undo and Redo (history.py): the named steps, and of each row what it was and became, as far as it differs.
_HISTORY = {
    "steps": "CREATE TABLE steps (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, made TEXT NOT NULL,"
    " state INTEGER NOT NULL, touched TEXT NOT NULL)",
    "changes": "CREATE TABLE changes (key INTEGER PRIMARY KEY, step INTEGER NOT NULL, list INTEGER NOT NULL,"
    " record INTEGER NOT NULL, id TEXT NOT NULL, start INTEGER NOT NULL, before TEXT, after TEXT, was BLOB,"
    " became BLOB)",
    "changes_by_step": "CREATE INDEX changes_by_step ON changes (step)",
}
#: All that a case file of a version may hold: name -> the statement that made it.
_EXPECTED = {1: _FIRST, 2: _SECOND, 3: _THIRD, 4: {**_THIRD, **_HISTORY}}
_OLDER = {"words": _TABLES["words"]}
_OWN_OF_SQLITE = ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4")
_OF_WORDS = tuple(f"words_{part}" for part in ("data", "idx", "docsize", "config", "content"))


def per_list(statement: str) -> dict[str, str]:
    """Return statement for each list of a case, its table, quoted, for _list (references is a word of SQL)."""
    return {name: statement.replace("_list", f'"{name}"') for name in LIST_NAMES}


def _to_1(connection: sqlite3.Connection) -> None:
    for statement in _FIRST.values():
        connection.execute(statement)


def _to_2(connection: sqlite3.Connection) -> None:
    connection.execute(_COLUMNS)


def _to_3(connection: sqlite3.Connection) -> None:
    if connection.execute("SELECT 1 FROM entries LIMIT 1").fetchone() is None:
        connection.execute("DROP TABLE words")
        connection.execute(_WORDS)


def _to_4(connection: sqlite3.Connection) -> None:
    for statement in _HISTORY.values():
        connection.execute(statement)


#: Step n brings a file of version n to n + 1, inside one transaction. A released step is never changed.
STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_to_1, _to_2, _to_3, _to_4)
VERSION = len(STEPS)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a file of version (0 = empty) to VERSION in one transaction, unless another program just did."""
    if version == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for step in STEPS[version:]:
            step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


@frozen
class FileMarks:
    """What the first 100 bytes of a SQLite file say: read before SQLite is let near a stranger's file."""

    page_size: int
    pages: int
    user_version: int
    application_id: int


def read_marks(path: Path) -> FileMarks:
    """Return the marks of path; raises CaseFileError where it is no case file that this version reads."""
    with reading(path) as file:
        head = file.read(100)
        size = file.seek(0, 2)
    if not head:
        raise CaseFileError(tr("{path} is empty; a case file was expected.").format(path=path))
    if not head.startswith(MAGIC):
        raise CaseFileError(
            tr("{path} is not a case file: it does not begin as one.").format(path=path),
            (Problem("", tr("what is not a case file: it does not begin as one"),
                     tr("a case file, which is SQLite, or a case as JSON"), tr("perhaps its name is wrong")),),
        )  # fmt: skip
    if len(head) < 100:
        raise CaseFileError(
            tr("{path} is cut short: it ends after {size} bytes.").format(path=path, size=size)
        )
    page_size = struct.unpack_from(">H", head, 16)[0]
    marks = FileMarks(
        65536 if page_size == 1 else page_size, *struct.unpack_from(">I", head, 28),
        *struct.unpack_from(">I", head, 60), *struct.unpack_from(">I", head, 68),
    )  # fmt: skip
    _refuse(path, marks, size)
    return marks


def left_over(path: Path) -> bool:
    """Return True where a program left changes beside the file, which belong to it."""
    return any(
        beside.exists() and beside.stat().st_size
        for beside in (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    )


def _refuse(path: Path, marks: FileMarks, size: int) -> None:
    if marks.application_id != APPLICATION_ID:
        raise CaseFileError(
            tr("{path} is an SQLite database of another program, not a case file.").format(path=path),
            (Problem("", tr("an SQLite database of another program"), tr("a case file of Dateline"),
                     tr("open it with the program that made it, and import what that exports")),),
        )  # fmt: skip
    if marks.user_version > VERSION:
        raise CaseFileError(
            tr("{path} is of a newer version of Dateline (layout {found}; this one reads up to {known}).")
            .format(path=path, found=marks.user_version, known=VERSION)
        )  # fmt: skip
    if marks.user_version < 1:
        raise CaseFileError(tr("{path} has no version of a case file.").format(path=path))
    if size < marks.page_size * marks.pages and not left_over(path):  # else the rest may lie in the log
        raise CaseFileError(
            tr("{path} is cut short: {found} of {expected} bytes are there.")
            .format(path=path, found=size, expected=marks.page_size * marks.pages)
        )  # fmt: skip


def refuse_strange_schema(path: Path, connection: sqlite3.Connection, version: int) -> None:
    """Raise CaseFileError where the file holds other tables, indexes, views or triggers than its version does."""
    missing = dict(_EXPECTED.get(version, _EXPECTED[VERSION]))
    for kind, name, statement in connection.execute("SELECT type, name, sql FROM sqlite_schema"):
        if statement is not None and name in missing and statement in (missing[name], _OLDER.get(name)):
            del missing[name]
        elif kind != "table" or name not in (*_OWN_OF_SQLITE, *_OF_WORDS):
            if kind == "index" and statement is None:
                continue  # made by SQLite for a UNIQUE column
            raise CaseFileError(
                tr("{path} holds something that a case file does not have: {kind} {name}.")
                .format(path=path, kind=kind, name=name)
            )  # fmt: skip
    if missing:
        raise CaseFileError(
            tr("{path} lacks a part of a case file: {name}.").format(path=path, name=next(iter(missing)))
        )
