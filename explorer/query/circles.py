"""What a chosen actor or place stands for: its circle, what is below it, what may lie in it (design §3a).

Relations are few beside events, so these are plain walks over indices, done once for each table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

import numpy as np

from explorer.casefile.columns import BASES, EventTable, Ints, Mask
from explorer.frozen import frozen

REFERENCE = BASES.index("reference")


@frozen(eq=False, slots=False)
class Closure:
    """Which values stand for which: members[k] holds k and all below it, only where that is more."""

    members: Mapping[int, frozenset[int]]
    size: int

    def of(self, key: int) -> frozenset[int]:
        """Return key itself and all that is below it."""
        return self.members.get(key, frozenset((key,)))

    @cached_property
    def pairs(self) -> tuple[Ints, Ints]:
        """Return (above, below) for every pair of two: below is in the circle of above."""
        above = [key for key, members in self.members.items() for _ in range(len(members) - 1)]
        below = [
            member for key, members in self.members.items() for member in sorted(members) if member != key
        ]
        return np.array(above, np.int32), np.array(below, np.int32)


def closure_of(below: Mapping[int, Iterable[int]], size: int) -> Closure:
    """Return the transitive closure of below (key -> what is directly below it) over keys 0..size-1.

    A circle in the input (only possible through `leads`) ends the walk and harms nothing.
    """
    members = {}
    for key in below:
        found = {key}
        ahead = [key]
        while ahead:
            fresh = [child for child in below.get(ahead.pop(), ()) if child not in found]
            found.update(fresh)
            ahead.extend(fresh)
        if len(found) > 1:
            members[key] = frozenset(found)
    return Closure(members, size)


def actor_ties(table: EventTable, *, text_only: bool = False) -> Ints:
    """Return int32 (k, 2): source is part of, or leads, target; none from outside where text_only."""
    actors = table.actors
    ties = []
    for pairs, basis in ((actors.part_of, actors.part_of_basis), (actors.leads, actors.leads_basis)):
        both = pairs.reshape(-1, 2)
        ties.append(both[basis != REFERENCE] if text_only else both)
    return np.concatenate(ties).astype(np.int32)


def _once(table: EventTable, key: str, make: Callable[[], Closure]) -> Closure:
    """Return the closure made once for this table under key."""
    if key not in table.derived:
        table.derived[key] = make()
    closure: Closure = table.derived[key]
    return closure


def actor_closure(table: EventTable, *, text_only: bool = False) -> Closure:
    """Return the circle of every actor: itself, all that is `part_of` it and whoever `leads` it (design §3a).

    Both are followed to the end, so that an actor never stands for less than one of its parts does.
    """

    def make() -> Closure:
        below = defaultdict(list)
        for source, target in actor_ties(table, text_only=text_only).tolist():
            below[target].append(source)
        return closure_of(below, len(table.actors.ids))

    return _once(table, "circles in the text" if text_only else "circles", make)


def place_closure(table: EventTable) -> Closure:
    """Return for every location itself and all below it."""

    def make() -> Closure:
        below = defaultdict(list)
        for place, parent in enumerate(table.locations.parent.tolist()):
            if parent >= 0:
                below[parent].append(place)
        return closure_of(below, len(table.locations.ids))

    return _once(table, "places below", make)


def actor_circle(table: EventTable, actor_id: str, text_only: bool = False) -> frozenset[int]:
    """Return the indices of the actors that actor_id stands for; empty for an id that is not in the table."""
    index = table.actor_of.get(actor_id)
    return frozenset() if index is None else actor_closure(table, text_only=text_only).of(index)


def place_below(table: EventTable, location_id: str) -> frozenset[int]:
    """Return the indices of the location and all below it; empty for an id that is not in the table."""
    index = table.location_of.get(location_id)
    return frozenset() if index is None else place_closure(table).of(index)


def containers_of(table: EventTable, index: int) -> list[int]:
    """Return the indices of the places that contain a location, nearest first, without itself."""
    chain: list[int] = []
    parent = int(table.locations.parent[index])
    while parent >= 0 and parent != index and parent not in chain:
        chain.append(parent)
        parent = int(table.locations.parent[parent])
    return chain


def possible_places(table: EventTable, index: int, closure: Closure) -> frozenset[int]:
    """Return the indices of the places where an event is possibly, and not certainly, in location index.

    Those are the places that contain it, and undelimited regions below a place that contains it (design §3a).
    """
    chain = containers_of(table, index)
    near = {place for above in chain for place in closure.of(above) if table.locations.undelimited[place]}
    return frozenset(near | set(chain)) - closure.of(index)


def place_possible(table: EventTable, location_id: str) -> frozenset[int]:
    """Return the indices of the places that may lie in location_id; empty for an unknown id."""
    index = table.location_of.get(location_id)
    return frozenset() if index is None else possible_places(table, index, place_closure(table))


def tops(closure: Closure) -> Mask:
    """Return bool (size,): True for values that are below no other one (members of a circle count as top)."""
    result = np.ones(closure.size, np.bool_)
    above, below = closure.pairs
    for high, low in zip(above.tolist(), below.tolist(), strict=True):
        if high not in closure.of(low):
            result[low] = False
    return result
