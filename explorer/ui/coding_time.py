"""When: a date as it is typed, echoed in words, asked back where it has two meanings; or an order to something else."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from explorer.edit.drafts import TimeDraft
from explorer.formats.typed import AmbiguousDate, read_typed
from explorer.model.edtf import EdtfError
from explorer.model.vocabulary import AnchorRelation
from explorer.ui.coding_combo import FormCombo
from explorer.ui.coding_names import Names
from explorer.ui.coding_pick import NamePicker
from explorer.words import tr

_ORDERS = {
    "before": "before",
    "at": "at the time of",
    "after": "after",
    "overlaps": "going on at the time of",
}
#: Words before a date that are not part of it.
_BEFORE_DATES = ("in ", "on ", "since ", "during ")


class TimeEdit(QWidget):
    """Holds the value of a TimeDraft; what it rests on is its row's."""

    changed = Signal()

    def __init__(self, names: Names, parent: QWidget) -> None:
        super().__init__(parent)
        self._names = names
        self._edtf: str | None = None
        self._wrong = ""
        self.date = QLineEdit(self)
        self.date.setPlaceholderText(self.tr("date, as 2015, Nov 2024 or 27 Nov 2024"))
        self.date.setAccessibleName(self.tr("Date"))
        self.echo = QLabel(self)
        self.echo.setTextFormat(Qt.TextFormat.PlainText)
        self.echo.setWordWrap(True)
        self.echo.setObjectName("muted")
        self._readings = [QPushButton(self), QPushButton(self)]
        self.order = FormCombo(self)
        self.order.setAccessibleName(self.tr("In order to"))
        self.order.addItem(self.tr("no order"), None)
        for order, words in _ORDERS.items():
            self.order.addItem(tr(words), order)
        self.anchor = NamePicker(names, "anchors", self.tr("a report or an event"), self, new=False)
        self._lay_out()
        self.date.textEdited.connect(self._on_typed)
        self.order.currentIndexChanged.connect(self._on_order)
        self.anchor.changed.connect(self.changed)
        self._show_reading("", ())
        self._on_order(0)

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        for button in self._readings:
            button.clicked.connect(self._choose)
            asked.addWidget(button)
        asked.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.order, 2)
        line.addWidget(self.anchor, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.date)
        column.addWidget(self.echo)
        column.addLayout(asked)
        column.addLayout(line)

    def set_time(self, time: TimeDraft) -> None:
        """Show a time."""
        self.date.setText(time.edtf or "")
        self._read(time.edtf or "")
        self.order.setCurrentIndex(max(0, self.order.findData(time.relation)))
        self.anchor.set_chosen(time.anchor)

    def time(self, before: TimeDraft) -> TimeDraft:
        """Return before with what is given here."""
        order = cast("AnchorRelation | None", self.order.currentData())
        anchor = self.anchor.chosen if order else None
        return replace(before, edtf=self._edtf, anchor=anchor, relation=order if anchor else None)

    def take(self, text: str) -> bool:
        """Read words of the text as a date; return whether they are one, or ask for an order instead."""
        words = " ".join(text.split())
        for lead in _BEFORE_DATES:
            if words.casefold().startswith(lead) and lead != "since ":
                words = words[len(lead) :]
        try:
            read_typed(words)
        except EdtfError:
            self.order.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        except AmbiguousDate:
            self._typed(words)
            self._readings[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self._typed(words)
        return True

    def missing(self) -> str:
        """Return what is wrong or still asked for; "" where nothing is."""
        if self._wrong:
            return self._wrong
        if self.order.currentData() and self.anchor.chosen is None:
            return self.tr("Choose the report or the event that this is in order to.")
        if self._edtf is None and not self.order.currentData():
            return self.tr("Give a date, or an order to a report or an event; or take this line out.")
        return ""

    def _typed(self, words: str) -> None:
        self.date.setText(words)
        self._on_typed(words)

    def _on_typed(self, text: str) -> None:
        self._read(text)
        self.changed.emit()

    def _read(self, text: str) -> None:
        self._edtf, self._wrong = None, ""
        if not text.strip():
            self._show_reading("", ())
            return
        try:
            found = read_typed(text)
        except AmbiguousDate as asked:
            self._wrong = asked.question
            self._show_reading(asked.question, [(each.edtf, each.words) for each in asked.readings])
        except EdtfError as error:
            self._wrong = str(error)
            self._show_reading(self._wrong, ())
        else:
            self._edtf = found.edtf
            self._show_reading(tr("read as {date}").format(date=found.words), ())

    def _show_reading(self, words: str, readings: object) -> None:
        self.echo.setText(words)
        self.echo.setVisible(bool(words))
        given = list(readings) if isinstance(readings, list | tuple) else []
        for number, button in enumerate(self._readings):
            button.setVisible(number < len(given))
            if number < len(given):
                button.setProperty("edtf", given[number][0])
                button.setText(given[number][1])

    def _choose(self) -> None:
        edtf = str(self.sender().property("edtf"))
        self.date.setText(edtf)
        self.date.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_typed(edtf)

    def _on_order(self, index: int) -> None:
        del index
        given = self.order.currentData() is not None
        self.anchor.setEnabled(given)
        if given and self.anchor.chosen is None and not self.anchor.text():
            self.anchor.set_chosen(self._names.document or None)
        self.changed.emit()
