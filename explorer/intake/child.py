"""The other end of a job in a child process: one request on stdin, a line of JSON on stdout for all there is to tell.

`python -m explorer.intake.child` reads one line, an object with "do": "import", "open", "keep" or "article". It answers
with {"progress": […]} now and then, an empty line as a sign of life, and last {"done": …} or {"failed": …}. Its stdin
ends when the parent gives up or dies: then nothing half written is left, and the process ends. No Qt is loaded here.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from explorer.casefile import temporary
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import SEEN, CaseFile
from explorer.formats.mapping import Mapping, MappingNeeded
from explorer.formats.port import Progress
from explorer.formats.refused import ReadingCancelled
from explorer.intake.converting import converted
from explorer.intake.importing import Asked, half_written, import_asked
from explorer.intake.reporting import ProblemsFound
from explorer.words import tr

#: Seconds between two signs of life; so soon does a parent that waits notice that it need not.
PULSE = 0.2
#: Seconds that an import which was given up may take to clear up after itself.
GRACE = 8.0
#: Exit code where the parent is gone, or has given up and the job would not end.
ABANDONED = 70

Told = dict[str, Any]


class Line:
    """The way to the parent; stray prints of libraries go to stderr instead."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(2, 1)
        self._lock = threading.Lock()
        self.stopped = threading.Event()
        self.ended = threading.Event()

    def tell(self, message: Told | None = None) -> None:
        """Write one line; a parent that is gone has given up."""
        said = b"" if message is None else json.dumps(message).encode("ascii")
        try:
            with self._lock:
                self._out.write(said + b"\n")
        except OSError:
            self.stopped.set()

    def progress(self, progress: Progress) -> None:
        """Tell how far it has come; raises ReadingCancelled where nobody waits any more."""
        self.look()
        self.tell({"progress": [progress.part, progress.rows, progress.rate, progress.left, progress.words]})

    def part(self, done: float, words: str) -> None:
        """Tell how far an opening has come."""
        self.look()
        self.tell({"progress": [done, 0, 0.0, None, words]})

    def look(self) -> None:
        """Raise ReadingCancelled where nobody waits any more."""
        if self.stopped.is_set():
            raise ReadingCancelled

    def beat(self) -> None:
        """Tell now and then that there is life."""
        while not self.ended.wait(PULSE):
            self.tell()

    def guard(self, left_over: Path | None) -> None:
        """Wait for the parent to give up or die; a job that does not end soon after is ended, and cleared up."""
        while os.read(0, 4096):
            pass
        self.stopped.set()
        if not self.ended.wait(GRACE):
            if left_over is not None:
                temporary.remove(half_written(left_over))
            os._exit(ABANDONED)


def main() -> int:
    """Do what the first line of stdin asks; return 0 where it was done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and says what to do
    request = json.loads(_first_line())
    line = Line()
    target = Path(request["target"]) if request.get("target") else None
    threading.Thread(target=line.guard, args=(target,), daemon=True).start()
    threading.Thread(target=line.beat, daemon=True).start()
    try:
        line.tell({"done": JOBS[request["do"]](request, line)})
    except Exception as error:  # noqa: BLE001 - whatever it is, the window says it
        line.tell({"failed": failure(error)})
        return 1
    finally:
        line.ended.set()
    return 0


def _first_line() -> bytes:
    said = b""
    while not said.endswith(b"\n"):
        more = os.read(0, 65536)
        if not more:
            raise SystemExit(ABANDONED)
        said += more
    return said


def _import(request: Told, line: Line) -> Told:
    asked = [
        Asked(Path(one["path"]), one["form"], Mapping.model_validate(one["mapping"]) if one["mapping"] else None)
        for one in request["sources"]
    ]  # fmt: skip
    report = import_asked(
        asked, Path(request["target"]), update=request["update"], title=request["title"],
        watch=line.progress, cancelled=line.stopped.is_set,
    )  # fmt: skip
    return report.as_json()


def _open(request: Told, line: Line) -> Told:
    """Convert a file into a case file at target: whole, or not at all."""
    source = Path(request["source"])
    case = converted(source, line.part, line.stopped.is_set, title=request["title"], for_window=True)
    try:
        said: Told = {"messages": list(case.messages), "read_only": case.read_only}
        line.part(1.0, tr("Preparing the columns"))
        case.keep_columns(least=SEEN)
        line.look()
        case.temporary = False
    finally:
        case.close()
    shutil.move(case.path, request["target"])
    return said


def _keep(request: Told, line: Line) -> Told:
    """Keep the columns of a case file in it, so that a window opens it at once."""
    line.part(0.0, tr("Preparing the columns"))
    with CaseFile.open(Path(request["source"])) as case:
        return {"kept": case.keep_columns(least=SEEN)}


def _article(request: Told, line: Line) -> Told:
    """Read a report: its text, and what it says of itself."""
    from explorer.intake.articles import read_bounded

    line.look()
    return read_bounded(Path(request["source"]), request["encoding"])


JOBS: dict[str, Callable[[Told, Line], Told]] = {
    "import": _import,
    "open": _open,
    "keep": _keep,
    "article": _article,
}


def failure(error: Exception) -> Told:
    """Return what went wrong as plain data: its kind, its words, and what the kind needs besides."""
    if isinstance(error, ReadingCancelled):
        return {"kind": "cancelled"}
    if isinstance(error, MappingNeeded):
        return {"kind": "mapping", "words": str(error)}
    if isinstance(error, ProblemsFound):
        problems = [[each.path, each.found, each.expected, each.mend] for each in error.problems]
        return {"kind": "problems", "problems": problems, "source": error.source, "more": error.more}
    if isinstance(error, CaseFileError):
        return {"kind": "refused", "words": str(error)}
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return {"kind": "refused", "words": f"{where}{error.strerror or error}"}
    return {
        "kind": "fault",
        "words": str(error) or type(error).__name__,
        "trace": "".join(traceback.format_exception(error)),
    }


if __name__ == "__main__":
    sys.exit(main())
