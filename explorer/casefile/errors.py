"""What a case file answers when it cannot be read or written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from explorer.model.problems import Problem
from explorer.words import tr


class CaseFileError(Exception):
    """A case file that cannot be used, said in one clear sentence; problems lists what was wrong inside it."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


_SENTENCES = {
    sqlite3.SQLITE_BUSY: "{path} is in use by another program; close it there and try again.",
    sqlite3.SQLITE_LOCKED: "{path} is in use by another program; close it there and try again.",
    sqlite3.SQLITE_FULL: "The disk is full; {path} is as it was before.",
    sqlite3.SQLITE_READONLY: "{path} may not be written; save a copy in another folder.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened.",
    sqlite3.SQLITE_IOERR: "The disk answered with an error while {path} was in use.",
    sqlite3.SQLITE_IOERR_WRITE: "{path} could not be written: the disk, or your share of it, is full."
    " What was saved before is as it was.",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged; open a copy of it that is older, or the JSON it was made from.",
    sqlite3.SQLITE_NOTADB: "{path} is not a case file, or its beginning is damaged.",
    sqlite3.SQLITE_TOOBIG: "{path} holds a value larger than a case file may hold.",
}


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Turn any error of SQLite, and any damaged value, into a CaseFileError about path."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError, MemoryError) as error:
        # A damaged file can make SQLite ask for absurd room, or put its bytes into the message of an error.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        sentence = _SENTENCES.get(code) or _SENTENCES.get(
            code & 0xFF, "{path} cannot be used as a case file."
        )
        raise CaseFileError(f"{tr(sentence).format(path=path)} ({_reason(error)})") from error
