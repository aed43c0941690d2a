"""What the File menu does: open, export, copy, save, close."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from explorer.casefile.errors import CaseFileError
from explorer.workspace.files import save_case, save_json

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
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

    def new_case(self) -> None:
        """Ask for a title, and begin an empty case; it is unsaved until “Save as…”."""
        from explorer.ui.new_case_dialog import NewCaseDialog

        NewCaseDialog(self._window.workspace, self._window).open()

    def save_as(self) -> bool:
        """Ask where, and go on there; a case that is in a file of the user's is saved already."""
        case = self._window.workspace.case
        if case is None:
            return False
        if not case.temporary:
            words = self.tr("Saved already: every edit is in {path}. “Save a copy…” writes another file.")
            self._window.say(words.format(path=case.path))
            return False
        path = self._asked(self.tr("Save as"), ".dateline", self.tr("Dateline case (*.dateline)"))[0]
        if path is None or not self._written(path, self._window.workspace.recovery.save_as):
            return False
        self._window.settings.add_recent(path)
        return True

    def open_unsaved(self, path: object) -> None:
        """Open a case that was kept for later."""
        try:
            self._window.workspace.recovery.open(Path(str(path)))
        except CaseFileError as error:
            self._window.warn(str(error))
            self._window.welcome.refresh()

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
        """Return to the welcome page; an unsaved case is asked about first."""
        if self._window.leaving.may_go(quitting=False):
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
        path, kind = self._asked(title, ending, kinds)
        with_history = kind != "" and kind == kinds.rpartition(";;")[2]
        write = _Writing(case, json=ending.endswith("json"), with_history=with_history)
        if path is not None and self._written(path, write) and ending == ".dateline":
            self._window.settings.add_recent(path)

    def _asked(self, title: str, ending: str, kinds: str) -> tuple[Path | None, str]:
        """Return where the user wants the open case, and as what kind of file; None for nowhere."""
        case = self._window.workspace.case
        named = case is not None and not case.temporary
        name = case.path.name.split(".")[0] if case is not None and named else self._name_of(case)
        chosen, kind = QFileDialog.getSaveFileName(
            self._window, title, str(Path(self._folder()) / f"{name}{ending}"), kinds
        )
        if not chosen:
            return None, kind
        return Path(chosen) if Path(chosen).suffix else Path(chosen + ending), kind

    @staticmethod
    def _name_of(case: CaseFile | None) -> str:
        """Return what a file of a case may be called: by its title, in letters that every system takes."""
        title = case.title if case is not None else ""
        return " ".join(re.sub(r"[^\w .-]+", " ", title).split())[:60].strip(" .") or "case"

    def _written(self, path: Path, write: Callable[[Path], None]) -> bool:
        """Write a file, and say so; return whether it could be."""
        try:
            write(path)
        except (CaseFileError, OSError) as error:
            self._window.warn(self.tr("{path} could not be written: {why}").format(path=path, why=error))
            return False
        self._window.say(self.tr("Saved {path}").format(path=path))
        return True


class _Writing:
    """Writes a case beside the open one."""

    def __init__(self, case: CaseFile, *, json: bool, with_history: bool) -> None:
        self._case, self._json, self._with_history = case, json, with_history

    def __call__(self, path: Path) -> None:
        """Write it to path."""
        if self._json:
            save_json(self._case, path)
        else:
            save_case(self._case, path, with_history=self._with_history)
