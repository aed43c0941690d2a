"""Import as a job: rows of other programs' files become records of a case, or the whole file nothing (design §5, §7).

Streaming: one row is read, mapped, validated and written at a time (in chunks), so that memory does not grow with the
file. read = kept + skipped, always; what was skipped is told with its line.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from explorer.casefile import temporary
from explorer.casefile.bulk import Bulk
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import SEEN, CaseFile
from explorer.formats.mapping import Mapping
from explorer.formats.port import Progress, Reader, Skipped, Watch
from explorer.formats.refused import ReadingCancelled, RefusedError, never
from explorer.formats.registry import chosen
from explorer.formats.source import Source, opened
from explorer.frozen import frozen
from explorer.intake.case_import import CaseReader, CaseWriting, claims_taken, is_case
from explorer.intake.import_report import Counting, ImportReport, SourceReport
from explorer.intake.import_writing import Writing
from explorer.intake.making import Made
from explorer.intake.reporting import ProblemsFound, problems_found
from explorer.intake.rows_apart import ToRead, rows_of
from explorer.model.memory import collector_paused
from explorer.model.records import CaseHeader
from explorer.words import tr

#: Rows between two looks at whether the user gave up, and written together.
CHUNK = 2000
#: Seconds between two words on how far it has come.
INTERVAL = 0.1
_SLUG = re.compile(r"[^a-z0-9]+")


@frozen
class Asked:
    """A file to import, and how: as what is sniffed, as a form that is named, or as a table by a mapping."""

    path: Path
    form: str = "auto"
    mapping: Mapping | None = None


def unwatched(_progress: Progress) -> None:
    """Tell nobody how far it has come."""


def import_files(
    sources: Sequence[Path], target: Path, *, form: str = "auto", mapping: Mapping | None = None,
    update: bool = False, watch: Watch = unwatched, cancelled: Callable[[], bool] = never,
) -> ImportReport:  # fmt: skip
    """Import files into a case file, a new one or one that exists: all of them, or nothing is written.

    update: rows that the case has with other content are replaced, else the old ones stay and are told. Raises
    ProblemsFound, formats.mapping.MappingNeeded for a table of no known kind, ReadingCancelled.
    """
    asked = [Asked(Path(source), form, mapping) for source in sources]
    return import_asked(asked, target, update=update, watch=watch, cancelled=cancelled)


def import_asked(
    asked: Sequence[Asked], target: Path, *, update: bool = False, title: str = "", watch: Watch = unwatched,
    cancelled: Callable[[], bool] = never,
) -> ImportReport:  # fmt: skip
    """Import files, each in its own way, as import_files; title: what a new case is called, else by its file."""
    target = Path(target)
    with collector_paused(), _told(target):
        if target.exists():
            with CaseFile.open(target) as case:
                return _Job(case, update, watch, cancelled).run(asked, new_file=False)
        return _into_new(asked, target, title, watch, cancelled)


def import_temporary(
    source: Path, *, form: str = "auto", mapping: Mapping | None = None, title: str = "",
    watch: Watch = unwatched, cancelled: Callable[[], bool] = never,
) -> tuple[CaseFile, ImportReport]:  # fmt: skip
    """Import a file into a temporary case; as import_asked."""
    asked = [Asked(source, form, mapping)]
    with collector_paused(), _told(source):
        case = CaseFile.temporary_file(_header(asked, source, title))
        try:
            report = _Job(case, False, watch, cancelled).run(asked, new_file=True)
        except BaseException:
            case.close()
            raise
        return case, report


def half_written(target: Path) -> Path:
    """Return where this process writes a new case until it is whole."""
    return target.with_name(f".{target.name}.{os.getpid()}.importing")


def _into_new(
    asked: Sequence[Asked], target: Path, title: str, watch: Watch, cancelled: Callable[[], bool]
) -> ImportReport:
    """Write beside the target, and put it in its place when it is whole."""
    if not os.access(target.parent, os.W_OK):
        raise CaseFileError(tr("{path} cannot be made: its folder may not be written.").format(path=target))
    new = half_written(target)
    case = CaseFile.create(new, _header(asked, target, title))
    try:
        try:
            report = _Job(case, False, watch, cancelled).run(asked, new_file=True, target=str(target))
        finally:
            case.close()
        if cancelled():
            raise ReadingCancelled
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        if target.exists():
            raise CaseFileError(tr("{path} has come into being meanwhile.").format(path=target))
        new.replace(target)
    finally:
        temporary.remove(new)
    return report


def _header(asked: Sequence[Asked], target: Path, title: str = "") -> CaseHeader:
    now = datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    title = title or target.name.split(".")[0]
    stem = _SLUG.sub("-", title.lower()).strip("-")[:40].strip("-")
    names = ", ".join(one.path.name for one in asked)
    return CaseHeader(
        format_version="1.0", id=f"case-{stem or 'imported'}", title=title or names,
        description=tr("Imported from {names}").format(names=names), created=now, modified=now,
    )  # fmt: skip


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what goes wrong into problems with the file they are of."""
    try:
        yield
    except RefusedError as error:
        raise ProblemsFound(error.problems, str(path), error.more) from error
    except CaseFileError as error:
        raise problems_found(error, path) from error


class _Job:
    """One import into one case."""

    def __init__(self, case: CaseFile, update: bool, watch: Watch, cancelled: Callable[[], bool]) -> None:
        self._case = case
        self._update = update
        self._watch = watch
        self._cancelled = cancelled
        self._begun = self._told_at = time.monotonic()
        self._rows = 0

    def run(self, asked: Sequence[Asked], *, new_file: bool, target: str = "") -> ImportReport:
        """Read all files, and write what they hold in one transaction."""
        reports: list[SourceReport] = []
        with self._case.loading(new_file=new_file) as bulk:
            for number, one in enumerate(asked):
                with _told(one.path), opened(one.path) as source:
                    reports.append(self._source(one, source, bulk, number / len(asked), len(asked)))
            self._tell(1.0, tr("Writing the case file"))
        if not self._case.columns_kept:
            self._case.keep_columns(least=SEEN)  # so that it opens at once
        return ImportReport(target or str(self._case.path), tuple(reports), time.monotonic() - self._begun)

    def _means(self, one: Asked, source: Source, bulk: Bulk) -> tuple[Reader, Writing]:
        """Return what reads a file, and what writes it: another case record by record, all else row by row."""
        if one.form == "auto" and is_case(source):
            reader = CaseReader(one.path, self._case.path)
            return reader, CaseWriting(bulk, update=self._update, claims=claims_taken(self._case))
        return chosen(source, one.form, one.mapping), Writing(bulk, update=self._update)

    def _source(self, one: Asked, source: Source, bulk: Bulk, before: float, count: int) -> SourceReport:
        reader, writing = self._means(one, source, bulk)
        counting = Counting()
        form = "" if isinstance(reader, CaseReader) else one.form
        with rows_of(ToRead(one.path, form, one.mapping, CHUNK), source, reader) as rows:
            for chunk in rows.chunks():
                counting.skipped.extend(each for each in chunk if isinstance(each, Skipped))
                writing.write([each for each in chunk if isinstance(each, Made)], counting)
                self._rows += sum(isinstance(each, Skipped) or each.line > 0 for each in chunk)
                if self._cancelled():
                    raise ReadingCancelled
                self._tell(before + rows.part / count, tr("Importing {name}").format(name=one.path.name))
        return counting.report(str(one.path), reader.title, reader.notes(source))

    def _tell(self, part: float, words: str) -> None:
        now = time.monotonic()
        if now - self._told_at < INTERVAL and part < 1.0:
            return
        self._told_at = now
        spent = max(now - self._begun, 1e-9)
        left = spent * (1 - part) / part if part > 0 else None
        self._watch(Progress(part, self._rows, self._rows / spent, left, words))
