"""Which node an actor is shown as: top-level actors stand for their parts, until opened (design §3a)."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from explorer.casefile.columns import BASES, EventTable, Ints

_REFERENCE = BASES.index("reference")


def parents(table: EventTable, *, text_only: bool = False) -> Ints:
    """Return for each actor the index of the one it folds into, or -1: int32 (actors,).

    Its whole, where it is part_of exactly one; else the one group it leads. With several wholes (the joined
    sides of UCDP) an actor belongs to none alone and stays itself. A circle is cut at its lowest index.
    """
    actors = table.actors
    wholes = _linked(actors.part_of, actors.part_of_basis, text_only=text_only)
    led = _linked(actors.leads, actors.leads_basis, text_only=text_only)
    result = np.full(len(actors.ids), -1, np.int32)
    for actor in range(len(actors.ids)):
        options = wholes.get(actor) or led.get(actor) or set()
        if len(options) == 1:
            result[actor] = next(iter(options))
    return _without_circles(result)


def fold(table: EventTable, *, opened: Collection[str] = (), text_only: bool = False) -> Ints:
    """Return for each actor the index of the node that stands for it: int32 (actors,).

    An opened actor no longer stands for those directly below it: they stand for themselves and theirs.
    """
    above = parents(table, text_only=text_only)
    apart = {table.actor_of[record] for record in opened if record in table.actor_of}
    result = np.arange(len(above), dtype=np.int32)
    for actor in range(len(above)):
        path = [actor]
        while above[path[-1]] >= 0:
            path.append(int(above[path[-1]]))
        node = path.pop()
        while path and node in apart:
            node = path.pop()
        result[actor] = node
    return result


def _linked(
    pairs: Ints, basis: Ints | np.ndarray[tuple[int, ...], np.dtype[np.uint8]], *, text_only: bool
) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for (source, target), code in zip(pairs.reshape(-1, 2).tolist(), basis.tolist(), strict=True):
        if source != target and not (text_only and code == _REFERENCE):
            found.setdefault(source, set()).add(target)
    return found


def _without_circles(above: Ints) -> Ints:
    state = np.zeros(len(above), np.int8)  # 0 new, 1 on the way, 2 done
    for start in range(len(above)):
        node, trail = start, []
        while node >= 0 and state[node] == 0:
            state[node] = 1
            trail.append(node)
            node = int(above[node])
        if node >= 0 and state[node] == 1:
            above[min(trail[trail.index(node) :])] = -1
        state[trail] = 2
    return above
