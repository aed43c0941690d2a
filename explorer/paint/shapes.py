"""What a Scene leaves open: corners of marks, hatching, dashes; one geometry for the painter and for SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator

from explorer.layout.scene import Fade, Rect, Shape

Point = tuple[float, float]

#: Hatching: white strokes along x + y = n * HATCH_PERIOD.
HATCH_PERIOD = 6.0
HATCH_LINE = 1.6
#: Lengths in logical pixels of stroke and gap.
DASHES: dict[str, tuple[float, float]] = {"dash": (5.0, 3.5), "dot": (1.5, 3.0)}


def polygon(shape: Shape) -> list[Point]:
    """Return the corners of a mark with corners; its area is near that of a circle of the same size.

    Raises KeyError for circle and cross, which have none.
    """
    x, y, r = shape.x, shape.y, shape.size
    side = r * 0.886  # half the side of a square as large as the circle
    tall = r * 1.25
    corners: dict[str, list[Point]] = {
        "square": [(-side, -side), (side, -side), (side, side), (-side, side)],
        "diamond": [(0.0, -tall), (tall, 0.0), (0.0, tall), (-tall, 0.0)],
        "triangle": [(0.0, -tall), (tall * 0.95, tall * 0.7), (-tall * 0.95, tall * 0.7)],
        "triangle_down": [(0.0, tall), (tall * 0.95, -tall * 0.7), (-tall * 0.95, -tall * 0.7)],
        "hexagon": [
            (r * 1.1 * math.cos(a * math.pi / 3), r * 1.1 * math.sin(a * math.pi / 3)) for a in range(6)
        ],
    }
    return [(x + dx, y + dy) for dx, dy in corners[shape.kind]]


def cross_strokes(shape: Shape) -> list[tuple[Point, Point]]:
    """Return the two strokes of a cross."""
    x, y, r = shape.x, shape.y, shape.size * 0.8
    return [((x - r, y - r), (x + r, y + r)), ((x - r, y + r), (x + r, y - r))]


def hatch_strokes(box: Rect | Fade) -> Iterator[tuple[Point, Point]]:
    """Yield the strokes of hatching inside box, phased to the scene's origin so that neighbours join."""
    inset = HATCH_LINE / 2
    left, right = box.x + inset, box.x + box.width - inset
    top, bottom = box.y + inset, box.y + box.height - inset
    if right <= left or bottom <= top:
        return
    first = math.ceil((left + top) / HATCH_PERIOD)
    last = math.floor((right + bottom) / HATCH_PERIOD)
    for step in range(first, min(last, first + 2000) + 1):
        total = step * HATCH_PERIOD
        x1, x2 = max(left, total - bottom), min(right, total - top)
        if x2 > x1:
            yield (x1, total - x1), (x2, total - x2)
