"""What all views read: the state and what follows from it, computed once per cause and kept (design §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from PySide6.QtCore import QObject, Signal

from explorer.casefile.columns import EventTable, Ints, Mask
from explorer.layout.ladder import default_axis
from explorer.query.filters import Filter
from explorer.query.masks import Shown, evaluate
from explorer.query.resolve import actor_ids, event_mask, record_ids
from explorer.query.selection import Brushed, Mode, Nothing, Picked, Selection
from explorer.workspace.state import Axis, State
from explorer.workspace.steps import Steps, step_of
from explorer.workspace.turns import LARGE, Turns
from explorer.workspace.visible import in_window

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile

#: Of a selection of more events than this no halos are drawn round each.
MOST_MARKED = 2_000


class Readings(QObject):
    """The readable half of the workspace: state, case, columns, what is shown and what is selected."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = State()
        self._case: CaseFile | None = None
        self._table: EventTable | None = None
        self._shown: tuple[Filter, Shown] | None = None
        self._selected: tuple[tuple[Selection, bool], Mask] | None = None
        self._steps = Steps(step_of(self._state))
        self.turns = Turns(self)

    @property
    def large(self) -> bool:
        """True where views follow one after another, since all of them at once would take too long."""
        return self._table is not None and len(self._table) > LARGE

    @property
    def state(self) -> State:
        """The frozen state of now."""
        return self._state

    @property
    def case(self) -> CaseFile | None:
        """The open case, None on the welcome page."""
        return self._case

    @property
    def table(self) -> EventTable | None:
        """The columns of the open case."""
        return self._table

    @property
    def shown(self) -> Shown | None:
        """What the filter lets through, with facets and totals; one object per filter."""
        table, state = self._table, self._state
        if table is None:
            return None
        if self._shown is None or self._shown[0] != state.filter:
            self._shown = (state.filter, evaluate(table, state.filter, self.text_rows(state.filter)))
        return self._shown[1]

    @property
    def selected(self) -> Mask:
        """The events that the selection means, whether the filter shows them or not."""
        table, state = self._table, self._state
        if table is None:
            return np.zeros(0, np.bool_)
        key = (state.selection, state.filter.text_only)
        if self._selected is None or self._selected[0] != key:
            self._selected = (key, self._meant(state.selection))
        return self._selected[1]

    @property
    def counted(self) -> Mask:
        """The shown events that the actor panel counts: all, or those in the timeline's window."""
        shown = self.shown
        if self._table is None or shown is None:
            return np.zeros(0, np.bool_)
        return in_window(self._table, shown.mask, self._state) if self._state.follow else shown.mask

    @property
    def can_go_back(self) -> bool:
        """True where there is a step to return to."""
        return self._steps.can_go_back

    @property
    def can_go_forward(self) -> bool:
        """True where back left a step."""
        return self._steps.can_go_forward

    @property
    def text_only(self) -> bool:
        """True while only what the report says counts."""
        return self._state.filter.text_only

    def text_rows(self, condition: Filter) -> Ints | None:
        """Return the rows that hold the words of condition, None where it names none."""
        words = condition.text.strip()
        return self._case.text_rows(words) if words and self._case is not None else None

    def shown_ids(self) -> frozenset[str]:
        """Return the ids of the events that the filter shows."""
        return self._ids(self.shown.mask) if self.shown is not None else frozenset()

    def selected_ids(self) -> frozenset[str]:
        """Return the ids of the selected events, hidden ones too."""
        return self._ids(self.selected)

    def hidden_selected(self) -> int:
        """Return how many selected events the filter hides."""
        return int(np.count_nonzero(self.selected & ~self.shown.mask)) if self.shown is not None else 0

    def joined(self, selection: Selection, mode: Mode) -> Selection:
        """Return selection joined with the present one: replace, add or toggle.

        Toggling records that are only meant (an event of a picked actor) works on the events themselves.
        """
        table = self._table
        if mode == "replace" or table is None:
            return selection
        meant, means = self._ids(self.selected), self._ids(self._meant(selection))
        before = self._state.selection
        old = before.ids if isinstance(before, Picked) else meant
        new = selection.ids if isinstance(selection, Picked) else means
        if mode == "add" or not new & (old | meant):
            ids = old | new
        elif new <= old:
            ids = old - new
        else:
            ids = meant ^ means
        return Picked(ids) if ids else Nothing()

    def focus_of(self, selection: Selection) -> str | None:
        """Return what the fact card shows first: the only one picked, else the first shown event."""
        match selection:
            case Nothing():
                return None
            case Picked(ids) if len(ids) == 1:
                return next(iter(ids))
            case Picked(ids) if self._state.focus in ids:
                return self._state.focus
        table, shown = self._table, self.shown
        rows = np.flatnonzero(self._meant(selection))
        if table is not None and shown is not None and len(rows):
            first = rows[shown.mask[rows]]
            return str(table.ids[int(first[0] if len(first) else rows[0])])
        return min(selection.ids) if isinstance(selection, Picked) and selection.ids else None

    def chosen_ids(self) -> frozenset[str]:
        """Return the ids of all records that the selection stands for: events, actors, and what was picked."""
        selection = self._state.selection
        if self._table is None:
            return frozenset()
        rows = self.text_rows(selection.filter) if isinstance(selection, Brushed) else None
        return record_ids(selection, self._table, rows, text_only=self.text_only)

    def marked_ids(self) -> frozenset[str]:
        """Return chosen_ids for halos: where more events than can be told apart are meant, what was picked and actors.

        Of so many events no view draws each: the timeline shows their share, the graph the actors they are about.
        """
        selection, table = self._state.selection, self._table
        if table is None or int(np.count_nonzero(self.selected)) <= MOST_MARKED:
            return self.chosen_ids()
        picked = selection.ids if isinstance(selection, Picked) else frozenset()
        others = frozenset(record for record in picked if not record.startswith("evt-"))
        return others | actor_ids(selection, table, text_only=self.text_only)

    def _ids(self, mask: Mask) -> frozenset[str]:
        return frozenset(self._table.ids_of(np.flatnonzero(mask))) if self._table is not None else frozenset()

    def _meant(self, selection: Selection) -> Mask:
        if self._table is None:
            return np.zeros(0, np.bool_)
        rows = self.text_rows(selection.filter) if isinstance(selection, Brushed) else None
        return event_mask(selection, self._table, rows, text_only=self.text_only)

    def _take(self, case: CaseFile | None) -> None:
        self._case = case
        self._table = case.table() if case is not None else None
        self._shown = None
        self._selected = None


def first_state(case: CaseFile | None) -> State:
    """Return the state a case opens in: no filter, no selection, the axis that its dates allow."""
    if case is None:
        return State()
    return State(case=(str(case.path), case.version), axis=cast("Axis", default_axis(case.table())))
