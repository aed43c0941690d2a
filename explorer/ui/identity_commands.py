"""What Edit ▸ Who is who does to the selected record: merge, part, rename, group, remove, compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from explorer.query.selection import Picked

if TYPE_CHECKING:
    from explorer.casefile.changes import Edit
    from explorer.ui.value_menu import ValueMenu
    from explorer.ui.window import MainWindow

#: Kinds of record that can be one with another.
KINDS = ("act-", "loc-", "evt-")


class IdentityCommands(QObject):
    """The slots of one window; each opens a form, and what it decides is one step of the history."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace
        self._values: ValueMenu | None = None

    def merge(self) -> None:
        """Ask with whom the record is one; events are compared first."""
        chosen = self._chosen()
        if not chosen:
            return
        first, other = chosen[0], chosen[1] if len(chosen) > 1 else None
        if first.startswith("evt-"):
            self._merge_event(first, other)
            return
        from explorer.ui.identity_dialogs import MergeDialog

        MergeDialog(self._workspace, first, other, self._window).show()

    def part(self) -> None:
        """List what was merged into the record."""
        from explorer.ui.identity_dialogs import PartDialog

        if chosen := self._chosen():
            PartDialog(self._workspace, chosen[0], self._window).show()

    def rename(self) -> None:
        """Ask for another name, or headline."""
        if chosen := self._chosen():
            record = self._record(chosen[0])
            name = str(getattr(record, "name", None) or getattr(record, "title", ""))
            self._ask(
                self.tr("Rename"), self.tr("What is it called?"), name, _Renaming(self._workspace, chosen[0])
            )

    def other_names(self) -> None:
        """Ask for the other names of an actor or a place."""
        chosen = self._chosen("act-", "loc-")
        if chosen:
            names = "; ".join(getattr(self._record(chosen[0]), "aliases", ()))
            question = self.tr("Other names, separated by semicolons")
            self._ask(self.tr("Other names"), question, names, _Naming(self._workspace, chosen[0]))

    def group(self) -> None:
        """Ask what an actor is part of, and which words say so."""
        from explorer.ui.identity_dialogs import GroupDialog

        if chosen := self._chosen("act-"):
            GroupDialog(self._workspace, chosen[0], self._window.source.text, self._window).show()

    def remove(self) -> None:
        """Say what would go with the selected records, and remove them if that is confirmed."""
        from explorer.edit.records import remove
        from explorer.query.identities import removal_words

        case, chosen = self._workspace.case, self._chosen(*KINDS, "rel-", "lnk-", "doc-")
        if case is None or not chosen:
            return
        edit = remove(case, chosen)
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Remove"))
        box.setText(self.tr("Remove {what}?").format(what=edit.name.partition(" ")[2]))
        box.setInformativeText(removal_words(edit))
        yes = box.addButton(self.tr("&Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        self.asked, self._yes, self._edit = box, yes, edit
        box.finished.connect(self._removal_answered)
        box.open()

    def compare(self) -> None:
        """Show who says what of the event, or two selected events side by side."""
        chosen = self._chosen("evt-", edits=False)
        if len(chosen) == 2:
            self.show_pairs(pairs=[(chosen[0], chosen[1])])
        elif chosen:
            self.show_pairs(event=chosen[0])

    def same(self) -> None:
        """Walk through the events that may be one."""
        self.show_pairs()

    def lead(self, where: object) -> None:
        """Go where a row of the fact card leads: (what, id of its record)."""
        assert isinstance(where, tuple)
        what, record_id = where
        if what == "compare":
            self.show_pairs(event=record_id)
        elif what == "same":
            self.show_pairs(about=record_id)
        else:
            from explorer.ui.identity_dialogs import PartDialog

            PartDialog(self._workspace, record_id, self._window).show()

    def offer_value(self, asked: object) -> None:
        """Show what can be done with one value of the card."""
        from explorer.ui.value_menu import ValueMenu

        if self._values is None:
            self._values = ValueMenu(self._window)
        self._values.offer(asked)

    def show_pairs(
        self, *, pairs: list[tuple[str, str]] | None = None, about: str = "", event: str = ""
    ) -> None:
        """Open the Compare view."""
        from explorer.ui.compare_dialog import CompareDialog

        if self._workspace.case is not None:
            dialog = CompareDialog(self._workspace, self._window, pairs=pairs or (), about=about, event=event)
            dialog.show()

    def _merge_event(self, first: str, other: str | None) -> None:
        if other is not None:
            self.show_pairs(pairs=[(first, other)])
            return
        from explorer.ui.event_choice import EventChoice

        choice = EventChoice(self._workspace, first, self._window)
        choice.chosen.connect(self._other_event_chosen)
        choice.show()

    def _other_event_chosen(self, pair: object) -> None:
        assert isinstance(pair, tuple)
        self.show_pairs(pairs=[pair])

    def _chosen(self, *kinds: str, edits: bool = True) -> list[str]:
        """Return the selected records of some kinds, the one in focus first; says why where there are none."""
        case, state = self._workspace.case, self._workspace.state
        if edits and case is not None and case.read_only:
            self._window.say(self.tr("This case is open for reading only: save a copy and edit that"))
            return []
        picked = sorted(state.selection.ids) if isinstance(state.selection, Picked) else []
        ids = [*([state.focus] if state.focus else []), *picked]
        found = [each for each in dict.fromkeys(ids) if each.startswith(kinds or KINDS)]
        if not found:
            self._window.say(self.tr("Select an actor, a place or an event first"))
        return [each for each in found if each[:4] == found[0][:4]]

    def _record(self, record_id: str) -> object:
        case = self._workspace.case
        return case.record(record_id) if case is not None else None

    def _ask(self, title: str, question: str, line: str, make: object) -> None:
        from explorer.ui.line_dialog import LineDialog

        assert callable(make)
        LineDialog(self._workspace, title, question, line, make, self._window).show()

    def _removal_answered(self) -> None:
        if self.asked.clickedButton() is self._yes:
            self._workspace.commit(self._edit)
        self.asked.deleteLater()


class _Renaming:
    """From a typed name to the edit."""

    def __init__(self, workspace: object, record_id: str) -> None:
        self._workspace, self._id = workspace, record_id

    def __call__(self, name: str) -> Edit | None:
        from explorer.edit.identity import rename
        from explorer.edit.values import set_field

        case = getattr(self._workspace, "case", None)
        if case is None:
            return None
        if self._id.startswith("evt-"):
            return set_field(case, self._id, "title", name)
        return rename(case, self._id, name)


class _Naming:
    """From a line of other names to the edit."""

    def __init__(self, workspace: object, record_id: str) -> None:
        self._workspace, self._id = workspace, record_id

    def __call__(self, line: str) -> Edit | None:
        from explorer.edit.values import set_field

        case = getattr(self._workspace, "case", None)
        if case is None:
            return None
        names = dict.fromkeys(" ".join(each.split()) for each in line.replace("؛", ";").split(";"))
        names.pop("", None)
        return set_field(case, self._id, "aliases", list(names) or None)
