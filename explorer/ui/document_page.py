"""One page of a document: which stretch is on screen, and its sentences with the facts they carry.

A text of any length is shown in pages of whole sentences, so that no pane is laid out for longer than a moment.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from explorer.casefile.sources import SentenceBounds, SourceText
from explorer.frozen import frozen
from explorer.ui.reading import ReadingText

PAGE_CHARACTERS = 60_000
PAGE_SENTENCES = 400


@frozen
class Stretch:
    """A page: code points [start, end) and the sentence numbers [first, last) that begin in it."""

    start: int
    end: int
    first: int
    last: int


def pages_of(text_length: int, sentences: Sequence[SentenceBounds]) -> tuple[Stretch, ...]:
    """Return the pages of a text; a document without sentences, or with one endless one, is cut by length."""
    pages: list[Stretch] = []
    start = first = 0
    for number, sentence in enumerate(sentences):
        full = sentence.end - start > PAGE_CHARACTERS or number - first >= PAGE_SENTENCES
        if full and sentence.start > start:
            pages.append(Stretch(start, sentence.start, first, number))
            start, first = sentence.start, number
    pages.append(Stretch(start, text_length, first, len(sentences)))
    return tuple(pages)


class DocumentPages:
    """A document with the record ids of each sentence, and its pages."""

    def __init__(self, document: SourceText, facts: Mapping[int, Iterable[str]]) -> None:
        self.document = document
        self.sentences = document.sentences
        self.facts = {number: tuple(ids) for number, ids in facts.items()}
        self.pages = pages_of(len(document.text), self.sentences)
        self._starts = [sentence.start for sentence in self.sentences]

    @cached_property
    def carrying(self) -> int:
        """How many sentences carry facts."""
        return sum(1 for ids in self.facts.values() if ids)

    def reading(self, page: int) -> ReadingText:
        """Return the text of a page as it is shown."""
        stretch = self.pages[page]
        return ReadingText(self.document.text, stretch.start, stretch.end)

    def page_at(self, offset: int) -> int:
        """Return the page that holds a code-point offset."""
        return max(0, bisect_right([page.start for page in self.pages], offset) - 1)

    def sentence_at(self, offset: int) -> int | None:
        """Return the number of the sentence that holds a code-point offset, or None between sentences."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0 or offset >= self.sentences[number].end:
            return None
        return number

    def sentences_of(self, record_ids: frozenset[str]) -> list[int]:
        """Return the ascending numbers of the sentences that carry a fact of any of these records."""
        return [number for number, ids in sorted(self.facts.items()) if not record_ids.isdisjoint(ids)]
