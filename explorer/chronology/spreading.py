"""Shortest paths from the dates through the inequalities: the tightest limit of each variable, and by which way.

One direction serves both: greatest lower limits are least upper limits of the negated variables over the reversed
edges. Weights may be negative (a least duration); a feasible assignment, where there is one, serves as potentials, so
that every variable is still settled once (Johnson 1977).
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Longs = NDArray[np.int64]
#: A limit that there is not: above every second, whatever is added to it.
NONE = 2**80
#: In a rank the weakness stands above the length of the way; a fact counts for more than start ≤ end.
WEAKER = 1 << 40
FACT_STEP, OWN_STEP = 8, 1


class Edges(NamedTuple):
    """Inequalities target ≤ source + weight by source (CSR): plain lists, which a loop reads fastest.

    fact: the number of the fact that says so; -1 where a start is simply no later than its end.
    """

    offsets: list[int]
    target: list[int]
    weight: list[int]
    fact: list[int]
    negative: bool

    @classmethod
    def of(cls, count: int, source: Longs, target: Longs, weight: Longs, fact: Longs) -> Edges:
        """Return the edges between count variables, those of a source together."""
        order = np.argsort(source, kind="stable")
        offsets = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(source, minlength=count), out=offsets[1:])
        return cls(
            offsets.tolist(), target[order].tolist(), weight[order].tolist(), fact[order].tolist(),
            bool(len(weight) and weight.min() < 0),
        )  # fmt: skip


class Limits:
    """The least limit of each variable, how well it is founded, and the step by which it came.

    value: seconds, NONE without a limit. rank: weakness × WEAKER + length of the way. via: number of the fact of the
    last step (of the date itself where source is -1), -1 for start ≤ end. source: the variable it came from.
    """

    def __init__(
        self, edges: Edges, weakness: Sequence[int], own: Sequence[tuple[int, int, int, int]]
    ) -> None:
        """Spread own limits (variable, value, weakness, fact) over edges; weakness: of each fact, and 0 at its end."""
        count = len(edges.offsets) - 1
        self.edges, self.weakness, self.own = edges, weakness, own
        self.active = [True] * len(weakness)
        self.value, self.rank = [NONE] * count, [0] * count
        self.via, self.source = [-1] * count, [-1] * count
        self.potentials: list[int] | None = None
        self.circle: list[int] = []

    def solve(self, without: Iterable[int] = (), mirror: Limits | None = None) -> None:
        """Find all limits with some facts left out; circle holds the facts of a circle that cannot be, if there is one.

        mirror: the solved limits of the other direction, whose potentials may serve here, too.
        """
        for fact in without:
            self.active[fact] = False
        if self.edges.negative:
            given = mirror.potentials if mirror is not None else None
            self.potentials = _mirrored(given, self.edges) if given is not None else None
            if self.potentials is None:
                self.potentials, self.circle = potentials(self.edges, self.active)
            if self.circle:
                return
        heap: list[tuple[int, int, int]] = []
        self._begin(heap, self.own)
        self._settle(heap)

    def _begin(self, heap: list[tuple[int, int, int]], own: Iterable[tuple[int, int, int, int]]) -> None:
        offer, active = self._offer, self.active
        for variable, value, weakness, fact in own:
            if active[fact]:
                offer(heap, variable, value, weakness * WEAKER, fact, -1)

    def _offer(
        self, heap: list[tuple[int, int, int]], x: int, value: int, rank: int, fact: int, y: int
    ) -> None:
        """Take a limit of x, that came from y by a fact, where it is better than the one it has."""
        held = self.value[x]
        if value > held or (value == held and rank > self.rank[x]):
            return
        if value == held and rank == self.rank[x]:
            self.via[x], self.source[x] = min((self.via[x], self.source[x]), (fact, y))
            return
        self.value[x], self.rank[x], self.via[x], self.source[x] = value, rank, fact, y
        heapq.heappush(heap, (value if self.potentials is None else value - self.potentials[x], rank, x))

    def _settle(self, heap: list[tuple[int, int, int]]) -> None:
        """Carry limits on, the least first; a variable that has been settled is never improved again."""
        value, rank, active, weakness = self.value, self.rank, self.active, self.weakness
        offsets, target, weight, fact = self.edges[:4]
        shift, offer, pop = self.potentials, self._offer, heapq.heappop
        while heap:
            key, found, y = pop(heap)
            held = value[y]
            if found != rank[y] or key != (held if shift is None else held - shift[y]):
                continue
            for at in range(offsets[y], offsets[y + 1]):
                x, limit = target[at], held + weight[at]
                if limit > value[x]:
                    continue
                by = fact[at]
                if not active[by]:
                    continue
                step = found + (FACT_STEP if by >= 0 else OWN_STEP)
                if step < (least := weakness[by] * WEAKER):
                    step = least + step % WEAKER
                offer(heap, x, limit, step, by, y)

    def drop(self, facts: Iterable[int], incoming: Edges) -> None:
        """Leave more facts out: only what came by them is found anew. incoming: the same edges by their targets."""
        gone = set(facts)
        for fact in gone:
            self.active[fact] = False
        lost = self.resting_on(gone)
        for x in lost:
            self.value[x], self.rank[x], self.via[x], self.source[x] = NONE, 0, -1, -1
        heap: list[tuple[int, int, int]] = []
        among = set(lost)
        self._begin(heap, (own for own in self.own if own[0] in among))
        self._enter(heap, lost, incoming)
        self._settle(heap)

    def _enter(self, heap: list[tuple[int, int, int]], variables: Iterable[int], incoming: Edges) -> None:
        """Offer variables what their neighbours have."""
        offsets, source, weight, fact = incoming[:4]
        for x in variables:
            for at in range(offsets[x], offsets[x + 1]):
                y, by = source[at], fact[at]
                if self.value[y] < NONE and self.active[by]:
                    step = self.rank[y] + (FACT_STEP if by >= 0 else OWN_STEP)
                    if step < (least := self.weakness[by] * WEAKER):
                        step = least + step % WEAKER
                    self._offer(heap, x, self.value[y] + weight[at], step, by, y)

    def resting_on(self, facts: set[int]) -> list[int]:
        """Return the variables whose way holds one of some facts: found by doubling, so also on long ways."""
        via, above = np.array(self.via), np.array(self.source)
        held = np.array([value < NONE for value in self.value])
        marked = np.isin(via, list(facts)) & held
        while (above >= 0).any():
            known = above >= 0
            marked[known] |= marked[above[known]]
            above = np.where(known, above[above], -1)
        return np.flatnonzero(marked).tolist()

    def way(self, variable: int) -> list[tuple[int, int]]:
        """Return the steps behind a limit, nearest first, as (variable it holds for, number of the fact or -1)."""
        steps = []
        if self.value[variable] == NONE:
            return []
        while variable >= 0:
            steps.append((variable, self.via[variable]))
            variable = self.source[variable]
        return steps


def potentials(edges: Edges, active: Sequence[bool]) -> tuple[list[int], list[int]]:
    """Return an assignment that all edges allow, and the facts of a circle of negative weight where there is none."""
    offsets, target, weight, fact = edges[:4]
    count = len(offsets) - 1
    found, source, via = [0] * count, [-1] * count, [-1] * count
    waiting = deque(
        y for y in range(count) if any(weight[at] < 0 for at in range(offsets[y], offsets[y + 1]))
    )
    queued = set(waiting)
    steps = 0
    while waiting:
        y = waiting.popleft()
        queued.discard(y)
        for at in range(offsets[y], offsets[y + 1]):
            x = target[at]
            if found[y] + weight[at] >= found[x] or not active[fact[at]]:
                continue
            found[x], source[x], via[x] = found[y] + weight[at], y, fact[at]
            if x not in queued:
                queued.add(x)
                waiting.append(x)
            steps += 1
            if steps % count == 0 and (circle := _circle(source)):
                return found, sorted({via[each] for each in circle} - {-1})
    return found, []


def _mirrored(given: Sequence[int], edges: Edges) -> list[int] | None:
    """Return an assignment for the negated variables where all edges allow it; None where they do not."""
    found = -np.array(given, np.int64)
    source = np.repeat(np.arange(len(found)), np.diff(edges.offsets))
    fits = found[source] + np.array(edges.weight, np.int64) >= found[np.array(edges.target, np.int64)]
    return found.tolist() if fits.all() else None


def _circle(source: Sequence[int]) -> list[int]:
    """Return the variables on a circle of steps back, [] where there is none."""
    seen = [0] * len(source)
    for start in range(len(source)):
        at = start
        while at >= 0 and not seen[at]:
            seen[at] = start + 1
            at = source[at]
        if at >= 0 and seen[at] == start + 1:
            circle, each = [at], source[at]
            while each != at:
                circle.append(each)
                each = source[each]
            return circle
    return []
