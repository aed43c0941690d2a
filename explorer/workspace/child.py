"""A job in a child process: pydantic and SQLite hold Python for seconds, which a thread cannot keep from the window.

The child is the program's own Python on explorer.intake.child; it loads no Qt and inherits nothing of the window but
two pipes. It ends when its stdin ends, so it outlives neither a Cancel nor a window that was killed.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import explorer
from explorer.frozen import frozen
from explorer.intake.opening import Cancelled
from explorer.words import tr

_log = logging.getLogger(__name__)
MODULE = "explorer.intake.child"

Told = dict[str, Any]


@frozen
class Advance:
    """How far a child has come: part 0..1, rows read, rows a second, seconds left (None: not known), and words."""

    part: float
    rows: int
    rate: float
    left: float | None
    words: str


class ChildFailed(Exception):  # noqa: N818 - said to the user as it is
    """A child that could not do what it was asked, in words for the user."""


class MappingWanted(Exception):  # noqa: N818 - it asks for something
    """A table of no known kind: its columns have to be told before it can be read."""

    def __init__(self, source: str, words: str) -> None:
        super().__init__(words)
        self.source = source


def in_child(request: Told, tell: Callable[[Advance], None], cancelled: Callable[[], bool]) -> Told:
    """Do request in a child process and return what it has to say; called in a worker thread.

    Where cancelled() comes true the child is told, and waited for: it clears up what it has half written. Raises
    Cancelled, ProblemsFound, MappingWanted or ChildFailed.
    """
    with _started() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            _ask(process.stdin, request)
            last = _heard(process.stdout, process.stdin, tell, cancelled)
        finally:
            _hang_up(process.stdin)
    if last is not None and "done" in last:
        done: Told = last["done"]
        return done
    if last is not None:
        raise _error_of(last["failed"], str(request.get("source", "")))
    if cancelled():
        raise Cancelled
    _log.error("the child process ended with exit code %s", process.returncode)
    raise ChildFailed(
        tr("The work stopped before it was done (exit code {code}); nothing was changed.").format(
            code=process.returncode
        )
    )


def _started() -> subprocess.Popen[bytes]:
    here = Path(explorer.__file__).resolve().parent.parent
    beside = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(here), *beside]),
        "PYTHONSAFEPATH": "1",  # nothing in the folder the user happens to be in is taken for a module
        "PYDANTIC_DISABLE_PLUGINS": "__all__",
        "OPENBLAS_NUM_THREADS": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip


def _ask(stdin: IO[bytes], request: Told) -> None:
    try:
        stdin.write(json.dumps(request).encode("ascii") + b"\n")
        stdin.flush()
    except OSError:  # it has died already; that it says nothing is told below
        _log.error("the child process took no request")


def _heard(
    stdout: IO[bytes], stdin: IO[bytes], tell: Callable[[Advance], None], cancelled: Callable[[], bool]
) -> Told | None:
    """Return the last word of a child, None where it ends without one."""
    last: Told | None = None
    for line in stdout:  # at the latest the next sign of life
        if cancelled():
            _hang_up(stdin)
        if not line.strip():
            continue
        said = json.loads(line)
        if "progress" not in said:
            last = said
        elif not stdin.closed:
            tell(Advance(*said["progress"]))
    return last


def _hang_up(stdin: IO[bytes]) -> None:
    """Let a child know that nobody waits any more."""
    try:
        stdin.close()
    except OSError:  # it has died already
        _log.debug("the child process had closed its end")


def _error_of(said: Told, source: str) -> Exception:
    kind = said["kind"]
    if kind == "cancelled":
        return Cancelled()
    if kind == "mapping":
        return MappingWanted(source, said["words"])
    if kind == "problems":
        from explorer.intake.reporting import ProblemsFound
        from explorer.model.problems import Problem

        return ProblemsFound(tuple(Problem(*one) for one in said["problems"]), said["source"], said["more"])
    if kind == "fault":
        _log.error("a child process failed:\n%s", said["trace"])
        return ChildFailed(tr("Something went wrong inside the program: {words}").format(words=said["words"]))
    return ChildFailed(said["words"])
