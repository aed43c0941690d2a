"""Opening a case without freezing the window: what is small at once, the rest in a child process, with cancel.

Slow are: JSON of more than a few articles, whatever has to be imported, and a large case file whose columns are not
kept in it. They are made ready by the child; the window then opens a file that opens at once.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.assets import resource
from explorer.frozen import frozen
from explorer.intake.opening import SAMPLE, Cancelled, is_case_file, open_case
from explorer.words import tr
from explorer.workspace.child import Advance, ChildFailed, in_child
from explorer.workspace.jobs import Jobs, Landed, Progressed, Ticket

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile

#: Bytes of JSON that are read on the spot.
AT_ONCE = 2_000_000
#: Endings of what is imported, in a child whatever its size.
TABLES = (".csv", ".tsv", ".tab", ".txt", ".gz", ".zip")
#: Endings of reports that are added to a case.
REPORTS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".pdf")
KEY = "open"
#: The word for the dataset that is shipped, its file, and what the case made of it is called.
SYRIA = "syria"
SYRIA_FILE = "ucdp-ged-syria.csv.gz"
SYRIA_TITLE = "Syria, January 2016 – November 2019 (UCDP GED)"
#: Words that stand for what the program brings along; any other source is a path.
SHIPPED = (SAMPLE, SYRIA)


class Opening(QObject):
    """Opens one case at a time. ready(CaseFile), failed(exception), progressed(Progressed), ended().

    source: what the case handed over last was opened from: one of SHIPPED or a path.
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
        try:
            case, work = _opened(source)
        except Exception as error:  # noqa: BLE001 - whatever a file does, the open case stays and the user is told
            self.failed.emit(error)
            return
        if case is not None:
            self._hand_over(case)
        elif work is not None:
            self._start(work)

    def adopt(self, case: CaseFile, source: str | Path) -> None:
        """Hand over a case that was made ready elsewhere."""
        self.cancel()
        self._asked = str(source)
        self._hand_over(case)

    def take(self, case: CaseFile, source: str | Path) -> None:
        """Hand over a case of which the columns may still have to be built."""
        if case.ready:
            self.adopt(case, source)
            return
        self.cancel()
        self._asked = str(source)
        self._start(_Building(case))

    def cancel(self) -> None:
        """Give up the slow opening, if there is one."""
        if self.running:
            self._jobs.cancel(KEY)
            self.ended.emit()

    def _start(self, work: Work) -> None:
        self.started.emit(SYRIA_TITLE if self._asked == SYRIA else self._asked)
        self._jobs.start(KEY, work)

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
            return
        try:
            case = message.value()
        except Exception as error:  # noqa: BLE001 - as in open
            self.failed.emit(error)
        else:
            if case.ready:
                self._hand_over(case)
            else:
                self._start(_Building(case))

    def _hand_over(self, case: CaseFile) -> None:
        self.source = self._asked
        self.ready.emit(case)


#: What a slow opening brings: a quick way to the case, for the thread that will own it.
Way = Callable[[], "CaseFile"]
Work = Callable[[Ticket], Way]


def _opened(source: str | Path) -> tuple[CaseFile | None, Work | None]:
    """Return a case that opens at once, or else the work to be done in a worker before it does."""
    path = resource(SYRIA_FILE) if str(source) == SYRIA else Path(source)
    if str(source) != SYRIA and is_quick(source):
        case = open_case(source)
        if str(source) == SAMPLE or case.ready:
            return case, None
        if case.read_only:  # nothing can be kept in it
            return None, _Building(case)
        case.close()
        return None, _Keeping(path)
    return None, _Converting(path, SYRIA_TITLE if str(source) == SYRIA else "")


@frozen
class _Opened:
    """A case file to open: one of the user's, or a temporary one that the child has made."""

    path: Path
    temporary: bool = False
    messages: tuple[str, ...] = ()
    read_only: bool = False

    def __call__(self) -> CaseFile:
        from explorer.casefile.store import CaseFile

        if not self.temporary:
            return open_case(self.path)
        return CaseFile.adopt_temporary(self.path, self.messages, read_only=self.read_only)


@frozen
class _Converting:
    """Reads what is no case file into a temporary one, in a child process."""

    source: Path
    title: str

    def __call__(self, ticket: Ticket) -> Way:
        from explorer.casefile import temporary

        target = temporary.new_file()
        request = {"do": "open", "source": str(self.source), "target": str(target), "title": self.title}
        try:
            said = in_child(request, _Telling(ticket), ticket.cancelled)
            if ticket.cancelled():
                raise Cancelled
        except BaseException:
            temporary.remove(target)
            raise
        return _Opened(target, True, tuple(said["messages"]), said["read_only"])


@frozen
class _Keeping:
    """Lets a child keep the columns of a large case file in it, so that it opens at once."""

    path: Path

    def __call__(self, ticket: Ticket) -> Way:
        with suppress(ChildFailed):  # a full disk, or another program that writes: built for this time alone
            in_child({"do": "keep", "source": str(self.path)}, _Telling(ticket), ticket.cancelled)
        return _Opened(self.path)


@frozen
class _Building:
    """Builds the columns of a case that cannot keep them, in a worker thread; the case is there already."""

    case: CaseFile

    def __call__(self, ticket: Ticket) -> Way:
        ticket.progress(0.0, tr("Preparing the columns"))
        self.case.table()
        if ticket.cancelled():
            self.case.close()
            raise Cancelled
        return self._given

    def _given(self) -> CaseFile:
        return self.case


@frozen
class _Telling:
    """Passes on how far a child has come."""

    ticket: Ticket

    def __call__(self, advance: Advance) -> None:
        self.ticket.progress(advance.part, advance.words)


def is_case(path: Path) -> bool:
    """Return whether a file is to be opened, not imported: a case file, or no table by its name."""
    return is_case_file(path) or path.suffix.lower() not in TABLES


def is_report(path: Path) -> bool:
    """Return whether a file is an article to add to a case: by its name, and for .txt, no table by its content."""
    suffix = path.suffix.lower()
    if suffix not in REPORTS or is_case_file(path):
        return False
    return suffix not in TABLES or not _is_table(path)


def _is_table(path: Path) -> bool:
    """Return whether the rows of a file are cut by tabs, or it is of a kind that can be imported."""
    from explorer.formats.refused import RefusedError
    from explorer.formats.registry import reader_for
    from explorer.formats.source import opened

    with suppress(RefusedError, OSError):
        with path.open("rb") as file:
            lines = [line for line in file.read(65_536).split(b"\n")[:20] if line.strip()]
        if len(lines) > 1 and min(line.count(b"\t") for line in lines) > 1:
            return True
        with opened(path) as source:
            return reader_for(source) is not None
    return False


def is_quick(source: str | Path) -> bool:
    """True where opening takes no noticeable time: the sample, a case file, a small or missing file of no table."""
    path = Path(source)
    if str(source) == SAMPLE or not path.is_file() or is_case_file(path):
        return True  # of a missing one the complaint comes at once
    return path.suffix.lower() not in TABLES and path.stat().st_size <= AT_ONCE
