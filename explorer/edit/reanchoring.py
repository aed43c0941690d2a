"""Where quotes stand in another version of their text (model.md §7, re-anchoring).

The same place and words: exact. Else every place with the same words, the best by what stands around it, then the
nearest to where it should be by what moved before it: moved. Else the likest words: fuzzy, to be asked. Else lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz import fuzz

from explorer.frozen import frozen
from explorer.model.records import Span

Found = Literal["exact", "moved", "fuzzy", "lost"]
#: Likeness, of 100, from which other words are proposed for a quote.
LIKE = 90.0
#: Places with the same words that are compared, and characters around a place in which likeness is looked for.
MOST_PLACES, AROUND = 2_000, 4_000
#: Words at either end of likest words that may not belong to them.
_TRIMMED = 3
_PIECE = re.compile(r"\w+|[^\w\s]")


@frozen
class Anchored:
    """A quote in a new text: start and end in code points, None where it is lost; words: what stands there."""

    span: str
    found: Found
    start: int | None = None
    end: int | None = None
    words: str = ""


def reanchored(old: str, new: str, spans: Iterable[Span]) -> tuple[Anchored, ...]:
    """Return where each span of a text stands in its new version, in the order of spans.

    Spans that had lost their place are looked for again. Costs about the length of the texts, and for each quote with
    other words a window around its place.
    """
    moves = Moves(old, new)
    return tuple(_anchored(span, new, moves) for span in spans if span.quote)


def _anchored(span: Span, new: str, moves: Moves) -> Anchored:
    quote = span.quote or ""
    expected = moves.of(span.start) if span.start is not None else None
    places = list(_places(quote, new))
    if expected is not None and span.start == expected and expected in places:
        return Anchored(span.id, "exact", expected, expected + len(quote), quote)
    if places:
        start = max(places, key=lambda place: _fit(span, new, place, expected))
        return Anchored(
            span.id, "exact" if start == span.start else "moved", start, start + len(quote), quote
        )
    return _likest(span.id, quote, new, expected)


def _places(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote)
    for _ in range(MOST_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(quote, at + 1)


def _fit(span: Span, text: str, place: int, expected: int | None) -> tuple[float, int]:
    """Return how well a place fits: what stands around it first, then how near it is to where it should be."""
    prefix, suffix = span.prefix or "", span.suffix or ""
    end = place + len(span.quote or "")
    before, after = text[max(0, place - len(prefix)) : place], text[end : end + len(suffix)]
    around = fuzz.ratio(prefix, before) + fuzz.ratio(suffix, after)
    return round(around), -abs(place - expected) if expected is not None else 0


def _likest(span: str, quote: str, new: str, expected: int | None) -> Anchored:
    """Return the words likest to a quote near where it should be, or that it is lost."""
    low = 0 if expected is None else max(0, expected - AROUND)
    window = new[low : (expected or 0) + len(quote) + AROUND]
    if len(quote) < 4 or not window:
        return Anchored(span, "lost")
    found = fuzz.partial_ratio_alignment(quote, window, score_cutoff=LIKE)
    if found is None:
        return Anchored(span, "lost")
    start, end = _tightest(quote, new, *_whole_words(new, low + found.dest_start, low + found.dest_end))
    return Anchored(span, "fuzzy", start, end, new[start:end])


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch that cuts no word in two, without blanks at its ends."""
    while 0 < start < len(text) and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _tightest(quote: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Return the part of a stretch, in whole words and marks, that is likest to a quote."""
    pieces = [start + found.start() for found in _PIECE.finditer(text[start:end])]
    ends = [start + found.end() for found in _PIECE.finditer(text[start:end])]
    starts = pieces[:_TRIMMED] or [start]
    stops = ends[-_TRIMMED:] or [end]
    choices = ((low, high) for low in starts for high in stops if low < high)
    return max(choices, key=lambda each: fuzz.ratio(quote, text[each[0] : each[1]]), default=(start, end))


class Moves:
    """How far each place of a text moved in its new version: by lines that are alike, then by words within them."""

    def __init__(self, old: str, new: str) -> None:
        self._blocks: list[tuple[int, int, int]] = []  # start in old, start in new, length
        lines, others = old.splitlines(keepends=True), new.splitlines(keepends=True)
        matcher = SequenceMatcher(None, lines, others, autojunk=False)
        old_at, new_at = _starts(lines), _starts(others)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                self._blocks.append((old_at[i1], new_at[j1], old_at[i2] - old_at[i1]))
            elif tag == "replace":
                self._within(old, new, (old_at[i1], old_at[i2]), (new_at[j1], new_at[j2]))

    def of(self, place: int) -> int:
        """Return where a place of the old text lies in the new one, or the nearest that is known to."""
        best = (place, 0, 0)
        for start, to, length in self._blocks:
            if start <= place < start + length:
                return to + place - start
            if start > place:
                break
            best = (start, to, length)
        return best[1] + min(place - best[0], best[2]) if best[2] else best[0]

    def _within(self, old: str, new: str, was: tuple[int, int], now: tuple[int, int]) -> None:
        words, others = _words(old[slice(*was)]), _words(new[slice(*now)])
        old_at, new_at = _starts(words), _starts(others)
        matcher = SequenceMatcher(None, words, others, autojunk=len(words) * len(others) > 4_000_000)
        for i, j, size in matcher.get_matching_blocks():
            if size:
                self._blocks.append((was[0] + old_at[i], now[0] + new_at[j], old_at[i + size] - old_at[i]))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _starts(pieces: list[str]) -> list[int]:
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return starts
