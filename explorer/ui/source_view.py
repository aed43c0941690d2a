"""The right pane: the fact card of the selection, and below it the document that says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.casefile.columns import HUES
from explorer.casefile.store import CaseFile
from explorer.paint.theme import Theme
from explorer.query.reviewing import coverage, next_uncoded
from explorer.query.selection import Nothing, Picked
from explorer.query.sources import document_words
from explorer.ui.coding_place import DraftOffer, FormPlace
from explorer.ui.coding_text import CodingText
from explorer.ui.document_choice import DocumentChoice
from explorer.ui.document_page import DocumentPages
from explorer.ui.document_view import Highlight
from explorer.ui.fact_card import FactCard
from explorer.ui.following import Following
from explorer.ui.palette import theme_of
from explorer.ui.published_line import PublishedLine
from explorer.ui.tab_order import chain
from explorer.ui.unanchored_tray import UnanchoredTray
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change, Passage
from explorer.workspace.turns import SOURCE

#: Documents that are looked through for a sentence without a fact.
FURTHER = 500


class SourceView(QWidget):
    """Projects selection, focus and passages of the workspace onto a card and a document; sends clicks back.

    A coding form stands beside the text while one is open.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pages: DocumentPages | None = None
        self._page = 0
        self._records: tuple[str, ...] = ()
        self._quoted: int | None = None  # where the card's first quote begins: what the text is scrolled to
        theme = theme_of(self)
        self.card = FactCard(theme, self)
        self.text = CodingText(theme, self)
        self._build()
        self.card.value_clicked.connect(self._show_value)
        self.card.stepped.connect(self._step_focus)
        self.card.date_wanted.connect(self.edit_date)
        self.published.wanted.connect(self.edit_date)
        self.text.sentence_clicked.connect(self._select_sentence)
        self.text.sentence_entered.connect(self._hover_sentence)
        self._following = Following(workspace, SOURCE, self._follow, self)
        self._take_case()

    def shown_ids(self) -> frozenset[str]:
        """Return the ids of the events that the filter shows."""
        return self._workspace.shown_ids()

    def selected_ids(self) -> frozenset[str]:
        """Return the ids of the selected events."""
        return self._workspace.selected_ids()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of theme."""
        self.card.set_theme(theme)
        self.text.set_theme(theme)
        self.published.set_theme(theme)
        self.beside.set_theme(theme)

    def show_document(self, document_id: str) -> None:
        """Open another document of the case."""
        index = self._documents.findData(document_id)
        if index >= 0 and index != self._documents.currentIndex():
            self._documents.setCurrentIndex(index)

    def highlighted(self, role: str = "quote") -> list[str]:
        """Return the characters that stand marked on screen."""
        return self.text.highlighted(role)

    def document_id(self) -> str | None:
        """Return the document on show."""
        return self._pages.document.id if self._pages is not None else None

    def go_to_uncoded(self, step: int = 1) -> bool:
        """Put the caret at the next sentence without a fact, in this document or after it; False where none is left."""
        case, index = self._workspace.case, self._documents.currentIndex()
        if case is None or self._pages is None:
            return False
        at = self._pages.sentence_at(self.text.caret()[1])
        for further in range(min(self._documents.count(), FURTHER)):
            place = (index + step * further) % self._documents.count()
            document_id = str(self._documents.itemData(place))
            bounds = self._pages.sentences if not further else case.source(document_id).sentences
            facts = self._pages.facts if not further else case.sentences_with_facts(document_id)
            number = next_uncoded(len(bounds), facts, at if not further else None, step)
            if number is not None:
                self._documents.setCurrentIndex(place)
                self._go_to_sentence(number)
                return True
        return False

    def _go_to_sentence(self, number: int) -> None:
        assert self._pages is not None
        start, end = self._bounds(number)
        page = self._pages.page_at(start)
        if page != self._page:
            self._show_page(page)
        self.text.set_highlights([Highlight(start, end, "selection")], scroll_to=start)
        self.text.set_caret(start, start)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_date(self, record_id: str) -> None:
        """Ask for the date of a document, an event or a tie, and what it rests on."""
        from explorer.ui.date_editor import DateEditor

        if self._workspace.case is not None:
            DateEditor(self._workspace, record_id, self.text, self).show()

    def _build(self) -> None:
        below = QWidget(self)
        layout = QVBoxLayout(below)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._head())
        layout.addLayout(self._about_row())
        layout.addWidget(self.text, 1)
        self.tray = UnanchoredTray(self._workspace, self.text, self)
        layout.addWidget(self.tray)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.card)
        self._split.addWidget(below)
        self._split.setStretchFactor(0, 0)
        self._split.setStretchFactor(1, 1)
        self.beside = FormPlace(self._split, self.card, self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(6, 6, 6, 0)
        outer.addWidget(self.beside)
        chain([self._documents, self._earlier, self._later, self.drafts, self.text])

    def _head(self) -> QHBoxLayout:
        """Return the title, the choice of document and the page buttons."""
        self._documents = DocumentChoice(self)
        self._documents.setAccessibleName(self.tr("Document"))
        self._documents.setToolTip(self.tr("The documents of this case"))
        self._documents.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._documents.setMinimumContentsLength(12)
        self._documents.currentIndexChanged.connect(self._open_chosen)
        self._place = QLabel(self)
        self._earlier = self._page_button(
            -1, Qt.ArrowType.LeftArrow, self.tr("Earlier page of this document")
        )
        self._later = self._page_button(1, Qt.ArrowType.RightArrow, self.tr("Later page of this document"))
        title = QLabel(self.tr("Source"), self)
        title.setObjectName("paneTitle")
        head = QHBoxLayout()
        head.setContentsMargins(10, 6, 8, 0)
        for widget in (title, self._documents, self._place, self._earlier, self._later):
            head.addWidget(widget, 1 if widget is self._documents else 0)
        return head

    def _about_row(self) -> QVBoxLayout:
        """Return the line that says what is known of the source."""
        self._about = QLabel(self)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setWordWrap(True)
        self._about.setObjectName("sourceAbout")
        self.drafts = DraftOffer(self)
        row = QVBoxLayout()
        row.setContentsMargins(34, 0, 12, 0)
        row.setSpacing(1)
        row.addWidget(self._about)
        self.published = PublishedLine(self._workspace, self)
        row.addWidget(self.published)
        row.addWidget(self.drafts, 0, Qt.AlignmentFlag.AlignLeft)
        return row

    def _page_button(self, step: int, arrow: Qt.ArrowType, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setArrowType(arrow)
        button.setAutoRaise(True)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setProperty("step", step)
        button.clicked.connect(self._turn)
        return button

    def _follow(self, change: Change) -> None:
        if change.of("case"):
            at = None if change.reopened or self._pages is None else (self._pages.document.id, self._page)
            caret, text = self.text.caret(), self._pages.document.text if self._pages is not None else ""
            self._take_case()
            if at is not None:
                self._return_to(*at)
            if at is not None and self._pages is not None and self._pages.document.text == text:
                self.text.set_caret(*caret)
            return
        if change.before.filter.text_only != change.after.filter.text_only:
            self._say_about()
        if change.of("selection", "focus", "filter"):
            self._show_selection()
        if change.of("passages") and self._workspace.state.passages:
            self._show_passages(self._workspace.state.passages)

    def _take_case(self) -> None:
        case = self._workspace.case
        self._documents.take(self._workspace.table)
        self._pages = None
        self.text.clear_page()
        for button in (self._earlier, self._later):
            button.hide()
        self._about.clear()
        self.published.show_document(None)
        self.card.editable = case is not None and not case.read_only
        if case is not None and self._documents.count():
            self._open_chosen()
        self._show_selection()

    def _return_to(self, document_id: str, page: int) -> None:
        """Show a page again after an edit, where its document is still there."""
        case = self._workspace.case
        place = self._documents.findData(document_id)
        if case is None or place < 0:
            return
        if place != self._documents.currentIndex():
            self._documents.blockSignals(True)
            self._documents.setCurrentIndex(place)
            self._documents.blockSignals(False)
            self._open(case, document_id)
        if self._pages is not None and page != self._page:
            self._show_page(min(page, len(self._pages.pages) - 1))
            self._mark(scroll=False)

    def _open_chosen(self) -> None:
        document_id = self._documents.currentData()
        if self._workspace.case is not None and document_id:
            self._open(self._workspace.case, str(document_id))

    def _open(self, case: CaseFile, document_id: str) -> None:
        document = case.source(document_id)
        self._pages = DocumentPages(document, case.sentences_with_facts(document_id))
        self._say_about()
        self._show_page(0)
        self._mark()

    def _say_about(self) -> None:
        case = self._workspace.case
        if case is not None and self._pages is not None:
            words = document_words(case, self._pages.document.id)
            coded = coverage(len(self._pages.sentences), self._pages.facts).words
            self._about.setText("\n".join(filter(None, (words, coded))))
            self.published.show_document(self._pages.document.id)

    def _show_page(self, page: int) -> None:
        assert self._pages is not None
        self._page = page
        self.text.show_page(self._pages, page, self._hues())
        count = len(self._pages.pages)
        for button, wanted in ((self._earlier, page > 0), (self._later, page < count - 1)):
            button.setVisible(count > 1)
            button.setEnabled(wanted)
        words = self.tr("page {n} of {count}").format(n=page + 1, count=count) if count > 1 else ""
        self._place.setText(words)

    def _turn(self) -> None:
        if self._pages is not None:
            self._show_page(
                min(max(0, self._page + self.sender().property("step")), len(self._pages.pages) - 1)
            )
            self._mark(scroll=False)

    def _hues(self) -> dict[int, str]:
        """Return the colour role of each sentence's bar: that of the first classified event it speaks of."""
        table = self._workspace.table
        if self._pages is None or table is None:
            return {}
        hues = {}
        for number, ids in self._pages.facts.items():
            codes = [int(table.hue[table.row_of[i]]) for i in ids if i in table.row_of]
            hues[number] = HUES[next((code for code in codes if code), 0)]
        return hues

    def _show_selection(self) -> None:
        state, table, case = self._workspace.state, self._workspace.table, self._workspace.case
        ids = self._workspace.chosen_ids()
        if case is None or table is None or not ids:
            self._records = ()
            self.card.show_hint(self.tr("Select an event, an actor or a sentence to see its facts."))
            self._give_card_room()
            self.text.set_highlights(())
            return
        self._records = _in_order(state.focus, ids, table.row_of)
        focus = state.focus if state.focus in self._records or state.focus else self._records[0]
        if focus:
            place = self._records.index(focus) if focus in self._records else 0
            text_only = state.filter.text_only
            from explorer.query.card import card

            facts = card(case, table, focus, text_only=text_only)
            self._quoted = facts.quotes[0].start if facts.quotes else None
            self.card.show_card(facts, place, len(self._records))
            self._give_card_room()
            self._go_to_evidence(case, focus)
        self._mark()

    def _give_card_room(self) -> None:
        if self.card.isHidden():
            return
        total = self._split.height()
        wanted = min(self.card.ideal_height(), int(total * 0.55))
        if total > 300:
            self._split.setSizes([wanted, total - wanted])

    def _go_to_evidence(self, case: CaseFile, record_id: str) -> None:
        """Open the document that speaks of a record, unless the open one does."""
        cited = [c.document for c in case.cited(record_id)]
        if cited and self._pages is not None and self._pages.document.id not in cited:
            self.show_document(cited[0])

    def _mark(self, *, scroll: bool = True) -> None:
        """Mark the sentences of the selection, and in them the characters that the record in focus cites."""
        case, state, table = self._workspace.case, self._workspace.state, self._workspace.table
        if self._pages is None or case is None or table is None:
            return
        stretch = self._pages.pages[self._page]
        chosen = frozenset(self._records) | self._workspace.selected_ids() if self._records else frozenset()
        numbers = self._pages.sentences_of(chosen)
        focus = state.focus
        spans = case.spans({c.span for c in case.cited(focus)}) if focus and self._records else []
        cited = [
            (s.start, s.end) for s in spans if s.document == self._pages.document.id and s.start is not None
        ]
        if scroll and cited and not any(stretch.start <= start < stretch.end for start, _ in cited):
            self._show_page(self._pages.page_at(min(start for start, _ in cited)))
        marks = [Highlight(*self._bounds(n), "selection") for n in numbers]
        marks += [Highlight(start, end, "quote") for start, end in cited if end is not None]
        start = (
            self._quoted
            if any(self._quoted == first for first, _ in cited)
            else min((c[0] for c in cited), default=None)
        )
        self.text.set_highlights(marks, scroll_to=start if scroll else None)

    def _bounds(self, number: int) -> tuple[int, int]:
        assert self._pages is not None
        sentence = self._pages.sentences[number]
        return sentence.start, sentence.end

    def _show_value(self, span_ids: Iterable[str]) -> None:
        case = self._workspace.case
        spans = case.spans(span_ids) if case is not None else []
        self._workspace.show_passages(
            Passage(s.document, s.start, s.end) for s in spans if s.start is not None and s.end is not None
        )

    def _show_passages(self, passages: Sequence[Passage]) -> None:
        self.show_document(passages[0].document)
        if self._pages is None:
            return
        here = [p for p in passages if p.document == self._pages.document.id]
        page = self._pages.page_at(here[0].start) if here else self._page
        if page != self._page:
            self._show_page(page)
        marks = [Highlight(p.start, p.end, "quote", bold=True) for p in here]
        self.text.set_highlights(marks, scroll_to=marks[0].start if marks else None)

    def _select_sentence(self, number: object) -> None:
        ids = self._pages.facts.get(int(number), ()) if self._pages is not None else ()  # type: ignore[call-overload]
        self._workspace.select(Picked(frozenset(ids)) if ids else Nothing())

    def _hover_sentence(self, number: object) -> None:
        ids = self._pages.facts.get(number, ()) if self._pages is not None and isinstance(number, int) else ()
        self._workspace.hover(ids)

    def _step_focus(self, step: object) -> None:
        if self._records and isinstance(step, int):
            focus = self._workspace.state.focus
            place = self._records.index(focus) if focus in self._records else 0
            self._workspace.focus_on(self._records[(place + step) % len(self._records)])


def _in_order(focus: str | None, ids: frozenset[str], rows: object) -> tuple[str, ...]:
    """Return the records that the card pages through: events in case order, then the rest by id."""
    order = rows if isinstance(rows, dict) else {}
    kept = tuple(sorted(ids, key=lambda i: (i not in order, order.get(i, 0), i)))
    return kept or ((focus,) if focus else ())
