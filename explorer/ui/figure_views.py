"""Which view of a figure belongs to which tab of the window."""

from __future__ import annotations

#: The view of a figure for each tab of the actor panel.
VIEW_OF_TAB = {"graph": "actors", "matrix": "matrix", "actors": "actors", "events": "events"}
