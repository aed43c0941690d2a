"""Full-text search over titles, sentences, names and aliases; what is typed is never query syntax (design §3a)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

import numpy as np

from explorer.casefile import schema
from explorer.casefile.columns import Ints
from explorer.casefile.connection import Database
from explorer.casefile.folding import match_all, match_expressions
from explorer.model.records import Actor, Document, Event, Location
from explorer.words import NOT_STATED, tr, type_words

Kind = Literal["event", "actor", "place", "sentence", "document"]

_EVENT, _ACTOR, _PLACE, _DOCUMENT, _SENTENCE = range(5)
_EVENTS = schema.LIST_CODES["events"]
# CROSS JOIN keeps the order: from the few rows of the word index outwards.
_MATCHED = "FROM words w CROSS JOIN entries e ON e.key = w.rowid"
_CITED = "CROSS JOIN citations c ON c.span = p.span AND c.list = ?2 WHERE words MATCH ?1 AND e.kind = 4"
_ROWS = (
    f"SELECT e.record {_MATCHED} WHERE words MATCH ?1 AND e.kind = 0"
    f" UNION SELECT c.record {_MATCHED} CROSS JOIN span_positions p"
    f" ON p.document = e.record AND p.sentence = e.number {_CITED}"
    f" UNION SELECT c.record {_MATCHED} CROSS JOIN span_positions p"
    f" ON p.document = e.record AND p.sentence IS NULL AND p.start IS NULL AND NOT p.unanchored {_CITED}"
)
_HITS = (
    "SELECT e.record, e.number FROM words w JOIN entries e ON e.key = w.rowid"
    " WHERE words MATCH ? AND e.kind = ? ORDER BY bm25(words), e.key LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: text is what to show, detail where. A sentence has the id of its document, and its number."""

    kind: Kind
    id: str
    text: str
    detail: str
    sentence: int | None = None


def event_keys(database: Database, words: str) -> Ints:
    """Return the ascending keys of the events whose title and cited sentences hold all words between them."""
    found: set[int] | None = None
    for expression in match_expressions(words):
        keys = {row[0] for row in database.rows(_ROWS, (expression, _EVENTS))}
        found = keys if found is None else found & keys
        if not found:
            break
    return np.array(sorted(found or ()), dtype=np.int64)


def search(database: Database, words: str, limit: int) -> list[Hit]:
    """Return what holds all words: events, then actors, places, documents and sentences, the best of each first."""
    expression = match_all(words)
    if expression is None:
        return []
    found: list[Hit] = []
    for kind in (_EVENT, _ACTOR, _PLACE, _DOCUMENT, _SENTENCE):
        room = limit - len(found)
        if room <= 0:
            break
        rows = database.rows(_HITS, (expression, kind, room))
        found.extend(_SHOWN[kind](database, rows))
    return found


def _bodies(database: Database, table: str, keys: list[int]) -> dict[int, str]:
    statement = _BODIES[table]
    return dict(database.rows(statement, (json.dumps(keys),)))


_BODIES = schema.per_list("SELECT key, body FROM _list WHERE key IN (SELECT value FROM json_each(?))")
_Rows = list[tuple[int, int | None]]


def _events(database: Database, rows: _Rows) -> list[Hit]:
    bodies = _bodies(database, "events", [key for key, _ in rows])
    events = (Event.model_validate_json(bodies[key]) for key, _ in rows)
    return [Hit("event", event.id, event.title, type_words(event.type, event.mode)) for event in events]


def _actors(database: Database, rows: _Rows) -> list[Hit]:
    bodies = _bodies(database, "actors", [key for key, _ in rows])
    actors = (Actor.model_validate_json(bodies[key]) for key, _ in rows)
    return [Hit("actor", actor.id, actor.name, ", ".join(actor.aliases)) for actor in actors]


def _places(database: Database, rows: _Rows) -> list[Hit]:
    bodies = _bodies(database, "locations", [key for key, _ in rows])
    places = (Location.model_validate_json(bodies[key]) for key, _ in rows)
    return [Hit("place", place.id, place.name, _path(database, place)) for place in places]


def _path(database: Database, place: Location) -> str:
    """Return the names above a place, nearest first: "Aleppo, Syria"."""
    names: list[str] = []
    seen, above = {place.id}, place.part_of
    while above and above not in seen:
        seen.add(above)
        row = database.row("SELECT body FROM locations WHERE id = ?", (above,))
        if row is None:
            break
        parent = Location.model_validate_json(row[0])
        names.append(parent.name)
        above = parent.part_of
    return ", ".join(names)


def _documents(database: Database, rows: _Rows) -> list[Hit]:
    found = (_document(database, key) for key, _ in rows)
    return [Hit("document", held.id, held.title, held.publisher or tr(NOT_STATED)) for held in found]


def _sentences(database: Database, rows: _Rows) -> list[Hit]:
    hits = []
    documents: dict[int, Document] = {}
    for key, number in rows:
        held = documents.get(key) or documents.setdefault(key, _document(database, key))
        bounds = held.sentences[number or 0]
        hits.append(Hit("sentence", held.id, held.text[bounds.start : bounds.end], held.title, number))
    return hits


def _document(database: Database, key: int) -> Document:
    row = database.row("SELECT body FROM documents WHERE key = ?", (key,))
    return Document.model_validate_json(row[0] if row else "")


_SHOWN = {_EVENT: _events, _ACTOR: _actors, _PLACE: _places, _DOCUMENT: _documents, _SENTENCE: _sentences}
