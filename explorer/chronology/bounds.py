"""Four bounds of when something began and ended, what each rests on, and how constraints tighten them.

Rules: design §3a. A constraint is "subject RELATION other", directed: it tightens the subject from the other
and never the reverse. Links between events will add constraints of the same kind.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Literal

from explorer.frozen import frozen
from explorer.model.times import OPEN_FUTURE, OPEN_PAST, day_of, precision_of
from explorer.model.vocabulary import BASES

Side = Literal["start_min", "start_max", "end_min", "end_max"]


@frozen
class Bound:
    """One limit in int64 seconds UTC and what it rests on; an open one rests on nothing.

    basis: code (of BASES) of the weakest support. approx: whether a `~` or `?` is in the chain. because: the
    ids it rests on, nearest first.
    """

    value: int
    basis: int = 0
    approx: bool = False
    because: tuple[str, ...] = ()

    @property
    def finite(self) -> bool:
        """Whether it limits anything."""
        return self.value not in (OPEN_PAST, OPEN_FUTURE)


#: The most ids a bound names: the nearest, and the one where the chain begins (a chain of n would cost n² else).
REASONS = 64
PAST = Bound(OPEN_PAST)
FUTURE = Bound(OPEN_FUTURE)


@frozen
class Bounds:
    """When something began (start_min to start_max) and ended (end_min to end_max), maxima inclusive."""

    start_min: Bound = PAST
    start_max: Bound = FUTURE
    end_min: Bound = PAST
    end_max: Bound = FUTURE

    @property
    def four(self) -> tuple[Bound, Bound, Bound, Bound]:
        """The bounds in the order of the columns: start_min, start_max, end_min, end_max."""
        return self.start_min, self.start_max, self.end_min, self.end_max

    @property
    def undated(self) -> bool:
        """Whether no bound at all is finite: the undated lane."""
        return not any(bound.finite for bound in self.four)

    @property
    def weakest(self) -> int:
        """The weakest basis (code of BASES) over the finite bounds; 0 where none is."""
        return min((bound.basis for bound in self.four if bound.finite), default=0)

    @property
    def approx(self) -> bool:
        """Whether any finite bound is approximate or uncertain."""
        return any(bound.approx for bound in self.four if bound.finite)

    @property
    def precision(self) -> str:
        """The width of the hull in the words of model.md §3."""
        return precision_of(self.start_min.value, self.end_max.value, dated=not self.undated)

    @property
    def inverted(self) -> bool:
        """Whether no time at all fits: a contradiction among what set the bounds."""
        return (
            self.start_min.value > self.start_max.value
            or self.end_min.value > self.end_max.value
            or self.start_min.value > self.end_max.value
        )

    @property
    def core(self) -> tuple[int, int] | None:
        """The seconds it certainly filled, [start_max, end_min]; None where there are none."""
        low, high = self.start_max.value, self.end_min.value
        return (low, high) if low <= high and not self.undated else None

    def as_json(self) -> dict[str, Any]:
        """Return the shape of design §5: inclusive ISO days, null = open; core null or [day, day]."""
        core = self.core
        return {
            "earliest": _day(self.start_min.value),
            "latest": _day(self.end_max.value),
            "core": None if core is None else [_day(core[0]), _day(core[1])],
            "approx": self.approx,
            "precision": self.precision,
            "basis": BASES[self.weakest] if self.weakest else None,
        }


UNDATED = Bounds()


def _day(value: int) -> str | None:
    return None if value in (OPEN_PAST, OPEN_FUTURE) else day_of(value)


@frozen
class Constraint:
    """That subject is before, at or after other or overlaps it, with its own basis and what states it."""

    subject: str
    relation: str
    other: str
    basis: int
    because: tuple[str, ...]


#: relation -> (side of the subject, side of the other that limits it). All non-strict, and closed under
#: start ≤ end: what ends before X also starts before it.
LIMITS: dict[str, tuple[tuple[Side, Side], ...]] = {
    "before": (("end_max", "start_max"), ("start_max", "start_max")),
    "after": (("start_min", "end_min"), ("end_min", "end_min")),
    "overlaps": (("start_max", "end_max"), ("end_min", "start_min")),
    "at": (
        ("start_min", "start_min"),
        ("end_min", "start_min"),
        ("start_max", "end_max"),
        ("end_max", "end_max"),
    ),
}

_SIDES: tuple[Side, ...] = ("start_min", "start_max", "end_min", "end_max")
_Variable = tuple[str, Side]
_Edges = dict[_Variable, list[tuple[_Variable, Constraint]]]


def tighten(own: Mapping[str, Bounds], constraints: Iterable[Constraint]) -> dict[str, Bounds]:
    """Return the bounds of every id of own after all constraints between them, in whatever order they come.

    Subjects are met in the order in which they rest on each other, what lies on or behind a circle all at once:
    O(c log c) in the number of constraints. Of equal limits the better founded is kept. Where constraints
    contradict what an id says of itself, its own bounds stand, and what hangs on it is computed from those.
    """
    by_subject: dict[str, list[Constraint]] = defaultdict(list)
    for constraint in constraints:
        if constraint.subject in own and constraint.other in own:
            by_subject[constraint.subject].append(constraint)
    found = dict(own)
    circular = []
    for subject, ordered in _in_order(by_subject):
        if ordered:
            found[subject] = _met(own[subject], by_subject[subject], found)
        else:
            circular.extend(by_subject[subject])
    return {**found, **_met_at_once(found, circular)} if circular else found


def _in_order(by_subject: Mapping[str, list[Constraint]]) -> Iterator[tuple[str, bool]]:
    """Yield every subject after those it rests on (True), then those on or behind a circle (False)."""
    waiting: dict[str, int] = {}
    dependents: dict[str, list[str]] = defaultdict(list)
    for subject, each in by_subject.items():
        others = {constraint.other for constraint in each} & by_subject.keys()
        waiting[subject] = len(others)
        for other in others:
            dependents[other].append(subject)
    ready = [subject for subject, count in waiting.items() if not count]
    while ready:
        subject = ready.pop()
        del waiting[subject]
        yield subject, True
        for dependent in dependents.get(subject, ()):
            waiting[dependent] -= 1
            if not waiting[dependent]:
                ready.append(dependent)
    yield from ((subject, False) for subject in waiting)


def _met(own: Bounds, constraints: Iterable[Constraint], found: Mapping[str, Bounds]) -> Bounds:
    """Return own tightened by constraints to ids whose bounds are known; own itself where they contradict it."""
    sides = dict(zip(_SIDES, own.four, strict=True))
    for constraint in constraints:
        other = found[constraint.other]
        for mine, theirs in LIMITS[constraint.relation]:
            bound: Bound = getattr(other, theirs)
            if bound.finite:
                reached = _through(bound, constraint)
                sides[mine] = min(sides[mine], reached, key=partial(_rank, -1 if mine.endswith("min") else 1))
    met = Bounds(*sides.values())
    return own if met.inverted else met


def _met_at_once(own: Mapping[str, Bounds], constraints: list[Constraint]) -> dict[str, Bounds]:
    """Return the bounds of the constraints' subjects where these rest on each other in circles.

    A limit reaches each variable once, the tightest first, so that it ends. Subjects that come out contradictory
    lose their constraints, and the rest is computed anew.
    """
    subjects = {constraint.subject for constraint in constraints}
    while True:
        found = _spread(own, constraints, subjects)
        wrong = {subject for subject, bounds in found.items() if bounds.inverted}
        kept = [constraint for constraint in constraints if constraint.subject not in wrong]
        if len(kept) == len(constraints):
            return {subject: own[subject] if subject in wrong else found[subject] for subject in subjects}
        constraints = kept


def _spread(
    own: Mapping[str, Bounds], constraints: list[Constraint], subjects: set[str]
) -> dict[str, Bounds]:
    """Return the bounds of subjects, spread from the ids that have bounds of their own."""
    edges: _Edges = defaultdict(list)
    for constraint in constraints:
        for subject_side, other_side in LIMITS[constraint.relation]:
            edges[constraint.other, other_side].append(((constraint.subject, subject_side), constraint))
    involved = subjects | {constraint.other for constraint in constraints}
    settled = _flood(own, involved, edges, ("start_max", "end_max"), 1)
    settled |= _flood(own, involved, edges, ("start_min", "end_min"), -1)
    empty = dict(zip(_SIDES, UNDATED.four, strict=True))
    return {
        subject: Bounds(*(settled.get((subject, side), empty[side]) for side in _SIDES))
        for subject in subjects
    }


def _flood(
    own: Mapping[str, Bounds],
    involved: Iterable[str],
    edges: _Edges,
    sides: tuple[Side, Side],
    sign: Literal[1, -1],
) -> dict[_Variable, Bound]:
    """Return the tightest limit of each variable: least maximum (sign 1) or greatest minimum (sign -1)."""
    open_value = OPEN_FUTURE if sign == 1 else OPEN_PAST
    heap = [
        (*_rank(sign, bound), (record_id, side), bound)
        for record_id in involved
        for side in sides
        if (bound := getattr(own[record_id], side)).value != open_value
    ]
    heapq.heapify(heap)
    settled: dict[_Variable, Bound] = {}
    while heap:
        *_, variable, bound = heapq.heappop(heap)
        if variable in settled:
            continue
        settled[variable] = bound
        for target, constraint in edges.get(variable, ()):
            if target not in settled and bound.finite:
                reached = _through(bound, constraint)
                heapq.heappush(heap, (*_rank(sign, reached), target, reached))
    return settled


def _rank(sign: int, bound: Bound) -> tuple[int, int, bool, int, tuple[str, ...]]:
    """Return the order in which limits settle: tightest, then best founded, exact, nearest, then by id."""
    return sign * bound.value, -bound.basis, bound.approx, len(bound.because), bound.because


def _through(bound: Bound, constraint: Constraint) -> Bound:
    """Return a limit as it reaches the subject: the weakest basis and any approximation travel along."""
    because = constraint.because + tuple(each for each in bound.because if each not in constraint.because)
    if len(because) > REASONS:
        because = (*because[: REASONS - 1], because[-1])
    return Bound(bound.value, min(bound.basis, constraint.basis), bound.approx, because)
