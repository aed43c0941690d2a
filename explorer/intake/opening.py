"""The one door for a case, whatever it is given as: the sample, a case file, or JSON, told apart by content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from explorer.apart import reading
from explorer.assets import resource
from explorer.casefile.errors import CaseFileError
from explorer.casefile.schema import MAGIC, SUFFIX
from explorer.casefile.store import CaseFile
from explorer.intake.sample import open_sample

Progress = Callable[[float, str], None]
SAMPLE = "sample"


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """Opening was given up because the user asked for it; nothing is left behind."""


def open_case(
    source: str | Path, *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> CaseFile:
    """Open a case: the word "sample", a case file, a JSON case or what can be imported (into a temporary case file).

    progress(done 0..1, words) and cancelled() are called from the same thread, now and then. Raises ProblemsFound
    with all that is wrong (up to 50), or Cancelled. Whatever is open already is not touched.
    """
    if str(source) == SAMPLE:
        path = resource("sample.case.json")
        return open_sample(path, lambda: _converted(path, progress, cancelled))
    path = Path(source)
    return _opened(path) if is_case_file(path) else _converted(path, progress, cancelled)


def _opened(path: Path) -> CaseFile:
    try:
        return CaseFile.open(path)
    except CaseFileError as error:
        from explorer.intake.reporting import problems_found

        raise problems_found(error, path) from error


def _converted(path: Path, progress: Progress | None, cancelled: Callable[[], bool] | None) -> CaseFile:
    """Open what has to be read into a case file; only this needs the readers, which take time to load."""
    from explorer.formats.refused import ReadingCancelled, never, silent
    from explorer.intake.converting import converted

    try:
        return converted(path, progress or silent, cancelled or never)
    except ReadingCancelled:
        raise Cancelled from None


def is_case_file(path: Path) -> bool:
    """Return whether to open path as a case file; what cannot be read at all is left to the JSON reader's words."""
    try:
        if not path.is_file():  # a pipe would wait for somebody to write into it
            return False
        with reading(path) as file:
            head = file.read(len(MAGIC))
    except (OSError, ValueError):
        return False
    return head == MAGIC or (
        path.suffix == SUFFIX and not head.lstrip().startswith((b"{", b"[")) and head != b""
    )
