"""Which of the shown events lie in the timeline's window, for views that follow it."""

from __future__ import annotations

import numpy as np

from explorer.casefile.columns import EventTable, Mask
from explorer.layout.ladder import ladder
from explorer.workspace.state import State


def in_window(table: EventTable, mask: Mask, state: State) -> Mask:
    """Return bool (n,): the events of mask that possibly lie in the window; all of them where it shows all.

    What has no date, or on the order axis no place in the order, lies in no window.
    """
    if state.window is None:
        return mask
    start, end = sorted(state.window)
    text_only = state.filter.text_only
    if state.axis == "order":
        steps = ladder(table, text_only=text_only).narrowed(np.flatnonzero(mask).astype(np.int32))
        low, high = np.searchsorted(steps.middles, start), np.searchsorted(steps.middles, end, "right") - 1
        return mask & (steps.first >= 0) & (steps.last >= low) & (steps.first <= high)
    time = table.times(text_only=text_only)
    return mask & ~time.undated & (time.start_min <= end) & (time.end_max >= start)
