"""Files that are either wholly written or not there: every figure goes through here (design §7)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFile, QIODevice, QSaveFile

from explorer.words import full_disk


class ExportError(OSError):
    """A figure could not be made or written; the message says what and why in one line."""


def write_bytes(path: Path, data: bytes) -> None:
    """Replace the file at path by data in one step; on failure the old file stays. Raises ExportError."""
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise ExportError(f"{path}: {file.errorString()}")
    if file.write(data) != len(data):
        file.cancelWriting()
        raise ExportError(full_disk(path))
    if not file.commit():
        raise ExportError(f"{path}: {file.errorString()}")
    QFile.setPermissions(str(path), QFile.permissions(str(path)))
