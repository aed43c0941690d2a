"""Reports side by side: a column each, a row for each thing said, what differs marked by words and weight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from explorer.paint.fonts import font
from explorer.paint.theme import Theme
from explorer.query.card_parts import Quote
from explorer.query.comparing import Aspect, Cell, Comparison, Voice
from explorer.ui.fact_card import ValueLink
from explorer.ui.tab_order import chain
from explorer.ui.text import plain_label
from explorer.words import tr

#: Pixels of the column of labels and of the narrowest column of a source.
LABELS, NARROWEST = 128, 210
_TOP = Qt.AlignmentFlag.AlignTop


class CompareGrid(QScrollArea):
    """Shows one Comparison; quote_clicked(span ids) leads to the words."""

    quote_clicked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Who says what"))
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of theme."""
        colors = {role: theme.color(role) for role in _ROLES}
        self.setStyleSheet(_SHEET.format(**colors, link=theme.text("accent"), denied=theme.text("force")))

    def show_comparison(self, comparison: Comparison) -> None:
        """Show columns and rows."""
        body = QWidget()
        body.setObjectName("compared")
        grid = QGridLayout(body)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, LABELS)
        for column, voice in enumerate(comparison.voices, 1):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, NARROWEST)
            grid.addWidget(_heading(voice), 0, column, _TOP)
        for number, row in enumerate(comparison.rows, 1):
            self._add_row(grid, number, row)
        last = len(comparison.rows) + 1
        words = _label(self.tr("The words"), "compareLabel")
        words.setContentsMargins(0, 8, 0, 0)
        grid.addWidget(words, last, 0, _TOP)
        for column, voice in enumerate(comparison.voices, 1):
            grid.addWidget(self._quotes(voice), last, column, _TOP)
        grid.setRowStretch(last + 1, 1)
        self.setWidget(body)  # which deletes the one before
        chain(self.links())

    def links(self) -> list[ValueLink]:
        """Return the quotes, in reading order."""
        body: QWidget | None = self.widget()
        return body.findChildren(ValueLink) if body is not None else []

    def _add_row(self, grid: QGridLayout, number: int, row: Aspect) -> None:
        label = QWidget()
        column = QVBoxLayout(label)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(2)
        column.addWidget(_label(row.label, "compareLabel"))
        if row.differ:
            column.addWidget(_label(self.tr("they differ"), "compareDiffers"), 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label, number, 0, _TOP)
        for place, cell in enumerate(row.cells, 1):
            grid.addWidget(_cell(row, cell), number, place, _TOP)

    def _quotes(self, voice: Voice) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(6)
        for quote in voice.quotes:
            column.addWidget(self._quote(quote))
        return box

    def _quote(self, quote: Quote) -> ValueLink:
        shown = quote.before + quote.text + quote.after if quote.text else quote.lead or quote.place_words
        words = self.tr("“{quote}”").format(quote=" ".join(shown.split()))
        link = ValueLink(words, (quote.span,), words)
        link.setObjectName("compareQuote")
        link.setFont(font("quote"))
        link.clicked.connect(self.quote_clicked)
        return link


def _heading(voice: Voice) -> QWidget:
    box = QFrame()
    box.setObjectName("compareHead")
    column = QVBoxLayout(box)
    column.setContentsMargins(10, 8, 10, 8)
    column.setSpacing(2)
    title = _label(voice.heading, "compareTitle")
    title.setFont(font("heading"))
    column.addWidget(title)
    column.addWidget(_label(voice.note, "compareNote"))
    if voice.denies:
        column.addWidget(_label(tr("It denies this"), "compareDenies"), 0, Qt.AlignmentFlag.AlignLeft)
    return box


def _cell(row: Aspect, cell: Cell) -> QLabel:
    words = cell.words if cell.own else tr("{value} (as the record)").format(value=cell.words)
    quiet = not cell.stated or not cell.own
    label = _label(words, "compareQuiet" if quiet else "compareApart" if row.differ else "compareValue")
    label.setContentsMargins(10, 6, 0, 6)
    label.setAccessibleName(f"{row.label}: {words}")
    return label


def _label(words: str, name: str) -> QLabel:
    label = plain_label(words, None, name)
    label.setWordWrap(name != "compareDiffers")
    return label


_ROLES = (
    "panel",
    "card",
    "ink",
    "muted",
    "line",
    "grid",
    "selection_line",
    "warn",
    "accent",
    "selection",
    "lane_b",
)
_SHEET = """
QScrollArea, #compared {{ background: {panel}; }}
#compareHead {{ background: {card}; border: 1px solid {selection_line}; border-radius: 6px; }}
QLabel {{ color: {ink}; background: transparent; }}
QLabel#compareNote, QLabel#compareLabel, QLabel#compareQuiet {{ color: {muted}; }}
QLabel#compareQuiet {{ font-style: italic; }}
QLabel#compareApart {{ color: {ink}; font-weight: 700; background: {selection}; border-radius: 4px; }}
QLabel#compareDiffers {{ color: {warn}; border: 1px solid {warn}; border-radius: 8px; padding: 0 7px; }}
QLabel#compareDenies {{ color: {denied}; border: 1px solid {denied}; border-radius: 8px; padding: 0 7px; }}
QLabel#compareQuote {{ border: 1px solid transparent; border-left: 3px solid {line}; padding: 2px 4px 2px 8px; }}
QLabel#compareQuote:hover {{ color: {link}; }}
QLabel#compareQuote:focus {{ color: {link}; border: 1px solid {accent}; border-left: 3px solid {accent}; }}
"""
