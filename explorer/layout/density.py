"""Density: lanes of counts where there are too many marks to draw; every record is in exactly one cell of its lane."""

from __future__ import annotations

import numpy as np

from explorer.casefile.columns import HUES, Ints, Mask
from explorer.layout.body import Body, BodyRequest
from explorer.layout.measure import Measure
from explorer.layout.rows import Band
from explorer.layout.scene import Group, Item, Rect
from explorer.layout.tooltips import cluster_words

_CELL = 6.0
_MOST_CELLS = 4000
_LANE, _TALLEST = 26.0, 90.0


def layout_density(request: BodyRequest, measure: Measure) -> Body:
    """Return one column of colour a cell of lane and time, as high as the cell is full."""
    del measure
    touches, e = request.touches, request.extents
    lanes = len(touches.lanes)
    height = (
        max(request.room / lanes, 4.0) if request.fit else min(max(request.room / lanes, _LANE), _TALLEST)
    )
    if not request.fit:
        height = max(height, min(request.room / lanes, 3 * _TALLEST))
    bands = [Band(i * height, height, 1, height) for i in range(lanes)]
    cell = max(_CELL, (request.right - request.left) * lanes / _MOST_CELLS)
    position = np.zeros(len(request.table), np.int64)
    position[e.rows] = np.arange(len(e.rows))
    x = np.clip(e.anchor[position[touches.row]], request.left, request.right - 0.01)
    column = ((x - request.left) // cell).astype(np.int64)
    order = np.lexsort((touches.row, column, touches.lane))
    keys = touches.lane[order].astype(np.int64) << 32 | column[order]
    cuts = np.flatnonzero(np.diff(keys)) + 1
    parts = np.split(touches.row[order], cuts)
    firsts = keys[np.concatenate(([0], cuts))] if len(keys) else keys
    fullest = max((len(part) for part in parts), default=1)
    chosen = np.array([record in request.selected for record in request.table.ids], np.bool_)
    groups = [
        _cell(request, part, int(key), cell, bands, fullest, chosen)
        for part, key in zip(parts, firsts, strict=True)
    ]
    return Body(bands, groups, lanes * height)


def _cell(
    request: BodyRequest, rows: Ints, key: int, cell: float, bands: list[Band], fullest: int, chosen: Mask
) -> Group:
    """Return one cell: its height grows with the root of its count, split by hue; the chosen share is framed."""
    band, column = bands[key >> 32], key & 0xFFFFFFFF
    x = request.left + column * cell
    wide = min(cell - 1, request.right - x)
    room = band.height - min(6.0, band.height * 0.2)
    high = max(room * float(np.sqrt(len(rows) / fullest)), min(2.0, room))
    hues = np.bincount(request.table.hue[rows], minlength=len(HUES))
    y = band.top + band.height - (band.height - room) / 2
    items: list[Item] = []
    share = high * float(np.count_nonzero(chosen[rows])) / len(rows)
    if share:
        items.append(Rect(x - 1, y - share, wide + 2, share, "selection", "selection_line"))
    for code in np.flatnonzero(hues).tolist():
        part = high * float(hues[code]) / len(rows)
        y -= part
        items.append(Rect(x, y, wide, part, HUES[code], opacity=0.9))
    ids = tuple(map(request.table.ids.__getitem__, rows.tolist()))
    words = cluster_words(request.table, rows)
    return Group(tuple(items), ids, "cluster", words, ((x, band.top, cell, band.height),))
