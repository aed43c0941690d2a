"""Cases that are in no file of the user's yet: new ones, and edited copies of the sample, of JSON or of an import.

They lie in a lasting folder of the user's from their first moment, each window's in a private folder below it, so that
a crash leaves them where they are. What nobody edited goes when it is closed; what somebody did is kept for later, and
offered by the welcome page, until it is saved somewhere or discarded (decision 0013).
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal

from explorer.casefile import temporary
from explorer.casefile.errors import CaseFileError
from explorer.casefile.schema import SUFFIX
from explorer.frozen import frozen
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.workspace.hub import Workspace


@frozen
class Unsaved:
    """A case that was kept: where it lies, its title and number of documents, when it was last changed (local time).

    title is "" and documents None where the file cannot be read.
    """

    path: Path
    title: str
    documents: int | None
    changed: datetime


class Recovery(QObject):
    """Looks after the unsaved cases of one window. kept(title): a case was put aside, to be offered again."""

    kept = Signal(object)

    def __init__(self, workspace: Workspace, root: Path | None = None) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._root = root
        self._given_up: set[Path] = set()
        self.swept = False
        temporary.last_in(self.root)

    @property
    def root(self) -> Path:
        """The folder of the unsaved cases; it need not exist."""
        if self._root is None:
            place = QStandardPaths.StandardLocation.AppLocalDataLocation
            self._root = Path(QStandardPaths.writableLocation(place)) / "unsaved"
        return self._root

    def new_case(self, title: str) -> None:
        """Open a new, empty case. Raises CaseFileError where none can be made."""
        from explorer.casefile.store import CaseFile
        from explorer.edit.beginning import new_header

        try:
            path = temporary.new_file(temporary.OWN)
        except OSError as error:
            raise _cannot(self.root, error) from error
        case = CaseFile.create(path, new_header(title))
        case.temporary = True
        self._workspace.opening.take(case, "")

    def unsaved(self) -> tuple[Unsaved, ...]:
        """Return the cases that are kept, the one changed last first; those of a program that died among them."""
        if not self.swept and self.root.is_dir():
            self._sweep()
        self.swept = True
        found = [_told(path) for path in self.root.glob(f"*{SUFFIX}")]
        return tuple(sorted(found, key=_changed, reverse=True))

    def open(self, path: Path) -> None:
        """Open a case that was kept; it stays unsaved. Raises CaseFileError where it is gone or cannot be opened."""
        from explorer.casefile.store import CaseFile

        try:
            own = temporary.new_file(temporary.OWN)
            path.replace(own)
        except OSError as error:
            raise _cannot(path, error) from error
        try:
            case = CaseFile.open(own)
        except CaseFileError:
            own.replace(path)  # it is as it was
            raise
        case.temporary = True
        self._workspace.opening.take(case, "")

    def discard(self, path: Path) -> None:
        """Remove a case that was kept."""
        temporary.remove(path)

    def give_up(self, case: CaseFile) -> None:
        """Let the open case go when it is closed: the user has it elsewhere, or wants it no more."""
        self._given_up.add(case.path)

    def close(self, case: CaseFile) -> None:
        """Close a case; one that is unsaved and worth it is kept."""
        keep = worth_keeping(case) and case.path not in self._given_up
        self._given_up.discard(case.path)
        if not keep:
            case.close()
            return
        title, case.temporary = case.title, False
        case.close()
        with suppress(OSError):  # it stays in the private folder, where the next start finds it
            case.path.replace(self._free_name())
            self.kept.emit(title)

    def save_as(self, path: Path) -> None:
        """Write the open case, history and all, to a file of the user's, and go on there.

        Raises CaseFileError or OSError where that cannot be; the case is then as it was.
        """
        case = self._workspace.case
        if case is None:
            return
        case.save_copy(path, with_history=True)
        if case.temporary:
            self.give_up(case)
        self._workspace.open_same(path)

    def _free_name(self) -> Path:
        stem = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        names = (f"{stem}{end}" for end in ("", *(f"-{n}" for n in range(2, 1000))))
        return next(path for name in names if not (path := self.root / f"{name}{SUFFIX}").exists())

    def _sweep(self) -> None:
        """Take what dead programs left: edited cases out of their private folders, all else away."""
        for folder in self.root.glob(f"{temporary.PREFIX}*"):
            with suppress(
                OSError, CaseFileError
            ):  # being removed, or on a full disk: the next start looks again
                if folder == temporary.own_folder() or not (folder / temporary.LOCK).is_file():
                    continue
                lock = temporary.locked(folder)
                if lock is None:
                    continue
                for path in sorted(folder.glob(f"*{SUFFIX}")):
                    if _left_worth(path):
                        path.replace(self._free_name())
                if os.name == "nt":  # Windows removes no file that is open
                    lock.close()
                shutil.rmtree(folder, ignore_errors=True)
                lock.close()


def worth_keeping(case: CaseFile) -> bool:
    """Return True where an unsaved case holds what is nowhere else: an edit, or any record of a new or kept one."""
    if not case.temporary:
        return False
    if any(not step.undone for step in case.history()):
        return True
    own = case.path.name.startswith(f"{temporary.OWN}-")
    return own and any(case.count(name) for name in ("documents", "events", "actors", "locations"))


def _left_worth(path: Path) -> bool:
    """Return whether a dead program left something in a case; one that cannot be read is kept, for its user to see."""
    from explorer.casefile.store import CaseFile

    if path.stat().st_size == 0:
        return False
    try:
        case = CaseFile.open(path)
    except CaseFileError:
        return path.name.startswith(f"{temporary.OWN}-")
    with case:  # closing brings the log into the one file
        case.temporary = True
        worth = worth_keeping(case)
        case.temporary = False
    return worth


def _told(path: Path) -> Unsaved:
    from explorer.casefile.store import CaseFile

    changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    with suppress(CaseFileError), CaseFile.open(path, read_only=True) as case:
        return Unsaved(path, case.title, case.count("documents"), changed)
    return Unsaved(path, "", None, changed)


def _changed(unsaved: Unsaved) -> datetime:
    return unsaved.changed


def _cannot(path: Path, error: OSError) -> CaseFileError:
    reason = error.strerror or error
    return CaseFileError(tr("{path} cannot be used: {reason}.").format(path=path, reason=reason))
