"""What is asked before a form can be saved: whether a sentence that a value was read from speaks of the record."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget


class Question(QFrame):
    """What is asked before a form can be saved. answered(str): "stated", "inferred" or "back"."""

    answered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("codingQuestion")
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(self.tr("why you read it so"))
        self.note.setAccessibleName(self.note.placeholderText())
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        for answer, words in (
            ("stated", self.tr("It says so")),
            ("inferred", self.tr("My reading")),
            ("back", self.tr("Back")),
        ):
            button = QPushButton(words, self)
            button.setProperty("answer", answer)
            button.clicked.connect(self._on_clicked)
            self.buttons[answer] = button
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.note)
        column.addLayout(row)
        self.hide()

    def ask(self, words: str) -> None:
        """Show a question and give it the keyboard."""
        self.words.setText(words)
        self.note.clear()
        self.show()
        self.buttons["stated"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_clicked(self) -> None:
        answer = self.sender().property("answer")
        if answer == "inferred" and not self.note.text().strip():
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.hide()
        self.answered.emit(answer)
