"""Where thousands of nodes lie: a quick first placement, then forces that make it better step by step.

First by distances to a few nodes (Brandes & Pich, "Eigensolver Methods for Progressive Multidimensional Scaling", GD
2006), then by attraction along ties against repulsion between all (Jacomy et al., "ForceAtlas2", PLoS ONE 2014), with a
step that cools (Fruchterman & Reingold, 1991). Pure numpy, no chance in it but a seeded start, rounded: the same
graph gets the same places. Small graphs have layout.spring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from explorer.frozen import frozen

Points = NDArray[np.float64]
Pairs = NDArray[np.int64]

#: The canvas that places are made for, width to height.
ASPECT = 1.8
_PIVOTS = 32
#: Up to so many nodes each repels each; of more, only this many groups of neighbours do.
_EXACT, _CELLS = 700, 26
_ROUNDS, _WARM_ROUNDS = 40, 6
_STAGE = 8  # rounds between two stages that are shown
_REPULSION, _GRAVITY, _LENGTH = 1.0, 0.02, 1.0
#: How far a round may move a node at first and at last, in shares of the picture's width; warm: less, at once.
_HOT, _COLD, _WARM = 0.06, 0.002, 0.004
#: How much of a place is its rank among all: a crowd in the middle gets room, a straggler outside gives it.
_EVEN = 0.55


@frozen(eq=False, slots=False)
class Graph:
    """What is placed: count nodes, ties between them as pairs (m, 2) with the strength of each, about 1 or more.

    held: where nodes lay before, float64 (count, 2) of the unit square, NaN for a new one; None for none at all.
    """

    count: int
    pairs: Pairs
    strength: Points
    held: Points | None = None
    seed: int = 0


def never() -> bool:
    """Nobody asks for anything newer."""
    return False


def stages(graph: Graph, outdated: Callable[[], bool] = never) -> Iterator[Points]:
    """Yield better and better places in the unit square, float64 (count, 2) rounded to 1e-4; the last one is to keep.

    Ends early, without a last one, once outdated() is true.
    """
    if graph.held is not None and np.isfinite(graph.held).all(axis=1).mean() > 0.5:
        yield from _warm(graph, graph.held, outdated)
    else:
        yield from _cold(graph, outdated)


def _rounded(places: Points) -> Points:
    return np.asarray(np.round(np.clip(places, 0.0, 1.0), 4), np.float64)


# -- from nothing ---------------------------------------------------------------------------------------------


def _cold(graph: Graph, outdated: Callable[[], bool]) -> Iterator[Points]:
    parts, loose = _parts(graph)
    boxes, strip = _packed([len(part) for part in parts], len(loose))
    result = np.full((graph.count, 2), 0.5)
    result[loose] = _rows(len(loose), strip)
    for part, box in zip(parts[1:], boxes[1:], strict=True):
        result[part] = _set(_star(part, graph), box)
    if not parts:
        yield _rounded(result)
        return
    own = _inside(graph, parts[0])
    for spots in _forced(own, _first(own), outdated):
        result[parts[0]] = _set(_evened(spots), boxes[0])
        yield _rounded(result)


def _parts(graph: Graph) -> tuple[list[Pairs], Pairs]:
    """Return the components of two nodes or more, the largest first, and the nodes without a tie."""
    label = np.arange(graph.count)
    while len(graph.pairs):
        ends = label[graph.pairs]
        low = ends.min(axis=1)
        before = label.copy()
        np.minimum.at(label, graph.pairs[:, 0], low)
        np.minimum.at(label, graph.pairs[:, 1], low)
        label = label[label]
        if np.array_equal(before, label):
            break
    order = np.argsort(label, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(label[order]) != 0]) if graph.count else np.empty(0, np.int64)
    found = np.split(order, starts[1:]) if graph.count else []
    parts = sorted((part for part in found if len(part) > 1), key=lambda part: (-len(part), part[0]))
    alone = [part for part in found if len(part) == 1]
    return parts, np.sort(np.concatenate(alone)) if alone else np.empty(0, np.int64)


def _inside(graph: Graph, part: Pairs) -> Graph:
    """Return one component as a graph of its own."""
    number = np.full(graph.count, -1)
    number[part] = np.arange(len(part))
    chosen = number[graph.pairs[:, 0]] >= 0
    return Graph(len(part), number[graph.pairs[chosen]], graph.strength[chosen], seed=graph.seed)


Box = tuple[float, float, float, float]


def _packed(sizes: list[int], loose: int) -> tuple[list[Box], Box]:
    """Return a box of the unit square for each component, and the strip for nodes without a tie, along the bottom.

    The largest lies left, the others in a grid to its right, each with room by its size.
    """
    total = sum(sizes) + loose
    share = 0.0 if not loose else 1.0 if not sizes else min(0.35, max(0.08, 0.6 * loose / total))
    strip = (0.0, 1.0 - share * 0.85, 1.0, share * 0.85)
    if not sizes:
        return [], strip
    high = 1.0 - share
    rest = float(np.sum(np.sqrt(np.array(sizes[1:], np.float64)) * 1.6))
    side = 0.0 if len(sizes) == 1 else min(0.4, max(0.05, rest / (rest + sizes[0])))
    boxes: list[Box] = [(0.0, 0.0, 1.0 - side - (0.03 if side else 0.0), high)]
    return [*boxes, *_cells(sizes[1:], (1.0 - side, 0.0, side, high))], strip


def _cells(sizes: list[int], box: Box) -> list[Box]:
    """Cut a box by area into one for each size, each inset a little."""
    if not sizes:
        return []
    x, y, width, height = box
    if len(sizes) == 1:
        return [(x + width * 0.12, y + height * 0.12, width * 0.76, height * 0.76)]
    room = np.sqrt(np.array(sizes, np.float64))
    cut = max(1, int(np.searchsorted(np.cumsum(room), room.sum() / 2)))
    share = float(room[:cut].sum() / room.sum())
    if width * ASPECT >= height:
        left, right = (x, y, width * share, height), (x + width * share, y, width * (1 - share), height)
    else:
        left, right = (x, y, width, height * share), (x, y + height * share, width, height * (1 - share))
    return [*_cells(sizes[:cut], left), *_cells(sizes[cut:], right)]


def _rows(count: int, strip: Box) -> Points:
    """Return places in even rows of a strip."""
    if not count:
        return np.empty((0, 2))
    x, y, width, height = strip
    across = max(1, int(np.ceil(np.sqrt(count * ASPECT * width / max(height, 1e-6)))))
    lines = -(-count // across)
    number = np.arange(count)
    in_line = np.where(number // across == lines - 1, count - (lines - 1) * across, across)
    return np.stack(
        [
            x + width * (number % across + 0.5) / in_line,
            y + height * (number // across + 0.5) / lines,
        ],
        axis=1,
    )


def _star(part: Pairs, graph: Graph) -> Points:
    """Return a small component about its best tied node; a larger one is placed by forces."""
    own = _inside(graph, part)
    if own.count > 12:
        *_, spots = _forced(own, _first(own), never)
        return spots
    degree = np.bincount(own.pairs.ravel(), minlength=own.count)
    order = np.argsort(-degree, kind="stable")
    if own.count == 2:
        return np.array([[0.0, 0.5], [1.0, 0.5]])
    angle = 2 * np.pi * np.arange(own.count - 1) / (own.count - 1)
    spots = np.zeros((own.count, 2))
    spots[order[1:]] = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return spots


def _first(graph: Graph) -> Points:
    """Return first places by the steps from a few nodes far apart, turned so that the long side lies flat."""
    steps = _steps(graph)
    centred = steps - steps.mean(axis=0) - steps.mean(axis=1, keepdims=True) + steps.mean()
    _, axes = np.linalg.eigh(centred.T @ centred)
    spots = centred @ axes[:, -1:-3:-1] if axes.shape[1] > 1 else np.repeat(centred, 2, axis=1)
    spots = spots * np.where(spots[np.abs(spots).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    size = np.maximum(spots.std(axis=0), 1e-9)
    draw = np.random.Generator(np.random.PCG64(graph.seed))
    spots = spots / size + draw.normal(0.0, 0.15, spots.shape)  # those equally far from all come apart
    return np.asarray(spots * np.sqrt(graph.count) * _LENGTH, np.float64)


def _steps(graph: Graph) -> Points:
    """Return how many steps each node is from some far apart: float64 (count, pivots), squared and halved."""
    near, offsets = _adjacent(graph)
    pivots = min(_PIVOTS, graph.count)
    found = np.zeros((graph.count, pivots))
    least = np.full(graph.count, np.inf)
    pivot = int(np.diff(offsets).argmax())
    for column in range(pivots):
        found[:, column] = _walk(pivot, near, offsets)
        least = np.minimum(least, found[:, column])
        pivot = int(least.argmax())
    return -0.5 * found**2


def _adjacent(graph: Graph) -> tuple[Pairs, Pairs]:
    ends = np.concatenate([graph.pairs, graph.pairs[:, ::-1]])
    order = np.argsort(ends[:, 0], kind="stable")
    return ends[order, 1], np.searchsorted(ends[order, 0], np.arange(graph.count + 1))


def _walk(start: int, near: Pairs, offsets: Pairs) -> Points:
    """Return the steps from one node to each that can be reached, breadth first; others lie one beyond."""
    away = np.full(len(offsets) - 1, -1.0)
    away[start] = 0.0
    ahead, step = np.array([start]), 0.0
    while len(ahead):
        first, count = offsets[ahead], offsets[ahead + 1] - offsets[ahead]
        inside = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        beside = near[np.repeat(first, count) + inside]
        beside = beside[away[beside] < 0]
        step += 1.0
        away[beside] = step
        fresh = np.zeros(len(away), np.bool_)
        fresh[beside] = True
        ahead = np.flatnonzero(fresh)
    return np.where(away < 0, step, away)


def _evened(spots: Points) -> Points:
    """Return places partly by their rank along each side, so that a dense middle gets more of the canvas."""
    ranks = np.argsort(np.argsort(spots, axis=0, kind="stable"), axis=0) / max(len(spots) - 1, 1)
    low, high = spots.min(axis=0), spots.max(axis=0)
    evened: Points = (1 - _EVEN) * (spots - low) / np.maximum(high - low, 1e-9) + _EVEN * ranks
    return evened


def _set(spots: Points, box: Box) -> Points:
    """Stretch places into a box."""
    low, high = spots.min(axis=0), spots.max(axis=0)
    flat = high - low < 1e-9
    unit = np.where(flat, 0.5, (spots - low) / np.where(flat, 1.0, high - low))
    placed: Points = np.array(box[:2]) + unit * np.array(box[2:])
    return placed


# -- forces ---------------------------------------------------------------------------------------------------


def _forced(graph: Graph, spots: Points, outdated: Callable[[], bool]) -> Iterator[Points]:
    """Yield places under cooling forces; the first as they are, then every few rounds."""
    yield spots
    field = _Field(graph)
    span = float(np.ptp(spots[:, 0])) or 1.0
    for number in range(_ROUNDS):
        if outdated():
            return
        heat = span * _HOT * (_COLD / _HOT) ** (number / max(_ROUNDS - 1, 1))
        spots = _moved(spots, field.forces(spots), heat)
        if number + 1 < _ROUNDS and (number + 1) % _STAGE == 0:
            yield spots
    yield spots


def _moved(spots: Points, forces: Points, most: float) -> Points:
    """Return places moved along their forces, none by more than most; rounded, so that no last digit grows."""
    length = np.maximum(np.hypot(forces[:, 0], forces[:, 1]), 1e-9)
    moved = spots + forces * np.minimum(1.0, most / length)[:, None]
    return np.asarray(np.round(moved, 6), np.float64)


class _Field:
    """The forces on the nodes of a graph; what does not change from round to round is worked out once."""

    def __init__(self, graph: Graph) -> None:
        self._one, self._two = graph.pairs[:, 0], graph.pairs[:, 1]
        self._strength = graph.strength
        self._count = graph.count
        degree = np.bincount(graph.pairs.ravel(), minlength=graph.count)
        self._mass = 1.0 + degree.astype(np.float64)

    def forces(self, spots: Points) -> Points:
        """Return what moves each node: ties pull, all others push, the middle draws a little."""
        centred = spots - spots.mean(axis=0)
        push = self._push(centred) * _REPULSION
        pull = self._pull(centred)
        weight = self._mass[:, None]
        forces: Points = (push * weight + pull - _GRAVITY * weight * centred) / np.sqrt(weight)
        return forces

    def _pull(self, spots: Points) -> Points:
        along = (spots[self._two] - spots[self._one]) * self._strength[:, None]
        both = [
            np.bincount(self._one, along[:, axis], self._count)
            - np.bincount(self._two, along[:, axis], self._count)
            for axis in (0, 1)
        ]
        return np.stack(both, axis=1)

    def _push(self, spots: Points) -> Points:
        if self._count <= _EXACT:
            return _pushed(spots, spots, self._mass)
        centres, mass = _cell_sums(spots, self._mass)
        return _pushed(spots, centres, mass)


def _pushed(spots: Points, others: Points, mass: Points) -> Points:
    """Return the sum over others of mass * (spot - other) / distance², by two products of matrices."""
    a, b = spots.astype(np.float32), others.astype(np.float32)
    left = np.concatenate([a, (a**2).sum(axis=1, keepdims=True), np.ones((len(a), 1), np.float32)], axis=1)
    right = np.concatenate(
        [-2 * b, np.ones((len(b), 1), np.float32), (b**2).sum(axis=1, keepdims=True)], axis=1
    )
    near = left @ right.T
    np.maximum(near, np.float32(0.05), out=near)
    np.reciprocal(near, out=near)
    weighted = (
        np.concatenate([b, np.ones((len(b), 1), np.float32)], axis=1) * mass.astype(np.float32)[:, None]
    )
    sums = (near @ weighted).astype(np.float64)
    return np.asarray(spots * sums[:, 2:] - sums[:, :2], np.float64)


def _cell_sums(spots: Points, mass: Points) -> tuple[Points, Points]:
    """Return the centres of mass of nodes that share a cell of a grid with as many nodes a column and a row."""
    ranks = np.argsort(np.argsort(spots, axis=0, kind="stable"), axis=0)
    cell = ranks[:, 0] * _CELLS // len(spots) * _CELLS + ranks[:, 1] * _CELLS // len(spots)
    size = _CELLS * _CELLS
    total: Points = np.bincount(cell, mass, size).astype(np.float64)
    there = np.asarray(total > 0, np.bool_)
    sums = np.stack([np.bincount(cell, mass * spots[:, axis], size) for axis in (0, 1)], axis=1)
    return sums[there] / total[there, None], total[there]


# -- from where they lay --------------------------------------------------------------------------------------


def _warm(graph: Graph, held: Points, outdated: Callable[[], bool]) -> Iterator[Points]:
    """Yield places near those held: new nodes join their neighbours, then a few rounds of small steps."""
    spots = _joined(graph, held)
    yield _rounded(spots)
    ties = np.bincount(graph.pairs.ravel(), minlength=graph.count)
    mine = np.flatnonzero(ties > 0)
    if not len(mine):
        return
    own = _inside(graph, mine)
    field = _Field(own)
    scale = np.array([ASPECT, 1.0]) * np.sqrt(max(own.count, 1)) * 2 * _LENGTH
    fresh = np.asarray(~np.isfinite(held).all(axis=1), np.bool_)
    loose = np.where(fresh[mine], 4.0, 0.15)[:, None]
    for number in range(_WARM_ROUNDS):
        if outdated():
            return
        step = _WARM * (1 - number / _WARM_ROUNDS) * scale[0]
        now = spots[mine] * scale
        spots[mine] = spots[mine] + (_moved(now, field.forces(now), step) - now) / scale * loose
    yield _rounded(spots)


def _joined(graph: Graph, held: Points) -> Points:
    """Return held places, with each new node beside the middle of its neighbours, or at the bottom."""
    spots = held.copy()
    fresh = np.flatnonzero(~np.isfinite(held).all(axis=1))
    sums, counts = np.zeros((graph.count, 2)), np.zeros(graph.count)
    for one, two in ((0, 1), (1, 0)):
        known = np.isfinite(held[graph.pairs[:, two]]).all(axis=1)
        np.add.at(sums, graph.pairs[known, one], held[graph.pairs[known, two]])
        np.add.at(counts, graph.pairs[known, one], 1)
    tied = counts[fresh] > 0
    angle = fresh * 2.399963  # the golden angle: those that join one node spread evenly about it
    ring = np.stack([np.cos(angle) / ASPECT, np.sin(angle)], axis=1) * 0.03
    middle = sums[fresh] / np.maximum(counts[fresh], 1)[:, None]
    spots[fresh] = np.where(tied[:, None], middle + ring, _rows(len(fresh), (0.0, 0.94, 1.0, 0.06)))
    return spots
