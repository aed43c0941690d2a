"""The rows of a form, one for each value: what it says, and below that what it rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.edit.amounts import read_amount
from explorer.edit.drafts import ClaimDraft, NumberDraft, PartDraft, PlaceDraft, TimeDraft
from explorer.edit.passages import Marked
from explorer.query.amounts import number_words
from explorer.ui.coding_combo import FormCombo, combo
from explorer.ui.coding_founded import FoundedEdit
from explorer.ui.coding_names import Names
from explorer.ui.coding_pick import NamePicker
from explorer.ui.coding_time import TimeEdit
from explorer.words import (
    DENIAL_WORDS,
    MODALITY_WORDS,
    PLACE_ROLE_WORDS,
    QUANTITY_WORDS,
    ROLE_WORDS,
    tr,
)

_SIGNS = {
    "at_least": "≥ {n}", "more_than": "> {n}", "at_most": "≤ {n}", "fewer_than": "< {n}", "about": "about {n}",
    "exactly": "{n}", "range": "{n}", "unspecified": "no number",
}  # fmt: skip
_TYPED = {
    "at_least": "at least {n}", "more_than": "more than {n}", "at_most": "at most {n}",
    "fewer_than": "fewer than {n}", "about": "about {n}",
}  # fmt: skip


class ValueRow(QFrame):
    """One value. changed(); dropped(row) when it is taken out; shown(Marked) for words to show; done() to go back."""

    changed = Signal()
    dropped = Signal(object)
    shown = Signal(object)
    done = Signal()

    def __init__(self, names: Names, what: str, parent: QWidget, *, outside: bool = True) -> None:
        super().__init__(parent)
        self.setObjectName("codingRow")
        self.names = names
        self.founded = FoundedEdit(names, self, outside=outside)
        self.head = QHBoxLayout()
        self.head.setSpacing(4)
        self.problem = QLabel(self)
        self.problem.setObjectName("codingProblem")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.out = QToolButton(self)
        self.out.setText("×")
        self.out.setObjectName("flat")
        self.out.setToolTip(tr("Take this {what} out").format(what=what))
        self.out.setAccessibleName(self.out.toolTip())
        self.out.clicked.connect(self._on_out)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addLayout(self.head, 1)
        line.addWidget(self.out, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.founded)
        column.addWidget(self.problem)
        self.founded.changed.connect(self.changed)
        self.founded.shown.connect(self.shown)
        self.founded.told.connect(self.done)

    def take(self, words: Marked, text: str, *, add: bool) -> None:
        """Take words of the text for this value."""
        self.founded.take(words, text, add=add)
        if not add:
            self.read(text)

    def read(self, text: str) -> None:
        """Read the value itself from words; a row that can, does."""
        del text

    def missing(self) -> str:
        """Return what is wrong or still asked for; "" where nothing is."""
        return self.founded.missing()

    def complain(self, words: str) -> None:
        """Show a problem at this row, "" for none."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def first(self) -> QWidget:
        """Return what takes the keyboard first."""
        return self.out

    def _on_out(self) -> None:
        self.dropped.emit(self)

    def _finish(self, *widgets: QWidget) -> None:
        """Put the controls into the head."""
        for widget in widgets:
            self.head.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)


class _NamedRow(ValueRow):
    """A value that names an actor or a place, in a role."""

    def __init__(
        self, names: Names, what: str, parent: QWidget, kind: tuple[str, str, dict[str, str]]
    ) -> None:
        super().__init__(names, what, parent)
        list_name, label, roles = kind
        self.role = combo(self, tr("Role"), roles)
        self.picker = NamePicker(names, list_name, label, self)
        self._finish(self.role, self.picker)
        self.role.currentIndexChanged.connect(self.changed)
        self.picker.changed.connect(self.changed)
        self.picker.settled.connect(self.done)

    def read(self, text: str) -> None:
        """Offer whom or what the words may name."""
        if self.picker.chosen is None:
            self.picker.suggest(text)

    def missing(self) -> str:
        """Return what is still asked for."""
        if self.picker.chosen is None:
            return tr("Choose one of the list, or make it new.")
        return self.founded.missing()

    def first(self) -> QWidget:
        """Return the name."""
        return self.picker


class PartRow(_NamedRow):
    """Who took part, in which role."""

    def __init__(
        self, names: Names, parent: QWidget, draft: PartDraft | None = None, role: str = "actor"
    ) -> None:
        super().__init__(names, tr("actor"), parent, ("actors", tr("who"), ROLE_WORDS))
        self.role.setCurrentIndex(max(0, self.role.findData(draft.role if draft else role)))
        if draft is not None:
            self.picker.set_chosen(draft.actor)
            self.founded.set_founded(draft.founded)

    def draft(self) -> PartDraft:
        """Return the participation."""
        return PartDraft(self.picker.chosen or "", self.role.currentData(), self.founded.founded())


class PlaceRow(_NamedRow):
    """Where, in which role."""

    def __init__(self, names: Names, parent: QWidget, draft: PlaceDraft | None = None) -> None:
        super().__init__(names, tr("place"), parent, ("locations", tr("where"), PLACE_ROLE_WORDS))
        self._precision = draft.precision if draft else None
        if draft is not None:
            self.role.setCurrentIndex(max(0, self.role.findData(draft.role)))
            self.picker.set_chosen(draft.location)
            self.founded.set_founded(draft.founded)

    def draft(self) -> PlaceDraft:
        """Return the place."""
        role = self.role.currentData()
        return PlaceDraft(self.picker.chosen or "", role, self._precision, self.founded.founded())


class TimeRow(ValueRow):
    """When."""

    def __init__(self, names: Names, parent: QWidget, draft: TimeDraft | None = None) -> None:
        super().__init__(names, tr("time"), parent)
        self._draft = draft or TimeDraft()
        self.edit = TimeEdit(names, self)
        self.head.addWidget(self.edit, 1)
        if draft is not None:
            self.edit.set_time(draft)
            self.founded.set_founded(draft.founded)
        self.edit.changed.connect(self.changed)

    def read(self, text: str) -> None:
        """Read the words as a date, where they are one."""
        if self.edit.take(text):
            self.done.emit()

    def missing(self) -> str:
        """Return what is still asked for."""
        return self.edit.missing() or self.founded.missing()

    def first(self) -> QWidget:
        """Return the date."""
        return self.edit.date

    def draft(self) -> TimeDraft:
        """Return the time."""
        return replace(self.edit.time(self._draft), founded=self.founded.founded())


class NumberRow(ValueRow):
    """How many of what; scope: 0 for the event as a whole, n for what the n-th claim alone says."""

    def __init__(
        self, names: Names, parent: QWidget, draft: NumberDraft | None = None, scope: int = 0
    ) -> None:
        super().__init__(names, tr("number"), parent)
        self._draft = draft or NumberDraft("other", "unspecified")
        self.number = QLineEdit(self)
        self.number.setAccessibleName(tr("Number"))
        self.number.setPlaceholderText(tr("at least 25"))
        self.kind = combo(self, tr("Of what"), QUANTITY_WORDS)
        self.sign = QLabel(self)
        self.sign.setObjectName("codingSign")
        self.of = NamePicker(names, "actors", tr("of whom"), self)
        self.scope = FormCombo(self)
        self.scope.setAccessibleName(tr("Said by"))
        self._second()
        self.show_claims(max(1, scope), scope)
        if draft is not None:
            self.number.setText(typed_words(draft))
            self.kind.setCurrentIndex(max(0, self.kind.findData(draft.kind)))
            self.of.set_chosen(draft.of)
            self.founded.set_founded(draft.founded)
        self._echo()
        self.number.textEdited.connect(self._on_typed)
        for signal in (self.kind.currentIndexChanged, self.of.changed, self.scope.currentIndexChanged):
            signal.connect(self.changed)
        self.of.settled.connect(self.done)

    def _second(self) -> None:
        """Lay the row in two lines: the number and its sign; of what, of whom, said by whom."""
        self._finish(self.number, self.sign, self.kind)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.of, 1)
        line.addWidget(self.scope)
        column = cast("QVBoxLayout", self.layout())
        column.insertLayout(1, line)

    def show_claims(self, count: int, scope: int | None = None) -> None:
        """Offer the claims that a number can belong to."""
        kept = self.scope.currentIndex() if scope is None else scope
        self.scope.blockSignals(True)
        self.scope.clear()
        self.scope.addItem(tr("of the event"))
        for number in range(1, count + 1):
            self.scope.addItem(tr("only as {n} says").format(n=number))
        self.scope.setCurrentIndex(kept if 0 <= kept <= count else 0)
        self.scope.setVisible(count > 1 or kept > 0)
        self.scope.blockSignals(False)

    def read(self, text: str) -> None:
        """Read the number as the words print it."""
        self.number.setText(" ".join(text.split()))
        self.number.setCursorPosition(0)
        self._on_typed(text)
        self.kind.setCurrentIndex(max(0, self.kind.findData(self._draft.kind)))
        self.done.emit()

    def first(self) -> QWidget:
        """Return the number."""
        return self.number

    def draft(self) -> NumberDraft:
        """Return the quantity."""
        kind, of = self.kind.currentData(), self.of.chosen
        return replace(self._draft, kind=kind, of=of, founded=self.founded.founded())

    def _on_typed(self, text: str) -> None:
        self._draft = replace(read_amount(text), founded=self._draft.founded)
        self._echo()
        self.changed.emit()

    def _echo(self) -> None:
        self.sign.setText(signed(self._draft))


class ClaimRow(ValueRow):
    """What one document says of the record: its words, how it is reported, according to whom."""

    def __init__(self, names: Names, parent: QWidget, draft: ClaimDraft | None = None) -> None:
        super().__init__(names, tr("claim"), parent, outside=False)
        self._draft = draft
        self.number = QLabel(self)
        self.number.setObjectName("muted")
        self.modality = combo(self, tr("How it is reported"), MODALITY_WORDS)
        self.about = combo(self, tr("What is denied"), {None: "denies …", **DENIAL_WORDS})
        self._finish(self.number, self.modality, self.about)
        self.head.addStretch(1)
        if draft is not None:
            self.modality.setCurrentIndex(max(0, self.modality.findData(draft.modality)))
            self.about.setCurrentIndex(max(0, self.about.findData(draft.about)))
            self.founded.set_founded(draft.founded)
        self._on_modality()
        self.modality.currentIndexChanged.connect(self._on_modality)
        self.about.currentIndexChanged.connect(self.changed)

    def take(self, words: Marked, text: str, *, add: bool) -> None:
        """Take words that say so, besides those before."""
        del add
        self.founded.take(words, text, add=True)

    def first(self) -> QWidget:
        """Return how it is reported."""
        return self.modality

    def draft(self) -> ClaimDraft:
        """Return the claim, with what of it no form shows as it was."""
        before = self._draft or ClaimDraft(self.founded.founded())
        modality = self.modality.currentData()
        about = self.about.currentData() if modality == "denied" else None
        return replace(before, founded=self.founded.founded(), modality=modality, about=about, numbers=())

    def _on_modality(self, index: object = None) -> None:
        del index
        self.about.setVisible(self.modality.currentData() == "denied")
        self.changed.emit()


def signed(number: NumberDraft) -> str:
    """Return a number as it was read: "≥ 25", "25–31", "> 10 year"; a bare 25 is never "at least"."""
    low, best, high = number.low, number.best, number.high
    given = [value for value in (best, low, high) if value is not None]
    if not given:
        return tr(_SIGNS["unspecified"])
    if low is not None and high is not None and low != high:
        said = f"{number_words(low)}–{number_words(high)}"
        said += "" if best is None else f" ({number_words(best)})"
    else:
        said = tr(_SIGNS[number.qualifier]).format(n=number_words(given[0]))
    return f"{said} {number.unit}" if number.unit else said


def typed_words(number: NumberDraft) -> str:
    """Return words that mean a number, as somebody would type them."""
    low, best, high = number.low, number.best, number.high
    given = [value for value in (best, low, high) if value is not None]
    if not given:
        return ""
    if low is not None and high is not None and low != high:
        said = tr("{low} to {high}").format(low=number_words(low), high=number_words(high))
    else:
        said = _TYPED.get(number.qualifier, "{n}").format(n=number_words(given[0]))
    return f"{said} {number.unit}" if number.unit else said
