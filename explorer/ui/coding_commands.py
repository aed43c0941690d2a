"""What the Code menu does: actors, places, events, relations and links from words; what is left to code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from explorer.query.selection import Picked
from explorer.ui.coding_text import Wanted

if TYPE_CHECKING:
    from explorer.ui.coding_desk import CodingDesk
    from explorer.ui.source_view import SourceView
    from explorer.ui.window import MainWindow


class CodingCommands(QObject):
    """The slots of the Code menu of one window; the forms are loaded when the first of them is asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace
        self._desk: CodingDesk | None = None

    def listen(self) -> None:
        """Hear what the text is asked for, once the window has one."""
        self._source.text.wanted.connect(self._on_wanted)
        self._source.drafts.clicked.connect(self.resume)
        self._workspace.opened.connect(self._on_opened)

    def end(self) -> None:
        """Keep the draft of an open form: the window closes."""
        if self._desk is not None:
            self._desk.end()

    @property
    def desk(self) -> CodingDesk:
        """Where words become facts."""
        if self._desk is None:
            from explorer.ui.coding_desk import CodingDesk

            self._desk = CodingDesk(self._window, self._source)
        return self._desk

    @property
    def _source(self) -> SourceView:
        return self._window.source

    def code(self) -> None:
        """Make of the selected words what the action names: an actor, a location, an event or a relation."""
        action = self.sender()
        assert isinstance(action, QAction)
        self._show_source()
        self.desk.do(Wanted(str(action.data()), self._source.text.marked()))

    def change(self) -> None:
        """Open the form of the event, the relation or the link that is selected."""
        from explorer.edit.reopening import event_draft, link_draft, relation_draft

        case, record_id = self._workspace.case, self._record()
        if case is None or record_id is None:
            self._window.say(self.tr("Select one event, relation or link to change"))
            return
        self._show_source()
        if record_id.startswith("evt-"):
            self.desk.open(event_draft(case, record_id))
        elif record_id.startswith("rel-"):
            self.desk.open(relation_draft(case, record_id))
        else:
            self.desk.open(link_draft(case, record_id))

    def link(self) -> None:
        """Link the selected event to another."""
        from explorer.edit.drafts import Founded, LinkDraft
        from explorer.edit.passages import Marked

        record_id = self._record()
        if record_id is None or not record_id.startswith("evt-"):
            self._window.say(self.tr("Select the event to link from"))
            return
        found = self._source.text.marked()
        words = (Marked(found.document, found.start, found.end),) if found is not None else ()
        self._show_source()
        self.desk.open(LinkDraft(record_id, "", "before", Founded(words)))

    def resume(self) -> None:
        """Go on with the draft that was kept last."""
        self._show_source()
        self.desk.resume()

    def swap(self) -> None:
        """Move the keyboard from the form to the text, or back."""
        self._show_source()
        if self._source.text.hasFocus():
            self.desk.return_to_form()
        else:
            self._source.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def uncoded(self) -> None:
        """Go to the next sentence that no fact cites, or to the one before: the action's data says which."""
        action = self.sender()
        step = -1 if isinstance(action, QAction) and action.data() == "previous" else 1
        self._show_source()
        if not self._source.go_to_uncoded(step):
            self._window.say(self.tr("Every sentence of this case is cited by some fact"))

    def review(self) -> None:
        """List what may be an oversight."""
        from explorer.ui.review_dialog import ReviewDialog

        if self._workspace.case is not None:
            ReviewDialog(self._workspace, self._window).show()

    def _on_wanted(self, wanted: object) -> None:
        if isinstance(wanted, Wanted):
            self.desk.do(wanted)

    def _on_opened(self) -> None:
        """Offer the drafts of a case that opens, where any were kept."""
        if self._workspace.case is not None and (self._window.settings.folder / "drafts").is_dir():
            self._source.drafts.offer(len(self.desk.drafts()))
        else:
            self._source.drafts.offer(0)

    def _show_source(self) -> None:
        self._window.show_dock("source", on=True)

    def _record(self) -> str | None:
        """Return the one record that a form can open: the one in focus, or the only one picked."""
        state = self._workspace.state
        picked = state.selection.ids if isinstance(state.selection, Picked) else frozenset()
        found = [each for each in (state.focus, *picked) if each and each.partition("-")[0] in _FORMS]
        return found[0] if found else None


_FORMS = ("evt", "rel", "lnk")
