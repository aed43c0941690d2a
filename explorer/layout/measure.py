"""The width of a text, as layout needs it: a protocol, so that geometry is tested without fonts."""

from __future__ import annotations

from typing import Protocol

from explorer.layout.scene import FontRole
from explorer.words import flat


class Measure(Protocol):
    """Answers in logical pixels."""

    def width(self, text: str, font: FontRole) -> float:
        """Return the advance width of one line of text."""

    def ascent(self, font: FontRole) -> float:
        """Return the height above the baseline."""

    def descent(self, font: FontRole) -> float:
        """Return the depth below the baseline."""


def line_height(measure: Measure, font: FontRole) -> float:
    """Return ascent + descent."""
    return measure.ascent(font) + measure.descent(font)


def shortened(text: str, room: float, font: FontRole, measure: Measure) -> str:
    """Return text, or as much of it as fits room with "…" at its end ("" where not even that fits)."""
    text = flat(text[:300])
    if measure.width(text, font) <= room:
        return text
    if measure.width("…", font) > room:
        return ""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure.width(text[:middle].rstrip() + "…", font) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…" if low else "…"
