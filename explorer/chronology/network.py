"""All times of a case as a simple temporal network (Dechter, Meiri, Pearl 1991): two variables a record, differences.

Variable 2i is the start of record i, 2i + 1 its end; records and facts are numbered in the order of their ids, so that
nothing depends on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from explorer.chronology.facts import CODES, RELATIONS, Fact, Timed
from explorer.chronology.spreading import Edges, Limits, Longs
from explorer.model.times import OPEN_FUTURE, OPEN_PAST, parse_edtf

_STATED = CODES["stated"]
#: Of a date: (variable, whether it is a ceiling) of its four bounds in the order of Bounds.
_SIDES = ((0, False), (0, True), (1, False), (1, True))


class _Arrays(NamedTuple):
    """Inequalities low ≤ high + weight and the facts that say so, all int64 of one length."""

    low: Longs
    high: Longs
    weight: Longs
    fact: Longs


class Network:
    """The variables, inequalities and own limits of a set of facts; ceilings and floors spread over it apart."""

    def __init__(self, ids: Sequence[str], facts: Sequence[Fact], silent: set[str]) -> None:
        """Take the facts between some records, sorted by their keys; silent: ids that are bounded and bound nothing."""
        self.ids, self.facts = ids, facts
        self.index = {record: at for at, record in enumerate(ids)}
        self.silent = np.zeros(len(ids), np.bool_)
        self.silent[[self.index[record] for record in silent]] = True
        self.weakness = [*(2 * (_STATED - fact.basis) + fact.approx for fact in facts), 0]
        self.open_end: dict[int, int] = {}
        self.open_start: dict[int, int] = {}
        self._ceilings: list[tuple[int, int, int, int]] = []
        self._floors: list[tuple[int, int, int, int]] = []
        self._durations: list[tuple[int, int, int, int]] = []
        self._arrays = self._inequalities()

    @classmethod
    def of(cls, records: Iterable[Timed], facts: Iterable[Fact]) -> Network:
        """Return the network of records and what is said of them; a document without a date bounds nothing."""
        ordered = sorted(facts)
        dated = {fact.record for fact in ordered if fact.path == "published"}
        silent, ids = set(), []
        for record in records:
            ids.append(record.record)
            if (
                not record.asserted
                or record.merged_into
                or (record.is_document and record.record not in dated)
            ):
                silent.add(record.record)
        return cls(sorted(ids), ordered, silent)

    def _inequalities(self) -> _Arrays:
        """Return every inequality between variables; what one record says of itself comes to its own limits."""
        count = len(self.ids)
        by_relation: dict[str, tuple[list[int], list[int], list[int]]] = {}
        for number, fact in enumerate(self.facts):
            at = self.index[fact.subject]
            if fact.kind == "date":
                self._own(at, number, fact.edtf)
            elif fact.kind == "duration":
                self._lasts(at, number, fact)
            else:
                subjects, others, numbers = by_relation.setdefault(fact.relation, ([], [], []))
                subjects.append(2 * at)
                others.append(2 * self.index[fact.other])
                numbers.append(number)
        starts = 2 * np.arange(count, dtype=np.int64)
        nothing, nobody = np.zeros(count, np.int64), np.full(count, -1, np.int64)
        found: list[tuple[Longs, Longs, Longs, Longs]] = [(starts, starts + 1, nothing, nobody)]
        for relation, lists in sorted(by_relation.items()):
            subject, other, numbered = (np.array(each, np.int64) for each in lists)
            ends = (subject, subject + 1, other, other + 1)
            for one, two in RELATIONS[relation]:
                found.append((ends[one], ends[two], np.zeros(len(numbered), np.int64), numbered))
        lasting = np.array(self._durations, np.int64).reshape(-1, 4)
        found.append((lasting[:, 0], lasting[:, 1], lasting[:, 2], lasting[:, 3]))
        return _Arrays(*(np.concatenate(each) for each in zip(*found, strict=True)))

    def _own(self, at: int, number: int, edtf: str) -> None:
        """Take the limits of a date. An open end is still going on; an open start says no more than an unknown one."""
        read = parse_edtf(edtf)
        approx = (read.approx_start, read.approx_end)
        ends = (
            (read.start_min, read.start_max, read.end_min, read.end_max)
            if read.kind == "interval"
            else (read.start_min, read.end_max, read.start_min, read.end_max)
        )
        weakness = 2 * (_STATED - self.facts[number].basis)
        for (side, ceiling), value in zip(_SIDES, ends, strict=True):
            if value not in (OPEN_PAST, OPEN_FUTURE):
                # the lower bound of a point or set is as sure as its start, the upper as its end
                flag = approx[side if read.kind == "interval" else ceiling]
                own = (2 * at + side, value if ceiling else -value, weakness + flag, number)
                (self._ceilings if ceiling else self._floors).append(own)
        if read.end_min == OPEN_FUTURE:
            self.open_end[at] = number
        if read.start_max == OPEN_PAST:
            self.open_start[at] = number

    def _lasts(self, at: int, number: int, fact: Fact) -> None:
        if fact.low is not None:
            self._durations.append((2 * at, 2 * at + 1, -fact.low, number))
        if fact.high is not None:
            self._durations.append((2 * at + 1, 2 * at, fact.high, number))

    def ceilings(self) -> Limits:
        """Return the upper limits of all variables, still to be solved: what high is, low is at most."""
        return Limits(self.upward(), self.weakness, self._ceilings)

    def floors(self) -> Limits:
        """Return the lower limits of all variables, negated, still to be solved: what low is, high is at least."""
        return Limits(self.downward(), self.weakness, self._floors)

    def upward(self, *, incoming: bool = False) -> Edges:
        """Return how ceilings spread, by where they come from, or by where they go."""
        return self._edges(self._arrays.high, self._arrays.low, incoming)

    def downward(self, *, incoming: bool = False) -> Edges:
        """Return how floors spread, by where they come from, or by where they go."""
        return self._edges(self._arrays.low, self._arrays.high, incoming)

    def _edges(self, source: Longs, target: Longs, incoming: bool) -> Edges:
        """Return edges from source to target; none leads out of a record that bounds nothing."""
        kept = ~self.silent[source >> 1] | (source >> 1 == target >> 1)
        ends = (target[kept], source[kept]) if incoming else (source[kept], target[kept])
        return Edges.of(2 * len(self.ids), *ends, self._arrays.weight[kept], self._arrays.fact[kept])
