"""The commands of design §5: parse words, run one command, and answer with an exit code and plain lines."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from explorer.words import tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.query.masks import Shown

Preflight = Callable[[], str | None]
DONE, PROBLEM, USAGE, INTERRUPTED = 0, 1, 2, 130
FORMATS = ("table", "json", "jsonl", "csv")
_EXAMPLES = {
    "query": """\
examples:
  dateline query sample --actor Russia
  dateline query sample --actor Russia --place Aleppo --possible-places --format json
  dateline query my.dateline --type ASSAULT/aerial --from 2016 --to 2017-06 --format csv > strikes.csv
""",
    "export": """\
examples:
  dateline export sample --view timeline --axis order --out timeline.svg
  dateline export sample --view timeline --view events --actor Russia --size 1600x1200 --out russia.pdf
""",
    "check": "example:\n  dateline check my.case.json\n",
    "info": "example:\n  dateline info sample\n",
    "schema": "example:\n  dateline schema > event-case.schema.json\n",
}
_CASE_HELP = "a .dateline file, a JSON case, a file that can be imported, or the word: sample"
_ABOUT = {
    "export": "Draw one view, or several on one page, as an image that can be published. Needs no display.",
    "query": "Print the records that pass a filter, each with its sentences. Needs no display.",
    "import": "Import UCDP GED, ACLED, GDELT, ICEWS or any table into a case. Importing twice adds nothing.",
    "check": "Name every problem of a case: where, what, how to mend it. Exit code 1 where there is one.",
    "info": "Print what a case holds: counts, spans, coverage, datasets and licences.",
    "schema": "Print the JSON Schema of a case.",
}
_WINDOW = """\
examples:
  dateline                      the window, with the welcome page
  dateline sample               the sample case
  dateline my.dateline          a case (a file called like a command is given as ./query)

commands (dateline COMMAND --help tells more):
"""


class _Usage(Exception):  # noqa: N818 - it ends the command, it is no fault of the program
    """Wrong usage, in one line; exit code 2."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Usage(tr("{message} (see {prog} --help)").format(message=message, prog=self.prog))


def main(argv: Sequence[str] | None = None, *, preflight: Preflight | None = None) -> int:
    """Run one command and return its exit code (design §5); no traceback reaches a user.

    preflight: asked before a window opens; returns in one line why none can be, or None.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    _speak_utf8()
    try:
        return _run(words, preflight)
    except SystemExit as done:  # argparse, after --help or --version
        return int(done.code or 0)
    except _Usage as error:
        return _say(error, USAGE)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except ImportError:  # a library of the system: __main__ knows its name and the line that installs it
        raise
    except Exception as error:
        code, lines = _explained(error)
        if os.environ.get("DATELINE_DEBUG") and not lines:
            raise
        return max(_say(line, code) for line in lines or [_fault(error)])


def _run(words: Sequence[str], preflight: Preflight | None) -> int:
    command = words[0] if words else ""
    if command in COMMANDS:
        return COMMANDS[command](list(words[1:]))
    return _window(words, preflight)


def _fault(error: Exception) -> str:
    return tr(
        "a fault of the program, not of the input: {kind}: {reason} (DATELINE_DEBUG=1 tells more)"
    ).format(kind=type(error).__name__, reason=error)


def _explained(error: Exception) -> tuple[int, list[str]]:
    """Return the exit code and the lines for a problem that is the input's or the user's; no line for a fault."""
    from explorer.assets import ResourceMissingError
    from explorer.casefile.errors import CaseFileError
    from explorer.export.options import WrongFigureError
    from explorer.intake.reporting import ProblemsFound
    from explorer.query.asking import WrongFilterError
    from explorer.query.names import UnknownName

    if isinstance(error, ProblemsFound):
        return PROBLEM, [f"{error.source}: {problem}" for problem in error.problems]
    if isinstance(error, CaseFileError):
        return PROBLEM, [str(error), *(str(problem) for problem in error.problems)]
    if isinstance(error, UnknownName | WrongFilterError):
        return USAGE, [str(error)]
    if isinstance(error, ResourceMissingError | WrongFigureError):
        return USAGE, [str(error)]
    if isinstance(error, OSError):
        return PROBLEM, [str(error)]
    return PROBLEM, []


# -- the window ---------------------------------------------------------------------------------------------------


def _window(words: Sequence[str], preflight: Preflight | None) -> int:
    commands = "".join(f"  {name:<8} {_ABOUT[name]}\n" for name in COMMANDS)
    parser = _Parser(
        prog="dateline", usage="dateline [CASE] | dateline COMMAND …", epilog=_WINDOW + commands, allow_abbrev=False,
        description=tr("A timeline and actor explorer in which every fact leads to the sentence it came from."),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("case", nargs="?", metavar="CASE", help=_CASE_HELP)
    parser.add_argument("--version", action="version", version=f"dateline {version()}")
    _check_first(words)
    source = parser.parse_args(words).case
    missing = preflight() if preflight else None
    if missing:
        return _say(missing, USAGE)
    from explorer import app

    return app.run(source)


def _check_first(words: Sequence[str]) -> None:
    """Refuse a first word that is no file; it may be a command with a typing error."""
    source = words[0] if words else ""
    if not source or source.startswith("-") or source == "sample" or Path(source).exists():
        return
    from rapidfuzz import process

    near = process.extractOne(source, list(COMMANDS), score_cutoff=75)
    if near:
        raise _Usage(
            tr("{source}: no such file. Did you mean dateline {command}?").format(
                source=source, command=near[0]
            )
        )
    raise FileNotFoundError(tr("{source}: no such file").format(source=source))


def version() -> str:
    """Return the installed version, or the one of the checkout."""
    from importlib import metadata

    try:
        return metadata.version("dateline")
    except metadata.PackageNotFoundError:
        return "0.1.0"


# -- query, check, info, schema: no Qt at all ---------------------------------------------------------------------


def _query(words: Sequence[str]) -> int:
    parser = _parser("query", "CASE [FILTERS] [--format table|json|jsonl|csv]")
    parser.add_argument("case", metavar="CASE", help=_CASE_HELP)
    parser.add_argument(
        "--format", choices=FORMATS, default="table", help=tr("what to print (default: table)")
    )
    _add_filters(parser)
    options = parser.parse_args(words)
    with closing(_open(options.case)) as case:
        shown = _shown(case, options)
        _write(_printed(case, shown, options.format))
        _hint(case, shown)
    return DONE


def _printed(case: CaseFile, shown: Shown, form: str) -> Iterator[str]:
    from explorer.query.printing import csv_lines, json_lines, table_lines
    from explorer.query.records import head_json, shown_json

    events = shown_json(case, shown)
    match form:
        case "json":
            return json_lines(head_json(case, shown), events)
        case "jsonl":
            return (json.dumps(event, ensure_ascii=False) for event in events)
        case "csv":
            return csv_lines(events)
        case _:
            return table_lines(shown, events)


def _import(words: Sequence[str]) -> int:
    from explorer.intake import import_command

    parser = _parser("import", import_command.USAGE)
    parser.epilog = import_command.EXAMPLES
    import_command.add_arguments(parser)
    _write(import_command.run(parser.parse_args(words)))
    return DONE


def _check(words: Sequence[str]) -> int:
    from explorer.intake.reporting import check_case

    parser = _parser("check")
    parser.add_argument("case", metavar="CASE", help=_CASE_HELP)
    source = parser.parse_args(words).case
    with closing(_open(source)) as case:
        report = check_case(case)
    for problem in report.problems:
        _say(f"{source}: {problem}", PROBLEM)
    for warning in report.warnings:
        _say(tr("{source}: warning: {warning}").format(source=source, warning=warning), DONE)
    _write([check_words(source, len(report.problems), len(report.warnings))])
    return PROBLEM if report.problems else DONE


def check_words(source: str, problems: int, warnings: int) -> str:
    """Return the last line of check: how many problems and warnings there are."""
    from explorer.query.describe import plural

    counted = [
        plural(problems, "{n} problem", "{n} problems") if problems else tr("no problem"),
        plural(warnings, "{n} warning", "{n} warnings") if warnings else tr("no warning"),
    ]
    return f"{source}: {', '.join(counted)}"


def _info(words: Sequence[str]) -> int:
    from explorer.intake.reporting import info

    parser = _parser("info")
    parser.add_argument("case", metavar="CASE", help=_CASE_HELP)
    parser.add_argument("--format", choices=("table", "json"), default="table", help=tr("what to print"))
    options = parser.parse_args(words)
    with closing(_open(options.case)) as case:
        told = info(case)
    if options.format == "json":
        _write([json.dumps(told, ensure_ascii=False, indent=1)])
    else:
        from explorer.query.printing import outline

        _write(outline(told))
    return DONE


def _schema(words: Sequence[str]) -> int:
    from explorer.intake.reporting import schema

    _parser("schema", "").parse_args(words)
    _write([json.dumps(schema(), ensure_ascii=False, indent=1)])
    return DONE


# -- export: QtGui without a display ------------------------------------------------------------------------------


def _export(words: Sequence[str]) -> int:
    from explorer.export.options import add_figure, check_figure

    parser = _parser("export", "CASE --view VIEW … --out FILE.(png|svg|pdf) [FILTERS] [FIGURE]")
    parser.add_argument("case", metavar="CASE", help=_CASE_HELP)
    add_figure(parser)
    _add_filters(parser)
    options = parser.parse_args(words)
    check_figure(options)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with closing(_open(options.case)) as case:
        shown = _shown(case, options)
        _draw(case, shown, options)
        _hint(case, shown)
    return DONE


def _draw(case: CaseFile, shown: Shown, options: argparse.Namespace) -> None:
    from explorer.export.figures import FigureRequest, compose, save
    from explorer.export.options import window_seconds
    from explorer.query.describe import count_words, may_words

    request = FigureRequest(
        views=tuple(dict.fromkeys(options.view or ("timeline",))), size=options.pixels, scale=options.scale,
        theme=options.theme, lanes=options.lanes, axis=options.axis, window=window_seconds(options.window),
        filter=shown.filter, caption=options.caption,
    )  # fmt: skip
    save(compose(case, request), Path(options.out))
    _say(f"{options.out}: {count_words(shown)}", DONE)
    may = may_words(shown)
    if may:
        _say(may, DONE)


# -- what the commands share --------------------------------------------------------------------------------------


def _parser(command: str, usage: str = "CASE") -> _Parser:
    return _Parser(
        prog=f"dateline {command}", usage=f"dateline {command} {usage}".rstrip(), description=tr(_ABOUT[command]),
        epilog=_EXAMPLES.get(command), formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip


def _add_filters(parser: argparse.ArgumentParser) -> None:
    from explorer.query.arguments import add_filters

    add_filters(parser)


def _open(source: str) -> CaseFile:
    from explorer.intake.opening import open_case

    case = open_case(source)
    for message in getattr(case, "messages", ()):
        _say(f"{source}: {message}", DONE)
    return case


def _shown(case: CaseFile, options: argparse.Namespace) -> Shown:
    """Return what the filters of a command let through. Raises _Usage for a name that the case does not know."""
    from explorer.query.arguments import asked_from
    from explorer.query.asking import filter_from
    from explorer.query.explaining import unknown_words
    from explorer.query.masks import evaluate
    from explorer.query.names import UnknownName

    try:
        wanted = filter_from(asked_from(options), case.table(), _saved_filter(options.filter))
    except UnknownName as error:
        raise _Usage(unknown_words(case, error)) from None
    return evaluate(case.table(), wanted, case.text_rows(wanted.text) if wanted.text.strip() else None)


def _saved_filter(source: str | None) -> str | None:
    if source is None:
        return None
    try:
        return sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _Usage(tr("--filter {source}: {reason}").format(source=source, reason=error)) from None


def _hint(case: CaseFile, shown: Shown) -> None:
    """Say on stderr why a chosen name finds nothing."""
    from explorer.query.explaining import hints

    for line in hints(case, shown):
        _say(line, DONE)


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _say(line: object, code: int) -> int:
    """Print one line on stderr, whatever it holds, and return code."""
    text = "".join(" " if character in "\r\n\t" else character for character in str(line))
    print(f"dateline: {text}", file=sys.stderr)
    return code


def _speak_utf8() -> None:
    """Let both streams carry every name; a pipe gets UTF-8, a terminal what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


#: The first word decides: one of these, or a case for the window.
COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "export": _export, "query": _query, "import": _import, "check": _check, "info": _info, "schema": _schema,
}  # fmt: skip
