"""A Word document: its paragraphs and the cells of its tables in order, without what was deleted in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from explorer.formats.article import Article, Proposed, paragraphs
from explorer.formats.refused import RefusedError
from explorer.model.problems import Problem
from explorer.words import tr

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LETTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
#: Bytes that a document may unpack to.
MAX_UNPACKED = 256 * 2**20


def read(data: bytes, name: str, encoding: str | None) -> Article:  # noqa: ARG001 - the format says it itself
    """Return the text of a .docx, a paragraph each line, and its properties. Raises RefusedError for a damaged one."""
    document = _opened(data)
    texts = ["".join(_letters(each)) for each in document.element.body.iter(f"{_W}p")]
    properties = document.core_properties
    whence = tr("from the document's properties")

    def proposed(value: object) -> Proposed | None:
        return Proposed(str(value), whence) if value else None

    created = properties.created
    notes = (tr("Footnotes, headers and what stands in pictures are not read."),)
    return Article(
        paragraphs(texts), name, proposed(properties.title), None, proposed(properties.author),
        proposed(created.date().isoformat() if created and created.year > 2013 else None),
        proposed(properties.language), None, None, notes,
    )  # fmt: skip


def _opened(data: bytes) -> Any:
    import docx
    from docx.exceptions import PythonDocxError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(info.file_size for info in packed.infolist()) > MAX_UNPACKED:
                raise RefusedError(Problem("", tr("a document that unpacks to too much"), tr("a report")))
        return docx.Document(io.BytesIO(data))
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        SyntaxError,
        PythonDocxError,
    ) as error:
        found = tr("a damaged document: {reason}").format(reason=error)
        raise RefusedError(Problem("", found, tr("a .docx that Word opens"))) from None


def _letters(paragraph: Any) -> Iterator[str]:
    """Yield the letters of a paragraph, inserted ones with them; boxes and their older twins stand by themselves."""
    waiting = list(reversed(list(paragraph)))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _LETTERS:
            yield _LETTERS[element.tag]
        elif element.tag not in {f"{_W}p", f"{_W}del", f"{_W}txbxContent", f"{_W}moveFrom", _FALLBACK}:
            waiting.extend(reversed(list(element)))
