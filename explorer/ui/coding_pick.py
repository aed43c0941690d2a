"""A field that names a record: completed over names and aliases, or made new in a few answers in the same line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from explorer.edit.coining import guessed_kind
from explorer.query.completing import complete
from explorer.ui.coding_names import KIND_WORDS, Names, line_of
from explorer.words import isolated, tr

VALUE = int(Qt.ItemDataRole.UserRole)
#: Something that nothing in the case is: the row that makes a new record.
NEW = "+"
#: What is asked of something new, one after the other.
QUESTIONS = {"actors": ("kind",), "locations": ("kind", "part_of"), "references": ("url", "note")}
_NEW_WORDS = {
    "actors": "New actor “{name}”…",
    "locations": "New place “{name}”…",
    "references": "New reference “{name}”…",
}
_ASKED = {
    "kind": "What is “{name}”?",
    "part_of": "What does “{name}” lie in? Enter: not stated",
    "url": "Address of “{name}”, if it has one",
    "note": "A note on “{name}”, if you like",
}


class Choices(QFrame):
    """The list below the field, in front of the window; the field keeps the keyboard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.list)

    def fill(self, rows: list[tuple[str, str]], current: int) -> None:
        """Show (value, words) rows with one of them marked."""
        self.list.clear()
        for value, words in rows:
            item = QListWidgetItem(words)
            item.setData(VALUE, value)
            item.setToolTip(words)
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(current, 0), len(rows) - 1))

    def drop_below(self, field: QWidget) -> None:
        """Stand below a field, or above it where there is no room below."""
        window = field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        rows = min(9, self.list.count())
        tall = sum(self.list.sizeHintForRow(row) for row in range(rows)) + 14
        wide = min(max(field.width(), 260), window.width() - 16)
        self.setFixedSize(wide, tall)
        below = field.mapTo(window, QPoint(0, field.height() + 2))
        if below.y() + tall > window.height():
            below = field.mapTo(window, QPoint(0, -tall - 2))
        self.move(max(8, min(below.x(), window.width() - wide - 8)), max(8, below.y()))
        self.show()
        self.raise_()


class NamePicker(QLineEdit):
    """Chooses a record of a list of names.

    settled(id) once one is chosen by Enter or by a click; changed() whenever the choice is another.
    """

    settled = Signal(object)
    changed = Signal()

    def __init__(
        self, names: Names, list_name: str, label: str, parent: QWidget | None = None, *, new: bool = True
    ) -> None:
        super().__init__(parent)
        self._names, self._list_name = names, list_name
        self._new = new and list_name in QUESTIONS
        self._asking: list[str] = []
        self._coining = ""
        self._answers: dict[str, str | None] = {}
        self.chosen: str | None = None
        self.setAccessibleName(label)
        self.setPlaceholderText(label)
        self.setMinimumWidth(60)
        self.choices = Choices(self)
        self.choices.hide()
        self.choices.list.itemClicked.connect(self._on_clicked)
        self.textEdited.connect(self._on_edited)

    def set_chosen(self, record_id: str | None) -> None:
        """Show a record as chosen."""
        self._asking = []
        self.chosen = record_id
        self.setText(self._names.name_of(record_id))
        self.setCursorPosition(0)
        self.choices.hide()

    def suggest(self, words: str) -> None:
        """Offer what words of the text may mean, the best match marked; the keyboard comes here."""
        self.chosen = None
        self._asking = []
        self.setText(" ".join(words.split()))
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.offer()
        self.changed.emit()

    def offer(self) -> None:
        """Show what fits what is typed."""
        typed = self.text().strip()
        found = complete(self._names.all(self._list_name), typed)
        rows = [(each.named.id, line_of(each.named, each.matched)) for each in found]
        sure = bool(found) and found[0].sure
        if self._new and typed:
            words = tr(_NEW_WORDS[self._list_name]).format(name=isolated(typed))
            rows.append((NEW, words))
        if not rows:
            self.choices.hide()
            return
        self.choices.fill(rows, 0 if sure or not typed or not self._new else len(rows) - 1)
        self.choices.drop_below(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter takes, Escape folds the list up."""
        key, shown = event.key(), self.choices.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if shown:
                row = self.choices.list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
                self.choices.list.setCurrentRow(min(max(row, 0), self.choices.list.count() - 1))
            else:
                self.offer()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.accept()
        elif key == Qt.Key.Key_Escape and (shown or self._asking):
            self._ask_no_more()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Fold up; a name typed in full counts as chosen."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        if self._asking:
            self._ask_no_more()
        if self.choices.isVisible() and self.chosen is None and event.reason() in _LEFT_BY_TAB:
            self.accept(leaving=True)
        self.choices.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes with the field."""
        super().hideEvent(event)
        self.choices.hide()

    def accept(self, *, leaving: bool = False) -> None:
        """Take the marked row, or the answer to what is asked."""
        item = self.choices.list.currentItem() if self.choices.isVisible() else None
        value = item.data(VALUE) if item is not None else None
        if self._asking:
            self._answer(value)
        elif value == NEW:
            if not leaving:
                self._begin_new()
        elif value is not None:
            self._settle(value, tell=not leaving)
        elif self.chosen is not None or not self.text().strip():
            self.settled.emit(self.chosen)
        else:
            self.offer()

    def _settle(self, record_id: str, *, tell: bool = True) -> None:
        self.set_chosen(record_id)
        self.changed.emit()
        if tell:
            self.settled.emit(record_id)

    def _begin_new(self) -> None:
        self._coining = " ".join(self.text().split())
        self._answers = {}
        self._asking = list(QUESTIONS[self._list_name])
        self._ask()

    def _ask(self) -> None:
        """Put the next question into the line."""
        question = self._asking[0]
        self.clear()
        self.setPlaceholderText(tr(_ASKED[question]).format(name=isolated(self._coining)))
        self._offer_answers()

    def _offer_answers(self) -> None:
        question, typed = self._asking[0], self.text().strip()
        if question == "kind":
            words = {kind: tr(said) for kind, said in KIND_WORDS[self._list_name].items()}
            if self._list_name == "actors":
                words["unidentified"] = tr("Not identified")
            kinds = [(k, said) for k, said in words.items() if said.casefold().startswith(typed.casefold())]
            guess = guessed_kind(self._list_name, self._coining)
            at = next((row for row, (kind, _) in enumerate(kinds) if kind == guess and not typed), 0)
            rows = kinds or list(words.items())
            self.choices.fill(rows, at)
        elif question == "part_of":
            found = complete(self._names.all(self._list_name), typed, 6)
            rows = [(each.named.id, line_of(each.named, each.matched)) for each in found]
            unsaid = ("", tr("not stated"))
            self.choices.fill([*rows, unsaid] if typed else [unsaid, *rows], 0)
        else:
            self.choices.hide()
            return
        self.choices.drop_below(self)

    def _answer(self, value: str | None) -> None:
        question = self._asking.pop(0)
        chosen = value if question in ("kind", "part_of") else self.text().strip()
        self._answers[question] = chosen or None
        if self._asking:
            self._ask()
            return
        kind = self._answers.pop("kind", None)
        coined = self._names.coin(self._list_name, self._coining, kind, self._answers)
        self.setPlaceholderText(self.accessibleName())
        self._settle(coined.id)

    def _ask_no_more(self) -> None:
        """Leave what is being made new, back to its name as typed."""
        if self._asking:
            self._asking = []
            self.setPlaceholderText(self.accessibleName())
            self.setText(self._coining)
        self.choices.hide()

    def _on_edited(self, text: str) -> None:
        del text
        if self._asking:
            self._offer_answers()
            return
        if self.chosen is not None:
            self.chosen = None
        self.changed.emit()
        self.offer()

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.choices.list.setCurrentItem(item)
        self.accept()


_LEFT_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
