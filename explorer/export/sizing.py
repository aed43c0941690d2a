"""How large the type of a figure is: as large as costs few words, so that it stays legible when shown small.

Larger type means less room on the page: marks lose their labels, tables their rows. A figure is set in its smallest
type first, then from the largest downwards until enough is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from explorer.export.page import Page

#: Type is set as if the page were this wide where the content allows it: 9 pixels high at 600 pixels of width.
READING_WIDTH = 800.0
#: The widest page, in the same measure, that type is made smaller for so that all sentences find room.
SMALL_PRINT = 1100.0
#: Part of the words of the smallest type that a larger one must keep.
WORDS_KEPT = 0.66
#: More sentences than this find no room beside a view.
MOST_QUOTED = 14
_STEPS = 7
_BELOW = (0.8, 0.63, 0.5, 0.4, 0.3, 0.2)

SetPage = Callable[[float], Page]


@dataclass(frozen=True)
class Sized:
    """A page and the magnification it was set for."""

    factor: float
    page: Page


def sized(width: float, set_page: SetPage, *, quoted: int) -> Sized:
    """Return the page with the largest type that costs few words.

    width: of the figure in pixels. set_page(factor) sets a page of width / factor. quoted: sentences that ask for
    room; a somewhat smaller type with room for all of them goes before a larger one without.
    """
    smallest = _smallest(set_page)
    if smallest.factor < 1.0:
        return smallest
    good: Sized | None = None
    for factor in _sizes(max(width / READING_WIDTH, 1.0)):
        if good is not None and (quoted > MOST_QUOTED or width / factor > SMALL_PRINT):
            break
        page = set_page(factor)
        if page.fits and page.words >= WORDS_KEPT * smallest.page.words:
            if not page.sentences_left:
                return Sized(factor, page)
            good = good or Sized(factor, page)
    return good or smallest


def _smallest(set_page: SetPage) -> Sized:
    """Return the page at 1, or, where the views lack the least room they need, at a magnification below."""
    found = Sized(1.0, set_page(1.0))
    for factor in _BELOW:
        if found.page.roomy:
            break
        found = Sized(factor, set_page(factor))
    return found


def _sizes(largest: float) -> Iterator[float]:
    """Yield magnifications from largest down to just above 1."""
    if largest > 1.0:
        for step in range(_STEPS - 1):
            yield round(largest ** (1 - step / (_STEPS - 1)), 4)
