"""The commands of design §5: parse words, run one command, and answer with an exit code and plain lines."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from explorer import answers
from explorer.answers import DONE, INTERRUPTED, PROBLEM, USAGE, say, write
from explorer.version import VERSION
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.query.masks import Shown

Preflight = Callable[[], str | None]
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
    "import": "Import UCDP GED, ACLED, GDELT, ICEWS, any table or another case into a case. Twice adds nothing.",
    "check": "Name every problem of a case: where, what, how to mend it. Exit code 1 where there is one.",
    "info": "Print what a case holds: counts, spans, coverage, datasets and licences.",
    "schema": "Print the JSON Schema of a case.",
    "help": "Tell what a command does and which options it has.",
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
        said = message.removeprefix("argument ")
        raise _Usage(tr("{message} (see {prog} --help)").format(message=said, prog=self.prog))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a value that is none of an option's choices, with the choices and the nearest of them."""
        if action.choices is None or value in action.choices:
            return
        from explorer.query.names import either

        choices = [str(choice) for choice in action.choices]
        near = get_close_matches(str(value).casefold(), choices, n=1, cutoff=0.5)
        said = tr("{option} {value}: expected {choices}.").format(
            option="/".join(action.option_strings) or action.dest, value=value, choices=either(choices)
        )
        self.error(f"{said} {tr('Did you mean {name}?').format(name=near[0])}" if near else said)


def main(argv: Sequence[str] | None = None, *, preflight: Preflight | None = None) -> int:
    """Run one command and return its exit code (design §5); no traceback reaches a user.

    preflight: asked before a window opens; returns in one line why none can be, or None.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    answers.speak_utf8()
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # as the window has it: the same sums, and a quicker start
    with answers.Interrupts() as interrupts:
        try:
            return _run(words, preflight)
        except _Usage as error:
            return say(error, USAGE)
        except KeyboardInterrupt:
            return INTERRUPTED
        except BrokenPipeError:
            answers.give_up_output()
            return DONE
        except Exception as error:
            if interrupts.happened:  # a library in C made an error of its own of it
                return INTERRUPTED
            code, lines = answers.explained(error)
            if os.environ.get("DATELINE_DEBUG") and not lines:
                raise
            return max(say(line, code) for line in lines or [answers.fault_words(error)])


def _run(words: Sequence[str], preflight: Preflight | None) -> int:
    command = words[0] if words else ""
    try:
        code = COMMANDS[command](list(words[1:])) if command in COMMANDS else _window(words, preflight)
    except SystemExit as done:  # argparse, after --help or --version
        code = int(done.code or 0)
    answers.flush()
    return code


# -- the window ---------------------------------------------------------------------------------------------------


def _window(words: Sequence[str], preflight: Preflight | None) -> int:
    commands = "".join(f"  {name:<8} {_ABOUT[name]}\n" for name in COMMANDS)
    parser = _Parser(
        prog="dateline", usage="dateline [CASE] | dateline COMMAND …", epilog=_WINDOW + commands, allow_abbrev=False,
        description=tr("A timeline and actor explorer in which every fact leads to the sentence it came from."),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("case", nargs="?", metavar="CASE", help=_CASE_HELP)
    parser.add_argument("--version", action="version", version=f"dateline {VERSION}")
    _check_first(words)
    source = parser.parse_args(words).case
    from explorer import app

    with answers.uninterrupted():
        app.load_core()  # before anything of Qt, which the preflight loads
        missing = preflight() if preflight else None
    if missing:
        return say(missing, USAGE)
    return app.run(source)


def _check_first(words: Sequence[str]) -> None:
    """Refuse a first word that is no file; it may be a command with a typing error."""
    source = words[0] if words else ""
    if not words or source.startswith("-") or source == "sample" or (source and Path(source).exists()):
        return
    near = _near_command(source)
    if near:
        raise _Usage(
            tr("{source}: no such file. Did you mean dateline {command}?").format(source=source, command=near)
        )
    raise FileNotFoundError(tr("{source}: no such file").format(source=source or '""'))


def _near_command(word: str) -> str | None:
    from rapidfuzz import process

    near = process.extractOne(word, list(COMMANDS), score_cutoff=75)
    return str(near[0]) if near else None


def _help(words: Sequence[str]) -> int:
    parser = _parser("help", "[COMMAND]")
    parser.add_argument("command", nargs="?", metavar="COMMAND", help=tr("one of: ") + ", ".join(COMMANDS))
    command = parser.parse_args(words).command
    if command is None:
        return _window(["--help"], None)
    if command not in COMMANDS:
        near = _near_command(command)
        said = tr("{word}: no such command").format(word=command)
        raise _Usage(tr("{said}. Did you mean {name}?").format(said=said, name=near) if near else said)
    return COMMANDS[command](["--help"])


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
        write(_printed(case, shown, options.format))
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
    from explorer.formats.mapping import MappingNeeded
    from explorer.intake import import_command

    parser = _parser("import", import_command.USAGE)
    parser.epilog = import_command.EXAMPLES
    import_command.add_arguments(parser)
    try:
        write(import_command.run(parser.parse_args(words)))
    except MappingNeeded as error:
        write([error.proposal.as_json().rstrip()])
        return say(import_command.how_to_map(error), USAGE)
    return DONE


def _check(words: Sequence[str]) -> int:
    from explorer.intake.reporting import check_case

    parser = _parser("check")
    parser.add_argument("case", metavar="CASE", help=_CASE_HELP)
    source = parser.parse_args(words).case
    with closing(_open(source)) as case:
        report = check_case(case)
    for problem in report.problems:
        say(f"{source}: {problem}", PROBLEM)
    for warning in report.warnings:
        say(tr("{source}: warning: {warning}").format(source=source, warning=warning), DONE)
    write([check_words(source, len(report.problems), len(report.warnings))])
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
        write([json.dumps(told, ensure_ascii=False, indent=1)])
    else:
        from explorer.query.printing import outline

        write(outline(told))
    return DONE


def _schema(words: Sequence[str]) -> int:
    from explorer.intake.reporting import schema

    _parser("schema", "").parse_args(words)
    write([json.dumps(schema(), ensure_ascii=False, indent=1)])
    return DONE


# -- export: QtGui without a display ------------------------------------------------------------------------------


def _export(words: Sequence[str]) -> int:
    from explorer.export.options import add_figure, check_figure

    parser = _parser("export", "CASE --view VIEW … --out FILE.(png|svg|pdf) [FILTERS] [FIGURE]")
    parser.add_argument("case", metavar="CASE", help=_CASE_HELP)
    add_figure(parser)
    _add_filters(parser)
    options = parser.parse_args(words)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with answers.uninterrupted():
        import_module("explorer.export.figures")
    check_figure(options)
    with closing(_open(options.case)) as case:
        shown = _shown(case, options)
        _draw(case, shown, options)
        _hint(case, shown)
    return DONE


def _draw(case: CaseFile, shown: Shown, options: argparse.Namespace) -> None:
    from explorer.export.figures import compose, save
    from explorer.export.options import window_seconds
    from explorer.export.request import FigureRequest
    from explorer.query.describe import count_words, may_words

    request = FigureRequest(
        views=tuple(dict.fromkeys(options.view or ("timeline",))), size=options.pixels, scale=options.scale,
        theme=options.theme, lanes=options.lanes, axis=options.axis, window=window_seconds(options.window),
        filter=shown.filter, caption=options.caption,
    )  # fmt: skip
    save(compose(case, request), Path(options.out))
    say(f"{options.out}: {count_words(shown)}", DONE)
    may = may_words(shown)
    if may:
        say(may, DONE)


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

    if not source:
        raise _Usage(tr('CASE is ""; expected a file, or the word: sample'))
    case = open_case(source)
    for message in getattr(case, "messages", ()):
        say(f"{source}: {message}", DONE)
    return case


def _shown(case: CaseFile, options: argparse.Namespace) -> Shown:
    """Return what the filters of a command let through. Raises _Usage for a name that the case does not know."""
    from explorer.query.arguments import asked_from
    from explorer.query.asking import filter_from
    from explorer.query.explaining import unknown_json, unknown_words
    from explorer.query.masks import evaluate
    from explorer.query.names import UnknownName

    try:
        wanted = filter_from(asked_from(options), case.table(), _saved_filter(options.filter))
    except UnknownName as error:
        if getattr(options, "format", "") == "json" and (told := unknown_json(case, error)):
            write([json.dumps(told, ensure_ascii=False, indent=1)])
        raise _Usage(unknown_words(case, error)) from None
    return evaluate(case.table(), wanted, case.text_rows(wanted.text) if wanted.text.strip() else None)


def _saved_filter(source: str | None) -> str | None:
    if source is None:
        return None
    try:
        if source == "-" and sys.stdin is None:
            raise OSError(tr("standard input is closed"))
        return sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
    except UnicodeDecodeError:
        reason = tr("it is not text in UTF-8; expected the JSON that query prints under “filter”")
    raise _Usage(tr("--filter {source}: {reason}").format(source=source, reason=reason))


def _hint(case: CaseFile, shown: Shown) -> None:
    """Say on stderr why a chosen name finds nothing."""
    from explorer.query.explaining import hints

    for line in hints(case, shown):
        say(line, DONE)


#: The first word decides: one of these, or a case for the window.
COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "export": _export, "query": _query, "import": _import, "check": _check, "info": _info, "schema": _schema,
    "help": _help,
}  # fmt: skip
