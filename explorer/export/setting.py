"""Set words in columns: wrap to a measure, right-to-left where the words run so, never outside the column."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from explorer.layout.measure import Measure, line_height
from explorer.layout.scene import FontRole, Item, Label, Role

_ISOLATES = frozenset({"LRI", "RLI", "FSI"})


def right_to_left(text: str) -> bool:
    """Return True where the first strong character runs right to left, isolated stretches aside (UAX #9, P2–P3)."""
    if text.isascii():
        return False
    depth = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in {"L", "R", "AL"}:
            return kind != "L"
    return False


def one_line(text: str) -> str:
    """Return text with every run of white space and control characters as one blank."""
    spaced = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join(spaced.split())


def wrapped(text: str, room: float, font: FontRole, measure: Measure) -> Iterator[str]:
    """Yield the lines of text, each at most room wide; a word wider than room is broken anywhere.

    Each line keeps the direction of the whole and the isolation of what it cuts through (design §7).
    """
    held, mark = "", "\u200f" if right_to_left(text) else "\u200e"
    for line in _lines(text, room, font, measure):
        whole = held + line
        held = _open(whole)
        whole += "\u2069" * len(held)
        yield whole if right_to_left(whole) == (mark == "\u200f") else mark + whole


def _open(line: str) -> str:
    """Return the isolates that line begins and does not end."""
    found: list[str] = []
    for character in line:
        kind = unicodedata.bidirectional(character)
        if kind in _ISOLATES:
            found.append(character)
        elif kind == "PDI" and found:
            found.pop()
    return "".join(found)


def _lines(text: str, room: float, font: FontRole, measure: Measure) -> Iterator[str]:
    line = ""
    for word in one_line(text).split(" "):
        joined = f"{line} {word}" if line else word
        if measure.width(joined, font) <= room:
            line = joined
            continue
        if line:
            yield line
        *whole, line = _broken(word, room, font, measure)
        yield from whole
    if line:
        yield line


def _broken(word: str, room: float, font: FontRole, measure: Measure) -> list[str]:
    """Return word in pieces that fit room; at least one character each, so that it ends."""
    pieces = []
    while measure.width(word, font) > room and len(word) > 1:
        low, high = 1, len(word) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if measure.width(word[:middle], font) <= room:
                low = middle
            else:
                high = middle - 1
        pieces.append(word[:low])
        word = word[low:]
    return [*pieces, word]


@dataclass
class Column:
    """A column that text is poured into from the top: left edge x, width, and the y where the next line begins."""

    x: float
    y: float
    width: float
    measure: Measure
    items: list[Item] = field(default_factory=list)

    def set(
        self, text: str, font: FontRole, *, fill: Role = "ink", leading: float = 1.0, indent: float = 0.0
    ) -> None:
        """Add text in lines; right-to-left text stands at the right edge."""
        height = line_height(self.measure, font) * leading
        rtl = right_to_left(text)
        for line in wrapped(text, self.width - indent, font, self.measure):
            baseline = self.y + (height - line_height(self.measure, font)) / 2 + self.measure.ascent(font)
            wide = self.measure.width(line, font)
            x = self.x + self.width - wide if rtl else self.x + indent
            self.items.append(Label(x, baseline, line, font, wide, fill))
            self.y += height

    def mark(self, text: str, font: FontRole, *, fill: Role = "muted") -> None:
        """Add a short mark, such as a number, at the left of the next line, which stays where it is."""
        wide = self.measure.width(text, font)
        self.items.append(Label(self.x, self.y + self.measure.ascent(font), text, font, wide, fill))

    def skip(self, height: float) -> None:
        """Leave room."""
        self.y += height


def height_of(text: str, room: float, font: FontRole, measure: Measure, leading: float = 1.0) -> float:
    """Return how tall text is when set in a column of width room."""
    return sum(1 for _ in wrapped(text, room, font, measure)) * line_height(measure, font) * leading
