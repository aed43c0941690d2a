"""A case begins: what it says of itself before it holds anything."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from explorer.casefile.changes import Edit
from explorer.casefile.editing import now
from explorer.casefile.store import CaseFile
from explorer.model.records import CaseHeader
from explorer.words import tr

#: Characters of an id that a title gives.
READABLE = 40


def new_header(title: str) -> CaseHeader:
    """Return the header of a new case, with an id that its title can be read from, else a digest of it."""
    made = now()
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:READABLE].strip("-")
    stem = slug or hashlib.sha256(title.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return CaseHeader(format_version="1.0", id=f"case-{stem}", title=title, created=made, modified=made)


def rename_case(case: CaseFile, title: str) -> Edit:
    """Return the edit that gives a case another title; its id stays."""
    header = case.header().model_copy(update={"title": title})
    return Edit(tr("name the case ‘{title}’").format(title=title), (header,))
