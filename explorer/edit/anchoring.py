"""Quotes that have lost their place: given one again by the user, or let go with what rests on them (promise 1)."""

from __future__ import annotations

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.passages import Marked, Passages, span_of
from explorer.edit.records import remove
from explorer.edit.values import held
from explorer.frozen import frozen
from explorer.model.records import Span
from explorer.words import isolated, tr

#: Characters of a quote that an edit is named by.
QUOTED = 40


@frozen
class Loss:
    """What goes with the evidence: how many records lose a value, and the names of those that cannot stand without."""

    changed: int
    gone: tuple[str, ...]


def anchor(case: CaseFile, span_id: str, marked: Marked) -> Edit:
    """Return the edit that gives a quote without a place these words of its document for its own.

    All that cites it cites these words then. Raises CaseFileError, in words for the user, where they lie in more than
    one sentence or in another document, KeyError where the case has no such span.
    """
    span = _span(case, span_id)
    if marked.document != span.document:
        title = case.source(span.document).title
        words = tr("This quote is of ‘{title}’: select the words in that document.")
        raise CaseFileError(words.format(title=isolated(title)))
    passages = Passages(case)
    parts = passages.parts(marked)
    if len(parts) != 1:
        raise CaseFileError(tr("The words lie in {n} sentences: select words of one.").format(n=len(parts)))
    placed = span_of(passages.document(span.document), parts[0].start, parts[0].end)
    return Edit(
        tr("anchor “{quote}”").format(quote=_short(span.quote or "")),
        (placed.model_copy(update={"id": span.id}),),
    )


def remove_evidence(case: CaseFile, span_id: str) -> Edit:
    """Return the edit that takes a quote out, and every value that rested on it alone. Raises KeyError as above."""
    span = _span(case, span_id)
    return remove(
        case, span_id, name=tr("remove the evidence “{quote}”").format(quote=_short(span.quote or ""))
    )


def loss(case: CaseFile, edit: Edit) -> Loss:
    """Return what a removal of evidence takes with it, beside quotes and marked words."""
    gone = [record_id for name, record_id in edit.removes if name not in {"spans", "mentions"}]
    names = tuple(str(getattr(one, "title", None) or getattr(one, "name", "")) for one in case.records(gone))
    return Loss(len(edit.puts), tuple(name or record_id for name, record_id in zip(names, gone, strict=True)))


def _span(case: CaseFile, span_id: str) -> Span:
    (record,) = held(case, span_id)
    if not isinstance(record, Span):
        raise KeyError(span_id)
    return record


def _short(quote: str) -> str:
    line = " ".join(quote.split())
    return isolated(line if len(line) <= QUOTED else line[: QUOTED - 1] + "…")
