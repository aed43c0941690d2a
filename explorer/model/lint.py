"""What may be an oversight, though it is no error (model.md §4): told by `check` as warnings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, cast

from explorer.model.base import Record
from explorer.model.codebook import ACLED_TYPE_OF, MODES_OF
from explorer.model.evidence import names_of, spans_of
from explorer.model.problems import Problem, shortened
from explorer.model.records import LISTS, Actor, Document, Event, Mention, Span
from explorer.words import tr

_MODES = frozenset(mode for modes in MODES_OF.values() for mode in modes)


class Lists(Protocol):
    """Whatever gives the lists of a case: a case file, or a case in memory."""

    def all(self, list_name: str) -> Iterable[Record]:
        """Return the records of a list."""


@dataclass(slots=True)
class _Used:
    """What the records of a case cite and name."""

    cited: set[str] = field(default_factory=set)  # spans of facts
    mentioned: set[str] = field(default_factory=set)  # spans of mentions
    named: set[str] = field(default_factory=set)  # records that mentions refer to
    actors: set[str] = field(default_factory=set)  # actors that facts name


def lint(case: Lists) -> Iterator[Problem]:
    """Yield sentences no fact cites, actors never mentioned, unused spans, and modes the codebook lacks.

    An actor counts as mentioned by a mention or, in a case without any mentions, by any fact that names it.
    """
    used = _use(case)
    yield from _uncited_sentences(case, used)
    known = used.named or used.actors
    for number, record in enumerate(case.all("actors")):
        actor = cast("Actor", record)
        if actor.id not in known and actor.merged_into is None:
            yield Problem(
                f"actors[{number}]",
                tr("{id} ({name}), never mentioned").format(id=actor.id, name=shortened(actor.name, 40)),
                tr("a mention in some text"),
            )
    for number, record in enumerate(case.all("spans")):
        span = cast("Span", record)
        if span.id not in used.cited and span.id not in used.mentioned:
            yield Problem(
                f"spans[{number}]", tr("{id}, unused").format(id=span.id), tr("a fact that cites it")
            )
    for number, record in enumerate(case.all("events")):
        yield from _unknown_codes(number, cast("Event", record))


def _use(case: Lists) -> _Used:
    used = _Used()
    for name in LISTS:
        if name in ("references", "datasets", "spans", "actors", "locations"):
            continue
        for record in case.all(name):
            if isinstance(record, Mention):
                used.mentioned.add(record.span)
                used.named.add(record.refers_to)
                continue
            used.cited.update(span for _, span in spans_of(record))
            used.actors.update(named for _, kind, named in names_of(record) if kind == "actors")
    return used


def _uncited_sentences(case: Lists, used: _Used) -> Iterator[Problem]:
    cited: dict[str, list[int]] = {}
    whole: set[str] = set()  # documents that facts cite as a whole: each of their sentences is cited
    for record in case.all("spans"):
        span = cast("Span", record)
        if span.start is not None and span.id in used.cited:
            cited.setdefault(span.document, []).append(span.start)
        elif not span.unanchored and span.id in used.cited:
            whole.add(span.document)
    for index, record in enumerate(case.all("documents")):
        document = cast("Document", record)
        if document.id in whole:
            continue
        starts = [sentence.start for sentence in document.sentences]
        covered = {bisect_right(starts, position) - 1 for position in cited.get(document.id, ())}
        for number, sentence in enumerate(document.sentences):
            if number not in covered:
                yield Problem(
                    f"documents[{index}].sentences[{number}]",
                    tr("{quote}, which no fact cites").format(
                        quote=shortened(document.text[sentence.start : sentence.end], 60)
                    ),
                    tr("a fact, or none if it says nothing of events"),
                )


def _unknown_codes(number: int, event: Event) -> Iterator[Problem]:
    if event.mode is not None and event.mode not in _MODES:
        known = ", ".join(MODES_OF.get(event.type or "", ())) or tr("none")
        yield Problem(
            f"events[{number}].mode",
            tr("{mode}, a mode the codebook does not have").format(mode=shortened(event.mode)),
            tr("a mode of {type}: {modes}").format(type=event.type or tr("no type"), modes=known),
        )
    if event.acled is not None and event.acled not in ACLED_TYPE_OF:
        yield Problem(
            f"events[{number}].acled",
            tr("{code}, a sub-event the ACLED codebook does not have").format(code=shortened(event.acled)),
            tr("one of its sub-events, such as Armed clash"),
        )
