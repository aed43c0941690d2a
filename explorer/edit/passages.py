"""Characters that a user marked in a text, as the spans that facts cite: one a sentence, without blanks at the ends.

A span that lies there already is taken again; a new one is named by its content (model.md §7: `sp-` and 10 hex digits
of document, start and end).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.frozen import frozen
from explorer.model.invariants import sentence_at
from explorer.model.problems import Problem
from explorer.model.records import Document, Span
from explorer.words import tr

#: Characters kept on either side of a quote, to find it again in a changed text.
CONTEXT = 32


@frozen
class Marked:
    """Characters of a document: code points, end exclusive."""

    document: str
    start: int
    end: int


class Passages:
    """Turns marked characters into ids of spans; new holds the spans that the case does not have yet."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._documents: dict[str, Document] = {}
        self._there: dict[str, dict[tuple[int, int], str]] = {}
        self._new: dict[str, Span] = {}

    @property
    def new(self) -> tuple[Span, ...]:
        """The spans that are to be put."""
        return tuple(self._new.values())

    def ids(self, marked: Iterable[Marked]) -> list[str]:
        """Return the spans of marked characters, in order, each once. Raises CaseFileError for what cannot be cited."""
        found = (self._id(part) for each in marked for part in self.parts(each))
        return list(dict.fromkeys(found))

    def parts(self, marked: Marked) -> list[Marked]:
        """Return marked characters cut at the ends of sentences, without blanks at their ends."""
        document = self.document(marked.document)
        if not document.sentences:
            return [_trimmed(document, marked.start, marked.end)]
        parts = []
        for sentence in document.sentences:
            start, end = max(sentence.start, marked.start), min(sentence.end, marked.end)
            if document.text[start:end].strip() and start < end:
                parts.append(_trimmed(document, start, end))
        if not parts:
            raise _nothing(marked, tr("characters of a sentence"))
        return parts

    def document(self, document_id: str) -> Document:
        """Return a document of the case. Raises KeyError where there is none of this id."""
        if document_id not in self._documents:
            record = self._case.record(document_id)
            if not isinstance(record, Document):
                raise KeyError(document_id)
            self._documents[document_id] = record
        return self._documents[document_id]

    def sentence(self, marked: Marked) -> tuple[str, int | None]:
        """Return the document and the number of the sentence that marked characters lie in."""
        document = self.document(marked.document)
        return document.id, sentence_at(document, marked.start) if document.sentences else None

    def _id(self, marked: Marked) -> str:
        there = self._there.get(marked.document)
        if there is None:
            there = self._there[marked.document] = self._case.spans_at(marked.document)
        where = (marked.start, marked.end)
        if where not in there:
            span = span_of(self.document(marked.document), *where)
            there[where], self._new[span.id] = span.id, span
        return there[where]


def span_of(document: Document, start: int, end: int) -> Span:
    """Return the span of characters of a document, with what stands around them."""
    text = document.text
    digest = hashlib.sha256(f"{document.id}\x1f{start}\x1f{end}".encode()).hexdigest()
    return Span(
        id=f"sp-{digest[:10]}", document=document.id, start=start, end=end, quote=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start], suffix=text[end : end + CONTEXT],
    )  # fmt: skip


def _trimmed(document: Document, start: int, end: int) -> Marked:
    text = document.text[start:end]
    if not text.strip():
        raise _nothing(Marked(document.id, start, end), tr("at least one letter"))
    head = len(text) - len(text.lstrip())
    return Marked(document.id, start + head, start + len(text.rstrip()))


def _nothing(marked: Marked, expected: str) -> CaseFileError:
    found = tr("characters {start} to {end}, where nothing stands").format(start=marked.start, end=marked.end)
    problem = Problem("evidence", found, expected, tr("select words of the text"))
    return CaseFileError(str(problem), (problem,))
