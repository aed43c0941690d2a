"""Which events of different reports may be one: proposed by type, time, place, people and number, never decided here.

A pair is proposed where the type is the same, nothing speaks against it, and at least two of time, place, people and
number speak for it. Pairs that a coder kept apart (a denied link `possibly_same`) are not proposed again. Rows of one
dataset are not compared with each other: whoever published it told them apart.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from explorer.casefile.columns import LINK_TYPES, MODALITIES, EventTable, Ints, Mask
from explorer.casefile.texts import Repeated
from explorer.frozen import frozen
from explorer.query.circles import containers_of, place_closure

#: More events than this, rows of datasets aside, are compared only where one of them is asked about.
MOST = 3_000
#: What speaks for a pair, in the order in which it is told.
REASONS = ("time", "place", "people", "number")
_NEEDED = 2
_DENIED = MODALITIES.index("denied")
_SAME = LINK_TYPES.index("possibly_same")


@frozen
class Alike:
    """Two events, by row, that may be one, and what speaks for it (of REASONS)."""

    first: int
    second: int
    reasons: tuple[str, ...]


def alike_to(table: EventTable, row: int) -> tuple[Alike, ...]:
    """Return the events that may be the one in row, those with most reasons first. O(n) in numpy."""
    candidates = _candidates(table, row)
    if not candidates.any():
        return ()
    for_it = {
        "time": _at_a_time(table, row),
        "place": _at_a_place(table, row),
        "people": _of_people(table, row),
        "number": _with_number(table, row),
    }
    score = np.zeros(len(table), dtype=np.int8)
    for holds in for_it.values():
        score += holds
    found = np.flatnonzero(candidates & (score >= _NEEDED))
    ordered = found[np.argsort(-score[found], kind="stable")]
    return tuple(
        Alike(row, other, tuple(name for name in REASONS if for_it[name][other]))
        for other in ordered.tolist()
    )


def proposals(table: EventTable) -> tuple[Alike, ...]:
    """Return every pair of the case that may be one event, each once; none where there are too many to compare.

    Worked out once for a table.
    """
    known: tuple[Alike, ...] | None = table.derived.get("alike")
    if known is None:
        known = table.derived["alike"] = _proposals(table)
    return known


def _proposals(table: EventTable) -> tuple[Alike, ...]:
    rows = np.flatnonzero(_from_reports(table))
    if len(rows) > MOST or len(rows) < 2:
        return ()
    found = [each for row in rows.tolist() for each in alike_to(table, row) if each.second > row]
    return tuple(sorted(found, key=lambda each: (-len(each.reasons), each.first, each.second)))


def _candidates(table: EventTable, row: int) -> Mask:
    """Return the events that nothing tells apart from one: of its type, in another report, at a time it may have."""
    if not table.type[row] or not _from_reports(table).any():
        return np.zeros(len(table), dtype=bool)
    times = table.time
    found: Mask = (table.type == table.type[row]) & _from_reports(table)
    found &= (times.start_min <= times.end_max[row]) & (times.end_max >= times.start_min[row])
    found &= ~_of_documents(table, set(table.claims.document[table.claims.slice(row)].tolist()))
    found[row] = False
    for other in _kept_apart(table, row):
        found[other] = False
    return found


def _from_reports(table: EventTable) -> Mask:
    """Return the events that at least one claim takes from something else than a row of a dataset."""
    known: Mask | None = table.derived.get("from reports")
    if known is None:
        datasets = table.documents.datasets
        if isinstance(datasets, Repeated):
            plain = np.array([not each for each in datasets.values], dtype=bool)[datasets.codes]
        else:
            plain = np.array([not each for each in datasets], dtype=bool)
        known = table.derived["from reports"] = np.zeros(len(table), dtype=bool)
        known[table.claims.row[plain[table.claims.document]]] = True
    return known


def _of_documents(table: EventTable, documents: set[int]) -> Mask:
    found = np.zeros(len(table), dtype=bool)
    found[table.claims.row[np.isin(table.claims.document, list(documents))]] = True
    return found


def _kept_apart(table: EventTable, row: int) -> Iterator[int]:
    links = table.links
    apart = (links.type == _SAME) & (links.modality == _DENIED)
    for near, far in ((links.source, links.target), (links.target, links.source)):
        yield from far[apart & (near == row)].tolist()


def _at_a_time(table: EventTable, row: int) -> Mask:
    """Return the events whose bounds are closed and overlap those of one that is closed, too."""
    times = table.time
    closed = (times.basis[:, 0] > 0) & (times.basis[:, 3] > 0)
    if not closed[row]:
        return np.zeros(len(table), dtype=bool)
    overlap: Mask = closed & (times.start_min <= times.end_max[row]) & (times.end_max >= times.start_min[row])
    return overlap


def _at_a_place(table: EventTable, row: int) -> Mask:
    """Return the events at a place of this one, below it or in what contains it; a country tells too little."""
    closure, wanted = place_closure(table), set[int]()
    for place in table.places.location[table.places.slice(row)].tolist():
        if not _is_wide(table, place):
            wanted |= closure.of(place)
            wanted |= {each for each in containers_of(table, place) if not _is_wide(table, each)}
    return _holding(table, table.places.row, table.places.location, wanted)


def _is_wide(table: EventTable, place: int) -> bool:
    """Return whether a place is a country or holds one."""
    return any(table.locations.kinds[each] == "country" for each in (place, *place_closure(table).of(place)))


def _of_people(table: EventTable, row: int) -> Mask:
    wanted = set(table.participations.actor[table.participations.slice(row)].tolist())
    return _holding(table, table.participations.row, table.participations.actor, wanted)


def _holding(table: EventTable, rows: Ints, values: Ints, wanted: set[int]) -> Mask:
    found = np.zeros(len(table), dtype=bool)
    if wanted:
        found[rows[np.isin(values, list(wanted))]] = True
    return found


def _with_number(table: EventTable, row: int) -> Mask:
    """Return the events with a number of the same kind whose range meets one of this event's."""
    numbers = table.quantities
    low = np.nan_to_num(numbers.low, nan=-np.inf)
    low = np.where(np.isnan(numbers.low), np.nan_to_num(numbers.best, nan=-np.inf), low)
    high = np.where(np.isnan(numbers.high), np.nan_to_num(numbers.best, nan=np.inf), numbers.high)
    told = ~(np.isinf(low) & np.isinf(high))
    found = np.zeros(len(table), dtype=bool)
    part = numbers.slice(row)
    for at in range(part.start, part.stop):
        if told[at]:
            meets = told & (numbers.kind == numbers.kind[at]) & (low <= high[at]) & (high >= low[at])
            found[numbers.row[meets]] = True
    return found
