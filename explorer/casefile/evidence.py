"""Which values of a record cite which spans: the paths behind "value to characters" and "sentence to facts"."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.frozen import frozen
from explorer.model.base import Record
from explorer.model.evidence import claims_of, facts_of, identity_of
from explorer.model.records import Document, Mention

#: The path of an index row that stands for every value of a record: all of them rest on one document as a whole.
EVERY = "*"


@frozen
class Citation:
    """One value of one record and one span it was read from.

    path is the value inside the record ("participants[1]", "claims[0].quantities[0]", "metadata_evidence.publisher");
    sentence is the number of the sentence in its document, or None for the document as a whole and for a span that has
    lost its place.
    """

    record: str
    path: str
    span: str
    document: str
    sentence: int | None


def cited_spans(record: Record) -> Iterator[tuple[str, str]]:
    """Yield (path of the value, span id) of every value of a record; a link as a whole is "evidence"."""
    for path, fact in facts_of(record):
        yield from ((path or "evidence", span) for span in fact.evidence)
    for number, claim in enumerate(claims_of(record)):
        yield from ((f"claims[{number}]", span) for span in claim.evidence)
    if isinstance(record, Document):
        for field, spans in record.metadata_evidence.items():
            yield from ((f"metadata_evidence.{field}", span) for span in spans)


def identity(record: Record) -> str:
    """Return what a record is known by in its list: its id; of a mention, all that it is."""
    known = identity_of(record)
    return f"{known} ({record.form})" if isinstance(record, Mention) else known
