"""The numbered sentences behind what a figure shows, in reading order (design §1, promise 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.frozen import frozen
from explorer.model.records import Document, Event, Span
from explorer.query.circles import REFERENCE
from explorer.query.passages import Passages, sentence_words
from explorer.query.records import evidence_ids
from explorer.query.when import when_words, whence_words
from explorer.words import isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.query.masks import Shown

#: Records whose sentences are looked up; a page holds far fewer sentences than these have.
_MOST_READ = 150
_MOST_TITLES = 4
#: Characters of a headline beside a sentence; it stands whole where it is the thing shown.
_LONGEST_TITLE = 64


@frozen
class Sentence:
    """One sentence: its number in the figure, its words, where it stands, and the headlines it supports.

    coded_from: for a row of a dataset, "Coded by UCDP from" (such text is not a source sentence; design §4).
    """

    number: int
    text: str
    place: str
    titles: tuple[str, ...]
    coded_from: str = ""


@frozen
class Sentences:
    """The sentences, and how many records were not looked at because no page would hold their sentences."""

    listed: tuple[Sentence, ...]
    unread: int = 0


def sentences(case: CaseFile, shown: Shown) -> Sentences:
    """Return the distinct sentences that the shown records cite, by document and place, numbered from 1."""
    rows = shown.rows[:_MOST_READ].tolist()
    events = [r for r in case.records([shown.table.ids[row] for row in rows]) if isinstance(r, Event)]
    passages = Passages(case)
    titles: dict[tuple[str, int], list[str]] = {}
    for event in events:
        for span in case.spans(evidence_ids(event, text_only=shown.filter.text_only)):
            place = _place(passages, span)
            if place is not None and event.title not in titles.setdefault(place, []):
                titles[place].append(event.title)
    dates = _dates(shown, rows, {event.id: event.title for event in events})
    listed = [
        _sentence(passages, n, place, titles[place], dates) for n, place in enumerate(sorted(titles), start=1)
    ]
    return Sentences(tuple(listed), shown.count - len(rows))


def _dates(shown: Shown, rows: list[int], titles: dict[str, str]) -> dict[str, str]:
    """Return, by headline, when each record was and what that rests on, where dates are not those of its own words."""
    times, at = shown.table.times(text_only=shown.filter.text_only), np.array(rows, np.int64)
    foreign = (times.basis[at] == REFERENCE).any(axis=1)
    words = zip(when_words(times, at), whence_words(times, at), foreign.tolist(), strict=True)
    ids = (shown.table.ids[row] for row in rows)
    return {
        titles[name]: tr("{when}, {whence}").format(when=when, whence=whence)
        for name, (when, whence, outside) in zip(ids, words, strict=True)
        if outside and name in titles
    }


def _place(passages: Passages, span: Span) -> tuple[str, int] | None:
    index = passages.sentence(span)
    return None if index is None else (span.document, index)


def _sentence(
    passages: Passages, number: int, place: tuple[str, int], titles: list[str], dates: dict[str, str]
) -> Sentence:
    """Return one sentence; the date of a record is said beside the first of its sentences, and taken from dates."""
    document = passages.document(place[0])
    bounds = document.sentences[place[1]]
    return Sentence(
        number,
        " ".join(document.text[bounds.start : bounds.end].split()),
        sentence_words(document, place[1]),
        tuple(_named(title, dates.pop(title, "")) for title in titles[:_MOST_TITLES]),
        _coded_from(document),
    )


def _named(title: str, date: str) -> str:
    name = isolated(clipped(title))
    return tr("{name} ({date})").format(name=name, date=date) if date else name


def clipped(title: str) -> str:
    """Return a headline, or its first words with "…" where it is long; a word that is too long is cut."""
    if len(title) <= _LONGEST_TITLE:
        return title
    head = title[:_LONGEST_TITLE]
    words = head.rpartition(" ")[0].rstrip(" ,;:–-")
    return f"{words if len(words) > _LONGEST_TITLE // 2 else head}…"


def _coded_from(document: Document) -> str:
    if document.kind != "dataset_row":
        return ""
    who = isolated(document.publisher) if document.publisher else tr("the dataset")
    return tr("Coded by {who} from").format(who=who)
