"""What is known of a document besides its text, as edits."""

from __future__ import annotations

from explorer.casefile.changes import Edit
from explorer.casefile.store import CaseFile
from explorer.edit.naming import quoted
from explorer.edit.values import held, with_value
from explorer.model.facts import TimeRef
from explorer.words import tr


def set_published(case: CaseFile, document_id: str, published: TimeRef | None) -> Edit:
    """Return the edit that dates a document; None: it is not known when it appeared.

    All that is anchored to the document moves with it.
    """
    (document,) = held(case, document_id)
    name = tr("set the date of {document}") if published else tr("take the date from {document}")
    return Edit(name.format(document=quoted(document)), (with_value(document, "published", published),))
