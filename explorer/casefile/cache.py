"""The columns of a case kept in its file as BLOBs, so that a million events open without reading a row (design §6).

The rows stay the truth. What is kept counts only under the stamp of the present content version and of this program's
codes; sums, lengths, ranges and offsets are checked, and anything that does not hold makes the columns be built anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile import columns as c
from explorer.casefile import wordrows
from explorer.casefile.connection import LARGEST_VALUE, Database
from explorer.casefile.kept import COLUMNS, LISTED, RAGGED, STRINGS, stored_as
from explorer.casefile.squeezing import squeezed, unsqueezed
from explorer.casefile.texts import Repeated, Texts
from explorer.casefile.titles import Titles
from explorer.casefile.unpacking import DamagedError, Unpacking
from explorer.casefile.wordrows import WordRows

# Offsets fit 32 bits, since no value of a file is longer than LARGEST_VALUE.
#: Raised when a column means something else than before; a test holds the columns of a known case against it.
FORMAT = 4
_CODES = (
    c.KINDS, c.ROLES, c.PLACE_ROLES, c.MODALITIES, c.QUANTITY_KINDS, c.QUALIFIERS, c.STATUSES, c.EVENT_TYPES, c.HUES,
    c.SOURCES, c.PRECISIONS, c.RELATION_TYPES, c.POLARITIES, c.LINK_TYPES, c.BASES, c.OPEN_PAST, c.OPEN_FUTURE,
)  # fmt: skip
_LISTS = ("documents", "spans", "actors", "locations", "events", "relations", "links")
_GIVEN = "SELECT seq FROM sqlite_sequence WHERE name = ?"
#: Columns of more events than this are unpacked when they are asked for.
LAZY = 20_000
_OF_TABLE = "SELECT name, sha256, body FROM columns WHERE stamp = ? AND name NOT GLOB 'words.*'"
_OF_WORDS = "SELECT name, sha256, body FROM columns WHERE stamp = ? AND name GLOB 'words.*'"
_KEEP = "INSERT INTO columns (name, stamp, sha256, body) VALUES (?, ?, ?, ?)"
_PRESENT = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'columns'"


def stamp(database: Database, version: int) -> str:
    """Return what kept columns must say to count: the content version, the codes, the numbers of records."""
    codes = hashlib.sha256(repr(_CODES).encode()).hexdigest()[:16]
    given = [(database.row(_GIVEN, (name,)) or (0,))[0] for name in _LISTS]
    return json.dumps([FORMAT, codes, version, given])


def kept(database: Database, version: int) -> bool:
    """Return whether the columns of this content lie in the file."""
    if database.row(_PRESENT) is None:
        return False
    row = database.row("SELECT count(*) FROM columns WHERE stamp = ?", (stamp(database, version),))
    return bool(row and row[0])


def read(database: Database, version: int) -> c.EventTable | None:
    """Return the columns as they were kept; None where there are none, or none that hold together.

    Those of many events are held against their sums at once, and unpacked when they are asked for.
    """
    if database.row(_PRESENT) is None:
        return None
    wanted = stamp(database, version)
    try:
        blobs = _blobs(database, wanted, _OF_TABLE)
        if not blobs:
            return None
        unpacking = Unpacking(blobs, database, version)
        return unpacking.lazy() if unpacking.events > LAZY else unpacking.table()
    except (DamagedError, KeyError, ValueError):
        return None


def read_words(database: Database, version: int, events: int) -> WordRows | None:
    """Return the postings of the word index as they were kept, for a case of so many events; None as above."""
    if database.row(_PRESENT) is None:
        return None
    try:
        blobs = _blobs(database, stamp(database, version), _OF_WORDS)
        whole = {name: unsqueezed(body, stored_as(name), LARGEST_VALUE) for name, body in blobs.items()}
        return wordrows.unpacked(whole, events) if blobs else None
    except (DamagedError, KeyError, ValueError):
        return None


def _blobs(database: Database, wanted: str, statement: str) -> dict[str, bytes]:
    rows = database.rows(statement, (wanted,))
    return {name: _whole(name, wanted, digest, body) for name, digest, body in rows}  # squeezed still


def write(connection: sqlite3.Connection, blobs: Iterable[tuple[str, bytes]], wanted: str) -> bool:
    """Keep columns and postings under a stamp, in the place of older ones; False where one is too large."""
    connection.execute("DELETE FROM columns")
    for name, body in blobs:
        if len(body) > LARGEST_VALUE:
            connection.execute("DELETE FROM columns")
            return False
        less = squeezed(body, stored_as(name))
        connection.execute(_KEEP, (name, wanted, _digest(name, wanted, less), less))
    return True


def packed(table: c.EventTable) -> dict[str, bytes]:
    """Return the columns of table as BLOBs: numbers little-endian, strings as UTF-8 in one run with their ends."""
    return dict(blobs_of(table))


def blobs_of(table: Any) -> Iterator[tuple[str, bytes]]:
    """Yield (name, BLOB) of the columns of a table, or of those that are there of a part of one."""
    for name, array in numbers_of(table):
        yield name, array.tobytes()
    for path in RAGGED:
        if has(table, path):
            yield f"{path}.offsets", attrgetter(path)(table).offsets.astype("<u4").tobytes()
    for path in STRINGS:
        if has(table, path):
            yield from packed_strings(path, attrgetter(path)(table))
    for path in LISTED:
        if has(table, path):
            lists = attrgetter(path)(table)
            yield f"{path}.counts", np.array([len(each) for each in lists], "<i4").tobytes()
            yield from packed_strings(path, [text for each in lists for text in each])
    if isinstance(getattr(table, "titles", None), Titles):
        yield "keys", table.titles.keys.astype("<i8").tobytes()


def numbers_of(table: Any) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield (name, array as it is kept) of the columns of numbers of a table, offsets aside, or of a part of one."""
    shared = getattr(table, "text_time", None) is getattr(table, "time", None)
    for column in COLUMNS:
        if not (shared and column.path.startswith("text_time.")) and has(table, column.path):
            array = attrgetter(column.path)(table)
            yield column.path, np.ascontiguousarray(array).astype(column.stored, copy=False)


def has(table: Any, path: str) -> bool:
    """Return whether a table, or a part of one, has a column."""
    first, _, rest = path.partition(".")
    return hasattr(table, first) and (not rest or has(getattr(table, first), rest))


def packed_strings(path: str, strings: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the BLOBs of a column of strings."""
    if isinstance(strings, Repeated):
        yield f"{path}.codes", strings.codes.astype("<i4", copy=False).tobytes()
        path, strings = f"{path}.values", strings.values
    texts = strings if isinstance(strings, Texts) else Texts.of(strings)
    yield f"{path}.ends", texts.ends.astype("<u4").tobytes()
    yield f"{path}.data", texts.data


def _digest(name: str, wanted: str, body: bytes) -> bytes:
    found = hashlib.sha256(f"{name}\n{wanted}\n".encode())
    found.update(body)
    return found.digest()


def _whole(name: str, wanted: str, digest: object, body: object) -> bytes:
    if not isinstance(body, bytes) or _digest(name, wanted, body) != digest:
        raise DamagedError(name)
    return body
