"""Quotes that have lost their place: given one again by the user, or let go with what rests on them (promise 1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.evidence import identity
from explorer.casefile.reading import plain
from explorer.casefile.store import CaseFile
from explorer.edit.passages import Marked, Passages, span_of
from explorer.edit.pruning import Pruning, spans_in
from explorer.edit.records import remove
from explorer.edit.values import held, remade
from explorer.frozen import frozen
from explorer.model.lists import list_of
from explorer.model.records import LISTS, AnyRecord, CaseHeader, Span
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
    """Return the edit that takes a quote out, and every value that rested on it alone. Raises KeyError as above.

    A claim that cited it cites instead what its record still cites of sentences that no claim cites now, so that what
    is known from other words stays; what nothing supports any more goes entirely.
    """
    span = _span(case, span_id)
    citing = case.naming([span_id])
    mentions = citing.pop("mentions", [])
    raws = {each: _sustained(case, plain(record), span_id) for each, record in _records(case, citing)}
    hard = [each for each, raw in raws.items() if Pruning({span_id}, {}).pruned(each, raw) is None]
    base = remove(case, hard) if hard else Edit("")
    gone = {span_id, *(record_id for _, record_id in base.removes)}
    puts = {identity(record): record for record in base.puts if not isinstance(record, CaseHeader)}
    for record_id, raw in raws.items():
        after = Pruning(gone, {}).pruned(record_id, raw) if record_id not in gone else None
        if after is not None:
            puts[record_id] = remade(LISTS[list_of(record_id) or ""], after)
    removes = (("spans", span_id), *(("mentions", each) for each in mentions), *base.removes)
    name = tr("remove the evidence “{quote}”").format(quote=_short(span.quote or ""))
    return Edit(name, tuple(puts.values()), tuple(dict.fromkeys(removes)))


def _records(case: CaseFile, citing: Mapping[str, list[str]]) -> list[tuple[str, AnyRecord]]:
    ids = [each for some in citing.values() for each in some]
    return list(zip(ids, held(case, ids), strict=True))


def _sustained(case: CaseFile, raw: dict[str, Any], span_id: str) -> dict[str, Any]:
    """Return a record whose claim cites, in place of a quote, words of each sentence that only its values cite."""
    claims = raw.get("claims", [])
    place = next((n for n, claim in enumerate(claims) if span_id in claim["evidence"]), None)
    if place is None:
        return raw
    supports = {each for claim in claims for each in claim["evidence"]} - {span_id}
    cited = set(_sentences(case, supports).values())
    uncited: dict[tuple[str, int | None], str] = {}
    for span, sentence in sorted(_sentences(case, spans_in(raw) - supports - {span_id}).items()):
        if sentence not in cited:
            uncited.setdefault(sentence, span)
    claim = dict(claims[place])
    claim["evidence"] = [each for each in claim["evidence"] if each != span_id] + list(uncited.values())
    return {**raw, "claims": [*claims[:place], claim, *claims[place + 1 :]]}


def _sentences(case: CaseFile, ids: Iterable[str]) -> dict[str, tuple[str, int | None]]:
    """Return the document and the sentence that each span which has a place lies in."""
    passages = Passages(case)
    return {
        span.id: passages.sentence(Marked(span.document, span.start, span.end))
        for span in case.spans(ids)
        if span.start is not None and span.end is not None
    }


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
