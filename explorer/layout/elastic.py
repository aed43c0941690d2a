"""The elastic axis: stretches of time in which nothing begins or ends shrink to marked breaks (design §4).

The map from seconds to places on the axis is piecewise linear and monotone. Busy stretches keep their scale, so that
what lies in them keeps its proportions; a break is shrunk by a power of two, so that the way back is exact.
"""

from __future__ import annotations

import math
from typing import overload

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST, TimeColumns
from explorer.frozen import frozen

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

#: A stretch shrinks where it is at least this part of all the time there is, and this many seconds long.
LEAST_PART, LEAST_LONG = 0.04, 86_400.0
#: A stretch that is longer than this part of all the time is known by its ends alone.
LONGEST = 0.15
#: All breaks together take at most this part of the axis; a break keeps this part of a busy stretch beside it.
BREAKS = 0.2
MARGIN = 0.02
MOST_BREAKS = 40


@frozen(eq=False)
class Elastic:
    """times (seconds UTC, ascending) lie at places; before the first and after the last the scale is that of time.

    breaks: the (start, end) in seconds of the stretches that were shrunk, ascending.
    """

    times: Floats
    places: Floats
    breaks: tuple[tuple[float, float], ...]

    @overload
    def place(self, time: float) -> float: ...
    @overload
    def place(self, time: Floats) -> Floats: ...
    def place(self, time: float | Floats) -> float | Floats:
        """Return where times lie on the axis, in the scale of seconds."""
        return _through(time, self.times, self.places)

    @overload
    def time(self, place: float) -> float: ...
    @overload
    def time(self, place: Floats) -> Floats: ...
    def time(self, place: float | Floats) -> float | Floats:
        """Return the times that lie at places: the inverse of place."""
        return _through(place, self.places, self.times)

    def scale(self, time: float) -> float:
        """Return how many seconds of the axis a second takes at a time: 1, or less within a break."""
        at = int(np.searchsorted(self.times, time, side="right")) - 1
        if at < 0 or at >= len(self.times) - 1:
            return 1.0
        return float((self.places[at + 1] - self.places[at]) / (self.times[at + 1] - self.times[at]))


#: The axis of a calendar: every second takes a second.
CALENDAR = Elastic(np.zeros(1), np.zeros(1), ())


def elastic_of(times: TimeColumns, rows: NDArray[np.integer]) -> Elastic:
    """Return the elastic axis of some events: what lies between the times at which they may begin or end shrinks.

    A stretch in which a beginning or an end may lie is busy as a whole (the year of "in 2015" keeps its width), unless
    it is so long that only its ends tell anything (LONGEST). O(n log n) in numpy.
    """
    starts, ends = [], []
    for low, high in ((times.start_min, times.start_max), (times.end_min, times.end_max)):
        a, b = low[rows], high[rows]
        a, b = np.where(a == OPEN_PAST, b, a), np.where(b == OPEN_FUTURE, a, b)
        known = (a != OPEN_PAST) & (a != OPEN_FUTURE) & (b != OPEN_PAST) & (b != OPEN_FUTURE)
        starts.append(np.minimum(a[known], b[known]))
        ends.append(np.maximum(a[known], b[known]))
    return elastic(*_told_apart(np.concatenate(starts), np.concatenate(ends)))


def _told_apart(starts: Longs, ends: Longs) -> tuple[Longs, Longs]:
    """Return stretches of which the long ones are only their first and last second."""
    if not len(starts):
        return starts, ends
    long = ends - starts > LONGEST * float(ends.max() - starts.min())
    points = np.concatenate((starts[long], ends[long]))
    return np.concatenate((starts[~long], points)), np.concatenate((ends[~long], points))


def elastic(starts: Longs, ends: Longs) -> Elastic:
    """Return the axis on which all between the stretches [starts, ends] (int64 seconds) shrinks where it is long."""
    gaps = _gaps(starts, ends)
    if not gaps:
        return CALENDAR
    first, last = float(starts.min()), float(ends.max())
    busy = max(last - first - sum(b - a for a, b in gaps), LEAST_LONG)
    target = BREAKS / (1 - BREAKS) * busy / len(gaps)
    times, places = [gaps[0][0]], [0.0]
    for start, end in gaps:
        if start > times[-1]:
            places.append(places[-1] + start - times[-1])
            times.append(start)
        halvings = max(math.ceil(math.log2((end - start) / target)), 0)
        places.append(places[-1] + (end - start) * 2.0**-halvings)
        times.append(end)
    return Elastic(np.array(times), np.array(places), tuple(gaps))


def _gaps(starts: Longs, ends: Longs) -> list[tuple[float, float]]:
    """Return the stretches that shrink, each with a margin of busy time left on both sides, in whole seconds."""
    if len(starts) < 2:
        return []
    order = np.argsort(starts, kind="stable")
    begins, reached = starts[order], np.maximum.accumulate(ends[order])
    lengths = (begins[1:] - reached[:-1]).astype(np.float64)
    total = float(reached[-1] - begins[0])
    if total <= 0:
        return []
    busy = total - lengths[lengths > max(LEAST_PART * total, LEAST_LONG)].sum()
    margin = float(int(MARGIN * max(busy, LEAST_LONG)))
    long = np.flatnonzero(lengths - 2 * margin > max(LEAST_PART * total, LEAST_LONG))
    if len(long) > MOST_BREAKS:
        long = np.sort(long[np.argsort(-lengths[long], kind="stable")[:MOST_BREAKS]])
    return [(float(reached[at]) + margin, float(begins[at + 1]) - margin) for at in long.tolist()]


def _through(values: float | Floats, known: Floats, wanted: Floats) -> float | Floats:
    """Return values mapped from one scale to the other, each on the piece it lies on; exact for powers of two."""
    given = np.asarray(values, np.float64)
    at = np.clip(np.searchsorted(known, given, side="right") - 1, 0, len(known) - 1)
    after = np.minimum(at + 1, len(known) - 1)
    run, rise = known[after] - known[at], wanted[after] - wanted[at]
    inside = (given >= known[0]) & (run > 0)
    slope = np.where(inside, np.divide(rise, run, out=np.ones_like(rise), where=run > 0), 1.0)
    found = wanted[at] + (given - known[at]) * slope
    return float(found) if found.ndim == 0 else found
