"""The grammar of ids (model.md §4.1): a list's prefix, a hyphen, and a readable or hashed rest."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

ID_PATTERN = r"^[a-z]{2,4}-[a-z0-9][a-z0-9._-]{0,63}$"

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


def _id(prefix: str) -> str:
    return rf"^{prefix}-[a-z0-9][a-z0-9._-]{{0,63}}$"


DocumentId = Annotated[str, Field(pattern=_id("doc"))]
ReferenceId = Annotated[str, Field(pattern=_id("ref"))]
DatasetId = Annotated[str, Field(pattern=_id("dst"))]
SpanId = Annotated[str, Field(pattern=_id("sp"))]
ActorId = Annotated[str, Field(pattern=_id("act"))]
LocationId = Annotated[str, Field(pattern=_id("loc"))]
EventId = Annotated[str, Field(pattern=_id("evt"))]
ClaimId = Annotated[str, Field(pattern=_id("clm"))]
RelationId = Annotated[str, Field(pattern=_id("rel"))]
LinkId = Annotated[str, Field(pattern=_id("lnk"))]
AnchorId = Annotated[str, Field(pattern=r"^(doc|evt)-[a-z0-9][a-z0-9._-]{0,63}$")]
MentionedId = Annotated[str, Field(pattern=r"^(act|loc|evt)-[a-z0-9][a-z0-9._-]{0,63}$")]


def list_of(record_id: str) -> str | None:
    """Return the case list that record_id's prefix belongs to, or None."""
    prefix = record_id.partition("-")[0]
    return next((name for name, known in PREFIXES.items() if known == prefix), None)
