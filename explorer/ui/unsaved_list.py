"""The cases that were kept without being saved: each with what is in it, Open, and Discard, which asks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton, QVBoxLayout, QWidget

from explorer.ui.text import ElidedLabel, plain_label
from explorer.words import isolated, tr
from explorer.workspace.recovery import Recovery, Unsaved

#: As many are listed; the others come up as these are saved or discarded.
MOST = 5


class UnsavedList(QWidget):
    """Hidden while nothing is kept. chosen(path): the user wants to go on with it."""

    chosen = Signal(object)

    def __init__(self, recovery: Recovery, parent: QWidget) -> None:
        super().__init__(parent)
        self._recovery = recovery
        self._found: tuple[Unsaved, ...] = ()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 0, 0)
        self._column.setSpacing(4)
        self.head = plain_label("", self, "heading")
        self._column.addWidget(self.head)

    def refresh(self) -> None:
        """List what is kept now."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._found = self._recovery.unsaved()
        self._rows = [self._row(number, one) for number, one in enumerate(self._found[:MOST])]
        for row in self._rows:
            self._column.addWidget(row)
        more = len(self._found) - len(self._rows)
        words = self.tr("Kept, not saved to a file of yours yet")
        self.head.setText(words if not more else self.tr("{words} ({n} more)").format(words=words, n=more))
        self.setVisible(bool(self._found))

    def _row(self, number: int, one: Unsaved) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        words = ElidedLabel(row)
        words.setText(unsaved_words(one))
        line.addWidget(words, 1)
        for name, slot in ((self.tr("Open"), self._open), (self.tr("Discard…"), self._ask)):
            button = QPushButton(name, row)
            button.setAccessibleName(f"{name} {isolated(one.title)}")
            button.setProperty("number", number)
            button.clicked.connect(slot)
            line.addWidget(button)
        return row

    def _open(self) -> None:
        self.chosen.emit(self._found[self.sender().property("number")].path)

    def _ask(self) -> None:
        one = self._found[self.sender().property("number")]
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Discard {case}?").format(case=unsaved_words(one)))
        box.setInformativeText(self.tr("It is in no other file; this cannot be undone."))
        discard = box.addButton(self.tr("&Discard"), QMessageBox.ButtonRole.DestructiveRole)
        discard.setProperty("path", str(one.path))
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        discard.clicked.connect(self._discard)
        box.open()

    def _discard(self) -> None:
        self._recovery.discard(Path(self.sender().property("path")))
        self.refresh()


def unsaved_words(one: Unsaved) -> str:
    """Return a kept case in one line: "‘Hama’, 3 documents, last changed 22 November 2026, 14:05"."""
    from explorer.model.times import edtf_words  # where nothing is kept, none of this is loaded

    day = edtf_words(one.changed.date().isoformat(), long=True)
    changed = tr("{day}, {time}").format(day=day, time=f"{one.changed:%H:%M}")
    if one.documents is None:
        return tr("{file}, which cannot be read, last changed {when}").format(
            file=one.path.name, when=changed
        )
    said = (
        tr("‘{title}’, 1 document, last changed {when}")
        if one.documents == 1
        else tr("‘{title}’, {n} documents, last changed {when}")
    )
    return said.format(title=isolated(one.title), n=one.documents, when=changed)
