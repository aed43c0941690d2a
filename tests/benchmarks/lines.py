"""What every benchmark hands over: what was measured beside its yardstick in the same run, and the budget (design §6)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """One row of the table. measured, yardstick: milliseconds; most: how many yardsticks are allowed; cap: milliseconds.

    loose: by how much a machine with neighbours may be over before a short run calls it a failure.
    """

    what: str
    measured: float
    yardstick: float
    against: str
    most: float | None = None
    cap: float | None = None
    loose: float = 3.0

    @property
    def ratio(self) -> float:
        return self.measured / self.yardstick if self.yardstick else float("inf")

    @property
    def budget(self) -> str:
        said = [f"≤ {self.most:g}×"] if self.most is not None else []
        return " or ".join([*said, *([f"≤ {self.cap:,.0f} ms"] if self.cap is not None else [])])

    def met(self, slack: float = 1.0) -> bool:
        """Return whether the budget is met: its ratio where it has one, or else its time."""
        within = self.most is not None and self.ratio <= self.most * slack
        return within or (self.cap is not None and self.measured <= self.cap * slack)


def milliseconds(call: Callable[[], Any], times: int = 5) -> float:
    """Return the median processor time of a call: unlike the clock's, it hardly depends on the machine's neighbours."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        call()
        taken.append((time.process_time() - start) * 1000)
    return sorted(taken)[len(taken) // 2]
