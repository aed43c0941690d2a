"""Where the keyboard goes next in lanes that are drawn as a whole: from mark to mark or cell to cell, lane by lane."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from explorer.casefile.columns import EventTable, Ints
from explorer.layout.inner import BoxFinder, CellFinder
from explorer.layout.ladder import Ladder
from explorer.layout.scene import Group


def beside(groups: Iterable[Group], current: Group | None, step: int) -> Group | None:
    """Return the mark or cell after current (step 1) or before it (-1); past the last of a lane the next lane's first.

    groups: of a scene. Where current is nothing in a lane, the first or the last of all; None where there is no more.
    """
    lanes = [group for group in groups if isinstance(group.inner, BoxFinder | CellFinder)]
    here = _lane_of(lanes, current)
    if here is None:
        here, current = (0 if step > 0 else len(lanes) - 1), None
    while 0 <= here < len(lanes):
        inner = lanes[here].inner
        assert isinstance(inner, BoxFinder | CellFinder)
        found = inner.beside(current, step)
        if found is not None:
            return found
        here, current = here + step, None
    return None


def _lane_of(lanes: list[Group], current: Group | None) -> int | None:
    """Return which lane a mark or cell lies in."""
    if current is None or not current.targets or any(current is lane for lane in lanes):
        return None
    _, y, _, height = current.targets[0]
    for number, lane in enumerate(lanes):
        _, top, _, tall = lane.targets[0]
        if top <= y + height / 2 < top + tall and (len(current.ids) > 1 or current.ids[0] in lane.ids):
            return number
    return None


def inseparable(table: EventTable, rows: Ints, steps: Ladder | None, *, text_only: bool) -> bool:
    """Return True where no zoom takes the records apart: all share one date, or (steps) one place in the order."""
    if steps is not None:
        ends = np.stack((steps.first[rows], steps.last[rows])).astype(np.int64)
    else:
        time = table.times(text_only=text_only)
        ends = np.stack((time.start_min[rows], time.end_max[rows]))
    return bool((ends == ends[:, :1]).all())
