"""The import dialog: files and where to, what the columns of a table say, progress, and a report of every row.

It is no modal dialog: the open case stays in use. Closed while an import runs it only hides; the status bar leads back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from explorer.formats.mapping import Mapping
from explorer.formats.refused import RefusedError
from explorer.intake.drafting import Drafting
from explorer.intake.recognising import TABLE
from explorer.ui.import_files import FilesPage
from explorer.ui.import_mapping import MappingPage
from explorer.ui.import_run import ReportPage, RunPage
from explorer.ui.problems_dialog import ProblemsDialog
from explorer.ui.settings import Settings
from explorer.workspace.hub import Workspace
from explorer.workspace.importing import Imported, ImportRequest

SIZE = (1060, 720)


class ImportDialog(QDialog):
    """Leads from files to a report; the import itself belongs to the workspace."""

    def __init__(self, workspace: Workspace, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.setModal(False)
        self._importing = workspace.importing
        self._settings = settings
        self._drafts: dict[Path, Drafting] = {}
        self._at: Path | None = None
        self.files = FilesPage(into_of(workspace), settings.text("import/folder") or str(Path.home()), self)
        self.mapping = MappingPage(self)
        self.run = RunPage(self)
        self.report = ReportPage(self)
        self.pages = QStackedWidget(self)
        for page in (self.files, self.mapping, self.run, self.report):
            self.pages.addWidget(page)
        self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(self.pages, 1)
        column.addLayout(self.buttons)
        self.resize(*SIZE)
        self._listen()
        self._show(self.files)

    def add(self, paths: Iterable[Path]) -> None:
        """Add files to import."""
        self.files.add(paths)

    def next(self) -> None:
        """Go to the mapping of the next table that needs one, else begin to import."""
        if not self.next_button.isEnabled():
            return
        waiting = self._tables()
        after = waiting if self._at is None else waiting[waiting.index(self._at) + 1 :]
        if after:
            self._show_mapping(after[0])
        else:
            self._start()

    def back(self) -> None:
        """Return to the page before."""
        waiting = self._tables()
        before = waiting.index(self._at) if self._at in waiting else 0
        if before:
            self._show_mapping(waiting[before - 1])
        else:
            self._show(self.files)

    def reject(self) -> None:
        """Close, or only hide while an import runs."""
        if self._importing.running:
            self.hide()
        else:
            super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files while they are being chosen."""
        if self.pages.currentWidget() is self.files and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the dropped files."""
        self.add(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        event.acceptProposedAction()

    def _tables(self) -> list[Path]:
        return [one.path for one in self.files.wanted() if one.form == TABLE]

    def _show(self, page: QWidget) -> None:
        if page is self.files:
            self._at = None
        self.pages.setCurrentWidget(page)
        self._refresh()

    def _show_mapping(self, path: Path) -> None:
        try:
            draft = self._drafts.get(path) or self._new_draft(path)
        except RefusedError as error:
            ProblemsDialog(error, self, importing=True).open()
            return
        self._drafts[path] = draft
        self._at = path
        self._show(self.mapping)
        self.mapping.show_draft(draft)

    def _new_draft(self, path: Path) -> Drafting:
        """Return a draft for a file; one of the same columns as a file before is mapped as that."""
        draft = Drafting.of(path)
        for known in self._mappings().values():
            if draft.fits(known):
                draft.take(known)
                break
        return draft

    def _mappings(self) -> dict[Path, Mapping]:
        drafted = {path: draft.mapping() for path, draft in self._drafts.items()}
        return {path: mapping for path, mapping in drafted.items() if mapping is not None}

    def _start(self) -> None:
        mappings = self._mappings()
        sources = tuple(replace(one, mapping=mappings.get(one.path)) for one in self.files.wanted())
        self._settings.set_text("import/folder", str(sources[0].path.parent))
        update = self.files.update_box.isChecked() and self.files.update_box.isEnabled()
        self.run.begin()
        self._importing.start(ImportRequest(sources, self.files.target(), update))

    def _cancel(self) -> None:
        self.run.show_stopping()
        self.cancel_button.setEnabled(False)
        self._importing.cancel()

    def _on_started(self, request: ImportRequest) -> None:
        del request
        self.cancel_button.setEnabled(True)
        self._show(self.run)

    def _on_done(self, imported: Imported) -> None:
        self.report.show_report(imported.report)
        self._show(self.report)
        self.show()
        self.close_button.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self._show(self.files)
        self.show()
        ProblemsDialog(error, self, importing=True).open()

    def _on_given_up(self) -> None:
        self._show(self.files)
        self.files.note.setText(self.tr("The import was given up. Nothing was changed."))

    def _make_buttons(self) -> None:
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.back_button = QPushButton(self.tr("&Back"), self)
        self.next_button = QPushButton(self.tr("&Next"), self)
        self.cancel_button = QPushButton(self.tr("Cancel the &import"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        for button in (self.back_button, self.next_button, self.cancel_button, self.close_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.next_button.setDefault(True)

    def _listen(self) -> None:
        self.back_button.clicked.connect(self.back)
        self.next_button.clicked.connect(self.next)
        self.cancel_button.clicked.connect(self._cancel)
        self.close_button.clicked.connect(self.reject)
        self.files.changed.connect(self._refresh)
        self.mapping.changed.connect(self._refresh)
        self._importing.started.connect(self._on_started)
        self._importing.advanced.connect(self.run.show_advance)
        self._importing.done.connect(self._on_done)
        self._importing.failed.connect(self._on_failed)
        self._importing.given_up.connect(self._on_given_up)

    def _refresh(self) -> None:
        """Offer the steps that can be taken from the page on show."""
        page = self.pages.currentWidget()
        choosing = page in (self.files, self.mapping)
        waiting = self._tables()
        last = not waiting if self._at is None else self._at == waiting[-1:][0] if waiting else True
        self.back_button.setVisible(page is self.mapping)
        self.next_button.setVisible(choosing)
        self.next_button.setText(self.tr("&Import") if last else self.tr("&Next"))
        whole = not self.files.lack() if page is self.files else self.mapping.mapping() is not None
        self.next_button.setEnabled(whole)
        self.cancel_button.setVisible(page is self.run)
        self.close_button.setText(
            self.tr("Hide") if page is self.run else self.tr("Cancel") if choosing else self.tr("Close")
        )


def into_of(workspace: Workspace) -> tuple[Path, str] | None:
    """Return path and title of the open case, None where there is none that may be written."""
    case = workspace.case
    if case is None or case.read_only or workspace.opening.source == "sample":
        return None
    return case.path, case.title
