"""What a filter shows: the one result that all views, commands and figures share (design §1, promise 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property

import numpy as np

from explorer.casefile.columns import KINDS, EventTable, Ints, Mask
from explorer.frozen import frozen
from explorer.query.conditions import Passes
from explorer.query.facets import FacetCounts, Facets
from explorer.query.filters import Filter
from explorer.query.totals import Totals


@frozen(eq=False, slots=False)
class Shown:
    """The events that pass a filter, and what to say about the rest.

    mask: bool (n,), read-only. may: int32 rows, ascending, that fail only for want of certainty (of the
    place, or of the time where the filter asks for a certain one): they would pass if what is possible were
    let in.
    """

    table: EventTable
    filter: Filter
    mask: Mask
    may: Ints
    met: Passes = field(repr=False)

    @property
    def total(self) -> int:
        """How many records the case has."""
        return len(self.table)

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
        undated = self.table.times(text_only=self.filter.text_only).undated
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
        return Facets(self.met, self.mask, self.count)

    @cached_property
    def totals(self) -> Totals:
        """What the shown events add up to."""
        return Totals(self.table, self.mask, self.filter.text_only)
