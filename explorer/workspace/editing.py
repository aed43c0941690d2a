"""Edits of the open case: committed, undone, made again; each is a version of the case and one changed (design §2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from explorer.casefile.errors import CaseFileError
from explorer.query.filters import NOT_STATED, Choice, Filter
from explorer.query.selection import Brushed, Nothing, Picked, Selection
from explorer.words import isolated, tr
from explorer.workspace.readings import Readings
from explorer.workspace.state import Change, State

if TYPE_CHECKING:
    from explorer.casefile.changes import Edit, Step
    from explorer.casefile.columns import EventTable
    from explorer.casefile.store import CaseFile


class Editing(Readings):
    """The intents that change the case itself.

    edited(Step) after each step was committed, undone or made again, when the views have followed; told(words) what
    the user should know besides; refused(exception) where the case may not be edited so: it is as it was.
    """

    edited = Signal(object)
    told = Signal(object)
    refused = Signal(object)

    def commit(self, edit: Edit) -> Step | None:
        """Commit an edit: on disk when this returns. None where it was refused or changes nothing."""
        steps = self._follow(_Committing(edit))
        return steps[-1] if steps else None

    def undo(self) -> Step | None:
        """Take the last edit back; None where there is none."""
        return next(iter(self._follow(_undone)), None)

    def redo(self) -> Step | None:
        """Make the edit again that was undone last; None where there is none."""
        return next(iter(self._follow(_redone)), None)

    def go_to(self, number: int) -> tuple[Step, ...]:
        """Make the case what it was after a step of its history, 0 for the beginning."""
        return self._follow(_Going(number))

    def refresh(self) -> None:
        """Read the case again after its content version moved on."""
        before = self._table
        if self._case is None or before is None:
            return
        self._take(self._case)
        state = replace(self._state, case=(str(self._case.path), self._case.version))
        after, gone = cleaned(state, self._case, self._case.table())
        self._tell(after)
        if gone:
            names = ", ".join(isolated(name_in(before, record_id)) for record_id in gone)
            self.told.emit(
                tr("No longer in the case, so taken out of the filter: {names}").format(names=names)
            )

    def _follow(self, act: Callable[[CaseFile], tuple[Step, ...]]) -> tuple[Step, ...]:
        """Do something to the open case, then let all views follow; tell of it where it was refused."""
        case = self._case
        if case is None:
            return ()
        try:
            self._refuse_unseen(case)
            steps = act(case)
        except CaseFileError as error:
            self.refused.emit(error)
            return ()
        if steps:
            self.refresh()
        for step in steps:
            self.edited.emit(step)
        return steps

    def _refuse_unseen(self, case: CaseFile) -> None:
        """Raise where another program has written the case since it was read; it is read again then."""
        if case.look() is not None or self._state.case == (str(case.path), case.version):
            return  # what may only be read refuses by itself
        self.refresh()
        raise CaseFileError(
            tr(
                "Another program has changed {path}; it has been read again. Please look, and repeat the edit."
            ).format(path=case.path)
        )

    def _tell(self, after: State) -> None:
        before, self._state = self._state, after
        if after != before:
            self.changed.emit(Change(before, after))


class _Committing:
    def __init__(self, edit: Edit) -> None:
        self._edit = edit

    def __call__(self, case: CaseFile) -> tuple[Step, ...]:
        step = case.commit(self._edit)
        return (step,) if step.number else ()


class _Going:
    def __init__(self, number: int) -> None:
        self._number = number

    def __call__(self, case: CaseFile) -> tuple[Step, ...]:
        return case.go_to(self._number)


def _undone(case: CaseFile) -> tuple[Step, ...]:
    step = case.undo()
    return (step,) if step is not None else ()


def _redone(case: CaseFile) -> tuple[Step, ...]:
    step = case.redo()
    return (step,) if step is not None else ()


def cleaned(state: State, case: CaseFile, table: EventTable) -> tuple[State, tuple[str, ...]]:
    """Return state without the records that the case no longer has, and the ids of which the filter named."""
    condition, gone = _cleaned_filter(state.filter, table)
    selection = _cleaned_selection(state.selection, case, table)
    focus, passages = state.focus and table.stays(state.focus), state.passages
    wanted = {*filter(None, (focus,)), *(each.document for each in passages)}
    if lost := wanted - case.known(wanted):
        passages = tuple(each for each in passages if each.document not in lost)
    if focus in lost:
        focus = min(selection.ids, default=None) if isinstance(selection, Picked) else None
    after = replace(state, filter=condition, selection=selection, focus=focus, passages=passages)
    return replace(after, hover=frozenset()), gone


def _cleaned_selection(selection: Selection, case: CaseFile, table: EventTable) -> Selection:
    match selection:
        case Picked(ids):
            left = frozenset(table.stays(each) for each in case.known(ids))
            return selection if left == ids else Picked(left) if left else Nothing()
        case Brushed(condition):
            left_over, _ = _cleaned_filter(condition, table)
            if left_over == condition:
                return selection
            return Brushed(left_over) if left_over.active else Nothing()
        case Nothing():
            return selection


def _cleaned_filter(condition: Filter, table: EventTable) -> tuple[Filter, tuple[str, ...]]:
    found: list[str] = []
    held = {"actors": table.actors.ids, "places": table.locations.ids, "documents": table.documents.ids}
    for facet, ids in held.items():
        choice = condition.choice(facet)
        if not table.merged.keys().isdisjoint((*choice.include, *choice.exclude)):
            choice = _redirected(choice, table)
            condition = condition.with_choice(facet, choice)
        chosen = {*choice.include, *choice.exclude} - {NOT_STATED}
        lost = chosen.difference(ids) if chosen else chosen
        if lost:
            found.extend(sorted(lost))
            condition = condition.with_choice(facet, _without(choice, lost))
    return condition, tuple(found)


def _without(choice: Choice, lost: set[str]) -> Choice:
    sides = ("include", "exclude")
    return choice.changed({side: tuple(v for v in getattr(choice, side) if v not in lost) for side in sides})


def _redirected(choice: Choice, table: EventTable) -> Choice:
    """Return a choice with the records that stay in the place of those merged into them."""
    sides = ("include", "exclude")
    return choice.changed(
        {side: tuple(dict.fromkeys(map(table.stays, getattr(choice, side)))) for side in sides}
    )


def name_in(table: EventTable, record_id: str) -> str:
    """Return what a table calls an actor, a place or a document; its id where it knows none."""
    called = (
        (table.actors.ids, table.actors.names),
        (table.locations.ids, table.locations.names),
        (table.documents.ids, table.documents.titles),
    )
    return next(
        (str(names[list(ids).index(record_id)]) for ids, names in called if record_id in ids), record_id
    )
