"""Text broken into lines by measured width, as offsets into the text, so that nothing is lost or copied."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from explorer.layout.measure import Measure, shortened
from explorer.layout.scene import FontRole

#: A first guess at how many characters fit: characters are taken as at least so many pixels wide.
_THIN = 2.5


def broken(
    text: str, room: float, font: FontRole, measure: Measure, *, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int]]:
    r"""Yield lines of text[start:end] as half-open offsets in code points, each no wider than room.

    Breaks at blanks (which stay at the end of their line), at "\n", and anywhere in a word that is too long by
    itself. Each line costs a few measurements of what may fit, whatever the length of the text.
    """
    stop = len(text) if end is None else end
    at = start
    while at < stop:
        cut = _line_end(text, at, stop, room, font, measure)
        yield at, cut
        at = cut


def wrap(
    text: str, room: float, font: FontRole, measure: Measure, *, most: int | None = None
) -> list[tuple[int, int]]:
    """Return the lines of broken(), at most so many; the last then ends where it would have broken."""
    return list(islice(broken(text, room, font, measure), most))


def wrapped(text: str, room: float, font: FontRole, measure: Measure, most: int) -> list[str]:
    """Return at most so many lines of text, the last shortened with "…" where there is more."""
    if measure.width(text[:300], font) <= room and "\n" not in text and len(text) <= 300:
        return [text]
    lines = wrap(text, room, font, measure, most=most)
    result = [text[a:b].strip() for a, b in lines]
    if lines and lines[-1][1] < len(text):
        rest = text[lines[-1][0] : lines[-1][0] + 300].replace("\n", " ")
        result[-1] = shortened(rest + " …", room, font, measure)
    return result


def _line_end(text: str, at: int, stop: int, room: float, font: FontRole, measure: Measure) -> int:
    """Return where the line that begins at at ends: after the last blank that fits, or inside a long word."""
    limit = min(stop, at + max(1, int(room / _THIN)))
    newline = text.find("\n", at, limit)
    if newline >= 0:
        limit = newline + 1
    if _fits(text, at, limit, room, font, measure):
        return limit
    low, high = at + 1, limit  # text[at:low] is taken as fitting, text[at:high] does not fit
    while high - low > 1:
        middle = (low + high) // 2
        if _fits(text, at, middle, room, font, measure):
            low = middle
        else:
            high = middle
    if low < stop and text[low].isspace():
        return low + 1
    blank = low
    while blank > at and not text[blank - 1].isspace():
        blank -= 1
    return blank if blank > at else _whole_character(text, at, low)


def _fits(text: str, at: int, end: int, room: float, font: FontRole, measure: Measure) -> bool:
    return measure.width(text[at:end].rstrip(), font) <= room


def _whole_character(text: str, at: int, cut: int) -> int:
    """Move a cut before combining marks and joiners, so that no character is torn in two."""
    import unicodedata

    moved = cut
    while moved > at + 1 and (unicodedata.combining(text[moved]) or text[moved] in "\u200d\ufe0f"):
        moved -= 1
    return moved if moved > at else cut
