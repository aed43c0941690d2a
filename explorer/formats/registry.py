"""The readers there are, and the one that fits a file: by its content first, then by its name (design §5)."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.formats.acled import AcledReader
from explorer.formats.gdelt import GdeltMentionsReader, GdeltReader
from explorer.formats.ged import GedReader
from explorer.formats.icews import IcewsReader
from explorer.formats.port import Reader
from explorer.formats.refused import RefusedError
from explorer.formats.source import Source
from explorer.model.problems import Problem
from explorer.words import tr

READERS: tuple[Reader, ...] = (
    GedReader(), AcledReader(), IcewsReader(), GdeltReader(), GdeltMentionsReader(),
)  # fmt: skip
#: What --format takes: "auto", one of the readers, or a table with a mapping of its own.
FORMATS = ("auto", *(reader.name for reader in READERS), "table")
#: How sure a reader must be.
ENOUGH = 0.5


def reader_named(name: str) -> Reader | None:
    """Return the reader that --format names."""
    return next((reader for reader in READERS if reader.name == name), None)


def reader_for(source: Source, form: str = "auto", readers: Iterable[Reader] = READERS) -> Reader | None:
    """Return the reader that --format names, or the one that is surest of a file; None where none is sure enough."""
    if not source.head.strip():
        raise RefusedError(Problem("", tr("an empty file"), tr("a table with rows")))
    if form != "auto":
        return reader_named(form)
    sure = [(reader.sniff(source.head, source.name), reader) for reader in readers]
    best, reader = max(sure, key=lambda each: each[0])
    return reader if best >= ENOUGH else None
