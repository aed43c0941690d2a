"""The text of a report as it will be kept: only to be read, every other sentence on a faint ground."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from explorer.formats.sentences import sentences_of
from explorer.paint.fonts import font
from explorer.ui.document_page import PAGE_CHARACTERS
from explorer.ui.document_view import LINE_HEIGHT
from explorer.ui.palette import theme_of
from explorer.ui.reading import ReadingText
from explorer.ui.text import plain_label
from explorer.words import tr

#: Share of the accent in the ground of every other sentence.
FAINT = 0.10


class ReportPreview(QWidget):
    """Shows a text, or its beginning where it is long, and says how much of it there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.size_words = plain_label("", self, "muted")
        self.text = QTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAcceptRichText(False)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("The text as it will be kept"))
        flags = Qt.TextInteractionFlag
        self.text.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(plain_label(self.tr("The text as it will be kept"), self, "heading"))
        column.addWidget(self.text, 1)
        column.addWidget(self.size_words)

    def show_text(self, text: str, language: str | None) -> None:
        """Show a text with the sentences that a language gives it."""
        stretch = ReadingText(text, 0, PAGE_CHARACTERS)
        modes = QTextOption.WrapMode
        wrap = modes.WrapAnywhere if stretch.wraps_anywhere else modes.WrapAtWordBoundaryOrAnywhere
        self.text.setWordWrapMode(wrap)
        self.text.document().setDefaultFont(font("body"))
        self.text.document().setDocumentMargin(12)
        self.text.setPlainText(stretch.shown)
        look = QTextBlockFormat()
        look.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        look.setBottomMargin(8)
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(look)
        self.show_sentences(text, language)

    def show_sentences(self, text: str, language: str | None) -> None:
        """Mark where the sentences of the shown text begin and end, and say how much there is."""
        stretch = ReadingText(text, 0, PAGE_CHARACTERS)
        sentences = sentences_of(text[: stretch.end], language)
        look = QTextCharFormat()
        ground = QColor(theme_of(self).color("accent"))
        ground.setAlphaF(FAINT)
        look.setBackground(ground)
        marks = []
        for sentence in sentences[::2]:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.text.document())
            mark.cursor.setPosition(stretch.to_qt(sentence.start))
            mark.cursor.setPosition(stretch.to_qt(sentence.end), QTextCursor.MoveMode.KeepAnchor)
            mark.format = look
            marks.append(mark)
        self.text.setExtraSelections(marks)
        self.size_words.setText(_size_words(text, len(sentences), whole=stretch.end == len(text)))


def _size_words(text: str, sentences: int, *, whole: bool) -> str:
    if not whole:
        return tr("{n} characters; the first {shown} are shown").format(
            n=f"{len(text):,}", shown=f"{PAGE_CHARACTERS:,}"
        )
    said = tr("{n} characters · {count} sentences, every other one on a faint ground")
    return said.format(n=f"{len(text):,}", count=f"{sentences:,}")
