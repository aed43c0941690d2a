"""A word in the status bar on events that may be one: "May be the same: 3". It leads to them and decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from explorer.casefile.columns import EventTable
from explorer.query.sameness import proposals
from explorer.workspace.hub import Workspace
from explorer.workspace.jobs import Landed, Ticket
from explorer.workspace.state import Change

KEY = "same"
#: Milliseconds of quiet after a case was opened or edited.
QUIET = 700


class SameBadge(QPushButton):
    """Hidden while there is nothing; what it counts is worked out in the worker, for each content of the case."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setObjectName("link")
        self.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(self.seek)
        workspace.changed.connect(self._on_changed)
        workspace.jobs.landed.connect(self._on_landed)

    def seek(self) -> None:
        """Look for pairs of the case as it is now."""
        self._timer.stop()
        if self._workspace.table is not None:
            self._workspace.jobs.start(KEY, _Seeking(self._workspace.table))

    def show_count(self, count: int) -> None:
        """Say how many pairs there are."""
        self.setText(self.tr("May be the same: {n}").format(n=f"{count:,}"))
        self.setToolTip(
            self.tr("Pairs of records of different reports that may be of one event: compare them")
        )
        self.setVisible(count > 0)

    def _on_changed(self, change: Change) -> None:
        if change.of("case"):
            if self._workspace.table is None:
                self.hide()
            self._timer.start()

    def _on_landed(self, landed: Landed) -> None:
        if landed.key == KEY and landed.error is None:
            self.show_count(int(landed.value))


class _Seeking:
    def __init__(self, table: EventTable) -> None:
        self._table = table

    def __call__(self, ticket: Ticket) -> int:
        return 0 if ticket.cancelled() else len(proposals(self._table))
