"""What is left to code: sentences that no fact cites, how much of a document is coded, oversights one can walk."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from explorer.casefile.store import CaseFile
from explorer.frozen import frozen
from explorer.model.lists import list_of
from explorer.words import tr

_PLACE = re.compile(r"(documents|actors|spans|events)\[(\d+)\](?:\.sentences\[(\d+)\])?")


@frozen
class Oversight:
    """One thing that may be forgotten, in words, and the record or the characters of a document it is about."""

    kind: str  # sentence, actor, span, code
    words: str
    record: str | None = None
    document: str | None = None
    start: int = 0
    end: int = 0


@frozen
class Coverage:
    """How many sentences of a document some fact cites."""

    coded: int
    sentences: int

    @property
    def words(self) -> str:
        """What the source pane says of it."""
        if not self.sentences:
            return ""
        if self.coded >= self.sentences:
            return tr("all {n} sentences coded").format(n=self.sentences)
        return tr("{n} of {all} sentences coded").format(n=self.coded, all=self.sentences)


def coverage(sentences: int, coded: Collection[int]) -> Coverage:
    """Return how many of so many sentences are coded; coded: the numbers of those with facts."""
    return Coverage(sum(1 for number in coded if number < sentences), sentences)


def next_uncoded(sentences: int, coded: Collection[int], after: int | None, step: int = 1) -> int | None:
    """Return the number of the next sentence without a fact, going round at the end; None where all have one.

    after: the number of the sentence one stands in, None for before the first.
    """
    start = -1 if after is None and step > 0 else sentences if after is None else after
    order = [(start + step * k) % sentences for k in range(1, sentences + 1)] if sentences else []
    return next((number for number in order if number not in coded), None)


def oversights(case: CaseFile) -> list[Oversight]:
    """Return what may be an oversight, in the order of the case: each leads to a record or to its words."""
    from explorer.model.lint import lint

    ids: dict[str, list[str]] = {}
    found = []
    for problem in lint(case):
        place = _PLACE.match(problem.path)
        if place is None:
            continue
        name, number, sentence = place[1], int(place[2]), place[3]
        if name not in ids:
            ids[name] = [str(getattr(record, "id", "")) for record in case.all(name)]
        found.append(_oversight(case, ids[name][number], problem.found, sentence))
    return found


def _oversight(case: CaseFile, record_id: str, words: str, sentence: str | None) -> Oversight:
    if sentence is not None:
        document = case.source(record_id)
        bounds = document.sentences[int(sentence)]
        quote = " ".join(document.text[bounds.start : bounds.end].split())
        said = tr("Sentence {n}: {quote}").format(n=int(sentence) + 1, quote=quote)
        return Oversight("sentence", said, None, record_id, bounds.start, bounds.end)
    if list_of(record_id) == "spans":
        span = next(iter(case.spans([record_id])), None)
        if span is not None and span.start is not None and span.end is not None:
            return Oversight("span", str(span.quote), None, span.document, span.start, span.end)
        return Oversight("span", words, None)
    return Oversight("actor" if list_of(record_id) == "actors" else "code", words, record_id)


#: What a kind of oversight is called, one line before those of the kind.
KIND_WORDS = {
    "sentence": "Sentences that no fact cites",
    "actor": "Actors that no text names",
    "span": "Marked words that nothing uses",
    "code": "Codes that the codebook lacks",
}


def grouped(found: Sequence[Oversight]) -> list[tuple[str, list[Oversight]]]:
    """Return oversights by kind, those of most use first."""
    return [(kind, some) for kind in KIND_WORDS if (some := [each for each in found if each.kind == kind])]
