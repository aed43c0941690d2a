"""What is no case file becomes a temporary one: JSON cases, and what can be imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.formats import native
from explorer.formats.mapping import MappingNeeded
from explorer.formats.port import Progress as ImportProgress
from explorer.formats.refused import ReadingCancelled, RefusedError
from explorer.formats.registry import reader_for
from explorer.formats.source import opened
from explorer.intake.import_report import ImportReport, brief_lines, progress_words, report_lines
from explorer.intake.importing import import_temporary
from explorer.intake.reporting import ProblemsFound, problems_found
from explorer.model.base import Record
from explorer.model.memory import collector_paused
from explorer.model.problems import Problem
from explorer.words import tr

Progress = Callable[[float, str], None]
#: Names of tables; one of no known kind needs a mapping, which is said.
_TABLES = (".csv", ".tsv", ".tab")
#: Records written between two looks at whether the user gave up.
STRIDE = 500


def converted(
    path: Path, tell: Progress, stop: Callable[[], bool], *, title: str = "", for_window: bool = False
) -> CaseFile:
    """Read path into a temporary case file. Raises ProblemsFound with all that is wrong, or ReadingCancelled.

    title: what an imported case is called, else by its file. for_window: raise MappingNeeded for a table of no
    known kind, which a window can ask for, and let the messages be brief.
    """
    try:
        if not _is_importable(path):
            return _from_json(path, tell, stop)
        case, report = _imported(path, tell, stop, title)
        case.messages = (*case.messages, *(brief_lines(report) if for_window else report_lines(report)))
        return case
    except MappingNeeded as error:
        if for_window:
            raise
        mend = tr("import it first: dateline import {path} --to CASE").format(path=path.name)
        problem = Problem("", tr("a table of no known kind"), tr("a mapping of its columns"), mend)
        raise ProblemsFound((problem,), str(path)) from error
    except RefusedError as error:
        raise ProblemsFound(error.problems, str(path), error.more) from error
    except CaseFileError as error:
        raise problems_found(error, path) from error


def _is_importable(path: Path) -> bool:
    """Return whether a reader of other programs' files knows path; all else is left to the JSON reader's words."""
    try:
        with opened(path) as source:
            return reader_for(source) is not None or source.name.lower().endswith(_TABLES)
    except RefusedError:
        return False


def _imported(
    path: Path, tell: Progress, stop: Callable[[], bool], title: str
) -> tuple[CaseFile, ImportReport]:
    def watch(progress: ImportProgress) -> None:
        tell(progress.part, progress_words(progress))

    return import_temporary(path, title=title, watch=watch, cancelled=stop)


def _from_json(path: Path, tell: Progress, stop: Callable[[], bool]) -> CaseFile:
    def part(done: float, words: str) -> None:
        tell(0.6 * done, words)

    with collector_paused():
        return _stored(native.read(path, progress=part, cancelled=stop), tell, stop)


def _stored(read: native.ReadCase, tell: Progress, stop: Callable[[], bool]) -> CaseFile:
    case = CaseFile.temporary_file(read.header)
    try:
        total = sum(map(len, read.lists.values()))
        case.append(_watched(read.records(), total, tell, stop), checked=True)
    except BaseException:
        case.close()
        raise
    if read.newer:
        case.freeze(*read.messages)
    tell(1.0, tr("Done"))
    return case


def _watched(
    records: Iterable[Record], total: int, tell: Progress, stop: Callable[[], bool]
) -> Iterator[Record]:
    for number, record in enumerate(records):
        if number % STRIDE == 0:
            if stop():
                raise ReadingCancelled
            tell(0.6 + 0.4 * number / max(total, 1), tr("Writing the case file"))
        yield record
