"""The headlines of events, fetched when they are shown, and the rows of their keys: columns hold neither."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import EventTable
from explorer.casefile.connection import Database
from explorer.frozen import frozen

Longs = NDArray[np.int64]
_KEYS = "SELECT key, id FROM events WHERE id IN (SELECT value FROM json_each(?))"
_TITLES = (
    "SELECT key, json_extract(body, '$.title') FROM events WHERE key IN (SELECT value FROM json_each(?))"
)


@frozen(eq=False)
class RowsOfKeys:
    """Keys in the file and rows of a table: own int64 (n,) ascending; those of merged events, and the rows they have.

    A merged event has the row of the one that stays.
    """

    own: Longs
    merged: Longs
    stays: Longs

    def __len__(self) -> int:
        return len(self.own)

    def rows(self, keys: NDArray[np.integer[Any]]) -> Longs:
        """Return the row of each key."""
        found = np.searchsorted(self.own, keys).astype(np.int64)
        if len(self.merged):
            at = np.minimum(np.searchsorted(self.merged, keys), len(self.merged) - 1)
            found = np.where(self.merged[at] == keys, self.stays[at], found)
        return found


class Titles:
    """The coders' headlines of a few rows, fetched in one query; keys int64 (n,): the key of each row."""

    def __init__(self, database: Database, keys: Longs, merged: Mapping[str, str] | None = None) -> None:
        """Fetch from database what is asked for; merged: merged event -> the one that stays."""
        self._database = database
        self._merged = merged or {}
        self.keys = keys

    def __call__(self, rows: Sequence[int] | NDArray[np.integer[Any]]) -> list[str]:
        """Return the headlines of rows, in their order."""
        keys = self.keys[np.asarray(rows, dtype=np.int64)].tolist()
        found = dict(self._database.rows(_TITLES, (json.dumps(keys),)))
        return [found[key] for key in keys]

    @cached_property
    def rows_of_keys(self) -> RowsOfKeys:
        """The rows of keys, those of merged events among them."""
        events = {record for record in self._merged if record.startswith("evt-")}
        if not events:
            return RowsOfKeys(self.keys, np.empty(0, np.int64), np.empty(0, np.int64))
        wanted = json.dumps(sorted(events | {self._merged[record] for record in events}))
        key_of = {record: key for key, record in self._database.rows(_KEYS, (wanted,))}
        pairs = sorted((key_of[record], key_of[self._merged[record]]) for record in events)
        merged, stays = np.array(pairs, np.int64).T
        return RowsOfKeys(self.keys, merged, np.searchsorted(self.keys, stays).astype(np.int64))


def rows_of_keys(table: EventTable) -> RowsOfKeys:
    """Return what leads from keys in the file to the rows of a table that came from one."""
    assert isinstance(table.titles, Titles)
    return table.titles.rows_of_keys
