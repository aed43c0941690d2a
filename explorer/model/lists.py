"""The lists of a case and the prefixes of their ids, known without loading a record."""

from __future__ import annotations

#: list of the case -> prefix of its ids. Claims (clm) live inside events and relations.
PREFIXES = {
    "documents": "doc",
    "references": "ref",
    "datasets": "dst",
    "spans": "sp",
    "actors": "act",
    "locations": "loc",
    "events": "evt",
    "relations": "rel",
    "links": "lnk",
}
#: The lists of a case, in file order; a mention has no id of its own.
LIST_NAMES = (*PREFIXES, "mentions")


def list_of(record_id: str) -> str | None:
    """Return the case list that record_id's prefix belongs to, or None."""
    prefix = record_id.partition("-")[0]
    return next((name for name, known in PREFIXES.items() if known == prefix), None)
