"""Opening a case without freezing the window: small ones at once, large JSON in a worker, with cancel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.intake.opening import Cancelled, open_case
from explorer.workspace.jobs import Jobs, Landed, Progressed, Ticket

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile

#: Bytes of JSON that are read on the spot; a case file is opened on the spot whatever its size.
AT_ONCE = 2_000_000
KEY = "open"


class Opening(QObject):
    """Opens one case at a time. ready(CaseFile), failed(exception), progressed(Progressed), ended().

    source: what the case handed over last was opened from: "sample" or a path.
    """

    ready = Signal(object)
    failed = Signal(object)
    started = Signal(object)
    progressed = Signal(object)
    ended = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asked = ""
        self.source = ""
        jobs.landed.connect(self._land)
        jobs.progressed.connect(self._pass_on)

    @property
    def running(self) -> bool:
        """True while a slow opening is under way."""
        return self._jobs.running(KEY)

    def open(self, source: str | Path) -> None:
        """Open source; what was opening before is given up."""
        self.cancel()
        self._asked = str(source)
        if is_quick(source):
            self._open_now(source)
            return
        self.started.emit(str(source))
        self._jobs.start(KEY, _Reading(source))

    def cancel(self) -> None:
        """Give up the slow opening, if there is one."""
        if self.running:
            self._jobs.cancel(KEY)
            self.ended.emit()

    def _open_now(self, source: str | Path) -> None:
        try:
            case = open_case(source)
        except Exception as error:  # noqa: BLE001 - whatever a file does, the open case stays and the user is told
            self.failed.emit(error)
        else:
            self._hand_over(case)

    def _pass_on(self, message: object) -> None:
        if isinstance(message, Progressed) and message.key == KEY:
            self.progressed.emit(message)

    def _land(self, message: object) -> None:
        if not isinstance(message, Landed) or message.key != KEY:
            return
        self.ended.emit()
        if isinstance(message.error, Cancelled):
            return
        if message.error is not None:
            self.failed.emit(message.error)
        else:
            self._hand_over(message.value)

    def _hand_over(self, case: CaseFile) -> None:
        self.source = self._asked
        case.keep_columns()  # of a large case that may be written, so that it opens at once the next time
        self.ready.emit(case)


class _Reading:
    """The work of one slow opening, run in the worker: a plain callable that knows no QObject."""

    def __init__(self, source: str | Path) -> None:
        self._source = source

    def __call__(self, ticket: Ticket) -> CaseFile:
        return open_case(self._source, progress=ticket.progress, cancelled=ticket.cancelled)


def is_quick(source: str | Path) -> bool:
    """True where opening takes no noticeable time: the sample, a case file, a small or missing file."""
    path = Path(source)
    if str(source) == "sample" or path.suffix == ".dateline":
        return True
    if not path.exists() or path.is_dir():
        return True  # the complaint comes at once
    return path.is_file() and path.stat().st_size <= AT_ONCE
