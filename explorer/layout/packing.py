"""Sub-rows: which line of its lane a mark stands on, and what becomes a numbered cluster where the lines run out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

    left, right, x: float64 (n,). What finds no line becomes clusters of what lies near by, on a line of their own;
    there is never a cluster of one.
    """
    line, used = _first_fit(left, right, gap)
    if used <= most:
        return Packed(line, max(used, 1))
    line, _ = _first_fit(left, right, gap, most - 1)
    singles, clusters = _parted(np.flatnonzero(line < 0), left, right, x, gap)
    line[singles] = most - 1
    return Packed(line, most, tuple((most - 1, at, members) for at, members in clusters))


def _parted(
    over: NDArray[np.intp], left: Floats, right: Floats, x: Floats, gap: float
) -> tuple[list[int], list[tuple[float, tuple[int, ...]]]]:
    """Return (marks that stand alone on the last line, clusters of the rest) for the marks that found no line."""
    cells = gathered(over, x)
    crowded = [(at, members) for at, members in cells if len(members) > 1]
    singles: list[int] = []
    taken = [(at - CLUSTER / 2, at + CLUSTER / 2) for at, _ in crowded]
    for member in (members[0] for _, members in cells if len(members) == 1):
        a, b = float(left[member]) - gap, float(right[member]) + gap
        if all(end <= a or start >= b for start, end in taken):
            singles.append(member)
            taken.append((a + gap, b - gap))
        elif crowded:
            nearest = min(range(len(crowded)), key=lambda i: abs(crowded[i][0] - float(x[member])))
            crowded[nearest] = (crowded[nearest][0], (*crowded[nearest][1], member))
        else:
            at = min(range(len(singles)), key=lambda i: abs(float(x[singles[i]] - x[member])))
            other = singles.pop(at)
            crowded.append(((float(x[member]) + float(x[other])) / 2, (other, member)))
            taken[at] = (crowded[-1][0] - CLUSTER / 2, crowded[-1][0] + CLUSTER / 2)
    return singles, crowded


def _first_fit(left: Floats, right: Floats, gap: float, most: int = 1_000_000) -> tuple[Ints, int]:
    line = np.full(len(left), -1, np.int32)
    ends: list[float] = []
    starts, stops = left.tolist(), right.tolist()
    for i in np.lexsort((right, left)).tolist():
        start = starts[i]
        at = next((at for at, end in enumerate(ends) if end + gap <= start), len(ends))
        if at >= most:
            continue
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
