"""The way of an edge from node to node: curves that stop at borders, arrowheads, and free room for words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.frozen import frozen
from explorer.layout.scene import Path, Role

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # x, y, width, height

GAP = 3.0  # between a line's end and the border of its node
HEAD = 8.0  # length of an arrowhead
_STEPS = 32
#: A curve that leaves the plot is worse than one that touches so many nodes.
_OUTSIDE = 20


@frozen
class Curve:
    """A quadratic curve in the plane."""

    start: Point
    bend: Point
    end: Point

    def at(self, t: float) -> Point:
        """Return the point at t, 0 to 1."""
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        return (
            a * self.start[0] + b * self.bend[0] + c * self.end[0],
            a * self.start[1] + b * self.bend[1] + c * self.end[1],
        )

    def part(self, t0: float, t1: float) -> Curve:
        """Return the stretch from t0 to t1 (de Casteljau)."""
        start, end = self.at(t0), self.at(t1)
        tangent = (
            2 * ((1 - t0) * (self.bend[0] - self.start[0]) + t0 * (self.end[0] - self.bend[0])),
            2 * ((1 - t0) * (self.bend[1] - self.start[1]) + t0 * (self.end[1] - self.bend[1])),
        )
        half = (t1 - t0) / 2
        return Curve(start, (start[0] + tangent[0] * half, start[1] + tangent[1] * half), end)

    @property
    def length(self) -> float:
        """The length along the curve, in pixels."""
        points = [self.at(i / _STEPS) for i in range(_STEPS + 1)]
        return sum(math.dist(one, two) for one, two in pairwise(points))

    def segments(self) -> tuple[tuple[str | float, ...], ...]:
        """Return the curve as a cubic of a Path."""
        (x0, y0), (bx, by), (x1, y1) = self.start, self.bend, self.end
        numbers = (
            x0 + (bx - x0) * 2 / 3,
            y0 + (by - y0) * 2 / 3,
            x1 + (bx - x1) * 2 / 3,
            y1 + (by - y1) * 2 / 3,
        )
        return (("M", _r(x0), _r(y0)), ("C", *(_r(n) for n in numbers), _r(x1), _r(y1)))


@frozen
class Disc:
    """A node as routes see it: a centre and a radius."""

    x: float
    y: float
    radius: float

    @property
    def centre(self) -> Point:
        """The middle."""
        return (self.x, self.y)


def bundle(count: int, distance: float) -> list[float]:
    """Return how far each of count parallel edges bows out, in pixels, symmetrical about straight."""
    step = min(34.0, max(14.0, distance * 0.2))
    return [(number - (count - 1) / 2) * step * 2 for number in range(count)]


def bowed(source: Disc, target: Disc, bow: float) -> Curve:
    """Return the curve between two centres whose bend lies bow pixels to the left of the straight line."""
    dx, dy = target.x - source.x, target.y - source.y
    size = math.hypot(dx, dy) or 1.0
    middle = ((source.x + target.x) / 2, (source.y + target.y) / 2)
    return Curve(source.centre, (middle[0] + dy / size * bow, middle[1] - dx / size * bow), target.centre)


def clear_bow(
    source: Disc, target: Disc, others: NDArray[np.float64], bows: Sequence[float], plot: Box | None = None
) -> float:
    """Return the least extra bow that keeps the curves clear of other nodes and inside plot, 0 where they are.

    others: float64 (n, 3), centre and radius of each other node.
    """
    reach = math.dist(source.centre, target.centre) * 0.9
    pad = others[:, 2] + reach * 0.6
    low = np.minimum(source.centre, target.centre)
    high = np.maximum(source.centre, target.centre)
    near = others[
        ((low - pad[:, None] <= others[:, :2]) & (others[:, :2] <= high + pad[:, None])).all(axis=1)
    ]
    best, fewest = 0.0, math.inf
    for extra in (0.0, 36.0, -36.0, 72.0, -72.0, 110.0, -110.0):
        if abs(extra) > reach and extra:
            continue
        points = _bowed_points(source, target, np.asarray(bows) + extra)
        hits = _touches(points, near) + _OUTSIDE * _leaving(points, plot)
        if hits < fewest:
            best, fewest = extra, hits
        if hits == 0:
            break
    return best


def inside_bow(source: Disc, target: Disc, bow: float, plot: Box) -> float:
    """Return bow, or as much of it as keeps the curve inside plot."""
    for share in (1.0, 0.8, 0.6, 0.4, 0.2):
        if not _leaving(_bowed_points(source, target, np.array([bow * share])), plot):
            return bow * share
    return 0.0


def _bowed_points(source: Disc, target: Disc, bows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 15 points on each curve of these bows, float64 (bows, 15, 2)."""
    dx, dy = target.x - source.x, target.y - source.y
    size = math.hypot(dx, dy) or 1.0
    middle = np.array([(source.x + target.x) / 2, (source.y + target.y) / 2])
    bend = middle + bows[:, None] * np.array([dy / size, -dx / size])
    t = (np.arange(1, 16) / 16)[:, None]
    ends = (1 - t) ** 2 * np.array(source.centre) + t * t * np.array(target.centre)
    points: NDArray[np.float64] = ends[None] + (2 * t * (1 - t))[None] * bend[:, None]
    return points


def _leaving(points: NDArray[np.float64], plot: Box | None) -> int:
    """Return how many of the curves leave plot."""
    if plot is None:
        return 0
    x, y, width, height = plot
    beyond = (points < (x, y)) | (points > (x + width, y + height))
    return int(beyond.any(axis=(1, 2)).sum())


def _touches(points: NDArray[np.float64], discs: NDArray[np.float64]) -> int:
    """Return how often a curve touches a node, each pair counted once."""
    if not len(discs):
        return 0
    away = points[:, :, None] - discs[None, None, :, :2]
    hit = (away**2).sum(axis=3) < (discs[:, 2] + 6) ** 2
    return int(hit.any(axis=1).sum())


def between(curve: Curve, source: Disc, target: Disc, *, arrow: bool) -> Curve | None:
    """Return the stretch of a curve outside both nodes, with room for an arrowhead; None for none."""
    first = _leaves(curve, source, source.radius + GAP, forwards=True)
    last = _leaves(curve, target, target.radius + GAP + (HEAD * 0.8 if arrow else 0.0), forwards=False)
    return curve.part(first, last) if first < last else None


def head(tip_of: Curve, target: Disc, role: Role, line: float, *, hollow: bool) -> Path:
    """Return the arrowhead at a curve's end, its tip at target's border; hollow = not reported as fact."""
    base = tip_of.end
    dx, dy = target.x - base[0], target.y - base[1]
    size = math.hypot(dx, dy) or 1.0
    ux, uy = dx / size, dy / size
    length = HEAD + line * 0.6
    tip = (base[0] + ux * length, base[1] + uy * length)
    half = length * 0.45
    left, right = (base[0] - uy * half, base[1] + ux * half), (base[0] + uy * half, base[1] - ux * half)
    corners: tuple[tuple[str | float, ...], ...] = (
        ("M", _r(left[0]), _r(left[1])), ("L", _r(tip[0]), _r(tip[1])), ("L", _r(right[0]), _r(right[1])),
        ("Z",),
    )  # fmt: skip
    fill = "panel" if hollow else role
    return Path(corners, stroke=role, fill=fill, line=1.0)


def targets(curve: Curve, size: float = 8.0) -> tuple[Box, ...]:
    """Return boxes along a curve, at most 40, that answer to the pointer; they stay clear of the nodes."""
    length = curve.length
    count = max(1, min(40, int(length / size)))
    spots = [curve.at((number + 0.5) / count) for number in range(count)]
    return tuple((_r(x - size / 2), _r(y - size / 2), size, size) for x, y in spots)


def label_spots(curve: Curve, width: float, height: float) -> Iterator[Box]:
    """Yield boxes for a label, the best first: on the curve from its middle outwards, then beside it."""
    for t in (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8):
        x, y = curve.at(t)
        yield (x - width / 2, y - height / 2, width, height)
    for t in (0.5, 0.38, 0.62):
        x, y = curve.at(t)
        for dy in (-height, height):
            yield (x - width / 2, y - height / 2 + dy * 0.8, width, height)


def overlaps(one: Box, two: Box, gap: float = 0.0) -> bool:
    """Return True where two boxes come nearer than gap."""
    return (
        one[0] < two[0] + two[2] + gap
        and two[0] < one[0] + one[2] + gap
        and one[1] < two[1] + two[3] + gap
        and two[1] < one[1] + one[3] + gap
    )


def within(box: Box, outer: Box) -> bool:
    """Return True where box lies wholly in outer."""
    return (
        box[0] >= outer[0]
        and box[1] >= outer[1]
        and box[0] + box[2] <= outer[0] + outer[2]
        and box[1] + box[3] <= outer[1] + outer[3]
    )


def _leaves(curve: Curve, disc: Disc, radius: float, *, forwards: bool) -> float:
    """Return the t nearest to disc at which the curve is radius away from its centre, by bisection."""
    low, high = (0.0, 1.0) if forwards else (1.0, 0.0)
    for number in range(1, _STEPS + 1):
        t = number / _STEPS if forwards else 1 - number / _STEPS
        if math.dist(curve.at(t), disc.centre) >= radius:
            high = t
            break
        low = t
    for _ in range(12):
        middle = (low + high) / 2
        if math.dist(curve.at(middle), disc.centre) >= radius:
            high = middle
        else:
            low = middle
    return high


def _r(number: float) -> float:
    return round(number, 2)
