"""Connections to one SQLite file: hardened against a stranger's file, one writer (design §2, §7)."""

from __future__ import annotations

import glob
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from explorer import apart
from explorer.casefile import schema
from explorer.casefile.errors import CaseFileError, in_plain_words
from explorer.words import tr

#: No value of a case is longer (a text of 10^7 characters with 10^6 sentence bounds is about 60 MB).
LARGEST_VALUE = 256 * 2**20
LONGEST_STATEMENT = 100_000
#: Seconds after which a copy that is not whole is nobody's any more.
STRAY = 3_600
Whereabouts = Literal["here", "gone", "replaced"]
#: Rows fetched at once by stream().
PAGE = 500
#: Bytes of a page of a file that an import makes.
LARGE_PAGE = 16_384

_ALLOWED = {
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE,
    sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT, sqlite3.SQLITE_PRAGMA, sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}  # fmt: skip
_BARRED_PRAGMAS = {"writable_schema", "trusted_schema", "mmap_size", "temp_store_directory"}
_BARRED_FUNCTIONS = {"load_extension", "fts3_tokenizer", "writefile", "readfile", "edit"}


def _authorise(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_PRAGMA and first in _BARRED_PRAGMAS:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second in _BARRED_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _harden(connection: sqlite3.Connection) -> None:
    """Trust nothing that the file says of itself, before its schema is read."""
    # secure_delete: what is taken out of the file, or forgotten by its history, is overwritten with zeros.
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "temp_store = MEMORY",
                   "secure_delete = ON"):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, LONGEST_STATEMENT)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    if hasattr(connection, "setconfig"):  # Python 3.12+
        connection.setconfig(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"), True)  # noqa: B009 - unknown to 3.11


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?{mode}"
    # A connection is used by its own thread only, but closed by whoever closes the case.
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5.0)
    try:
        _harden(connection)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _remove_strays(target: Path) -> None:
    """Remove what programs that died long ago left of copies to target."""
    for stray in target.parent.glob(f".{glob.escape(target.name)}.*.tmp"):
        if (
            stray.name[len(target.name) + 2 : -len(".tmp")].isdigit()
            and time.time() - stray.stat().st_mtime > STRAY
        ):
            stray.unlink()


def _layout(connection: sqlite3.Connection) -> int:
    """Return the version of the layout as this connection sees it, what another program has just written included."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _end_logging(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the log into the one file, unless another program has it open: then the last to close does."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        return
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode & 0xFF
        if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR} and schema.left_over(path):
            raise CaseFileError(
                tr(
                    "All is saved, but the disk is full: part of it lies in {beside} next to {path}."
                    " Keep the two together; with some room on the disk, opening and closing makes them one again."
                ).format(beside=f"{path.name}-wal", path=path)
            ) from error
        if code not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise


class Database:
    """One SQLite file: rows out, transactions in, and every error in plain words.

    It is opened without touching the file; write-ahead logging begins with the first transaction and ends, in a
    single file again, when it is closed.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._writing = False
        self._owner = threading.get_ident()
        self._reading = "mode=ro"
        #: What the last questions to the word index found, by expression; search.py keeps it.
        self.asked: dict[str, Any] = {}
        self._place = apart.hold(path)
        try:
            with in_plain_words(path):
                self._adopt(self._open())
        except BaseException:
            apart.release(self._place)
            raise

    def _open(self) -> sqlite3.Connection:
        if not self.read_only:
            return _connect(self.path, "mode=rw")
        try:
            return _connect(self.path, self._reading)
        except sqlite3.OperationalError:
            if schema.left_over(self.path):
                raise
            self._reading = "mode=ro&immutable=1"
            return _connect(self.path, self._reading)

    def _adopt(self, connection: sqlite3.Connection) -> None:
        self._local.connection = connection
        with self._guard:
            self._all.append(connection)

    def _mine(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            if not self._all:
                raise CaseFileError(tr("{path} has been closed.").format(path=self.path))
            self._refuse_moved()  # else this thread would read another file than the first one does
            connection = _connect(self.path, self._reading)
            connection.set_authorizer(_authorise)
            self._adopt(connection)
        return connection

    def prepare(self, *, new: bool = False) -> None:
        """Refuse a strange layout, and bar all but reading and writing rows; new: an empty file gets its layout.

        An older layout is read as it is and brought to the newest by the first transaction, so that looking at a
        file never changes it.
        """
        with in_plain_words(self.path):
            connection = self._mine()
            if new:
                schema.migrate(connection, 0)
            schema.refuse_strange_schema(self.path, connection, _layout(connection))
            connection.set_authorizer(_authorise)

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a statement."""
        with in_plain_words(self.path):
            return self._mine().execute(statement, parameters).fetchall()

    def row(self, statement: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a statement, or None."""
        with in_plain_words(self.path):
            found: tuple[Any, ...] | None = self._mine().execute(statement, parameters).fetchone()
            return found

    def stream(self, statement: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement."""
        for page in self.pages(statement, parameters):
            yield from page

    def pages(self, statement: str, parameters: Sequence[Any] = ()) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a statement, a page of them at a time."""
        with in_plain_words(self.path):
            cursor = self._mine().execute(statement, parameters)
        while True:
            with in_plain_words(self.path):
                page = cursor.fetchmany(PAGE)
            if not page:
                return
            yield page

    @contextmanager
    def transaction(self, *, new_file: bool = False) -> Iterator[sqlite3.Connection]:
        """Yield the writing connection inside one transaction: all of it is on disk afterwards, or none.

        new_file: the caller throws the file away if this fails, so that nothing need be written twice.
        """
        if self.read_only:
            raise CaseFileError(tr("{path} is open for reading only.").format(path=self.path))
        if threading.get_ident() != self._owner:
            raise CaseFileError(tr("{path} is written from one thread only.").format(path=self.path))
        self._refuse_moved()
        with in_plain_words(self.path):
            connection = self._mine()
            self._begin_writing(connection, new_file=new_file)
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                with suppress(
                    sqlite3.Error
                ):  # a full disk has rolled back already; its own error is the one to tell
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @property
    def whereabouts(self) -> Whereabouts:
        """Whether the path still leads to the file that was opened, to none, or to another one."""
        found = apart.place_of(self.path)
        return "here" if found == self._place else "gone" if found is None else "replaced"

    def _refuse_moved(self) -> None:
        """Raise where what is written now would be found by nobody."""
        if self.whereabouts != "here":
            raise CaseFileError(
                tr(
                    "{path} is no longer the file that was opened: it was moved, deleted or replaced."
                    " Nothing can be written to it; save a copy."
                ).format(path=self.path)
            )

    @property
    def writable(self) -> bool:
        """True where this thread may write: the one that opened the file."""
        return not self.read_only and threading.get_ident() == self._owner

    def rehearse(self, statement: str) -> None:
        """Run a statement and take it back, so that the file stays as it is: for checks that SQLite calls writing.

        Nothing happens where this thread may not write.
        """
        if not self.writable:
            return
        with in_plain_words(self.path):
            connection = self._mine()
            connection.execute("BEGIN")
            try:
                connection.execute(statement)
            finally:
                connection.execute("ROLLBACK")

    @staticmethod
    def _enlarge_pages(connection: sqlite3.Connection) -> None:
        """Give a new file larger pages: rows of a dataset, 1 kB each, leave less of them empty."""
        connection.set_authorizer(None)  # to VACUUM is to attach a file of our own
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)
        connection.execute(f"PRAGMA page_size = {LARGE_PAGE}")
        connection.execute("VACUUM")
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.set_authorizer(_authorise)

    def _begin_writing(self, connection: sqlite3.Connection, *, new_file: bool) -> None:
        if new_file:
            self._writing = False  # what is written after this one is logged again
            connection.execute("PRAGMA journal_mode = DELETE")
            self._enlarge_pages(connection)
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA cache_size = -32768")
        elif not self._writing:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.set_authorizer(None)
            schema.migrate(connection, _layout(connection))
            connection.set_authorizer(_authorise)
            self._writing = True

    def copy_to(self, target: Path, cleared: Callable[[sqlite3.Connection], None] | None = None) -> None:
        """Write a copy of the file beside target and put it in its place when it is whole; cleared takes out of it."""
        new = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        with in_plain_words(target):
            try:
                _remove_strays(target)
                copy = sqlite3.connect(new, isolation_level=None)
                try:
                    self._mine().backup(copy)
                    copy.execute("PRAGMA journal_mode = DELETE")
                    if cleared is not None:
                        cleared(copy)
                finally:
                    copy.close()
                with new.open("rb+") as file:
                    os.fsync(file.fileno())
                new.replace(target)
            finally:
                new.unlink(missing_ok=True)

    def close(self) -> None:
        """Close all connections; what was written lies in the single file afterwards."""
        with self._guard:
            connections, self._all = self._all, []
        if not connections:
            return
        for connection in connections[1:]:
            connection.close()
        main = connections[0]
        try:
            with in_plain_words(self.path):
                # The log of a file that has gone is nobody's; one beside another file in its place is not ours.
                if not self.read_only and self.whereabouts == "here":
                    _end_logging(main, self.path)
        finally:
            main.close()
            apart.release(self._place)
            self._local = threading.local()
