"""What a file is that somebody wants to import, told by its first bytes alone: quick, whatever its size."""

from __future__ import annotations

from pathlib import Path

from explorer.formats.mapping import proposed
from explorer.formats.refused import RefusedError
from explorer.formats.registry import READERS, reader_for
from explorer.formats.source import opened
from explorer.frozen import frozen
from explorer.intake.opening import is_case_file
from explorer.words import tr

TABLE = "table"


@frozen
class Recognised:
    """A file and its form ("table" needs a mapping, "" where it is none), or the problem with it in words."""

    path: Path
    form: str
    problem: str = ""


def recognised(path: Path) -> Recognised:
    """Return what a file is."""
    if is_case_file(path):
        return Recognised(path, "", tr("a case already: open it with File ▸ Open"))
    try:
        with opened(path) as source:
            reader = reader_for(source)
            if reader is not None:
                return Recognised(path, reader.name)
            if source.head.lstrip().startswith((b"{", b"[")):
                return Recognised(path, "", tr("JSON: open it with File ▸ Open"))
            if proposed(source) is not None:
                return Recognised(path, TABLE)
    except RefusedError as error:
        return Recognised(path, "", "; ".join(problem.found for problem in error.problems))
    return Recognised(path, "", tr("no table, and of no kind that is known"))


def form_words() -> dict[str, str]:
    """Return the forms that a file can be read as, each with its words."""
    return {**{reader.name: reader.title for reader in READERS}, TABLE: tr("A table, by its columns")}
