"""Private folders for case files that have not been saved: removed on close, and by the next start after a crash.

A window lets them lie in a lasting folder instead (last_in), where nothing is removed that somebody has edited:
workspace.recovery looks after that.
"""

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
LOCK = "in-use"
#: What files are called that are more than another reading of a file of the user's: new cases, and recovered ones.
OWN, OTHER = "own", "case"


def locked(folder: Path) -> IO[bytes] | None:
    """Take the lock of a folder; None where a living process holds it."""
    file = (folder / LOCK).open("ab")
    if fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return None
    return file


def _made(root: Path | None) -> tuple[Path, IO[bytes]]:
    """Return a new folder and its lock; another one where a program that clears up came before the lock."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=root))  # mode 0700
        with suppress(FileNotFoundError):
            lock = locked(folder)
            if lock is not None and (folder / LOCK).exists():
                return folder, lock
            if lock is not None:
                lock.close()


class _Folder:
    """The one private folder of this process below a root (None: where the system keeps such), made when needed."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root
        self.path: Path | None = None
        self.lock: IO[bytes] | None = None
        self.count = 0

    def file(self, stem: str) -> Path:
        if self.path is None or not self.path.is_dir():
            if self.root is None:
                remove_stale()
            else:
                self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path, self.lock = _made(self.root)
            atexit.register(self.remove)
        self.count += 1
        return self.path / f"{stem}-{self.count}.dateline"

    def remove(self) -> None:
        """Remove the folder; a lasting one only where no case is left in it."""
        if self.lock is not None:
            self.lock.close()
        if self.path is not None and (self.root is None or not any(self.path.glob("*.dateline"))):
            shutil.rmtree(self.path, ignore_errors=True)
        self.path = self.lock = None


_FOLDERS: dict[Path | None, _Folder] = {None: _Folder()}
_LASTING: list[Path] = []  # the root that windows of this process use, where there is one


def last_in(root: Path | None) -> None:
    """Let temporary files lie below root from now on, which nobody clears up; None: where the system keeps such."""
    _LASTING[:] = [root] if root is not None else []


def own_folder() -> Path | None:
    """Return the private folder that temporary files lie in now; None before the first."""
    folder = _FOLDERS.get(_LASTING[0] if _LASTING else None)
    return folder.path if folder is not None else None


def new_file(stem: str = OTHER) -> Path:
    """Return a path for a temporary case file that no other user can read. Raises OSError where there is none.

    Where the lasting folder cannot be written, it is one of the system's, and lasts() says so.
    """
    if _LASTING:
        root = _LASTING[0]
        try:
            return _FOLDERS.setdefault(root, _Folder(root)).file(stem)
        except OSError:
            last_in(None)
    return _FOLDERS[None].file(stem)


def lasts(path: Path) -> bool:
    """Return True where a temporary file lies in the lasting folder, so that a crash leaves it there."""
    return bool(_LASTING) and path.is_relative_to(_LASTING[0])


def remove(path: Path) -> None:
    """Remove a temporary case file and what SQLite may have left beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def remove_stale() -> int:
    """Remove the folders whose process has died; return how many."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # another user's folder, or one that is being removed
            if folder.is_symlink() or not (folder / LOCK).is_file() or folder == _FOLDERS[None].path:
                continue
            lock = locked(folder)
            if lock is not None:
                if os.name == "nt":  # Windows removes no file that is open
                    lock.close()
                shutil.rmtree(folder, ignore_errors=True)
                lock.close()
                removed += 1
    return removed
