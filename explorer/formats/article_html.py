"""A saved web page: its main text by trafilatura, what it says of itself from its own description; nothing fetched."""

from __future__ import annotations

import re
from typing import Any

from explorer.formats.article import Article, Proposed, paragraphs, plain_lines
from explorer.formats.script import ENCODINGS, decode
from explorer.words import tr

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9._-]+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]*\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)", re.IGNORECASE)
#: Names in pages for what this program calls otherwise, or reads as browsers do.
_BETTER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "windows-1252": "cp1252", "windows-1256": "cp1256",
           "windows-1251": "cp1251", "windows-1255": "cp1255", "utf8": "utf-8"}  # fmt: skip
#: What stands between the head and the rows of a table that was made Markdown: no words of the page.
_RULE = re.compile(r"\s*\|(?:\s*:?-{3,}:?\s*\|)+\s*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(data: bytes, name: str, encoding: str | None) -> Article:
    """Return the main text of a page, a paragraph each line, and what it says of itself."""
    markup, found = decode(data, encoding or _declared(data))
    page = _extracted(markup)
    lines = plain_lines(page.get("text") or "").split("\n")
    text = paragraphs([line for line in lines if not _RULE.fullmatch(line)])
    title = page.get("title")
    if title and text and not text.startswith(title):
        text = f"{title}\n{text}"
    whence = tr("from the page's own description")

    def proposed(key: str) -> Proposed | None:
        value = page.get(key)
        return Proposed(str(value), whence) if value else None

    language = _LANGUAGE.search(markup[:5000])
    date = page.get("date") or ""
    return Article(
        text, name, proposed("title"), proposed("sitename"), proposed("author"),
        Proposed(date, whence) if _DAY.fullmatch(date) else None,
        Proposed(language[1], whence) if language else None,
        proposed("url"), ENCODINGS.get(found, found), _notes(text),
    )  # fmt: skip


def _extracted(markup: str) -> dict[str, Any]:
    """Return the main text and the description of a page; dates are those it declares, never guessed from its text."""
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(
            markup, include_comments=False, include_tables=True, with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )  # fmt: skip
    except (ValueError, TypeError, AssertionError):
        return {}
    return {} if document is None else dict(document if isinstance(document, dict) else document.as_dict())


def _notes(text: str) -> tuple[str, ...]:
    return (tr("The main text of the page was taken; look whether all of it is there."),) if text else ()


def _declared(data: bytes) -> str | None:
    """Return the encoding that a page declares, where Python knows it and it reads the page."""
    declared = _CHARSET.search(data[:4096])
    if declared is None:
        return None
    name = declared[1].decode("ascii").lower()
    name = _BETTER.get(name, name)
    try:
        data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None
    return name
