"""What the first click would wait for, made ready beforehand: a while after a case was opened, off the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from explorer.casefile.columns import EventTable
from explorer.layout.lanes import touches
from explorer.query.filters import FACETS
from explorer.query.index import index_of
from explorer.query.moving import warm_up
from explorer.workspace.jobs import Jobs, Ticket
from explorer.workspace.readings import Readings
from explorer.workspace.state import Lanes

#: Cases of fewer records answer the first click at once, without any of this.
WORTH = 50_000
#: Milliseconds after the opening: the views are painted and counted first.
QUIET = 400
TIME = "time"


class Warming(QObject):
    """Makes the indices of a large case ready, facet by facet, so that other work need not wait long for the worker."""

    def __init__(self, readings: Readings, jobs: Jobs) -> None:
        super().__init__(readings)
        self._readings = readings
        self._jobs = jobs
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(self.begin)

    def case_opened(self) -> None:
        """Wait for quiet, where the case is large."""
        table = self._readings.table
        if table is not None and len(table) >= WORTH:
            self._timer.start()

    def begin_lanes(self) -> None:
        """Put the lanes of a large case in order while the window's own thread is busy with its times."""
        table, state = self._readings.table, self._readings.state
        if table is not None and len(table) >= WORTH:
            self._jobs.start("warm lanes", _Lanes(table, state.lanes))

    def begin(self) -> None:
        """Start a job for each facet, in place of those that wait for a case before; not while views still follow."""
        table = self._readings.table
        if table is None:
            return
        if self._readings.turns.busy:
            self._timer.start()
            return
        for name in (*FACETS, TIME):
            self._jobs.start(f"warm {name}", _Step(table, name))


class _Lanes:
    """The lanes of the first picture, in the worker."""

    def __init__(self, table: EventTable, lanes: Lanes) -> None:
        self._table, self._lanes = table, lanes

    def __call__(self, ticket: Ticket) -> None:
        """Put them in order; the layout finds them with the table."""
        if not ticket.cancelled():
            touches(self._table, self._lanes, frozenset(), text_only=False)


class _Step:
    """One piece of the warming, in the worker."""

    def __init__(self, table: EventTable, name: str) -> None:
        self._table, self._name = table, name

    def __call__(self, ticket: Ticket) -> None:
        """Make one facet, or the order of times, ready."""
        if ticket.cancelled():
            return
        if self._name == TIME:
            warm_up(self._table)
        elif self._name != "documents" or len(self._table.documents.ids) <= WORTH:
            index_of(self._table).warm(self._name)
