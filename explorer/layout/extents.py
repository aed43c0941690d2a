"""How far a mark reaches in pixels: core, soft rest, fades of fixed length, or a point (design §3a "Drawing time").

All in numpy over all rows at once; nothing here is done event by event.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST, Bytes, Ints, Mask, TimeColumns
from explorer.frozen import frozen
from explorer.layout.ladder import Ladder
from explorer.layout.viewport import Viewport
from explorer.query.when import weakest_of

Floats = NDArray[np.float64]

#: Pixels over which a bar fades out beyond its one known side.
FADE = 40.0
#: The radius of a mark; bounds narrower than two of it are drawn as a point.
RADIUS = 6.0


@frozen(eq=False)
class Extents:
    """For each of rows, in pixels: left ≤ inner_left ≤ inner_right ≤ right; float64 (n,).

    Between left and inner_left, and inner_right and right, a mark fades; between the inner two it is solid (core)
    or soft. open_left/open_right: that side is not known at all. point: drawn as a shape at anchor. outside: -1
    where it lies wholly before the window, +1 after it, 0 where it is seen. dated: False in the undated strip.
    approx_left/right: wavy ends. basis: weakest over finite bounds, codes of BASES. anchor: where stems leave.
    """

    rows: Ints
    left: Floats
    inner_left: Floats
    inner_right: Floats
    right: Floats
    core: Mask
    open_left: Mask
    open_right: Mask
    approx_left: Mask
    approx_right: Mask
    point: Mask
    basis: Bytes
    dated: Mask
    outside: NDArray[np.int8]
    anchor: Floats


def calendar_extents(times: TimeColumns, rows: Ints, viewport: Viewport) -> Extents:
    """Return the extents of rows on the calendar."""
    a, b = times.start_min[rows], times.end_max[rows]
    c, d = times.start_max[rows], times.end_min[rows]
    has_a, has_b = a != OPEN_PAST, b != OPEN_FUTURE
    has_c, has_d = c != OPEN_FUTURE, d != OPEN_PAST
    going, since_ever = d == OPEN_FUTURE, c == OPEN_PAST
    lo = np.where(
        has_c & has_d,
        np.minimum(c, d),
        np.where(has_c, np.where(has_a, a, c), np.where(has_d, d, np.where(has_a, a, b))),
    )
    hi = np.where(
        has_c & has_d,
        np.maximum(c, d),
        np.where(has_c, c, np.where(has_d, np.where(has_b, b, d), np.where(has_b, b, a))),
    )
    core = has_c & has_d & (c <= d)
    both = ~has_c & ~has_d & has_a & has_b
    lo, hi = np.where(both, a, lo), np.where(both, b, hi)
    inner_left, inner_right = _px(lo, viewport), _px(hi, viewport)
    inner_left = np.where(since_ever, viewport.left - FADE, inner_left)
    inner_right = np.where(going, viewport.right + FADE, inner_right)
    inner_left, inner_right = np.minimum(inner_left, inner_right), np.maximum(inner_left, inner_right)
    left = np.where(has_a, np.minimum(_px(a, viewport), inner_left), inner_left - FADE)
    right = np.where(has_b, np.maximum(_px(b, viewport), inner_right), inner_right + FADE)
    left, right = np.where(since_ever, inner_left, left), np.where(going, inner_right, right)
    dated = has_a | has_b | has_c | has_d
    approx = times.approx[rows]
    approx_left = np.where(has_a, approx[:, 0], approx[:, 1])
    approx_right = np.where(has_b, approx[:, 3], approx[:, 2])
    point = has_a & has_b & (right - left < 2 * RADIUS)
    return Extents(
        rows, left, inner_left, inner_right, right, core, ~has_a & ~since_ever, ~has_b & ~going,
        approx_left, approx_right, point, weakest_of(times, rows), dated,
        _outside(left, right, dated, viewport), _anchor(left, inner_left, inner_right, right, viewport),
    )  # fmt: skip


def ladder_extents(ladder: Ladder, rows: Ints, bars: Mask, viewport: Viewport) -> Extents:
    """Return the extents of rows on the ladder; bars: which rows are drawn over their whole rungs."""
    first, last = ladder.first[rows], ladder.last[rows]
    dated = first >= 0
    edges = np.concatenate((ladder.edges, [-0.5]))  # for the rung -1 of what has no place
    start, stop = edges[first], edges[last + 1]
    unit = viewport.width / viewport.span
    soft = np.minimum(FADE, (edges[first + 1] - start) * unit * 0.35)
    left = viewport.px(start + 0.08 * (edges[first + 1] - start))
    right = viewport.px(stop - 0.08 * (stop - edges[last]))
    middle = viewport.px((start + stop) / 2)
    left, right = np.where(bars, left, middle), np.where(bars, right, middle)
    inner_left, inner_right = np.where(bars, left + soft, left), np.where(bars, right - soft, right)
    no = np.zeros(len(rows), np.bool_)
    anchor = np.where(bars, _anchor(left, inner_left, inner_right, right, viewport), middle)
    return Extents(
        rows, left, inner_left, inner_right, right, no, bars, bars, no, no, ~bars,
        np.zeros(len(rows), np.uint8), dated, _outside(left, right, dated, viewport), anchor,
    )  # fmt: skip


def _px(times: NDArray[np.int64], viewport: Viewport) -> Floats:
    return viewport.px(times.astype(np.float64))


def _outside(left: Floats, right: Floats, dated: Mask, viewport: Viewport) -> NDArray[np.int8]:
    before, after = right < viewport.left, left > viewport.right
    return np.where(dated, np.where(before, -1, np.where(after, 1, 0)), 0).astype(np.int8)


def _anchor(
    left: Floats, inner_left: Floats, inner_right: Floats, right: Floats, viewport: Viewport
) -> Floats:
    """Return the middle of what is seen of the known part, else of the whole."""
    low, high = viewport.left, viewport.right
    seen = (inner_right >= low) & (inner_left <= high)
    start, end = np.where(seen, inner_left, left), np.where(seen, inner_right, right)
    middle: Floats = (np.clip(start, low, high) + np.clip(end, low, high)) / 2
    return middle
