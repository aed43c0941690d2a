"""Lanes: which rows touch which lane, and as what (design §3a "Lanes").

One lane for each top-level actor or place that opens to what is below it, one for each classification or document,
or one for all; and "(not stated)". Lanes are ordered by how many records of the whole case touch them, so that a
filter takes lanes away but does not shuffle them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import EVENT_TYPES, ROLES, Bytes, EventTable, Ints, Mask
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.query.circles import actor_ties
from explorer.query.filters import NOT_STATED
from explorer.words import tr, type_words

LaneKind = Literal["actor", "place", "type", "document", "one"]

#: What a mark stands for in its lane; the smallest of several is shown. Only the first is ever the only full mark.
DOER, PARTY, RECIPIENT, BENEFICIARY, AFFECTED, PLAIN = range(6)
_TOUCH_OF_ROLE = np.array(
    [
        {"actor": DOER, "party": PARTY, "recipient": RECIPIENT, "beneficiary": BENEFICIARY}.get(r, AFFECTED)
        for r in ROLES
    ],
    np.uint8,
)
#: Above this many documents, document lanes become publishers or datasets (design §3a).
MANY_DOCUMENTS = 1000


@frozen
class Lane:
    """key: the id, code or printed string ("" = not stated); depth: how far below a top-level lane."""

    key: str
    name: str
    depth: int = 0
    opens: bool = False
    opened: bool = False
    ids: tuple[str, ...] = ()


@frozen(eq=False, slots=False)
class Touches:
    """lanes in drawing order, and one entry for each lane a row touches, sorted by (lane, row).

    lane, row: int32 (m,); touch: uint8 (m,), the strongest of the roles the row has in the lane; basis: uint8 (m,),
    the basis of that role; said: int32 (m,), the place of that value in the table's order.
    """

    lanes: tuple[Lane, ...]
    lane: Ints
    row: Ints
    touch: Bytes
    basis: Bytes
    said: Ints

    @cached_property
    def main(self) -> Mask:
        """True for the entry that is each row's full mark: its strongest role, of several the one named first."""
        order = np.lexsort((self.lane, self.said, self.touch, self.row))
        result = np.zeros(len(order), np.bool_)
        result[order[_firsts(self.row[order])]] = True
        return result

    def at(self, index: NDArray[np.integer] | Mask, lane: Ints, lanes: tuple[Lane, ...]) -> Touches:
        """Return the entries at index, put into other lanes: lane is where each entry of self now belongs."""
        return Touches(
            lanes, lane[index], self.row[index], self.touch[index], self.basis[index], self.said[index]
        )

    def of(self, shown: Mask) -> Touches:
        """Return the touches of the shown rows (bool over the table); empty lanes go, unless one below is left."""
        kept = shown[self.row]
        wanted = set(distinct(self.lane[kept]).tolist())
        below = len(self.lanes), -1  # the lane under this one that is kept, and its depth
        for i in reversed(range(len(self.lanes))):
            if self.lanes[i].opened and below[1] > self.lanes[i].depth:
                wanted.add(i)
            if i in wanted:
                below = i, self.lanes[i].depth
        order = sorted(wanted)
        position = np.full(len(self.lanes), -1, np.int32)
        position[order] = np.arange(len(order), dtype=np.int32)
        return self.at(kept, position[self.lane], tuple(self.lanes[i] for i in order))

    def merged(self, most: int) -> Touches:
        """Return the touches with the last lanes drawn together, where there are more than most."""
        if len(self.lanes) <= most:
            return self
        lane = np.minimum(self.lane, most - 1).astype(np.int32)
        order = np.lexsort((self.said, self.touch, self.row, lane))
        kept = order[_firsts(lane[order], self.row[order])]
        others = Lane("", tr("{count} more").format(count=len(self.lanes) - most + 1))
        return self.at(kept, lane, (*self.lanes[: most - 1], others))


def _firsts(*keys: NDArray[np.integer]) -> Mask:
    """Return True where any of the (sorted) keys differs from the one before."""
    first = np.ones(len(keys[0]), np.bool_)
    first[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    return first


@frozen(eq=False, slots=False)
class _Tree:
    """Values with names that lanes are made of; parents: index -> indices directly above it."""

    ids: Sequence[str]
    names: Sequence[str]
    parents: Mapping[int, Sequence[int]]


@frozen(eq=False, slots=False)
class _Entries:
    """(value, row) pairs before they are put into lanes; rows without any are in "(not stated)"."""

    value: Ints
    row: Ints
    touch: Bytes
    basis: Bytes


def touches(table: EventTable, kind: LaneKind, opened: frozenset[str], *, text_only: bool) -> Touches:
    """Return the lanes of the whole table and what touches them; every row touches at least one.

    Made once for a table, kind and set of opened lanes; .of(shown) leaves what a filter shows.
    """
    key = f"lanes {kind} {text_only}"
    known: tuple[frozenset[str], Touches] | None = table.derived.get(key)
    if known is None or known[0] != opened:
        known = table.derived[key] = (opened, _touches(table, kind, opened, text_only))
    return known[1]


def _touches(table: EventTable, kind: LaneKind, opened: frozenset[str], text_only: bool) -> Touches:
    size = len(table)
    if kind == "one" or not size:
        rows, zeros = np.arange(size, dtype=np.int32), np.zeros(size, np.uint8)
        return Touches(
            (Lane("all", tr("All records")),), zeros.astype(np.int32), rows, zeros + PLAIN, zeros, rows
        )
    tree, entries = _SOURCES[kind](table, text_only)
    return _in_lanes(size, tree, entries, _opened(tree, entries, opened, auto=kind == "place"))


def _actors(table: EventTable, text_only: bool) -> tuple[_Tree, _Entries]:
    parents: dict[int, list[int]] = {}
    for child, above in actor_ties(table, text_only=text_only).tolist():
        if child != above and above not in parents.setdefault(child, []):
            parents[child].append(above)
    part = table.participations
    entries = _Entries(part.actor, part.row, _TOUCH_OF_ROLE[part.role], part.basis)
    return _Tree(table.actors.ids, table.actors.names, parents), entries


def _places(table: EventTable, text_only: bool) -> tuple[_Tree, _Entries]:
    del text_only
    parents = {i: (p,) for i, p in enumerate(table.locations.parent.tolist()) if p >= 0 and p != i}
    places = table.places
    entries = _Entries(places.location, places.row, np.full(len(places.row), PLAIN, np.uint8), places.basis)
    return _Tree(table.locations.ids, table.locations.names, parents), entries


def _types(table: EventTable, text_only: bool) -> tuple[_Tree, _Entries]:
    del text_only
    rows = np.flatnonzero(table.type).astype(np.int32)
    names = [type_words(code or None) for code in EVENT_TYPES]
    entries = _plain(table.type[rows].astype(np.int32), rows)
    return _Tree(EVENT_TYPES, names, {}), entries


def _documents(table: EventTable, text_only: bool) -> tuple[_Tree, _Entries]:
    del text_only
    documents, claims = table.documents, table.claims
    if len(documents.ids) <= MANY_DOCUMENTS:
        return _Tree(documents.ids, documents.titles, {}), _plain(claims.document, claims.row)
    sources = [d or p for d, p in zip(documents.datasets, documents.publishers, strict=True)]
    names = sorted({name for name in sources if name})
    index = {name: i for i, name in enumerate(names)}
    of_document = np.array([index.get(name, -1) for name in sources], np.int32)
    value = of_document[claims.document]
    return _Tree(names, names, {}), _plain(value[value >= 0], claims.row[value >= 0])


def _plain(value: Ints, row: Ints) -> _Entries:
    return _Entries(value, row, np.full(len(row), PLAIN, np.uint8), np.zeros(len(row), np.uint8))


_SOURCES = {"actor": _actors, "place": _places, "type": _types, "document": _documents}


def _tops(tree: _Tree, opened: frozenset[int]) -> dict[int, tuple[int, ...]]:
    """Return, for each value with a parent or below an opened one, the values whose lanes it is shown in."""
    known: dict[int, tuple[int, ...]] = {}

    def lanes_of(value: int, path: frozenset[int]) -> tuple[int, ...]:
        if value in known:
            return known[value]
        above = [p for p in tree.parents.get(value, ()) if p not in path]
        found: list[int] = []
        for parent in above:
            for lane in lanes_of(parent, path | {value}):
                shown = value if lane == parent and parent in opened else lane
                if shown not in found:
                    found.append(shown)
        result = tuple(found) or (value,)
        if not path:
            known[value] = result
        return result

    return {value: lanes_of(value, frozenset()) for value in tree.parents}


def _opened(tree: _Tree, entries: _Entries, asked: frozenset[str], *, auto: bool) -> frozenset[int]:
    """Return the opened values; auto opens the one lane that holds nearly all, as a single lane tells nothing."""
    opened = frozenset(i for i, record in enumerate(tree.ids) if record in asked)
    for _ in range(4 if auto else 0):
        lanes = _expanded(entries, _tops(tree, opened), len(tree.ids))[0]
        shown, counts = np.unique(lanes, return_counts=True)
        if len(shown) == 0 or counts.max() < 0.6 * counts.sum():
            break
        biggest = int(shown[np.argmax(counts)])
        if biggest in opened or not any(biggest in above for above in tree.parents.values()):
            break
        opened |= {biggest}
    return opened


def _expanded(entries: _Entries, tops: Mapping[int, tuple[int, ...]], size: int) -> tuple[Ints, Ints]:
    """Return (lane value, entry index) with an entry once for each lane it is shown in."""
    single = np.arange(size, dtype=np.int32)
    for value, lanes in tops.items():
        single[value] = lanes[0]
    lane, entry = [single[entries.value]], [np.arange(len(entries.value), dtype=np.int32)]
    for value, lanes in tops.items():
        if len(lanes) > 1:
            at = np.flatnonzero(entries.value == value).astype(np.int32)
            for other in lanes[1:]:
                lane.append(np.full(len(at), other, np.int32))
                entry.append(at)
    return np.concatenate(lane), np.concatenate(entry)


def _in_lanes(count: int, tree: _Tree, entries: _Entries, opened: frozenset[int]) -> Touches:
    """Return the touches of all rows, lanes ordered by their number of distinct rows."""
    size = missing = len(tree.ids)
    tops = _tops(tree, opened)
    lane, entry = _expanded(entries, tops, size)
    somewhere = np.zeros(count, np.bool_)
    somewhere[entries.row] = True
    nowhere = np.flatnonzero(~somewhere).astype(np.int32)
    blank = np.zeros(len(nowhere), np.uint8)
    whole = Touches(
        (),
        np.concatenate((lane, np.full(len(nowhere), missing, np.int32))),
        np.concatenate((entries.row[entry], nowhere)),
        np.concatenate((entries.touch[entry], blank + PLAIN)),
        np.concatenate((entries.basis[entry], blank)),
        np.concatenate((entry, nowhere)),
    )
    order = np.lexsort((whole.said, whole.touch, whole.row, whole.lane))
    order = order[_firsts(whole.lane[order], whole.row[order])]
    counts = np.bincount(whole.lane[order], minlength=size + 1)
    wanted = _ordered(tree, counts, opened, tops, frozenset(np.flatnonzero(counts).tolist()))
    position = np.full(size + 1, -1, np.int32)
    position[[value for value, _ in wanted]] = np.arange(len(wanted), dtype=np.int32)
    placed = position[whole.lane]
    order = order[np.lexsort((whole.row[order], placed[order]))]
    return whole.at(order, placed, tuple(_lane(tree, value, depth, opened) for value, depth in wanted))


def _lane(tree: _Tree, value: int, depth: int, opened: frozenset[int]) -> Lane:
    if value == len(tree.ids):
        return Lane("", tr(NOT_STATED))
    record = tree.ids[value]
    opens = any(value in above for above in tree.parents.values())
    ids = (record,) if record[:4] in {"act-", "loc-", "doc-"} else ()
    return Lane(record, tree.names[value], depth, opens, value in opened, ids)


def _ordered(
    tree: _Tree,
    counts: NDArray[np.integer],
    opened: frozenset[int],
    tops: Mapping[int, tuple[int, ...]],
    wanted: frozenset[int],
) -> list[tuple[int, int]]:
    """Return (value, depth) of the wanted lanes: biggest first, what is below an opened lane under it."""
    missing = len(tree.ids)
    below = _below(tree, opened, tops)

    def weight(value: int, path: frozenset[int] = frozenset()) -> int:
        under = [child for child in below.get(value, ()) if child not in path]
        return int(counts[value]) + sum(weight(child, path | {value}) for child in under)

    def rank(value: int) -> tuple[bool, int, str, str]:
        if value == missing:
            return True, 0, "", ""
        return False, -weight(value), tree.names[value], tree.ids[value]

    result: dict[int, int] = {}

    def visit(value: int, depth: int) -> None:
        if value not in result:
            result[value] = depth
            for child in sorted(below.get(value, ()), key=rank):
                visit(child, depth + 1)

    shown = wanted | {value for value in opened if _under(value, below) & wanted}
    children = {child for under in below.values() for child in under}
    for value in [*sorted(shown - children, key=rank), *sorted(shown & children, key=rank)]:
        visit(value, 0)
    return [(value, depth) for value, depth in result.items() if value in shown]


def _below(tree: _Tree, opened: frozenset[int], tops: Mapping[int, tuple[int, ...]]) -> dict[int, list[int]]:
    """Return what has a lane of its own below each opened value."""
    below: dict[int, list[int]] = {}
    for value, lanes in tops.items():
        for parent in tree.parents.get(value, ()):
            if parent in opened and value in lanes:
                below.setdefault(parent, []).append(value)
    return below


def _under(value: int, below: Mapping[int, list[int]]) -> set[int]:
    found: set[int] = set()
    ahead = [value]
    while ahead:
        fresh = [child for child in below.get(ahead.pop(), ()) if child not in found]
        found.update(fresh)
        ahead.extend(fresh)
    return found
