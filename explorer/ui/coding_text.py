"""The source text as one codes in it: a caret, words selected by mouse or keyboard, single keys that act on them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QWidget

from explorer.frozen import frozen
from explorer.paint.theme import Theme
from explorer.ui.document_view import DocumentView
from explorer.words import tr
from explorer.workspace.state import Passage

#: Key -> what it asks for while words are selected.
ACTS = {
    int(Qt.Key.Key_A): "actor",
    int(Qt.Key.Key_L): "location",
    int(Qt.Key.Key_E): "event",
    int(Qt.Key.Key_R): "relation",
}
_MENU = (
    ("take", "&Take these words for the field", "Enter"),
    ("add", "Ta&ke these words too", "Shift+Enter"),
    ("", "", ""),
    ("actor", "&Actor…", "A"),
    ("location", "&Location…", "L"),
    ("event", "&Event…", "E"),
    ("relation", "&Relation…", "R"),
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = Qt.KeyboardModifier.NoModifier
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@frozen
class Wanted:
    """What is asked for: an act of ACTS, "take", "add", "save" or "back"; and the selected words, if there are any."""

    act: str
    words: Passage | None


class CodingText(DocumentView):
    """A document whose words can be coded. wanted(Wanted): what a key or the menu asked for."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.taking = False  # a form is open that takes words
        self.setCursorWidth(2)
        self.setAccessibleDescription(
            self.tr("Select words and press A for an actor, L for a place, E for an event, R for a relation")
        )

    def marked(self) -> Passage | None:
        """Return the selected words, without blanks at their ends; None where none are."""
        cursor = self.textCursor()
        if self._pages is None or not cursor.hasSelection():
            return None
        start, end = (self._reading.from_qt(at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        text = self._pages.document.text[start:end]
        if not text.strip():
            return None
        start += len(text) - len(text.lstrip())
        return Passage(self._pages.document.id, start, start + len(text.strip()))

    def caret(self) -> tuple[int, int]:
        """Return where the selection begins and where the caret stands, in code points."""
        cursor = self.textCursor()
        return self._reading.from_qt(cursor.anchor()), self._reading.from_qt(cursor.position())

    def set_caret(self, anchor: int, position: int) -> None:
        """Select from anchor to position; equal: only the caret."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._reading.to_qt(anchor))
        cursor.setPosition(self._reading.to_qt(position), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def let_go(self) -> None:
        """Select nothing; the caret stays at the end of what was selected."""
        end = max(self.caret())
        self.set_caret(end, end)

    def select_sentence(self) -> None:
        """Select the sentence that the caret stands in, or the next one."""
        number = self._sentence_here()
        if number is not None and self._pages is not None:
            sentence = self._pages.sentences[number]
            self.set_caret(sentence.start, sentence.end)

    def step_sentence(self, step: int, *, extend: bool = False) -> None:
        """Move the caret to the beginning of the next sentence or of the one before."""
        number = self._sentence_here()
        if number is None or self._pages is None:
            return
        stretch, (anchor, position) = self._pages.pages[self._page], self.caret()
        here = self._pages.sentences[number]
        inside = step < 0 and position > here.start
        to = number if inside else number + step
        to = min(max(to, stretch.first), stretch.last - 1)
        goal = self._pages.sentences[to]
        at = goal.end if extend and to == number and step > 0 else goal.start
        self.set_caret(anchor if extend else at, at)
        self.ensureCursorVisible()

    def _sentence_here(self) -> int | None:
        """Return the number of the sentence of the caret; between two, the one before."""
        if self._pages is None or not self._pages.sentences:
            return None
        at = self.caret()[1]
        found = self._pages.sentence_at(at)
        if found is None:
            before = [n for n, sentence in enumerate(self._pages.sentences) if sentence.start <= at]
            found = before[-1] if before else 0
        return found

    def event(self, event: QEvent) -> bool:
        """Keep the single keys for this text, whatever a menu uses them for."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            enter = event.key() in _ENTER and self.taking and self.marked() is not None
            plain = event.modifiers() == _PLAIN and event.key() in ACTS
            if plain or enter or (self.taking and saves(event)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the selected words, or go from sentence to sentence."""
        if not (self._acted(event) or self._moved(event)):
            super().keyPressEvent(event)

    def _acted(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == _PLAIN and key in ACTS:
            self.wanted.emit(Wanted(ACTS[key], self.marked()))
        elif key in _ENTER and self.taking and self.marked() is not None:
            self.wanted.emit(Wanted("add" if held & _SHIFT else "take", self.marked()))
        elif self.taking and saves(event):
            self.wanted.emit(Wanted("save", None))
        elif key == Qt.Key.Key_Escape and self.taking:
            self.wanted.emit(Wanted("back", None))
        else:
            return False
        return True

    def _moved(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == _PLAIN and key == Qt.Key.Key_S:
            self.select_sentence()
        elif held in (_CTRL, _CTRL | _SHIFT) and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step_sentence(1 if key == Qt.Key.Key_Down else -1, extend=bool(held & _SHIFT))
        else:
            return False
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret, which a text that is only read hides."""
        super().focusInEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selected words."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        some = self.marked() is not None
        for act, words, key in _MENU:
            if act in ("take", "add", "") and not self.taking:
                continue
            if not act:
                menu.addSeparator()
                continue
            action = menu.addAction(f"{tr(words)}\t{key}")
            action.setData(act)
            action.setEnabled(some)
        menu.addSeparator()
        copy = menu.addAction(self.tr("&Copy"))
        copy.setData("copy")
        copy.setEnabled(some)
        if self.actions():  # what the window can do with the place that was pointed at
            menu.addSeparator()
            menu.addActions(self.actions())
        menu.triggered.connect(self._on_menu)
        menu.popup(event.globalPos())

    def _on_menu(self, action: object) -> None:
        act = getattr(action, "data", str)()
        if act == "copy":
            self.copy()
        elif act:
            self.wanted.emit(Wanted(act, self.marked()))


def saves(event: QKeyEvent) -> bool:
    """Return whether a key saves the open form: Ctrl+S or Ctrl+Enter."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return held == _CTRL and event.key() in (Qt.Key.Key_S, *_ENTER)
