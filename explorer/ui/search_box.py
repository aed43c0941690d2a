"""The one search field: results as you type, in groups; Enter selects, Ctrl+Enter filters (design §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from explorer.query.filters import Choice
from explorer.query.selection import Picked
from explorer.ui.text import plain_label
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Passage

if TYPE_CHECKING:
    from explorer.casefile.search import Hit

#: Milliseconds of quiet before a search; typing on starts them anew.
QUIET = 120
MOST_HITS = 40
MOST_EACH = 8
HEADINGS = {
    "event": "Events",
    "actor": "Actors",
    "place": "Places",
    "document": "Documents",
    "sentence": "Sentences",
}
FACET = {"actor": "actors", "place": "places", "document": "documents"}
HIT = Qt.ItemDataRole.UserRole


class Results(QFrame):
    """The list that drops below the field, over what is there; it never takes the keyboard."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.setObjectName("card")
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Search results"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.note = plain_label("", self, "muted")
        self.note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.list)
        column.addWidget(self.note)

    def fill(self, hits: list[Hit], note: str) -> None:
        """Show hits under their headings, and a note below."""
        self.list.clear()
        for kind, heading in HEADINGS.items():
            found = [hit for hit in hits if hit.kind == kind][:MOST_EACH]
            if found:
                self._add_heading(heading)
            for hit in found:
                self._add_hit(hit)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._step_from(-1, 1)

    def step(self, places: int) -> None:
        """Move the mark to the next or the previous hit."""
        self._step_from(self.list.currentRow(), places)

    def chosen(self) -> Hit | None:
        """Return the marked hit."""
        item = self.list.currentItem()
        hit = item.data(HIT) if item is not None else None
        from explorer.casefile.search import Hit

        return hit if isinstance(hit, Hit) else None

    def _add_heading(self, heading: str) -> None:
        item = QListWidgetItem(self.tr(heading).upper())
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setPointSizeF(font.pointSizeF() * 0.82)
        item.setFont(font)
        self.list.addItem(item)

    def _add_hit(self, hit: Hit) -> None:
        item = QListWidgetItem(f"{hit.text}   {hit.detail}" if hit.detail else hit.text)
        item.setData(HIT, hit)
        self.list.addItem(item)

    def _step_from(self, row: int, places: int) -> None:
        row += places
        while 0 <= row < self.list.count():
            if self.list.item(row).flags() & Qt.ItemFlag.ItemIsSelectable:
                self.list.setCurrentRow(row)
                return
            row += places


class SearchBox(QLineEdit):
    """Searches while you type and acts on what you choose.

    menu_wanted(place on the screen): what can be done with a hit, which is selected now, was asked for.
    """

    menu_wanted = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setObjectName("search")
        self.setPlaceholderText(self.tr("Search events, actors, places and sentences…   Ctrl+K"))
        self.setAccessibleName(self.tr("Search"))
        self.setToolTip(self.tr("Enter selects, Ctrl+Enter filters, Escape leaves"))
        self.setClearButtonEnabled(True)
        self.results = Results(self)
        self.results.hide()
        self.results.list.itemClicked.connect(self._on_clicked)
        self.results.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.results.list.customContextMenuRequested.connect(self._want_menu)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(self.search_now)
        self.textEdited.connect(self._on_edited)

    def search_now(self) -> None:
        """Search for what is typed and show what was found."""
        case, words = self._workspace.case, self.text().strip()
        if case is None or not words:
            self.results.hide()
            return
        hits = case.search(words, MOST_HITS)
        self.results.fill(hits, self._note(hits, words))
        self._drop_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter selects, Ctrl+Enter filters, Escape leaves."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.results.isVisible():
            self.results.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._timer.stop()
            if not self.results.isVisible():
                self.search_now()
            self.act(narrow=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Escape:
            self.results.hide()
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Fold the results up."""
        super().focusOutEvent(event)
        self.results.hide()

    def act(self, *, narrow: bool) -> None:
        """Select the marked hit, or filter by it; without one, filter by the words themselves."""
        hit = self.results.chosen()
        self.results.hide()
        if narrow:
            self._narrow(hit)
        elif hit is not None:
            self._select(hit)

    def _want_menu(self, where: QPoint) -> None:
        """Select the hit under the pointer, and ask for the menu of what is selected."""
        item = self.results.list.itemAt(where)
        if item is not None and item.data(HIT) is not None:
            self.results.list.setCurrentItem(item)
            place = self.results.list.viewport().mapToGlobal(where)
            self.act(narrow=False)
            self.menu_wanted.emit(place)

    def _select(self, hit: Hit) -> None:
        case = self._workspace.case
        if hit.kind != "sentence" or case is None or hit.sentence is None:
            self._workspace.select(Picked(frozenset({hit.id})))
            return
        facts = case.sentences_with_facts(hit.id).get(hit.sentence, [])
        if facts:
            self._workspace.select(Picked(frozenset(facts)))
        document = case.source(hit.id)
        if document.sentences:
            sentence = document.sentences[hit.sentence]
            self._workspace.show_passages([Passage(hit.id, sentence.start, sentence.end)])

    def _narrow(self, hit: Hit | None) -> None:
        condition = self._workspace.state.filter
        if hit is not None and hit.kind in FACET:
            self._workspace.narrow(condition.with_choice(FACET[hit.kind], Choice(include=(hit.id,))))
        elif self.text().strip():
            self._workspace.narrow(condition.changed({"text": self.text().strip()}))

    def _note(self, hits: list[Hit], words: str) -> str:
        if not hits:
            return self.tr("Nothing in this case holds “{words}”.").format(words=words)
        kinds = {hit.kind for hit in hits}
        if kinds <= {"sentence", "event"} and "sentence" in kinds and self._workspace.case is not None:
            count = len(self._workspace.case.text_rows(words))
            return self.tr("“{words}” is not a coded actor or place here; {n} records mention it.").format(
                words=words, n=count
            )
        return self.tr("Enter selects · Ctrl+Enter filters")

    def _drop_down(self) -> None:
        rows = min(14, self.results.list.count())
        height = sum(self.results.list.sizeHintForRow(row) for row in range(rows)) + 16
        self.results.list.setFixedHeight(height)
        self.results.list.setVisible(bool(rows))
        self.results.setFixedWidth(max(self.width(), 420))
        window = self.window()
        if self.results.parentWidget() is not window:
            self.results.setParent(window)
        self.results.adjustSize()
        self.results.move(self.mapTo(window, QPoint(0, self.height() + 4)))
        self.results.show()
        self.results.raise_()

    def _on_edited(self, text: str) -> None:
        del text
        self._timer.start()

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.results.list.setCurrentItem(item)
        self.act(narrow=False)
