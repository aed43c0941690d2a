"""A report that a user confirmed becomes a document of the case, with its sentences."""

from __future__ import annotations

import hashlib
from typing import Any

from explorer.casefile.changes import Edit
from explorer.casefile.dependents import holding
from explorer.casefile.store import CaseFile
from explorer.edit.coding import fresh_id
from explorer.edit.naming import quoted
from explorer.edit.values import remade
from explorer.formats.sentences import sentences_of
from explorer.frozen import frozen
from explorer.model.records import Document, Reference
from explorer.model.vocabulary import DocumentKind
from explorer.words import tr


@frozen
class Confirmed:
    """What the user confirmed of a report. published: EDTF; whence: where that date is from, which is cited for it."""

    text: str
    title: str
    kind: DocumentKind = "news_article"
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    whence: str | None = None
    language: str | None = None
    url: str | None = None
    original_sha256: str | None = None
    note: str | None = None
    sentences: tuple[tuple[int, int], ...] | None = None


def add_document(case: CaseFile, report: Confirmed) -> Edit:
    """Return the edit that adds a report; its date rests on a reference that says where it is from.

    Raises CaseFileError where it cannot be a document.
    """
    sentences = report.sentences
    if sentences is None:
        sentences = tuple((one.start, one.end) for one in sentences_of(report.text, report.language))
    reference = _reference(case, report) if report.published else None
    raw: dict[str, Any] = {
        "id": fresh_id(case, "doc", report.title), "kind": report.kind, "title": report.title,
        "publisher": report.publisher, "authors": list(report.authors), "url": report.url,
        "language": report.language, "original_sha256": report.original_sha256, "note": report.note,
        "text": report.text, "text_sha256": hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "sentences": [{"start": start, "end": end} for start, end in sentences],
    }  # fmt: skip
    if reference is not None:
        raw["published"] = {"edtf": report.published, "basis": "reference", "citations": [reference.id]}
    document = remade(Document, {name: value for name, value in raw.items() if value not in (None, [], "")})
    puts = (document,) if reference is None else (reference, document)
    return Edit(tr("add {document}").format(document=quoted(document)), puts)


def same_text(case: CaseFile, text: str) -> str | None:
    """Return the id of a document with just this text, None where there is none: the report was added before."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return next((found for _, found in holding(case, ("documents",), f'"text_sha256":"{digest}"')), None)


def _reference(case: CaseFile, report: Confirmed) -> Reference:
    title = report.whence or tr("Date entered by hand when the report was added")
    made = {"id": fresh_id(case, "ref", f"date of {report.title}"), "title": title, "url": report.url}
    return remade(Reference, {name: value for name, value in made.items() if value})  # type: ignore[return-value]
