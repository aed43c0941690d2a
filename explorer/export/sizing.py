"""How large the type of a figure is: as large as costs few words, so that it stays legible when shown small.

Larger type means less room on the page: marks lose their labels, tables their rows. A figure is set in its smallest
type first, then larger ones are tried by halves.
"""

from __future__ import annotations

from collections.abc import Callable

from explorer.export.page import Page
from explorer.frozen import frozen

#: Type is set as if the page were this wide where the content allows it: 9 pixels high at 600 pixels of width.
READING_WIDTH = 800.0
#: The widest page, in the same measure, that type is made smaller for so that all sentences find room.
SMALL_PRINT = 1100.0
#: Part of the words of the smallest type that a larger one must keep.
WORDS_KEPT = 0.75
#: More sentences than this find no room beside a view.
MOST_QUOTED = 14
_STEPS = 6
_BELOW = (0.8, 0.63, 0.5, 0.4, 0.3, 0.2)

SetPage = Callable[[float], Page]


@frozen(slots=False)
class Sized:
    """A page and the magnification it was set for."""

    factor: float
    page: Page


def sized(width: float, set_page: SetPage, *, quoted: int, large: bool = False) -> Sized:
    """Return the page with the largest type that costs few words.

    width: of the figure in pixels. set_page(factor) sets a page of width / factor. quoted: sentences that ask for
    room; a somewhat smaller type with room for all of them goes before a larger one without. large: a case whose
    pages take long to set gets small print, untried, where that cuts nothing.
    """
    if large:
        print_size = max(round(width / SMALL_PRINT, 4), 1.0)
        page = set_page(print_size)
        return Sized(print_size, page) if page.fits else _smallest(set_page)
    smallest = _smallest(set_page)
    if smallest.factor < 1.0 or not smallest.page.fits:
        return smallest  # what is cut even now would only lose more
    sizes = _sizes(max(width / READING_WIDTH, 1.0))
    good, at = _largest(sizes, set_page, smallest)
    if good.page.sentences_left and quoted <= MOST_QUOTED:
        for factor in (size for size in sizes[at + 1 :] if width / size <= SMALL_PRINT):
            page = set_page(factor)
            if page.fits and not page.sentences_left:
                return Sized(factor, page)
    return good


def _largest(sizes: list[float], set_page: SetPage, smallest: Sized) -> tuple[Sized, int]:
    """Return the largest of sizes that keeps enough words, and its place; larger never keeps more (bisection)."""
    good, low, high = smallest, 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        page = set_page(sizes[middle])
        if page.fits and page.words >= WORDS_KEPT * smallest.page.words:
            good, high = Sized(sizes[middle], page), middle
        else:
            low = middle + 1
    return good, high


def _smallest(set_page: SetPage) -> Sized:
    """Return the page at 1, or, where the views lack the least room they need, at a magnification below."""
    found = Sized(1.0, set_page(1.0))
    for factor in _BELOW:
        if found.page.roomy:
            break
        found = Sized(factor, set_page(factor))
    return found


def _sizes(largest: float) -> list[float]:
    """Return magnifications from largest down to just above 1."""
    return [round(largest ** (1 - step / _STEPS), 4) for step in range(_STEPS)] if largest > 1.0 else []
