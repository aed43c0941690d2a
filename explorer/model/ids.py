"""The grammar of ids (model.md §4.1): a list's prefix, a hyphen, and a readable or hashed rest."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from explorer.model.lists import PREFIXES as PREFIXES
from explorer.model.lists import list_of as list_of

ID_PATTERN = r"^[a-z]{2,4}-[a-z0-9][a-z0-9._-]{0,63}$"


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
