"""The other end of rows_apart: reads one file, makes its rows, and sends them through a pipe, a few chunks ahead.

One line of JSON on stdin says what to read; then stdin is the leash: when it ends, so does this process. Messages on
stdout are marshalled tuples with their length before them: ("ready",), ("rows", part, rows) again and again, and last
("end",), ("refused", problems, more) or ("failed", trace). It writes no file, so there is nothing to clear up.
"""

from __future__ import annotations

import json
import marshal
import os
import signal
import sys
import traceback
from itertools import islice
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from explorer.formats.mapping import Mapping
from explorer.formats.port import Skipped
from explorer.formats.refused import RefusedError
from explorer.formats.registry import chosen
from explorer.formats.source import opened
from explorer.intake.making import Made, Making
from explorer.intake.rows_apart import LENGTH
from explorer.model.memory import collector_paused

#: Chunks that are made before they are asked for; memory does not grow with the file.
AHEAD = 2
#: Exit code where nobody listens any more.
ABANDONED = 70


class _Sending:
    """Sends messages from a thread of its own, so that the next rows are made while these wait for the reader."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(2, 1)  # stray prints of libraries
        self._waiting: Queue[bytes | None] = Queue(AHEAD)
        self._thread = Thread(target=self._send, daemon=True)
        self._thread.start()

    def say(self, *message: Any) -> None:
        """Send a message; waits where too many have not been taken yet."""
        self._waiting.put(marshal.dumps(message))

    def end(self) -> None:
        """Return when all is sent."""
        self._waiting.put(None)
        self._thread.join()

    def _send(self) -> None:
        while (message := self._waiting.get()) is not None:
            try:
                self._whole(LENGTH.pack(len(message)))
                self._whole(message)
            except OSError:
                os._exit(ABANDONED)

    def _whole(self, message: bytes) -> None:
        rest = memoryview(message)
        while rest:
            rest = rest[self._out.write(rest) or 0 :]


def main() -> int:
    """Read what the first line of stdin asks for; return 0 where it was read to the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked hears it too, and lets go
    said = sys.stdin.buffer.readline()
    if not said.endswith(b"\n"):
        return ABANDONED
    Thread(target=_leash, daemon=True).start()
    sending = _Sending()
    sending.say("ready")
    done = 1
    try:
        with collector_paused():
            _read(json.loads(said), sending)
        sending.say("end")
        done = 0
    except RefusedError as error:
        problems = [(each.path, each.found, each.expected, each.mend) for each in error.problems]
        sending.say("refused", problems, error.more)
    except Exception as error:  # noqa: BLE001 - whatever it is, who asked says it
        sending.say("failed", "".join(traceback.format_exception(error)))
    sending.end()
    return done


def _leash() -> None:
    while os.read(0, 4096):
        pass
    os._exit(ABANDONED)


def _read(asked: dict[str, Any], sending: _Sending) -> None:
    mapping = None if asked["mapping"] is None else Mapping.model_validate(asked["mapping"])
    with opened(Path(asked["path"])) as source:
        reader = chosen(source, asked["form"], mapping)
        made = Making(vouched=reader.vouched).made(reader.read(source))
        while chunk := list(islice(made, asked["chunk"])):
            sending.say("rows", source.part, [_plain(row) for row in chunk])


def _plain(row: Made | Skipped) -> tuple[Any, ...]:
    """Return a row as a message has it: of long records the body alone, cheaper to parse again."""
    if isinstance(row, Skipped):
        return row.line, row.reason
    records = [
        (name, known, draft if name == "spans" else None, body, sha, entries)
        for name, known, draft, body, sha, entries in row.records
    ]
    return row.line, records, row.remarks, row.joins


if __name__ == "__main__":
    sys.exit(main())
