"""Sub-rows: which line of its lane a mark stands on, and what becomes a numbered cluster where the lines run out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import Ints

Floats = NDArray[np.float64]

#: Clusters gather what lies within this many pixels.
CLUSTER = 30.0


@dataclass(frozen=True, slots=True)
class Packed:
    """line: int32 (n,) the sub-row of each mark, -1 = in a cluster; clusters: (line, x, members) of numbered marks."""

    line: Ints
    lines: int
    clusters: tuple[tuple[int, float, tuple[int, ...]], ...] = ()


def packed(left: Floats, right: Floats, most: int, x: Floats, *, gap: float = 6.0) -> Packed:
    """Return the first-fit packing of intervals in order of their left ends into at most `most` lines.

    left, right, x: float64 (n,). What finds no line becomes clusters of what lies near by, on a line of their own.
    """
    line, used = _first_fit(left, right, gap)
    if used <= most:
        return Packed(line, max(used, 1))
    if most <= 1:
        return _single_line(left, right, x, gap)
    line, _ = _first_fit(left, right, gap, most - 1)
    over = np.flatnonzero(line < 0)
    clusters = tuple((most - 1, at, members) for at, members in gathered(over, x))
    return Packed(line, most, clusters)


def _first_fit(left: Floats, right: Floats, gap: float, most: int = 1_000_000) -> tuple[Ints, int]:
    line = np.full(len(left), -1, np.int32)
    ends: list[float] = []
    starts, stops = left.tolist(), right.tolist()
    for i in np.lexsort((right, left)).tolist():
        start = starts[i]
        for at, end in enumerate(ends):
            if end + gap <= start:
                break
        else:
            at = len(ends)
            if at >= most:
                continue
            ends.append(0.0)
        ends[at] = stops[i]
        line[i] = at
    return line, len(ends)


def _single_line(left: Floats, right: Floats, x: Floats, gap: float) -> Packed:
    """Return one line on which whatever would overlap is gathered."""
    pending = [(float(x[i]), (i,)) for i in np.lexsort((left, x)).tolist()]
    groups: list[tuple[float, tuple[int, ...]]] = []
    for at, members in pending:
        if groups and _close(groups[-1], (at, members), left, right, gap):
            joined = (*groups[-1][1], *members)
            groups[-1] = (float(np.mean(x[list(joined)])), joined)
        else:
            groups.append((at, members))
    line = np.full(len(left), -1, np.int32)
    clusters = []
    for at, members in groups:
        if len(members) == 1:
            line[members[0]] = 0
        else:
            clusters.append((0, at, members))
    return Packed(line, 1, tuple(clusters))


def _close(
    one: tuple[float, tuple[int, ...]],
    other: tuple[float, tuple[int, ...]],
    left: Floats,
    right: Floats,
    gap: float,
) -> bool:
    """Return True where two groups on one line would touch: by their marks while single, else by their numbers."""
    end = float(right[one[1][0]]) if len(one[1]) == 1 else one[0] + CLUSTER / 2
    start = float(left[other[1][0]])
    return end + gap > start or other[0] - one[0] < CLUSTER


def gathered(members: Ints, x: Floats) -> list[tuple[float, tuple[int, ...]]]:
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


def heights(lines: Sequence[int], line_height: float, padding: float) -> list[float]:
    """Return the height of each lane."""
    return [max(n, 1) * line_height + padding for n in lines]


def caps(lines: Sequence[int], room: int) -> list[int]:
    """Return how many lines each lane may have so that together they have at most room (at least one each)."""
    low, high = 1, max(lines, default=1)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(n, middle) for n in lines) <= room:
            low = middle
        else:
            high = middle - 1
    return [min(n, low) for n in lines]
