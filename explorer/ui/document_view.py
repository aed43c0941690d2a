"""The source text: plain characters in a reading measure, evidence highlighted, a bar for each sentence with facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from explorer.frozen import frozen
from explorer.paint.fonts import font
from explorer.paint.theme import Theme
from explorer.ui.document_page import DocumentPages
from explorer.ui.reading import ReadingText

MARGIN = 18
BAR = 3.0
GAP = 16  # from the bar to the words
LINE_HEIGHT = 118.0
MEASURE = 660  # px: about 75 characters a line; wider panes keep the measure and gain margin


@frozen
class Highlight:
    """Code points [start, end) in a colour role; bold ones are the characters of the value pointed at."""

    start: int
    end: int
    role: str
    bold: bool = False


class DocumentView(QTextEdit):
    """Shows one page of a document. Offsets outside this class and ReadingText are code points."""

    sentence_clicked = Signal(object)  # the sentence's number
    sentence_entered = Signal(object)  # the number under the pointer, or None

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: DocumentPages | None = None
        self._page = 0
        self._reading = ReadingText("")
        self._hues: Mapping[int, str] = {}
        self._highlights: tuple[Highlight, ...] = ()
        self._entered: int | None = None
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Source text"))
        self.nothing = self.tr(
            "No report yet. Document ▸ Add report…, drop its file on the window, or paste its text (Ctrl+Shift+V)."
        )
        self.setAccessibleDescription(self.tr("Enter on a sentence selects its facts"))
        self.viewport().setMouseTracking(True)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of theme."""
        self._theme = theme
        sheet = (
            "QTextEdit {{ background: {paper}; color: {ink}; border: none; selection-background-color: {accent};"
            " selection-color: {paper}; }}"
        )
        colors = {"paper": theme.color("panel"), "ink": theme.color("ink"), "accent": theme.color("accent")}
        self.setStyleSheet(sheet.format(**colors))
        self._apply_highlights()

    def show_page(self, pages: DocumentPages, page: int, hues: Mapping[int, str]) -> None:
        """Show a page; hues are the colour roles of the margin bars by sentence number."""
        self._pages, self._page, self._hues = pages, page, hues
        self._reading = pages.reading(page)
        mode = QTextOption.WrapMode
        wrap = mode.WrapAnywhere if self._reading.wraps_anywhere else mode.WrapAtWordBoundaryOrAnywhere
        self.setWordWrapMode(wrap)
        self.document().setDefaultFont(font("body"))
        self.setCurrentCharFormat(QTextCharFormat())  # a bold title before would make all of this bold
        self.setPlainText(self._reading.shown)
        self._set_measure()
        self._dress_blocks()
        self._highlights = ()
        self._entered = None
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def clear_page(self) -> None:
        """Show nothing."""
        self._pages, self._highlights, self._hues = None, (), {}
        self._reading = ReadingText("")
        self.setPlainText("")

    def set_highlights(self, highlights: Sequence[Highlight], *, scroll_to: int | None = None) -> None:
        """Mark these stretches, later ones over earlier ones, and bring a code-point offset into view."""
        self._highlights = tuple(h for h in highlights if self._reading.holds(h.start, h.end))
        self._apply_highlights()
        if scroll_to is not None and self._reading.holds(scroll_to, scroll_to + 1):
            self.scroll_to(scroll_to)

    def highlighted(self, role: str) -> list[str]:
        """Return the characters that stand marked on screen in a role, in order: what tests compare with quotes."""
        return [
            s.cursor.selectedText().replace("\u2029", "\n")
            for s, h in zip(self.extraSelections(), self._highlights, strict=True)
            if h.role == role
        ]

    def scroll_to(self, offset: int) -> None:
        """Bring the line of a code-point offset into the upper third, unless it is in good view already."""
        cursor = self._cursor(offset, offset)
        rect = self.cursorRect(cursor)
        height = self.viewport().height()
        if rect.top() < 8 or rect.bottom() > height * 0.8:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + rect.top() - height // 4)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._reading.to_qt(start))
        cursor.setPosition(self._reading.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _apply_highlights(self) -> None:
        selections = []
        for highlight in self._highlights:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._cursor(highlight.start, highlight.end)
            look = QTextCharFormat()
            look.setBackground(QColor(self._theme.color(highlight.role)))
            if highlight.bold:
                look.setFontUnderline(True)
                look.setUnderlineColor(QColor(self._theme.color("selection_line")))
            selection.format = look
            selections.append(selection)
        self.setExtraSelections(selections)
        self.viewport().update()

    def _dress_blocks(self) -> None:
        """Give every paragraph its line height, and the title's sentence its weight."""
        frame_look = self.document().rootFrame().frameFormat()
        frame_look.setMargin(0)
        frame_look.setLeftMargin(GAP)
        frame_look.setRightMargin(2)
        self.document().rootFrame().setFrameFormat(frame_look)
        block_look = QTextBlockFormat()
        block_look.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block_look.setBottomMargin(12)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(block_look)
        title = self._title_end()
        if title:
            look = QTextCharFormat()
            look.setFontWeight(QFont.Weight.Bold)
            self._cursor(0, title).mergeCharFormat(look)

    def _title_end(self) -> int:
        """Return where the text's own title ends on this page, 0 where it does not begin with it."""
        if self._pages is None or self._page or not self._pages.sentences:
            return 0
        document, first = self._pages.document, self._pages.sentences[0]
        same = document.text[first.start : first.end].strip() == document.title.strip()
        return first.end if same else 0

    def _set_measure(self) -> None:
        spare = max(0, self.width() - MEASURE - 2 * MARGIN)
        self.setViewportMargins(MARGIN + min(spare // 2, 60), 6, MARGIN, 6)

    def resizeEvent(self, event: object) -> None:
        """Keep the reading measure."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._set_measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then the margin bars of the sentences in view."""
        super().paintEvent(event)
        if self._pages is None:
            self._say_nothing()
            return
        with QPainter(self.viewport()) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            for number in self._visible_sentences():
                self._paint_bar(painter, number)

    def _say_nothing(self) -> None:
        """Say how a report comes in, where there is none."""
        with QPainter(self.viewport()) as painter:
            painter.setPen(QColor(self._theme.color("muted")))
            flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignTop.value
            painter.drawText(self.viewport().rect().adjusted(GAP, GAP, -GAP, 0), flags, self.nothing)

    def _visible_sentences(self) -> range:
        if self._pages is None:
            return range(0)
        stretch = self._pages.pages[self._page]
        top = self._reading.from_qt(self.cursorForPosition(self.viewport().rect().topLeft()).position())
        end = self._reading.from_qt(self.cursorForPosition(self.viewport().rect().bottomRight()).position())
        first = self._pages.sentence_at(top)
        last = self._pages.sentence_at(end)
        low = stretch.first if first is None else max(first - 1, stretch.first)
        high = stretch.last if last is None else min(last + 2, stretch.last)
        return range(low, high)

    def _paint_bar(self, painter: QPainter, number: int) -> None:
        """Paint a sentence's bar: from the line it begins in to the line it ends in, shared lines halved."""
        assert self._pages is not None
        sentence = self._pages.sentences[number]
        top = self._edge(sentence.start, opening=True)
        bottom = self._edge(max(sentence.start, sentence.end - 1), opening=False)
        role = self._hues.get(number)
        color = QColor(self._theme.stroke(role) if role else self._theme.color("line"))
        width = BAR if role else 1.0
        painter.fillRect(QRectF(-0.5, top + 1, width, max(2.0, bottom - top - 2)), color)

    def _edge(self, offset: int, *, opening: bool) -> float:
        """Return the y of a sentence's first or last line; half-way down where another sentence shares it."""
        position = self._reading.to_qt(offset)
        block = self.document().findBlock(position)
        line = block.layout().lineForTextPosition(position - block.position())
        if not line.isValid():
            return float(self.cursorRect(self._cursor(offset, offset)).top())
        top = self._block_top(block) + line.y()
        shared = self._shares(block, line, position, opening=opening)
        if opening:
            return top + (line.height() / 2 if shared else 0)
        return top + (line.height() / 2 if shared else line.height())

    def _shares(self, block: QTextBlock, line: QTextLine, position: int, *, opening: bool) -> bool:
        inside = position - block.position()
        text = block.text()
        if opening:
            return bool(text[line.textStart() : inside].strip())
        return bool(text[inside + 1 : line.textStart() + line.textLength()].strip())

    def _block_top(self, block: QTextBlock) -> float:
        return block.layout().position().y() - self.verticalScrollBar().value()

    def _sentence_under(self, point: QPointF) -> int | None:
        if self._pages is None:
            return None
        position = (
            self.document()
            .documentLayout()
            .hitTest(point + QPointF(0, self.verticalScrollBar().value()), Qt.HitTestAccuracy.FuzzyHit)
        )
        return self._pages.sentence_at(self._reading.from_qt(position)) if position >= 0 else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A right click beside the selected words puts the caret there: the menu is about that place."""
        if event.button() == Qt.MouseButton.RightButton:
            there, chosen = self.cursorForPosition(event.position().toPoint()), self.textCursor()
            if (
                not chosen.selectionStart() <= there.position() <= chosen.selectionEnd()
                or not chosen.hasSelection()
            ):
                self.setTextCursor(there)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click (not a drag that selects words) selects the sentence's facts."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._emit_sentence(self._sentence_under(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which sentence lies under the pointer."""
        super().mouseMoveEvent(event)
        number = self._sentence_under(event.position())
        if number != self._entered:
            self._entered = number
            self.sentence_entered.emit(number)

    def leaveEvent(self, event: object) -> None:
        """No sentence lies under the pointer any more."""
        super().leaveEvent(event)  # type: ignore[arg-type]
        if self._entered is not None:
            self._entered = None
            self.sentence_entered.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter selects the facts of the sentence at the caret."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            offset = self._reading.from_qt(self.textCursor().position())
            self._emit_sentence(self._pages.sentence_at(offset) if self._pages else None)
            return
        super().keyPressEvent(event)

    def _emit_sentence(self, number: int | None) -> None:
        if number is not None:
            self.sentence_clicked.emit(number)
