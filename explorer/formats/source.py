"""A file to import, plain or packed, as a stream of bytes that knows how far it was read."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from explorer.apart import reading
from explorer.formats.refused import RefusedError
from explorer.model.problems import Problem, shortened
from explorer.words import tr

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
#: Bytes that a file is told apart by.
HEAD = 256 * 1024
BUFFER = 128 * 1024
#: Names of tables, by which one is told from what is packed beside it.
TABLES = (".csv", ".tsv", ".tab", ".txt")


@dataclass(slots=True)
class Source:
    """An open file: name without what packed it, its first bytes, all its bytes unpacked, and its size on disk."""

    name: str
    head: bytes
    stream: IO[bytes]
    size: int
    raw: IO[bytes]

    @property
    def part(self) -> float:
        """How much of the file on disk has been read, 0 to 1."""
        return min(1.0, self.raw.tell() / max(self.size, 1))


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open a file, unpacking .gz and a .zip of one file; raises RefusedError where it is none or is damaged."""
    try:
        if "\0" in str(path) or not stat.S_ISREG(path.stat().st_mode):
            raise RefusedError(Problem("", tr("{path}, which is not a file").format(path=path), tr("a file")))
        with reading(path) as raw:
            yield _unpacked(path, raw)
    except (gzip.BadGzipFile, zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, zlib.error) as error:
        raise RefusedError(_damaged(error)) from None
    except OSError as error:
        found = tr("a file that cannot be read: {reason}").format(reason=error.strerror or error)
        raise RefusedError(Problem("", found, tr("a file that you may read"))) from None


def _damaged(error: Exception) -> Problem:
    found = tr("a packed file that is damaged or cut short: {reason}").format(reason=error)
    return Problem("", found, tr("a whole file"), tr("fetch it again"))


def _member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the one file of an archive, or its one table beside a codebook; raises RefusedError where it has more."""
    files = [
        each
        for each in archive.infolist()
        if not each.is_dir()
        and not each.filename.startswith("__MACOSX/")
        and not each.filename.endswith(".DS_Store")
    ]
    tables = [each for each in files if each.filename.lower().endswith(TABLES)]
    found = tables if len(files) > 1 else files
    if len(found) == 1:
        return found[0]
    words = tr("a packed file with {n} files in it").format(n=len(found or files))
    named = tr("unpack it and import the file you mean: {names}").format(
        names=shortened(", ".join(each.filename for each in found), 200)
    )
    raise RefusedError(Problem("", words, tr("one file"), named if found else ""))


def _unpacked(path: Path, raw: io.BufferedReader) -> Source:
    mark = raw.peek(4)[:4]
    name = path.name
    stream: IO[bytes] = raw
    if mark.startswith(GZIP):
        name = name[:-3] if name.lower().endswith(".gz") else name
        stream = io.BufferedReader(gzip.GzipFile(fileobj=raw), BUFFER)
    elif mark.startswith(ZIP):
        archive = zipfile.ZipFile(raw)
        member = _member(archive)
        name = member.filename.rpartition("/")[2]
        try:
            stream = archive.open(member)
        except RuntimeError as error:  # a password; or, as its subclass, a way of packing that is not known
            words = tr("a packed file that cannot be opened: {reason}").format(reason=error)
            raise RefusedError(
                Problem("", words, tr("one without a password"), tr("unpack it first"))
            ) from None
    head = stream.read(HEAD)
    stream.seek(0)
    return Source(name, head, stream, path.stat().st_size, raw)
