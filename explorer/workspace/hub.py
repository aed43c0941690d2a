"""The one owner of filter, selection, hover, window and axis; every view hears of each step once (design §2).

An intent computes the next frozen State; an equal one ends there, any other is told by one changed(Change).
Filters, zoom, axis and lanes are steps of Back and Forward; a selection outlives them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.casefile.errors import CaseFileError
from explorer.query.filters import Filter
from explorer.query.selection import Mode, Selection
from explorer.workspace.editing import Editing, cleaned
from explorer.workspace.importing import Importing
from explorer.workspace.jobs import Jobs
from explorer.workspace.opening import Opening
from explorer.workspace.readings import first_state
from explorer.workspace.recovery import Recovery
from explorer.workspace.state import ActorTab, Axis, Lanes, Passage, State
from explorer.workspace.steps import Step, Steps, Window, at, step_of
from explorer.workspace.warming import Warming
from explorer.workspace.watching import Watching

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile


class Workspace(Editing):
    """Takes intents, tells changes. Views hold no filter and no selection of their own.

    changed(Change) on each step; opened() after another case is in place; failed(exception) where an opening
    failed; the opening itself tells its progress.
    """

    failed = Signal(object)
    opened = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = Jobs(self)
        self.opening = Opening(self.jobs, self)
        self.importing = Importing(self)
        self.recovery = Recovery(self)
        self._again: tuple[Path, State] | None = None
        self.opening.ready.connect(self._adopt)
        self.opening.failed.connect(self.failed)
        self.warming = Warming(self, self.jobs)
        self.opened.connect(self.warming.case_opened)
        self.watching = Watching(self)

    def open(self, source: str | Path) -> None:
        """Open "sample", a .dateline or a JSON case; where that fails, the open case stays open."""
        self.opening.open(source)

    def open_same(self, path: Path) -> None:
        """Open another file of the open case, and look at it as before."""
        self._again = path, self._state
        self.open(path)

    def close_case(self) -> None:
        """Close the open case and return to the welcome page."""
        if self._case is not None:
            self._adopt(None)

    def shut_down(self) -> None:
        """End the workers and close the case; the workspace is not used again."""
        self.importing.close()
        self.jobs.close()
        self.close_case()

    def narrow(self, condition: Filter, *, run: str = "") -> None:
        """Make condition the filter. Steps of one run (typing a word) count as one step back."""
        self._apply(replace(self._state, filter=condition), run and f"filter:{run}")

    def look_at(self, window: Window | None) -> None:
        """Show this stretch of the timeline, None for all; a run of zooming and panning is one step back."""
        self._apply(replace(self._state, window=window), "window")

    def set_axis(self, axis: Axis) -> None:
        """Lay out by the calendar, with or without its empty years, or by the reported order, which is shown whole."""
        if axis != self._state.axis:
            window = None if "order" in (axis, self._state.axis) else self._state.window
            self._apply(replace(self._state, axis=axis, window=window))

    def set_lanes(self, lanes: Lanes) -> None:
        """Lay the lanes by actor, place, classification or document, or one lane."""
        self._apply(replace(self._state, lanes=lanes))

    def set_tab(self, tab: ActorTab) -> None:
        """Bring a tab of the actor panel to the front."""
        self._apply(replace(self._state, tab=tab))

    def set_follow(self, *, follow: bool) -> None:
        """Let the actor panel count only what lies in the timeline's window, or all again."""
        self._apply(replace(self._state, follow=follow))

    def select(self, selection: Selection, mode: Mode = "replace", focus: str | None = None) -> None:
        """Select by meaning; add and toggle join record ids. focus is what the fact card shows."""
        chosen = self.joined(selection, mode)
        focus = focus if focus is not None else self.focus_of(chosen)
        self._apply(replace(self._state, selection=chosen, focus=focus, passages=()))

    def focus_on(self, record_id: str | None) -> None:
        """Let the fact card show another record of the selection."""
        self._apply(replace(self._state, focus=record_id, passages=()))

    def show_passages(self, passages: Iterable[Passage]) -> None:
        """Bring these characters into the source pane: what a value was read from."""
        self._apply(replace(self._state, passages=tuple(passages)))

    def hover(self, ids: Iterable[str]) -> None:
        """Say which records lie under the pointer."""
        self._apply(replace(self._state, hover=frozenset(ids)))

    def back(self) -> None:
        """Return to the filter and view before the last step."""
        self._return_to(self._steps.back())

    def forward(self) -> None:
        """Go to the filter and view that back left."""
        self._return_to(self._steps.forward())

    def _return_to(self, step: Step | None) -> None:
        """Show a step again, without the records that an edit has taken away since."""
        if self._case is not None:
            self._tell(cleaned(at(self._state, step), self._case, self._case.table())[0])

    def _apply(self, after: State, run: str = "") -> None:
        if after != self._state:
            self._steps.record(step_of(after), run)
            self._tell(after)

    def _adopt(self, case: CaseFile | None) -> None:
        old = self._case
        self._take(case)
        self.warming.begin_lanes()
        after = first_state(case)
        if case is not None and self._again is not None and self._again[0] == case.path:
            after = replace(self._again[1], case=after.case)
        self._again = None
        self._steps = Steps(step_of(after))
        self._tell(after)
        if old is not None:
            try:
                self.recovery.close(old)
            except CaseFileError as error:  # a full disk: all of it is saved, and the words say where
                self.told.emit(str(error))
        if case is not None:
            case.claim()  # after the old one, which may be the same file
        self.opened.emit()
