"""Where the characters of a mixed line stand: just enough of the Unicode bidirectional algorithm (UAX #9).

Paragraph direction by the first strong character (P2), numbers and neutrals resolved by their neighbours
(W, N1, N2), runs turned by level (L2). Explicit embeddings are not followed: they are made visible instead.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from explorer.frozen import frozen
from explorer.layout.measure import Measure

_RTL = frozenset({"R", "AL"})
_NUMBERS = frozenset({"EN", "AN"})
_LRI, _RLI, _PDI = "\u2066", "\u2067", "\u2069"
#: Characters that would reorder or hide text, and how they are shown (design §7: made visible in the source).
_HIDDEN = {
    ord(c): "\u00a4" for c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff"
} | {
    ord("\t"): " ",
    ord("\r"): " ",
    ord("\u2028"): " ",
    ord("\u2029"): " ",
    ord("\x0b"): " ",
    ord("\x0c"): " ",
}
_HIDDEN |= dict.fromkeys((*range(9), *range(14, 32), 127), "�")


@frozen
class Fragment:
    """A run of one direction on a line: offsets in code points, x from the line's left edge, and widths."""

    start: int
    end: int
    x: float
    width: float
    rtl: bool
    line_width: float

    def wrapped(self, shown: str) -> str:
        """Return the run's characters so that they keep their direction by themselves."""
        strong = next((b for b in map(unicodedata.bidirectional, shown) if b in _RTL or b == "L"), "")
        if self.rtl and strong not in _RTL:
            return f"{_RLI}{shown}{_PDI}"
        if not self.rtl and strong in _RTL:
            return f"{_LRI}{shown}{_PDI}"
        return shown

    def covered(
        self, stretches: Sequence[tuple[int, int]], text: str, measure: Measure
    ) -> Iterator[tuple[float, float]]:
        """Yield (left, right) from the run's own left edge for every stretch that reaches into it."""
        for start, end in stretches:
            a, b = max(start, self.start), min(end, self.end)
            if a >= b:
                continue
            from_start = self._advance(text, a, measure), self._advance(text, b, measure)
            if self.rtl:
                yield self.width - from_start[1], self.width - from_start[0]
            else:
                yield from_start

    def _advance(self, text: str, at: int, measure: Measure) -> float:
        if at >= self.end:
            return self.width
        return min(measure.width(visible(text[self.start : at]), "body"), self.width)


def visible(text: str) -> str:
    """Return text with control and bidi characters shown by a sign of the same count of code points."""
    return text.translate(_HIDDEN)


def is_rtl(text: str, start: int, end: int) -> bool:
    """Return True where the first strong character of text[start:end] runs from right to left (P2)."""
    for at in range(start, min(end, start + 2000)):
        kind = unicodedata.bidirectional(text[at])
        if kind == "L":
            return False
        if kind in _RTL:
            return True
    return False


def fragments(
    text: str, line: tuple[int, int], part: tuple[int, int], rtl: bool, measure: Measure
) -> list[Fragment]:
    """Return the runs of text[part] on a line, placed as the whole line is set, left to right.

    part lies inside line. x counts from the left edge of the set line, whose width is line_width.
    """
    stop = line[0] + len(text[line[0] : line[1]].rstrip())
    whole = _runs(text, line[0], stop, rtl)
    pieces = [
        (max(a, c), min(b, d), level)
        for a, b, level in whole
        for c, d in ((line[0], part[0]), part, (part[1], stop))
        if max(a, c) < min(b, d)
    ]
    widths = {piece: measure.width(visible(text[piece[0] : piece[1]]), "body") for piece in pieces}
    total = sum(widths.values())
    result, x = [], 0.0
    for piece in _turned(pieces):
        if part[0] <= piece[0] and piece[1] <= part[1]:
            result.append(Fragment(piece[0], piece[1], x, widths[piece], piece[2] % 2 == 1, total))
        x += widths[piece]
    return result


def _runs(text: str, start: int, end: int, rtl: bool) -> list[tuple[int, int, int]]:
    """Return (start, end, level) of the runs of one level; level 0 and 2 run right, 1 runs left."""
    base = 1 if rtl else 0
    if not rtl and text[start:end].isascii():
        return [(start, end, 0)] if start < end else []
    levels = _levels([unicodedata.bidirectional(c) for c in text[start:end]], base)
    result, at = [], start
    for level, members in groupby(levels):
        count = sum(1 for _ in members)
        result.append((at, at + count, level))
        at += count
    return result


def _levels(kinds: list[str], base: int) -> list[int]:
    """Return the level of each character (W2, W4, W5, W7, N1, N2, I1, I2 in a simple form)."""
    strong = "R" if base else "L"
    resolved: list[str] = []
    last = strong
    for kind in kinds:
        if kind in _RTL or kind == "L":
            last = "L" if kind == "L" else "R"
            resolved.append(last)
        elif kind in _NUMBERS:
            resolved.append("L" if last == "L" and kind == "EN" else "N")
        elif kind == "NSM" and resolved:
            resolved.append(resolved[-1])
        else:
            resolved.append("?")
    _settle(resolved, kinds, strong)
    inside = {"L": 0, "R": 1, "N": 2} if base == 0 else {"L": 2, "R": 1, "N": 2}
    return [inside[kind] for kind in resolved]


def _settle(resolved: list[str], kinds: Sequence[str], strong: str) -> None:
    """Give neutrals the direction of both neighbours where these agree, else that of the paragraph."""
    at = 0
    while at < len(resolved):
        if resolved[at] != "?":
            at += 1
            continue
        stop = at
        while stop < len(resolved) and resolved[stop] == "?":
            stop += 1
        before = resolved[at - 1] if at else strong
        after = resolved[stop] if stop < len(resolved) else strong
        separator = stop - at == 1 and kinds[at] in {"CS", "ES"} and before == after == "N"
        one, two = ("R" if side == "N" else side for side in (before, after))
        choice = "N" if separator else one if one == two else strong
        resolved[at:stop] = [choice] * (stop - at)
        at = stop


def _turned(pieces: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return runs in visual order: from the highest level down to 1, every stretch at or above it is reversed (L2).

    Pieces of one run that were cut apart keep their place: inside a run that runs left, the later piece is left.
    """
    order = list(pieces)
    highest = max((level for _, _, level in order), default=0)
    for least in range(highest, 0, -1):
        at = 0
        while at < len(order):
            stop = at
            while stop < len(order) and order[stop][2] >= least:
                stop += 1
            if stop > at:
                order[at:stop] = reversed(order[at:stop])
            at = max(stop, at + 1)
    return order
