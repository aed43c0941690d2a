"""The readers there are, and the one that fits a file: by its content first, then by its name (design §5)."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.formats.acled import AcledReader
from explorer.formats.gdelt import GdeltMentionsReader, GdeltReader
from explorer.formats.ged import GedReader
from explorer.formats.icews import IcewsReader
from explorer.formats.mapping import Mapping, MappingNeeded, proposed
from explorer.formats.polecat import PolecatReader
from explorer.formats.port import Reader
from explorer.formats.refused import RefusedError
from explorer.formats.source import Source
from explorer.formats.table import TableReader
from explorer.formats.tabular import dialect_of, sample_rows
from explorer.model.problems import Problem
from explorer.words import tr

READERS: tuple[Reader, ...] = (
    GedReader(), AcledReader(), IcewsReader(), PolecatReader(), GdeltReader(), GdeltMentionsReader(),
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


def chosen(source: Source, form: str = "auto", mapping: Mapping | None = None) -> Reader:
    """Return the reader to use: the one named, the mapping's, or the one that fits.

    A given mapping is used for what no reader knows, and with form "table" for all. Raises MappingNeeded with a
    proposal for a table of no known kind, RefusedError for what is no table.
    """
    reader = None if form == "table" else reader_for(source, form)
    if reader is not None:
        return reader
    if mapping is not None:
        return TableReader(mapping)
    proposal = proposed(source)
    if proposal is None:
        raise RefusedError(
            Problem("", tr("a file of no kind that is known, and no table"), tr("a table with a header"))
        )
    raise MappingNeeded(source.name, proposal, sample_rows(source.head, dialect_of(source.head)))
