"""Facts that cannot all hold: found where a floor lies above a ceiling, cut down until none can be spared.

An irreducible set is a negative circle of the network and nothing besides (deletion filter, Chinneck 1997). Of each one
fact is set aside, so that the rest of the case still gets bounds: the weakest, and of equals the one that says least.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from explorer.chronology.facts import Fact, Timed
from explorer.chronology.network import Network
from explorer.chronology.spreading import NONE, WEAKER
from explorer.frozen import frozen

_SAID = {"link": 0, "anchor": 1, "duration": 2, "date": 3}


@frozen
class Contradiction:
    """Facts that cannot all hold, any one of which away the rest can; set_aside is the one that was left out."""

    facts: tuple[Fact, ...]
    set_aside: Fact


class Solution:
    """The limits of a network once what contradicts is set aside."""

    def __init__(self, records: Mapping[str, Timed], network: Network) -> None:
        """Solve a network; raises nothing, however much contradicts."""
        self.records, self.network = records, network
        self.contradictions: list[Contradiction] = []
        self._aside: set[int] = set()
        self._solve()
        while found := self._round():
            self._leave_out(found)

    def _solve(self) -> None:
        """Find all limits, and take a fact out of every circle that no dates are needed to see."""
        while True:
            self.ceilings, self.floors = self.network.ceilings(), self.network.floors()
            for limits, mirror in ((self.ceilings, None), (self.floors, self.ceilings)):
                limits.solve(self._aside, mirror)
                if limits.circle:
                    taken = self._take([self.network.facts[number] for number in limits.circle], None)
                    self._rebuild_without_dates([taken])
                    break
            else:
                return

    def _rebuild_without_dates(self, numbers: list[int]) -> bool:
        """Make the network anew where a document lost its date, and so bounds nothing; return whether it did."""
        facts = self.network.facts
        if not any(self._is_of_document(facts[number]) for number in numbers):
            return False
        kept = [fact for number, fact in enumerate(facts) if number not in self._aside]
        self.network, self._aside = Network.of(self.records.values(), kept), set()
        return True

    def _leave_out(self, numbers: list[int]) -> None:
        """Find anew what rested on facts now set aside."""
        if self._rebuild_without_dates(numbers) or self.ceilings.edges.negative:
            self._solve()
            return
        self.ceilings.drop(numbers, self.network.upward(incoming=True))
        self.floors.drop(numbers, self.network.downward(incoming=True))

    def _is_of_document(self, fact: Fact) -> bool:
        return self.records[fact.record].is_document if fact.record in self.records else False

    def _round(self) -> list[int]:
        """Take one fact out of each contradiction that no other fact of this round dissolves; return which."""
        taken: list[int] = []
        spoilt = np.zeros((2, 2 * len(self.network.ids)), np.bool_)
        for variable, number in self._conflicts():
            if spoilt[:, variable].any() or number in self._aside:
                continue
            ways = [*self.ceilings.way(variable), *(self.floors.way(variable) if number is None else ())]
            numbers = {fact for _, fact in ways if fact >= 0} | ({number} if number is not None else set())
            facts = [self.network.facts[each] for each in numbers]
            aside = self._take(facts, self.network.ids[variable >> 1])
            taken.append(aside)
            for row, limits in enumerate((self.ceilings, self.floors)):
                spoilt[row, limits.resting_on({aside})] = True
        return taken

    def _conflicts(self) -> Iterator[tuple[int, int | None]]:
        """Yield each variable whose limits cannot be, those of short ways first, then the better founded.

        With it the date that says that it is still going on, where it is that which has a ceiling.
        """
        ceilings, floors = self.ceilings, self.floors
        found: list[tuple[int, int, int, int | None]] = []
        for variable, (high, low) in enumerate(zip(ceilings.value, floors.value, strict=True)):
            if high < NONE and low < NONE and high < -low:
                up, down = ceilings.rank[variable], floors.rank[variable]
                found.append((_length(up) + _length(down), max(up, down), variable, None))
        for record, lasting in self.network.open_end.items():
            end = 2 * record + 1
            if ceilings.value[end] < NONE and ceilings.active[lasting]:
                found.append((_length(ceilings.rank[end]), ceilings.rank[end], end, lasting))
        for *_, variable, number in sorted(found, key=lambda each: each[:3]):
            yield variable, number

    def _take(self, facts: Sequence[Fact], record: str | None) -> int:
        """Report the contradiction among some facts and set one of it aside; return which."""
        least = irreducible(self.records, sorted({*facts, *self._dates_between(facts)}))
        candidates = least
        if record is not None and not self._speaks(record):
            candidates = [fact for fact in least if record in (fact.record, fact.subject, fact.other)]
        aside = min(candidates, key=self._weakness)
        self.contradictions.append(Contradiction(tuple(least), aside))
        number = self.network.facts.index(aside)
        self._aside.add(number)
        return number

    def _dates_between(self, facts: Sequence[Fact]) -> Iterator[Fact]:
        """Yield what dates the documents that facts compare with: without a date these would bound nothing."""
        documents = {fact.other for fact in facts if fact.other and self.records[fact.other].is_document}
        if documents:
            for number, fact in enumerate(self.network.facts):
                if fact.record in documents and number not in self._aside:
                    yield fact

    def _speaks(self, record: str) -> bool:
        return not self.network.silent[self.network.index[record]]

    def _weakness(self, fact: Fact) -> tuple[int, int, bool, tuple[str, str, str]]:
        """Return the order in which facts are given up: by basis, interpretations before dates, then by id."""
        return fact.basis, _SAID[fact.kind], self._is_of_document(fact), fact.key


def _length(rank: int) -> int:
    return rank % WEAKER


def consistent(records: Mapping[str, Timed], facts: Sequence[Fact]) -> bool:
    """Return whether some times satisfy all of a few facts at once."""
    named = {name for fact in facts for name in (fact.subject, fact.other) if name}
    network = Network.of([records[name] for name in named], facts)
    ceilings, floors = network.ceilings(), network.floors()
    for limits in (ceilings, floors):
        limits.solve()
        if limits.circle:
            return False
    crossed = any(
        high < NONE and low < NONE and high < -low
        for high, low in zip(ceilings.value, floors.value, strict=True)
    )
    ended = any(ceilings.value[2 * record + 1] < NONE for record in network.open_end)
    return not (crossed or ended)


def irreducible(records: Mapping[str, Timed], facts: Sequence[Fact]) -> list[Fact]:
    """Return facts of which none can be spared, out of some that contradict, whatever their order.

    Facts that follow each other through a record of which nothing else is said are needed or spared together, so that
    a long chain costs few trials.
    """
    kept = sorted(facts)
    for group in _together(kept):
        without = [fact for fact in kept if fact not in group]
        if not consistent(records, without):
            kept = without
    return kept


def _together(facts: Sequence[Fact]) -> list[set[Fact]]:
    """Return the facts in the groups that stand or fall together, in the order of their first keys."""
    touching: dict[str, list[Fact]] = {}
    for fact in facts:
        for record in {fact.subject, fact.other} - {""}:
            touching.setdefault(record, []).append(fact)
    groups = {fact: {fact} for fact in facts}
    for each in touching.values():
        if len(each) == 2 and all(fact.other for fact in each):
            one, two = (groups[fact] for fact in each)
            if one is not two:
                one, two = (one, two) if len(one) > len(two) else (two, one)
                one |= two
                groups.update(dict.fromkeys(two, one))
    return list({id(group): group for group in groups.values()}.values())
