"""The card of a document: what is known of its source, and the words that say so (design §4)."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.model.records import Document
from explorer.model.times import edtf_words
from explorer.query.card_parts import Card, CardRow, Desk, missing_row, quotes_of
from explorer.words import isolated, tr


def document_card(desk: Desk, document: Document) -> Card:
    """Return title, publisher, authors, the source that the text names, and its date, each with its words."""
    spans = [span for found in document.metadata_evidence.values() for span in found]
    return Card(
        document.id,
        isolated(document.title),
        tr("a document of this case"),
        tuple(_rows(desk, document)),
        quotes_of(desk, spans),
        isolated(document.note) if document.note else "",
    )


def _rows(desk: Desk, document: Document) -> Iterator[CardRow]:
    yield _row(document, tr("Publisher"), "publisher", document.publisher) or missing_row(tr("Publisher"))
    authors = ", ".join(document.authors)
    yield _row(document, tr("Authors"), "authors", authors) or missing_row(tr("Authors"))
    for label, name, value in (
        (tr("Names as its source"), "derived_from", document.derived_from),
        (tr("Language"), "language", document.language),
        (tr("Address"), "url", document.url),
        (tr("Rights"), "rights", document.rights),
        (tr("Reliability (coder's)"), "reliability", document.reliability),
    ):
        row = _row(document, label, name, value)
        if row:
            yield row
    yield _date_row(desk, document)
    sentences = tr("{n} sentences").format(n=len(document.sentences))
    yield CardRow(tr("Text"), sentences, path="text")


def _row(document: Document, label: str, name: str, value: str | None) -> CardRow | None:
    if not value:
        return None
    spans = tuple(document.metadata_evidence.get(name, ()))
    basis = "stated" if spans else "none"
    return CardRow(label, isolated(value), tr("in the text") if spans else "", basis, spans, path=name)


def _date_row(desk: Desk, document: Document) -> CardRow:
    published = document.published
    if published is None or not published.edtf or not desk.counts(published):
        return missing_row(tr("Published"))
    words = {"reference": tr("from outside the report"), "inferred": tr("coder's reading")}
    basis = words.get(published.basis, tr("in the text"))
    note = published.note or ""
    return CardRow(
        tr("Published"),
        edtf_words(published.edtf),
        basis,
        published.basis,
        published.evidence,
        note,
        "published",
    )
