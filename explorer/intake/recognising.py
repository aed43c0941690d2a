"""What a file is that somebody wants to import, told by its first bytes alone: quick, whatever its size."""

from __future__ import annotations

from pathlib import Path

from explorer.formats.mapping import proposed
from explorer.formats.refused import RefusedError
from explorer.formats.registry import READERS, reader_for
from explorer.formats.source import opened
from explorer.frozen import frozen
from explorer.intake.case_import import is_case
from explorer.words import tr

#: A table that needs a mapping; another case, which the import tells by itself.
TABLE, CASE = "table", "auto"


@frozen
class Recognised:
    """A file and its form (TABLE needs a mapping, "" where it is none), or the problem with it in words."""

    path: Path
    form: str
    problem: str = ""


def recognised(path: Path) -> Recognised:
    """Return what a file is."""
    try:
        with opened(path) as source:
            if is_case(source):
                return Recognised(path, CASE)
            reader = reader_for(source)
            if reader is not None:
                return Recognised(path, reader.name)
            if proposed(source) is not None:
                return Recognised(path, TABLE)
    except RefusedError as error:
        return Recognised(path, "", "; ".join(problem.found for problem in error.problems))
    return Recognised(path, "", tr("no table, and of no kind that is known"))


def form_words() -> dict[str, str]:
    """Return the forms that a file can be read as, each with its words."""
    return {**{reader.name: reader.title for reader in READERS}, TABLE: tr("A table, by its columns")}
