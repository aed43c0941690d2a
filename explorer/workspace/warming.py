"""What the first click would wait for, made ready beforehand: a while after a case was opened, off the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from explorer.casefile.columns import EventTable
from explorer.query.filters import FACETS
from explorer.query.index import index_of
from explorer.query.moving import warm_up
from explorer.workspace.jobs import Jobs, Ticket
from explorer.workspace.readings import Readings

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

    def begin(self) -> None:
        """Start a job for each facet, in place of those that wait for a case before."""
        table = self._readings.table
        if table is None:
            return
        for name in (*FACETS, TIME):
            self._jobs.start(f"warm {name}", _Step(table, name))


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
