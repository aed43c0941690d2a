"""Reported order: rungs are the topological layers of what the links say, merged with the dated starts (design §4).

A record's place is (date, phase, level, words): date is the latest start that it or anything before it has, level
how many links it comes after that. So links and dates never contradict each other on the ladder; circles of links
are kept together on one rung. Parts give no rung of their own: a part without an order of its own stands where its
whole begins, and a whole spans the rungs of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import (
    BASES,
    LINK_TYPES,
    MODALITIES,
    OPEN_FUTURE,
    OPEN_PAST,
    Bytes,
    EventTable,
    Ints,
    Longs,
    Mask,
    TimeColumns,
)
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.layout.rungs import level_edges, rung_edges
from explorer.query.circles import REFERENCE

_ORDER = tuple(LINK_TYPES.index(kind) for kind in ("before", "causes", "enables"))
_RESPONSE = LINK_TYPES.index("in_response_to")
_PART_OF = LINK_TYPES.index("part_of")
_CONTAINS = LINK_TYPES.index("contains")
_ASSERTED = MODALITIES.index("asserted")
_NONE, _STATED = BASES.index("none"), BASES.index("stated")
_BEFORE, _AT, _APART = (
    -1,
    0,
    1,
)  # phases: before a date · at it or linked after it · in order, but tied to no date


@frozen
class Rung:
    """dated: the rung's words are a date, from the bounds of row `example`; else "then" or "no date".

    basis: the weakest basis of what put its records here (code of BASES). phase: -1 before the next date, 0 at or
    after the last one, 1 tied to no date. level: links after the first of its stretch.
    """

    dated: bool
    example: int
    basis: int
    phase: int
    level: int


@frozen(eq=False)
class Ladder:
    """rungs from first to last; first, last: int32 (n,) the rungs a row spans, -1 = no order given.

    times: what the words of the rungs are made of; edges: float64 (rungs + 1,) where each begins, in units of a
    middling one: the whole ladder reaches from -0.5 to rungs - 0.5.
    """

    rungs: tuple[Rung, ...]
    first: Ints
    last: Ints
    times: TimeColumns | None = None
    edges: NDArray[np.float64] = field(default_factory=lambda: level_edges(0))

    @property
    def middles(self) -> NDArray[np.float64]:
        """Where the line of each rung stands."""
        found: NDArray[np.float64] = (self.edges[:-1] + self.edges[1:]) / 2
        return found

    def span(self, rows: Ints) -> tuple[float, float] | None:
        """Return from where to where rows stand; None where none of them has a place."""
        first, last = self.first[rows], self.last[rows]
        placed = first >= 0
        if not placed.any():
            return None
        return float(self.edges[first[placed].min()]), float(self.edges[last[placed].max() + 1])

    def narrowed(self, rows: Ints) -> Ladder:
        """Return the ladder with only the rungs on which one of rows stands or ends."""
        used = distinct(np.concatenate((self.first[rows], self.last[rows])))
        used = used[used >= 0]
        position = np.searchsorted(used, np.arange(len(self.rungs)))
        lookup = np.concatenate((position, [-1])).astype(np.int32)  # index -1 stays -1
        kept = tuple(self.rungs[i] for i in used.tolist())
        narrow = Ladder(kept, lookup[self.first], lookup[self.last], self.times)
        return Ladder(kept, narrow.first, narrow.last, self.times, rung_edges(narrow, self.times))


def default_axis(table: EventTable) -> str:
    """Return "order" where fewer than a fifth of the records have a finite start from the text, else "calendar"."""
    dated = int((table.text_time.start_min != OPEN_PAST).sum())
    return "order" if dated * 5 < len(table) else "calendar"


def ladder(table: EventTable, *, text_only: bool = False) -> Ladder:
    """Return the ladder of the whole table (made once for each table: a filter only takes rungs away)."""
    key = f"ladder {text_only}"
    if key not in table.derived:
        table.derived[key] = _ladder(table, text_only)
    made: Ladder = table.derived[key]
    return made


def _ladder(table: EventTable, text_only: bool) -> Ladder:
    times = table.times(text_only=text_only)
    edges, parts, linked_basis = _edges(table, text_only)
    dated = times.start_min != OPEN_PAST
    placed = dated.copy()
    placed[edges.ravel()] = True
    pairs = parts.tolist()
    bare = {
        whole for whole, part in pairs if placed[part] and not placed[whole]
    }  # spans its parts, and no more
    inner = [(whole, part) for whole, part in pairs if placed[whole] and part not in bare]
    graph = _Graph(edges.tolist(), inner)
    keys, has_key = _keys(times.start_min, times.end_max, dated, graph)
    own = dated & (keys[:, 0] == times.start_min) & (keys[:, 3] == np.minimum(times.end_max, OPEN_FUTURE - 1))
    rung_of, rungs = _rungs(keys, has_key, own, times, linked_basis)
    first, last = _spanned(rung_of, parts)
    made = Ladder(rungs, first, last, times)
    return Ladder(rungs, first, last, times, rung_edges(made, times))


def _edges(table: EventTable, text_only: bool) -> tuple[Ints, Ints, Bytes]:
    """Return (earlier, later) pairs, (whole, part) pairs, and for each row the weakest basis of a link into it."""
    links = table.links
    kept = links.modality == _ASSERTED
    kept &= links.source != links.target
    if text_only:
        kept &= links.basis != REFERENCE
    forward = kept & np.isin(links.type, _ORDER)
    back = kept & (links.type == _RESPONSE)
    edges = np.concatenate((
        np.stack((links.source[forward], links.target[forward]), axis=1),
        np.stack((links.target[back], links.source[back]), axis=1),
    ))  # fmt: skip
    inside, holds = kept & (links.type == _PART_OF), kept & (links.type == _CONTAINS)
    parts = np.concatenate((
        np.stack((links.target[inside], links.source[inside]), axis=1),
        np.stack((links.source[holds], links.target[holds]), axis=1),
    ))  # fmt: skip
    basis = np.full(len(table), _STATED, np.uint8)
    later = np.concatenate((links.target[forward], links.source[back]))
    np.minimum.at(basis, later, np.concatenate((links.basis[forward], links.basis[back])))
    return edges.astype(np.int32), parts.astype(np.int32), basis


class _Graph:
    """The linked rows, circles drawn together, in an order in which everything comes after what it follows."""

    def __init__(self, edges: list[list[int]], parts: list[tuple[int, int]]) -> None:
        ahead: dict[int, list[int]] = {}
        for earlier, later in [*edges, *parts]:
            ahead.setdefault(earlier, []).append(later)
            ahead.setdefault(later, [])
        self.members = list(reversed(list(_components({k: sorted(v) for k, v in sorted(ahead.items())}))))
        self.of = {row: i for i, members in enumerate(self.members) for row in members}
        self.before: list[dict[int, int]] = [{} for _ in self.members]
        for pairs, weight in ((edges, 1), (parts, 0)):
            for earlier, later in pairs:
                source, target = self.of[earlier], self.of[later]
                if source != target:
                    self.before[target][source] = max(weight, self.before[target].get(source, 0))
        self.after: list[list[int]] = [[] for _ in self.members]
        for target, sources in enumerate(self.before):
            for source in sources:
                self.after[source].append(target)


def _components(ahead: dict[int, list[int]]) -> Iterator[list[int]]:
    """Yield strongly connected components, every one after all that it leads to (Tarjan, without recursion)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    waiting: set[int] = set()
    for root in (node for node in ahead if node not in index):
        work = [(root, iter(ahead[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        waiting.add(root)
        while work:
            node, children = work[-1]
            child = next(children, None)
            if child is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    cut = stack.index(node)
                    waiting.difference_update(stack[cut:])
                    yield sorted(stack[cut:])
                    del stack[cut:]
            elif child not in index:
                index[child] = low[child] = len(index)
                stack.append(child)
                waiting.add(child)
                work.append((child, iter(ahead[child])))
            elif child in waiting:
                low[node] = min(low[node], index[child])


_Place = tuple[int, int]  # (date, phase)


def _places(graph: _Graph, start: Longs, dated: Mask) -> list[_Place]:
    """Return (date, phase) of each component: never earlier than that of anything before it."""
    places: list[_Place | None] = []
    for i, members in enumerate(graph.members):
        own = [int(start[row]) for row in members if dated[row]]
        found: list[_Place] = [place for j in graph.before[i] if (place := places[j]) is not None]
        places.append(max([*found, *([(max(own), _AT)] if own else [])], default=None))
    while _filled_in(places, graph):
        pass
    return [place or (OPEN_FUTURE, _APART) for place in places]


def _filled_in(places: list[_Place | None], graph: _Graph) -> bool:
    """Place what is tied to a placed component but has no place yet: before what follows it, else after what precedes.

    Return whether anything was placed; going on until nothing is leaves no link contradicted.
    """
    missing = places.count(None)
    for i in reversed(range(len(places))):
        if places[i] is None:
            later = [place for j in graph.after[i] if (place := places[j]) is not None]
            places[i] = min(((date, _BEFORE) for date, _ in later), default=None)
    for i in range(len(places)):
        if places[i] is None:
            places[i] = max((p for j in graph.before[i] if (p := places[j]) is not None), default=None)
    return places.count(None) < missing


def _keys(start: Longs, end: Longs, dated: Mask, graph: _Graph) -> tuple[Longs, Mask]:
    """Return int64 (n, 4) sort keys (date, phase, level, words) and which rows have one.

    words: the latest end for a row that stands by its own date (so that a rung has one wording), OPEN_FUTURE for
    one that stands by its links.
    """
    keys = np.zeros((len(start), 4), np.int64)
    keys[:, 0] = start
    keys[:, 3] = np.minimum(end, OPEN_FUTURE - 1)
    has = dated.copy()
    places = _places(graph, start, dated)
    level = [0] * len(places)
    words: list[int] = []
    for i, (date, phase) in enumerate(places):
        near = {j: weight for j, weight in graph.before[i].items() if places[j] == places[i]}
        level[i] = max((level[j] + weight for j, weight in near.items()), default=0)
        own = [
            int(keys[row, 3])
            for row in graph.members[i]
            if dated[row] and start[row] == date and phase == _AT
        ]
        inherited = [words[j] for j, weight in near.items() if not weight and level[j] == level[i]]
        words.append(min([*own, *([] if own else inherited)], default=OPEN_FUTURE))
        keys[graph.members[i]] = (date, phase, level[i], words[i])
        has[graph.members[i]] = True
    return keys, has


def _rungs(
    keys: Longs, has: Mask, own_date: Mask, times: TimeColumns, linked_basis: Bytes
) -> tuple[Ints, tuple[Rung, ...]]:
    """Return the rung of each row (-1 = none) and the rungs; own_date: rows that stand by a date of their own."""
    rows = np.flatnonzero(has)
    rung_of = np.full(len(keys), -1, np.int32)
    if not len(rows):
        return rung_of, ()
    order = rows[np.lexsort(keys[rows].T[::-1])]
    new = np.ones(len(order), np.bool_)
    new[1:] = (keys[order][1:] != keys[order][:-1]).any(axis=1)
    rung_of[order] = np.cumsum(new) - 1
    rungs = []
    for members in np.split(order, np.flatnonzero(new)[1:]):
        _, phase, level, words = keys[members[0]].tolist()
        own = members[own_date[members] & (phase == _AT)] if words != OPEN_FUTURE else members[:0]
        basis = times.basis[own, 0] if len(own) else linked_basis[members]
        basis = basis[basis != _NONE]
        example = _example(own, times) if len(own) else int(members[0])
        rungs.append(Rung(bool(len(own)), example, int(basis.min()) if len(basis) else _NONE, phase, level))
    return rung_of, tuple(rungs)


def _example(own: NDArray[np.integer], times: TimeColumns) -> int:
    """Return the row whose date words a rung, the same in whatever order rows were entered: "about" before others."""
    order = np.lexsort((*times.approx[own].T, times.end_min[own], times.start_max[own]))
    return int(own[order[-1]])


def _spanned(rung_of: Ints, parts: Ints) -> tuple[Ints, Ints]:
    """Return (first, last): a whole spans the rungs of its parts, and theirs; a part follows nobody here."""
    first, last = rung_of.astype(np.int64), rung_of.copy()
    first[first < 0] = np.iinfo(np.int32).max
    for _ in range(64):
        before = (first.copy(), last.copy())
        np.minimum.at(first, parts[:, 0], first[parts[:, 1]])
        np.maximum.at(last, parts[:, 0], last[parts[:, 1]])
        if np.array_equal(before[0], first) and np.array_equal(before[1], last):
            break
    first[last < 0] = -1
    return first.astype(np.int32), last
