"""A Raster as rectangles: what vector formats draw in place of the picture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from explorer.layout.scene import Bars, Raster


def bars_of(item: Raster) -> Iterator[Bars]:
    """Yield one batch of rectangles for each role: runs down each column, and runs of equal ones side by side.

    Together they cover exactly the cells of the picture, cut to its box.
    """
    rows, columns = item.cells.shape
    if not rows or not columns or not item.count:
        return
    wide, high = item.width / item.count, item.height / rows
    for code, (role, opacity) in enumerate(item.roles, start=1):
        on = item.cells == code
        if not on.any():
            continue
        top, bottom, start, end = _runs(on)
        left = np.maximum(item.x + (start - item.first) * wide, item.x)
        right = np.minimum(item.x + (end - item.first) * wide, item.x + item.width)
        kept = right > left + 1e-9
        if kept.any():
            boxes = np.stack((left, item.y + top * high, right - left, (bottom - top) * high), axis=1)[kept]
            yield Bars(np.ascontiguousarray(boxes, np.float64), role, opacity)


def _runs(on: NDArray[np.bool_]) -> tuple[NDArray[np.intp], ...]:
    """Return top, bottom, start, end of boxes that together are the cells of on, none over another."""
    edge = np.zeros((on.shape[0] + 1, on.shape[1]), np.int8)
    edge[:-1] += on
    edge[1:] -= on
    column, top = np.nonzero(edge.T == 1)
    bottom = np.nonzero(edge.T == -1)[1]
    order = np.lexsort((column, bottom, top))
    top, bottom, column = top[order], bottom[order], column[order]
    fresh = np.ones(len(top), np.bool_)
    fresh[1:] = (top[1:] != top[:-1]) | (bottom[1:] != bottom[:-1]) | (column[1:] != column[:-1] + 1)
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], len(top)) - 1
    return top[first], bottom[first], column[first], column[last] + 1
