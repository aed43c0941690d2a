"""The status bar: how well the case is anchored, whether it is saved, and what just went wrong, with its details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar, QWidget

from explorer.casefile.store import CaseFile
from explorer.casefile.temporary import OWN, lasts
from explorer.ui.faults import Fault, Faults
from explorer.ui.text import plain_label
from explorer.words import tr
from explorer.workspace.hub import Workspace
from explorer.workspace.jobs import Progressed
from explorer.workspace.turns import WORDS

if TYPE_CHECKING:
    from explorer.casefile.changes import Step

#: Cases of more documents are not searched for sentences without a fact each time they open.
MOST_DOCUMENTS = 200
SHORT = 6_000
#: Why a case that was opened for editing cannot be edited now.
STANDING = {
    "theirs": "Read-only: another window edits this case",
    "gone": "Read-only: the file is gone",
    "replaced": "Read-only: another file is in its place",
    "damaged": "Read-only: the file is damaged",
}


class Status(QStatusBar):
    """Speaks in one line; a slow opening shows its progress here, with a way to give it up."""

    def __init__(self, workspace: Workspace, faults: Faults, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._faults = faults
        self.setSizeGripEnabled(False)
        self.setFixedHeight(self.fontMetrics().height() + 14)
        self.anchored = plain_label("", self)
        self.saved = plain_label("", self)
        self.contradictions = QPushButton(self)
        self.contradictions.setObjectName("alarm")
        self.contradictions.setToolTip(self.tr("Show the facts about time that cannot all hold"))
        self.contradictions.hide()
        self.details = QPushButton(self.tr("Details…"), self)
        self.details.setObjectName("link")
        self.details.hide()
        self.progress = QProgressBar(self)
        self.progress.setMaximumWidth(220)
        self.progress.setAccessibleName(self.tr("Opening"))
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.addWidget(self.anchored, 1)
        for widget in (self.details, self.progress, self.cancel, self.contradictions, self.saved):
            self.addPermanentWidget(widget)
        self._show_progress(on=False)
        self.cancel.clicked.connect(workspace.opening.cancel)
        workspace.opening.started.connect(self._on_started)
        workspace.opening.progressed.connect(self._on_progressed)
        workspace.opening.ended.connect(self._on_ended)
        workspace.opened.connect(self._on_opened)
        workspace.edited.connect(self._on_edited)
        workspace.watching.changed.connect(self._on_access)
        workspace.importing.ended.connect(self._on_opened)
        faults.raised.connect(self._on_fault)

    def say(self, words: str) -> None:
        """Show a passing word."""
        self.showMessage(words, SHORT)

    def show_contradictions(self, number: int) -> None:
        """Say how many contradictions there are, none where there are none."""
        from explorer.query.contradicting import count_words

        self.contradictions.setText(f"\N{WARNING SIGN} {count_words(number)}")
        self.contradictions.setAccessibleName(count_words(number))
        self.contradictions.setVisible(number > 0)

    def _on_opened(self) -> None:
        case = self._workspace.case
        self.clearMessage()
        self._say_anchored()
        self.saved.setText(self._saved_words(case))

    def _say_anchored(self) -> None:
        """Say how the case hangs on its texts: of a large one after all views have followed."""
        if self._workspace.large:
            self.anchored.setText("")
            self._workspace.turns.ask(WORDS, self._count_anchored)
        else:
            self._count_anchored()

    def _count_anchored(self) -> None:
        case = self._workspace.case
        self.anchored.setText(anchored_words(case) if case is not None else "")

    def _on_access(self) -> None:
        case = self._workspace.case
        self.saved.setText(self._saved_words(case))
        if case is not None and case.hindrance in {None, "theirs"}:
            self._say_anchored()

    def _on_edited(self, step: Step) -> None:
        case = self._workspace.case
        if case is None:
            return
        self._say_anchored()
        self.saved.setText(self._saved_words(case))
        if not step.undone and not case.temporary:
            self.say(self.tr("Saved: {step}").format(step=step.name))

    def _saved_words(self, case: CaseFile | None) -> str:
        if case is None:
            return ""
        if case.read_only:
            return tr(STANDING.get(case.hindrance or "", "Read-only"))
        if not case.temporary:
            return self.tr("Saved")
        return self._unsaved_words(case)

    def _unsaved_words(self, case: CaseFile) -> str:
        """Return where a case stands that is in no file of the user's yet."""
        if case.can_undo:
            if lasts(case.path):
                return self.tr("Kept, not saved to a file of yours yet: File ▸ Save as…")
            return self.tr("Edited, not saved: File ▸ Save as…")
        if case.path.name.startswith(OWN):
            return self.tr("New case, not saved to a file of yours yet")
        source = self._workspace.opening.source
        if source == "sample":
            return self.tr("Sample case")
        if source.lower().endswith(".json"):
            return self.tr("Opened from JSON, not saved as a case")
        return self.tr("Imported, not saved as a case")

    def _on_started(self, source: object) -> None:
        self.progress.setRange(0, 0)
        self._show_progress(on=True)
        self.showMessage(self.tr("Opening {path}").format(path=source))

    def _on_progressed(self, message: Progressed) -> None:
        self.progress.setRange(0, 100)
        self.progress.setValue(round(message.fraction * 100))
        self.showMessage(message.words)

    def _on_ended(self) -> None:
        self._show_progress(on=False)
        self.clearMessage()

    def _show_progress(self, *, on: bool) -> None:
        self.progress.setVisible(on)
        self.cancel.setVisible(on)

    def _on_fault(self, fault: Fault) -> None:
        del fault
        self.details.setVisible(True)
        self.showMessage(self.tr("Something went wrong inside the program; your case is unharmed."))


def anchored_words(case: CaseFile) -> str:
    """Return how the case hangs on its texts: "207 passages anchored · none unanchored · …"."""
    from explorer.query.describe import plural

    loose = len(case.unanchored())
    said = [
        plural(case.count("spans") - loose, "{n} passage anchored", "{n} passages anchored"),
        tr("none unanchored") if not loose else tr("{n} unanchored").format(n=loose),
    ]
    if 0 < case.count("documents") <= MOST_DOCUMENTS:
        bare = _bare_sentences(case)
        said.append(
            tr("every sentence carries a fact")
            if not bare
            else plural(bare, "{n} sentence carries no fact", "{n} sentences carry no fact")
        )
    return " · ".join(said)


def _bare_sentences(case: CaseFile) -> int:
    bare = 0
    for document in case.sources():
        if document.sentences:
            bare += len(document.sentences) - len(case.sentences_with_facts(document.id))
    return bare
