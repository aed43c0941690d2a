"""The lines of a graph of thousands: straight, side by side where several tie one pair, with barbs for direction."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import HUES, Ints
from explorer.frozen import frozen
from explorer.layout.crowdnodes import Filtered
from explorer.layout.routes import Box
from explorer.layout.scene import Dash, Item, Strokes

Points = NDArray[np.float64]

_GAP = 1.5  # pixels between a line's end and the rim of its node
_BESIDE = 3.4  # pixels between parallel lines
_THINNEST, _THICKEST, _PER_WIDTH = 0.8, 4.0, 340.0
_STEPS = 5  # widths that are told apart
_PALEST, _FULLEST = 0.38, 0.92
_DASHES: tuple[Dash, ...] = ("solid", "dash", "dot")


@frozen(eq=False)
class Lines:
    """Lines on the canvas: positions in Filtered.ends, ends float64 (n, 4), widths, step of strength, look as there."""

    positions: Ints
    ends: Points
    widths: Points
    step: NDArray[np.int64]
    look: NDArray[np.int8]


def laid_lines(filtered: Filtered, positions: Ints, spots: Points, radius: Points, plot: Box) -> Lines:
    """Return the lines of these ties as far as they touch plot, strongest first as given."""
    pairs = filtered.ends[positions]
    one, two = pairs[:, 0], pairs[:, 1]
    along = spots[two] - spots[one]
    size = np.hypot(along[:, 0], along[:, 1])
    unit = along / np.maximum(size, 1e-9)[:, None]
    aside = np.stack([unit[:, 1], -unit[:, 0]], axis=1) * _shifts(pairs)[:, None]
    start = spots[one] + unit * (radius[one] + _GAP)[:, None] + aside
    end = spots[two] - unit * (radius[two] + _GAP)[:, None] + aside
    ends = np.concatenate([start, end], axis=1)
    seen = _touching(ends, plot) & (size > radius[one] + radius[two] + 2 * _GAP + 1)
    step = _strength(filtered, positions)
    thickest = min(max((plot[2] * plot[3]) ** 0.5 / _PER_WIDTH, 1.8), _THICKEST)
    widths = _THINNEST + (thickest - _THINNEST) * (step / (_STEPS - 1)) ** 1.6
    return Lines(positions[seen], ends[seen], widths[seen], step[seen], filtered.look[positions[seen]])


def _shifts(pairs: NDArray[np.int32]) -> Points:
    """Return how far each line stands aside of the middle, in pixels, so that those of one pair lie side by side.

    The two directions of a pair count from opposite ends: both stand on their own right-hand side.
    """
    low, high = pairs.min(axis=1).astype(np.int64), pairs.max(axis=1).astype(np.int64)
    key = low << 32 | high
    order = np.argsort(key, kind="stable")
    sorted_keys = key[order]
    first = np.flatnonzero(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]]) if len(key) else np.empty(0, int)
    count = np.diff(np.append(first, len(key)))
    number = np.empty(len(key))
    number[order] = np.arange(len(key)) - np.repeat(first, count)
    many = np.empty(len(key))
    many[order] = np.repeat(count, count)
    turned = np.where(pairs[:, 0] <= pairs[:, 1], 1.0, -1.0)
    return (number - (many - 1) / 2) * _BESIDE * turned


def _touching(ends: Points, plot: Box) -> NDArray[np.bool_]:
    x, y, width, height = plot
    low, high = np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])
    inside = (high >= (x, y)) & (low <= (x + width, y + height))
    return np.asarray(inside.all(axis=1), np.bool_)


def _strength(filtered: Filtered, positions: Ints) -> NDArray[np.int64]:
    """Return the step of strength of each line, 0 … 4, by the logarithm of its events against the most there are."""
    weight = np.maximum(filtered.weight[positions], 1).astype(np.float64)
    most = max(float(filtered.weight.max(initial=2)), 8.0)
    steps = np.minimum(np.log2(weight) / np.log2(most) * _STEPS, _STEPS - 1)
    return np.asarray(steps, np.int64)


def strokes(lines: Lines, share: float) -> list[Item]:
    """Return the lines in batches of one look, the weakest below. share: how strong they are, 1 at full."""
    return [
        Strokes(
            lines.ends[mine],
            HUES[hue],
            round(float(lines.widths[mine][0]), 2),
            _share(step) * share,
            _DASHES[dash],
        )
        for step, hue, dash, mine in _batches(lines)
    ]


def arrows(lines: Lines, share: float) -> list[Item]:
    """Return the arrowheads of directed lines: barbs; a closed one where nothing is reported as fact."""
    items: list[Item] = []
    directed = lines.look[:, 1] == 1
    for step, hue, _, mine in _batches(lines):
        part = mine & directed
        if part.any():
            ends = _barbs(lines.ends[part], lines.widths[part], lines.look[part, 3] == 1)
            line = round(max(0.9, float(lines.widths[part][0]) * 0.6), 2)
            items.append(Strokes(ends, HUES[hue], line, min(_share(step) * 1.25, 1.0) * share))
    return items


def _batches(lines: Lines) -> list[tuple[int, int, int, NDArray[np.bool_]]]:
    code = (lines.step * len(HUES) + lines.look[:, 0]) * len(_DASHES) + lines.look[:, 2]
    found = []
    for value in sorted(set(code.tolist())):
        rest, dash = divmod(value, len(_DASHES))
        step, hue = divmod(rest, len(HUES))
        found.append((step, hue, dash, code == value))
    return found


def _share(step: int) -> float:
    return round(_PALEST + (_FULLEST - _PALEST) * step / (_STEPS - 1), 3)


def _barbs(ends: Points, widths: Points, hollow: NDArray[np.bool_]) -> Points:
    tip, along = ends[:, 2:], ends[:, 2:] - ends[:, :2]
    size = np.hypot(along[:, 0], along[:, 1])
    unit = along / np.maximum(size, 1e-9)[:, None]
    length = np.minimum(4.0 + 1.3 * widths, size * 0.45)[:, None]
    side = np.stack([unit[:, 1], -unit[:, 0]], axis=1) * length * 0.5
    left, right = tip - unit * length + side, tip - unit * length - side
    base = np.concatenate([left, right], axis=1)[hollow]
    return np.concatenate([np.concatenate([left, tip], axis=1), np.concatenate([right, tip], axis=1), base])
