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
_Known = tuple[NDArray[np.int64], Mask]

#: Pixels over which a bar fades out beyond its one known side.
FADE = 40.0
#: The radius of a mark.
RADIUS = 6.0
#: Bounds narrower than this are drawn as a point: no mark of any shape is narrower.
POINT = 9.0
#: A window of possibility is at least so wide, so that its two brackets are told apart.
LEAST_WINDOW = 11.0


@frozen(eq=False)
class Extents:
    """For each of rows, in pixels: left ≤ inner_left ≤ inner_right ≤ right; float64 (n,).

    Between left and inner_left, and inner_right and right, a mark fades; between the inner two it is solid (core)
    or soft. open_left/open_right: that side is not known at all. point: drawn as a shape at anchor. outside: -1
    where it lies wholly before the window, +1 after it, 0 where it is seen. dated: False in the undated strip.
    basis: weakest over finite bounds, codes of BASES. anchor: where stems leave. ends: (n, 2), what the left and the
    right end (of one that is not known: the nearest bound that is) rest on. possible: known by nothing but bounds
    that other facts set.
    """

    rows: Ints
    left: Floats
    inner_left: Floats
    inner_right: Floats
    right: Floats
    core: Mask
    open_left: Mask
    open_right: Mask
    point: Mask
    basis: Bytes
    dated: Mask
    outside: NDArray[np.int8]
    anchor: Floats
    ends: Ends
    possible: Mask


@frozen(eq=False)
class Ends:
    """Of each left and right end: basis (codes of BASES, uint8), approx and derived (bool), all (n, 2)."""

    basis: Bytes
    approx: Mask
    derived: Mask


def calendar_extents(times: TimeColumns, rows: Ints, viewport: Viewport) -> Extents:
    """Return the extents of rows on the calendar."""
    a, b = times.start_min[rows], times.end_max[rows]
    c, d = times.start_max[rows], times.end_min[rows]
    has_a, has_b = a != OPEN_PAST, b != OPEN_FUTURE
    has_c, has_d = c != OPEN_FUTURE, d != OPEN_PAST
    going, since_ever = d == OPEN_FUTURE, c == OPEN_PAST
    core = has_c & has_d & (c <= d)
    lo, hi = _inner((a, has_a), (b, has_b), (c, has_c), (d, has_d))
    inner_left, inner_right = _px(lo, viewport), _px(hi, viewport)
    inner_left = np.where(since_ever, viewport.left - FADE, inner_left)
    inner_right = np.where(going, viewport.right + FADE, inner_right)
    inner_left, inner_right = np.minimum(inner_left, inner_right), np.maximum(inner_left, inner_right)
    left = np.where(has_a, np.minimum(_px(a, viewport), inner_left), inner_left - FADE)
    right = np.where(has_b, np.maximum(_px(b, viewport), inner_right), inner_right + FADE)
    left, right = np.where(since_ever, inner_left, left), np.where(going, inner_right, right)
    dated = has_a | has_b | has_c | has_d
    ends = _ends_of(times, rows, has_a, has_b, has_c, has_d)
    possible = dated & ~core & (times.derived[rows] | (times.basis[rows] == 0)).all(axis=1)
    closed = has_a & has_b
    left, right = _widened(left, right, possible & closed)
    inner_left = np.where(possible & closed, left, inner_left)
    inner_right = np.where(possible & closed, right, inner_right)
    point = closed & ~possible & (right - left < POINT)
    anchor = _anchor(
        np.where(point, left, inner_left), np.where(point, right, inner_right), left, right, viewport
    )
    return Extents(
        rows, left, inner_left, inner_right, right, core, ~has_a & ~since_ever, ~has_b & ~going,
        point, weakest_of(times, rows), dated, _outside(left, right, dated, viewport), anchor, ends, possible,
    )  # fmt: skip


def _inner(
    start: _Known, end: _Known, begun: _Known, lasted: _Known
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return between which seconds a bar does not fade: start_min, end_max, start_max, end_min, and where known."""
    (a, has_a), (b, has_b), (c, has_c), (d, has_d) = start, end, begun, lasted
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
    both = ~has_c & ~has_d & has_a & has_b
    return np.where(both, a, lo), np.where(both, b, hi)


def _widened(left: Floats, right: Floats, windows: Mask) -> tuple[Floats, Floats]:
    """Return the sides of bars, those of windows of possibility at least LEAST_WINDOW apart."""
    lacking = np.where(windows, np.maximum(LEAST_WINDOW - (right - left), 0.0), 0.0)
    return left - lacking / 2, right + lacking / 2


def _ends_of(times: TimeColumns, rows: Ints, a: Mask, b: Mask, c: Mask, d: Mask) -> Ends:
    """Return what the ends rest on; a … d: whether each bound (start_min, end_max, start_max, end_min) is known."""
    left = np.where(a, 0, np.where(c, 1, np.where(d, 2, 3)))
    right = np.where(b, 3, np.where(d, 2, np.where(c, 1, 0)))
    side = np.stack((left, right), axis=1)
    return Ends(
        np.take_along_axis(times.basis[rows], side, axis=1),
        np.take_along_axis(times.approx[rows], side, axis=1),
        np.take_along_axis(times.derived[rows], side, axis=1),
    )


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
    anchor = np.where(bars, _anchor(inner_left, inner_right, left, right, viewport), middle)
    return Extents(
        rows, left, inner_left, inner_right, right, no, bars, bars, ~bars,
        np.zeros(len(rows), np.uint8), dated, _outside(left, right, dated, viewport), anchor,
        Ends(np.zeros((len(rows), 2), np.uint8), np.stack((no, no), axis=1), np.stack((no, no), axis=1)), no,
    )  # fmt: skip


def _px(times: NDArray[np.int64], viewport: Viewport) -> Floats:
    return viewport.px(times.astype(np.float64))


def _outside(left: Floats, right: Floats, dated: Mask, viewport: Viewport) -> NDArray[np.int8]:
    before, after = right < viewport.left, left > viewport.right
    return np.where(dated, np.where(before, -1, np.where(after, 1, 0)), 0).astype(np.int8)


def _anchor(
    inner_left: Floats, inner_right: Floats, left: Floats, right: Floats, viewport: Viewport
) -> Floats:
    """Return the middle of what is seen of the known part, else of the whole."""
    low, high = viewport.left, viewport.right
    seen = (inner_right >= low) & (inner_left <= high)
    start, end = np.where(seen, inner_left, left), np.where(seen, inner_right, right)
    middle: Floats = (np.clip(start, low, high) + np.clip(end, low, high)) / 2
    return middle
