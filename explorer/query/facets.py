"""How many events each value of a facet has under the other conditions: live counts (design §3a).

A facet is counted when it is asked for. All facets with one code an event are counted in one pass; a facet
with many values an event in one pass over its pairs, rolled up over parts and places below, never one mask a
value. Each condition has a mask of its own that is kept, so that a click works out one of them anew; a facet whose
other conditions stay keeps its counts, and where few events enter or leave only those are counted (query.moving).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np

from explorer.casefile.columns import Bytes, Longs, Mask
from explorer.frozen import frozen
from explorer.query.conditions import Passes, included_by, remembered
from explorer.query.filters import FACETS, Choice
from explorer.query.moving import Moves
from explorer.query.values import Coded

#: Counts of facets with more values than this are not kept between filters: they would fill the memory.
LARGE = 50_000


@frozen(eq=False, slots=False)
class FacetCounts:
    """values: all values of the facet in the table's order, "(not stated)" last; counts: int64 beside them.

    Hierarchies (types, actors, places) count a value with what is below it, so counts need not add up.
    """

    values: tuple[str, ...]
    counts: Longs

    @cached_property
    def _index(self) -> Mapping[str, int]:
        return {value: position for position, value in enumerate(self.values)}

    def of(self, value: str) -> int:
        """Return the count of a value, 0 for one that the table does not know."""
        position = self._index.get(value)
        return 0 if position is None else int(self.counts[position])

    def items(self) -> Iterator[tuple[str, int]]:
        """Yield (value, count) in order."""
        return zip(self.values, self.counts.tolist(), strict=True)


class Facets(Mapping[str, FacetCounts]):
    """The counts of every facet, each computed when first asked for."""

    def __init__(self, met: Passes, mask: Mask) -> None:
        """Count under what met lets through; mask: what passes everything."""
        self._met = met
        self._mask = mask
        self._moves = Moves()
        self._counts: dict[str, FacetCounts] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(FACETS)

    def __len__(self) -> int:
        return len(FACETS)

    def __getitem__(self, name: str) -> FacetCounts:
        if name not in FACETS:
            raise KeyError(name)
        if name not in self._counts:
            self._counts[name] = self._count(name)
        return self._counts[name]

    @cached_property
    def _failed(self) -> Bytes:
        """How many conditions each event fails."""
        failed = np.zeros(len(self._mask), np.uint8)
        for passed in self._met.of.values():
            failed += ~passed
        return failed

    def _base(self, name: str) -> Mask:
        """Return the events that pass every other condition and, with All on, meet the chosen values."""
        passed = self._met.of.get(name)
        if passed is None:
            return self._mask
        base: Mask = self._failed == ~passed
        choice = self._met.filter.choice(name)
        if choice.match == "all":
            included = included_by(self._met.index, name, self._met.filter)
            for value in choice.include:
                base &= included((value,))
        return base

    def _count(self, name: str) -> FacetCounts:
        facet = self._met.index.facet(name, self._met.filter)
        if name not in self._met.of and isinstance(facet, Coded):
            return FacetCounts(facet.values, self._coded(name, facet, self._whole_histogram))
        if len(facet.values) > LARGE:
            return FacetCounts(facet.values, self._counted(name))
        counts = remembered(self._met.index, self._key(name), lambda: self._counted(name))
        return FacetCounts(facet.values, counts)

    def _key(self, name: str) -> tuple[str, str, object]:
        """Return what the counts of a facet hang on: the filter without its own choice, unless All is on."""
        choice = self._met.filter.choice(name)
        kept = Choice(include=choice.include, match="all") if choice.match == "all" else Choice()
        return "counts", name, self._met.filter.with_choice(name, kept)

    def _counted(self, name: str) -> Longs:
        index = self._met.index
        facet = index.facet(name, self._met.filter)
        base = self._base(name)
        if isinstance(facet, Coded):
            return self._coded(name, facet, self._histogram_of(name, base))

        def whole() -> Longs:
            return facet.count(base, int(np.count_nonzero(base)))

        role = {"actors": self._met.filter.actor_role, "places": self._met.filter.place_role}.get(name, "")
        return self._moves.counted(index, f"{name}:{role}", base, facet.moved, whole)

    def _histogram_of(self, key: str, base: Mask) -> Longs:
        composite = self._met.index.composite

        def whole() -> Longs:
            return composite.histogram(base, int(np.count_nonzero(base)))

        return self._moves.counted(self._met.index, key, base, composite.moved, whole)

    def _coded(self, name: str, facet: Coded, histogram: Longs) -> Longs:
        return facet.count(self._met.index.composite.of_code(name, histogram, facet.size))

    @cached_property
    def _whole_histogram(self) -> Longs:
        return self._histogram_of("all", self._mask)
