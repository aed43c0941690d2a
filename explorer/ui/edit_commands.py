"""What the Edit menu does: undo and redo, edit records, copy, select, and narrow to the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from explorer.query.filters import Choice, Filter
from explorer.query.selection import Nothing, Picked

if TYPE_CHECKING:
    from explorer.ui.window import MainWindow

FACET_OF = {"act": "actors", "loc": "places", "doc": "documents"}


class EditCommands(QObject):
    """The slots of the Edit menu of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace

    def undo(self) -> None:
        """Take the last edit back, and say which."""
        step = self._workspace.undo()
        if step is not None:
            self._window.say(self.tr("Undone: {step}").format(step=step.name))

    def redo(self) -> None:
        """Make an edit again, and say which."""
        step = self._workspace.redo()
        if step is not None:
            self._window.say(self.tr("Made again: {step}").format(step=step.name))

    def history(self) -> None:
        """Show all edits of the case."""
        from explorer.ui.history_dialog import HistoryDialog

        HistoryDialog(self._workspace, self._window).show()

    def status(self) -> None:
        """Give the selected events the status that the action names."""
        from explorer.edit.values import set_field

        case, ids = self._workspace.case, self._events()
        if case is not None and ids:
            action = self.sender()
            assert isinstance(action, QAction)
            self._workspace.commit(set_field(case, ids, "status", action.data()))

    def details(self) -> None:
        """Ask for the title, status, tags and note of the selected events."""
        from explorer.ui.details_dialog import DetailsDialog

        case, ids = self._workspace.case, self._events()
        if case is not None and ids:
            DetailsDialog(self._workspace, ids, self._window).open()

    def date(self) -> None:
        """Ask when the selected event was, and how that is known."""
        focus, ids = self._workspace.state.focus, self._events()
        if self._workspace.case is not None and ids:
            self._window.show_dock("source", on=True)
            self._window.source.edit_date(focus if focus in ids else ids[0])

    def document_date(self) -> None:
        """Ask when the document on show appeared, and how that is known."""
        case, document = self._workspace.case, self._window.source.document_id()
        if case is None or document is None:
            return
        if case.read_only:
            self._window.say(self.tr("This case is open for reading only: save a copy and edit that"))
            return
        self._window.show_dock("source", on=True)
        self._window.source.edit_date(document)

    def _events(self) -> list[str]:
        """Return the events to edit, those picked themselves first of all; says why where there are none."""
        case, selection = self._workspace.case, self._workspace.state.selection
        if case is not None and case.read_only:
            self._window.say(self.tr("This case is open for reading only: save a copy and edit that"))
            return []
        picked = selection.ids if isinstance(selection, Picked) else frozenset()
        ids = {each for each in picked if each.startswith("evt-")} or self._workspace.selected_ids()
        if not ids:
            self._window.say(self.tr("Select an event to edit"))
        return sorted(ids)

    def copy(self) -> None:
        """Copy what has the keyboard where it can be copied, else the selected records."""
        from explorer.ui.copying import copy_quotes

        own = getattr(QApplication.focusWidget(), "copy", None)
        if callable(own):
            own()
        else:
            self._window.say(copy_quotes(self._workspace))

    def select_all(self) -> None:
        """Select every shown record."""
        ids = self._workspace.shown_ids()
        self._workspace.select(Picked(ids) if ids else Nothing())

    def clear_selection(self) -> None:
        """Select nothing."""
        self._workspace.select(Nothing())

    def filter_selection(self) -> None:
        """Narrow to the selected actors, places and documents."""
        self._narrow(exclude=False)

    def exclude_selection(self) -> None:
        """Leave the selected actors, places and documents out."""
        self._narrow(exclude=True)

    def clear_filters(self) -> None:
        """Show every record; whether outside values count stays as it is."""
        self._workspace.narrow(Filter(text_only=self._workspace.text_only))

    def text_only(self, on: object) -> None:
        """Leave out, or let in again, what comes from outside the report."""
        before = self._workspace.state.filter
        self._workspace.narrow(before.changed({"text_only": bool(on)}))

    def _narrow(self, *, exclude: bool) -> None:
        selection, condition = self._workspace.state.selection, self._workspace.state.filter
        ids = sorted(selection.ids) if isinstance(selection, Picked) else []
        for prefix, facet in FACET_OF.items():
            chosen = tuple(i for i in ids if i.startswith(f"{prefix}-"))
            if chosen:
                old = condition.choice(facet)
                choice = (
                    old.changed({"exclude": tuple(dict.fromkeys((*old.exclude, *chosen)))})
                    if exclude
                    else Choice(include=chosen)
                )
                condition = condition.with_choice(facet, choice)
        if condition == self._workspace.state.filter:
            self._window.say(self.tr("Select an actor, a place or a document to filter by"))
        self._workspace.narrow(condition)
