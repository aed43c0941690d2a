"""Back and Forward over filter, zoom, axis and lanes; a run of zooming or typing counts as one step."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from explorer.query.filters import Filter
from explorer.query.trail import Trail
from explorer.workspace.state import Axis, Lanes, State

Window = tuple[float, float]


class Step(NamedTuple):
    """What Back and Forward bring back."""

    filter: Filter
    window: Window | None
    axis: Axis
    lanes: Lanes


def step_of(state: State) -> Step:
    """Return what of state is a step."""
    return Step(state.filter, state.window, state.axis, state.lanes)


def at(state: State, step: Step | None) -> State:
    """Return state taken to step; as it is where there is none."""
    return state if step is None else replace(state, **step._asdict())


class Steps:
    """A trail of steps on which consecutive steps of one run stand for each other."""

    def __init__(self, start: Step) -> None:
        self._trail = Trail(start)
        self._run = ""

    @property
    def can_go_back(self) -> bool:
        """True where there is an earlier step."""
        return self._trail.can_back

    @property
    def can_go_forward(self) -> bool:
        """True where back left a step."""
        return self._trail.can_forward

    def record(self, step: Step, run: str = "") -> None:
        """Remember step; within a run ("" is none) the last step of the run replaces the others."""
        if step == self._trail.value:
            return
        if run and run == self._run:
            self._trail.back()
        self._trail.push(step)
        self._run = run

    def back(self) -> Step | None:
        """Return the step before the present one, None where there is none."""
        self._run = ""
        return self._trail.back() if self._trail.can_back else None

    def forward(self) -> Step | None:
        """Return the step that back left, None where there is none."""
        self._run = ""
        return self._trail.forward() if self._trail.can_forward else None
