"""A report read from a file or pasted: its text, and what the file says of itself, for the user to confirm.

Only the local file is read. What a file claims of itself (title, publisher, date, language) is a proposal, with where
it comes from, never a fact: a person confirms it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from explorer.formats.refused import RefusedError
from explorer.formats.script import language_of
from explorer.frozen import frozen
from explorer.model.problems import Problem
from explorer.words import tr

#: Bytes of a report that are read, and characters of text that are kept.
MAX_BYTES, MAX_TEXT = 64 * 2**20, 20_000_000
#: The first line stands for a missing title up to this length.
MAX_TITLE = 200
#: How Markdown marks a headline: no part of its words.
_HEADING = re.compile(r"^#{1,6}\s+")


@frozen
class Proposed:
    """A value the file offers, and where it stands there, in words: "from the page's own description"."""

    value: str
    whence: str


@frozen(slots=False)
class Article:
    """A text as it will be kept (ends of lines are one line feed), with what is proposed of its source.

    published: EDTF. encoding: how bytes became text, None where the format says it itself. notes: what the user should
    know ("page 3 has no text"). original_sha256: of the file, None for pasted text.
    """

    text: str
    name: str
    title: Proposed | None = None
    publisher: Proposed | None = None
    authors: Proposed | None = None
    published: Proposed | None = None
    language: Proposed | None = None
    url: Proposed | None = None
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    original_sha256: str | None = None


Reader = Callable[[bytes, str, str | None], Article]
#: suffix -> (module that reads it, library that must be there, or "").
_READERS = {
    ".txt": ("explorer.formats.article_text", ""),
    ".text": ("explorer.formats.article_text", ""),
    ".md": ("explorer.formats.article_text", ""),
    ".markdown": ("explorer.formats.article_text", ""),
    ".html": ("explorer.formats.article_html", "trafilatura"),
    ".htm": ("explorer.formats.article_html", "trafilatura"),
    ".xhtml": ("explorer.formats.article_html", "trafilatura"),
    ".docx": ("explorer.formats.article_docx", "docx"),
    ".pdf": ("explorer.formats.article_pdf", "pypdf"),
}
SUFFIXES = tuple(_READERS)


def read_article(path: Path, *, encoding: str | None = None) -> Article:
    """Return the report in a file. Raises RefusedError where it is none, has no text, or a library is missing.

    encoding: what the user says the bytes are in, None to find out.
    """
    data = _bytes(path)
    suffix = _suffix(path, data)
    if suffix not in _READERS:
        raise RefusedError(
            Problem("", tr("a file that ends in “{suffix}”").format(suffix=path.suffix),
                    tr("a report: {known}").format(known=", ".join(SUFFIXES)),
                    tr("copy its text and paste it, or save it in one of these")),
        )  # fmt: skip
    read = _reader(suffix)
    article = read(data, path.name, encoding)
    return completed(article, sha256=hashlib.sha256(data).hexdigest())


def pasted(text: str) -> Article:
    """Return pasted text as a report. Raises RefusedError where there is none."""
    return completed(Article(plain_lines(text), tr("pasted text")), sha256=None)


def completed(article: Article, *, sha256: str | None) -> Article:
    """Return an article with what its text itself proposes: a title, a language. Raises RefusedError for no text."""
    text = article.text
    if not text.strip():
        mend = tr("where it is a scan, have its text recognised first; or paste the text")
        raise RefusedError(
            Problem("", tr("{name}, which has no text").format(name=article.name), tr("a report"), mend)
        )
    if len(text) > MAX_TEXT:
        found = tr("a text of {n} characters").format(n=len(text))
        raise RefusedError(
            Problem("", found, tr("at most {n}").format(n=MAX_TEXT), tr("split it into parts"))
        )
    first = next(line.strip() for line in text.split("\n") if line.strip())
    first = _HEADING.sub("", first) or first
    title = article.title or Proposed(first[:MAX_TITLE], tr("the first line of the text"))
    language = article.language
    if language is None and (guess := language_of(text)):
        language = Proposed(guess, tr("from its letters and words"))
    return Article(
        text, article.name, title, article.publisher, article.authors, article.published, language, article.url,
        article.encoding, article.notes, sha256,
    )  # fmt: skip


def plain_lines(text: str) -> str:
    """Return text with one line feed at the end of each line and no byte order mark, otherwise as it was."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")


def paragraphs(blocks: list[str]) -> str:
    """Return paragraphs as a text: a line each, runs of blanks within them kept."""
    return "\n".join(block for each in blocks for block in [re.sub(r"\s*\n\s*", " ", each).strip()] if block)


def _reader(suffix: str) -> Reader:
    module, library = _READERS[suffix]
    if library:
        _need(library, suffix)
    loaded: Any = import_module(module)
    reader: Reader = loaded.read
    return reader


def _need(library: str, suffix: str) -> None:
    try:
        import_module(library)
    except ImportError:
        found = tr("{suffix}, for which the library {library} is not installed").format(
            suffix=suffix, library=library
        )
        mend = tr(
            "install the extra: pip install 'dateline[documents]'; .txt and pasted text work without it"
        )
        raise RefusedError(Problem("", found, tr("a report this installation reads"), mend)) from None


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            found = tr("{path}, which is not a file").format(path=path)
            raise RefusedError(Problem("", found, tr("the file of a report")))
        size = path.stat().st_size
        if size > MAX_BYTES:
            found = tr("a file of {size} MB").format(size=size // 2**20)
            raise RefusedError(Problem("", found, tr("at most {n} MB").format(n=MAX_BYTES // 2**20)))
        return path.read_bytes()
    except (OSError, ValueError) as error:
        found = tr("a file that cannot be read: {reason}").format(
            reason=getattr(error, "strerror", None) or error
        )
        raise RefusedError(Problem("", found, tr("a file that you may read"))) from None


def _suffix(path: Path, data: bytes) -> str:
    """Return what a file is by its content where that is plain, else by its name."""
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return ".docx"
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return ".html"
    return path.suffix.lower()
