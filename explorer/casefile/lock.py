"""Who may edit a case: the first window that has it open. The others read, and say so.

The lock is a file beside the case, ".name.lock", that a living process holds; one that a dead program left behind
counts for nothing and is taken over.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Literal

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


#: ours to edit; another window's; nobody's, since the place knows no locks (a network drive, as a rule).
Answer = Literal["ours", "theirs", "unknown"]
#: What a lock that another holds is answered with; any other error says that there are none here.
_TAKEN = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class EditingLock:
    """Held from take() until release(); ends with the process in any case."""

    def __init__(self, case: Path) -> None:
        """Be the lock of a case file; nothing is taken yet."""
        real = case.resolve()
        self.path = real.with_name(f".{real.name}.lock")
        self._file: IO[bytes] | None = None

    def take(self) -> Answer:
        """Return whether the case is ours to edit; "unknown" where the place of the case knows no locks."""
        try:
            while self._file is None:
                file = self.path.open("ab")
                try:
                    held = _held(file)
                except OSError:
                    file.close()
                    raise
                if not held:
                    file.close()
                    return "theirs"
                if self._is_there(file):
                    self._file = file
                else:  # it was removed by who had it before us
                    file.close()
        except OSError:
            return "unknown"
        return "ours"

    def release(self) -> None:
        """Let others edit."""
        if self._file is None:
            return
        with suppress(OSError):
            if os.name == "nt":  # Windows removes no file that is open
                self._file.close()
            self.path.unlink(missing_ok=True)
        self._file.close()
        self._file = None

    def _is_there(self, file: IO[bytes]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self.path.stat())
        except FileNotFoundError:
            return False


def _held(file: IO[bytes]) -> bool:
    """Return True where the lock on an open file could be had, False where another holds it; else raise OSError."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True
