"""What a command answers: lines on stdout, complaints on stderr, the exit code of each kind of error (design §5)."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType, TracebackType
from typing import Self, TextIO

from explorer.words import tr

DONE, PROBLEM, USAGE, INTERRUPTED = 0, 1, 2, 130
#: What a bare Debian or Ubuntu needs; the README has the same line.
APT_LINE = (
    "sudo apt install -y libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libgssapi-krb5-2 "
    "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)
_QT = ("PySide6", "shiboken6")


class OutputError(Exception):
    """Standard output took no more; the message says why."""


# -- streams ------------------------------------------------------------------------------------------------------


def speak_utf8() -> None:
    """Let both streams carry every name; a pipe gets UTF-8, a terminal what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


def write(lines: Iterable[str]) -> None:
    """Print lines on stdout. Raises OutputError where it takes none, BrokenPipeError where its reader has gone."""
    out: TextIO | None = sys.stdout
    if out is None:  # `>&-`
        raise OutputError(tr("standard output is closed"))
    for line in lines:
        _put(out, line + "\n")
    flush()


def flush() -> None:
    """Send what stdout still holds. Raises as write()."""
    out: TextIO | None = sys.stdout
    if out is not None:
        _put(out, "", last=True)


def _put(out: TextIO, text: str, *, last: bool = False) -> None:
    try:
        out.write(text)
        if last:
            out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(reason_words(error)) from error


def give_up_output() -> None:
    """Send the rest of stdout nowhere, so that the interpreter does not complain about it when it ends."""
    out: TextIO | None = sys.stdout
    if out is not None:
        with suppress(OSError, ValueError):  # not a file: nothing will be sent
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def say(line: object, code: int) -> int:
    """Print one line on stderr, whatever it holds, and return code."""
    text = "".join(" " if character in "\r\n\t" else character for character in str(line))
    if sys.stderr is not None:  # print() would take stdout for a stderr that is closed
        with suppress(OSError):  # a full disk behind stderr: the exit code still tells
            print(f"dateline: {text}", file=sys.stderr, flush=True)
    return code


def reason_words(error: OSError) -> str:
    """Return why the system refused, with the file if it named one: "x.svg: Permission denied"."""
    reason = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {reason}" if isinstance(error.filename, str) else reason


# -- Ctrl+C -------------------------------------------------------------------------------------------------------


class Interrupts:
    """Remembers that Ctrl+C was pressed: a library in C may turn the interruption into an error of its own."""

    def __init__(self) -> None:
        self.happened = False
        self._before: object = None

    def __enter__(self) -> Self:
        with suppress(ValueError):  # not the main thread: then nobody interrupts here
            if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
                self._before = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self.happened = True
        signal.default_int_handler(number, frame)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl+C wait: Qt for Python takes the process down where it is interrupted while it loads."""
    pressed: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        before(signal.SIGINT, None)


# -- errors -------------------------------------------------------------------------------------------------------


def explained(error: BaseException) -> tuple[int, list[str]]:
    """Return the exit code and the lines for a problem that is the input's or the user's; no line for a fault.

    What an output that takes no more still holds is given up.
    """
    if isinstance(error, OutputError):
        give_up_output()
        return PROBLEM, [tr("the output could not be written: {reason}").format(reason=error)]
    if isinstance(error, ImportError):
        said = library_words(error)
        return (USAGE, [said]) if said else (PROBLEM, [])
    if isinstance(error, MemoryError):
        return PROBLEM, [tr("there is not enough memory for this")]
    if isinstance(error, OSError):
        return PROBLEM, [reason_words(error)]
    return _explained(error)


def _explained(error: BaseException) -> tuple[int, list[str]]:
    from explorer.assets import ResourceMissingError
    from explorer.casefile.errors import CaseFileError
    from explorer.export.options import WrongFigureError
    from explorer.intake.reporting import ProblemsFound
    from explorer.query.asking import WrongFilterError
    from explorer.query.names import UnknownName

    if isinstance(error, ProblemsFound):
        lines = [*(str(problem) for problem in error.problems), *error.rest_words()]
        return PROBLEM, [_placed(line, error.source) for line in lines]
    if isinstance(error, CaseFileError):
        return PROBLEM, [str(error), *(str(problem) for problem in error.problems)]
    if isinstance(error, UnknownName | WrongFilterError | ResourceMissingError | WrongFigureError):
        return USAGE, [str(error)]
    return PROBLEM, []


def _placed(line: str, source: str) -> str:
    """Return a line with the file it is of, unless it begins with it."""
    return line if line.startswith(f"{source} ") else f"{source}: {line}"


def fault_words(error: BaseException) -> str:
    """Return one line for what is the program's own fault."""
    return tr(
        "a fault of the program, not of the input: {kind}: {reason} (DATELINE_DEBUG=1 tells more)"
    ).format(kind=type(error).__name__, reason=error)


def library_words(error: Exception) -> str | None:
    """Return in one line which library of the system, or of Qt, is missing, and how to install it; None for others."""
    said = " ".join(str(error).split())
    name = said.partition(":")[0]
    if "cannot open shared object" in said:
        return tr("the system library {name} is missing. On Debian and Ubuntu: {line}").format(
            name=name, line=APT_LINE
        )
    module = str(getattr(error, "name", None) or "").partition(".")[0]
    where = str(getattr(error, "path", None) or name)
    named = any(f"No module named '{qt}" in said for qt in _QT)
    if isinstance(error, ModuleNotFoundError) and not named:
        return None
    if named or ".so" in name or module in _QT or any(qt in where for qt in _QT):
        return tr("Qt cannot be loaded: {reason}. On Debian and Ubuntu: {line}").format(
            reason=said, line=APT_LINE
        )
    return None
