"""A PDF: the text of its pages, lines joined to paragraphs; a page without text is told, as a scan has none."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

from explorer.formats.article import Article, Proposed
from explorer.formats.refused import RefusedError
from explorer.model.problems import Problem
from explorer.words import tr

_END = re.compile(r"[.!?:…؟][\"'”’»)\]]*$")
_DAY = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")
#: Pages that are named one by one where they have no text.
_NAMED = 10


def read(data: bytes, name: str, encoding: str | None) -> Article:  # noqa: ARG001 - the format says it itself
    """Return the text of a PDF and its properties. Raises RefusedError for a locked or damaged one."""
    pages, about = _pages(data)
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) == len(pages):
        mend = tr("have its text recognised first (OCR), or paste the text")
        found = tr("{name}: none of its {n} pages has text; it may be a scan").format(name=name, n=len(pages))
        raise RefusedError(Problem("", found, tr("a PDF with text"), mend))
    whence = tr("from the document's properties")
    day = _DAY.match(about.get("/CreationDate", ""))

    def proposed(key: str) -> Proposed | None:
        return Proposed(about[key].strip(), whence) if about.get(key, "").strip() else None

    return Article(
        "\n".join(joined(page) for page in pages if page.strip()), name, proposed("/Title"), None, proposed("/Author"),
        Proposed("-".join(day.groups()), whence) if day else None, notes=_notes(empty),
    )  # fmt: skip


def joined(page: str) -> str:
    """Return the text of a page with its lines joined to paragraphs.

    A line that ends a sentence well before the margin ends a paragraph, and so does a blank line. A hyphen at the end
    of a line is kept: whether it belongs to the word, the page does not say. Some printers write each blank as a tab.
    """
    page = page.replace("\r", "\n").replace("\x00", "").replace("\t", " ")
    lines = [line.rstrip() for line in page.split("\n")]
    margin = max(map(len, lines), default=0)
    made = ""
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        made += line.strip()
        short = len(line) < 0.8 * margin
        if not line or not after or (short and (_END.search(line) or after[:1].isupper())):
            made += "\n"
        elif not re.search(r"\w[-\u2010]$", line):
            made += " "
    return re.sub(r"\n{2,}", "\n", made).strip()


def _notes(empty: list[int]) -> tuple[str, ...]:
    told = [tr("Look whether the lines of the pages were joined to paragraphs rightly.")]
    if empty:
        named = ", ".join(map(str, empty[:_NAMED])) + ("…" if len(empty) > _NAMED else "")
        told.insert(0, tr("No text on page {pages}: it may be a scan or a picture.").format(pages=named))
    return tuple(told)


def _pages(data: bytes) -> tuple[list[str], dict[str, str]]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedError(
                Problem(
                    "", tr("a PDF locked by a password"), tr("one that opens without"), tr("save it unlocked")
                )
            )
        about: Any = reader.metadata or {}
        return [page.extract_text() for page in reader.pages], {
            key: str(value) for key, value in about.items()
        }
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RuntimeError,  # also what it cannot read
    ) as error:
        found = tr("a damaged PDF: {reason}").format(reason=error)
        raise RefusedError(Problem("", found, tr("a PDF that other programs open"))) from None
