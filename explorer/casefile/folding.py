"""How words are folded for the index: one way in and out, so that what is typed meets what is written.

Case, accents, Arabic and Hebrew vowel points and the tatweel do not matter; scripts written without blanks are
indexed character by character, and a word typed in them is found as a phrase.
"""

from __future__ import annotations

import re
import unicodedata

#: Combining marks of Latin, Greek, Cyrillic, Hebrew and Arabic (not the vowel signs of Indic scripts), and the tatweel.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
#: What no query may hold: a quotation mark would end the phrase, and half a character cannot be written.
_UNTYPABLE = re.compile('["\x00\ud800-\udfff]')
#: Thai, Lao, Burmese, Khmer, Kana, Han: written without blanks between words.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff])"
)
_WORD = re.compile(r"[^\W_]+(?:[^\W_]|[\u0900-\u0dff])*")


def folded(text: str) -> str:
    """Return text as it is indexed."""
    if text.isascii():
        return text.casefold()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    whole = unicodedata.normalize("NFC", bare).casefold()
    return _UNSPACED.sub(_apart, whole) if _UNSPACED.search(whole) else whole


def _apart(found: re.Match[str]) -> str:
    return f" {found[0]} "


def match_expressions(words: str) -> list[str]:
    """Return one FTS5 expression for each word of what was typed; the last also matches what begins so.

    Each is a quoted phrase, so that nothing typed is ever FTS syntax. No word, no expression.
    """
    pieces = [piece for piece in words.split() if _WORD.search(piece)]
    phrases = []
    for piece in pieces:
        text = " ".join(_UNTYPABLE.sub(" ", folded(piece)).split())
        phrases.append(f'"{text}"')
    if phrases and _WORD.search(words[-1:]):
        phrases[-1] += " *"
    return phrases


def match_all(words: str) -> str | None:
    """Return one FTS5 expression that all words meet together, or None where nothing was typed."""
    return " AND ".join(match_expressions(words)) or None
