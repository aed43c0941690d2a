"""Who is who: merge with another, part again, group under another. Each decision is one step of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.edit import identity, sameevent
from explorer.edit.drafts import Founded
from explorer.edit.passages import Marked
from explorer.model.lists import list_of
from explorer.query.identities import merge_words, merged_here
from explorer.ui.coding_names import Names
from explorer.ui.coding_pick import NamePicker
from explorer.ui.date_basis import WordsChoice
from explorer.ui.text import elided, plain_label
from explorer.words import isolated
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change

if TYPE_CHECKING:
    from explorer.model.vocabulary import Basis
    from explorer.ui.coding_text import CodingText


class Deciding(QDialog):
    """A form with a problem line and two buttons; decide() gives the edit."""

    def __init__(self, workspace: Workspace, record_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self._workspace, self._id = workspace, record_id
        self.names = Names(workspace, "")
        self.problem = plain_label("", self, "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.column = QVBoxLayout(self)
        self.column.setSpacing(8)
        workspace.changed.connect(self._follow)

    def finish(self, words: str) -> None:
        """Put the problem line and the buttons below what was added."""
        box = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(box.Ok | box.Cancel, self)
        self.buttons.button(box.Ok).setText(words)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.column.addWidget(self.problem)
        self.column.addStretch(1)
        self.column.addWidget(self.buttons)

    def say(self, words: str) -> None:
        """Say what is missing."""
        self.problem.setText(words)
        self.problem.show()

    def name(self, record_id: str) -> str:
        """Return what a record is called."""
        return isolated(elided(self.names.name_of(record_id), 60))

    def decide(self) -> Edit | None:
        """Return the edit, None where something is missing, which was said; each form has its own."""
        return None

    def accept(self) -> None:
        """Commit the decision."""
        try:
            edit = self.decide()
        except (CaseFileError, KeyError) as error:
            self.say(str(error))
            return
        if edit is not None:
            self._workspace.changed.disconnect(self._follow)
            self._workspace.commit(edit)
            super().accept()

    def _follow(self, change: Change) -> None:
        case = self._workspace.case
        if change.reopened or case is None or not case.known([self._id]):
            self.reject()


class MergeDialog(Deciding):
    """Chooses with which other actor or place one is merged, says what will happen, and which name is kept."""

    def __init__(self, workspace: Workspace, record_id: str, other: str | None, parent: QWidget) -> None:
        super().__init__(workspace, record_id, parent)
        self.setWindowTitle(self.tr("Merge"))
        question = self.tr("“{name}” is the same as").format(name=self.name(record_id))
        self.column.addWidget(plain_label(question, self, "heading"))
        self.picker = NamePicker(
            self.names,
            list_of(record_id) or "actors",
            self.tr("type a name or another name"),
            self,
            new=False,
        )
        self.keep_this, self.keep_other = QRadioButton(self), QRadioButton(self)
        self.keep_this.setText(self.tr("Keep “{name}”").format(name=self.name(record_id)).replace("&", "&&"))
        self.keep_this.setChecked(True)
        self.effect = plain_label("", self, "muted")
        self.effect.setWordWrap(True)
        for widget in (self.picker, self.keep_this, self.keep_other, self.effect):
            self.column.addWidget(widget)
        self.finish(self.tr("&Merge"))
        self.picker.changed.connect(self.show_effect)
        self.keep_this.toggled.connect(self.show_effect)
        if other is not None:
            self.picker.set_chosen(other)
        self.show_effect()

    def show_effect(self) -> None:
        """Say what the merge would do."""
        other, table = self.picker.chosen, self._workspace.table
        self.keep_other.setVisible(other is not None)
        if other is None or table is None or other == self._id:
            self.effect.setText(self.tr("All facts of both then count for the one that is kept."))
            return
        self.keep_other.setText(self.tr("Keep “{name}”").format(name=self.name(other)).replace("&", "&&"))
        self.effect.setText(merge_words(table, *self._chosen(other)))

    def decide(self) -> Edit | None:
        """Merge them."""
        case, other = self._workspace.case, self.picker.chosen
        if other is None or case is None:
            self.say(self.tr("Choose with whom, from the list."))
            return None
        stays, goes = self._chosen(other)
        return identity.merge(case, stays, goes)

    def _chosen(self, other: str) -> tuple[str, str]:
        return (self._id, other) if self.keep_this.isChecked() else (other, self._id)


class GroupDialog(Deciding):
    """Says that an actor is part of another, with the words of the text that say so, or the coder's reading of them."""

    def __init__(self, workspace: Workspace, record_id: str, text: CodingText, parent: QWidget) -> None:
        super().__init__(workspace, record_id, parent)
        self._text = text
        self.setWindowTitle(self.tr("Group under"))
        question = self.tr("“{name}” is part of").format(name=self.name(record_id))
        self.picker = NamePicker(
            self.names, "actors", self.tr("type a name or another name"), self, new=False
        )
        self.stated = QRadioButton(self.tr("In the &text: these words say so"), self)
        self.inferred = QRadioButton(self.tr("My &reading of these words"), self)
        self.stated.setChecked(True)
        self.words = WordsChoice(self)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(self.tr("why, or where that is from"))
        self.note.setAccessibleName(self.tr("Note"))
        self.column.addWidget(plain_label(question, self, "heading"))
        for widget in (self.picker, self.stated, self.inferred, self.words, self.note):
            self.column.addWidget(widget)
        self.finish(self.tr("&Group"))
        text.selectionChanged.connect(self._on_selection)
        self._on_selection()

    def decide(self) -> Edit | None:
        """Group them."""
        case, whole = self._workspace.case, self.picker.chosen
        note = " ".join(self.note.text().split())
        basis = "stated" if self.stated.isChecked() else "inferred"
        if whole is None or case is None:
            self.say(self.tr("Choose under whom, from the list."))
        elif not self.words.marked:
            self.say(self.tr("Select the words that this rests on in the source text."))
        elif basis != "stated" and not note:
            self.say(self.tr("Write a note: it is not said in these words, so say why it is so."))
        else:
            founded = Founded(self.words.marked, cast("Basis", basis), note=note or None)
            return identity.group(case, self._id, whole, founded)
        return None

    def _on_selection(self) -> None:
        marked, case = self._text.marked(), self._workspace.case
        if marked is not None and case is not None:
            words = case.source(marked.document).text[marked.start : marked.end]
            self.words.take(Marked(marked.document, marked.start, marked.end), words)


class PartDialog(Deciding):
    """Lists what was merged into a record; each of it can be parted again."""

    def __init__(self, workspace: Workspace, record_id: str, parent: QWidget) -> None:
        super().__init__(workspace, record_id, parent)
        self.setWindowTitle(self.tr("Part again"))
        self._rows: QWidget | None = None
        self.parts: list[QPushButton] = []
        self.head = plain_label("", self, "heading")
        self.head.setWordWrap(True)
        self.column.addWidget(self.head)
        self.finish(self.tr("Close"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).hide()
        self.show_parts()

    def show_parts(self) -> None:
        """List what is merged now."""
        table = self._workspace.table
        found = merged_here(table, self._id) if table is not None else ()
        words = self.tr("Merged into “{name}”") if found else self.tr("Nothing is merged into “{name}”.")
        self.head.setText(words.format(name=self.name(self._id)))
        if self._rows is not None:
            self._rows.deleteLater()
        self._rows = QWidget(self)
        self.parts = []
        rows = QVBoxLayout(self._rows)
        rows.setContentsMargins(0, 0, 0, 0)
        for gone in found:
            row = QHBoxLayout()
            row.addWidget(plain_label(self.name(gone), self._rows), 1)
            button = QPushButton(self.tr("Part"), self._rows)
            button.setAccessibleName(self.tr("Part {name}").format(name=self.name(gone)))
            button.setProperty("record", gone)
            button.clicked.connect(self._part)
            row.addWidget(button)
            rows.addLayout(row)
            self.parts.append(button)
        self.column.insertWidget(1, self._rows)

    def decide(self) -> Edit | None:
        """Close; what was parted is parted."""
        self.reject()
        return None

    def _part(self) -> None:
        case, gone = self._workspace.case, str(self.sender().property("record"))
        if case is None:
            return
        try:
            edit = sameevent.part(case, gone) if gone.startswith("evt-") else identity.part(case, gone)
        except (CaseFileError, KeyError) as error:
            self.say(str(error))
            return
        self._workspace.commit(edit)
        self.show_parts()
