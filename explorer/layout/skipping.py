"""The elastic axis of what a filter shows: its map, and where each record lies in its places (design §4).

Thousands are counted in equal cells of the axis, never of time, so that what is counted is what is seen.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST, EventTable, Ints, Longs
from explorer.frozen import frozen
from explorer.layout.crowd import FARTHEST, Spans, spans_of
from explorer.layout.elastic import Elastic, elastic_of

#: A table of more rows has one axis for all filters that let more than FEW of them through.
LARGE, FEW = 20_000, 400


@frozen(eq=False, slots=False)
class Skipping:
    """axis: the map of time to places; spans: of all records, in whole seconds of those places."""

    table: EventTable
    axis: Elastic
    text_only: bool

    @cached_property
    def spans(self) -> Spans:
        """The spans of the calendar, moved to their places; what is open stays so."""
        known = spans_of(self.table, text_only=self.text_only)
        low, high = self._moved(known.low), self._moved(known.high)
        closed = (low != OPEN_PAST) & (high != OPEN_FUTURE)
        middle = np.where(closed, low + (high - low) // 2, np.where(low == OPEN_PAST, high, low))
        with np.errstate(over="ignore"):
            width = np.where(closed & known.dated, high - low, OPEN_FUTURE)
        return Spans(low, high, middle, width, known.dated)

    def _moved(self, seconds: Longs) -> Longs:
        known = (seconds != OPEN_PAST) & (seconds != OPEN_FUTURE)
        places = self.axis.place(np.where(known, seconds, 0).astype(np.float64))
        held = np.clip(np.floor(places), -FARTHEST, FARTHEST).astype(np.int64)
        moved: Longs = np.where(known, held, seconds)
        return moved


def skipping_of(table: EventTable, rows: Ints, *, text_only: bool) -> Skipping:
    """Return the elastic axis of rows, kept for as long as the same array is asked for.

    Of a large table it is that of all its rows, made once, but where few are shown: a filter then costs nothing.
    """
    if len(table) > LARGE and len(rows) > FEW:
        key = f"skipping all {text_only}"
        if key not in table.derived:
            table.derived[key] = _skipping(table, np.arange(len(table), dtype=np.int32), text_only)
        made: Skipping = table.derived[key]
        return made
    key = f"skipping {text_only}"
    known: tuple[Ints, Skipping] | None = table.derived.get(key)
    if known is None or known[0] is not rows:
        known = table.derived[key] = (rows, _skipping(table, rows, text_only))
    return known[1]


def _skipping(table: EventTable, rows: Ints, text_only: bool) -> Skipping:
    return Skipping(table, elastic_of(table.times(text_only=text_only), rows), text_only)
