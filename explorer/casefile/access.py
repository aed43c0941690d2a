"""May the open case be edited here: by whom it is held, and whether its file is still the one that was opened."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Literal

from explorer.casefile.citing import Citing
from explorer.casefile.errors import CaseFileError
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.casefile.connection import Database
    from explorer.casefile.lock import EditingLock

#: What keeps a case from being edited: another window; its file is away, is another one, or cannot be read any more.
Hindrance = Literal["theirs", "gone", "replaced", "damaged"]
_WORDS: dict[Hindrance, str] = {
    "theirs": "This is open for reading only: another Dateline window edits this case. Close it there, then try"
    " again.",
    "gone": "{path} is no longer there: it was moved, renamed or deleted. The case is open for reading only, as it"
    " was last; save a copy to keep it.",
    "replaced": "Another file has taken the place of {path}. The case is open for reading only, as it was before; open"
    " the file again to see what is in it now, or save a copy of this.",
    "damaged": "The file was damaged while it was open, so the case is open for reading only. Save a copy of what can"
    " still be read, and go back to an older copy. {reason}",
}
_NO_LOCKS = "The folder of this case knows no locks (a network drive?): make sure that nobody else edits it meanwhile."
_WAIT = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class Access(Citing):
    """Reading and the right to write; messages are sentences for the user about how the case is open."""

    def __init__(self, database: Database, *, is_temporary: bool = False) -> None:
        super().__init__(database)
        self.temporary = is_temporary
        self.messages: tuple[str, ...] = ()
        self.hindrance: Hindrance | None = None
        self._hindered = ("", False)  # what was said of it, and whether the case was for reading before
        self._lock: EditingLock | None = None
        self._id: str | None = None

    def freeze(self, message: str) -> None:
        """Refuse writing from now on, and tell the user why."""
        self._database.read_only = True
        self.messages = (*self.messages, message)

    def claim(self) -> bool:
        """Take the case for editing; where another window has it, this one reads only, and messages says so.

        Asked again, it is taken as soon as the other window has let it go.
        """
        from explorer.casefile.lock import EditingLock

        self._id = self._id or self._read_id()
        if self.hindrance == "theirs":
            self._free()
        if self.read_only or self.temporary or self._lock is not None:
            return not self.read_only
        lock = EditingLock(self.path)
        answer = lock.take()
        if answer == "theirs":
            self._hinder("theirs")
            return False
        if answer == "ours":
            self._lock = lock
        elif tr(_NO_LOCKS) not in self.messages:
            self.messages = (*self.messages, tr(_NO_LOCKS))
        return True

    def look(self) -> Hindrance | None:
        """Look whether the file is still the one that was opened, and can be read; return what hinders editing."""
        found, reason = self._found()
        if found is not None:
            self._hinder(found, reason)
        elif self.hindrance not in {None, "theirs"}:
            self._free()
            self.claim()
        return self.hindrance

    def _found(self) -> tuple[Hindrance | None, str]:
        where = self._database.whereabouts
        if where != "here":
            return where, ""
        try:
            other = self._id is not None and self._read_id() != self._id
        except CaseFileError as error:
            code = getattr(error.__cause__, "sqlite_errorcode", None)
            return ("damaged", str(error)) if code is None or code & 0xFF not in _WAIT else (None, "")
        return ("replaced" if other else None), ""

    def _read_id(self) -> str:
        """Return the id of the case that is in the file now; asked before the models are needed, and each second."""
        row = self._database.row("SELECT body FROM header")
        with self._as_written("header"):
            return str(json.loads(row[0] if row else "")["id"])

    def _hinder(self, kind: Hindrance, reason: str = "") -> None:
        if self.hindrance == kind:
            return
        self._free()
        words = tr(_WORDS[kind]).format(path=self.path, reason=reason)
        self._hindered = words, self._database.read_only
        self.hindrance, self._database.read_only = kind, True
        self.messages = (words, *self.messages)

    def _free(self) -> None:
        if self.hindrance is not None:
            words, self._database.read_only = self._hindered
            self.messages = tuple(each for each in self.messages if each != words)
            self.hindrance = None

    def _unclaim(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _refuse_reading_only(self) -> None:
        if self.read_only:
            raise CaseFileError(
                tr(
                    "{path} is open for reading only, so it cannot be edited; save a copy and edit that."
                ).format(path=self.path)
            )
