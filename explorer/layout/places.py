"""What is placed of a case, and what becomes of the answer: the step between columns and layout.force.

Only what has more actors than layout.spring is made for comes this way. All events and ties of the case count: no
filter, and not "Only what the report says" either, has a say in where an actor lies.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping

import numpy as np

from explorer.casefile.columns import EventTable, Ints
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.layout.force import Graph, Points, stages
from explorer.query.edge_columns import tie_columns
from explorer.query.folding import fold, parents

Places = dict[str, tuple[float, float]]

#: Beyond this many actors of their own, forces place them (layout.force), before that, stress does (layout.spring).
CROWD = 60
_KEPT = "places"


@frozen(eq=False)
class Cast:
    """The actors that are placed, ascending indices of table.actors, and the graph between them in this order."""

    roots: Ints
    graph: Graph


def is_crowd(table: EventTable) -> bool:
    """Return True where a case has more actors than are placed at once."""
    return len(table.actors.ids) > CROWD and len(roots_of(table)) > CROWD


def roots_of(table: EventTable) -> Ints:
    """Return the top-level actors that any record names, ascending."""
    tops, relations = fold(table), table.relations
    named = np.zeros(len(tops), np.bool_)
    for column in (table.participations.actor, relations.source, relations.target):
        named[tops[column]] = True
    return np.flatnonzero(named).astype(np.int32)


def cast_of(table: EventTable, held: Mapping[str, tuple[float, float]] | None = None, seed: int = 0) -> Cast:
    """Return what to place; held: where actors lay before, by id."""
    roots, count = roots_of(table), len(table.actors.ids)
    tops, ties, relations = fold(table), tie_columns(table), table.relations
    number = np.full(count, -1, np.int64)
    number[roots] = np.arange(len(roots))
    ends = np.stack([ties.source, ties.target], axis=1)
    stated = np.stack([tops[relations.source], tops[relations.target]], axis=1)
    weight = np.concatenate([np.diff(ties.offsets), np.ones(len(stated), np.int64)])
    pairs = np.sort(number[np.concatenate([ends, stated])], axis=1)
    apart = pairs[:, 0] != pairs[:, 1]
    pairs, weight = pairs[apart], weight[apart]
    keys = pairs[:, 0] * len(roots) + pairs[:, 1]
    known = distinct(keys)
    total = np.bincount(np.searchsorted(known, keys), weight, len(known))
    pairs = np.stack([known // max(len(roots), 1), known % max(len(roots), 1)], axis=1)
    strength = 1.0 + 0.25 * np.log2(np.maximum(total, 1.0))
    return Cast(roots, Graph(len(roots), pairs, strength, _held(table, roots, held), seed))


def _held(table: EventTable, roots: Ints, held: Mapping[str, tuple[float, float]] | None) -> Points | None:
    if not held:
        return None
    ids, nowhere = table.actors.ids, (np.nan, np.nan)
    return np.array([held.get(ids[root], nowhere) for root in roots.tolist()], np.float64).reshape(-1, 2)


def named_places(table: EventTable, roots: Ints, spots: Points) -> Places:
    """Return the place of each placed actor by id, its parts close about it; others lie where nothing is drawn."""
    ids = table.actors.ids
    result = dict.fromkeys(ids, (0.5, 1.0))
    for root, (x, y) in zip(roots.tolist(), spots.tolist(), strict=True):
        result[ids[root]] = (x, y)
    return with_parts(table, result, parents(table), (0.012, 0.02))


def placed_here(table: EventTable, seed: int = 0) -> tuple[Ints, Points]:
    """Return the actors and their places, worked out at once in this thread: the same as the child finds."""
    cast = cast_of(table, seed=seed)
    *_, spots = stages(cast.graph)
    return cast.roots, spots


def kept_places(table: EventTable) -> Places | None:
    """Return the places kept with a table, None where there are none yet."""
    found: Places | None = table.derived.get(_KEPT)
    return found


def keep_places(table: EventTable, places: Places) -> None:
    """Keep places with a table, so that a figure shows its actors where the window does."""
    table.derived[_KEPT] = places


def with_parts(
    table: EventTable,
    places: Places,
    above: Ints,
    ring: tuple[float, float] = (0.09, 0.14),
) -> Places:
    """Add those that fold into another: in a ring about it, level by level."""
    below: dict[int, list[int]] = {}
    for actor, parent in enumerate(above.tolist()):
        below.setdefault(parent, []).append(actor)
    ahead = deque(below.get(-1, ()))
    while ahead:
        parent = ahead.popleft()
        x, y = places[table.actors.ids[parent]]
        children = below.get(parent, [])
        for number, child in enumerate(children):
            angle = math.pi / 2 + 2 * math.pi * (number + 0.5) / len(children)
            near = (x + ring[0] * math.cos(angle), y + ring[1] * math.sin(angle))
            places[table.actors.ids[child]] = (
                round(min(max(near[0], 0.0), 1.0), 4),
                round(min(max(near[1], 0.0), 1.0), 4),
            )
        ahead += children
    return places
