"""Time to pixels and back: the one linear map of a timeline, safe from minutes to many thousand years."""

from __future__ import annotations

from dataclasses import replace
from typing import overload

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST, TimeColumns
from explorer.frozen import frozen

Floats = NDArray[np.float64]

#: The narrowest and widest stretch a window may show, in seconds (a minute; a hundred million years).
NARROWEST = 60.0
WIDEST = 3.2e15
_FAR = 1.0e7  # pixels: nothing is drawn farther out, so that no painter meets a huge number


@frozen
class Viewport:
    """start and end in seconds UTC (or rungs) lie at left and left + width in pixels; start < end, width > 0."""

    start: float
    end: float
    left: float
    width: float

    @property
    def span(self) -> float:
        """How much time is visible."""
        return self.end - self.start

    @property
    def right(self) -> float:
        """The pixel of end."""
        return self.left + self.width

    @overload
    def px(self, time: float) -> float: ...
    @overload
    def px(self, time: Floats) -> Floats: ...
    def px(self, time: float | Floats) -> float | Floats:
        """Return the pixel of a time; far-off times are held at ten million pixels, infinities too."""
        away = (np.asarray(time, np.float64) - self.start) / self.span * self.width
        held = np.clip(away, -_FAR, _FAR) + self.left
        return float(held) if held.ndim == 0 else held

    def time(self, px: float) -> float:
        """Return the time at a pixel."""
        return self.start + (px - self.left) / self.width * self.span

    def zoomed(self, factor: float, about: float, *, narrowest: float = NARROWEST) -> Viewport:
        """Return the viewport factor times as near, the time under pixel `about` staying where it is."""
        fixed = self.time(about)
        span = min(max(self.span / factor, narrowest), WIDEST)
        start = fixed - (about - self.left) / self.width * span
        return replace(self, start=start, end=start + span)

    def panned(self, pixels: float) -> Viewport:
        """Return the viewport with its content moved by pixels to the right."""
        step = pixels / self.width * self.span
        return replace(self, start=self.start - step, end=self.end - step)


def finite_range(times: TimeColumns, rows: NDArray[np.int32]) -> tuple[float, float] | None:
    """Return (earliest, latest) of all finite bounds of rows, None where no bound is finite."""
    found: list[tuple[float, float]] = []
    for column in (times.start_min, times.start_max, times.end_min, times.end_max):
        values = column[rows]
        values = values[(values != OPEN_PAST) & (values != OPEN_FUTURE)]
        if len(values):
            found.append((float(values.min()), float(values.max())))
    return (min(low for low, _ in found), max(high for _, high in found)) if found else None


def fitted(
    bounds: tuple[float, float] | None, left: float, width: float, *, margin: float = 30.0
) -> Viewport:
    """Return the viewport that shows bounds with `margin` pixels on each side (today's meaning of "fit all").

    Nothing dated, or one moment alone, gets a stretch of at least an hour.
    """
    start, end = bounds or (0.0, 365.25 * 86400.0)
    span = max(end - start, 3600.0)
    middle = (start + end) / 2
    margin = min(margin, width / 4)
    span *= width / max(width - 2 * margin, 1.0)
    return Viewport(middle - span / 2, middle + span / 2, left, width)


def held(window: tuple[float, float], *, narrowest: float = NARROWEST) -> tuple[float, float]:
    """Return a window that is the right way round and neither too narrow nor too wide to draw."""
    start, end = sorted(window)
    span = min(max(end - start, narrowest), WIDEST)
    middle = (start + end) / 2
    return middle - span / 2, middle + span / 2
