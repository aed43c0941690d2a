"""Four bounds of when something began and ended, and what each rests on (design §3a)."""

from __future__ import annotations

from typing import Any, Literal

from explorer.frozen import frozen
from explorer.model.times import OPEN_FUTURE, OPEN_PAST, day_of, precision_of
from explorer.model.vocabulary import BASES

Side = Literal["start_min", "start_max", "end_min", "end_max"]


@frozen
class Bound:
    """One limit in int64 seconds UTC and what it rests on; an open one rests on nothing.

    basis: code (of BASES) of the weakest support. approx: whether a `~` or `?` is in the chain. because: the
    ids it rests on, nearest first.
    """

    value: int
    basis: int = 0
    approx: bool = False
    because: tuple[str, ...] = ()

    @property
    def finite(self) -> bool:
        """Whether it limits anything."""
        return self.value not in (OPEN_PAST, OPEN_FUTURE)


#: The most ids a bound names: the nearest, and the one where the chain begins (a chain of n would cost n² else).
REASONS = 64
PAST = Bound(OPEN_PAST)
FUTURE = Bound(OPEN_FUTURE)


@frozen
class Bounds:
    """When something began (start_min to start_max) and ended (end_min to end_max), maxima inclusive."""

    start_min: Bound = PAST
    start_max: Bound = FUTURE
    end_min: Bound = PAST
    end_max: Bound = FUTURE

    @property
    def four(self) -> tuple[Bound, Bound, Bound, Bound]:
        """The bounds in the order of the columns: start_min, start_max, end_min, end_max."""
        return self.start_min, self.start_max, self.end_min, self.end_max

    @property
    def undated(self) -> bool:
        """Whether no bound at all is finite: the undated lane."""
        return not any(bound.finite for bound in self.four)

    @property
    def weakest(self) -> int:
        """The weakest basis (code of BASES) over the finite bounds; 0 where none is."""
        return min((bound.basis for bound in self.four if bound.finite), default=0)

    @property
    def approx(self) -> bool:
        """Whether any finite bound is approximate or uncertain."""
        return any(bound.approx for bound in self.four if bound.finite)

    @property
    def precision(self) -> str:
        """The width of the hull in the words of model.md §3."""
        return precision_of(self.start_min.value, self.end_max.value, dated=not self.undated)

    @property
    def inverted(self) -> bool:
        """Whether no time at all fits: a contradiction among what set the bounds."""
        return (
            self.start_min.value > self.start_max.value
            or self.end_min.value > self.end_max.value
            or self.start_min.value > self.end_max.value
        )

    @property
    def core(self) -> tuple[int, int] | None:
        """The seconds it certainly filled, [start_max, end_min]; None where there are none."""
        low, high = self.start_max.value, self.end_min.value
        return (low, high) if low <= high and not self.undated else None

    def as_json(self) -> dict[str, Any]:
        """Return the shape of design §5: inclusive ISO days, null = open; core null or [day, day]."""
        core = self.core
        return {
            "earliest": _day(self.start_min.value),
            "latest": _day(self.end_max.value),
            "core": None if core is None else [_day(core[0]), _day(core[1])],
            "approx": self.approx,
            "precision": self.precision,
            "basis": BASES[self.weakest] if self.weakest else None,
        }


UNDATED = Bounds()


def _day(value: int) -> str | None:
    return None if value in (OPEN_PAST, OPEN_FUTURE) else day_of(value)
