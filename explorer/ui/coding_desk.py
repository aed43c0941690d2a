"""Where words become facts: it joins the text, the open form, the case and the drafts on disk."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QMessageBox

from explorer.casefile.errors import CaseFileError
from explorer.edit.coding import uncovered
from explorer.edit.coining import code, mark, occurrences
from explorer.edit.drafts import ClaimDraft, EventDraft, Founded, LinkDraft, RelationDraft
from explorer.edit.keeping import Draft, Kept
from explorer.edit.passages import Marked, Passages
from explorer.query.selection import Picked
from explorer.ui.coding_drafts import Drafts
from explorer.ui.coding_form import CodingForm, titled
from explorer.ui.coding_names import Names
from explorer.ui.coding_text import Wanted
from explorer.ui.palette import theme_of
from explorer.words import isolated, tr
from explorer.workspace.state import Change, Passage

if TYPE_CHECKING:
    from explorer.ui.coding_mention import MentionForm
    from explorer.ui.source_view import SourceView
    from explorer.ui.window import MainWindow

#: Milliseconds of quiet after which a draft is written.
QUIET = 400


class CodingDesk(QObject):
    """One open form at a time, beside the text of a window."""

    def __init__(self, window: MainWindow, source: SourceView) -> None:
        super().__init__(window)
        self._window, self._source = window, source
        self._workspace = window.workspace
        self._drafts = Drafts(window.settings)
        self._kept: Kept | None = None
        self._case = ""
        self._asked: tuple[Marked, ...] = ()
        self._refused = False
        self.form: CodingForm | None = None
        self.mention: MentionForm | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self.keep)
        self._workspace.changed.connect(self._on_changed)
        self._workspace.refused.connect(self._on_refused)

    def do(self, wanted: Wanted) -> None:
        """Do what a key or the menu of the text asked for."""
        if wanted.act == "back":
            self.return_to_form()
            return
        if wanted.act == "save":
            self.save()
            return
        if wanted.words is None:
            self._window.say(
                self.tr("Select words first: Shift+→, by word Ctrl+Shift+→, the sentence with S")
            )
            return
        if wanted.act in ("take", "add"):
            if self.form is not None:
                words = _marked(wanted.words)
                self.form.take(words, self.form.names.quote(words), add=wanted.act == "add")
                if not self._source.text.hasFocus():
                    return
                self.form.return_here()
        elif self._may_edit():
            self._begin(wanted.act, _marked(wanted.words))

    def open(self, draft: Draft, *, kept: Kept | None = None) -> None:
        """Open the form of a draft; the one that is open is closed, and its draft kept."""
        if not self._may_edit():
            return
        self.close()
        document = kept.document if kept is not None else self._document_of(draft)
        names = Names(self._workspace, document, kept.coined if kept is not None else ())
        form = self._made(draft, names)
        form.saving.connect(self.save)
        form.leaving.connect(self.close)
        form.discarding.connect(self.discard)
        form.shown.connect(self._show_words)
        form.text_wanted.connect(self.go_to_text)
        form.question.answered.connect(self._on_answer)
        form.selected = self._selected
        form.set_theme(theme_of(form))
        self.form, self._case = form, self.case_key()
        self._kept = kept or Kept(uuid4().hex, document, draft)
        self._source.beside.put(form)
        self._source.text.taking = True
        form.changed.connect(self._on_edited)
        first = form.first()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(first, QLineEdit):
            first.selectAll()

    def close(self) -> None:
        """Close the form; what is in it is kept as a draft, where it says anything new."""
        if self.form is None:
            return
        self.keep()
        self._take_form_away()
        if any(self._kept is not None and each.name == self._kept.name for each in self.drafts()):
            self._window.say(self.tr("The draft is kept: “Continue” above the text goes on with it"))
        self.go_to_text()

    def end(self) -> None:
        """Keep what is in the form: the window closes."""
        self.keep()
        self._take_form_away()

    def discard(self) -> None:
        """Throw the draft away, once that is confirmed."""
        if self.form is None or self._kept is None:
            return
        asked = QMessageBox.question(
            self._window, self.tr("Discard the draft"), self.tr("Throw away what is in this form?")
        )
        if asked == QMessageBox.StandardButton.Yes:
            self._forget(self._kept.name)
            self._take_form_away()
            self.go_to_text()

    def save(self) -> None:
        """Put the record of the form into the case, or say what is missing, or ask."""
        case, form = self._workspace.case, self.form
        if case is None or form is None or form.complain(form.missing()):
            return
        draft = self._held()
        try:
            self._asked = () if isinstance(draft, LinkDraft) else uncovered(case, draft)
            if self._asked:
                self._ask(self._asked[0])
                return
            edit = code(case, draft, form.names.coined.values())
        except (CaseFileError, KeyError) as error:
            problems = getattr(error, "problems", ())
            form.complain(form.placed(problems) if problems else [(None, str(error))])
            return
        self._refused = False
        step = self._workspace.commit(edit)
        if self._refused:
            return
        if self._kept is not None:
            self._forget(self._kept.name)
        self._take_form_away()
        record_id = str(getattr(edit.puts[-1], "id", ""))
        made = [str(getattr(each, "id", "")) for each in edit.puts]
        record_id = next(
            (each for each in made if each.partition("-")[0] in ("evt", "rel", "lnk")), record_id
        )
        self._workspace.select(Picked(frozenset({record_id})))
        if step is not None:
            self._window.say(self.tr("Saved: {step}").format(step=step.name))
        self._source.text.let_go()
        self.go_to_text()

    def keep(self) -> None:
        """Write the draft of the open form to disk."""
        self._quiet.stop()
        if self.form is None or self._kept is None:
            return
        draft = self._held()
        if draft == self._kept.draft and not self.form.names.coined:
            return
        kept = Kept(self._kept.name, self._kept.document, draft, tuple(self.form.names.coined.values()))
        try:
            self._drafts.keep(self._case, kept)
        except OSError as error:
            self._window.say(self.tr("The draft could not be kept: {reason}").format(reason=error))

    def drafts(self) -> list[Kept]:
        """Return the drafts of the open case that still have their document, the latest last."""
        case = self._workspace.case
        if case is None:
            return []
        found = self._drafts.of(self.case_key())
        known = case.known({each.document for each in found if each.document})
        return [each for each in found if each.document in known]

    def resume(self) -> None:
        """Open the draft that was kept last."""
        found = self.drafts()
        if found:
            self.open(found[-1].draft, kept=found[-1])

    def go_to_text(self) -> None:
        """Give the keyboard to the text."""
        self._source.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def return_to_form(self) -> None:
        """Give the keyboard back to the form."""
        if self.form is not None:
            self.form.return_here()

    def case_key(self) -> str:
        """Return the name that drafts of the open case lie under: what was opened, its id where that is no file."""
        case = self._workspace.case
        return str(self._workspace.opening.source or (case.header().id if case is not None else ""))

    def _begin(self, act: str, words: Marked) -> None:
        quote = Names(self._workspace, words.document).quote(words)
        claim = ClaimDraft(Founded((words,)))
        match act:
            case "event":
                self.open(EventDraft(titled(quote), (claim,)))
            case "relation":
                self.open(RelationDraft("", "", (claim,)))
            case _:
                self._ask_whom("actors" if act == "actor" else "locations", words)

    def _ask_whom(self, list_name: str, words: Marked) -> None:
        from explorer.ui.coding_mention import MentionForm

        self._drop_mention()
        text = self._source.text
        names = Names(self._workspace, words.document)
        others = len(occurrences(self._whole_text(words), names.quote(words), words.start))
        self.mention = MentionForm(names, list_name, words, others, self._window)
        self.mention.chosen.connect(self._mark)
        self.mention.left.connect(self._leave_mention)
        self.mention.show_at(text.viewport().mapTo(self._window, text.cursorRect().bottomLeft()))
        self._mention_names = names

    def _mark(self) -> None:
        """Mark the words, and others like them where that is asked for."""
        case, asked = self._workspace.case, self.mention
        if case is None or asked is None or asked.picker.chosen is None:
            return
        chosen, words = asked.picker.chosen, [asked.words]
        if asked.others.isChecked():
            found = occurrences(self._whole_text(asked.words), asked.quote, asked.words.start)
            words += [Marked(asked.words.document, start, end) for start, end in found]
        alias = asked.new_name if not asked.is_known(chosen) else None
        refers_to = self._mention_names.coined.get(chosen, chosen)
        try:
            step = self._workspace.commit(mark(case, words, refers_to, asked.form.currentData(), alias=alias))
        except (CaseFileError, KeyError) as error:
            self._window.warn(str(error))
        else:
            self._window.say(self.tr("Saved: {step}").format(step=step.name) if step else "")
        self._leave_mention()

    def _leave_mention(self) -> None:
        self._drop_mention()
        self.go_to_text()

    def _drop_mention(self) -> None:
        if self.mention is not None:
            self.mention.hide()
            self.mention.deleteLater()
            self.mention = None

    def _whole_text(self, words: Marked) -> str:
        case = self._workspace.case
        return case.source(words.document).text if case is not None else ""

    def _made(self, draft: Draft, names: Names) -> CodingForm:
        if isinstance(draft, EventDraft):
            from explorer.ui.coding_event import EventForm

            return EventForm(names, draft, self._source)
        from explorer.ui.coding_ties import LinkForm, RelationForm

        if isinstance(draft, RelationDraft):
            return RelationForm(names, draft, self._source)
        return LinkForm(names, draft, self._source)

    def _held(self) -> Draft:
        assert self.form is not None
        held: Draft = self.form.draft()
        return held

    def _document_of(self, draft: Draft) -> str:
        """Return the document that a form is open on: the one on show."""
        del draft
        return self._source.document_id() or ""

    def _selected(self) -> Marked | None:
        words = self._source.text.marked()
        return _marked(words) if words is not None else None

    def _ask(self, words: Marked) -> None:
        case, form = self._workspace.case, self.form
        if case is None or form is None:
            return
        number = Passages(case).sentence(words)[1]
        asked = self.tr(
            "A value is read from sentence {n}, which is not yet cited as speaking of this: “{words}”. Does it?"
        )
        quote = isolated(" ".join(form.names.quote(words).split()))
        form.question.ask(asked.format(n=(number or 0) + 1, words=quote))
        self._show_words(words)

    def _on_answer(self, answer: object) -> None:
        form = self.form
        if form is None or not self._asked:
            return
        if answer == "back":
            form.return_here()
            return
        note = form.question.note.text().strip() if answer == "inferred" else None
        form.cover(self._asked[0], note)
        self.save()

    def _show_words(self, words: object) -> None:
        if isinstance(words, Marked):
            self._workspace.show_passages([Passage(words.document, words.start, words.end)])

    def _take_form_away(self) -> None:
        self._quiet.stop()
        form, self.form = self.form, None
        self._source.text.taking = False
        if form is not None:
            self._source.beside.clear()
            form.deleteLater()
        self._source.drafts.offer(len(self.drafts()))

    def _forget(self, name: str) -> None:
        with suppress(OSError):  # it is offered again, and can be discarded then
            self._drafts.drop(self._case, name)

    def _may_edit(self) -> bool:
        case = self._workspace.case
        if case is not None and case.read_only:
            self._window.say(tr("This case is open for reading only: save a copy and edit that"))
        return case is not None and not case.read_only

    def _on_edited(self) -> None:
        self._quiet.start()

    def _on_refused(self, error: object) -> None:
        del error
        self._refused = True

    def _on_changed(self, change: Change) -> None:
        """Another case: the form goes, its draft stays with its own case."""
        if change.reopened:
            self.keep()
            self._drop_mention()
            self._take_form_away()


def _marked(words: Passage) -> Marked:
    return Marked(words.document, words.start, words.end)
