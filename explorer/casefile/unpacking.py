"""Kept columns on their way back into a table: each is unpacked and held against the others when it is asked for.

The first picture of a million events needs a fifth of their columns; the others wait, packed, until somebody asks
(design §6, "open a saved case of 1 M events to first pixels").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile import columns as c
from explorer.casefile.connection import LARGEST_VALUE, Database
from explorer.casefile.kept import COLUMNS, LISTED, RAGGED, STRINGS, Column, stored_as
from explorer.casefile.squeezing import unsqueezed
from explorer.casefile.texts import Repeated, Texts
from explorer.casefile.titles import Titles

_NAMED = ("actors", "locations", "documents", "relations", "links")
_LISTS = ("modes", "tag_names", "attributions")
_TIES = ("part_of", "leads")
_COLUMNS: Mapping[str, Column] = {column.path: column for column in COLUMNS}
#: Ends of the names under which the BLOBs of one column lie.
_ENDS = ("", ".ends", ".data", ".codes", ".counts", ".values.ends", ".values.data")
_FIELDS = tuple(field.name for field in fields(c.EventTable))


class DamagedError(Exception):
    """What is kept is not what was written; nobody outside this package sees it."""


def _require(holds: object, path: str) -> None:
    if not holds:
        raise DamagedError(path)


class KeptTable(c.EventTable):
    """A table whose columns are unpacked when they are first asked for; to everybody else an EventTable."""

    def __getattr__(self, name: str) -> Any:
        """Return a column that was not asked for before."""
        unpack: Callable[[KeptTable, str], Any] | None = vars(self).get("_unpack")
        if unpack is None or name not in _FIELDS:
            raise AttributeError(name)
        return unpack(self, name)

    def __len__(self) -> int:
        """Return the number of events, without a look at their ids."""
        count = vars(self).get("_count")
        return count if count is not None else len(self.ids)


class Unpacking:
    """Squeezed BLOBs on their way back into columns; raises DamagedError where one does not fit the others."""

    def __init__(self, blobs: dict[str, bytes], database: Database, version: int) -> None:
        """Unpack blobs, whose sums are right; titles are fetched from database."""
        self._blobs = blobs
        self._database, self._version = database, version
        self._parts: dict[str, Any] = {}
        self._sizes: dict[str, int] = {}
        self._lock = RLock()

    @property
    def events(self) -> int:
        """How many events there are."""
        return self._size("events")

    def table(self) -> c.EventTable:
        """Return the whole table."""
        return c.EventTable(**{name: self._field(name) for name in _FIELDS})

    def lazy(self) -> c.EventTable:
        """Return a table that asks for its columns one by one, in whatever thread.

        Where one turns out not to fit, what is missing comes from the rows, which are the truth.
        """
        table = object.__new__(KeptTable)
        merged = (
            "merged_ids",
            "merged_into",
            "anchored_documents",
        )  # these have defaults: they would not be missed
        given = {name: self._field(name) for name in ("version", *merged)}
        vars(table).update(given, _count=self.events, _unpack=self._fill)
        return table

    def _fill(self, table: KeptTable, name: str) -> Any:
        with self._lock:
            held = vars(table)
            if name not in held:
                try:
                    held[name] = self._field(name)
                except (DamagedError, KeyError, ValueError):
                    self._from_rows(held)
            return held[name]

    def _from_rows(self, held: dict[str, Any]) -> None:
        from explorer.casefile.table import build_table

        built = build_table(self._database, self._version)
        for name in _FIELDS:
            held.setdefault(name, getattr(built, name))

    def _field(self, name: str) -> Any:
        """Return one field of the table."""
        if name not in self._parts:
            self._parts[name] = self._made(name)
        return self._parts[name]

    def _made(self, name: str) -> Any:
        match name:
            case "version":
                return self._version
            case "titles":
                ids, into = self._field("merged_ids"), self._field("merged_into")
                keys = self._numbers("keys", "<i8", self.events)
                return Titles(self._database, keys, dict(zip(ids, into, strict=True)))
            case "merged_into":
                found = self._part(name)
                _require(len(found) == len(self._field("merged_ids")), name)
                return found
            case "text_time" if "text_time.start_min" not in self._blobs:
                return self._field("time")
            case _:
                return self._group(_GROUPS[name], name) if name in _GROUPS else self._part(name)

    def _group(self, kind: type, path: str) -> Any:
        """Return columns that belong together; those of names are equally long."""
        parts = {field.name: f"{path}.{field.name}" for field in fields(kind)}
        found = {
            name: self._group(c.Claims, part) if part == "relations.claims" else self._part(part)
            for name, part in parts.items()
        }
        for name, part in parts.items():
            if path != "links" and (part in STRINGS or part in LISTED):
                _require(len(found[name]) == self._size(path), part)
        return kind(**found)

    def _part(self, path: str) -> Any:
        """Return one column; its BLOBs are let go."""
        if path not in self._parts:
            self._parts[path] = self._unpacked(path)
            for end in _ENDS:
                self._blobs.pop(path + end, None)
        return self._parts[path]

    def _unpacked(self, path: str) -> Any:
        if path in STRINGS:
            return self._strings(path)
        if path in LISTED:
            return self._lists(path)
        if path.endswith(".offsets"):
            return self._offsets(path, self._size(RAGGED[path.removesuffix(".offsets")]))
        return self._column(_COLUMNS[path])

    def _blob(self, name: str) -> bytes:
        return unsqueezed(self._blobs[name], stored_as(name), LARGEST_VALUE)

    def _size(self, rows: str) -> int:
        """Return how many there are of what a column may have rows for."""
        if rows not in self._sizes:
            self._sizes[rows] = self._measured(rows)
        return self._sizes[rows]

    def _measured(self, rows: str) -> int:
        if rows == "events":
            return len(self._ends("ids")) - 1
        if rows in RAGGED:
            return int(self._part(f"{rows}.offsets")[-1])
        if rows in _TIES:
            return len(self._blob(f"actors.{rows}_basis"))
        return len(self._ends(f"{rows}.ids")) - 1 if rows in _NAMED else len(self._part(rows))

    def _limit(self, limit: int | str | None) -> int | None:
        return self._size(limit) if isinstance(limit, str) else limit

    def _numbers(self, path: str, stored: str, rows: int, width: int = 1) -> NDArray[Any]:
        """Return a column of rows numbers, or rows × width."""
        found = np.frombuffer(self._blob(path), stored)
        _require(len(found) == rows * width, path)
        found = found.astype(found.dtype.newbyteorder("="), copy=False)
        return found if width == 1 else found.reshape(rows, width)

    def _column(self, column: Column) -> NDArray[Any]:
        rows = self._size(column.rows)
        found = self._numbers(column.path, column.stored, rows, column.width)
        low, high = self._limit(column.low), self._limit(column.high)
        if found.size and low is not None:
            _require(int(found.min()) >= low, column.path)
        if found.size and high is not None:
            _require(int(found.max()) < high, column.path)
        return found.view(np.bool_) if column.flag else found

    def _offsets(self, path: str, rows: int | None = None) -> NDArray[np.int64]:
        """Return ends of runs, of which the first is 0; rows: how many runs there must be."""
        blob = self._blob(path)
        _require(len(blob) >= 4 and rows in (None, len(blob) // 4 - 1), path)
        found = np.frombuffer(blob, "<u4").astype(np.int64)
        found.flags.writeable = False
        _require(found[0] == 0 and bool(np.all(found[1:] >= found[:-1])), path)
        return found

    def _ends(self, path: str) -> NDArray[np.int64]:
        """Return where the strings of a column end; kept, for it also says how many there are."""
        key = f"{path}.ends"
        if key not in self._parts:
            self._parts[key] = self._offsets(key)
        found: NDArray[np.int64] = self._parts[key]
        return found

    def _texts(self, path: str) -> Texts:
        ends, data = self._ends(path), self._blob(f"{path}.data")
        _require(ends[-1] == len(data), path)
        if not data.isascii():
            data.decode("utf-8")
            starts = ends[:-1][np.diff(ends) > 0]
            _require(not np.any(np.frombuffer(data, np.uint8)[starts] & 0xC0 == 0x80), path)
        return Texts(data, ends)

    def _strings(self, path: str) -> Sequence[str]:
        if STRINGS[path] is Repeated:
            values = tuple(self._texts(f"{path}.values"))
            codes = np.frombuffer(self._blob(f"{path}.codes"), "<i4").astype(np.int32, copy=False)
            _require(not codes.size or (codes.min() >= 0 and codes.max() < len(values)), path)
            return Repeated(codes, values)
        texts = self._texts(path)
        return texts if STRINGS[path] is Texts else tuple(texts)

    def _lists(self, path: str) -> tuple[tuple[str, ...], ...]:
        counts = np.frombuffer(self._blob(f"{path}.counts"), "<i4")
        texts = tuple(self._texts(path))
        _require(not counts.size or counts.min() >= 0, path)
        ends = np.cumsum(counts, dtype=np.int64)
        _require(len(texts) == (int(ends[-1]) if ends.size else 0), path)
        return tuple(
            texts[end - count : end] for end, count in zip(ends.tolist(), counts.tolist(), strict=True)
        )


_GROUPS: Mapping[str, type] = {
    "time": c.TimeColumns, "text_time": c.TimeColumns,
    "participations": c.Participations, "places": c.Places, "quantities": c.Quantities, "claims": c.Claims,
    "value_attributions": c.Labels, "tags": c.Labels, "actors": c.ActorColumns, "locations": c.LocationColumns,
    "documents": c.DocumentColumns, "relations": c.RelationColumns, "links": c.LinkColumns,
}  # fmt: skip
