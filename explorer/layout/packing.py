"""Sub-rows: which line of its lane a mark stands on, and what becomes a numbered cluster where the lines run out."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import Ints
from explorer.frozen import frozen

Floats = NDArray[np.float64]

#: Clusters gather what lies within this many pixels.
CLUSTER = 30.0
#: The room that the number of a cluster needs.
NUMBER = 28.0


@frozen
class Packed:
    """line: int32 (n,) the sub-row of each mark, -1 = in a cluster; clusters: (line, x, members) of numbered marks."""

    line: Ints
    lines: int
    clusters: tuple[tuple[int, float, tuple[int, ...]], ...] = ()


def packed(
    left: Floats, right: Floats, most: int, x: Floats, *, gap: float = 6.0, first: Sequence[int] = ()
) -> Packed:
    """Return the first-fit packing of intervals in order of their left ends into at most `most` lines.

    left, right, x: float64 (n,). What finds no line becomes clusters of what lies near by, on a line of their own: a
    cluster is as wide as all it stands for, and none touches another; there is never a cluster of one. first: which
    keep a place of their own before the others; next come the widest, as one of them in a cluster makes it as wide.
    """
    line, used = _first_fit(left, right, gap)
    if used <= most:
        return Packed(line, max(used, 1))
    line = _by_rank(left, right, gap, most - 1, first)
    last = most - 1
    clusters = []
    for members in _apart(np.flatnonzero(line < 0), left, right, x, gap):
        if len(members) == 1:
            line[members[0]] = last
        else:
            hull = float(left[list(members)].min()), float(right[list(members)].max())
            clusters.append((last, (hull[0] + hull[1]) / 2, members))
    return Packed(line, most, tuple(clusters))


def _by_rank(left: Floats, right: Floats, gap: float, lines: int, first: Sequence[int]) -> Ints:
    """Return the line of each interval, -1 = none is free: those of first, then the widest, then from the left."""
    line = np.full(len(left), -1, np.int32)
    wide = np.where(right - left > CLUSTER, left - right, 0.0)
    leading = np.ones(len(left), np.bool_)
    leading[list(first)] = False
    taken: list[list[tuple[float, float]]] = [[] for _ in range(lines)]
    starts, stops = left.tolist(), right.tolist()
    for i in np.lexsort((right, left, wide, leading)).tolist():
        start, stop = starts[i], stops[i]
        for number, spans in enumerate(taken):
            at = bisect(spans, (start, stop))
            if (at and spans[at - 1][1] + gap > start) or (at < len(spans) and spans[at][0] < stop + gap):
                continue
            spans.insert(at, (start, stop))
            line[i] = number
            break
    return line


def _apart(
    over: NDArray[np.intp], left: Floats, right: Floats, x: Floats, gap: float
) -> Iterator[tuple[int, ...]]:
    """Yield the members of what stands on the last line: cells of narrow marks and wide ones, one where they touch."""
    narrow = right[over] - left[over] <= CLUSTER
    parts = [members for _, members in gathered(over[narrow], x)] + [(int(i),) for i in over[~narrow]]
    hulls = sorted((*_hull(part, left, right), part) for part in parts)
    done: list[tuple[float, float, tuple[int, ...]]] = []
    for hull in hulls:
        done.append(hull)
        while len(done) > 1 and done[-1][0] < done[-2][1] + gap:
            part = (*done[-2][2], *done[-1][2])
            del done[-2:]
            done.append((*_hull(part, left, right), part))
    return (part for _, _, part in done)


def _hull(part: tuple[int, ...], left: Floats, right: Floats) -> tuple[float, float]:
    """Return what a mark or a cluster takes: never less than its number needs."""
    low, high = min(float(left[i]) for i in part), max(float(right[i]) for i in part)
    lack = max(NUMBER - (high - low), 0.0) / 2 if len(part) > 1 else 0.0
    return low - lack, high + lack


def _first_fit(left: Floats, right: Floats, gap: float) -> tuple[Ints, int]:
    line = np.full(len(left), -1, np.int32)
    ends: list[float] = []
    starts, stops = left.tolist(), right.tolist()
    for i in np.lexsort((right, left)).tolist():
        start = starts[i]
        at = next((at for at, end in enumerate(ends) if end + gap <= start), len(ends))
        ends[at:] = [stops[i], *ends[at + 1 :]]
        line[i] = at
    return line, len(ends)


def gathered(members: NDArray[np.intp], x: Floats) -> list[tuple[float, tuple[int, ...]]]:
    """Return (x, members) of the clusters of members: cells of a fixed grid, so that panning does not shuffle them."""
    if not len(members):
        return []
    cell = np.floor(x[members] / CLUSTER).astype(np.int64)
    order = np.lexsort((x[members], cell))
    cuts = np.flatnonzero(np.diff(cell[order])) + 1
    return [
        (float((cell[part[0]] + 0.5) * CLUSTER), tuple(members[part].tolist()))
        for part in np.split(order, cuts)
    ]


def caps(lines: Sequence[int], height: Callable[[int], float], room: float) -> list[int]:
    """Return how many lines each lane may have so that the heights of all lanes fill at most room (at least one)."""
    low, high = 1, max(lines, default=1)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(height(min(n, middle)) for n in lines) <= room:
            low = middle
        else:
            high = middle - 1
    return [min(n, low) for n in lines]
