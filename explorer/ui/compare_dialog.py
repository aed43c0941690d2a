"""The Compare view: events that may be one, pair by pair, or the sources of one event; the user alone decides.

It stays open beside the window; a quote leads to its words in the source pane.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from explorer.casefile.errors import CaseFileError
from explorer.edit import sameevent
from explorer.query.comparing import Comparison, compare_events, compare_sources
from explorer.query.sameness import Alike, alike_to, proposals
from explorer.query.selection import Picked
from explorer.ui.compare_grid import CompareGrid
from explorer.ui.palette import theme_of
from explorer.ui.text import elided, plain_label
from explorer.words import tr
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change, Passage

if TYPE_CHECKING:
    from explorer.casefile.changes import Edit

REASON_WORDS = {"time": "the time", "place": "the place", "people": "the people", "number": "the number"}
Pair = tuple[str, str]


class CompareDialog(QDialog):
    """One of two: proposals to walk through, or all that is said of one event.

    pairs: events to compare, () = every proposal of the case; about: proposals with this event only; event: its
    sources.
    """

    def __init__(
        self, workspace: Workspace, parent: QWidget, *, pairs: Sequence[Pair] = (), about: str = "", event: str = ""
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workspace = workspace
        self._fixed, self._about, self._event = tuple(pairs), about, event
        self._pairs: list[Pair] = []
        self._reasons: dict[Pair, tuple[str, ...]] = {}
        self._skipped: set[Pair] = set()
        self._shown: Pair | None = None
        self.setWindowTitle(self.tr("Compare sources") if event else self.tr("May be the same"))
        self.resize(900, 620)
        self._build()
        workspace.changed.connect(self._follow)
        self.refresh()

    def refresh(self) -> None:
        """Read again what there is to compare, and stay at what is shown where it is still there."""
        at = self._pairs.index(self._shown) if self._shown in self._pairs else 0
        self._pairs = self._found()
        self._show_at(self._pairs.index(self._shown) if self._shown in self._pairs else at)

    @property
    def pair(self) -> Pair | None:
        """The two events that are shown."""
        return self._shown

    def step(self, places: int) -> None:
        """Go to the next pair, or to the one before."""
        if self._pairs:
            self._show_at(self._pairs.index(self._shown) + places if self._shown in self._pairs else 0)

    def skip(self) -> None:
        """Leave this pair for another time."""
        if self._shown is not None:
            self._skipped.add(self._shown)
        self.step(1)

    def join(self) -> None:
        """Make the two one event, under the one that is kept."""
        if self._shown is not None and self._workspace.case is not None:
            stays, goes = self._shown if self.keep_first.isChecked() else self._shown[::-1]
            self._act(sameevent.join, stays, goes)

    def keep_apart(self) -> None:
        """Say that they are two events; they are not proposed again."""
        if self._shown is not None and self._workspace.case is not None:
            self._act(sameevent.keep_apart, *self._shown)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "grid"):
            self.grid.set_theme(theme_of(self))

    def _build(self) -> None:
        self.head = plain_label("", self, "name")
        self.summary = plain_label("", self)
        self.summary.setWordWrap(True)
        self.reasons = plain_label("", self, "muted")
        self.reasons.setWordWrap(True)
        self.grid = CompareGrid(theme_of(self), self)
        self.grid.quote_clicked.connect(self._show_words)
        self.problem = plain_label("", self, "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addLayout(self._head_row())
        for widget in (self.reasons, self.summary):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.grid, 1)
        column.addWidget(self.problem)
        self._decisions = self._decision_rows()
        column.addWidget(self._decisions)
        column.addLayout(self._close_row())

    def _head_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.head, 1)
        self.earlier = self._button(self.tr("‹ &Previous"), self.tr("The pair before"), self._step_back)
        self.later = self._button(self.tr("&Next ›"), self.tr("The next pair"), self._step_on)
        row.addWidget(self.earlier)
        row.addWidget(self.later)
        return row

    def _decision_rows(self) -> QWidget:
        """Return which one is kept, why, and the three decisions."""
        box = QWidget(self)
        self.keep_first, self.keep_second = QRadioButton(box), QRadioButton(box)
        self.keep_first.setChecked(True)
        group = QButtonGroup(box)
        keep = QHBoxLayout()
        keep.addWidget(plain_label(self.tr("If joined, keep the headline"), box, "muted"))
        for choice in (self.keep_first, self.keep_second):
            group.addButton(choice)
            keep.addWidget(choice)
        keep.addStretch(1)
        self.note = QLineEdit(box)
        self.note.setPlaceholderText(self.tr("Why? It is kept with the decision"))
        self.note.setAccessibleName(self.tr("Why"))
        row = QHBoxLayout()
        row.addWidget(self.note, 1)
        self.join_button = self._button(
            self.tr("&Join"), self.tr("Make them one event; each source keeps what it said"), self.join
        )
        self.apart_button = self._button(
            self.tr("Keep &apart"), self.tr("They are two events; do not propose them again"), self.keep_apart
        )
        self.skip_button = self._button(self.tr("&Skip"), self.tr("Decide another time"), self.skip)
        for button in (self.join_button, self.apart_button, self.skip_button):
            row.addWidget(button)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(keep)
        column.addLayout(row)
        return box

    def _close_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._button(self.tr("Close"), "", self.reject))
        return row

    def _button(self, words: str, tip: str, slot: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.clicked.connect(slot)
        return button

    def _step_back(self) -> None:
        self.step(-1)

    def _step_on(self) -> None:
        self.step(1)

    # -- what is shown -------------------------------------------------------------------------------------------

    def _found(self) -> list[Pair]:
        table = self._workspace.table
        if table is None or self._event:
            return []
        if self._fixed:
            there = (pair for pair in self._fixed if all(event in table.row_of for event in pair))
            ends = ((table.stays(first), table.stays(second)) for first, second in there)
            return [pair for pair in dict.fromkeys(ends) if pair[0] != pair[1]]
        if self._about and self._about not in table.row_of:
            return []
        found: Sequence[Alike] = (
            alike_to(table, table.row_of[self._about]) if self._about else proposals(table)
        )
        pairs = {(table.ids[each.first], table.ids[each.second]): each.reasons for each in found}
        self._reasons = pairs
        return [
            *(each for each in pairs if each not in self._skipped),
            *(each for each in pairs if each in self._skipped),
        ]

    def _show_at(self, at: int) -> None:
        self.problem.hide()
        if self._event:
            self._show_sources()
            return
        many = len(self._pairs)
        at = min(max(at, 0), many - 1) if many else 0
        self._shown = self._pairs[at] if many else None
        self.earlier.setEnabled(at > 0)
        self.later.setEnabled(at < many - 1)
        for widget in (self.grid, self._decisions, self.summary, self.reasons, self.earlier, self.later):
            widget.setVisible(self._shown is not None)
        if self._shown is None:
            self.head.setText(self.tr("Nothing is left to compare."))
            return
        self.head.setText(self.tr("May be the same: {n} of {count}").format(n=at + 1, count=many))
        reasons = [tr(REASON_WORDS[each]) for each in self._reasons.get(self._shown, ())]
        self.reasons.setText(
            self.tr("For it speak the kind of act, {reasons}. You decide.").format(reasons=", ".join(reasons))
            if reasons
            else self.tr("Chosen by you.")
        )
        self.note.clear()
        self._show(self._compared(self._shown))

    def _compared(self, pair: Pair) -> Comparison:
        case, table = self._workspace.case, self._workspace.table
        assert case is not None
        assert table is not None
        found = compare_events(case, table, pair, text_only=self._workspace.text_only)
        for button, voice in zip((self.keep_first, self.keep_second), found.voices, strict=True):
            button.setText(elided(voice.heading, 48).replace("&", "&&"))
        can = not case.read_only
        for decision in (self.join_button, self.apart_button):
            decision.setEnabled(can)
        return found

    def _show_sources(self) -> None:
        case, table = self._workspace.case, self._workspace.table
        for widget in (self._decisions, self.earlier, self.later, self.reasons):
            widget.hide()
        if case is None or table is None or self._event not in table.row_of:
            self.reject()
            return
        found = compare_sources(case, table, table.stays(self._event), text_only=self._workspace.text_only)
        count = int(table.source_count[table.row_of[self._event]])
        words = self.tr("{title}: {n} source") if count == 1 else self.tr("{title}: {n} sources")
        self.head.setText(words.format(title=elided(found.title, 80), n=count))
        self._show(found)

    def _show(self, found: Comparison) -> None:
        self.summary.setText(found.summary)
        self.summary.setObjectName("problem" if found.differing else "muted")
        self.summary.style().polish(self.summary)
        self.grid.show_comparison(found)

    # -- what is done --------------------------------------------------------------------------------------------

    def _act(self, make: object, *ids: str) -> None:
        assert callable(make)
        case, note = self._workspace.case, " ".join(self.note.text().split())
        try:
            edit: Edit = make(case, *ids, note=note or None)
        except (CaseFileError, KeyError) as error:
            self._say(str(error))
            return
        if self._workspace.commit(edit) is None:
            return
        if not self._pairs:
            self._workspace.select(Picked(frozenset({ids[0]})))

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()

    def _show_words(self, spans: object) -> None:
        """Bring the words of a quote into the source pane."""
        case = self._workspace.case
        assert isinstance(spans, tuple)
        if case is None:
            return
        found = [
            Passage(span.document, span.start, span.end)
            for span in case.spans(spans)
            if span.start is not None and span.end is not None
        ]
        if found:
            self._workspace.show_passages(found)
        else:
            self._say(self.tr("These words are not in the text of the case: it is cited as a whole."))

    def _follow(self, change: Change) -> None:
        if change.reopened:
            self.reject()
        elif change.of("case"):
            self.refresh()
