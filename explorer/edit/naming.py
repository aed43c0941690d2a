"""What an edit is called, as the menu says it after "Undo: "."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explorer.model.base import Record
from explorer.words import isolated, tr

#: Characters of a title that a name quotes.
QUOTED = 40
_STEP = re.compile(r"\[\d+\]")
#: The last field of a path -> what the user calls it.
_FIELDS = {
    "title": "the title", "name": "the name", "status": "the status", "tags": "the tags", "note": "the note",
    "type": "the kind of act", "mode": "the mode", "contexts": "the contexts", "kind": "the kind", "time": "the date",
    "published": "the date", "valid": "the time", "edtf": "the date", "places": "the places", "location": "the place",
    "participants": "who took part", "actor": "the actor", "role": "the role", "quantities": "the numbers",
    "basis": "the basis", "evidence": "the evidence", "citations": "the references", "claims": "the claims",
    "modality": "how it is reported", "attribution": "according to whom", "confidence": "the confidence",
    "aliases": "the other names", "side": "the side", "country": "the country", "part_of": "what it lies in",
    "low": "the number", "best": "the number", "high": "the number", "qualifier": "the number",
    "publisher": "the publisher", "authors": "the authors", "language": "the language", "url": "the address",
    "polarity": "the polarity", "aspect": "the aspect",
}  # fmt: skip
_MANY = {
    "documents": "{n} documents", "references": "{n} references", "datasets": "{n} datasets", "spans": "{n} passages",
    "actors": "{n} actors", "locations": "{n} places", "events": "{n} events", "relations": "{n} relations",
    "links": "{n} links", "mentions": "{n} mentions",
}  # fmt: skip


def field_words(path: str) -> str:
    """Return what the user calls the field at a path: "the role" for participants[1].role."""
    last = _STEP.sub("", path).rpartition(".")[2]
    return tr(_FIELDS[last]) if last in _FIELDS else last.replace("_", " ")


def quoted(record: Record) -> str:
    """Return a record by its title, its name or its id, short, in quotation marks."""
    words = getattr(record, "title", None) or getattr(record, "name", None) or getattr(record, "id", "")
    line = " ".join(str(words).split())
    return tr("‘{title}’").format(title=isolated(line if len(line) <= QUOTED else line[: QUOTED - 1] + "…"))


def named(records: Sequence[Record], list_name: str) -> str:
    """Return one record by its title, several by their number: "12 events"."""
    if len(records) == 1:
        return quoted(records[0])
    return tr(_MANY[list_name]).format(n=f"{len(records):,}")
