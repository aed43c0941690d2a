"""Where nodes of a graph lie: stress majorisation, component by component, then nothing overlaps.

Stress: Gansner, Koren & North, "Graph Drawing by Stress Majorization", GD 2004. Pure numpy, seeded by
Python's own random generator and rounded, so that a graph gets the same places on every run and machine.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Pairs = NDArray[np.int64]

#: Beyond this many nodes of a component only the best tied are placed by stress; the rest join neighbours.
STRESS_LIMIT = 400
_PER_ROW = 9
#: The canvas that places are made for, width to height; places are stretched to the true one.
ASPECT = 1.8
#: The canvas that turns are judged by, wider than ASPECT as figures and panels are; on it, of a height of 1: the
#: length below which a tie has no room for words, and the cosine above which two ties at a node lie too close.
_CANVAS = 2.4
_SHORT = 0.5
_SHARP = 0.85


def place(count: int, pairs: Pairs, lengths: Points, camps: Sequence[str], seed: int = 0) -> Points:
    """Return places in the unit square, float64 (count, 2), of nodes 0..count-1 tied by pairs (m, 2).

    lengths: the wanted length of each pair, about 1. camps: nodes of one camp are drawn together a little.
    Nodes without a tie lie apart, in rows along the bottom, and pairs with them.
    """
    result = np.full((count, 2), 0.5)
    parts = sorted(_components(count, pairs), key=lambda part: (-len(part), part[0]))
    least = 3 if parts and len(parts[0]) > 3 else 2  # beside a large component, pairs join the strip
    tied = [part for part in parts if len(part) >= least]
    rows = _filled([part for part in parts if len(part) < least], whole=not tied)
    strip = 1.0 if not tied else min(0.45, 0.2 * len(rows))
    for part, box in zip(tied, _boxes([len(p) for p in tied], (0.0, 0.0, 1.0, 1.0 - strip)), strict=True):
        inner = _inset(box) if len(tied) > 1 else box
        result[part] = _fitted(_one_component(part, pairs, lengths, camps, seed), inner)
    for number, row in enumerate(rows):
        y = 1.0 - strip + strip * (number + (1.0 if tied else 0.5)) / len(rows)
        for node, x in _along(row):
            result[node] = (x, y)
    return np.asarray(np.round(result, 4), np.float64)


def separate(
    places: Points,
    halves: Points,
    box: tuple[float, float, float, float],
    fixed: NDArray[np.bool_],
    rounds: int = 300,
) -> Points:
    """Return places with boxes of these half sizes (n, 2) pushed apart and kept inside box (x0, y0, x1, y1).

    Deterministic; fixed nodes do not move. Gives up after so many rounds where there is no room.
    """
    low = np.array(box[:2]) + halves
    high = np.maximum(np.array(box[2:]) - halves, low)
    spots = np.where(fixed[:, None], places, np.clip(places, low, high))
    push = _Pushing(halves, fixed)
    for _ in range(rounds):
        moved = push.moves(spots)
        if not moved.any():
            break
        spots = np.where(fixed[:, None], spots, np.clip(spots + moved, low, high))
    return spots


def overlapping(places: Points, halves: Points) -> NDArray[np.bool_]:
    """Return an (n, n) matrix: True where two boxes of these half sizes overlap."""
    gap = np.abs(places[:, None] - places[None]) - (halves[:, None] + halves[None])
    result: NDArray[np.bool_] = (gap[..., 0] < -1e-6) & (gap[..., 1] < -1e-6)
    np.fill_diagonal(result, False)
    return result


class _Pushing:
    """How overlapping boxes push each other apart; what does not change from round to round is worked out once."""

    def __init__(self, halves: Points, fixed: NDArray[np.bool_]) -> None:
        self._own = np.arange(len(halves))
        self._reach = halves[:, None] + halves[None]
        self._order = np.sign(self._own[:, None] - self._own[None])[:, :, None]
        self._share = np.where(fixed[None, :], 1.0, 0.5) * 1.02

    def moves(self, spots: Points) -> Points:
        """Return half of what each overlap asks for, along its shallower side; ties are broken by index."""
        apart = spots[:, None] - spots[None]
        deep = self._reach - np.abs(apart)
        clash: NDArray[np.bool_] = np.all(deep > 1e-6, axis=2)
        clash[self._own, self._own] = False
        if not clash.any():
            return np.zeros_like(spots)
        wanted = deep * np.where(apart != 0, np.sign(apart), self._order)
        step = np.where(clash, self._share, 0.0)
        along_x = deep[..., 0] <= deep[..., 1] * 1.4
        x = np.where(along_x, wanted[..., 0] * step, 0.0).sum(axis=1)
        y = np.where(along_x, 0.0, wanted[..., 1] * step).sum(axis=1)
        crowd = np.maximum(clash.sum(axis=1), 1)
        moves: Points = np.stack([x, y], axis=1) / np.sqrt(crowd)[:, None]
        return moves


def _components(count: int, pairs: Pairs) -> list[list[int]]:
    root = list(range(count))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for one, two in pairs.tolist():
        a, b = find(one), find(two)
        root[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = {}
    for node in range(count):
        found.setdefault(find(node), []).append(node)
    return list(found.values())


def _boxes(
    sizes: list[int], box: tuple[float, float, float, float]
) -> list[tuple[float, float, float, float]]:
    """Cut a box (x, y, width, height) into one for each size, by area, always across its longer side."""
    if not sizes:
        return []
    if len(sizes) == 1:
        return [box]
    total, half, cut = sum(size**0.8 for size in sizes), 0.0, 0
    while cut < len(sizes) - 1 and (cut == 0 or half + sizes[cut] ** 0.8 <= total / 2):
        half += sizes[cut] ** 0.8
        cut += 1
    x, y, width, height = box
    share = half / total
    if width * ASPECT >= height:
        return _boxes(sizes[:cut], (x, y, width * share, height)) + _boxes(
            sizes[cut:], (x + width * share, y, width * (1 - share), height)
        )
    return _boxes(sizes[:cut], (x, y, width, height * share)) + _boxes(
        sizes[cut:], (x, y + height * share, width, height * (1 - share))
    )


def _inset(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Leave a gap between components, so that no tie of one runs past a node of another."""
    x, y, width, height = box
    return (x + width * 0.08, y + height * 0.08, width * 0.84, height * 0.84)


def _filled(parts: list[list[int]], *, whole: bool) -> list[list[list[int]]]:
    """Return single nodes and pairs in rows of about eight nodes; fewer where they have the whole canvas."""
    total = sum(_room(part) for part in parts)
    per_row = max(2, round((total * ASPECT) ** 0.5)) if whole else _PER_ROW
    rows: list[list[list[int]]] = []
    filled = per_row
    for part in parts:
        if filled + _room(part) > per_row:
            rows.append([])
            filled = 0
        rows[-1].append(part)
        filled += _room(part)
    return rows


def _room(part: list[int]) -> int:
    return 1 if len(part) == 1 else 3


def _along(row: list[list[int]]) -> list[tuple[int, float]]:
    """Return each node of a row and its x, evenly spread; a pair leaves room for the words of its tie."""
    total = sum(_room(part) for part in row)
    spots, at = [], 0
    for part in row:
        spots.append((part[0], (at + 0.5) / total))
        if len(part) == 2:
            spots.append((part[1], (at + 2.5) / total))
        at += _room(part)
    return spots


def _one_component(part: list[int], pairs: Pairs, lengths: Points, camps: Sequence[str], seed: int) -> Points:
    """Return the places of one component, wider than high, in units of a tie's length."""
    number = {node: index for index, node in enumerate(part)}
    inside = np.array([one in number for one in pairs[:, 0].tolist()], bool)
    own = np.array([[number[a], number[b]] for a, b in pairs[inside].tolist()], np.int64).reshape(-1, 2)
    own_lengths = lengths[inside]
    if len(part) > STRESS_LIMIT:
        return _large(len(part), own, own_lengths, [camps[node] for node in part], seed)
    return _placed(len(part), own, own_lengths, [camps[node] for node in part], seed)


def _placed(count: int, pairs: Pairs, lengths: Points, camps: Sequence[str], seed: int) -> Points:
    """Return the best of several attempts, each turned several ways: few crossings, ties apart and not too short."""
    wanted = _distances(count, pairs, lengths) * _camp_factors(camps)
    tries = 24 if count <= 12 else 10 if count <= 30 else 4 if count <= 90 else 1
    starts = [[[draw.random(), draw.random()] for _ in range(count)] for draw in _draws(seed, tries, count)]
    rounds = 140 if count <= 150 else 60 if count <= 250 else 30
    best, best_score = np.zeros((count, 2)), np.inf
    for attempt in _majorised(np.array(starts) * count**0.5, wanted, rounds):
        spots = _levelled(attempt)
        score = _stress(spots, wanted) / max(count, 1) + 0.35 * _crossings(spots, pairs)
        for turn in range(6 if count <= 30 else 1):
            if score >= best_score - 1e-6:  # what follows only adds
                break
            turned = _turned(spots, turn * np.pi / 6)
            whole = score + 0.5 * _too_near(turned, pairs)
            whole += _cramped(turned, pairs) if whole < best_score else 0.0
            if whole < best_score - 1e-6:
                best, best_score = turned, whole
    return best


def _draws(seed: int, tries: int, count: int) -> Iterator[random.Random]:
    return (random.Random(f"{seed}/{attempt}/{count}") for attempt in range(tries))


def _cramped(spots: Points, pairs: Pairs) -> float:
    """Return how badly ties would lie on the canvas: at sharp angles at one node, or far shorter than the rest."""
    if not 2 <= len(pairs) <= 60:
        return 0.0
    fitted = _fitted(spots, (0.0, 0.0, 1.0, 1.0)) * np.array([_CANVAS, 1.0])
    along = fitted[pairs[:, 1]] - fitted[pairs[:, 0]]
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)
    short = np.maximum(_SHORT - length, 0.0).sum() / _SHORT
    ends = np.concatenate([pairs[:, 0], pairs[:, 1]])
    away = np.concatenate([along, -along]) / np.concatenate([length, length])[:, None]
    shared = ends[:, None] == ends[None]
    np.fill_diagonal(shared, False)
    sharp = np.where(shared, np.maximum(away @ away.T - _SHARP, 0.0), 0.0).sum() / 2 / (1 - _SHARP)
    return float(0.5 * short + 0.4 * sharp)


def _large(count: int, pairs: Pairs, lengths: Points, camps: Sequence[str], seed: int) -> Points:
    """Place the best tied nodes by stress, and each of the rest beside the mean of its placed neighbours."""
    degree = np.bincount(pairs.ravel(), minlength=count)
    core = np.sort(np.argsort(-degree, kind="stable")[:STRESS_LIMIT])
    rank = np.full(count, -1)
    rank[core] = np.arange(len(core))
    inside = (rank[pairs] >= 0).all(axis=1)
    spots = np.zeros((count, 2))
    spots[core] = _placed(len(core), rank[pairs[inside]], lengths[inside], [camps[i] for i in core], seed)
    sums, counts = np.zeros((count, 2)), np.zeros(count)
    for one, two in ((0, 1), (1, 0)):
        known = rank[pairs[:, two]] >= 0
        np.add.at(sums, pairs[known, one], spots[pairs[known, two]])
        np.add.at(counts, pairs[known, one], 1)
    rest = np.flatnonzero(rank < 0)
    angle = rest * 2.399963  # the golden angle: neighbours of one node spread evenly about it
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1) * 0.6
    spots[rest] = sums[rest] / np.maximum(counts[rest], 1)[:, None] + ring
    return spots


def _distances(count: int, pairs: Pairs, lengths: Points) -> Points:
    """Return all shortest path lengths by Floyd and Warshall; between components, the longest plus one."""
    far = np.full((count, count), np.inf)
    np.fill_diagonal(far, 0.0)
    for (one, two), length in zip(pairs.tolist(), lengths.tolist(), strict=True):
        far[one, two] = far[two, one] = min(far[one, two], length)
    for middle in range(count):
        np.minimum(far, far[:, middle, None] + far[None, middle], out=far)
    known = far[np.isfinite(far)]
    far[~np.isfinite(far)] = float(known.max()) + 1.0
    return far


def _camp_factors(camps: Sequence[str]) -> Points:
    codes = (
        np.unique(np.array(camps), return_inverse=True)[1].ravel() if len(camps) else np.empty(0, np.int64)
    )
    given = np.array([bool(camp) for camp in camps])
    both = given[:, None] & given[None]
    same = codes[:, None] == codes[None]
    factors: Points = np.where(both & same, 0.9, np.where(both, 1.12, 1.0))
    return factors


def _majorised(starts: Points, wanted: Points, rounds: int) -> Points:
    """Return places (tries, n, 2) of less stress than starts: all attempts at once, each by itself."""
    count = starts.shape[1]
    with np.errstate(divide="ignore"):
        weight = np.where(wanted > 0, wanted**-2.0, 0.0)
    np.fill_diagonal(weight, 0.0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.inv(laplacian + np.ones((count, count)) / count)
    force = -weight * wanted
    own = np.arange(count)
    spots: Points = starts - starts.mean(axis=1, keepdims=True)
    for _ in range(rounds):
        gap = spots[:, :, None] - spots[:, None]
        pull = force / np.maximum(np.hypot(gap[..., 0], gap[..., 1]), 1e-9)
        pull[:, own, own] = 0.0
        pull[:, own, own] = -pull.sum(axis=2)
        spots = inverse @ (pull @ spots)
    return spots


def _stress(spots: Points, wanted: Points) -> float:
    gap = spots[:, None] - spots[None]
    length = np.hypot(gap[..., 0], gap[..., 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = np.where(wanted > 0, ((length - wanted) / wanted) ** 2, 0.0)
    return float(loss.sum() / 2)


def _crossings(spots: Points, pairs: Pairs) -> int:
    """Return how many pairs of ties cross; ties that share a node do not count."""
    if not 2 <= len(pairs) <= 400:
        return 0
    a, b = spots[pairs[:, 0]], spots[pairs[:, 1]]

    def side(p: Points, q: Points, r: Points) -> Points:
        turn: Points = (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (
            r[..., 0] - p[..., 0]
        )
        return turn

    one, two = (a[:, None], b[:, None]), (a[None], b[None])
    cross = (side(*one, two[0]) * side(*one, two[1]) < 0) & (side(*two, one[0]) * side(*two, one[1]) < 0)
    shared = (pairs[:, None, :, None] == pairs[None, :, None, :]).any(axis=(2, 3))
    return int((cross & ~shared).sum()) // 2


def _too_near(spots: Points, pairs: Pairs) -> int:
    """Return how many nodes lie on, or nearly on, a tie of two others."""
    if not len(pairs) or len(pairs) * len(spots) > 40_000:
        return 0
    a, b = spots[pairs[:, 0]][:, None], spots[pairs[:, 1]][:, None]
    along = b - a
    size = np.maximum((along**2).sum(axis=2), 1e-9)
    share = np.clip(((spots[None] - a) * along).sum(axis=2) / size, 0.0, 1.0)
    foot = a + share[..., None] * along
    away = np.hypot(*np.moveaxis(spots[None] - foot, 2, 0))
    own = (np.arange(len(spots))[None, :, None] == pairs[:, None, :]).any(axis=2)
    return int(((away < 0.22) & ~own).sum())


def _levelled(spots: Points) -> Points:
    """Turn places so that their long side lies flat."""
    centred = spots - spots.mean(axis=0)
    xx, yy, xy = (centred[:, 0] ** 2).sum(), (centred[:, 1] ** 2).sum(), (centred[:, 0] * centred[:, 1]).sum()
    return _turned(centred, -0.5 * float(np.arctan2(2 * xy, xx - yy)))


def _turned(spots: Points, angle: float) -> Points:
    """Return places turned about their middle, the first node in the left half and the upper one."""
    centred = spots - spots.mean(axis=0)
    cos, sin = np.cos(angle), np.sin(angle)
    turned = np.asarray(centred @ np.array([[cos, sin], [-sin, cos]]), np.float64)
    for axis in (0, 1):
        if len(turned) and turned[0, axis] > 1e-9:
            turned[:, axis] *= -1
    return turned


def _fitted(spots: Points, box: tuple[float, float, float, float]) -> Points:
    """Return places stretched into a box of the unit square, at most 2.2 times as much one way."""
    x, y, width, height = box
    low, high = spots.min(axis=0), spots.max(axis=0)
    size = np.maximum(high - low, 1e-9)
    room = np.array([width * ASPECT, height])
    scale = np.minimum(room / size, (room / size).min() * 2.2)
    middle = np.array([x + width / 2, y + height / 2])
    inner: Points = middle + (spots - (low + high) / 2) * scale / np.array([ASPECT, 1.0])
    return inner
