"""Words that name somebody or some place: whom, chosen or made new, in a small form at the words themselves."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.edit.coining import guessed_form
from explorer.edit.passages import Marked
from explorer.query.completing import bare
from explorer.ui.coding_combo import combo
from explorer.ui.coding_names import Names
from explorer.ui.coding_pick import NamePicker
from explorer.ui.text import elided
from explorer.words import isolated, tr

_FORMS = {"name": "a name", "nominal": "a description", "pronoun": "a pronoun"}


class MentionForm(QFrame):
    """Asks whom words name. chosen() once that is said; left() when it is not to be."""

    chosen = Signal()
    left = Signal()

    def __init__(self, names: Names, list_name: str, words: Marked, others: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.words, self.list_name, self._names = words, list_name, names
        self.quote = names.quote(words)
        asked = tr("Whom does “{words}” name?") if list_name == "actors" else tr("What place is “{words}”?")
        heading = QLabel(asked.format(words=isolated(elided(self.quote, 60))), self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        heading.setObjectName("heading")
        label = self.tr("actor") if list_name == "actors" else self.tr("place")
        self.picker = NamePicker(names, list_name, label, self)
        self.form: QComboBox = combo(self, self.tr("Named by"), _FORMS)
        self.form.setCurrentIndex(self.form.findData(guessed_form(self.quote)))
        self.others = QCheckBox(
            self.tr("Mark these words in the other {n} p&laces, too").format(n=others), self
        )
        self.others.setVisible(others > 0)
        self.alias = QCheckBox(self.tr("Remember as another na&me"), self)
        for box in (self.others, self.alias):
            box.setShortcut(QKeySequence())  # its own key would take the keyboard from the name
            QShortcut(QKeySequence.mnemonic(box.text()), self).activated.connect(box.toggle)
        line = QHBoxLayout()
        line.addWidget(self.picker, 1)
        line.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(heading)
        column.addLayout(line)
        column.addWidget(self.others)
        column.addWidget(self.alias)
        self.picker.settled.connect(self._on_settled)

    def show_at(self, at: QPoint) -> None:
        """Stand at a point of the window, inside it, and begin with the best match."""
        window = self.parentWidget()
        assert window is not None
        self.setFixedWidth(min(360, window.width() - 24))
        self.adjustSize()
        tall = self.height() + 200  # with the list below
        y = at.y() if at.y() + tall < window.height() else max(8, at.y() - self.height() - 34)
        self.move(max(8, min(at.x(), window.width() - self.width() - 12)), y)
        self.show()
        self.raise_()
        self.picker.suggest(self.quote)

    @property
    def new_name(self) -> str | None:
        """The words, where they are to be remembered as another name."""
        return " ".join(self.quote.split()) if self.alias.isChecked() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what is chosen; Escape leaves everything as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.picker.chosen:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    def is_known(self, record_id: str) -> bool:
        """Return whether the record already has these words among its names."""
        named = next((each for each in self._names.all(self.list_name) if each.id == record_id), None)
        known = (named.name, *named.aliases) if named is not None else ()
        return any(bare(name) == bare(self.quote) for name in known)

    def _on_settled(self, record_id: object) -> None:
        if isinstance(record_id, str):
            self.chosen.emit()
