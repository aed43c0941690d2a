"""A corrected text for a document: its quotes are found again, and what is not plainly the same is asked first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QTextOption
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.reanchoring import Anchored
from explorer.edit.texts import preview, replace_text
from explorer.formats.article import SUFFIXES, Article, plain_lines
from explorer.frozen import frozen
from explorer.ui.problems_dialog import said
from explorer.ui.reading import ReadingText
from explorer.ui.text import plain_label
from explorer.ui.text_quotes import QuotesPage
from explorer.words import isolated
from explorer.workspace.hub import Workspace
from explorer.workspace.jobs import Jobs, Landed, Ticket
from explorer.workspace.report_reading import Asked, ReportReading

SIZE = (1100, 720)
#: Milliseconds after the last letter before the quotes are looked for.
QUIET = 500
KEY = "preview"


class TextDialog(QDialog):
    """The new text at the left, typed, pasted or from a file; at the right what becomes of the quotes."""

    def __init__(self, workspace: Workspace, document_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workspace, self._document_id = workspace, document_id
        case = workspace.case
        assert case is not None
        self._source = case.source(document_id)
        self.setWindowTitle(
            self.tr("Replace the text of ‘{title}’").format(title=isolated(self._source.title))
        )
        self._compared: str | None = None
        self._anchored: tuple[Anchored, ...] = ()
        self.reading = ReportReading(self)
        self._jobs = Jobs(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self.edit = QPlainTextEdit(self)
        self.quotes = QuotesPage(self)
        self._lay_out()
        self._listen()
        self.set_text(self._source.text)
        self.resize(*SIZE)
        self.edit.setFocus()

    def set_text(self, text: str) -> None:
        """Take a text as the new one."""
        modes = QTextOption.WrapMode
        anywhere = ReadingText(text).wraps_anywhere
        self.edit.setWordWrapMode(modes.WrapAnywhere if anywhere else modes.WrapAtWordBoundaryOrAnywhere)
        self.edit.setPlainText(text)
        self.edit.document().setModified(False)
        self._given = text
        self.compare()

    def text(self) -> str:
        """Return the new text: as it was given, or as it was typed over."""
        if not self.edit.document().isModified():
            return self._given
        raw = self.edit.document().toRawText()  # toPlainText makes blanks of no-break spaces
        return plain_lines(_whole(raw.replace("\u2029", "\n").replace("\u2028", "\n")))

    def compare(self) -> None:
        """Look for the quotes in the new text, away from the window's thread."""
        self._timer.stop()
        case, text = self._workspace.case, self.text()
        self._compared = None
        self.replace_button.setEnabled(False)
        if case is None or not text.strip():
            self.quotes.say(self.tr("The new text is empty."))
        elif text == self._source.text:
            self._jobs.cancel(KEY)
            self.quotes.say(
                self.tr("This is the text as it is. Correct it here, paste another, or take it from a file.")
            )
        else:
            self.quotes.say(self.tr("Looking for the quotes…"))
            self._jobs.start(KEY, _Comparing(case, self._document_id, text))

    def replace(self) -> None:
        """Give the document its new text: one step of the history."""
        case, text = self._workspace.case, self.text()
        if case is None or self._compared != text:
            return
        try:
            edit = replace_text(case, self._document_id, text, self._anchored, self.quotes.accepted())
        except CaseFileError as error:
            self._tell(str(error))
            return
        if self._workspace.commit(edit) is not None:
            self.accept()

    def choose_file(self) -> None:
        """Ask for the file of the corrected report, and read it."""
        kinds = self.tr("Reports ({kinds});;All files (*)").format(
            kinds=" ".join(f"*{one}" for one in SUFFIXES)
        )
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("The corrected report"), str(Path.home()), kinds
        )
        if chosen:
            self.reading.start(Asked(Path(chosen)))

    def done(self, result: int) -> None:
        """Close; what is under way is given up."""
        self._end()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give up what is under way."""
        self._end()
        super().closeEvent(event)

    def _end(self) -> None:
        self._timer.stop()
        self.reading.close()
        self._jobs.close()

    def _on_typed(self) -> None:
        self._compared = None
        self.replace_button.setEnabled(False)
        self._timer.start()

    def _on_landed(self, message: object) -> None:
        if not isinstance(message, Landed):
            return
        if message.error is not None:
            self.quotes.say(said(message.error) if isinstance(message.error, Exception) else "")
            return
        self._compared, self._anchored, quotes = message.value
        self.quotes.show_quotes(self._anchored, quotes)
        self.replace_button.setEnabled(True)

    def _on_read(self, article: Article) -> None:
        self._tell("\n".join(article.notes))
        self.set_text(article.text)

    def _on_failed(self, error: Exception) -> None:
        self._tell("\n".join(str(problem) for problem in getattr(error, "problems", ())) or said(error))

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _listen(self) -> None:
        self.edit.textChanged.connect(self._on_typed)
        self._timer.timeout.connect(self.compare)
        self._jobs.landed.connect(self._on_landed)
        self.reading.read.connect(self._on_read)
        self.reading.failed.connect(self._on_failed)
        self.file_button.clicked.connect(self.choose_file)
        self.replace_button.clicked.connect(self.replace)
        self.cancel_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(self.tr("The new text"))
        left = QWidget(self)
        self.file_button = QPushButton(self.tr("From a &file…"), left)
        self.file_button.setAutoDefault(False)
        head = QHBoxLayout()
        head.addWidget(plain_label(self.tr("The new text"), left, "heading"), 1)
        head.addWidget(self.file_button)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.edit, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.quotes)
        split.setSizes([500, 560])
        self.problem = plain_label("", self, "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.replace_button = QPushButton(self.tr("&Replace the text"), self)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        foot = QHBoxLayout()
        foot.addWidget(
            plain_label(self.tr("Undo brings the old text back, quotes and all."), self, "muted"), 1
        )
        for button in (self.replace_button, self.cancel_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 16, 18, 14)
        outer.setSpacing(10)
        outer.addWidget(split, 1)
        outer.addWidget(self.problem)
        outer.addLayout(foot)


@frozen
class _Comparing:
    """Looks for the quotes of a document in a new text; brings the text, where they stand, and the quotes by span."""

    case: CaseFile
    document_id: str
    text: str

    def __call__(self, ticket: Ticket) -> tuple[str, tuple[Anchored, ...], dict[str, str]]:
        from explorer.edit.texts import spans_of

        del ticket
        anchored = preview(self.case, self.document_id, self.text)
        quotes = {span.id: span.quote or "" for span in spans_of(self.case, self.document_id)}
        return self.text, anchored, quotes


def _whole(text: str) -> str:
    """Return text without halves of characters, which a clipboard may hold and no file can."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
