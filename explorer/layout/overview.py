"""The overview strip: how many records lie where in all of time, and the draggable window that is shown of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import EventTable, Floats, Ints, Mask
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.layout.elastic import CALENDAR
from explorer.layout.extents import calendar_extents
from explorer.layout.ladder import ladder
from explorer.layout.scene import Bars, Group, Item, Path, Rect, Scene
from explorer.layout.skipping import skipping_of
from explorer.layout.viewport import Viewport, finite_range, fitted
from explorer.words import tr

_CELL = 4.0
HANDLE = 6.0  # pixels about an edge of the window that take hold of it


@frozen(eq=False, slots=False)
class OverviewRequest:
    """rows: what the filter shows; selected: bool over the table, whose share is shown; window: what is seen."""

    table: EventTable
    rows: Ints
    width: float
    height: float
    window: tuple[float, float] | None
    axis: str = "calendar"
    text_only: bool = False
    selected: Mask | None = None
    left: float = 0.0


@frozen
class Overview:
    """viewport: all of time in pixels; box: (x0, x1) of the window; counts: records per cell, together all dated."""

    scene: Scene
    viewport: Viewport
    box: tuple[float, float]
    counts: tuple[int, ...]

    def part_at(self, x: float) -> str:
        """Return what lies at a pixel: "start" or "end" (an edge to drag), "window" (to move), or "" (to jump to)."""
        start, end = self.box
        if abs(x - start) <= HANDLE and abs(x - start) <= abs(x - end):
            return "start"
        if abs(x - end) <= HANDLE:
            return "end"
        return "window" if start < x < end else ""

    def dragged(self, part: str, pixels: float) -> tuple[float, float]:
        """Return the window after one of its parts has been moved by pixels; never empty, never turned about."""
        start, end = self.box
        if part == "start":
            start = min(start + pixels, end - 2)
        elif part == "end":
            end = max(end + pixels, start + 2)
        else:
            start, end = start + pixels, end + pixels
        return self.viewport.time(start), self.viewport.time(end)


def layout_overview(request: OverviewRequest) -> Overview:
    """Return the strip with one column a cell, as high as the root of its count, and the window's box over it."""
    rows = distinct(np.asarray(request.rows, np.int32))
    viewport, anchors, rows = _anchored(request, rows)
    cells = max(int(viewport.width / _CELL), 1)
    cell = np.clip(((anchors - viewport.left) // _CELL).astype(np.int64), 0, cells - 1)
    counts = np.bincount(cell, minlength=cells)
    chosen = np.zeros(cells, np.int64)
    if request.selected is not None:
        chosen = np.bincount(cell[request.selected[rows]], minlength=cells)
    start, end = request.window or (viewport.start, viewport.end)
    box = tuple(float(np.clip(viewport.px(time), viewport.left, viewport.right)) for time in (start, end))
    x0, x1 = box[0], max(box[1], box[0] + 2)
    items = [
        *_columns(counts, chosen, viewport.left, request.height),
        *_window(x0, x1, viewport, request.height),
    ]
    scene = Scene(request.width, request.height, tuple(items))
    return Overview(scene, viewport, (x0, x1), tuple(counts.tolist()))


def _anchored(request: OverviewRequest, rows: Ints) -> tuple[Viewport, Floats, Ints]:
    """Return the viewport of everything, and the pixels and rows of what has a place in it."""
    left, width = request.left, max(request.width - request.left - 2, 1.0)
    if request.axis == "order":
        steps = ladder(request.table, text_only=request.text_only).narrowed(rows)
        viewport = Viewport(-0.5, max(len(steps.rungs), 1) - 0.5, left, width)
        rows = rows[steps.first[rows] >= 0]
        return (
            viewport,
            viewport.px((steps.edges[steps.first[rows]] + steps.edges[steps.last[rows] + 1]) / 2.0),
            rows,
        )
    times = request.table.times(text_only=request.text_only)
    skipping = (
        skipping_of(request.table, rows, text_only=request.text_only) if request.axis == "elastic" else None
    )
    warp = CALENDAR if skipping is None else skipping.axis
    viewport = fitted(finite_range(times, rows), left, width, margin=12.0, warp=warp)
    extents = calendar_extents(times, rows, viewport)
    return viewport, extents.anchor[extents.dated], rows[extents.dated]


def _columns(
    counts: NDArray[np.integer], chosen: NDArray[np.integer], left: float, height: float
) -> list[Item]:
    """Return the histogram, the selected share in the accent."""
    room, most = height - 6, max(int(counts.max()), 1)
    items: list[Item] = []
    for values, role in ((counts, "reference"), (chosen, "accent")):
        at = np.flatnonzero(values)
        if not len(at):
            continue
        high = np.maximum(np.sqrt(values[at] / most) * room, 2.0)
        boxes = np.stack((left + at * _CELL, height - 2 - high, np.full(len(at), _CELL - 1), high), axis=1)
        items.append(Bars(np.ascontiguousarray(boxes, np.float64), role))
    return items


def _window(x0: float, x1: float, viewport: Viewport, height: float) -> list[Item]:
    """Return the box of what is seen: the rest is veiled, its edges can be taken hold of."""
    veil = [
        Rect(a, 0, b - a, height, "panel", opacity=0.6)
        for a, b in ((viewport.left, x0), (x1, viewport.right)) if b - a > 0.5
    ]  # fmt: skip
    edges = [Path((("M", x, 3), ("L", x, height - 3)), "accent", line=2.5) for x in (x0, x1)]
    frame = Rect(x0, 0.5, x1 - x0, height - 1, "", "accent", 1.0, 3.0)
    group = Group(
        (frame, *edges), kind="axis", title=tr("What is shown: drag to move, its edges to widen or narrow")
    )
    return [*veil, group]
