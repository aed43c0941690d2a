"""What the Document menu does: reports come in, a text is replaced, the bounds of sentences are set by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from explorer.casefile.errors import CaseFileError

if TYPE_CHECKING:
    from explorer.casefile.changes import Edit
    from explorer.casefile.store import CaseFile
    from explorer.ui.window import MainWindow
    from explorer.workspace.report_reading import Asked


class DocumentCommands(QObject):
    """The slots of the Document menu of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace

    def add_report(self) -> None:
        """Ask for the files of reports, and show them one after another."""
        from explorer.formats.article import SUFFIXES

        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Add report"),
            self._window.settings.text("report/folder") or str(Path.home()),
            self.tr("Reports ({kinds});;All files (*)").format(kinds=kinds),
        )
        if chosen:
            self._window.settings.set_text("report/folder", str(Path(chosen[0]).parent))
            self.add_files(Path(each) for each in chosen)

    def add_files(self, paths: Iterable[Path]) -> None:
        """Show reports one after another, to be confirmed."""
        from explorer.workspace.report_reading import Asked

        self._add(Asked(path) for path in paths)

    def paste_report(self) -> None:
        """Take the text on the clipboard as a report, or the files that were copied."""
        from explorer.workspace.report_reading import Asked

        data = QApplication.clipboard().mimeData()
        files = (
            [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
        )
        if files:
            self.add_files(files)
        elif data.text().strip():
            self._add((Asked(text=data.text()),))
        else:
            self._window.say(self.tr("There is no text on the clipboard: copy that of a report first"))

    def replace_text(self) -> None:
        """Show the dialog in which the document on show gets another text."""
        from explorer.ui.text_dialog import TextDialog

        case, document = self._here()
        if case is not None and document is not None:
            TextDialog(self._workspace, document, self._window).open()

    def split_sentence(self) -> None:
        """End the sentence of the caret before the word that the caret stands in."""
        from explorer.edit.boundaries import split_at

        self._bound(split_at)

    def join_sentence(self) -> None:
        """Make one sentence of that of the caret and the next."""
        from explorer.edit.boundaries import join_at

        self._bound(join_at)

    def _bound(self, maker: Callable[[CaseFile, str, int], Edit]) -> None:
        """Set a bound at the caret, and leave the caret there; say in words where it cannot be."""
        case, document = self._here()
        if case is None or document is None:
            return
        at = min(self._window.source.text.caret())
        try:
            edit = maker(case, document, at)
        except CaseFileError as error:
            self._window.warn(str(error))
            return
        self._workspace.commit(edit)

    def _add(self, asked: Iterable[Asked]) -> None:
        from explorer.ui.report_dialog import ReportDialog

        case = self._workspace.case
        if case is not None and case.read_only:
            self._window.warn(self._read_only())
            return
        dialog = self._window.findChild(ReportDialog)
        if dialog is None:
            dialog = ReportDialog(self._workspace, self._window)
            dialog.added.connect(self._on_added)
        dialog.show()
        dialog.add(asked)

    def _on_added(self, document_id: object) -> None:
        self._window.show_dock("source", on=True)
        self._window.source.show_document(str(document_id))

    def _here(self) -> tuple[CaseFile | None, str | None]:
        """Return the case and the document on show, where it may be edited; says why not."""
        case, document = self._workspace.case, self._window.source.document_id()
        if case is not None and case.read_only:
            self._window.warn(self._read_only())
            return None, None
        if document is None:
            self._window.say(self.tr("This case has no document yet"))
        return case, document

    def _read_only(self) -> str:
        return self.tr("This case is open for reading only: save a copy and edit that.")
