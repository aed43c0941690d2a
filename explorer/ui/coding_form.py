"""What all coding forms share: rows in sections, the way to the text and back, problems at their fields, a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.edit.passages import Marked
from explorer.model.problems import Problem
from explorer.paint.theme import Theme
from explorer.ui.coding_names import Names
from explorer.ui.coding_question import Question
from explorer.ui.coding_rows import ValueRow
from explorer.ui.coding_text import saves
from explorer.ui.flow import Flow
from explorer.ui.tab_order import as_laid_out, chain
from explorer.words import tr

#: Rows of a section, where nothing limits them.
MANY = 1_000
_PLACE = re.compile(r"(?:.*\.)?(claims|participants|places|quantities)\[(\d+)\]")


class Section(QWidget):
    """A heading, buttons that add a row, and the rows."""

    changed = Signal()
    dropped = Signal(object)  # the place that a row had

    def __init__(self, heading: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.rows: list[Any] = []
        self._most = MANY
        title = QLabel(heading, self)
        title.setObjectName("heading")
        self._buttons = QWidget(self)
        self._flow = Flow(self._buttons)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        column.addWidget(title)
        column.addLayout(self._list)
        column.addWidget(self._buttons)

    def offer(self, words: str, data: object, slot: Callable[[], None], tip: str) -> QPushButton:
        """Add a button that adds a row; its data says which."""
        button = QPushButton(words, self._buttons)
        button.setShortcut(
            QKeySequence()
        )  # a button's own key waits to look pressed, and words may change meanwhile
        QShortcut(QKeySequence.mnemonic(words), self).activated.connect(button.click)
        button.setProperty("data", data)
        button.setToolTip(tip)
        button.clicked.connect(slot)
        self._flow.addWidget(button)
        return button

    def add(self, row: ValueRow) -> None:
        """Put a row below the others."""
        self.rows.append(row)
        self._list.addWidget(row)
        row.dropped.connect(self.drop)
        row.changed.connect(self.changed)
        row.show()

    def limit(self, most: int) -> None:
        """Offer another row only while there are fewer than so many."""
        self._most = most
        self._buttons.setVisible(len(self.rows) < most)

    def drop(self, row: object) -> None:
        """Take a row out; the keyboard goes to the button below."""
        if not isinstance(row, ValueRow) or row not in self.rows:
            return
        place = self.rows.index(row)
        self.rows.remove(row)
        self._list.removeWidget(row)
        self._buttons.setVisible(len(self.rows) < self._most)
        first = self._buttons.findChild(QPushButton)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        row.hide()
        row.deleteLater()
        self.dropped.emit(place)
        self.changed.emit()

    def clear(self) -> None:
        """Take all rows out."""
        for row in list(self.rows):
            self.rows.remove(row)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._buttons.show()


class CodingForm(QFrame):
    """A form beside the text.

    saving() when it is to be saved; leaving() to close it and keep the draft; discarding(); changed(); shown(Marked);
    text_wanted(): the keyboard is to go to the text.
    """

    saving = Signal()
    leaving = Signal()
    discarding = Signal()
    changed = Signal()
    shown = Signal(object)
    text_wanted = Signal()

    def __init__(self, names: Names, heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("codingForm")
        self.setAccessibleName(heading)
        self.names = names
        self.selected: Callable[[], Marked | None] = _nothing  # the words that are selected in the text
        self.sections: dict[str, Section] = {}
        self.heading = QLabel(heading, self)
        self.heading.setObjectName("heading")
        self._body = QWidget(self)
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(12, 0, 8, 12)
        self.column.setSpacing(4)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._body)
        self.problem = QLabel(self)
        self.problem.setObjectName("codingProblem")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.question = Question(self)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 4)
        head.addWidget(self.heading, 1)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.setToolTip(self.tr("Close the form and keep what is in it (Esc)"))
        self.close_button.clicked.connect(self.leaving)
        self.discard_button = QPushButton(self.tr("Discard"), self)
        self.discard_button.setToolTip(self.tr("Throw away what is in this form"))
        self.discard_button.clicked.connect(self.discarding)
        self.save_button = QPushButton(self.tr("Save"), self)
        self.save_button.setToolTip(self.tr("Put this into the case (Ctrl+S or Ctrl+Enter)"))
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.saving)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 8, 8)
        for button in (self.save_button, self.discard_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addWidget(self.question)
        column.addWidget(self.problem)
        column.addLayout(foot)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of theme."""
        colors = {
            role: theme.color(role) for role in ("panel", "ink", "muted", "line", "card", "warn", "accent")
        }
        self.setStyleSheet(_SHEET.format(**colors, link=theme.text("accent")))

    def section(self, heading: str, name: str) -> Section:
        """Add a section of rows."""
        made = Section(heading, name, self._body)
        made.changed.connect(self.changed)
        self.column.addWidget(made)
        self.sections[name] = made
        return made

    def put(self, section: str, row: ValueRow) -> ValueRow:
        """Put a row into a section and listen to it."""
        self.sections[section].add(row)
        self.order()
        row.founded.arranged.connect(self.order)
        row.shown.connect(self.shown)
        row.done.connect(self.text_wanted)
        return row

    def order(self) -> None:
        """Let Tab go through the form as the eye does, rows that were added later too."""
        chain(as_laid_out(self))

    def take(self, words: Marked, text: str, *, add: bool) -> None:
        """Take words of the text for the field that had the keyboard last."""
        slot = self._slot()
        if slot is not None:
            slot.take(words, text, add=add)
            self.bring(slot)
            self.changed.emit()

    def return_here(self) -> None:
        """Give the keyboard back to the field that had it last."""
        last: QWidget | None = self.focusWidget()
        (self.first() if last is None else last).setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """Return the field that has the keyboard first."""
        return self.save_button

    def draft(self) -> Any:
        """Return what the form holds, as a draft of its kind."""
        return None

    def cover(self, words: Marked, note: str | None) -> None:
        """Let words speak of the record: as the text says, or with a note as the coder reads it."""
        del words, note

    def bring(self, widget: QWidget) -> None:
        """Scroll a field into view, once it has its place."""
        self._body.adjustSize()
        self._area.ensureWidgetVisible(widget, 0, 24)

    def missing(self) -> list[tuple[ValueRow | None, str]]:
        """Return what keeps the form from being saved: the row, or None for the form, and why."""
        rows = [row for section in self.sections.values() for row in section.rows]
        return [(row, words) for row in rows if (words := row.missing())]

    def complain(self, problems: Iterable[tuple[ValueRow | None, str]]) -> bool:
        """Show problems at their rows, the rest below; return whether there are any."""
        for section in self.sections.values():
            for row in section.rows:
                row.complain("")
        found = list(problems)
        for row, words in found:
            if row is not None:
                row.complain(words)
        rest = [words for row, words in found if row is None]
        if found and not rest:
            rest = [self.tr("Not saved yet: {n} to mend above.").format(n=len(found))]
        self.problem.setText("\n".join(rest))
        self.problem.setVisible(bool(rest))
        first = next((row for row, _ in found if row is not None), None)
        if first is not None:
            first.first().setFocus(Qt.FocusReason.OtherFocusReason)
            self.bring(first)
        return bool(found)

    def placed(self, problems: Sequence[Problem]) -> list[tuple[ValueRow | None, str]]:
        """Return problems of a record with the rows they are about."""
        return [(self._row_at(problem.path), str(problem)) for problem in problems]

    def event(self, event: QEvent) -> bool:
        """Keep the keys that save for this form, whatever a menu uses them for."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and saves(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a button, or leads to the text; Escape closes, and nothing is lost."""
        if saves(event):
            self.saving.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            has = self.focusWidget()
            if isinstance(has, QPushButton) and has.hasFocus():
                has.click()
            else:
                self.text_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.leaving.emit()
        else:
            super().keyPressEvent(event)

    def _row_at(self, path: str) -> ValueRow | None:
        found = _PLACE.match(path)
        rows = self.sections[found[1]].rows if found and found[1] in self.sections else []
        if found is None and re.search(r"(^|\.)(time|valid)\b", path) and "time" in self.sections:
            rows = self.sections["time"].rows
            return rows[0] if rows else None
        return rows[int(found[2])] if found and int(found[2]) < len(rows) else None

    def _slot(self) -> Any:
        """Return what takes words: the field with the keyboard, or the row it is in; the first claim for none."""
        at: QWidget | None = self.focusWidget()
        while at is not None and at is not self:
            if hasattr(at, "take"):
                return at
            at = at.parentWidget()
        claims = self.sections["claims"].rows if "claims" in self.sections else []
        return claims[0] if claims else None


def _nothing() -> Marked | None:
    return None


class WordsLine(QLineEdit):
    """A line of free words that takes those of the text."""

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)

    def take(self, words: Marked, text: str, *, add: bool) -> None:
        """Say what the text says."""
        del words
        said = " ".join(text.split())
        self.setText(f"{self.text()} {said}".strip() if add else said)


def titled(words: str, most: int = 90) -> str:
    """Return words of a text as a title to begin with: one line, a capital first, cut between words."""
    line = " ".join(words.split())
    if len(line) > most:
        line = line[:most].rpartition(" ")[0] or line[:most]
    return line[:1].upper() + line[1:].rstrip(".,;:")


def tip_of(what: str) -> str:
    """Return what a button that adds a row says of itself."""
    return tr("Add {what}; words that are selected in the text are taken for it").format(what=what)


_SHEET = """
#codingForm {{ background: {panel}; border-right: 1px solid {line}; }}
#codingForm QScrollArea, #codingForm QScrollArea > QWidget > QWidget {{ background: {panel}; }}
#codingRow {{ border: none; border-left: 2px solid {line}; background: {panel}; }}
#codingForm QLabel#quoteLink {{ color: {ink}; background: {card}; border: 1px solid {card}; border-radius: 3px;
    padding: 1px 3px; }}
#codingForm QLabel#quoteLink:hover, #codingForm QLabel#quoteLink:focus {{ color: {link}; border-color: {accent}; }}
#codingForm QLabel#codingProblem {{ color: {warn}; padding: 2px 12px; }}
#codingRow QLabel#codingProblem {{ padding: 0; }}
#codingForm QLabel#codingSign {{ color: {ink}; font-weight: 700; }}
#codingForm QLabel#codeGuide {{ color: {muted}; }}
#codingQuestion {{ background: {card}; border: 1px solid {accent}; border-radius: 5px; margin: 4px 8px; }}
#codingForm QPushButton {{ padding: 3px 9px; }}
#codingForm QToolButton#flat {{ padding: 2px 4px; min-width: 14px; }}
#codingForm QLineEdit, #codingForm QComboBox {{ padding: 3px 6px; }}
#codingForm QComboBox::drop-down {{ width: 16px; }}
"""
