"""Adding reports: each is read, shown as it will be kept, and becomes a document once the user has confirmed it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.casefile.errors import CaseFileError
from explorer.edit.adding import Confirmed, add_document, same_text
from explorer.formats.article import Article
from explorer.model.problems import Problem
from explorer.ui.problems_dialog import said
from explorer.ui.report_fields import ReportFields
from explorer.ui.report_preview import ReportPreview
from explorer.ui.text import plain_label
from explorer.words import isolated, tr
from explorer.workspace.hub import Workspace
from explorer.workspace.report_reading import PLAIN, Asked, ReportReading

SIZE = (1060, 720)


class ReportDialog(QDialog):
    """Takes reports one after another. added(document id): it is in the case, on disk."""

    added = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Add report"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._workspace = workspace
        self._waiting: deque[Asked] = deque()
        self._asked: Asked | None = None
        self._article: Article | None = None
        self.reading = ReportReading(self)
        self.pages = QStackedWidget(self)
        self.wait_page, self.form_page, self.trouble_page = (
            self._waiting_page(),
            self._form(),
            self._trouble(),
        )
        for page in (self.wait_page, self.form_page, self.trouble_page):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(self.pages, 1)
        column.addLayout(self._buttons())
        self.resize(*SIZE)
        self.reading.read.connect(self._on_read)
        self.reading.failed.connect(self._on_failed)
        self.fields.changed.connect(self._check)
        self.fields.language_changed.connect(self._split_again)
        self.fields.encoding_chosen.connect(self._read_again)

    def add(self, asked: Iterable[Asked]) -> None:
        """Take more reports; the first is read at once unless another is on show."""
        self._waiting.extend(asked)
        if self._asked is None:
            self.next()
        self._count()

    def next(self) -> None:
        """Go on with the next report; after the last one the dialog closes."""
        self._article = None
        self._asked = self._waiting.popleft() if self._waiting else None
        if self._asked is None:
            self.accept()
            return
        self._start(self._asked)

    def add_report(self) -> None:
        """Make the report on show a document of the case, and go on with the next."""
        if self.pages.currentWidget() is not self.form_page or not self.add_button.isEnabled():
            return
        confirmed = self.fields.confirmed()
        if confirmed is None or not self._has_case():
            return
        document = self._commit(confirmed)
        if document is not None:
            self.added.emit(document)
            self.next()

    def done(self, result: int) -> None:
        """Close; what is being read is given up."""
        self.reading.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give up what is being read."""
        self.reading.close()
        super().closeEvent(event)

    def _has_case(self) -> bool:
        """Open a new case where none is open; say why where that cannot be."""
        if self._workspace.case is not None:
            return True
        try:
            self._workspace.recovery.new_case(" ".join(self.fields.case_title.text().split()))
        except CaseFileError as error:
            self._tell(str(error))
        return self._workspace.case is not None

    def _commit(self, confirmed: Confirmed) -> str | None:
        case = self._workspace.case
        assert case is not None
        try:
            edit = add_document(case, confirmed)
        except CaseFileError as error:
            self._tell(str(error))
            return None
        step = self._workspace.commit(edit)
        if step is None:
            return None
        return next(each for each in step.touched if each.startswith("doc-"))

    def _start(self, asked: Asked) -> None:
        self._count()
        self.wait_words.setText(self.tr("Reading {name}").format(name=isolated(asked.name)))
        self._show(self.wait_page)
        self.reading.start(asked)

    def _read_again(self, encoding: object) -> None:
        if self._asked is not None and isinstance(encoding, str):
            self._asked = Asked(self._asked.path, encoding)
            self._start(self._asked)

    def _on_read(self, article: Article) -> None:
        assert self._asked is not None
        self._article = article
        path = self._asked.path
        text_file = path is not None and (path.suffix.lower() in PLAIN or article.encoding is not None)
        self.fields.show_article(article, text_file=text_file)
        proposal = article.title.value if article.title is not None else ""
        self.fields.ask_for_case(" ".join(proposal.split()) if self._workspace.case is None else None)
        self.name.setText(isolated(article.name))
        self.notes.setText("\n".join(f"• {note}" for note in article.notes))
        self.notes.setVisible(bool(article.notes))
        self.preview.show_text(article.text, self.fields.language_code())
        self._tell_twin(article)
        self._show(self.form_page)
        self.fields.title.setFocus()
        self._check()

    def _on_failed(self, error: Exception) -> None:
        problems = [_in_words(problem) for problem in getattr(error, "problems", ())]
        name = self._asked.name if self._asked is not None else ""
        self.trouble_head.setText(self.tr("{name} was not added").format(name=isolated(name)))
        self.trouble_words.setText("\n\n".join(problems) or said(error))
        self._show(self.trouble_page)

    def _tell_twin(self, article: Article) -> None:
        """Say so where the case has this text already."""
        case = self._workspace.case
        twin = same_text(case, article.text) if case is not None else None
        self.twin.setVisible(twin is not None)
        if case is not None and twin is not None:
            words = self.tr(
                "This very text is in the case already: ‘{title}’. Added again, it counts as another source."
            )
            self.twin.setText(words.format(title=isolated(case.source(twin).title)))

    def _split_again(self) -> None:
        if self._article is not None:
            self.preview.show_sentences(self._article.text, self.fields.language_code())

    def _check(self) -> None:
        self._tell(self.fields.lack())
        self.add_button.setEnabled(not self.fields.lack())

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _count(self) -> None:
        left = len(self._waiting)
        self.left.setText(self.tr("{n} more to follow").format(n=left) if left else "")
        self.skip_button.setVisible(bool(left))

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.add_button.setVisible(page is self.form_page)
        self.cancel_button.setText(self.tr("Close") if page is self.trouble_page else self.tr("Cancel"))
        if page is self.trouble_page:
            (self.skip_button if self._waiting else self.cancel_button).setFocus()

    def _waiting_page(self) -> QWidget:
        page = QWidget(self)
        self.wait_words = plain_label("", page, "heading")
        bar = QProgressBar(page)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("Reading"))
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self.wait_words)
        column.addWidget(bar)
        column.addStretch(2)
        return page

    def _trouble(self) -> QWidget:
        page = QWidget(self)
        self.trouble_head = plain_label("", page, "heading")
        self.trouble_words = plain_label("", page)
        self.trouble_words.setWordWrap(True)
        self.trouble_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self.trouble_head)
        column.addSpacing(6)
        column.addWidget(self.trouble_words)
        column.addStretch(2)
        return page

    def _form(self) -> QWidget:
        page = QSplitter(Qt.Orientation.Horizontal, self)
        page.setChildrenCollapsible(False)
        self.preview = ReportPreview(page)
        self.fields = ReportFields(page)
        side = QWidget(page)
        self.name = plain_label("", side, "heading")
        self.notes, self.twin = plain_label("", side, "muted"), plain_label("", side, "problem")
        self.problem = plain_label("", side, "problem")
        hint = plain_label(
            self.tr("What a file says of itself is only proposed: change what is wrong, then add it."),
            side,
            "muted",
        )
        for label in (self.name, hint, self.notes, self.twin, self.problem):
            label.setWordWrap(True)
        column = QVBoxLayout(side)
        column.setContentsMargins(14, 0, 8, 0)
        column.setSpacing(8)
        for widget in (self.name, hint, self.twin, self.notes, self.fields, self.problem):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(side)
        page.addWidget(self.preview)
        page.addWidget(scroll)
        page.setSizes([580, 440])
        return page

    def _buttons(self) -> QHBoxLayout:
        self.left = plain_label("", self, "muted")
        self.skip_button = QPushButton(self.tr("&Skip this one"), self)
        self.add_button = QPushButton(self.tr("&Add to the case"), self)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        row = QHBoxLayout()
        row.addWidget(self.left)
        row.addStretch(1)
        for button in (self.skip_button, self.add_button, self.cancel_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.add_button.setDefault(True)
        self.skip_button.clicked.connect(self.next)
        self.add_button.clicked.connect(self.add_report)
        self.cancel_button.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.add_report)
        return row


def _in_words(problem: Problem) -> str:
    """Return what is wrong with a report: what was found, what was expected, how to mend it, a line each."""
    lines = [
        tr("Found: {what}.").format(what=problem.found),
        tr("Expected: {what}.").format(what=problem.expected),
    ]
    if problem.mend:
        lines.append(tr("What you can do: {what}.").format(what=problem.mend))
    return "\n".join(lines)
