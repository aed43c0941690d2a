"""The Events table as data: its columns, sorting, groups with sums, and what goes into a file (design §4).

Words are made only for the rows on show; sorting works on numbers. What is missing is printed as "not stated" and
sorts last in both directions.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from io import StringIO

import numpy as np

from explorer.casefile.columns import Ints
from explorer.frozen import frozen
from explorer.query.cells import COLUMNS as COLUMNS
from explorer.query.cells import Column as Column
from explorer.query.cells import Reading, Rows
from explorer.query.groups import Group as Group
from explorer.query.groups import Groups as Groups
from explorer.query.groups import group_by as group_by
from explorer.query.printing import safe_cell
from explorer.words import tr

#: A cell of a file: words, a number, or None where an end of a range is open.
Cell = str | float | None
#: Rows whose words are made at a time.
BATCH = 512


@frozen(eq=False, slots=False)
class Listing(Reading):
    """A table as the rows and columns of an Events table."""

    def cells(self, key: str, rows: Sequence[int] | Rows) -> list[str]:
        """Return the words of one column for a batch of rows, in their order. Raises KeyError."""
        return COLUMNS[key].words(self, np.asarray(rows, np.int64))

    def values(self, key: str, rows: Sequence[int] | Rows) -> list[Cell]:
        """Return one column for a file: numbers as numbers, everything else in words."""
        at = np.asarray(rows, np.int64)
        column = COLUMNS[key]
        if column.kind != "number":
            return list(column.words(self, at))
        return [None if np.isnan(number) else float(number) for number in column.order(self, at)]

    def sorted(self, rows: Rows, key: str, *, descending: bool = False) -> Ints:
        """Return rows sorted by a column, what is not stated last; equal ones stay in their order."""
        at = np.asarray(rows, np.int64)
        keys = COLUMNS[key].order(self, at)
        missing = np.isnan(keys)
        filled = np.where(missing, 0.0, -keys if descending else keys)
        return at[np.lexsort((filled, missing))].astype(np.int32)

    def records(self, rows: Rows, keys: Sequence[str]) -> Iterator[list[Cell]]:
        """Yield the cells of row after row, made in batches."""
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            yield from map(list, zip(*(self.values(key, batch) for key in keys), strict=True))


def csv_lines(
    listing: Listing,
    rows: Rows,
    keys: Sequence[str],
    quotes: Callable[[int], str] | None = None,
    link: Callable[[int], str] | None = None,
) -> Iterator[str]:
    """Yield the lines of a CSV file: headings, then a line for each row, formulas made harmless.

    quotes(row) gives the sentence behind a row and link(row) where it is found; each is a last column where given.
    Numbers stay numbers; an end of a range that is open is an empty cell.
    """
    extra = [(tr("Source sentence"), quotes), (tr("Link"), link)]
    given = [(heading, call) for heading, call in extra if call is not None]
    yield _line([*(COLUMNS[key].title for key in keys), *(heading for heading, _ in given)])
    for row, cells in zip(rows.tolist(), listing.records(rows, keys), strict=True):
        yield _line([*cells, *(call(row) for _, call in given)])


def _line(cells: Sequence[Cell]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_file_cell(cell) for cell in cells])
    return line.getvalue()


def _file_cell(cell: Cell) -> str | float:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_cell(cell)
    return int(cell) if cell.is_integer() else cell


def clipboard_text(listing: Listing, rows: Rows, keys: Sequence[str]) -> str:
    """Return rows for pasting into a spreadsheet: tabs between cells, formulas made harmless."""
    lines = [[COLUMNS[key].title for key in keys]]
    lines += [
        [" ".join(str(_file_cell(cell)).split()) for cell in cells] for cells in listing.records(rows, keys)
    ]
    return "\n".join("\t".join(line) for line in lines)
