"""The fact card: each value of the record in focus, what it rests on, and its sentence quoted in the card.

Every value is a link to its characters; "not stated" is printed, never a blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.paint.fonts import font
from explorer.paint.theme import Theme
from explorer.ui.tab_order import chain
from explorer.ui.text import elided, plain_tip

if TYPE_CHECKING:
    from explorer.query.card import Card, CardRow, Quote


#: Ids of what has a time of its own.
DATED = ("evt-", "rel-", "doc-")


class ValueLink(QLabel):
    """A value as plain text that leads to its characters, by mouse or by Enter."""

    clicked = Signal(object)  # the span ids it was read from

    def __init__(self, text: str, spans: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spans = tuple(spans)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(True)
        self.setAccessibleName(name)
        if self.spans:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(self.tr("Show the words this was read from"))
            self.setProperty("link", True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lead to the characters."""
        if self.spans and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.spans)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead to the characters."""
        if self.spans and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit(self.spans)
            return
        super().keyPressEvent(event)


class FactCard(QFrame):
    """Shows one Card; says which of several selected records it is and leads to the next."""

    value_clicked = Signal(object)  # span ids
    stepped = Signal(object)  # -1 or 1: to the record before or after
    led = Signal(object)  # (what, id of the record): where a row without characters leads
    value_menu = Signal(object)  # (id of the record, path of the value, place on the screen)
    date_wanted = Signal(object)  # the id of the record whose date is to be set

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("factCard")
        self.setAccessibleName(self.tr("Facts of the selection"))
        self.editable = False
        self._record = ""
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._steps = self._make_steps()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 4, 8)
        layout.setSpacing(2)
        layout.addWidget(self._steps)
        layout.addWidget(self._area)
        self.set_theme(theme)
        self.show_hint(self.tr("Select an event, an actor or a sentence to see its facts."))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of theme."""
        self._theme = theme
        self.setStyleSheet(
            _SHEET.format(**{role: theme.color(role) for role in _ROLES}, link=theme.text("accent"))
        )

    def show_card(self, card: Card, position: int, count: int) -> None:
        """Show the facts of one record, the position-th (from 0) of count selected ones."""
        self._record = card.record_id
        self._place.setText(self.tr("{n} of {count} selected").format(n=position + 1, count=count))
        self._steps.setVisible(count > 1)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(_text(card.title, "cardTitle", font("heading")))
        if card.title_note:
            layout.addWidget(_text(card.title_note, "cardNote"))
        layout.addLayout(self._rows(card.rows))
        for quote in card.quotes:
            layout.addWidget(self._quote(quote))
        if card.footer:
            layout.addWidget(_text(card.footer, "cardFoot"))
        layout.addStretch(1)
        self._show(body)

    def show_hint(self, words: str) -> None:
        """Say what the card is for, while nothing is selected."""
        self._steps.setVisible(False)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 4, 8, 4)
        layout.addWidget(_text(words, "cardFoot"))
        layout.addStretch(1)
        self._show(body)

    def _show(self, body: QWidget) -> None:
        self._body = body
        self._area.setWidget(body)  # which deletes the one before
        chain([self._last_step, *self.links()])

    def links(self) -> list[ValueLink]:
        """Return every value that leads to characters, in reading order."""
        return [link for link in self._body.findChildren(ValueLink) if link.spans]

    def ideal_height(self) -> int:
        """Return the height at which nothing has to be scrolled."""
        body = self._body
        width = max(200, self._area.viewport().width())
        wanted = body.heightForWidth(width) if body.hasHeightForWidth() else body.sizeHint().height()
        return wanted + (28 if self._steps.isVisibleTo(self) else 0) + 24

    def _make_steps(self) -> QWidget:
        bar = QWidget(self)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(0, 0, 8, 0)
        self._place = _text("", "cardFoot")
        layout.addWidget(self._place, 1)
        for step, arrow, name in (
            (-1, Qt.ArrowType.LeftArrow, self.tr("Previous selected record")),
            (1, Qt.ArrowType.RightArrow, self.tr("Next selected record")),
        ):
            button = QToolButton(bar)
            button.setArrowType(arrow)
            button.setAutoRaise(True)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setProperty("step", step)
            button.clicked.connect(self._step)
            layout.addWidget(button)
            self._last_step = button
        return bar

    def _step(self) -> None:
        self.stepped.emit(self.sender().property("step"))

    def _rows(self, rows: Sequence[CardRow]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        before = ""
        for i, row in enumerate(merged(rows)):
            value = self._lead(row) if row.leads else self._value(row)
            grid.addWidget(_text(row.label if row.label != before else "", "cardLabel"), i, 0, top)
            before = row.label
            grid.addWidget(value, i, 1, 1, 1 if row.basis_words else 2, top)
            if not row.basis_words:
                continue
            basis = _text(row.basis_words, "cardOutside" if row.basis == "reference" else "cardNote")
            basis.setAlignment(Qt.AlignmentFlag.AlignRight | top)
            basis.setMaximumWidth(150)
            grid.addWidget(basis, i, 2, top)
        if self.editable and self._record.startswith(DATED):
            grid.addWidget(self._date_link(), grid.rowCount(), 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
        return grid

    def _value(self, row: CardRow) -> QWidget:
        """Return a value that leads to its characters; where the case can be edited, with a menu of its own."""
        value = ValueLink(row.value, row.spans, f"{row.label}: {row.value}")
        value.clicked.connect(self.value_clicked)
        if row.note:
            value.setToolTip(row.note)
        if self.editable and row.path:
            value.setProperty("path", row.path)
            value.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            value.customContextMenuRequested.connect(self._offer)
        return value

    def _offer(self, where: QPoint) -> None:
        value = self.sender()
        assert isinstance(value, QWidget)
        self.value_menu.emit((self._record, str(value.property("path")), value.mapToGlobal(where)))

    def _lead(self, row: CardRow) -> QWidget:
        """Return a row that leads to another view."""
        link = QPushButton(elided(row.value).replace("&", "&&"))
        link.setObjectName("cardLead")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setAccessibleName(f"{row.label}: {row.value}")
        link.setToolTip(plain_tip("\n".join(filter(None, (row.note, row.value)))))
        link.setProperty("leads", row.leads)
        link.clicked.connect(self._follow_lead)
        return link

    def _follow_lead(self) -> None:
        self.led.emit((str(self.sender().property("leads")), self._record))

    def _date_link(self) -> QPushButton:
        link = QPushButton(self.tr("Set date…"))
        link.setObjectName("link")
        link.setToolTip(self.tr("Say when this was, and how that is known"))
        link.clicked.connect(self._want_date)
        return link

    def _want_date(self) -> None:
        self.date_wanted.emit(self._record)

    def _quote(self, quote: Quote) -> ValueLink:
        words = self.tr("“{quote}” {place}").format(quote=quote.text, place=quote.place_words)
        link = ValueLink(words, (quote.span,), words)
        link.setObjectName("cardQuote")
        link.setFont(font("quote"))
        link.clicked.connect(self.value_clicked)
        return link


def merged(rows: Sequence[CardRow]) -> list[CardRow]:
    """Return rows with neighbours that say the same joined into one, which leads to the words of all."""
    found: list[CardRow] = []
    for row in rows:
        last = found[-1] if found else None
        if last and (last.label, last.value, last.basis_words) == (row.label, row.value, row.basis_words):
            spans = tuple(dict.fromkeys((*last.spans, *row.spans)))
            notes = "\n".join(dict.fromkeys(note for note in (last.note, row.note) if note))
            found[-1] = replace(last, spans=spans, note=notes)
        else:
            found.append(row)
    return found


def _text(words: str, name: str, face: QFont | None = None) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(name)
    label.setWordWrap(True)
    if face is not None:
        label.setFont(face)
    return label


_ROLES = ("card", "ink", "muted", "line", "selection_line", "warn", "accent")
_SHEET = """
#factCard {{ background: {card}; border: 1px solid {selection_line}; border-radius: 8px; }}
#factCard QScrollArea, #factCard QScrollArea > QWidget > QWidget {{ background: {card}; }}
#factCard QLabel {{ color: {ink}; background: transparent; }}
#factCard QLabel#cardTitle {{ color: {ink}; }}
#factCard QLabel#cardNote {{ color: {muted}; font-style: italic; }}
#factCard QLabel#cardOutside {{ color: {warn}; font-style: italic; }}
#factCard QLabel#cardLabel, #factCard QLabel#cardFoot {{ color: {muted}; }}
#factCard QLabel[link="true"]:hover {{ color: {link}; }}
#factCard QLabel[link="true"]:focus {{ color: {link}; border: 1px solid {accent}; border-radius: 3px; }}
#factCard QPushButton#cardLead {{ border: 1px solid transparent; border-radius: 3px; background: transparent;
    color: {link}; padding: 0; text-align: left; }}
#factCard QPushButton#cardLead:hover {{ text-decoration: underline; }}
#factCard QPushButton#cardLead:focus {{ border-color: {accent}; }}
#factCard QLabel#cardQuote {{ border-top: 1px solid {line}; padding-top: 8px; }}
"""
