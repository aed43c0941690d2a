"""Time to pixels and back: the one map of a timeline, safe from minutes to many thousand years.

It is linear in time, or, with a warp, in the places of the elastic axis: the visible stretch is kept in real seconds,
and zooming and panning go by places, so that both are smooth wherever a break lies.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST, TimeColumns
from explorer.frozen import frozen
from explorer.layout.elastic import CALENDAR, Elastic

Floats = NDArray[np.float64]

#: The narrowest and widest stretch a window may show, in seconds (a minute; a hundred million years).
NARROWEST = 60.0
WIDEST = 3.2e15
_FAR = 1.0e7  # pixels: nothing is drawn farther out, so that no painter meets a huge number


@frozen(slots=False)
class Viewport:
    """start and end in seconds UTC (or rungs) lie at left and left + width in pixels; start < end, width > 0.

    warp: the elastic axis that time is laid out on; in pixels all is linear in its places.
    """

    start: float
    end: float
    left: float
    width: float
    warp: Elastic = CALENDAR

    @cached_property
    def places(self) -> tuple[float, float]:
        """Where start and end lie on the axis: the same, but on the elastic one."""
        if self.warp is CALENDAR:
            return self.start, self.end
        return self.warp.place(self.start), self.warp.place(self.end)

    @property
    def span(self) -> float:
        """How much of the axis is visible, in its seconds (outside of breaks and of stretched days: of time)."""
        return self.places[1] - self.places[0]

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
        place = time if self.warp is CALENDAR else self.warp.place(np.asarray(time, np.float64))
        away = (np.asarray(place, np.float64) - self.places[0]) / self.span * self.width
        held = np.clip(away, -_FAR, _FAR) + self.left
        return float(held) if held.ndim == 0 else held

    def time(self, px: float) -> float:
        """Return the time at a pixel."""
        return self._time(self.places[0] + (px - self.left) / self.width * self.span)

    def zoomed(self, factor: float, about: float, *, narrowest: float = NARROWEST) -> Viewport:
        """Return the viewport factor times as near, the time under pixel `about` staying where it is."""
        fixed = self.places[0] + (about - self.left) / self.width * self.span
        span = min(max(self.span / factor, narrowest), WIDEST)
        start = fixed - (about - self.left) / self.width * span
        return self._at(start, start + span)

    def panned(self, pixels: float) -> Viewport:
        """Return the viewport with its content moved by pixels to the right."""
        step = pixels / self.width * self.span
        return self._at(self.places[0] - step, self.places[1] - step)

    def linear(self, unit: float = 1.0) -> Viewport:
        """Return the same map from places, in parts of which unit make a second, to pixels."""
        start, end = self.places
        return replace(self, start=start * unit, end=end * unit, warp=CALENDAR)

    def _at(self, start: float, end: float) -> Viewport:
        """Return the viewport that shows these places."""
        return replace(self, start=self._time(start), end=self._time(end))

    def _time(self, place: float) -> float:
        return place if self.warp is CALENDAR else self.warp.time(place)


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
    bounds: tuple[float, float] | None,
    left: float,
    width: float,
    *,
    margin: float = 30.0,
    warp: Elastic = CALENDAR,
) -> Viewport:
    """Return the viewport that shows bounds with `margin` pixels on each side (today's meaning of "fit all").

    Nothing dated, or one moment alone, gets a stretch of at least an hour. warp: of the elastic axis.
    """
    start, end = (warp.place(time) for time in bounds or (0.0, 365.25 * 86400.0))
    span = max(end - start, 3600.0)
    middle = (start + end) / 2
    margin = min(margin, width / 4)
    span *= width / max(width - 2 * margin, 1.0)
    return Viewport(warp.time(middle - span / 2), warp.time(middle + span / 2), left, width, warp)


def held(window: tuple[float, float], *, narrowest: float = NARROWEST) -> tuple[float, float]:
    """Return a window that is the right way round and neither too narrow nor too wide to draw."""
    start, end = sorted(window)
    span = min(max(end - start, narrowest), WIDEST)
    middle = (start + end) / 2
    return middle - span / 2, middle + span / 2
