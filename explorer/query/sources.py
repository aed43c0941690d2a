"""What is known of a document's source, in one line of plain words (design §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.model.times import edtf_words
from explorer.words import isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.sources import SourceText
    from explorer.casefile.store import CaseFile


def document_words(case: CaseFile, document_id: str) -> str:
    """Return publisher, the source that the text itself names and dataset; "not stated" printed.

    Raises KeyError where the case has no such document.
    """
    document = case.source(document_id)
    parts = [isolated(document.publisher) if document.publisher else tr("publisher not stated")]
    if document.authors:
        parts.append(", ".join(isolated(author) for author in document.authors))
    if document.derived_from:
        parts.append(tr("names {source} as its source").format(source=isolated(document.derived_from)))
    if document.dataset:
        parts.append(tr("a row of {dataset}").format(dataset=document.dataset))
    return " · ".join(parts)


def published_words(case: CaseFile, document_id: str, *, text_only: bool = False) -> str:
    """Return when a document appeared and whence that is known: "Published: about 2 December 2024 (from outside …)".

    text_only leaves out a date that is not the report's own, and says so. Raises KeyError as document_words.
    """
    document = case.source(document_id)
    if document.edtf is None:
        return tr("Published: no date in the report")
    if text_only and document.basis == "reference":
        return tr("Published: no date in the report (one from outside it is left out)")
    date = edtf_words(document.edtf, long=True)
    return tr("Published: {date} ({whence})").format(date=date, whence=_whence(case, document))


def _whence(case: CaseFile, document: SourceText) -> str:
    if document.basis == "reference":
        names = ", ".join(isolated(name) for name in case.reference_names(document.citations))
        return tr("from outside the report: {names}").format(names=names)
    return tr("in the text") if document.basis == "stated" else tr("coder's reading")
