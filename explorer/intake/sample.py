"""The sample as a case file that was made before: kept in the user's cache, so that it need not be read again.

What is kept counts only for exactly these bytes of JSON, this program and these sources of it, and only while its
own bytes are as they were written; else, and where nothing can be kept, the sample is read anew.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from explorer.casefile import cache, schema
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.version import VERSION

#: What the converted sample depends on, beside its JSON.
_SOURCES = ("casefile", "chronology", "formats", "intake", "model")
_PACKAGE = Path(__file__).resolve().parent.parent


def open_sample(path: Path, read: Callable[[], CaseFile]) -> CaseFile:
    """Return the sample at path as a temporary case file: from the cache, else by read(), which is then kept."""
    key = _key(path.read_bytes())
    found = _kept(key)
    if found is None:
        found = read()
        if not found.read_only:
            _keep(found, key)
    return found


def cache_folder() -> Path:
    """Return this user's folder for what can be made again."""
    if sys.platform == "win32":
        place = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        place = "~/Library/Caches"
    else:
        place = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(place).expanduser() / "dateline"


def _key(body: bytes) -> str:
    """Return what the kept file must be called to count: of these bytes, this version, these sources."""
    found = hashlib.sha256(body)
    found.update(repr((VERSION, schema.VERSION, cache.FORMAT, sys.version_info[:2], *_sources())).encode())
    return found.hexdigest()[:32]


def _sources() -> Iterator[tuple[str, int, int]]:
    for folder in _SOURCES:
        with os.scandir(_PACKAGE / folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_file():
                    seen = entry.stat()
                    yield entry.name, seen.st_size, seen.st_mtime_ns


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]


def _kept(key: str) -> CaseFile | None:
    """Return a temporary copy of what is kept under key; None where there is none, or it is not what was written."""
    with suppress(OSError, RuntimeError, CaseFileError):  # RuntimeError: no home folder
        for path in cache_folder().glob(f"sample-{key}-*{schema.SUFFIX}"):
            body = path.read_bytes()
            if path.stem.rpartition("-")[2] == _digest(body):
                return CaseFile.temporary_copy(body)
    return None


def _keep(case: CaseFile, key: str) -> None:
    """Keep a copy of case in the place of older ones, columns included; where that cannot be, nothing is kept."""
    with suppress(OSError, RuntimeError, CaseFileError):
        folder = cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        case.keep_columns(least=0)
        new = folder / f"new-{os.getpid()}{schema.SUFFIX}"
        try:
            case.save_copy(new)
            new.chmod(0o600)
            target = folder / f"sample-{key}-{_digest(new.read_bytes())}{schema.SUFFIX}"
            new.replace(target)
        finally:
            new.unlink(missing_ok=True)
        for path in folder.glob(f"sample-*{schema.SUFFIX}"):
            if path != target:
                path.unlink(missing_ok=True)
