"""The ids of many rows without a Python object each: read from the table only when somebody asks for them.

Both behave as the tuple and the frozenset of ids that stand in their place where there are few (design §6: never one
object per event).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import overload

import numpy as np

from explorer.casefile.columns import EventTable, Ints, Mask


class RowIds(Sequence[str]):
    """The ids of rows of a table, in the order of the rows; the rows themselves may be found on demand."""

    def __init__(self, table: EventTable, rows: Ints | Callable[[], Ints], count: int | None = None) -> None:
        """Stand for rows, or for the count rows that a call of rows returns."""
        self._table, self._given = table, rows
        self._count = count if count is not None else (len(rows) if isinstance(rows, np.ndarray) else None)

    @cached_property
    def rows(self) -> Ints:
        """The rows, int32."""
        return self._given if isinstance(self._given, np.ndarray) else self._given()

    def __len__(self) -> int:
        return len(self.rows) if self._count is None else self._count

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        """Return one id, or the ids of a slice."""
        if isinstance(index, slice):
            return RowIds(self._table, self.rows[index])
        return self._table.ids[int(self.rows[index])]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.ids_of(self.rows))

    def __contains__(self, record: object) -> bool:
        row = self._table.row_of.get(record) if isinstance(record, str) else None
        return row is not None and bool((self.rows == row).any())

    def holds_any(self, ids: AbstractSet[str]) -> bool:
        """Return whether any of ids is among these."""
        known = self._table.row_of
        wanted = np.array([known[record] for record in ids if record in known], np.int32)
        there = np.zeros(len(self._table), np.bool_)
        there[wanted] = True
        return bool(len(wanted)) and bool(there[self.rows].any())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, RowIds):
            return self is other or (self._table is other._table and np.array_equal(self.rows, other.rows))
        return isinstance(other, tuple) and len(other) == len(self) and tuple(self) == other

    __hash__ = None  # type: ignore[assignment]


class RowSet(AbstractSet[str]):
    """The ids of the rows of a mask as a set; equal to a frozenset of the same ids."""

    def __init__(self, table: EventTable, mask: Mask, count: int) -> None:
        """Stand for the count rows where mask (bool over the table) is True."""
        self._table, self._mask, self._count = table, mask, count

    @classmethod
    def _from_iterable(cls, it: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        return frozenset(it)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.ids_of(np.flatnonzero(self._mask)))

    def __contains__(self, record: object) -> bool:
        row = self._table.row_of.get(record) if isinstance(record, str) else None
        return row is not None and bool(self._mask[row])

    def __hash__(self) -> int:
        return self._hash()
