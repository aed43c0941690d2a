"""The columns of a case kept in its file as BLOBs, so that a million events open without reading a row (design §6).

The rows stay the truth. What is kept counts only under the stamp of the present content version and of this program's
codes; sums, lengths, ranges and offsets are checked, and anything that does not hold makes the columns be built anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile import columns as c
from explorer.casefile import wordrows
from explorer.casefile.connection import LARGEST_VALUE, Database
from explorer.casefile.kept import COLUMNS, LISTED, RAGGED, STRINGS, Column, stored_as
from explorer.casefile.squeezing import squeezed, unsqueezed
from explorer.casefile.texts import Repeated, Texts
from explorer.casefile.titles import Titles
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
_OF_TABLE = "SELECT name, sha256, body FROM columns WHERE stamp = ? AND name NOT GLOB 'words.*'"
_OF_WORDS = "SELECT name, sha256, body FROM columns WHERE stamp = ? AND name GLOB 'words.*'"
_KEEP = "INSERT INTO columns (name, stamp, sha256, body) VALUES (?, ?, ?, ?)"
_PRESENT = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'columns'"


_NAMED = ("actors", "locations", "documents", "relations", "links")


class DamagedError(Exception):
    """What is kept is not what was written; nobody outside this module sees it."""


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
    """Return the columns as they were kept; None where there are none, or none that hold together."""
    if database.row(_PRESENT) is None:
        return None
    wanted = stamp(database, version)
    try:
        blobs = _blobs(database, wanted, _OF_TABLE)
        return _Reading(blobs).table(database, version) if blobs else None
    except (DamagedError, KeyError, ValueError):
        return None


def read_words(database: Database, version: int, events: int) -> WordRows | None:
    """Return the postings of the word index as they were kept, for a case of so many events; None as above."""
    if database.row(_PRESENT) is None:
        return None
    try:
        blobs = _blobs(database, stamp(database, version), _OF_WORDS)
        return wordrows.unpacked(blobs, events) if blobs else None
    except (DamagedError, KeyError, ValueError):
        return None


def _blobs(database: Database, wanted: str, statement: str) -> dict[str, bytes]:
    rows = database.rows(statement, (wanted,))
    return {name: _whole(name, wanted, digest, body) for name, digest, body in rows}


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
    return unsqueezed(body, stored_as(name), LARGEST_VALUE)


def _require(holds: object, path: str) -> None:
    if not holds:
        raise DamagedError(path)


class _Reading:
    """BLOBs on their way back into columns; raises DamagedError where one does not fit the others."""

    def __init__(self, blobs: Mapping[str, bytes]) -> None:
        self._blobs = blobs
        self._parts: dict[str, Any] = {}
        for path in STRINGS:
            self._parts[path] = self._strings(path)
        for path in LISTED:
            self._parts[path] = self._lists(path)
        self._sizes = {
            "events": len(self._parts["ids"]), "modes": len(self._parts["modes"]),
            "tag_names": len(self._parts["tag_names"]), "attributions": len(self._parts["attributions"]),
            **{name: len(self._parts[f"{name}.ids"]) for name in _NAMED},
            **{name: len(blobs[f"actors.{name}_basis"]) for name in ("part_of", "leads")},
        }  # fmt: skip
        for path, rows in RAGGED.items():
            offsets = self._offsets(f"{path}.offsets", self._sizes[rows])
            self._sizes[path] = int(offsets[-1])

    def table(self, database: Database, version: int) -> c.EventTable:
        """Return the table; titles are fetched from database."""
        shared = "text_time.start_min" not in self._blobs
        for column in COLUMNS:
            if not (shared and column.path.startswith("text_time.")):
                self._parts[column.path] = self._column(column)
        keys = self._numbers("keys", "<i8", self._sizes["events"])
        self._rows_agree()
        _require(len(self._parts["merged_ids"]) == len(self._parts["merged_into"]), "merged_into")
        self._parts["time"] = self._group(c.TimeColumns, "time")
        self._parts["text_time"] = self._parts["time"] if shared else self._group(c.TimeColumns, "text_time")
        self._parts["relations.claims"] = self._group(c.Claims, "relations.claims")
        for field in fields(c.EventTable):
            if field.name in _GROUPS:
                self._parts[field.name] = self._group(_GROUPS[field.name], field.name)
        given = {f.name: self._parts[f.name] for f in fields(c.EventTable) if f.name in self._parts}
        merged = dict(zip(self._parts["merged_ids"], self._parts["merged_into"], strict=True))
        return c.EventTable(**given, version=version, titles=Titles(database, keys, merged))

    def _group(self, kind: type, path: str) -> Any:
        return kind(**{field.name: self._parts[f"{path}.{field.name}"] for field in fields(kind)})

    def _rows_agree(self) -> None:
        """Raise where lists that stand beside each other differ in length."""
        for group in ("actors", "locations", "documents", "relations"):
            for path in (*STRINGS, *LISTED):
                if path.startswith(f"{group}."):
                    _require(len(self._parts[path]) == self._sizes[group], path)

    def _numbers(self, path: str, stored: str, rows: int, width: int = 1) -> NDArray[Any]:
        """Return a column of rows numbers, or rows × width."""
        found = np.frombuffer(self._blobs[path], stored)
        _require(len(found) == rows * width, path)
        found = found.astype(found.dtype.newbyteorder("="), copy=False)
        return found if width == 1 else found.reshape(rows, width)

    def _column(self, column: Column) -> NDArray[Any]:
        found = self._numbers(column.path, column.stored, self._sizes[column.rows], column.width)
        low, high = self._limit(column.low), self._limit(column.high)
        if found.size and low is not None:
            _require(int(found.min()) >= low, column.path)
        if found.size and high is not None:
            _require(int(found.max()) < high, column.path)
        return found.view(np.bool_) if column.flag else found

    def _limit(self, limit: int | str | None) -> int | None:
        return self._sizes[limit] if isinstance(limit, str) else limit

    def _offsets(self, path: str, rows: int) -> NDArray[np.int64]:
        found = self._numbers(path, "<u4", rows + 1).astype(np.int64)
        found.flags.writeable = False
        _require(found[0] == 0 and bool(np.all(found[1:] >= found[:-1])), path)
        self._parts[path] = found
        return found

    def _texts(self, path: str) -> Texts:
        data, rows = self._blobs[f"{path}.data"], len(self._blobs[f"{path}.ends"]) // 4 - 1
        _require(rows >= 0, path)
        ends = self._offsets(f"{path}.ends", rows)
        _require(ends[-1] == len(data), path)
        if not data.isascii():
            data.decode("utf-8")
            starts = ends[:-1][np.diff(ends) > 0]
            _require(not np.any(np.frombuffer(data, np.uint8)[starts] & 0xC0 == 0x80), path)
        return Texts(data, ends)

    def _strings(self, path: str) -> Sequence[str]:
        if STRINGS[path] is Repeated:
            values = tuple(self._texts(f"{path}.values"))
            codes = np.frombuffer(self._blobs[f"{path}.codes"], "<i4").astype(np.int32, copy=False)
            _require(not codes.size or (codes.min() >= 0 and codes.max() < len(values)), path)
            return Repeated(codes, values)
        texts = self._texts(path)
        return texts if STRINGS[path] is Texts else tuple(texts)

    def _lists(self, path: str) -> tuple[tuple[str, ...], ...]:
        counts = np.frombuffer(self._blobs[f"{path}.counts"], "<i4")
        texts = tuple(self._texts(path))
        _require(not counts.size or counts.min() >= 0, path)
        ends = np.cumsum(counts, dtype=np.int64)
        _require(len(texts) == (int(ends[-1]) if ends.size else 0), path)
        return tuple(
            texts[end - count : end] for end, count in zip(ends.tolist(), counts.tolist(), strict=True)
        )


_GROUPS: Mapping[str, type] = {
    "participations": c.Participations, "places": c.Places, "quantities": c.Quantities, "claims": c.Claims,
    "value_attributions": c.Labels, "tags": c.Labels, "actors": c.ActorColumns, "locations": c.LocationColumns,
    "documents": c.DocumentColumns, "relations": c.RelationColumns, "links": c.LinkColumns,
}  # fmt: skip
