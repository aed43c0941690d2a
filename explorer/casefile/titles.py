"""The headlines of events, fetched when they are shown: columns hold none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import EventTable
from explorer.casefile.connection import Database


class Titles:
    """The coders' headlines of a few rows, fetched in one query; keys int64 (n,): the key of each row."""

    def __init__(self, database: Database, keys: NDArray[np.int64]) -> None:
        """Fetch from database what is asked for."""
        self._database = database
        self.keys = keys

    def __call__(self, rows: Sequence[int] | NDArray[np.integer[Any]]) -> list[str]:
        """Return the headlines of rows, in their order."""
        keys = self.keys[np.asarray(rows, dtype=np.int64)].tolist()
        found = dict(
            self._database.rows(
                "SELECT key, json_extract(body, '$.title') FROM events WHERE key IN (SELECT value FROM json_each(?))",
                (json.dumps(keys),),
            )
        )
        return [found[key] for key in keys]


def table_keys(table: EventTable) -> NDArray[np.int64]:
    """Return the key in the file of each row of a table that came from one."""
    assert isinstance(table.titles, Titles)
    return table.titles.keys
