"""What a value rests on: its words, quoted; whether they say it or are read so; a note; according to whom."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from explorer.edit.drafts import Founded
from explorer.edit.passages import Marked
from explorer.model.vocabulary import Basis
from explorer.ui.coding_combo import FormCombo
from explorer.ui.coding_names import Names
from explorer.ui.coding_pick import NamePicker
from explorer.ui.text import elided, plain_tip
from explorer.words import BASIS_WORDS, isolated, tr

#: Characters of a quote that a row shows.
SHOWN = 160


class QuoteLink(QLabel):
    """The words of a value: a click or Enter shows them in the text, Delete takes them from the value."""

    clicked = Signal(object)  # the words
    dropped = Signal(object)  # this link

    def __init__(self, quote: str, words: Marked | None, span: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.words, self.span = words, span
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(tr("“{quote}”").format(quote=isolated(elided(quote, SHOWN))))
        self.setWordWrap(True)
        self.setObjectName("quoteLink")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Read from “{quote}”").format(quote=isolated(elided(quote, SHOWN))))
        self.setToolTip(
            plain_tip(self.tr("A click shows these words in the text; Delete takes them from this value"))
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the words."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show or drop the words."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit(self.words)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.dropped.emit(self)
        else:
            super().keyPressEvent(event)


class WhoEdit(QWidget):
    """According to whom: as the text prints it, and as an actor."""

    changed = Signal()

    def __init__(self, names: Names, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(self.tr("according to, as the text says"))
        self.words.setAccessibleName(self.tr("According to, in the words of the text"))
        self.actor = NamePicker(names, "actors", self.tr("as an actor"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.words, 3)
        row.addWidget(self.actor, 2)
        self.words.textChanged.connect(self.changed)
        self.actor.changed.connect(self.changed)

    def take(self, words: Marked, text: str, *, add: bool) -> None:
        """Take words of the text as who says so."""
        del words, add
        self.words.setText(" ".join(text.split()))
        self.words.setCursorPosition(0)
        self.actor.suggest(text)

    @property
    def given(self) -> bool:
        """Whether anybody is named."""
        return bool(self.words.text().strip() or self.actor.chosen)


class FoundedEdit(QWidget):
    """Holds one Founded.

    shown(Marked): words that a click asked for; arranged(): there is another quote to go through; told(): who says so.
    """

    changed = Signal()
    shown = Signal(object)
    arranged = Signal()
    told = Signal()

    def __init__(self, names: Names, parent: QWidget, *, outside: bool = True) -> None:
        super().__init__(parent)
        self._names = names
        self._rest = Founded()
        self._links: list[QuoteLink] = []
        self._quotes = QVBoxLayout()
        self._quotes.setSpacing(2)
        self._none = QLabel(self.tr("no words yet: select them in the text, then Enter"), self)
        self._none.setObjectName("muted")
        self._none.setWordWrap(True)
        self._quotes.addWidget(self._none)
        self.basis = FormCombo(self)
        self.basis.setAccessibleName(self.tr("Rests on"))
        for basis in ("stated", "inferred", *(("reference",) if outside else ())):
            self.basis.addItem(tr(BASIS_WORDS[basis]), basis)
        self.basis.setToolTip(self.tr("In the text, your reading of it, or from outside the report"))
        self.basis.setSizeAdjustPolicy(FormCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.basis.setMinimumContentsLength(9)
        self.more = QToolButton(self)
        self.more.setText("⋯")
        self.more.setObjectName("flat")
        self.more.setCheckable(True)
        self.more.setToolTip(self.tr("A note, and according to whom"))
        self.more.setAccessibleName(self.more.toolTip())
        self.note = QLineEdit(self)
        self.note.setAccessibleName(self.tr("Note"))
        self.reference = NamePicker(names, "references", self.tr("reference: a title, new or known"), self)
        self.who = WhoEdit(names, self)
        self._lay_out()
        self.basis.currentIndexChanged.connect(self._on_basis)
        self.more.toggled.connect(self._fold)
        self.note.textChanged.connect(self.changed)
        self.reference.changed.connect(self.changed)
        self.who.changed.connect(self.changed)
        self.who.actor.settled.connect(self.told)
        self._fold()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addLayout(self._quotes, 1)
        first.addWidget(self.basis, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        for widget in (self.reference, self.note, self.who):
            column.addWidget(widget)

    def founded(self) -> Founded:
        """Return what the value rests on."""
        basis = cast("Basis", self.basis.currentData())
        chosen = self.reference.chosen
        cited = (chosen, *(each for each in self._rest.citations[1:] if each != chosen)) if chosen else ()
        return Founded(
            tuple(link.words for link in self._links if link.words is not None and link.span is None),
            basis,
            cited if basis == "reference" else (),
            tuple(link.span for link in self._links if link.span is not None),
            self.note.text().strip() or None,
            self.who.words.text().strip() or None,
            self.who.actor.chosen,
        )

    def set_founded(self, founded: Founded) -> None:
        """Show what a value rests on."""
        self._rest = founded
        for link in list(self._links):
            self._drop(link)
        for span in founded.spans:
            quote, words = self._names.span(span)
            self._add(quote, words, span)
        for marked in founded.words:
            self._add(self._names.quote(marked), marked, None)
        self.basis.setCurrentIndex(max(0, self.basis.findData(founded.basis)))
        self.note.setText(founded.note or "")
        self.reference.set_chosen(founded.citations[0] if founded.citations else None)
        self.who.words.setText(founded.who_text or "")
        self.who.actor.set_chosen(founded.who)
        self._fold()

    def take(self, words: Marked, text: str, *, add: bool) -> None:
        """Rest on words of the text: instead of those before, or besides them."""
        if not add:
            for link in list(self._links):
                self._drop(link)
        if all(link.words != words for link in self._links):
            self._add(text, words, None)
        self.changed.emit()

    def attribute(self, words: Marked | None, text: str) -> None:
        """Ask according to whom, with words of the text where some are selected."""
        self.more.setChecked(True)
        if words is not None:
            self.who.take(words, text, add=False)
        else:
            self.who.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def missing(self) -> str:
        """Return what is still asked for; "" where nothing is."""
        said = self.founded()
        if said.basis == "reference" and not said.citations:
            return self.tr("Choose the reference that this was taken from, or make a new one.")
        if said.basis != "reference" and not (said.words or said.spans):
            return self.tr("Select the words that this was read from, and press Enter in the text.")
        if said.basis == "inferred" and not said.note and said.words:
            return self.tr("Say in the note how you read these words.")
        return ""

    def ask_note(self) -> None:
        """Put the keyboard where what is missing is to be written."""
        reference = self.basis.currentData() == "reference"
        (self.reference if reference else self.note).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, quote: str, words: Marked | None, span: str | None) -> None:
        link = QuoteLink(quote, words, span, self)
        link.clicked.connect(self.shown)
        link.dropped.connect(self._on_dropped)
        self._quotes.addWidget(link)
        self._links.append(link)
        link.show()
        self._none.hide()
        self.arranged.emit()

    def _drop(self, link: QuoteLink) -> None:
        self._links.remove(link)
        self._quotes.removeWidget(link)
        link.hide()
        link.deleteLater()
        self._none.setVisible(not self._links)

    def _on_dropped(self, link: object) -> None:
        if isinstance(link, QuoteLink):
            self.basis.setFocus(Qt.FocusReason.OtherFocusReason)
            self._rest = replace(self._rest, spans=tuple(s for s in self._rest.spans if s != link.span))
            self._drop(link)
            self.changed.emit()

    def _on_basis(self, index: int) -> None:
        del index
        self._fold()
        self.changed.emit()

    def _fold(self, on: object = None) -> None:
        """Show the lines that are needed or were asked for."""
        del on
        basis, more = self.basis.currentData(), self.more.isChecked()
        self.note.setPlaceholderText(
            self.tr("how you read these words") if basis == "inferred" else self.tr("note")
        )
        self.reference.setVisible(basis == "reference")
        self.note.setVisible(basis != "stated" or more or bool(self.note.text()))
        self.who.setVisible(more or self.who.given)
        self._none.setVisible(not self._links and basis != "reference")
