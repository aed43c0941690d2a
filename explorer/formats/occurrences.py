"""Ids for rows that have none: from their content and its n-th occurrence, in little memory for any number of rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

#: Rows counted one by one before they are packed into an array of eight bytes each.
_LOOSE = 65_536


class Occurrences:
    """Counts how often the content of a row has come before."""

    def __init__(self) -> None:
        self._loose: dict[int, int] = {}
        self._packed = np.empty(0, np.uint64)

    def key(self, cells: Sequence[str]) -> str:
        """Return the rest of an id: hex digits of the content, and from the second occurrence on its number."""
        digest = hashlib.sha256("\x1f".join(cells).encode("utf-8", "surrogatepass")).digest()
        number = int.from_bytes(digest[:8], "big")
        low, high = np.searchsorted(
            self._packed, np.array([number, number + 1 if number < 2**64 - 1 else number], np.uint64)
        )
        before = self._loose.get(number, 0) + int(high - low)
        self._loose[number] = self._loose.get(number, 0) + 1
        if len(self._loose) >= _LOOSE:
            self._pack()
        known = digest[:8].hex()
        return known if before == 0 else f"{known}-{before + 1}"

    def _pack(self) -> None:
        loose = np.repeat(
            np.fromiter(self._loose, np.uint64, len(self._loose)),
            np.fromiter(self._loose.values(), np.int64, len(self._loose)),
        )
        self._packed = np.sort(np.concatenate((self._packed, loose)))
        self._loose.clear()
