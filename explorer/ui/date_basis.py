"""What a typed date rests on: words of the text, or a reference from outside, old or new."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from explorer.edit.dating import NewReference
from explorer.edit.passages import Marked
from explorer.model.records import Reference
from explorer.model.times import edtf_words
from explorer.ui.text import ElidedCombo, elided, plain_label
from explorer.words import isolated, tr

BASES = {
    "stated": "In the &text",
    "inferred": "My &reading of the text",
    "reference": "From &outside the report",
}


class BasisChoice(QWidget):
    """Three ways in which a date can be known. changed() when another one is chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for number, words in enumerate(BASES.values()):
            button = QRadioButton(tr(words), self)
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._group.idToggled.connect(self._on_toggled)

    @property
    def basis(self) -> str:
        """The code of the chosen basis."""
        return list(BASES)[max(0, self._group.checkedId())]

    def choose(self, basis: str) -> None:
        """Choose a basis by its code."""
        self._group.button(list(BASES).index(basis)).setChecked(True)

    def _on_toggled(self, number: int, on: bool) -> None:
        del number
        if on:
            self.changed.emit()


class WordsChoice(QWidget):
    """The words that a date was read from: those it cites already, until others are selected in the text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.spans: tuple[str, ...] = ()
        self.marked: tuple[Marked, ...] = ()
        self.words = plain_label("", self)
        self.words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        self.show_spans((), ())

    def show_spans(self, spans: Sequence[str], quotes: Sequence[str]) -> None:
        """Show what is cited already."""
        self.spans, self.marked = tuple(spans), ()
        said = " … ".join(isolated(quote) for quote in quotes)
        hint = self.tr("Select the words in the source text; this form stays open.")
        self.words.setText(tr("“{words}”").format(words=elided(said, 200)) if said else hint)

    def take(self, marked: Marked, words: str) -> None:
        """Cite selected words instead."""
        self.spans, self.marked = (), (marked,)
        self.words.setText(tr("“{words}”").format(words=isolated(elided(words, 200))))


class ReferenceChoice(QWidget):
    """A reference that the case holds already, or a new one: title, address and note."""

    def __init__(self, references: Sequence[Reference], cited: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.known = ElidedCombo(self)
        self.known.setAccessibleName(self.tr("Reference"))
        self.known.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.known.setMinimumContentsLength(24)
        named = {each.id: reference_words(each) for each in references}
        together = [tuple(cited)] if len(cited) > 1 else []
        self._choices: list[tuple[str, ...]] = [*together, *((name,) for name in named), ()]
        for names in self._choices:
            words = "; ".join(named[name] for name in names if name in named)
            self.known.addItem(words or self.tr("New reference…"))
        self.title, self.url, self.note = (QLineEdit(self) for _ in range(3))
        self.title.setPlaceholderText(self.tr("what it is called, and who published it"))
        self.url.setPlaceholderText(self.tr("https://…"))
        self.note.setPlaceholderText(self.tr("what it says of the date"))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Reference"), self.known)
        form.addRow(self.tr("T&itle"), self.title)
        form.addRow(self.tr("A&ddress"), self.url)
        form.addRow(self.tr("&Note"), self.note)
        self._form = form
        self.known.currentIndexChanged.connect(self._on_chosen)
        self.known.setCurrentIndex(self._choices.index(tuple(cited)) if tuple(cited) in self._choices else 0)
        self._on_chosen()

    @property
    def citations(self) -> tuple[str, ...]:
        """The ids of the chosen reference, or of several that were cited before; none for a new one."""
        return self._choices[self.known.currentIndex()]

    @property
    def new(self) -> NewReference | None:
        """What was typed of a new reference; None where a known one is chosen, or no title was typed."""
        title = self.title.text().strip()
        if self.citations or not title:
            return None
        return NewReference(title, self.url.text(), self.note.text())

    def _on_chosen(self) -> None:
        for field in (self.title, self.url, self.note):
            self._form.setRowVisible(field, not self.citations)


def reference_words(reference: Reference) -> str:
    """Return a reference as one line: title, publisher, date."""
    date = edtf_words(reference.published) if reference.published else ""
    parts = (isolated(reference.title), isolated(reference.publisher or ""), date)
    return " · ".join(part for part in parts if part)
