"""Writing a case beside the open one: as a case file or as JSON, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileDevice, QIODevice, QSaveFile

from explorer.words import full_disk

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile


def save_case(case: CaseFile, path: Path, *, with_history: bool = False) -> None:
    """Save the whole case as a .dateline file, as a rule without its history.

    Raises OSError where it cannot be written.
    """
    case.save_copy(path, with_history=with_history)


def save_json(case: CaseFile, path: Path) -> None:
    """Save the whole case as one JSON file; what was there before stays until all is written.

    Raises OSError where it cannot be written.
    """
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise OSError(file.errorString())
    for piece in case.to_json():
        data = piece.encode("utf-8")
        if file.write(data) != len(data):
            file.cancelWriting()
            raise OSError(full_disk(path))
    if not file.commit():  # the last of it is written here
        failed = file.error() in {QFileDevice.FileError.WriteError, QFileDevice.FileError.ResourceError}
        raise OSError(full_disk(path) if failed else file.errorString())
