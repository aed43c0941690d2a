"""What is known of a document's source, in one line of plain words (design §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.model.times import edtf_words
from explorer.words import isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.sources import SourceText
    from explorer.casefile.store import CaseFile


def document_words(case: CaseFile, document_id: str, *, text_only: bool = False) -> str:
    """Return publisher, the source that the text itself names, dataset and date; "not stated" printed.

    text_only leaves out a date that is not the report's own. Raises KeyError where the case has no such document.
    """
    document = case.source(document_id)
    parts = [isolated(document.publisher) if document.publisher else tr("publisher not stated")]
    if document.authors:
        parts.append(", ".join(isolated(author) for author in document.authors))
    if document.derived_from:
        parts.append(tr("names {source} as its source").format(source=isolated(document.derived_from)))
    if document.dataset:
        parts.append(tr("a row of {dataset}").format(dataset=document.dataset))
    parts.append(_date(document, text_only=text_only))
    return " · ".join(parts)


def _date(document: SourceText, *, text_only: bool) -> str:
    if document.edtf is None or (text_only and document.basis == "reference"):
        return tr("no date in the text")
    day = edtf_words(document.edtf)
    if document.basis == "reference":
        return tr("no date in the text ({date}, from outside the report)").format(date=day)
    return day if document.basis == "stated" else tr("{date}, coder's reading").format(date=day)
