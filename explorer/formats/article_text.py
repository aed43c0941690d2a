"""Plain text and Markdown: the characters as they are, in the encoding they seem to be in."""

from __future__ import annotations

import re

from explorer.formats.article import Article, plain_lines
from explorer.formats.script import ENCODINGS, decode
from explorer.words import tr

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")


def read(data: bytes, name: str, encoding: str | None) -> Article:
    """Return the text of a .txt or .md file; Markdown is shown as it is written."""
    text, found = decode(data, encoding)
    return Article(plain_lines(text), name, encoding=ENCODINGS.get(found, found), notes=_notes(text))


def _notes(text: str) -> tuple[str, ...]:
    """Say that a file may be no text: one that is has no control characters."""
    if _CONTROL.search(text) is None:
        return ()
    return (tr("It has characters that are no writing: it may be no text file, or be in another encoding."),)
