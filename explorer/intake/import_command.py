"""dateline import: its arguments, its progress on stderr, and its report (design §5)."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from explorer.formats.mapping import Mapping, MappingNeeded, read_mapping
from explorer.formats.port import Progress
from explorer.formats.refused import RefusedError
from explorer.formats.registry import FORMATS
from explorer.intake.import_report import ImportReport, progress_words, report_lines
from explorer.intake.importing import import_files
from explorer.intake.reporting import ProblemsFound
from explorer.words import tr

USAGE = "SOURCE … --to CASE [--format auto|…] [--map FILE] [--update] [--report FILE]"
ABOUT = (
    "Import rows of other programs' files into a case: UCDP GED, ACLED, GDELT, ICEWS, POLECAT, any table with a"
    " mapping; or another case."
)
EXAMPLES = """\
examples:
  dateline import ged_syria.csv --to syria.dateline
  dateline import 2020.csv.gz 2021.csv.gz --to conflict.dateline --report skipped.csv
  dateline import incidents.csv --to mine.dateline --map incidents.map.json

A file of no known kind is refused with a proposed mapping: save it, look it over, and give it by --map.
Importing the same file again adds nothing. Ctrl+C leaves no half case behind.
"""
#: Seconds between two lines of progress where stderr is no terminal.
PAUSE = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of dateline import."""
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE", type=Path, help=tr("a file; .gz and .zip are unpacked")
    )
    parser.add_argument(
        "--to", required=True, type=Path, metavar="CASE", help=tr("the .dateline file to make or to add to")
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="auto",
        help=tr("what the files are (default: told by their content)"),
    )
    parser.add_argument(
        "--map", type=Path, metavar="FILE", help=tr("the mapping of a table's columns, as JSON")
    )
    parser.add_argument(
        "--update",
        action="store_true",
        help=tr("take the new content of rows that the case has with other content"),
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help=tr("save what was skipped, changed or odd, as .csv or .json"),
    )


def run(options: argparse.Namespace) -> Iterator[str]:
    """Import, and yield the report line by line; progress goes to stderr."""
    mapping = None if options.map is None else _mapping(options.map)
    watch = _Watching()
    try:
        report = import_files(
            options.sources,
            options.to,
            form=options.format,
            mapping=mapping,
            update=options.update,
            watch=watch,
        )
    finally:
        watch.end()
    if options.report is not None:
        report.save(options.report)
    yield from report_lines(report)
    yield _last(report)


def _mapping(path: Path) -> Mapping:
    try:
        return read_mapping(path)
    except RefusedError as error:
        raise ProblemsFound(error.problems, str(path)) from error


def how_to_map(error: MappingNeeded) -> str:
    """Return in one line what to do with a proposed mapping that was printed."""
    return tr(
        "{reason}. The mapping above is a proposal: save it (the same command with > {name}.map.json), look it over,"
        " and give it by --map {name}.map.json"
    ).format(reason=error, name=error.proposal.name)


def _last(report: ImportReport) -> str:
    rate = f"{report.read / max(report.seconds, 1e-9):,.0f}"
    return tr("{target}: {added} rows added in {seconds} s ({rate} rows a second)").format(
        target=report.target, added=f"{report.added:,}", seconds=f"{report.seconds:.1f}", rate=rate
    )


class _Watching:
    """Prints how far it has come: one line that moves on a terminal, a line now and then elsewhere."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._moving = sys.stderr.isatty()
        self._last = clock()
        self._open = False

    def __call__(self, progress: Progress) -> None:
        if self._moving:
            sys.stderr.write("\r\x1b[K" + progress_words(progress))
            sys.stderr.flush()
            self._open = True
        elif self._clock() - self._last >= PAUSE:
            self._last = self._clock()
            sys.stderr.write(f"dateline: {progress_words(progress)}\n")

    def end(self) -> None:
        """Leave the line."""
        if self._open:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
