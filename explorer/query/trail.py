"""Back and forward over frozen values (filters, zoom): every narrowing is a step that can be taken back."""

from __future__ import annotations

from typing import Generic, TypeVar

Value = TypeVar("Value")


class Trail(Generic[Value]):
    """A line of values with a place on it; pushing after going back drops what lay ahead.

    A value equal to the present one is no step. At most cap values are kept; the oldest go first.
    """

    def __init__(self, start: Value, cap: int = 500) -> None:
        """Begin at start. Raises ValueError where cap is below 1."""
        if cap < 1:
            raise ValueError(f"cap {cap}; expected at least 1")
        self._values = [start]
        self._at = 0
        self._cap = cap

    @property
    def value(self) -> Value:
        """The present value."""
        return self._values[self._at]

    @property
    def can_back(self) -> bool:
        """True where there is an earlier value."""
        return self._at > 0

    @property
    def can_forward(self) -> bool:
        """True where there is a later value, after going back."""
        return self._at < len(self._values) - 1

    def push(self, value: Value) -> bool:
        """Take a step to value; return False where it equals the present one."""
        if value == self.value:
            return False
        self._values[self._at + 1 :] = [value]
        del self._values[: max(0, len(self._values) - self._cap)]
        self._at = len(self._values) - 1
        return True

    def back(self) -> Value:
        """Return the value one step earlier; the present one where there is none."""
        self._at = max(0, self._at - 1)
        return self.value

    def forward(self) -> Value:
        """Return the value one step later; the present one where there is none."""
        self._at = min(len(self._values) - 1, self._at + 1)
        return self.value
