"""Plain text and Markdown: the characters as they are, in the encoding they seem to be in."""

from __future__ import annotations

from explorer.formats.article import Article, plain_lines
from explorer.formats.script import ENCODINGS, decode


def read(data: bytes, name: str, encoding: str | None) -> Article:
    """Return the text of a .txt or .md file; Markdown is shown as it is written."""
    text, found = decode(data, encoding)
    return Article(plain_lines(text), name, encoding=ENCODINGS.get(found, found))
