"""What the program remembers between runs: an ini file of plain strings, numbers and bytes (never any object).

A damaged layout blob can abort Qt (reliability.md §4), so each is stored with its sha256 and the program's
version, and is skipped on any mismatch, and once after a run that did not end cleanly.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, qVersion

MOST_RECENT = 10
#: Moves on whenever panels are added, renamed or taken away: a blob of another number is not for this window.
PANELS = 1
_SEPARATOR = "\n"


def default_settings() -> QSettings:
    """Return the user's own ini file."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Dateline", "dateline")


class Settings:
    """Typed access to one QSettings."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store if store is not None else default_settings()

    @property
    def folder(self) -> Path:
        """Where the file of settings lies, and what else the program keeps for its user."""
        return Path(self._store.fileName()).parent

    def text(self, key: str, default: str = "") -> str:
        """Return a string; the default where none is kept."""
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def set_text(self, key: str, value: str) -> None:
        """Keep a string."""
        self._store.setValue(key, value)

    def flag(self, key: str) -> bool:
        """Return a switch, off where none is kept."""
        return self.text(key) == "yes"

    def set_flag(self, key: str, *, on: bool) -> None:
        """Keep a switch."""
        self.set_text(key, "yes" if on else "no")

    def blob(self, key: str) -> QByteArray | None:
        """Return a layout blob, None where it is missing, damaged, or of another version."""
        raw = self._store.value(f"{key}/blob")
        if not isinstance(raw, QByteArray) or not raw.size():
            return None
        whole = self.text(f"{key}/seal") == _seal(raw)
        return raw if whole else None

    def set_blob(self, key: str, value: QByteArray) -> None:
        """Keep a layout blob with its seal."""
        self._store.setValue(f"{key}/blob", value)
        self.set_text(f"{key}/seal", _seal(value))

    def forget(self, key: str) -> None:
        """Forget a key and all below it."""
        self._store.remove(key)

    def begin_run(self) -> bool:
        """Mark a run as under way; return True where the last one ended cleanly."""
        clean = self.text("run") != "open"
        self.set_text("run", "open")
        self._store.sync()
        return clean

    def end_run(self) -> None:
        """Mark the run as cleanly ended and write everything."""
        self.set_text("run", "closed")
        self._store.sync()

    def recent(self) -> tuple[str, ...]:
        """Return the paths opened last, latest first; some may be gone by now."""
        return tuple(line for line in self.text("recent").split(_SEPARATOR) if line)

    def add_recent(self, path: str | Path) -> None:
        """Put a path at the head of the recent files."""
        whole = str(Path(path).absolute())
        rest = [line for line in self.recent() if line != whole]
        self.set_text("recent", _SEPARATOR.join([whole, *rest][:MOST_RECENT]))

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self.forget("recent")


def _seal(blob: QByteArray) -> str:
    return f"{PANELS} {qVersion()} {hashlib.sha256(blob.data()).hexdigest()}"
