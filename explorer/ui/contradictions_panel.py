"""Facts about time that cannot all hold: each set with its sentences, what was set aside, and how to mend it."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.query.contradicting import Clash, ClashingFact, clashes, count_words
from explorer.query.describe import plural
from explorer.query.selection import Picked
from explorer.ui.text import elided, plain_label
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change, Passage

#: Contradictions that are shown at once: the rest come once these are mended.
MOST = 30
#: Milliseconds after the opening: the views are painted first.
QUIET = 250
#: Pixels that the panel takes at most: the views keep the room.
TALLEST = 224


class FactLink(QLabel):
    """A fact in words that leads to its record and its sentence, by mouse or by Enter."""

    clicked = Signal(object)  # the ClashingFact

    def __init__(self, fact: ClashingFact, parent: QWidget) -> None:
        super().__init__(parent)
        self.fact = fact
        self.setObjectName("fact")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(fact.words[:1].upper() + fact.words[1:])
        self.setWordWrap(True)
        self.setAccessibleName(fact.words)
        self.setToolTip(self.tr("Select the record that says so and show its words"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lead to the record."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.fact)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead to the record."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit(self.fact)
            return
        super().keyPressEvent(event)


class ContradictionsPanel(QFrame):
    """Follows the case and the switch for values from outside; hidden while nothing contradicts, or it was closed.

    counted(int): how many contradictions there are now. date_wanted(record id): a fact's date is to be set anew.
    """

    counted = Signal(object)
    date_wanted = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._wanted = self._by_itself = False
        self.count = 0
        self.setObjectName("notice")
        self.setAccessibleName(self.tr("Contradictions"))
        self.setMaximumHeight(TALLEST)
        self.heading = plain_label("", self, "heading")
        self.heading.setWordWrap(True)
        close = QToolButton(self)
        close.setObjectName("flat")
        close.setText("×")
        close.setAccessibleName(self.tr("Close the list of contradictions"))
        close.clicked.connect(self.close_panel)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(close)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 6, 6)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self.refresh)
        workspace.changed.connect(self._follow)
        workspace.opened.connect(self._on_opened)
        self.hide()

    def show_panel(self, *, on: bool = True) -> None:
        """Show what contradicts, or say that nothing does; or hide it."""
        self._wanted, self._by_itself = on, False
        self.setVisible(on and self._workspace.case is not None)
        if on:
            self.refresh()

    def close_panel(self) -> None:
        """Hide the panel."""
        self.show_panel(on=False)

    def facts(self) -> list[FactLink]:
        """Return the facts on show, in order."""
        body = self._area.widget()
        return body.findChildren(FactLink) if body is not None else []

    def refresh(self) -> None:
        """Count the contradictions of now, and show them where the panel is open."""
        case = self._workspace.case
        found = len(case.chronology(text_only=self._workspace.text_only).contradictions) if case else 0
        self.count = found
        self.heading.setText(self._heading())
        if self._wanted:
            self._show_body()
        self.counted.emit(found)

    def _heading(self) -> str:
        if not self.count:
            return self.tr("No contradiction: all facts about time can hold together.")
        words = self.tr("{count}: facts about time that cannot all hold")
        return "\N{WARNING SIGN} " + words.format(count=count_words(self.count))

    def _show_body(self) -> None:
        case = self._workspace.case
        body = QWidget()
        body.setObjectName("clashes")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(2)
        if case is not None:
            for clash in islice(clashes(case, text_only=self._workspace.text_only), MOST):
                self._add(clash, body, column)
        if self.count > MOST:
            more = plural(self.count - MOST, "… and {n} more", "… and {n} more")
            column.addWidget(plain_label(more, body, "muted"))
        column.addStretch(1)
        self._area.setWidget(body)  # which deletes the one before
        self._area.setVisible(self.count > 0)
        self._area.setMinimumHeight(min(body.sizeHint().height(), TALLEST - 60) if self.count else 0)

    def _add(self, clash: Clash, body: QWidget, column: QVBoxLayout) -> None:
        for fact in clash.facts:
            column.addLayout(self._fact_row(fact, body))
            for sentence in fact.sentences:
                column.addWidget(_quote(sentence, body))
        mend = plain_label(clash.mend, body, "muted")
        mend.setWordWrap(True)
        mend.setContentsMargins(4, 2, 0, 8)
        column.addWidget(mend)

    def _fact_row(self, fact: ClashingFact, body: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        link = FactLink(fact, body)
        link.clicked.connect(self._show_fact)
        row.addWidget(link, 1)
        if fact.aside:
            aside = plain_label(self.tr("\N{BULLET} set aside"), body, "problem")
            row.addWidget(aside, 0, Qt.AlignmentFlag.AlignTop)
        if fact.dated and self._workspace.case is not None and not self._workspace.case.read_only:
            row.addWidget(self._date_button(fact, body), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _date_button(self, fact: ClashingFact, body: QWidget) -> QPushButton:
        button = QPushButton(self.tr("Set date…"), body)
        button.setObjectName("chip")
        button.setAccessibleName(self.tr("Set date: {fact}").format(fact=fact.words))
        button.setProperty("record", fact.record)
        button.clicked.connect(self._want_date)
        return button

    def _show_fact(self, fact: ClashingFact) -> None:
        case = self._workspace.case
        if case is None:
            return
        self._workspace.select(Picked(frozenset({fact.record})), focus=fact.record)
        self._workspace.show_passages(
            Passage(span.document, span.start, span.end)
            for span in case.spans(fact.spans)
            if span.start is not None and span.end is not None
        )

    def _want_date(self) -> None:
        self.date_wanted.emit(str(self.sender().property("record")))

    def _follow(self, change: Change) -> None:
        if change.reopened:
            self.close_panel()
            self._quiet.start()  # the views are painted first
        elif change.of("case"):
            self._show_what_came()
        elif change.before.filter.text_only != change.after.filter.text_only:
            self.refresh()

    def _show_what_came(self) -> None:
        """After an edit: come forward with what it contradicts, go again once nothing does."""
        before = self.count
        self.refresh()
        if self.count > before and not self._wanted:
            self.show_panel()
            self._by_itself = True
        elif not self.count and self._by_itself:
            self.close_panel()

    def _on_opened(self) -> None:
        self._quiet.start()


def _quote(sentence: str, parent: QWidget) -> QLabel:
    label = plain_label(f"“{elided(sentence, 240)}”", parent, "muted")
    label.setWordWrap(True)
    label.setContentsMargins(20, 0, 0, 2)
    return label
