"""Where the rows of a file are read and made: here, or in a process of its own while this one writes them (design §6).

Reading and writing are about as long, and Python lets one of its threads work at a time; two processes take two
processors. The rows that come are the same, in the same order. The other end is explorer.intake.reading_child.
"""

from __future__ import annotations

import json
import logging
import marshal
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import IO, Any

import explorer
from explorer.casefile.errors import CaseFileError
from explorer.formats.mapping import Mapping
from explorer.formats.port import Reader, Skipped
from explorer.formats.refused import RefusedError
from explorer.formats.source import Source
from explorer.frozen import frozen
from explorer.intake.making import Made, Making
from explorer.model.problems import Problem
from explorer.words import tr

_log = logging.getLogger(__name__)
MODULE = "explorer.intake.reading_child"
#: Fewer rows are read here: a process takes as long to start as they take.
LEAST = 20_000
#: How much longer a packed file may be once it is unpacked, for guessing at its rows.
PACKED = 6
#: Bytes that wait in the pipe, where the system lets a program say so.
PIPE = 2**20
#: What every message begins with: the number of bytes that follow.
LENGTH = struct.Struct("<Q")
#: Seconds that a process which nobody listens to any more may take to end.
GRACE = 5.0

Chunk = list[Made | Skipped]


@frozen
class ToRead:
    """A file, the name of the form it is read as, the mapping of a table, and how many rows come at once."""

    path: Path
    form: str
    mapping: Mapping | None
    chunk: int


class RowsHere:
    """Rows read and made in this process."""

    def __init__(self, source: Source, reader: Reader, chunk: int) -> None:
        self._source = source
        self._made = Making(vouched=reader.vouched).made(reader.read(source))
        self._chunk = chunk

    @property
    def part(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return self._source.part

    def chunks(self) -> Iterator[Chunk]:
        """Yield the rows, so many at once."""
        while chunk := list(islice(self._made, self._chunk)):
            yield chunk

    def close(self) -> None:
        """Leave the file to who opened it."""


class RowsApart:
    """Rows that another process reads and makes; close() ends it, and it ends by itself when this one does."""

    def __init__(self, asked: ToRead) -> None:
        """Start it, and wait until it is ready. Raises OSError where there is none to be had."""
        self.part = 0.0
        self._name = str(asked.path)
        self._process = _started()
        try:
            _ask(self._process, asked)
            if self._heard() != ("ready",):
                raise OSError("it does not answer")
        except BaseException:
            self.close()
            raise

    def chunks(self) -> Iterator[Chunk]:
        """Yield the rows, so many at once. Raises RefusedError as their reader does."""
        while (said := self._heard())[0] == "rows":
            self.part = said[1]
            yield [Skipped(*row) if len(row) == 2 else Made(*row) for row in said[2]]
        if said[0] == "refused":
            raise RefusedError(*(Problem(*problem) for problem in said[1]), more=said[2])
        if said[0] != "end":
            _log.error("rows could not be read in a process of their own: %s", said[1])
            raise CaseFileError(
                tr("The reading of {path} stopped before it was done; nothing was changed.").format(
                    path=self._name
                )
            )

    def _heard(self) -> tuple[Any, ...]:
        """Return what the process says next; that it has ended where it says no more."""
        stdout = self._process.stdout
        assert stdout is not None
        head = stdout.read(LENGTH.size)
        body = stdout.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""
        if len(head) < LENGTH.size or len(body) < LENGTH.unpack(head)[0]:
            return "failed", f"exit code {self._process.poll()}"
        said: tuple[Any, ...] = marshal.loads(body)
        return said

    def close(self) -> None:
        """End the process, and wait until it is gone."""
        process = self._process
        for pipe in (process.stdin, process.stdout):
            _let_go(pipe)
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def rows_of(asked: ToRead, source: Source, reader: Reader) -> closing[RowsHere] | closing[RowsApart]:
    """Return the rows of a file to read from in a with statement: from a process of its own where that is quicker."""
    if asked.form and likely_rows(source) >= LEAST and _to_spare():
        try:
            return closing(RowsApart(asked))
        except OSError as error:
            _log.warning("rows are read in this process: there is no other to be had (%s)", error)
    return closing(RowsHere(source, reader, asked.chunk))


def likely_rows(source: Source) -> int:
    """Return about how many rows a file has, by its size and the lines in its head."""
    size = source.size if source.stream is source.raw else source.size * PACKED
    return int(max(size, len(source.head)) * source.head.count(b"\n") / max(len(source.head), 1))


def _to_spare() -> bool:
    """Return whether a second processor is free: two processes take a third more work, and share it where none is."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0  # Windows does not tell
    return count > 1 and busy < count


def _started() -> subprocess.Popen[bytes]:
    if getattr(sys, "frozen", False) or not sys.executable:
        raise OSError("there is no interpreter to start")
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
        env=environment, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0), pipesize=PIPE,
    )  # fmt: skip


def _ask(process: subprocess.Popen[bytes], asked: ToRead) -> None:
    assert process.stdin is not None
    mapping = None if asked.mapping is None else asked.mapping.model_dump(mode="json")
    said = {"path": str(asked.path.resolve()), "form": asked.form, "mapping": mapping, "chunk": asked.chunk}
    process.stdin.write(json.dumps(said).encode("ascii") + b"\n")
    process.stdin.flush()


def _let_go(pipe: IO[bytes] | None) -> None:
    assert pipe is not None
    try:
        pipe.close()
    except OSError:  # it has died already
        _log.debug("the process that reads had closed its end")
