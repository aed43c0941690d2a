"""Where the sentences of a text begin and end: per paragraph, so that a headline without a full stop stays apart.

Boundaries come from sentencex where it is installed (the extra "documents"), else from a plain rule; what both break
apart wrongly (a sentence that goes on in small letters after a quotation, "3 p.m. Monday") is joined again.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from explorer.model.records import Sentence

#: Ends of a sentence, with the quotation marks and brackets that close after them.
_END = re.compile(r"[.!?…。!?؟۔।]+[\"'”’»)\]]*(?=\s)")
#: Words with a full stop that ends no sentence; initials ("S.D.F.", "J.") are known by their shape.
_SHORT = re.compile(
    r"(?:^|[\s(“\"'])(?:lt|gen|col|maj|capt|cpl|sgt|cmdr|adm|brig|gov|sen|rep|pres|prof|dr|mr|mrs|ms|st|sr|jr|no|vs|"
    r"etc|approx|dept|est|fig|inc|ltd|co|corp|mt|ft|al|e\.g|i\.e|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:^|[\s(“\"'])(?:\w\.)+$")
#: A time of day before a day, and the one letter that stands for a title in Arabic ("د. أحمد").
_TIME_OF_DAY = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_DAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|febr)uary|march|april|may|june|july|august|"
    r"(?:septem|octo|novem|decem)ber|local|on\b",
    re.IGNORECASE,
)
_ARABIC_TITLE = re.compile(r"(?:^|\s)[\u0621-\u064A]\.$")
#: Lines of a text wrapped at a column are about this long, and never longer.
_WRAPPED, _LONGEST = 45, 100


def sentences_of(text: str, language: str | None = None) -> tuple[Sentence, ...]:
    """Return the sentences of text in code points, without the blanks around them; none is empty, none overlap.

    language: BCP 47; an unknown one is read by the rules of English.
    """
    found: list[Sentence] = []
    for start, end in paragraphs_of(text):
        at = start
        for stop in (*_joined(text[start:end], _ends(text[start:end], language)), end - start):
            piece = text[at : start + stop]
            head = len(piece) - len(piece.lstrip())
            tail = len(piece.rstrip())
            if tail > head:
                found.append(Sentence(start=at + head, end=at + tail))
            at = start + stop
    return tuple(found)


def paragraphs_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where paragraphs lie: lines, or blocks between blank lines where the text is wrapped at a column."""
    pattern = r"(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))+" if is_wrapped(text) else r"[^\n]+"
    for match in re.finditer(pattern, text):
        if match[0].strip():
            yield match.span()


def is_wrapped(text: str) -> bool:
    """Return whether single line ends are only where a program broke lines: most lines alike in length."""
    lines = text.split("\n")
    followed = [len(line) for line, after in itertools.pairwise(lines) if line.strip() and after.strip()]
    if len(followed) < 3 or max(map(len, lines)) > _LONGEST:
        return False
    return sum(length >= _WRAPPED for length in followed) > 0.7 * len(followed)


def _ends(paragraph: str, language: str | None) -> list[int]:
    """Return where sentences end within a paragraph, its own end left out."""
    try:
        from sentencex import get_sentence_boundaries
    except ImportError:
        return [match.end() for match in _END.finditer(paragraph)]
    code = (language or "en").split("-")[0].lower()
    return [int(boundary["end_index"]) for boundary in get_sentence_boundaries(code, paragraph)][:-1]


def _joined(paragraph: str, ends: list[int]) -> Iterator[int]:
    """Yield the ends that are ends: after none of them goes the same sentence on."""
    for end in ends:
        before, after = paragraph[:end].rstrip()[-40:], paragraph[end : end + 20].lstrip()
        if not _goes_on(before, after):
            yield end


def _goes_on(before: str, after: str) -> bool:
    if after[:1].islower() or not before:
        return True
    if _TIME_OF_DAY.search(before):
        return _DAY.match(after) is not None
    return bool(_SHORT.search(before) or _ARABIC_TITLE.search(before) or _initials(before, after))


def _initials(before: str, after: str) -> bool:
    """Return whether one initial or several stand before a name: "J. Smith", not "the S.D.F. They"."""
    match = _INITIALS.search(before)
    return match is not None and len(match[0].strip(" (“\"'")) == 2 and after[:1].isupper()
