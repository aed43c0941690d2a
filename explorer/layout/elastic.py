"""The elastic axis: stretches of time in which nothing begins or ends shrink to marked breaks (design §4).

The map from seconds to places on the axis is piecewise linear and monotone. The longest busy stretch keeps its scale,
and within each all keeps its proportions. A short stretch in which much begins and ends is stretched (five days beside
a year would be a stroke), a break is shrunk, both by powers of two, so that the way back is exact.
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
#: A stretch that is longer than this part of all the time, and than these seconds, is known by its ends alone.
LONGEST, LONG = 0.15, 2 * 366 * 86_400.0
#: All breaks together take at most this part of the axis; a break keeps this part of a busy stretch beside it.
BREAKS = 0.2
MARGIN = 0.02
MOST_BREAKS = 40
#: A stretch takes at least the part of the longest one that it has of all beginnings and ends, at most this part.
STRETCHED = 0.5


@frozen(eq=False)
class Elastic:
    """times (seconds UTC, ascending) lie at places; ends: the scale before the first and after the last.

    breaks: the (start, end) in seconds of the stretches that were shrunk, ascending.
    """

    times: Floats
    places: Floats
    breaks: tuple[tuple[float, float], ...]
    ends: tuple[float, float] = (1.0, 1.0)

    @overload
    def place(self, time: float) -> float: ...
    @overload
    def place(self, time: Floats) -> Floats: ...
    def place(self, time: float | Floats) -> float | Floats:
        """Return where times lie on the axis, in the scale of seconds."""
        return _through(time, self.times, self.places, self.ends)

    @overload
    def time(self, place: float) -> float: ...
    @overload
    def time(self, place: Floats) -> Floats: ...
    def time(self, place: float | Floats) -> float | Floats:
        """Return the times that lie at places: the inverse of place."""
        return _through(place, self.places, self.times, (1 / self.ends[0], 1 / self.ends[1]))

    def scale(self, time: float) -> float:
        """Return how many seconds of the axis a second takes at a time: less than 1 within a break."""
        at = int(np.searchsorted(self.times, time, side="right")) - 1
        if at < 0 or at >= len(self.times) - 1:
            return self.ends[at >= 0]
        return float((self.places[at + 1] - self.places[at]) / (self.times[at + 1] - self.times[at]))


#: The axis of a calendar: every second takes a second.
CALENDAR = Elastic(np.zeros(1), np.zeros(1), ())


def elastic_of(times: TimeColumns, rows: NDArray[np.integer]) -> Elastic:
    """Return the elastic axis of some events: what lies between the times at which they may begin or end shrinks.

    A stretch in which a beginning or an end may lie is busy as a whole (the year of "in 2015" keeps its width), unless
    it is so long that only its ends tell anything (LONGEST, LONG). O(n log n) in numpy.
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
    long = ends - starts > max(LONGEST * float(ends.max() - starts.min()), LONG)
    points = np.concatenate((starts[long], ends[long]))
    return np.concatenate((starts[~long], points)), np.concatenate((ends[~long], points))


def elastic(starts: Longs, ends: Longs) -> Elastic:
    """Return the axis on which all between the stretches [starts, ends] (int64 seconds) shrinks where it is long."""
    gaps = _gaps(starts, ends)
    if not gaps:
        return CALENDAR
    lengths, scales = _stretches(starts, ends, gaps)
    busy = max(float(lengths @ scales), LEAST_LONG)
    target = BREAKS / (1 - BREAKS) * busy / len(gaps)
    times, places = [gaps[0][0]], [0.0]
    for (start, end), scale in zip(gaps, scales, strict=False):
        if start > times[-1]:
            places.append(places[-1] + (start - times[-1]) * float(scale))
            times.append(start)
        halvings = max(math.ceil(math.log2((end - start) / target)), 0)
        places.append(places[-1] + (end - start) * 2.0**-halvings)
        times.append(end)
    return Elastic(np.array(times), np.array(places), tuple(gaps), (float(scales[0]), float(scales[-1])))


def _stretches(starts: Longs, ends: Longs, gaps: list[tuple[float, float]]) -> tuple[Floats, Floats]:
    """Return how long the busy stretches beside the gaps are, in seconds, and the scale of each: a power of two."""
    edges = np.array(gaps)
    begins = np.concatenate(([float(starts.min())], edges[:, 1]))
    lengths = np.maximum(np.concatenate((edges[:, 0], [float(ends.max())])) - begins, 1.0)
    weights = np.bincount(np.searchsorted(edges[:, 1], starts), minlength=len(begins)) / len(starts)
    wanted = lengths.max() * np.minimum(weights, STRETCHED) / lengths
    return lengths, 2.0 ** np.ceil(np.log2(np.maximum(wanted, 1.0)))


def _gaps(starts: Longs, ends: Longs) -> list[tuple[float, float]]:
    """Return the stretches that shrink, in whole seconds.

    On both sides of each a margin of busy time is left, no longer than what is busy there.
    """
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
    firsts = np.concatenate((begins[:1], begins[long + 1])).astype(np.float64)
    lasts = np.concatenate((reached[long], reached[-1:])).astype(np.float64)
    margins = np.minimum(np.maximum(lasts - firsts, LEAST_LONG), margin)
    return list(zip((lasts + margins)[:-1].tolist(), (firsts - margins)[1:].tolist(), strict=True))


def _through(
    values: float | Floats, known: Floats, wanted: Floats, ends: tuple[float, float]
) -> float | Floats:
    """Return values mapped from one scale to the other, each on the piece it lies on; exact for powers of two.

    ends: the slopes before the first and after the last of known.
    """
    given = np.asarray(values, np.float64)
    piece = np.searchsorted(known, given, side="right")
    at = np.maximum(piece - 1, 0)
    slopes = np.concatenate(([ends[0]], np.diff(wanted) / np.diff(known), [ends[1]]))
    found = wanted[at] + (given - known[at]) * slopes[piece]
    return float(found) if found.ndim == 0 else found
