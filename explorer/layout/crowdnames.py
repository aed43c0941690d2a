"""Names in a graph of thousands: the most important first, beside their marks, none over another or a large mark."""

from __future__ import annotations

from collections.abc import Sequence

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
    taken = np.empty((len(large) + len(blocked) + most + 1, 4))
    taken[: len(large)] = np.concatenate(
        [spots[large] - radius[large, None], spots[large] + radius[large, None]], axis=1
    )
    height, found, count = line_height(measure, "small"), [], len(large) + len(blocked)
    for number, (left, top, wide, high) in enumerate(blocked, len(large)):
        taken[number] = (left, top, left + wide, top + high)
    for actor in wanted[:_TRIED].tolist():
        text = shortened(table.actors.names[actor], _ROOM, "small", measure)
        width = measure.width(text, "small")
        x, y = spots[actor].tolist()
        boxes = _around(x, y, float(radius[actor]), width, height)
        at = _free(boxes, taken[:count], plot)
        if at is None:
            continue
        taken[count] = boxes[at]
        count += 1
        left, top = (boxes[at, :2] + _AIR).tolist()
        whole = table.actors.names[actor]
        box = (round(left, 2), round(top, 2), width, height)
        found.append(Named(actor, text, whole if whole != text else "", box))
        if len(found) >= most:
            break
    return found


def _around(x: float, y: float, radius: float, width: float, height: float) -> Points:
    """Return the boxes (x0, y0, x1, y1) beside, below and above a mark, with a little air, the best first."""
    reach, slant = radius + 3.5, radius * 0.7 + 2
    corners = np.array(
        [
            (x + reach, y - height / 2),
            (x - reach - width, y - height / 2),
            (x - width / 2, y + reach - 1),
            (x - width / 2, y - reach - height + 1),
            *(
                (left, top)
                for top in (y + slant - 2, y - slant - height + 2)
                for left in (x + slant, x - slant - width)
            ),
        ]
    )
    return np.concatenate([corners - _AIR, corners + np.array([width, height]) + _AIR], axis=1)


def _free(boxes: Points, taken: Points, plot: Box) -> int | None:
    """Return the first of boxes that lies in plot and touches nothing taken."""
    x, y, width, height = plot
    inside = (boxes[:, :2] >= (x, y)).all(axis=1) & (boxes[:, 2:] <= (x + width, y + height)).all(axis=1)
    one, two = boxes[:, None], taken[None]
    apart = (one[..., :2] >= two[..., 2:]).any(axis=2) | (one[..., 2:] <= two[..., :2]).any(axis=2)
    clear = np.asarray(apart, np.bool_).all(axis=1)
    good = np.flatnonzero(inside & clear)
    return int(good[0]) if len(good) else None
