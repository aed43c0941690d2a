"""From a file to text: what may be read, how large it may be, and in which encoding (design §7).

Nesting is measured while the bytes come in, so that a gigabyte of brackets is refused after its first part, before any
parser recurses into it.
"""

from __future__ import annotations

import codecs
import stat
from pathlib import Path

import numpy as np

from explorer.apart import reading
from explorer.formats.refused import Cancelled, Progress, ReadingCancelled, RefusedError, never, silent
from explorer.model.base import DEPTH_LIMIT
from explorer.model.problems import Problem
from explorer.words import tr

#: Largest JSON case: about 400,000 events. Larger ones are case files.
MAX_BYTES = 256 * 2**20
CHUNK = 2**20
GZIP = b"\x1f\x8b"
#: A case's own records are at most this deep; ext may have DEPTH_LIMIT more below it.
MAX_DEPTH = DEPTH_LIMIT + 10

_MARKED = (
    (codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"),
)  # fmt: skip


def read_text(path: Path, *, progress: Progress = silent, cancelled: Cancelled = never) -> str:
    """Return the text of a UTF-8 file of JSON; raises RefusedError with one problem, or OSError's sense as one."""
    return decoded(read_bytes(path, progress=progress, cancelled=cancelled))


def read_bytes(path: Path, *, progress: Progress = silent, cancelled: Cancelled = never) -> bytes:
    """Return the bytes of a file of JSON that is neither too large nor nested too deeply."""
    try:
        return _read(path, progress, cancelled)
    except FileNotFoundError:
        raise RefusedError(_whole(tr("no file at {path}").format(path=path), tr("a case"))) from None
    except IsADirectoryError:
        raise RefusedError(_whole(tr("a folder, {path}").format(path=path), tr("a file"))) from None
    except PermissionError:
        raise RefusedError(
            _whole(tr("{path}, which may not be read").format(path=path), tr("a file that you may read"))
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise RefusedError(
            _whole(tr("a file that cannot be read: {reason}").format(reason=reason), tr("a case"))
        ) from None


def _read(path: Path, progress: Progress, cancelled: Cancelled) -> bytes:
    status = path.stat()  # before it is opened: a pipe would wait for somebody to write into it
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise RefusedError(_whole(tr("something that is not a file, {path}").format(path=path), tr("a file")))
    with reading(path) as file:
        data, depth = bytearray(), Depth()
        while chunk := file.read(CHUNK):
            if cancelled():
                raise ReadingCancelled
            depth.feed(chunk)
            data += chunk
            size = max(len(data), status.st_size)
            if size > MAX_BYTES:
                raise RefusedError(_too_large(size))
            progress(min(1.0, len(data) / max(status.st_size, 1)), tr("Reading the file"))
    if not data:
        raise RefusedError(_whole(tr("an empty file"), tr("a case")))
    return bytes(data)


def _whole(found: str, expected: str, mend: str = "") -> Problem:
    return Problem("", found, expected, mend)


def _too_large(size: int) -> Problem:
    return _whole(
        tr("a file of {size} MB").format(size=size // 2**20),
        tr("at most {limit} MB of JSON").format(limit=MAX_BYTES // 2**20),
        tr("save a case of this size as a .dateline file"),
    )


class Depth:
    """Counts open brackets outside strings, chunk by chunk, in constant memory."""

    def __init__(self) -> None:
        self._inside = 0  # 1 within a string
        self._depth = 0
        self._held = b""
        self._line = 1

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes; raises RefusedError where they are nested too deeply."""
        chunk = self._held + chunk
        # A backslash at the end belongs to what follows; pairs of them are no concern of what follows.
        odd = (len(chunk) - len(chunk.rstrip(b"\\"))) % 2
        self._held, chunk = chunk[len(chunk) - odd :], chunk[: len(chunk) - odd]
        plain = np.frombuffer(chunk.replace(b"\\\\", b"  ").replace(b'\\"', b"  "), dtype=np.uint8)
        if not len(plain):
            return
        inside = (np.cumsum(plain == 0x22, dtype=np.int32) + self._inside) & 1
        kind = plain | 0x20  # [ and { , ] and } differ in this bit alone
        steps = ((kind == 0x7B).astype(np.int8) - (kind == 0x7D)) * (1 - inside)
        running = np.cumsum(steps, dtype=np.int32)
        deepest = int(running.argmax())
        if self._depth + int(running[deepest]) > MAX_DEPTH:
            raise RefusedError(self._too_deep(plain, running))
        self._inside, self._depth = int(inside[-1]), self._depth + int(running[-1])
        self._line += int(np.count_nonzero(plain == 0x0A))

    def _too_deep(self, plain: np.ndarray[tuple[int], np.dtype[np.uint8]], running: np.ndarray) -> Problem:
        at = int(np.argmax(running + self._depth > MAX_DEPTH))
        return Problem(
            tr("line {line}").format(line=self._line + int(np.count_nonzero(plain[:at] == 0x0A))),
            tr("more than {limit} brackets inside each other").format(limit=MAX_DEPTH),
            tr("a case, which has no such depth"),
        )


def decoded(data: bytes) -> str:
    """Return UTF-8 bytes as text, a byte order mark aside; raises RefusedError naming the encoding or the byte."""
    for mark, name in _MARKED:
        if data.startswith(mark):
            raise RefusedError(_encoding(name))
    data = data.removeprefix(codecs.BOM_UTF8)
    if data.startswith(GZIP):
        raise RefusedError(_whole(tr("data packed by gzip"), tr("JSON"), tr("unpack it first")))
    if b"\x00" in data[:64]:
        pairs = b"\0\0" in {data[0:4:2], data[1:4:2]}
        raise RefusedError(_encoding("UTF-16") if pairs else _whole(tr("binary data"), tr("JSON")))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise RefusedError(
            Problem(
                tr("line {line}, column {column}").format(line=line, column=column),
                tr("the byte 0x{byte:02X}, which is not UTF-8").format(byte=data[error.start]),
                tr("text in UTF-8"),
                tr("it may be in Latin-1 or Windows-1252: save it as UTF-8"),
            )
        ) from None


def _encoding(name: str) -> Problem:
    return _whole(tr("text in {name}").format(name=name), tr("text in UTF-8"), tr("save it as UTF-8"))
