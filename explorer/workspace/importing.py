"""Importing as a job of the window: in a child process, with progress and Cancel, while the open case stays in use.

One import at a time. What it brings is shown afterwards: the open case is read again, another file is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from explorer.casefile import temporary
from explorer.frozen import frozen
from explorer.intake.opening import Cancelled
from explorer.workspace.child import Advance, in_child
from explorer.workspace.jobs import Jobs, Landed, Ticket

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.formats.mapping import Mapping
    from explorer.intake.import_report import ImportReport
    from explorer.workspace.hub import Workspace

KEY = "import"


@frozen
class Wanted:
    """A file to import: its form ("auto" or as the command names it) and, for a table, its mapping."""

    path: Path
    form: str = "auto"
    mapping: Mapping | None = None


@frozen
class ImportRequest:
    """What to import, and where: into target, or into a temporary case where that is None.

    update: take the new content of records that the case has with other content.
    """

    sources: tuple[Wanted, ...]
    target: Path | None = None
    update: bool = False
    title: str = ""


@frozen
class Imported:
    """What an import did, and where its case lies."""

    report: ImportReport
    request: ImportRequest
    path: Path


class Importing(QObject):
    """Runs one import at a time.

    started(ImportRequest), advanced(Advance); then one of done(Imported), failed(exception) and given_up(); last
    ended().
    """

    started = Signal(object)
    advanced = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    given_up = Signal()
    ended = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._jobs = Jobs(self)  # a long import keeps nothing else waiting
        self._jobs.landed.connect(self._land)
        self._jobs.progressed.connect(self._pass_on)
        self._work: _Work | None = None

    @property
    def running(self) -> bool:
        """True from the start of an import until it has ended, or has cleared up after it was given up."""
        return self._work is not None

    def writes_to(self, path: Path) -> bool:
        """Return whether an import is writing into this file, so that nobody else can."""
        return self._work is not None and self._work.request.target == path

    def start(self, request: ImportRequest) -> None:
        """Begin an import; one that is under way goes on instead."""
        if self.running:
            return
        path = request.target if request.target is not None else temporary.new_file()
        self._work = _Work(request, path)
        self.started.emit(request)
        self._jobs.start(KEY, self._work)

    def cancel(self) -> None:
        """Give up the import under way; given_up() tells when nothing of it is left."""
        if self._work is not None:
            self._work.stopped = True

    def close(self) -> None:
        """Give up what is under way and wait until nothing of it is left."""
        self._jobs.close()

    def _pass_on(self, message: object) -> None:
        del message
        if self._work is not None and self._work.advance is not None:
            self.advanced.emit(self._work.advance)

    def _land(self, message: object) -> None:
        assert isinstance(message, Landed)
        work, self._work = self._work, None
        if isinstance(message.error, Cancelled):
            self.given_up.emit()
        elif message.error is not None:
            self.failed.emit(message.error)
        elif work is not None:
            self._show(message.value)
            self.done.emit(message.value)
        self.ended.emit()

    def _show(self, imported: Imported) -> None:
        """Bring what was imported into the window."""
        case = self._workspace.case
        if imported.request.target is None:
            self._adopt(imported)
        elif case is not None and case.path == imported.path:
            self._workspace.refresh()
        else:
            self._workspace.open(imported.path)

    def _adopt(self, imported: Imported) -> None:
        from explorer.casefile.errors import CaseFileError
        from explorer.casefile.store import CaseFile

        try:
            case: CaseFile = CaseFile.adopt_temporary(imported.path, _said(imported.report))
        except CaseFileError as error:
            self._workspace.failed.emit(error)
        else:
            self._workspace.opening.adopt(case, "")


def _said(report: ImportReport) -> tuple[str, ...]:
    """Return what the case says of itself: of several files the sums alone, for the report has told of each."""
    from explorer.intake.import_report import brief_lines, head_words

    return tuple(brief_lines(report)) if len(report.sources) == 1 else (f"{head_words(report)}.",)


class _Work:
    """One import, run in a worker thread that waits for the child: a plain callable that knows no QObject."""

    def __init__(self, request: ImportRequest, path: Path) -> None:
        self.request = request
        self.stopped = False
        self.advance: Advance | None = None
        self._path = path

    def __call__(self, ticket: Ticket) -> Imported:
        from explorer.intake.import_report import ImportReport

        def tell(advance: Advance) -> None:
            self.advance = advance
            ticket.progress(advance.part, advance.words)

        def stopped() -> bool:
            return self.stopped or ticket.cancelled()

        said = in_child(self._asked(), tell, stopped)
        return Imported(ImportReport.from_json(said), self.request, self._path)

    def _asked(self) -> dict[str, Any]:
        return {
            "do": "import",
            "sources": [_as_json(one) for one in self.request.sources],
            "target": str(self._path),
            "update": self.request.update,
            "title": self.request.title or _title(self.request),
        }


def _as_json(one: Wanted) -> dict[str, Any]:
    mapping = None if one.mapping is None else one.mapping.model_dump(mode="json")
    return {"path": str(one.path), "form": one.form, "mapping": mapping}


def _title(request: ImportRequest) -> str:
    """Return what a temporary case is called: by its files; "" where the case file has a name of its own."""
    return "" if request.target is not None else title_of([one.path for one in request.sources])


def title_of(paths: Sequence[Path]) -> str:
    """Return what a case of these files is called."""
    first = paths[0].name.split(".")[0]
    return first if len(paths) == 1 else f"{first} + {len(paths) - 1}"
