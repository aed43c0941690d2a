"""What the File menu does: open, export, copy, save, close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from explorer.casefile.errors import CaseFileError
from explorer.workspace.files import save_case, save_json

if TYPE_CHECKING:
    from explorer.ui.window import MainWindow


class FileCommands(QObject):
    """The slots of the File menu of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def open(self) -> None:
        """Ask for a case and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open a case"),
            self._folder(),
            self.tr("Cases (*.dateline *.json);;All files (*)"),
        )
        if path:
            self._window.open(path)

    def sample(self) -> None:
        """Open the sample case."""
        self._window.open("sample")

    def syria(self) -> None:
        """Open the dataset that comes with the program."""
        self._window.open("syria")

    def import_files(self) -> None:
        """Show the import dialog, or the import that is under way."""
        self.import_these(())

    def import_these(self, paths: Iterable[Path]) -> None:
        """Show the import dialog with these files in it."""
        from explorer.ui.import_dialog import ImportDialog

        dialog = self._window.findChild(ImportDialog)
        if dialog is None:
            dialog = ImportDialog(self._window.workspace, self._window.settings, self._window)
        dialog.add(paths)
        dialog.show()
        dialog.activateWindow()

    def open_recent(self, action: QAction) -> None:
        """Open the case that a row of the recent files names."""
        self._window.open(str(action.data()))

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self._window.settings.clear_recent()

    def export(self) -> None:
        """Show the export dialog."""
        from explorer.ui.export_dialog import ExportDialog

        ExportDialog(self._window.workspace, self._window.settings, self._window).open()

    def copy_image(self) -> None:
        """Put the view in hand on the clipboard as a picture with its alternative text."""
        from explorer.ui.copying import SCALE, SIZE, copy_image
        from explorer.ui.figure_request import request_of

        request = request_of(
            self._window.workspace, self._window.view_in_hand(), theme=self._window.look.theme.name
        )
        self._window.say(copy_image(self._window.workspace, replace(request, size=SIZE, scale=SCALE)))

    def copy_quote(self) -> None:
        """Put the sentences behind the selection on the clipboard, each with its citation."""
        from explorer.ui.copying import copy_quotes

        self._window.say(copy_quotes(self._window.workspace))

    def save_copy(self) -> None:
        """Ask where, and save the case as a .dateline file, without its history unless that kind is chosen."""
        kinds = (
            self.tr("Dateline case (*.dateline)"),
            self.tr("Dateline case with its history (*.dateline)"),
        )
        self._save(self.tr("Save a copy"), ".dateline", ";;".join(kinds))

    def export_json(self) -> None:
        """Ask where, and save the case as JSON."""
        self._save(self.tr("Export JSON"), ".case.json", self.tr("JSON case (*.json)"))

    def close_case(self) -> None:
        """Return to the welcome page."""
        self._window.workspace.close_case()

    def quit(self) -> None:
        """Close the window, and with it the program."""
        self._window.close()

    def _folder(self) -> str:
        recent = self._window.settings.recent()
        return str(Path(recent[0]).parent) if recent else str(Path.home())

    def _save(self, title: str, ending: str, kinds: str) -> None:
        case = self._window.workspace.case
        if case is None:
            return
        name = case.path.name.split(".")[0] if not case.temporary else "case"
        chosen, kind = QFileDialog.getSaveFileName(
            self._window, title, str(Path(self._folder()) / f"{name}{ending}"), kinds
        )
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen + ending)
        try:
            if ending.endswith("json"):
                save_json(case, path)
            else:
                save_case(case, path, with_history=kind != "" and kind == kinds.rpartition(";;")[2])
        except (CaseFileError, OSError) as error:
            self._window.warn(self.tr("{path} could not be written: {why}").format(path=path, why=error))
            return
        self._window.say(self.tr("Saved {path}").format(path=path))
        if ending == ".dateline":
            self._window.settings.add_recent(path)
