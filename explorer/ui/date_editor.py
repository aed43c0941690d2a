"""When a document appeared, or an event took place: the date as it is typed, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from explorer.casefile.errors import CaseFileError
from explorer.edit.dating import Dating, keeps_order, set_date, time_of, unclaimed
from explorer.edit.drafts import Founded
from explorer.edit.passages import Marked
from explorer.edit.values import held
from explorer.model.records import Document, Event, Reference
from explorer.model.vocabulary import Basis
from explorer.ui.date_basis import BasisChoice, ReferenceChoice, WordsChoice
from explorer.ui.date_field import DateField, room_for
from explorer.ui.text import elided, plain_label
from explorer.words import ANCHOR_WORDS, isolated, tr
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change

if TYPE_CHECKING:
    from explorer.ui.coding_text import CodingText


class DateEditor(QDialog):
    """Stays beside the window, so that words can be selected in the text; Set date is one step of the history."""

    def __init__(self, workspace: Workspace, record_id: str, text: CodingText, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        case = workspace.case
        assert case is not None
        self._workspace, self._id, self._text, self._case = workspace, record_id, text, case
        (self._record,) = held(case, record_id)
        self._time = time_of(self._record)
        self.field = DateField(self.tr("Date"), self, hint=self.tr("2015, Nov 2024, about 2 Dec 2024"))
        self.basis = BasisChoice(self)
        self.words = WordsChoice(self)
        cited = self._time.citations if self._time else ()
        references = [each for each in case.all("references") if isinstance(each, Reference)]
        self.reference = ReferenceChoice(references, cited, self)
        self.remark = QLineEdit((self._time.note or "") if self._time else "", self)
        self.remark.setCursorPosition(0)
        self.remark.setPlaceholderText(self.tr("how the date is known (optional)"))
        self.claims = QCheckBox(
            self.tr("The sentence of these words s&peaks of this record: cite it, too"), self
        )
        self.claims.hide()
        self.gives_way = plain_label("", self, "muted")
        self.problem = plain_label("", self, "problem")
        self._lay_out()
        self._show_time()
        self.basis.changed.connect(self._on_basis)
        self._room = room_for(self, self.field)
        text.selectionChanged.connect(self._on_selection)
        workspace.changed.connect(self._follow)
        self._on_basis()

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Set date"))
        self.setMinimumWidth(460)
        question = plain_label(self._question(), self, "heading")
        for label in (question, self.gives_way, self.problem):
            label.setWordWrap(True)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Date"), self.field)
        form.addRow(self.tr("Known"), self.basis)
        box = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(box.Save | box.Cancel, self)
        self.buttons.button(box.Save).setText(self.tr("&Set date"))
        self.clear = self.buttons.addButton(self.tr("&Clear date"), QDialogButtonBox.ButtonRole.ResetRole)
        self.clear.setToolTip(self.tr("Say that the date is not known"))
        self.clear.setEnabled(self._time is not None and self._time.edtf is not None)
        self.clear.clicked.connect(self.clear_date)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(question)
        column.addLayout(form)
        column.addWidget(self.words)
        column.addWidget(self.claims)
        column.addWidget(self.reference)
        below = QFormLayout()
        below.addRow(self.tr("Re&mark"), self.remark)
        column.addLayout(below)
        column.addWidget(self.gives_way)
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addWidget(self.buttons)
        self.problem.hide()

    def _question(self) -> str:
        title = isolated(elided(str(getattr(self._record, "title", self._id)), 90))
        if isinstance(self._record, Document):
            return self.tr("When did “{title}” appear?").format(title=title)
        if isinstance(self._record, Event):
            return self.tr("When was “{title}”?").format(title=title)
        return self.tr("Since when, or until when, did this tie hold?")

    def _show_time(self) -> None:
        """Fill the form from what is known; with nothing known, what is selected decides what it rests on."""
        time = self._time
        self.field.set_edtf(time.edtf if time else None)
        if time is not None:
            self.words.show_spans(
                time.evidence, [s.quote for s in self._case.spans(time.evidence) if s.quote]
            )
        if time is not None and time.says_something:
            self.basis.choose(time.basis)
        else:
            self.basis.choose("stated" if self._text.marked() else "reference")

    def _on_basis(self) -> None:
        outside = self.basis.basis == "reference"
        self.words.setVisible(not outside)
        self.reference.setVisible(outside)
        words = self._order_words()
        self.gives_way.setText(words)
        self.gives_way.setVisible(bool(words))
        self._on_selection()
        self._room.start()

    def _order_words(self) -> str:
        """Return what becomes of an order that the time says, too, "" where it says none."""
        time = self._time
        if time is None or time.anchor is None or time.anchor_relation is None:
            return ""
        from explorer.casefile.telling import Telling

        what = Telling(self._case).name(time.anchor)
        order = tr(ANCHOR_WORDS[time.anchor_relation]).format(what=what)
        if keeps_order(time, self.basis.basis):
            return self.tr("“{order}” stays beside the date.").format(order=order)
        return self.tr("The date takes the place of “{order}”: one time has one basis.").format(order=order)

    def _on_selection(self) -> None:
        marked = self._text.marked()
        if marked is not None and self.basis.basis != "reference":
            self.claims.hide()
            self.claims.setChecked(False)
            text = self._case.source(marked.document).text
            self.words.take(
                Marked(marked.document, marked.start, marked.end), text[marked.start : marked.end]
            )

    def _follow(self, change: Change) -> None:
        if change.reopened or (change.of("case") and not self._case.known([self._id])):
            self.reject()

    def accept(self) -> None:
        """Commit the date; what it lacks is said, and the form stays."""
        if not self.field.finish():
            return
        if self.field.edtf is None:
            self._say(self.tr("Type a date, or use Clear date where it is not known."))
            return
        outside, basis = self.basis.basis == "reference", cast("Basis", self.basis.basis)
        note = self.remark.text().strip() or None
        founded = (
            Founded(basis=basis, citations=self.reference.citations, note=note)
            if outside
            else Founded(self.words.marked, basis, spans=self.words.spans, note=note)
        )
        claimed = () if outside else unclaimed(self._case, self._id, self.words.marked)
        if claimed and not self.claims.isChecked():
            self.claims.show()
            self._say(self.tr("No claim of this record cites the sentence that these words stand in."))
            return
        self._commit(Dating(self.field.edtf, founded, self.reference.new if outside else None, claimed))

    def clear_date(self) -> None:
        """Take the date away."""
        self._commit(None)

    def _commit(self, dating: Dating | None) -> None:
        try:
            edit = set_date(self._case, self._id, dating)
        except (CaseFileError, KeyError) as error:
            self._say(str(error))
            return
        self._workspace.changed.disconnect(self._follow)
        self._workspace.commit(edit)
        super().accept()

    def _say(self, words: str) -> None:
        self.problem.setText(f"\N{WARNING SIGN} {words}")
        self.problem.show()
        self._room.start()
