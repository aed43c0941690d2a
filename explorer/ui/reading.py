"""A document's text as the source pane shows it, and the one place where code points become Qt's UTF-16 units.

Model offsets count Unicode code points; QTextCursor counts UTF-16 units, so every character above U+FFFF shifts the
rest by one. Qt also rewrites some characters on the way in (CRLF, U+2028, U+FDD0). Each of those is replaced here, one
for one, so that no offset moves; characters that could reorder or hide our words are made visible.
"""

from __future__ import annotations

import re
from bisect import bisect_right

#: A stretch this long without a blank makes word wrapping quadratic; such a text wraps anywhere.
LONGEST_WORD = 2_000

_BIDI_AND_HIDDEN = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF]
_VISIBLE = {
    **{code: 0x2400 + code for code in range(0x20) if code not in {0x09, 0x0A}},  # Control Pictures
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys(_BIDI_AND_HIDDEN, 0x2423),  # an open box stands for what cannot be seen
    **dict.fromkeys(range(0xE0000, 0xE0080), 0x2423),  # tags
    **dict.fromkeys((0x2028, 0x2029), 0x2424),
    **dict.fromkeys((*range(0xFDD0, 0xFDF0), 0xFFFC, 0xFFFE, 0xFFFF), 0xFFFD),
}
_TRANSLATION = {source: chr(target) for source, target in _VISIBLE.items()}
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}")


class ReadingText:
    """A stretch [start, end) of a document, ready for a QTextDocument.

    shown has exactly one character for each code point of the stretch; positions go through to_qt and from_qt.
    """

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.start = start
        self.end = len(text) if end is None else min(end, len(text))
        stretch = text[self.start : self.end]
        self.shown = stretch.replace("\r\n", " \n").translate(_TRANSLATION)
        self._astral = (
            [i for i, c in enumerate(self.shown) if ord(c) > 0xFFFF] if not self.shown.isascii() else []
        )
        self._astral_qt = [position + before for before, position in enumerate(self._astral)]

    @property
    def wraps_anywhere(self) -> bool:
        """True where a word is too long for wrapping at blanks."""
        return _LONG_WORD.search(self.shown) is not None

    def to_qt(self, offset: int) -> int:
        """Return the UTF-16 position, in the shown stretch, of a code-point offset of the document."""
        inside = min(max(offset, self.start), self.end) - self.start
        return inside + bisect_right(self._astral, inside - 1)

    def from_qt(self, position: int) -> int:
        """Return the document's code-point offset of a UTF-16 position (a half of a pair belongs to its character)."""
        return self.start + position - bisect_right(self._astral_qt, position - 1)

    def holds(self, start: int, end: int) -> bool:
        """Return True where [start, end) touches the stretch."""
        return start < self.end and end > self.start
