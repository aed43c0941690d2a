"""A case begins: what it says of itself before it holds anything."""

from __future__ import annotations

import re
import secrets
import unicodedata

from explorer.casefile.editing import now
from explorer.model.records import CaseHeader

#: Characters of an id that a title gives.
READABLE = 40


def new_header(title: str) -> CaseHeader:
    """Return the header of a new case, with an id of its own in which its title can be read where that is ASCII."""
    made = now()
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:READABLE].strip("-")
    parts = ("case", slug, secrets.token_hex(3))
    case_id = "-".join(part for part in parts if part)
    return CaseHeader(format_version="1.0", id=case_id, title=title, created=made, modified=made)
