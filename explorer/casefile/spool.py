"""Columns laid aside piece by piece in a file without a name, so that a million rows take no memory meanwhile."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.connection import LARGEST_VALUE
from explorer.casefile.squeezing import squeezed, unsqueezed


class Spool:
    """Takes pieces of columns by their names, and gives each column back whole."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - close() closes it
        self._pieces: dict[str, list[tuple[str, int]]] = {}
        self._places: dict[str, list[int]] = {}

    def put(self, name: str, piece: NDArray[Any], stored: str) -> None:
        """Lay a piece of a column aside; stored: its numpy type."""
        self._write(
            name, squeezed(np.ascontiguousarray(piece).astype(stored, copy=False).tobytes(), stored), stored
        )

    def put_text(self, name: str, piece: bytes) -> None:
        """Lay a piece of text aside."""
        self._write(name, squeezed(piece, ""), "")

    def _write(self, name: str, body: bytes, stored: str) -> None:
        self._places.setdefault(name, []).append(self._file.tell())
        self._pieces.setdefault(name, []).append((stored, len(body)))
        self._file.write(body)

    def bytes_of(self, name: str) -> bytes:
        """Return a column whole, as bytes; none where nothing was laid aside."""
        found = []
        for place, (stored, size) in zip(self._places.get(name, ()), self._pieces.get(name, ()), strict=True):
            self._file.seek(place)
            found.append(unsqueezed(self._file.read(size), stored, LARGEST_VALUE))
        self._file.seek(0, 2)
        return b"".join(found)

    def array(self, name: str, stored: str) -> NDArray[Any]:
        """Return a column of numbers whole."""
        return np.frombuffer(self.bytes_of(name), stored)

    def close(self) -> None:
        """Throw all away."""
        self._file.close()
