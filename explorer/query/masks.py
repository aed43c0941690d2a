"""A filter applied to a table: the mask of what passes, and the result that all views share (design §3a)."""

from __future__ import annotations

from explorer.casefile.columns import EventTable, Ints, Mask
from explorer.query.conditions import passes
from explorer.query.filters import Filter
from explorer.query.shown import Shown as Shown


def mask(table: EventTable, filter: Filter, text_rows: Ints | None = None) -> Mask:
    """Return bool (n,): the events that pass every condition of filter (design §3a).

    text_rows: the rows that hold the words of filter.text, from CaseFile.text_rows. Raises ValueError where
    they are missing, EdtfError where a time is not EDTF.
    """
    return passes(table, filter, text_rows).mask()


def evaluate(table: EventTable, filter: Filter, text_rows: Ints | None = None) -> Shown:
    """Return what filter shows of table, with counts and totals that are computed when asked for.

    Takes and raises the same as mask.
    """
    met = passes(table, filter, text_rows)
    passed = met.mask()
    passed.flags.writeable = False
    return Shown(table, filter, passed, met, text_rows)
