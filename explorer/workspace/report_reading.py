"""Reading a report: plain text on the spot, web pages, Word and PDF in a child process that a hostile file may break.

The child is given so much memory and time and no more; what it cannot do then ends with a message.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.formats.article import Article, pasted, read_article
from explorer.formats.refused import RefusedError
from explorer.frozen import frozen
from explorer.intake.articles import article_from
from explorer.intake.opening import Cancelled
from explorer.intake.reporting import ProblemsFound
from explorer.model.problems import Problem
from explorer.words import tr
from explorer.workspace.child import Advance, ChildFailed, in_child
from explorer.workspace.jobs import Jobs, Landed, Ticket

KEY = "report"
#: Endings of what is read on the spot, and up to how many bytes.
PLAIN, AT_ONCE = (".txt", ".text", ".md", ".markdown"), 4_000_000


@frozen
class Asked:
    """A report to read: a file, in an encoding that the user chose (None: to be found), or pasted text."""

    path: Path | None = None
    encoding: str | None = None
    text: str = ""

    @property
    def name(self) -> str:
        """What the report is called before it is read."""
        return self.path.name if self.path is not None else tr("pasted text")


class ReportReading(QObject):
    """Reads one report at a time. started(Asked); then read(Article) or failed(exception)."""

    started = Signal(object)
    read = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._jobs.landed.connect(self._land)

    @property
    def running(self) -> bool:
        """True while a report is being read."""
        return self._jobs.running(KEY)

    def start(self, asked: Asked) -> None:
        """Read a report; one that is under way is given up."""
        self.cancel()
        self.started.emit(asked)
        if not _is_quick(asked):
            assert asked.path is not None
            self._jobs.start(KEY, _Reading(asked.path, asked.encoding))
            return
        try:
            article = (
                pasted(asked.text)
                if asked.path is None
                else read_article(asked.path, encoding=asked.encoding)
            )
        except RefusedError as error:
            self.failed.emit(ProblemsFound(error.problems, asked.name))
        else:
            self.read.emit(article)

    def cancel(self) -> None:
        """Give up what is being read."""
        self._jobs.cancel(KEY)

    def close(self) -> None:
        """Give up what is being read, and wait until its process has ended."""
        self._jobs.close()

    def _land(self, message: object) -> None:
        if not isinstance(message, Landed) or isinstance(message.error, Cancelled):
            return
        if message.error is not None:
            self.failed.emit(message.error)
        else:
            self.read.emit(message.value)


@frozen
class _Reading:
    """Reads a file in a child process."""

    path: Path
    encoding: str | None

    def __call__(self, ticket: Ticket) -> Article:
        request = {"do": "article", "source": str(self.path), "encoding": self.encoding}
        try:
            return article_from(in_child(request, _untold, ticket.cancelled))
        except ChildFailed as error:
            raise ProblemsFound((_broken(self.path, str(error)),), str(self.path)) from error


def _broken(path: Path, why: str) -> Problem:
    found = tr("{name}, which could not be read: {why}").format(name=path.name, why=why)
    return Problem("", found, tr("a report"), tr("open it in another program, copy its text and paste it"))


def _untold(advance: Advance) -> None:
    """Let nobody know how far it has come: nobody can say of a page."""


def _is_quick(asked: Asked) -> bool:
    path = asked.path
    if path is None or not path.is_file():
        return True  # of a missing one the complaint comes at once
    return path.suffix.lower() in PLAIN and path.stat().st_size <= AT_ONCE
