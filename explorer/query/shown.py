"""What a filter shows: the one result that all views, commands and figures share (design §1, promise 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property

import numpy as np

from explorer.casefile.columns import KINDS, EventTable, Ints, Mask
from explorer.frozen import frozen
from explorer.query.conditions import Passes, passes, relaxed
from explorer.query.facets import FacetCounts, Facets
from explorer.query.filters import Filter
from explorer.query.moving import undated_of
from explorer.query.totals import Totals


@frozen(eq=False, slots=False)
class Shown:
    """The events that pass a filter, and what to say about the rest, made when it is asked for.

    mask: bool (n,), read-only. text_rows: the rows that hold the words of the filter's text, where it has one.
    """

    table: EventTable
    filter: Filter
    mask: Mask
    met: Passes = field(repr=False)
    text_rows: Ints | None = field(default=None, repr=False)

    @property
    def total(self) -> int:
        """How many records the case has."""
        return len(self.table)

    @cached_property
    def may(self) -> Ints:
        """The rows, int32, ascending, that fail only for want of certainty of the place, or of a certain time.

        They would pass if what is possible were let in.
        """
        wider = relaxed(self.filter)
        if wider is None:
            return np.empty(0, np.int32)
        wide = passes(self.table, wider, self.text_rows).mask()
        return np.flatnonzero(wide & ~self.mask).astype(np.int32)

    @cached_property
    def count(self) -> int:
        """How many records pass."""
        return int(np.count_nonzero(self.mask))

    @cached_property
    def rows(self) -> Ints:
        """The rows that pass, int32, ascending."""
        return np.flatnonzero(self.mask).astype(np.int32)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the events that pass."""
        return frozenset(self.table.ids[row] for row in self.rows.tolist())

    @property
    def may_ids(self) -> tuple[str, ...]:
        """The ids of the events that may be included."""
        return tuple(self.table.ids[row] for row in self.may.tolist())

    @cached_property
    def undated_left_out(self) -> int:
        """How many undated events pass all but the time filter, which leaves them out."""
        if "time" not in self.met.of or self.filter.undated:
            return 0
        undated = undated_of(self.table, text_only=self.filter.text_only)
        return int(np.count_nonzero(self.met.mask(but="time") & undated))

    @cached_property
    def kind_counts(self) -> dict[str, int]:
        """Every one of columns.KINDS -> how many records of it pass."""
        return dict(
            zip(KINDS, np.bincount(self.table.kind[self.mask], minlength=len(KINDS)).tolist(), strict=True)
        )

    @cached_property
    def facets(self) -> Mapping[str, FacetCounts]:
        """The live counts of every facet of filters.FACETS, each computed when first asked for."""
        return Facets(self.met, self.mask)

    @cached_property
    def totals(self) -> Totals:
        """What the shown events add up to."""
        return Totals(self.table, self.mask, self.filter.text_only)
