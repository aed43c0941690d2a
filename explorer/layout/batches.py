"""Thousands of marks as batches: each record a box in its lane, solid where it surely was, pale where it may have been.

What is too much for single marks and too little for density; the gravest are named.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import HUES, Ints, Mask
from explorer.casefile.distinct import distinct
from explorer.layout.body import Body, BodyRequest
from explorer.layout.crowd import Crowd
from explorer.layout.inner import BoxFinder
from explorer.layout.lanes import Touches
from explorer.layout.measure import Measure
from explorer.layout.rowids import RowIds
from explorer.layout.rows import Band
from explorer.layout.scene import Bars, Group, Item
from explorer.layout.toplabels import LINE, LabelLines, label_groups, main_lanes, rank_of
from explorer.words import isolated, tr

_LEAST, _TALLEST = 30.0, 150.0
_LABELLED = 26.0
_STEP, _HALF = 7.0, 3.0  # between the lines of a lane; half the size of a mark
#: The width of a mark.
MARK = 2 * _HALF
_SOLID, _SOFT = 0.9, 0.35
_SPREAD = (
    2_654_435_761  # Knuth's multiplier: neighbours in the table stand on different lines, wherever one looks
)


def lines_of(height: float) -> int:
    """Return how many lines of marks a lane has that takes so many pixels, or the least there are."""
    height = min(max(height, _LEAST), _TALLEST)
    return max(int((height - LINE - 2) / _STEP), 1)


def layout_batches(request: BodyRequest, crowd: Crowd, chosen: Mask | None, measure: Measure) -> Body:
    """Return the lanes with every entry of touches drawn as a box."""
    touches = request.touches
    count = max(len(touches.lanes), 1)
    share = request.room / count
    height = max(share, 4.0) if request.fit else max(min(share, _TALLEST), _LEAST)
    line = LINE if height >= _LABELLED else 0.0
    lines = max(int((height - line - 2) / _STEP), 1)
    boxes, core = _boxes(request, touches, line, height, lines)
    bounds = np.searchsorted(touches.lane, np.arange(count + 1))
    bands, groups = [], []
    for lane in range(len(touches.lanes)):
        part = slice(int(bounds[lane]), int(bounds[lane + 1]))
        rows = touches.row[part]
        bands.append(Band(lane * height, height, lines, _STEP, count=len(rows)))
        items = list(_items(request, rows, boxes[part], core[part], chosen))
        words = tr("{name}: {count} records in sight").format(
            name=isolated(touches.lanes[lane].name), count=len(rows)
        )
        box = (request.left, request.top + lane * height, request.right - request.left, height)
        finder = BoxFinder(request.table, rows, boxes[part], request.text_only)
        groups.append(Group(tuple(items), RowIds(request.table, rows), "cluster", words, (box,), finder))
    named = _labels(request, crowd, touches, bands, chosen, measure) if line else []
    return Body(bands, [*groups, *named], len(touches.lanes) * height, request.top)


def _boxes(
    request: BodyRequest, touches: Touches, line: float, height: float, lines: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (whole marks, their solid parts) as float64 (n, 4); a solid part may be empty."""
    e = request.extents
    at = np.searchsorted(e.rows, touches.row)
    x, point = e.anchor[at], e.point[at]
    low, high = request.left, request.right
    x0 = np.clip(np.where(point, np.minimum(x - _HALF, e.left[at]), e.left[at]), low, high)
    x1 = np.clip(np.where(point, np.maximum(x + _HALF, e.right[at]), e.right[at]), low, high)
    x0, x1 = np.clip(x0, low, high - 1), np.clip(np.maximum(x1, x0 + 1.5), low, high)
    inner0 = np.where(point, x0, np.clip(e.inner_left[at], x0, x1))
    inner1 = np.where(point, x1, np.where(e.core[at], np.clip(e.inner_right[at], x0, x1), inner0))
    place = (touches.row.astype(np.int64) * _SPREAD >> 12) % lines
    step = (height - line - 2) / lines
    tall = min(2 * _HALF, max(step - 1, 1.5))
    y = request.top + touches.lane * height + line + 1 + place * step + (step - tall) / 2
    high_column = np.full(len(x), tall)
    whole = np.stack((x0, y, x1 - x0, high_column), axis=1)
    return whole, np.stack((inner0, y, inner1 - inner0, high_column), axis=1)


def _items(
    request: BodyRequest,
    rows: Ints,
    boxes: NDArray[np.float64],
    core: NDArray[np.float64],
    chosen: Mask | None,
) -> list[Item]:
    """Return the batches of one lane: frames of the selected below, then pale and solid parts by hue."""
    items: list[Item] = []
    if chosen is not None and chosen[rows].any():
        frames = boxes[chosen[rows]] + np.array([-2.0, -2.0, 4.0, 4.0])
        frames[:, 2] = np.minimum(frames[:, 0] + frames[:, 2], request.right) - frames[:, 0]
        items.append(Bars(np.ascontiguousarray(frames), "selection_line"))
    hue = request.table.hue[rows]
    for code in distinct(hue).tolist():
        mine = hue == code
        soft = mine & (core[:, 2] < boxes[:, 2] - 0.01)
        if soft.any():
            items.append(Bars(np.ascontiguousarray(boxes[soft]), HUES[code], _SOFT))
        solid = mine & (core[:, 2] > 0)
        if solid.any():
            items.append(Bars(np.ascontiguousarray(core[solid]), HUES[code], _SOLID))
    return items


def _labels(
    request: BodyRequest,
    crowd: Crowd,
    touches: Touches,
    bands: list[Band],
    chosen: Mask | None,
    measure: Measure,
) -> list[Group]:
    rows = distinct(touches.row)
    rank = rank_of(request.table, text_only=request.text_only)[rows].astype(np.int64)
    if chosen is not None:
        rank -= np.where(chosen[rows], len(request.table), 0)
    rows = rows[np.argsort(rank, kind="stable")]
    x = request.extents.anchor[np.searchsorted(request.extents.rows, rows)]
    lines = LabelLines([request.top + band.top for band in bands], request.left, request.right)
    return label_groups(crowd, rows, main_lanes(rows, touches), x, lines, measure)
