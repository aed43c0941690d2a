"""Reading a file that SQLite has open in this process, without letting go of the locks by which it is held.

POSIX drops every lock that a process has on a file when any descriptor of that file is closed. Another program could
then take the log of an open case for left over and remove it, and what is written afterwards would be lost with it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

#: Which file lies at a path, as (device, number): it stays when the file is renamed, and differs for another one.
Place = tuple[int, int]


class _Held:
    """The files that are held open for SQLite, and the descriptors that wait until it has closed them."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.counts: dict[Place, int] = {}
        self.waiting: dict[Place, list[BufferedReader]] = {}


_HELD = _Held()


def place_of(path: Path) -> Place | None:
    """Return which file lies at a path, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def hold(path: Path) -> Place | None:
    """Say that SQLite has a file open from now on; return its place for release()."""
    place = place_of(path)
    if place is not None:
        with _HELD.guard:
            _HELD.counts[place] = _HELD.counts.get(place, 0) + 1
    return place


def release(place: Place | None) -> None:
    """Say that SQLite has closed a file: what was read of it meanwhile is closed, too."""
    if place is None:
        return
    with _HELD.guard:
        _HELD.counts[place] -= 1
        if not _HELD.counts[place]:
            del _HELD.counts[place]
            for file in _HELD.waiting.pop(place, ()):
                file.close()


@contextmanager
def reading(path: Path) -> Iterator[BufferedReader]:
    """Yield a file to read; it is closed when no lock hangs on it any more. Raises OSError as open does."""
    file = path.open("rb")
    try:
        yield file
    finally:
        _let_go(file)


def _let_go(file: BufferedReader) -> None:
    found = os.fstat(file.fileno())
    place = found.st_dev, found.st_ino
    with _HELD.guard:
        if place in _HELD.counts:
            _HELD.waiting.setdefault(place, []).append(file)
        else:
            file.close()
