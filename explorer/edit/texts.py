"""The text of a document and its sentences, as edits: a corrected version, a boundary set by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.naming import quoted
from explorer.edit.passages import CONTEXT
from explorer.edit.reanchoring import Anchored, reanchored
from explorer.edit.values import held, with_value
from explorer.formats.sentences import sentences_of
from explorer.model.problems import Problem
from explorer.model.records import Document, Sentence, Span
from explorer.words import tr


def document_of(case: CaseFile, document_id: str) -> Document:
    """Return a document of the case. Raises KeyError where there is none of this id."""
    (record,) = held(case, document_id)
    if not isinstance(record, Document):
        raise KeyError(document_id)
    return record


def spans_of(case: CaseFile, document_id: str) -> list[Span]:
    """Return the spans of a document that hold a quote, those that lost their place with them, in list order."""
    there = case.spans(case.naming([document_id]).get("spans", []))
    return [span for span in there if span.quote is not None]


def preview(case: CaseFile, document_id: str, text: str) -> tuple[Anchored, ...]:
    """Return where each quote of a document would stand in a new version of its text."""
    return reanchored(document_of(case, document_id).text, text, spans_of(case, document_id))


def replace_text(
    case: CaseFile, document_id: str, text: str, anchored: Sequence[Anchored], accepted: Collection[str] = ()
) -> Edit:
    """Return the edit that gives a document a new text; its spans stand where anchored says.

    accepted: the spans whose likest words the user took for theirs; other fuzzy ones and lost ones go, with their
    quotes, to the Unanchored tray. Quotes that stood in one sentence stay in one: sentences between them are joined.
    """
    document = document_of(case, document_id)
    was = {span.id: span for span in spans_of(case, document_id)}
    places = {each.span: each for each in anchored if each.start is not None and _stands(each, accepted)}
    sentences = _joined(sentences_of(text, document.language), _together(document, was, places))
    spans = [_moved(span, places.get(span.id), text) for span in was.values()]
    made = with_value(document, "text", text)
    made = with_value(made, "text_sha256", hashlib.sha256(text.encode("utf-8")).hexdigest())
    made = with_value(made, "sentences", list(sentences))
    name = tr("replace the text of {document}").format(document=quoted(document))
    return Edit(name, (made, *(span for span in spans if span != was[span.id])))


def split_sentence(case: CaseFile, document_id: str, at: int) -> Edit:
    """Return the edit that ends a sentence before the character at. Raises CaseFileError where none can end there."""
    document = document_of(case, document_id)
    made: list[Sentence] = []
    for sentence in document.sentences:
        first = document.text[sentence.start : at] if sentence.start < at < sentence.end else ""
        rest = document.text[at : sentence.end] if first else ""
        if first.strip() and rest.strip():
            made.append(Sentence(start=sentence.start, end=sentence.start + len(first.rstrip())))
            made.append(Sentence(start=sentence.end - len(rest.lstrip()), end=sentence.end))
        else:
            made.append(sentence)
    if len(made) == len(document.sentences):
        raise _no_boundary(at)
    name = tr("split a sentence of {document}").format(document=quoted(document))
    return Edit(name, (with_value(document, "sentences", made),))


def join_sentences(case: CaseFile, document_id: str, first: int, last: int) -> Edit:
    """Return the edit that makes one sentence of those numbered first to last."""
    document = document_of(case, document_id)
    sentences = document.sentences
    if not 0 <= first < last < len(sentences):
        raise _no_boundary(first)
    one = Sentence(start=sentences[first].start, end=sentences[last].end)
    name = tr("join sentences of {document}").format(document=quoted(document))
    return Edit(name, (with_value(document, "sentences", [*sentences[:first], one, *sentences[last + 1 :]]),))


def _stands(each: Anchored, accepted: Collection[str]) -> bool:
    return each.found in {"exact", "moved"} or (each.found == "fuzzy" and each.span in accepted)


def _moved(span: Span, place: Anchored | None, text: str) -> Span:
    """Return a span at its new place with what stands around it; without a place it keeps its quote alone."""
    if place is None or place.start is None or place.end is None:
        return Span(id=span.id, document=span.document, quote=span.quote, unanchored=True)
    start, end = place.start, place.end
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if (span.start, span.quote, span.prefix, span.suffix) == (start, text[start:end], before, after):
        return span
    return Span(
        id=span.id,
        document=span.document,
        start=start,
        end=end,
        quote=text[start:end],
        prefix=before,
        suffix=after,
    )


def _together(
    document: Document, was: dict[str, Span], places: dict[str, Anchored]
) -> Iterable[tuple[int, int]]:
    """Yield the stretches of the new text that must lie in one sentence: each quote, and what stood in one before."""
    for sentence in document.sentences or [Sentence(start=0, end=len(document.text))]:
        inside = [
            (place.start, place.end)
            for span in was.values()
            if span.start is not None and sentence.start <= span.start < sentence.end
            and (place := places.get(span.id)) is not None and place.start is not None and place.end is not None
        ]  # fmt: skip
        if inside:
            low, high = min(start for start, _ in inside), max(end for _, end in inside)
            if document.sentences and high - low <= 2 * (sentence.end - sentence.start):
                yield low, high
    yield from ((p.start, p.end) for p in places.values() if p.start is not None and p.end is not None)


def _joined(sentences: Sequence[Sentence], together: Iterable[tuple[int, int]]) -> list[Sentence]:
    """Return sentences in which each of some stretches lies in one."""
    stretches = sorted(together)
    made: list[Sentence] = []
    reach, at = 0, 0
    for sentence in sentences:
        if made and sentence.start < reach:
            made[-1] = Sentence(start=made[-1].start, end=max(made[-1].end, sentence.end))
        else:
            made.append(sentence)
        while at < len(stretches) and stretches[at][0] < made[-1].end:
            reach = max(reach, stretches[at][1])
            at += 1
    return made


def _no_boundary(at: int) -> CaseFileError:
    found = tr("no boundary at character {at}").format(at=at)
    problem = Problem("sentences", found, tr("a place inside a sentence, with words on both sides"))
    return CaseFileError(str(problem), (problem,))
