"""The reported order of many records as spans on a ladder, so that thousands of them are drawn as on the calendar."""

from __future__ import annotations

import numpy as np

from explorer.casefile.columns import OPEN_FUTURE, EventTable, Ints, Mask
from explorer.frozen import frozen
from explorer.layout.crowd import Spans
from explorer.layout.ladder import Ladder, ladder

#: Ticks of one rung: cells of density may be as fine as a millionth of it.
UNIT = 2**20
_BACKGROUND = (1, 2)  # kinds that last: drawn over the whole of their rungs


@frozen(eq=False, slots=False)
class Order:
    """steps: the ladder of the shown rows; bars: bool over the table, what is drawn over its rungs; spans of all."""

    steps: Ladder
    bars: Mask
    spans: Spans


def order_of(table: EventTable, rows: Ints, *, text_only: bool) -> Order:
    """Return the order of rows, kept for as long as the same array is asked for."""
    key = f"order {text_only}"
    known: tuple[Ints, Order] | None = table.derived.get(key)
    if known is None or known[0] is not rows:
        known = table.derived[key] = (rows, _order(table, ladder(table, text_only=text_only).narrowed(rows)))
    return known[1]


def barred(table: EventTable, steps: Ladder, rows: Ints | slice) -> Mask:
    """Return True for the rows that are drawn over the whole of their rungs: what lasts, or spans several."""
    lasting: Mask = np.isin(table.kind[rows], _BACKGROUND) | (steps.first[rows] != steps.last[rows])
    return lasting


def _order(table: EventTable, steps: Ladder) -> Order:
    bars, dated = barred(table, steps, slice(None)), steps.first >= 0
    edges = np.round(np.append(steps.edges, 0.0) * UNIT).astype(np.int64)
    start, stop = edges[steps.first], edges[steps.last + 1]
    middle = start + (stop - start) // 2
    low, high = np.where(bars, start, middle), np.where(bars, stop - 1, middle)
    return Order(
        steps, bars, Spans(low, high, middle, np.where(dated, high - low, OPEN_FUTURE), dated, float(UNIT))
    )
