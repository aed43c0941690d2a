"""A random edit by each maker of the program, as a user makes them: what tests of undo and of the columns run on."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from explorer.casefile.changes import Edit
from explorer.casefile.store import CaseFile
from explorer.edit import (
    adding,
    coding,
    coining,
    dating,
    details,
    identity,
    records,
    sameevent,
    texts,
    values,
)
from explorer.edit.anchoring import anchor, remove_evidence
from explorer.edit.boundaries import join_at, split_at
from explorer.edit.coining import Coined
from explorer.edit.drafts import (
    ClaimDraft,
    EventDraft,
    Founded,
    LinkDraft,
    NumberDraft,
    PartDraft,
    PlaceDraft,
    RelationDraft,
    TimeDraft,
)
from explorer.edit.passages import Marked
from explorer.edit.reopening import event_draft
from explorer.model.records import Actor, Document

DATES = ("2016-03-04", "2016-03~", "2016-02-25/2016-02-27", "2011/..", "-0044-03-15", "2016-21", "nonsense")
WORDS = ("قصف الجيش", "Лагерь", "dawn strikes", "😀 talks", "‘quoted’ & <b>", "x" * 300)
ROLES = ("actor", "recipient", "party", "affected")


class Draw:
    """Random choices out of a case."""

    def __init__(self, case: CaseFile, draw: random.Random) -> None:
        self.case, self.draw = case, draw

    def one(self, name: str, **wanted: Any) -> Any:
        """Return a record of a list; raises IndexError where there is none."""
        found = [
            each
            for each in self.case.all(name)
            if all(getattr(each, key) == value for key, value in wanted.items())
        ]
        return self.draw.choice(found)

    def some(self, name: str, most: int = 4) -> list[Any]:
        found = list(self.case.all(name))
        return self.draw.sample(found, min(len(found), self.draw.randrange(1, most + 1)))

    def words(self) -> str:
        return f"{self.draw.choice(WORDS)} {self.draw.randrange(1000)}"

    def marked(self, document: Document | None = None) -> Marked:
        """Return words of one sentence of a document."""
        document = document or self.one("documents")
        sentence = self.draw.choice(document.sentences)
        start = self.draw.randrange(sentence.start, sentence.end)
        return Marked(document.id, start, min(sentence.end, start + self.draw.randrange(1, 40)))

    def founded(self, *marked: Marked) -> Founded:
        return Founded(
            marked or (self.marked(),), basis=self.draw.choice(["stated", "inferred"]), note="read so"
        )


def set_one(at: Draw) -> Edit:
    name, path, value = at.draw.choice([
        ("events", "title", at.words()), ("events", "status", at.draw.choice(["checked", "disputed", "unreviewed"])),
        ("events", "tags", ["a", "ب", at.words()]), ("events", "note", at.draw.choice([None, at.words()])),
        ("events", "confidence", "low"), ("events", "participants[0].role", at.draw.choice(ROLES)),
        ("events", "participants[0]", None), ("events", "places[0].role", "origin"), ("events", "quantities[0]", None),
        ("events", "claims[0].modality", at.draw.choice(["denied", "asserted", "possible"])), ("events", "time", None),
        ("events", "time.edtf", at.draw.choice(DATES)), ("events", "type", at.draw.choice(["AID", "ASSAULT", None])),
        ("actors", "name", at.words()), ("actors", "aliases", ["A", "أ"]), ("actors", "country", "SYR"),
        ("actors", "kind", "militia"), ("locations", "name", at.words()), ("locations", "lat", 33.5),
        ("locations", "part_of", None), ("documents", "title", at.words()), ("documents", "publisher", at.words()),
        ("documents", "published", None), ("relations", "note", at.words()), ("relations", "type", "opposes"),
        ("relations", "polarity", "conflictual"), ("links", "note", at.words()), ("links", "modality", "denied"),
        ("documents", "language", at.draw.choice(["en", "ar", None])), ("actors", "merged_into", None),
    ])  # fmt: skip
    return values.set_field(at.case, at.one(name).id, path, value)


def set_many(at: Draw) -> Edit:
    ids = [each.id for each in at.some("events", 9)]
    make: Callable[[], Edit] = at.draw.choice([
        lambda: values.set_field(at.case, ids, "status", at.draw.choice(["checked", "disputed"])),
        lambda: values.add_tag(at.case, ids, at.draw.choice(["key", "مهم"])),
        lambda: values.remove_tag(at.case, ids, "key"),
        lambda: details.set_details(at.case, ids, {"note": at.words()}, add_tags=("seen",)),
    ])  # fmt: skip
    return make()


def add_one(at: Draw) -> Edit:
    return records.add(Actor(id=coding.fresh_id(at.case, "act", at.words()), name=at.words(), kind="person"))


def remove_some(at: Draw) -> Edit:
    name = at.draw.choice(["events", "actors", "locations", "links", "relations", "spans", "events", "links"])
    return records.remove(at.case, [each.id for each in at.some(name, 2)])


def remove_document(at: Draw) -> Edit:
    if at.case.count("documents") < 3:
        raise IndexError
    return records.remove(at.case, at.one("documents").id)


def _event(at: Draw) -> EventDraft:
    words = at.marked()
    founded = at.founded(words)
    return EventDraft(
        at.words(), (ClaimDraft(Founded((words,))),), type=at.draw.choice(["AID", "PROTEST", None]),
        time=at.draw.choice([None, TimeDraft(at.draw.choice(DATES), founded=founded)]),
        places=(PlaceDraft(at.one("locations").id, founded=founded),),
        parts=(PartDraft(at.one("actors").id, at.draw.choice(ROLES), founded),),
        numbers=(NumberDraft(low=25.0, qualifier="at_least", founded=founded),),
    )  # fmt: skip


def code_new(at: Draw) -> Edit:
    return coding.code_event(at.case, _event(at))


def code_again(at: Draw) -> Edit:
    draft = event_draft(at.case, at.one("events").id)
    return coding.code_event(at.case, values_of(draft, at))


def values_of(draft: EventDraft, at: Draw) -> EventDraft:
    changed = {**{name: getattr(draft, name) for name in draft.__dataclass_fields__}, "title": at.words()}
    return EventDraft(**changed)


def code_with_new(at: Draw) -> Edit:
    made = Coined(coding.fresh_id(at.case, "act", at.words()), "actors", at.words(), "militia")
    event = _event(at)
    changed = {name: getattr(event, name) for name in event.__dataclass_fields__}
    parts = (*event.parts, PartDraft(made.id, "recipient", event.parts[0].founded))
    return coining.code(at.case, EventDraft(**{**changed, "parts": parts}), [made])


def code_tie(at: Draw) -> Edit:
    founded = at.founded()
    if at.draw.random() < 0.5:
        one, other = at.one("actors").id, at.one("actors").id
        return coding.code_relation(at.case, RelationDraft(one, other, (ClaimDraft(founded),)))
    one, other = at.one("events").id, at.one("events").id
    return coding.code_link(
        at.case, LinkDraft(one, other, at.draw.choice(["causes", "part_of", "before"]), founded)
    )


def mark_words(at: Draw) -> Edit:
    kind = at.draw.choice(["actors", "locations", "events"])
    alias = at.words() if at.draw.random() < 0.3 else None
    return coining.mark(
        at.case, [at.marked()], at.one(kind).id, at.draw.choice(["name", "nominal"]), alias=alias
    )


def unite(at: Draw) -> Edit:
    name = at.draw.choice(["actors", "locations"])
    return identity.merge(at.case, at.one(name).id, [each.id for each in at.some(name, 2)])


def divide(at: Draw) -> Edit:
    name = at.draw.choice(["actors", "locations"])
    found = [each.id for each in at.case.all(name) if each.merged_into]
    return identity.part(at.case, at.draw.choice(found))


def name_anew(at: Draw) -> Edit:
    return identity.rename(at.case, at.one(at.draw.choice(["actors", "locations"])).id, at.words())


def group(at: Draw) -> Edit:
    return identity.group(at.case, at.one("actors").id, at.one("actors").id, at.founded())


def join_events(at: Draw) -> Edit:
    return sameevent.join(at.case, at.one("events").id, at.one("events").id, note="one strike")


def part_events(at: Draw) -> Edit:
    return sameevent.part(
        at.case, at.draw.choice([each.id for each in at.case.all("events") if each.merged_into])
    )


def keep_apart(at: Draw) -> Edit:
    return sameevent.keep_apart(at.case, at.one("events").id, at.one("events").id)


def new_text(at: Draw) -> Edit:
    document = at.one("documents")
    text = document.text
    cut = at.draw.randrange(len(text))
    make: Callable[[], str] = at.draw.choice([
        lambda: f"{at.words()}. {text}", lambda: f"{text}\n\n{at.words()}.", lambda: text.replace(" the ", " this "),
        lambda: text[:cut] + text[cut + at.draw.randrange(200) :], lambda: text.replace("a", "e", 5),
    ])  # fmt: skip
    new = make()
    anchored = texts.preview(at.case, document.id, new)
    fuzzy = [each.span for each in anchored if each.found == "fuzzy" and at.draw.random() < 0.5]
    return texts.replace_text(at.case, document.id, new, anchored, fuzzy)


def bounds(at: Draw) -> Edit:
    marked = at.marked()
    make = at.draw.choice([split_at, join_at])
    return make(at.case, marked.document, marked.end)


def new_report(at: Draw) -> Edit:
    text = "\n\n".join(f"{at.words()} were seen. The ‘army’ said at least 25 died." for _ in range(3))
    published = at.draw.choice([None, "2016-03-04"])
    return adding.add_document(at.case, adding.Confirmed(text, at.words(), published=published))


def set_when(at: Draw) -> Edit:
    record = at.one(at.draw.choice(["events", "relations", "documents"]))
    reference = dating.NewReference(at.words(), "https://example.org/x")
    whence = Founded(basis="reference") if at.draw.random() < 0.5 else at.founded()
    made = dating.Dating(at.draw.choice(DATES), whence, reference if whence.basis == "reference" else None)
    return dating.set_date(at.case, record.id, at.draw.choice([None, made, made]))


def lost_quote(at: Draw) -> Edit:
    loose = at.draw.choice(at.case.unanchored())
    if at.draw.random() < 0.5:
        return remove_evidence(at.case, loose.id)
    return anchor(at.case, loose.id, at.marked(at.case.record(loose.document)))


MAKERS: tuple[Callable[[Draw], Edit], ...] = (
    set_one, set_one, set_one, set_many, set_many, add_one, remove_some, remove_document, code_new, code_new, code_again,
    code_with_new, code_tie, code_tie, mark_words, unite, unite, divide, divide, name_anew, group, join_events, join_events,
    part_events, part_events, keep_apart, new_text, new_text, bounds, new_report, set_when, set_when, lost_quote,
)  # fmt: skip


def any_edit(case: CaseFile, draw: random.Random) -> Edit:
    """Return a random edit. Raises IndexError where the case has nothing to edit so, CaseFileError where it may not."""
    return draw.choice(MAKERS)(Draw(case, draw))
