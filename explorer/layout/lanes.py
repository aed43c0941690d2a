"""Lanes: which rows touch which lane, and as what (design §3a "Lanes").

One lane for each top-level actor or place that opens to what is below it, one for each classification or document,
or one for all; and "(not stated)". Lanes are ordered by how many records of the whole case touch them, so that a
filter takes lanes away but does not shuffle them.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import Bytes, EventTable, Ints, Mask
from explorer.frozen import frozen
from explorer.layout.lanevalues import (
    AFFECTED,
    BENEFICIARY,
    DOER,
    PARTY,
    PLAIN,
    RECIPIENT,
    SOURCES,
    LaneKind,
    Tree,
    Values,
)
from explorer.layout.sorting import ascending, stable_order
from explorer.query.filters import NOT_STATED
from explorer.words import tr

__all__ = [
    "AFFECTED", "BENEFICIARY", "DOER", "OTHERS", "PARTY", "PLAIN", "RECIPIENT", "Lane", "LaneKind", "Touches",
    "touches",
]  # fmt: skip

_MAKING = RLock()
#: The key of the lane that holds all lanes beyond the busiest, and what opens it.
OTHERS = "other-lanes"


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

    def at(self, index: NDArray[np.integer] | Mask | slice, lane: Ints, lanes: tuple[Lane, ...]) -> Touches:
        """Return the entries at index, put into other lanes: lane is where each entry of self now belongs."""
        return Touches(
            lanes, lane[index], self.row[index], self.touch[index], self.basis[index], self.said[index]
        )

    def of(self, shown: Mask) -> Touches:
        """Return the touches of the shown rows (bool over the table); empty lanes go, unless one below is left."""
        kept = shown[self.row]
        wanted = set(np.flatnonzero(np.bincount(self.lane[kept], minlength=1)).tolist())
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
        """Return the touches with the last lanes drawn together where there are more than most.

        What is in no lane keeps "(not stated)" to itself, but where there is room for one lane only.
        """
        if len(self.lanes) <= most:
            return self
        apart = int(most > 1 and self.lanes[-1].key == "")
        first, last = most - 1 - apart, len(self.lanes) - apart
        name = tr("{count} more").format(count=f"{last - first:,}")
        lanes = (*self.lanes[:first], Lane(OTHERS, name), *self.lanes[last:])
        return self._together(first, last, lanes)

    def busiest_first(self) -> Touches:
        """Return the touches with the lanes by their own numbers of rows; as they are where some lie below others."""
        if any(lane.depth for lane in self.lanes):
            return self
        counts = np.bincount(self.lane, minlength=len(self.lanes))
        unnamed = np.array([lane.key == "" for lane in self.lanes], np.bool_)
        order = np.lexsort((-counts, unnamed))
        ends = np.cumsum(counts)
        index = np.concatenate([np.arange(ends[i] - counts[i], ends[i]) for i in order.tolist()])
        position = np.empty(len(order), np.int32)
        position[order] = np.arange(len(order), dtype=np.int32)
        return self.at(index, position[self.lane], tuple(self.lanes[i] for i in order.tolist()))

    def _together(self, first: int, last: int, lanes: tuple[Lane, ...]) -> Touches:
        """Return the touches with the lanes first … last (last apart) as one: each row once, as its strongest."""
        start, end = np.searchsorted(self.lane, (first, last)).tolist()
        inside = start + stable_order(self.row[start:end])
        zeros = np.zeros(len(inside), np.int32)
        inside = inside[_strongest(zeros, self.row[inside], self.touch[inside], self.said[inside])]
        kept = np.concatenate((np.arange(start), inside, np.arange(end, len(self.lane))))
        lane = np.where(self.lane < last, np.minimum(self.lane, first), self.lane - (last - first - 1))
        return self.at(kept, lane.astype(np.int32), lanes)

    def paged(self, most: int, opened: AbstractSet[str]) -> Touches:
        """Return the touches with most lanes apart and the rest in a lane that opens to the next most of them."""
        apart = int(self.lanes[-1].key == "")
        last = len(self.lanes) - apart
        if last <= most:
            return self
        lanes, moved = list(self.lanes[: most - 1]), np.arange(len(self.lanes), dtype=np.int32)
        at, page = most - 1, 1
        while at < last:
            key = OTHERS if page == 1 else f"{OTHERS}-{page}"
            name, open_now = tr("{count} more").format(count=f"{last - at:,}"), key in opened
            lanes.append(Lane(key, name, opens=True, opened=open_now, ids=(key,)))
            if not open_now:
                break
            shown = range(at, min(at + most, last))
            moved[at : shown.stop] = np.arange(len(lanes), len(lanes) + len(shown))
            lanes += [replace(self.lanes[i], depth=self.lanes[i].depth + 1) for i in shown]
            at, page = shown.stop, page + 1
        rest = self.lanes[last:]
        if at >= last:
            moved[last:] = len(lanes)
            return self.at(slice(None), moved[self.lane], (*lanes, *rest))
        found = self._together(at, last, self.lanes[: at + 1] + rest)
        moved = np.concatenate((moved[:at], np.arange(len(lanes) - 1, len(lanes) + apart, dtype=np.int32)))
        return found.at(slice(None), moved[found.lane], (*lanes, *rest))


def _firsts(*keys: NDArray[np.integer]) -> Mask:
    """Return True where any of the (sorted) keys differs from the one before."""
    first = np.zeros(len(keys[0]), np.bool_)
    first[:1] = True
    for key in keys:
        first[1:] |= key[1:] != key[:-1]
    return first


def _strongest(lane: Ints, row: Ints, touch: Bytes, said: Ints) -> NDArray[np.intp] | slice:
    """Return the place of the strongest entry of each (lane, row), of several the one named first; sorted by both."""
    first = _firsts(lane, row)
    if first.all():
        return slice(None)
    found = np.flatnonzero(first)
    many = np.diff(np.append(found, len(lane))) > 1
    runs, ends = found[many], np.append(found, len(lane))[1:][many]
    lengths = ends - runs
    run = np.repeat(np.arange(len(runs)), lengths)
    inside = np.repeat(runs - (np.cumsum(lengths) - lengths), lengths) + np.arange(len(run))
    inside = inside[np.lexsort((said[inside], touch[inside], run))]
    found[many] = inside[np.cumsum(lengths) - lengths]
    return found


def touches(table: EventTable, kind: LaneKind, opened: frozenset[str], *, text_only: bool) -> Touches:
    """Return the lanes of the whole table and what touches them; every row touches at least one.

    Made once for a table, kind and set of opened lanes; .of(shown) leaves what a filter shows.
    """
    key = f"lanes {kind} {text_only}"
    with _MAKING:  # a worker may be at it already
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
    tree, entries = SOURCES[kind](table, text_only)
    return _in_lanes(size, tree, entries, _opened(tree, entries, opened, auto=kind == "place"))


def _tops(tree: Tree, opened: frozenset[int]) -> dict[int, tuple[int, ...]]:
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


def _opened(tree: Tree, entries: Values, asked: frozenset[str], *, auto: bool) -> frozenset[int]:
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


def _expanded(entries: Values, tops: Mapping[int, tuple[int, ...]], size: int) -> tuple[Ints, Ints]:
    """Return (lane value, entry index) with an entry once for each lane it is shown in."""
    single = np.arange(size, dtype=np.int32)
    for value, lanes in tops.items():
        single[value] = lanes[0]
    first, every = single[entries.value], np.arange(len(entries.value), dtype=np.int32)
    if all(len(lanes) == 1 for lanes in tops.values()):
        return first, every
    lane, entry = [first], [every]
    for value, lanes in tops.items():
        if len(lanes) > 1:
            at = np.flatnonzero(entries.value == value).astype(np.int32)
            for other in lanes[1:]:
                lane.append(np.full(len(at), other, np.int32))
                entry.append(at)
    return np.concatenate(lane), np.concatenate(entry)


def _in_lanes(count: int, tree: Tree, entries: Values, opened: frozenset[int]) -> Touches:
    """Return the touches of all rows, lanes ordered by their number of distinct rows."""
    size = missing = len(tree.ids)
    tops = _tops(tree, opened)
    lane, entry = _expanded(entries, tops, size)
    somewhere = np.zeros(count, np.bool_)
    somewhere[entries.row] = True
    nowhere = np.flatnonzero(~somewhere).astype(np.int32)
    blank = np.zeros(len(nowhere), np.uint8)
    row = entries.row[entry]
    if not ascending(row):
        order = stable_order(row)
        lane, entry, row = lane[order], entry[order], row[order]
    if len(nowhere):
        lane = np.concatenate((lane, np.full(len(nowhere), missing, np.int32)))
        entry, row = np.concatenate((entry, nowhere)), np.concatenate((row, nowhere))
    touch = np.concatenate((entries.touch[entry[: len(entry) - len(nowhere)]], blank + PLAIN))
    order = stable_order(lane)
    order = order[_strongest(lane[order], row[order], touch[order], entry[order])]
    counts = np.bincount(lane[order], minlength=size + 1)
    wanted = _ordered(tree, counts, opened, tops, frozenset(np.flatnonzero(counts).tolist()))
    ends = np.cumsum(counts).tolist()
    order = np.concatenate([order[ends[v] - int(counts[v]) : ends[v]] for v, _ in wanted])
    basis = np.concatenate((entries.basis, np.zeros(1, np.uint8)))
    said = entry[order]
    return Touches(
        tuple(_lane(tree, value, depth, opened) for value, depth in wanted),
        np.repeat(np.arange(len(wanted), dtype=np.int32), counts[[value for value, _ in wanted]]),
        row[order], touch[order], basis[np.where(lane[order] == missing, len(entries.basis), said)], said,
    )  # fmt: skip


def _lane(tree: Tree, value: int, depth: int, opened: frozenset[int]) -> Lane:
    if value == len(tree.ids):
        return Lane("", tr(NOT_STATED))
    record = tree.ids[value]
    opens = any(value in above for above in tree.parents.values())
    ids = (record,) if record[:4] in {"act-", "loc-", "doc-"} else ()
    return Lane(record, tree.names[value], depth, opens, value in opened, ids)


def _ordered(
    tree: Tree,
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


def _below(tree: Tree, opened: frozenset[int], tops: Mapping[int, tuple[int, ...]]) -> dict[int, list[int]]:
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
