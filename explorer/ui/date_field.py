"""A field for a date: it echoes how it reads, asks where a day has two readings, refuses nonsense with its reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from explorer.formats.typed import AmbiguousDate, Reading, read_typed
from explorer.frozen import frozen
from explorer.model.times import EdtfError, edtf_words
from explorer.ui.text import plain_label, plain_tip


@frozen
class Answer:
    """What is said of the typed text: words, whether they refuse it, and the readings where it is to be chosen."""

    words: str = ""
    wrong: bool = False
    readings: tuple[Reading, ...] = ()


class DateLine(QLineEdit):
    """One line for a date in EDTF or plain words; what was accepted is kept as EDTF until something else is."""

    accepted = Signal(object)  # the EDTF text, or None where the field was emptied
    told = Signal(object)  # Answer

    def __init__(self, name: str, parent: QWidget | None = None, *, hint: str = "") -> None:
        super().__init__(parent)
        self.edtf: str | None = None
        self.answer = Answer()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self.setToolTip(plain_tip(self.tr("A date: 2015, Nov 2024, 27 Nov 2024, about 2 Dec 2024, 2011/..")))
        self._tell(Answer())
        self.textEdited.connect(self._echo)
        self.editingFinished.connect(self.finish)

    def set_edtf(self, edtf: str | None) -> None:
        """Show a date that is already known; what was typed for the same date stays as it was typed."""
        if edtf == self.edtf and (edtf is not None or not self.text().strip()):
            return
        self.edtf = edtf
        self.setText(edtf or "")
        self._tell(Answer(edtf_words(edtf, long=True)) if edtf else Answer())

    def finish(self) -> bool:
        """Take what is typed; return False where it is no date, or has to be asked first."""
        reading, answer = self._read()
        self._tell(answer)
        if answer.wrong or answer.readings:
            return False
        self._accept(reading)
        return True

    def choose(self, reading: Reading) -> None:
        """Take one of the readings that were asked for."""
        self.setText(reading.edtf)
        self._tell(Answer(edtf_words(reading.edtf, long=True)))
        self._accept(reading)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let 1 and 2 with Alt choose a reading while the field asks."""
        number = event.key() - Qt.Key.Key_1.value
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and 0 <= number < len(self.answer.readings):
            self.choose(self.answer.readings[number])
            return
        super().keyPressEvent(event)

    def _accept(self, reading: Reading | None) -> None:
        edtf = reading.edtf if reading else None
        if edtf != self.edtf:
            self.edtf = edtf
            self.accepted.emit(edtf)

    def _echo(self) -> None:
        """Say how the text reads while it is typed; what is not yet a date is not scolded."""
        _, answer = self._read()
        self._tell(Answer() if answer.wrong else answer)

    def _read(self) -> tuple[Reading | None, Answer]:
        if not self.text().strip():
            return None, Answer()
        try:
            reading = read_typed(self.text())
        except AmbiguousDate as asked:
            return None, Answer(asked.question, readings=asked.readings)
        except EdtfError as error:
            words = self.tr("No date: {found}. Expected {expected}.")
            return None, Answer(words.format(found=error.found, expected=error.expected), wrong=True)
        return reading, Answer(reading.words)

    def _tell(self, answer: Answer) -> None:
        if answer != self.answer:
            self.answer = answer
            self.setAccessibleDescription(answer.words)
            self.told.emit(answer)


class DateEcho(QWidget):
    """Beneath a DateLine: how it reads, why it is refused, or a button for each way to read it.

    template: how the reading is said, "from {date}".
    """

    def __init__(self, line: DateLine, parent: QWidget | None = None, *, template: str = "{date}") -> None:
        super().__init__(parent)
        self.line = line
        self._template = template
        self.words = plain_label("", self, "muted")
        self.problem = plain_label("", self, "problem")
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 0, 0)
        column.setSpacing(3)
        for label in (self.words, self.problem):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addLayout(self._row)
        line.told.connect(self.show_answer)
        self.show_answer(line.answer)

    def show_answer(self, answer: Answer) -> None:
        """Say what the line said last; take no room where there is nothing to say."""
        reading = answer.words if answer.readings else self._template.format(date=answer.words)
        self.words.setText(reading if answer.words and not answer.wrong else "")
        self.problem.setText(f"\N{WARNING SIGN} {answer.words}" if answer.wrong else "")
        for label in (self.words, self.problem):
            label.setVisible(bool(label.text()))
        self._offer(answer.readings)
        self.setVisible(bool(answer.words))

    def _offer(self, readings: tuple[Reading, ...]) -> None:
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(number, reading) for number, reading in enumerate(readings, start=1)]
        for before, after in zip((self.line, *self.buttons), self.buttons, strict=False):
            QWidget.setTabOrder(before, after)

    def _button(self, number: int, reading: Reading) -> QPushButton:
        button = QPushButton(self.tr("&{n} {date}").format(n=number, date=edtf_words(reading.edtf)), self)
        button.setObjectName("chip")
        button.setToolTip(plain_tip(reading.words))
        button.setAccessibleName(reading.words)
        button.setProperty("reading", number - 1)
        button.setAutoDefault(False)
        button.clicked.connect(self._choose)
        self._row.addWidget(button)
        return button

    def _choose(self) -> None:
        number = self.sender().property("reading")
        readings = self.line.answer.readings
        if number < len(readings):
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.choose(readings[number])


class DateField(QWidget):
    """A DateLine with its DateEcho beneath; accepted(EDTF or None) as the line says it."""

    accepted = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None, *, hint: str = "") -> None:
        super().__init__(parent)
        self.line = DateLine(name, self, hint=hint)
        self.echo = DateEcho(self.line, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.line)
        column.addWidget(self.echo)
        self.setFocusProxy(self.line)
        self.line.accepted.connect(self.accepted)

    @property
    def edtf(self) -> str | None:
        """What was accepted last, as EDTF; None for no date."""
        return self.line.edtf

    def set_edtf(self, edtf: str | None) -> None:
        """Show a date that is already known."""
        self.line.set_edtf(edtf)

    def finish(self) -> bool:
        """Take what is typed; return False where it is no date, or has to be asked first."""
        return self.line.finish()


def room_for(window: QWidget, field: DateField) -> QTimer:
    """Let a window of its own grow with what its field says; the timer, once started, does it when all is laid out."""
    timer = QTimer(window)
    timer.setSingleShot(True)
    timer.setInterval(0)
    timer.timeout.connect(window.adjustSize)
    field.line.told.connect(timer.start)
    return timer
