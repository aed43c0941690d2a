"""Many strings without an object each: ids and titles of a million records in one run of bytes (design §2, §6).

They behave as a Sequence[str] and decode what is asked for; ids are found again by the sorted sums of their bytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

Longs = NDArray[np.int64]
_PRIME = 0x100000001B3
_WORD = 0xFFFFFFFFFFFFFFFF
#: Rows of one loop over the characters of many strings: small enough for the processor's cache.
_STRIDE = 1 << 16


class Texts(Sequence[str]):
    """Strings as UTF-8 in one run of bytes; string i lies at ends[i]:ends[i + 1] (int64, n + 1, from 0)."""

    __slots__ = ("__dict__", "_at", "data", "ends")

    def __init__(self, data: bytes, ends: Longs) -> None:
        self.data = data
        self.ends = ends
        self._at = np.ascontiguousarray(ends, np.int64).data

    @classmethod
    def of(cls, strings: Iterable[str]) -> Texts:
        """Return strings packed."""
        packing = Packing()
        for text in strings:
            packing.add(text)
        return packing.texts()

    def __len__(self) -> int:
        return len(self._at) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        at = self._at
        if isinstance(index, slice):
            return tuple(self[row] for row in range(*index.indices(len(self))))
        if index < 0:
            index += len(at) - 1
            if index < 0:
                raise IndexError(index)
        return self.data[at[index] : at[index + 1]].decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        data, step = self.data, 4096
        for first in range(0, len(self), step):
            ends = self.ends[first : first + step + 1].tolist()
            yield from [data[a:b].decode("utf-8") for a, b in pairwise(ends)]

    def take(self, rows: NDArray[np.integer]) -> list[str]:
        """Return the strings of rows, in their order: faster than one by one."""
        data = self.data
        return [
            data[a:b].decode("utf-8")
            for a, b in zip(self.ends[rows].tolist(), self.ends[rows + 1].tolist(), strict=True)
        ]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Texts):
            return self.data == other.data and np.array_equal(self.ends, other.ends)
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # a sequence that compares by what it holds

    def __repr__(self) -> str:
        return f"Texts({len(self)} strings, {len(self.data)} bytes)"

    @cached_property
    def _sums(self) -> NDArray[np.uint64]:
        """FNV-1a of each string, uint64 (n,): character by character, over many strings at once."""
        data = np.frombuffer(self.data, np.uint8)
        starts, lengths = self.ends[:-1], np.diff(self.ends)
        sums = np.full(len(self), _START, np.uint64)
        for first in range(0, len(self), _STRIDE):
            part = slice(first, first + _STRIDE)
            here, size, found = starts[part], lengths[part], sums[part]
            for number in range(int(size.max(initial=0))):
                longer = size > number
                if longer.all():
                    found[:] = (found ^ data[here + number]) * np.uint64(_PRIME)
                else:
                    found[longer] = (found[longer] ^ data[here[longer] + number]) * np.uint64(_PRIME)
        return sums

    @cached_property
    def _order(self) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
        order = np.argsort(self._sums, kind="stable")
        return self._sums[order], order

    def find(self, text: str) -> int:
        """Return the place of text, -1 where it is not among the strings (the last of equal ones)."""
        sums, order = self._order
        code = np.uint64(_sum_of(text.encode("utf-8", "surrogatepass")))
        first, last = np.searchsorted(sums, code, "left"), np.searchsorted(sums, code, "right")
        return next((int(row) for row in order[first:last][::-1] if self[int(row)] == text), -1)


_START = 0xCBF29CE484222325


def _sum_of(data: bytes) -> int:
    found = _START
    for octet in data:
        found = ((found ^ octet) * _PRIME) & _WORD
    return found


class Packing:
    """Takes strings one by one and packs them, so that no list of a million objects stands in between."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._ends = array("q", (0,))

    def add(self, text: str) -> None:
        """Take the next string."""
        self._data += text.encode("utf-8")
        self._ends.append(len(self._data))

    def texts(self) -> Texts:
        """Return all that was taken."""
        ends = np.array(self._ends, dtype=np.int64)
        ends.flags.writeable = False
        return Texts(bytes(self._data), ends)


def distinct_of(strings: Sequence[str]) -> tuple[str, ...]:
    """Return the strings that occur, each once, in the order in which they first do."""
    return strings.distinct() if isinstance(strings, Repeated) else tuple(dict.fromkeys(strings))


def numbered(strings: Sequence[str], number: Mapping[str, int], other: int) -> NDArray[np.int32]:
    """Return int32 (n,): the number of each string, other for one that has none."""
    if isinstance(strings, Repeated):
        values = np.array([number.get(text, other) for text in strings.values], np.int32)
        return values[strings.codes] if len(values) else np.empty(0, np.int32)
    return np.array([number.get(text, other) for text in strings], np.int32)


class RowOf(Mapping[str, int]):
    """String -> its place in Texts, by sorted search instead of a dict of a million."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __getitem__(self, key: str) -> int:
        found = self._texts.find(key) if isinstance(key, str) else -1
        if found < 0:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def rows_of(strings: Sequence[str]) -> Mapping[str, int]:
    """Return string -> its place in strings."""
    if isinstance(strings, Texts):
        return RowOf(strings)
    return {text: place for place, text in enumerate(strings)}


class Repeated(Sequence[str]):
    """Strings of which few differ (publishers, datasets): values[codes[i]]."""

    __slots__ = ("codes", "values")

    def __init__(self, codes: NDArray[np.int32], values: tuple[str, ...]) -> None:
        self.codes = codes
        self.values = values

    @classmethod
    def of(cls, strings: Iterable[str]) -> Repeated:
        """Return strings by number."""
        known: dict[str, int] = {}
        codes = np.fromiter((known.setdefault(text, len(known)) for text in strings), np.int32)
        codes.flags.writeable = False
        return cls(codes, tuple(known))

    def distinct(self) -> tuple[str, ...]:
        """Return the strings that occur, each once, in the order in which they first do."""
        first = np.full(len(self.values), len(self.codes), np.int64)
        first[self.codes[::-1]] = np.arange(len(self.codes) - 1, -1, -1)  # of several the last written stays
        order = np.argsort(first, kind="stable").tolist()
        return tuple(self.values[code] for code in order if first[code] < len(self.codes))

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if isinstance(index, slice):
            return tuple(self.values[code] for code in self.codes[index].tolist())
        return self.values[int(self.codes[index])]

    def __iter__(self) -> Iterator[str]:
        values = self.values
        return (values[code] for code in self.codes.tolist())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # a sequence that compares by what it holds

    def __repr__(self) -> str:
        return f"Repeated({len(self)} strings, {len(self.values)} different)"
