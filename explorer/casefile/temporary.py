"""Private folders for case files that have not been saved: removed on close, and by the next start after a crash."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: a file that is open cannot be removed, which serves as the lock
    fcntl = None  # type: ignore[assignment]

PREFIX = "dateline-"
_LOCK = "in-use"


def _locked(folder: Path) -> IO[bytes] | None:
    """Take the lock of a folder; None where a living process holds it."""
    file = (folder / _LOCK).open("ab")
    if fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return None
    return file


def _made() -> tuple[Path, IO[bytes]]:
    """Return a new folder and its lock; another one where a program that clears up came before the lock."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))  # mode 0700
        with suppress(FileNotFoundError):
            lock = _locked(folder)
            if lock is not None and (folder / _LOCK).exists():
                return folder, lock
            if lock is not None:
                lock.close()


class _Folder:
    """The one private folder of this process, made when first needed."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.lock: IO[bytes] | None = None
        self.count = 0

    def file(self) -> Path:
        if self.path is None or not self.path.is_dir():
            remove_stale()
            self.path, self.lock = _made()
            atexit.register(self.remove)
        self.count += 1
        return self.path / f"case-{self.count}.dateline"

    def remove(self) -> None:
        if self.lock is not None:
            self.lock.close()
        if self.path is not None:
            shutil.rmtree(self.path, ignore_errors=True)
        self.path = self.lock = None


_FOLDER = _Folder()


def new_file() -> Path:
    """Return a path for a temporary case file that no other user can read."""
    return _FOLDER.file()


def remove(path: Path) -> None:
    """Remove a temporary case file and what SQLite may have left beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def remove_stale() -> int:
    """Remove the folders whose process has died; return how many."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # another user's folder, or one that is being removed
            if folder.is_symlink() or not (folder / _LOCK).is_file() or folder == _FOLDER.path:
                continue
            lock = _locked(folder)
            if lock is not None:
                if os.name == "nt":  # Windows removes no file that is open
                    lock.close()
                shutil.rmtree(folder, ignore_errors=True)
                lock.close()
                removed += 1
    return removed
