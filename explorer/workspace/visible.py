"""Which of the shown events lie in the timeline's window, for views that follow it."""

from __future__ import annotations

import numpy as np

from explorer.casefile.columns import OPEN_PAST, EventTable, Mask
from explorer.layout.ladder import ladder
from explorer.query.moving import window_mask
from explorer.workspace.state import State

#: The last moment that a float holds exactly and an int64 does, too.
_LAST = 2**63 - 1024


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
    first, last = (int(np.clip(limit, OPEN_PAST, _LAST)) for limit in (np.ceil(start), np.floor(end)))
    return mask & window_mask(table, first, last, text_only=text_only, use="timeline")
