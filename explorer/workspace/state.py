"""The frozen state of a window, and the change from one to the next (design §2)."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from explorer.frozen import frozen
from explorer.query.filters import Filter
from explorer.query.selection import Nothing, Selection

Axis = Literal["calendar", "elastic", "order"]
Lanes = Literal["actor", "place", "type", "document", "one"]
ActorTab = Literal["graph", "matrix", "actors", "events"]


@frozen
class Passage:
    """Characters of a document that the source pane scrolls to and marks: code points, end exclusive."""

    document: str
    start: int
    end: int


@frozen
class State:
    """All that the views share. case is (path, content version) of the open case, None on the welcome page.

    window: the visible stretch of the timeline: int64 seconds UTC on the calendar and elastic axes, rungs
    on the order axis; None = fit all. focus: the one record that the fact card shows, among the selected ones. follow:
    the actor panel counts only what lies in the timeline's window. passages: what a clicked value was read from;
    a new selection or case empties it.
    """

    case: tuple[str, int] | None = None
    filter: Filter = field(default_factory=Filter)
    selection: Selection = field(default_factory=Nothing)
    focus: str | None = None
    hover: frozenset[str] = frozenset()
    window: tuple[float, float] | None = None
    axis: Axis = "calendar"
    lanes: Lanes = "actor"
    tab: ActorTab = "graph"
    follow: bool = False
    passages: tuple[Passage, ...] = ()


@frozen
class Change:
    """One step; a view asks what changed and repaints only for that."""

    before: State
    after: State

    def of(self, *fields: str) -> bool:
        """Return True where any of the named fields of State differs."""
        return any(getattr(self.before, name) != getattr(self.after, name) for name in fields)

    @property
    def reopened(self) -> bool:
        """True where another case is open now; False where the open one was edited."""
        before, after = self.before.case, self.after.case
        return (before and before[0]) != (after and after[0])
