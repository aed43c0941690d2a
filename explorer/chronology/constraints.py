"""When everything in a case was, by all that its facts say together: bounds, why they are so, and what contradicts.

The front door of the package (design §3a): records and links in, a Chronology out. Bounds are worked out at once, the
chain of facts behind one only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.chronology.bounds import FUTURE, PAST, REASONS, UNDATED, Bound, Bounds, Side
from explorer.chronology.contradictions import Contradiction, Solution
from explorer.chronology.facts import CODES, Fact, Raw, Timed, facts_of, survivors
from explorer.chronology.network import Network
from explorer.chronology.spreading import NONE, WEAKER, Limits
from explorer.model.memory import collector_paused
from explorer.model.times import OPEN_FUTURE, OPEN_PAST

#: side -> (0 start or 1 end, whether it is a ceiling).
_SIDES: dict[Side, tuple[int, bool]] = {
    "start_min": (0, False), "start_max": (0, True), "end_min": (1, False), "end_max": (1, True),
}  # fmt: skip


#: Of each variable: code of BASES, whether approximate, the variable where the way begins.
_Founded = tuple[list[int], list[bool], list[int]]


class Chronology:
    """The bounds of every record of a case, with the chain of facts behind each, and its contradictions."""

    def __init__(
        self, records: Mapping[str, Timed], facts: Iterable[Fact], elsewhere: Mapping[str, Chronology] | None = None
    ) -> None:  # fmt: skip
        """Solve what is said of some records; elsewhere: where others lie, with which these have nothing to do."""
        self.own_records, self._elsewhere = records, elsewhere or {}
        self.own_facts = frozenset(facts)
        self._solution = Solution(records, Network.of(records.values(), self.own_facts))

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The sets of facts that cannot all hold, in the order of their facts."""
        found = [*self._solution.contradictions]
        for part in dict.fromkeys(self._elsewhere.values()):
            found += [each for each in part.own_contradictions if self._lies_in(each.facts[0], part)]
        return tuple(sorted(found, key=lambda each: each.facts))

    @property
    def own_contradictions(self) -> Sequence[Contradiction]:
        """Those among the facts that were solved here."""
        return self._solution.contradictions

    def changed(
        self, records: Iterable[Timed], links: Iterable[Raw] = (), *, text_only: bool = False
    ) -> Chronology:
        """Return what chronology_of says of changed records and links; only what hangs on a change is solved anew.

        text_only: as it was for this one.
        """
        with collector_paused():
            known = {record.record: record for record in records}
            facts = frozenset(facts_of(known.values(), links, survivors(known), text_only=text_only))
            before = self._all_facts()
            moved = {name for fact in facts ^ before for name in (fact.subject, fact.other) if name}
            moved |= {name for name, record in known.items() if self._record(name) != record}
            affected = _reached(moved, facts | before)
            mine = {name: record for name, record in known.items() if name in affected}
            elsewhere = {name: self._elsewhere.get(name, self) for name in known if name not in affected}
            return Chronology(mine, (fact for fact in facts if fact.subject in affected), elsewhere)

    def _all_facts(self) -> frozenset[Fact]:
        parts = dict.fromkeys(self._elsewhere.values())
        return self.own_facts.union(
            fact for part in parts for fact in part.own_facts if self._lies_in(fact, part)
        )

    def _record(self, name: str) -> Timed | None:
        return self._elsewhere.get(name, self).own_records.get(name)

    def _lies_in(self, fact: Fact, part: Chronology) -> bool:
        return self._elsewhere.get(fact.subject) is part

    @property
    def set_aside(self) -> tuple[Fact, ...]:
        """The facts that were left out, so that the others can hold."""
        return tuple(contradiction.set_aside for contradiction in self.contradictions)

    def __contains__(self, record: str) -> bool:
        return record in self._elsewhere or record in self._solution.network.index

    def bounds(self, record: str) -> Bounds:
        """Return the bounds of a record; undated where nothing is said of it."""
        if record in self._elsewhere:
            return self._elsewhere[record].bounds(record)
        if record not in self:
            return UNDATED
        return Bounds(*(self._bound(record, side) for side in _SIDES))

    def reasons(self, record: str, side: Side) -> tuple[Fact, ...]:
        """Return the facts that set one bound, nearest first, the date that it comes from last; () where it is open."""
        if record in self._elsewhere:
            return self._elsewhere[record].reasons(record, side)
        if record not in self:
            return ()
        limits, variable = self._limits(record, side)
        facts = self._solution.network.facts
        return tuple(dict.fromkeys(facts[number] for _, number in limits.way(variable) if number >= 0))

    def four(self, record: str) -> tuple[int, int, int, int]:
        """Return the values of the four bounds in seconds, open ones as OPEN_PAST and OPEN_FUTURE."""
        if record in self._elsewhere:
            return self._elsewhere[record].four(record)
        at = self._solution.network.index[record]
        start_min, start_max, end_min, end_max = (self._value(at, *_SIDES[side]) for side in _SIDES)
        return start_min, start_max, end_min, end_max

    def _limits(self, record: str, side: Side) -> tuple[Limits, int]:
        end, ceiling = _SIDES[side]
        solution = self._solution
        return (solution.ceilings if ceiling else solution.floors), 2 * solution.network.index[record] + end

    def _value(self, at: int, end: int, ceiling: bool) -> int:
        solution, variable = self._solution, 2 * at + end
        value = (solution.ceilings if ceiling else solution.floors).value[variable]
        if self._is_open(at, end, ceiling):
            return OPEN_FUTURE if end else OPEN_PAST
        if abs(value) >= OPEN_FUTURE:  # none, or past what a column holds
            return OPEN_FUTURE if ceiling else OPEN_PAST
        return value if ceiling else -value

    def _is_open(self, at: int, end: int, ceiling: bool) -> bool:
        """Return whether a date says of this bound that it is open: still going on, or begun before all memory."""
        solution = self._solution
        if end and not ceiling:
            number = solution.network.open_end.get(at, -1)
            return number >= 0 and solution.ceilings.active[number]
        if ceiling and not end:
            number = solution.network.open_start.get(at, -1)
            begun = solution.floors.value[2 * at] == NONE
            return number >= 0 and begun and solution.ceilings.active[number]
        return False

    def _bound(self, record: str, side: Side) -> Bound:
        end, ceiling = _SIDES[side]
        value = self._value(self._solution.network.index[record], end, ceiling)
        if value in (OPEN_PAST, OPEN_FUTURE):
            return FUTURE if value == OPEN_FUTURE else PAST
        limits, variable = self._limits(record, side)
        weakest, approximate, roots = self._founded[ceiling]
        basis, approx, root = weakest[variable], approximate[variable], roots[variable]
        if self.own_records[record].is_document and root != variable:
            basis = min(basis, CODES["inferred"])  # what its date must be, not what it says
        return Bound(value, basis, approx, self._because(record, limits, variable, root))

    @cached_property
    def _founded(self) -> tuple[_Founded, _Founded]:
        """What floors and ceilings rest on, all at once: basis, whether approximate, the variable whose date it is."""
        facts, solution = self._solution.network.facts, self._solution
        basis = np.array([*(fact.basis for fact in facts), CODES["stated"]])
        approx = np.array([*(fact.approx for fact in facts), False])
        one, two = (_founded(limits, basis, approx) for limits in (solution.floors, solution.ceilings))
        return one, two

    def _because(self, record: str, limits: Limits, variable: int, root: int) -> tuple[str, ...]:
        """Return the ids that a limit rests on, nearest first; of a long way the nearest and its far end."""
        network = self._solution.network
        found = dict.fromkeys([record])
        while variable >= 0 and len(found) < REASONS:
            found |= dict.fromkeys(self._named(network, limits, variable))
            variable = limits.source[variable]
        if variable < 0 and len(found) <= REASONS:
            return tuple(found)
        return (*list(found)[: REASONS - 1], self._named(network, limits, root)[-1])

    @staticmethod
    def _named(network: Network, limits: Limits, variable: int) -> list[str]:
        """Return the ids that one step of a limit's way names."""
        found, number = [network.ids[variable >> 1]], limits.via[variable]
        return (
            found if number < 0 else [*found, network.facts[number].record, *network.facts[number].citations]
        )


def _founded(limits: Limits, basis: NDArray[Any], approx: NDArray[Any]) -> _Founded:
    """Return of every limit its weakest basis, whether anything on its way is approximate, and where the way begins.

    Ways are followed by doubling. Of a date, the end that the limit comes from alone says whether it is approximate.
    """
    via, above = np.array(limits.via), np.array(limits.source)
    rank = np.array([rank // WEAKER for rank in limits.rank])
    weakest, flags = basis[via], np.where(above < 0, rank % 2 == 1, approx[via])
    root = np.arange(len(via))
    while (known := above >= 0).any():
        further = above[known]
        weakest[known] = np.minimum(weakest[known], weakest[further])
        flags[known] |= flags[further]
        root[known] = root[further]
        above[known] = above[further]
    return weakest.tolist(), flags.tolist(), root.tolist()


def _reached(names: Iterable[str], facts: Iterable[Fact]) -> set[str]:
    """Return all records that facts tie to some names, however far."""
    beside: dict[str, list[str]] = {}
    for fact in facts:
        if fact.other:
            beside.setdefault(fact.subject, []).append(fact.other)
            beside.setdefault(fact.other, []).append(fact.subject)
    found, waiting = set(names), list(names)
    while waiting:
        for other in beside.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def chronology_of(
    records: Iterable[Timed], links: Iterable[Raw] = (), *, text_only: bool = False
) -> Chronology:
    """Return when all records of a case were, by their dates, anchors, durations and links together.

    text_only leaves out every fact whose basis is reference, and so what rests on it. Raises EdtfError only for a date
    that was never validated.
    """
    with collector_paused():
        known = {record.record: record for record in records}
        return Chronology(known, facts_of(known.values(), links, survivors(known), text_only=text_only))


__all__ = ["CODES", "Chronology", "Contradiction", "Fact", "Timed", "chronology_of"]
