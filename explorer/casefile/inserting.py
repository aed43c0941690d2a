"""Rows on their way into the file: written by a thread of its own while the next ones are being made (design §6).

SQLite works without Python's lock while a statement runs, so statements of many rows each let two processors work. The
connection is never used by two threads at once: who wants it waits for what is being written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from pydantic_core import to_json

#: Rows of one statement: between two of them the thread waits for its turn, up to five milliseconds.
AT_ONCE = 1_000
#: Entries of the word index written by one statement, which makes one segment of it.
WORDS_AT_ONCE = 30_000
_WORDS = "INSERT INTO words (rowid, text) SELECT ?1 + key, value FROM json_each(?2)"
_WORD = "INSERT INTO words (rowid, text) VALUES (?, ?)"

#: The head of a statement ("INSERT INTO actors (key, id) VALUES") and how many values a row has.
Into = tuple[str, int]
#: What goes in, the values of all rows in one list.
Values = dict[Into, list[Any]]


class Inserting:
    """Writes what it is given, in that order, behind the back of who gives it; close() before the transaction ends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._thread = ThreadPoolExecutor(1, "inserting")
        self._pending: Future[None] | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, once all is written that was given."""
        self.wait()
        return self._connection

    def write(self, values: Values, words: tuple[int, Sequence[str]] | None = None) -> None:
        """Write values, and texts into the word index from the entry with the first number on."""
        self.wait()
        self._pending = self._thread.submit(self._write, values, words)

    def write_words_apart(self, first: int, texts: Sequence[str]) -> None:
        """Write texts by a statement each, which leaves it to the index when it writes what it has gathered."""
        self.connection.executemany(_WORD, enumerate(texts, first))

    def wait(self) -> None:
        """Wait for what is being written; raises what went wrong with it."""
        pending, self._pending = self._pending, None
        if pending is not None:
            try:
                pending.result()
            except BaseException:
                self._pending = pending if not pending.done() else None  # interrupted: close() waits again
                raise

    def close(self) -> None:
        """End the thread; what it was writing is written, or has failed."""
        self._thread.shutdown(wait=True)

    def _write(self, values: Values, words: tuple[int, Sequence[str]] | None) -> None:
        for (head, width), flat in values.items():
            insert(self._connection, head, width, flat)
        if words is not None:
            self._connection.execute(_WORDS, (words[0], to_json(words[1]).decode()))


def insert(connection: sqlite3.Connection, head: str, width: int, flat: list[Any]) -> None:
    """Insert rows of width values each, that lie one after another in flat."""
    step = AT_ONCE * width
    for first in range(0, len(flat), step):
        part = flat[first : first + step]
        connection.execute(_statement(head, width, len(part) // width), part)


@lru_cache(maxsize=64)
def _statement(head: str, width: int, rows: int) -> str:
    row = f"({', '.join('?' * width)})"
    return f"{head} {', '.join([row] * rows)}"
