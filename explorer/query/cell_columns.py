"""What a column of the Events table is, and a table as it is read into words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import EventTable, Floats, TimeColumns
from explorer.frozen import frozen
from explorer.query.index import index_of
from explorer.query.totals import Numbers, civilian_deaths, kept_numbers
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.casefile.phrases import TimePhrases

ColumnKind = Literal["text", "number", "time"]
Rows = NDArray[np.integer[Any]]


@frozen(eq=False, slots=False)
class Reading:
    """A table read into words; where text_only, reference values are not stated. phrases: looks up words of dates."""

    table: EventTable
    text_only: bool = False
    phrases: TimePhrases | None = None

    @property
    def times(self) -> TimeColumns:
        """The bounds that count here."""
        return self.table.times(text_only=self.text_only)

    @property
    def basis(self) -> NDArray[Any]:
        """The weakest basis over the finite bounds of each event, as a code of BASES."""
        return index_of(self.table, text_only=self.text_only).coded["basis"].codes

    @cached_property
    def killed(self) -> Numbers:
        """The dead of each event that speaks of any."""
        return kept_numbers(self.table, "fatalities", text_only=self.text_only)

    @cached_property
    def civilians(self) -> Numbers:
        """The dead that are named as civilians."""
        return civilian_deaths(self.table, text_only=self.text_only)


@frozen
class Column:
    """One column: heading (through tr()), what its cells are, whether it is shown at first, words and sort keys.

    words(reading, rows) -> display strings; order(reading, rows) -> float64 sort keys, NaN = not stated.
    """

    key: str
    heading: str
    kind: ColumnKind
    shown: bool
    words: Callable[[Reading, Rows], list[str]]
    order: Callable[[Reading, Rows], Floats]

    @property
    def title(self) -> str:
        """The heading in the user's language."""
        return tr(self.heading)
