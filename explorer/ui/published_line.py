"""When the open document appeared and whence that is known, with a button that sets it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from explorer.paint.theme import Theme
from explorer.query.sources import published_words
from explorer.ui.icons import icon
from explorer.ui.palette import theme_of
from explorer.ui.text import plain_label
from explorer.workspace.hub import Workspace


class PublishedLine(QWidget):
    """One line beneath the title of a document. wanted(document id): its date is to be set."""

    wanted = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._document: str | None = None
        self.words = plain_label("", self, "sourceAbout")
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QToolButton(self)
        self.button.setObjectName("flat")
        self.button.setAccessibleName(self.tr("Set the date of this document"))
        self.button.setToolTip(
            self.tr("Set or correct the date of this document; what is dated by it moves with it")
        )
        self.button.clicked.connect(self._want)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.set_theme(theme_of(self))
        self.show_document(None)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of theme."""
        self.button.setIcon(icon("edit", theme))

    def show_document(self, document_id: str | None) -> None:
        """Say when a document appeared; None: nothing is open."""
        case, self._document = self._workspace.case, document_id
        self.setVisible(case is not None and document_id is not None)
        if case is not None and document_id is not None:
            self.words.setText(published_words(case, document_id, text_only=self._workspace.text_only))
            self.button.setVisible(not case.read_only)

    def _want(self) -> None:
        if self._document is not None:
            self.wanted.emit(self._document)
