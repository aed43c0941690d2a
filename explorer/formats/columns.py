"""Tables with a header: cells by the name of their column, whatever order and number of columns a release has."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Protocol

from explorer.formats.days import order_of
from explorer.formats.port import Named, Row, Skipped, WrongRow
from explorer.formats.refused import RefusedError
from explorer.formats.source import Source
from explorer.formats.tabular import (
    Dialect,
    UnreadableRow,
    columns_of,
    encoding_words,
    plain,
    rows,
    sample_rows,
)
from explorer.model.problems import Problem, shortened
from explorer.words import tr

Cell = Callable[[list[str]], str]
#: Rows of a head that are looked at for how they write their dates.
LOOKED_AT = 2000


class Mapper(Protocol):
    """What makes records of the rows of one file."""

    def first(self) -> list[Named]:
        """Return what is known before the first row: the dataset."""

    def row(self, line: int, cells: list[str], remarks: list[str]) -> Row:
        """Return what one row becomes; raises WrongRow."""

    def last(self) -> list[Named]:
        """Return what the rows share."""


def read_table(
    source: Source, dialect: Dialect, mapper_of: Callable[[list[str]], Mapper], *, needed: Sequence[str] = (),
    header: list[str] | None = None,
) -> Iterator[Row | Skipped]:  # fmt: skip
    """Yield what the rows of a table become.

    needed: the columns that no row may lack. header: the names of the columns where the file does not give them.
    """
    table = rows(source, dialect)
    if header is None:
        first = next(table, None)
        if first is None:
            return
        if isinstance(first, UnreadableRow):
            yield Skipped(first.line, first.reason)
            return
        header = first[1]
    columns = columns_of(header)
    refuse_missing(needed, header)
    least = max((columns[name] for name in needed), default=0) + 1
    mapper = mapper_of(header)
    yield Row(0, mapper.first())
    for each in table:
        if isinstance(each, UnreadableRow):
            yield Skipped(each.line, each.reason)
        else:
            yield _fitted(mapper, each[0], each[1], each[2], least, len(header))
    yield Row(0, mapper.last())


def refuse_missing(needed: Iterable[str], header: Sequence[str]) -> None:
    """Raise RefusedError where a table lacks columns, with the ones it has."""
    known = columns_of(header)
    missing = [name for name in needed if plain(name) not in known]
    if missing:
        names = ", ".join(header)
        raise RefusedError(
            *(
                Problem(
                    "columns",
                    tr("no column {name}").format(name=name),
                    tr("a column {name} among {names}").format(name=name, names=shortened(names, 200)),
                )
                for name in missing
            )
        )


def _fitted(
    mapper: Mapper, line: int, cells: list[str], odd: tuple[str, ...], least: int, full: int
) -> Row | Skipped:
    remarks = list(odd)
    try:
        if len(cells) != full:
            cells = _filled(cells, least, full, remarks)
        return mapper.row(line, cells, remarks)
    except WrongRow as error:
        return Skipped(line, str(error))


def _filled(cells: list[str], least: int, full: int, remarks: list[str]) -> list[str]:
    if len(cells) > full:
        if any(cell.strip() for cell in cells[full:]):
            raise WrongRow(tr("more cells than the header has columns"))
        return cells[:full]
    if len(cells) < least:
        raise WrongRow(tr("a short row: cells are missing"))
    remarks.append(tr("a short row: the last cells are missing"))
    return cells + [""] * (full - len(cells))


def cells_of(
    header: Sequence[str], names: Sequence[str], others: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Cell]:
    """Return for each column what takes its cell out of a row; "" for one that the file lacks.

    others: the names that a column has in other releases.
    """
    columns = columns_of(header)

    def taking(number: int | None) -> Cell:
        return (lambda _: "") if number is None else itemgetter(number)

    found: dict[str, Cell] = {}
    for name in names:
        known = next((each for each in (name, *(others or {}).get(name, ())) if each in columns), None)
        found[name] = taking(columns[known] if known else None)
    return found


def likeness(head: bytes, dialect: Dialect, needed: Sequence[str], telling: Sequence[str]) -> float:
    """Return 1 where the header in a head has all needed columns, else how much of the telling ones it has."""
    header = sample_rows(head, dialect, 1)
    found = set(map(plain, header[0] if header else ()))
    if found.issuperset(needed):
        return 1.0
    return 0.6 * len(found.intersection(telling)) / max(len(telling), 1) if len(found) > 1 else 0.0


def column_order(head: bytes, dialect: Dialect, *names: str) -> str:
    """Return in which order columns write their dates, as far as a head tells; "ask" where it does not tell."""
    table = sample_rows(head, dialect, LOOKED_AT)
    columns = columns_of(table[0] if table else ())
    found = [columns[name] for name in names if name in columns]
    return order_of(row[at] for at in found for row in table[1:] if at < len(row)) or "year-first"


def file_notes(
    head: bytes, dialect: Dialect, known: Container[str], *, bare: bool = False
) -> tuple[str, ...]:
    """Return what is to be said of a table as a whole: an encoding that is not UTF-8, and columns that are not read.

    known: the columns that files of this kind have. bare: the file has no header.
    """
    notes = encoding_words(dialect.encoding)
    header = [] if bare else next(iter(sample_rows(head, dialect, 1)), [])
    unknown = [name.strip() for name in header if name.strip() and plain(name) not in known]
    if unknown:
        words = tr("Columns that files of this kind do not have, not read: {names}")
        notes = (*notes, words.format(names=shortened(", ".join(unknown), 200)))
    return notes
