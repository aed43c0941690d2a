"""Where a span lies for a reader: its sentence, its paragraph, and the rest of the sentence round it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from explorer.model.records import Document, Span
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile

_KEPT = 64


def sentence_words(document: Document, number: int) -> str:
    """Return where a sentence stands as a reader counts: "¶3, sentence 3", both from 1, the sentence in its paragraph.

    A paragraph is a line of the text. JSON and commands keep the sentence's index in the document (model.md §3).
    """
    start = document.sentences[number].start
    paragraph = document.text.count("\n", 0, start) + 1
    line = document.text.rfind("\n", 0, start) + 1
    first = bisect_left([s.start for s in document.sentences], line)
    return tr("¶{paragraph}, sentence {sentence}").format(paragraph=paragraph, sentence=number - first + 1)


class Passages:
    """Looks spans up in their documents; the last few are kept, so that a walk over a case is cheap."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._documents: OrderedDict[str, tuple[Document, list[int]]] = OrderedDict()

    def document(self, document_id: str) -> Document:
        """Return a document of the case. Raises KeyError."""
        return self._entry(document_id)[0]

    def is_row(self, document_id: str) -> bool:
        """Return whether a document is a row of a dataset. Raises KeyError."""
        return self.document(document_id).kind == "dataset_row"

    def sentence(self, span: Span) -> int | None:
        """Return the index of the sentence that holds the span (model.md §3); None where it has no place."""
        if span.start is None:
            return None
        document, starts = self._entry(span.document)
        index = bisect_right(starts, span.start) - 1
        return index if index >= 0 and span.start < document.sentences[index].end else None

    def context(self, span: Span) -> tuple[str, str]:
        """Return what stands before and after the span in its own sentence."""
        index = self.sentence(span)
        if index is None or span.start is None or span.end is None:
            return "", ""
        document = self.document(span.document)
        bounds = document.sentences[index]
        return document.text[bounds.start : span.start], document.text[span.end : bounds.end]

    def in_order(self, spans: Iterable[Span]) -> list[Span]:
        """Return the spans once each, by document and place; those of one stretch of text count as one."""
        distinct = {(s.document, s.start, s.end, None if s.start is not None else s.id): s for s in spans}
        return sorted(
            distinct.values(), key=lambda s: (s.document, s.start if s.start is not None else -1, s.end or 0)
        )

    def _entry(self, document_id: str) -> tuple[Document, list[int]]:
        known = self._documents.get(document_id)
        if known is None:
            document = self._case.record(document_id)
            if not isinstance(document, Document):
                raise KeyError(document_id)
            known = self._documents[document_id] = (document, [s.start for s in document.sentences])
            if len(self._documents) > _KEPT:
                self._documents.popitem(last=False)
        self._documents.move_to_end(document_id)
        return known
