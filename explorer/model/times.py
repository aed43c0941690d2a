"""Times that are not exact: EDTF levels 0-1 and the set forms of level 2, as bounds in int64 seconds UTC."""

from __future__ import annotations

OPEN_PAST = -(2**63)  # an open bound towards the past
OPEN_FUTURE = 2**63 - 1  # an open bound towards the future
