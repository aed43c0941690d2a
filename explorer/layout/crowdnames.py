"""Names in a graph of thousands: the most important first, beside their marks, none over another or a large mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import EventTable, Ints
from explorer.frozen import frozen
from explorer.layout.measure import Measure, line_height, shortened
from explorer.layout.routes import Box

Points = NDArray[np.float64]

#: Pixels of canvas for each name, and the most and the fewest names; so many actors are tried.
_PER_NAME, _MOST, _FEWEST, _TRIED = 6500.0, 140, 12, 220
_ROOM = 132.0
_AIR = 1.5
_COLUMN = 48.0
_SOLID, _COVERED = 4.0, 0.45  # a mark smaller than this, or than so much of the largest, may lie below a name


@frozen
class Named:
    """A name that found room: the index of its actor, its words, what they stand for where shortened, its box."""

    actor: int
    text: str
    full: str
    box: Box


def named(
    wanted: Ints,
    spots: Points,
    radius: Points,
    plot: Box,
    table: EventTable,
    measure: Measure,
    blocked: Sequence[Box] = (),
) -> list[Named]:
    """Return the names of as many of wanted (most important first) as find room in plot."""
    most = int(min(max(plot[2] * plot[3] / _PER_NAME, _FEWEST), _MOST))
    least = max(_SOLID, _COVERED * float(radius[wanted].max(initial=0.0)))
    large = wanted[radius[wanted] >= least]
    discs = np.concatenate([spots[large] - radius[large, None], spots[large] + radius[large, None]], axis=1)
    taken = _Taken([*map(tuple, discs.tolist()), *((x, y, x + w, y + h) for x, y, w, h in blocked)], plot)
    height, found = line_height(measure, "small"), []
    for actor in wanted[:_TRIED].tolist():
        text = shortened(table.actors.names[actor], _ROOM, "small", measure)
        width = measure.width(text, "small")
        x, y = spots[actor].tolist()
        at = taken.first(_around(x, y, float(radius[actor]), width, height), width, height)
        if at is None:
            continue
        whole = table.actors.names[actor]
        box = (round(at[0], 2), round(at[1], 2), width, height)
        found.append(Named(actor, text, whole if whole != text else "", box))
        if len(found) >= most:
            break
    return found


def _around(x: float, y: float, radius: float, width: float, height: float) -> Iterator[tuple[float, float]]:
    """Yield where the corner of a name may stand: beside, below and above its mark, the best first."""
    reach, slant = radius + 3.5, radius * 0.7 + 2
    yield (x + reach, y - height / 2)
    yield (x - reach - width, y - height / 2)
    yield (x - width / 2, y + reach - 1)
    yield (x - width / 2, y - reach - height + 1)
    for top in (y + slant - 2, y - slant - height + 2):
        yield (x + slant, top)
        yield (x - slant - width, top)


class _Taken:
    """The boxes (x0, y0, x1, y1) that are taken, by the columns of a grid that they reach into."""

    def __init__(self, boxes: Iterable[tuple[float, ...]], plot: Box) -> None:
        self._plot = plot
        self._columns: dict[int, list[tuple[float, ...]]] = {}
        for box in boxes:
            self._take(box)

    def first(
        self, corners: Iterable[tuple[float, float]], width: float, height: float
    ) -> tuple[float, float] | None:
        """Take the first free place for a name, and return its corner; None where there is none."""
        x, y, wide, high = self._plot
        for left, top in corners:
            box = (left - _AIR, top - _AIR, left + width + _AIR, top + height + _AIR)
            inside = box[0] >= x and box[1] >= y and box[2] <= x + wide and box[3] <= y + high
            if inside and not self._touches(box):
                self._take(box)
                return left, top
        return None

    def _touches(self, box: tuple[float, ...]) -> bool:
        x0, y0, x1, y1 = box
        return any(
            a < x1 and c > x0 and b < y1 and d > y0
            for column in range(int(x0 // _COLUMN), int(x1 // _COLUMN) + 1)
            for a, b, c, d in self._columns.get(column, ())
        )

    def _take(self, box: tuple[float, ...]) -> None:
        for column in range(int(box[0] // _COLUMN), int(box[2] // _COLUMN) + 1):
            self._columns.setdefault(column, []).append(box)
