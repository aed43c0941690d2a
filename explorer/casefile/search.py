"""Full-text search over titles, sentences, names and aliases; what is typed is never query syntax (design §3a)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from explorer.casefile import schema
from explorer.casefile.columns import Ints, Longs, Mask
from explorer.casefile.connection import Database
from explorer.casefile.folding import folded, match_all, match_expressions
from explorer.casefile.titles import RowsOfKeys
from explorer.casefile.wordrows import WordRows, numbers_of
from explorer.frozen import frozen
from explorer.model.records import Actor, Document, Event, Location
from explorer.words import NOT_STATED, tr, type_words

_Merging = TypeVar("_Merging", Event, Actor, Location)
_BY_ID = schema.per_list("SELECT body FROM _list WHERE id = ?")
_Rows = list[Any]  # (key of the record, number of the sentence or None)
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
_ALL = "SELECT group_concat(rowid, ' ') FROM words WHERE words MATCH ?"
_IN_ORDER = "SELECT record, number FROM entries WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key"
_SHORTEST = (
    "SELECT e.record, e.number FROM entries e JOIN words_docsize d ON d.id = e.key"
    " WHERE e.key IN (SELECT value FROM json_each(?)) ORDER BY d.sz, e.key LIMIT ?"
)
#: Entries from which a word is common: then it is looked up in the postings, and hits are not ranked among all.
COMMON = 2_000
#: Entries of a large case; the titles of so many events are looked at before its index is asked.
MANY, LOOKED_AT = 100_000, 1_000
_BEGINNING = re.compile("[a-z0-9]{1,20}")
_FIRST_TITLES = "SELECT key, json_extract(body, '$.title') FROM events ORDER BY key LIMIT ?"
#: Expressions whose entries are remembered.
REMEMBERED = 8
#: Names that are put in order of their length.
MOST_NAMES = 20_000
_HITS = (
    "SELECT e.record, e.number FROM words w JOIN entries e ON e.key = w.rowid"
    " WHERE words MATCH ? AND e.kind = ? ORDER BY bm25(words), e.key LIMIT ?"
)


@frozen
class Hit:
    """One thing found: text is what to show, detail where. A sentence has the id of its document, and its number."""

    kind: Kind
    id: str
    text: str
    detail: str
    sentence: int | None = None


def event_rows(database: Database, words: str, keys: RowsOfKeys, postings: Callable[[], WordRows]) -> Ints:
    """Return the ascending rows of the events whose title and cited sentences hold all words between them.

    keys: what leads from keys to rows; postings: asked for where a word is common.
    """
    found: Mask | None = None
    for expression in match_expressions(words):
        rows = _rows_of(database, expression, keys, postings)
        mask = np.zeros(len(keys), np.bool_)
        mask[rows] = True
        found = mask if found is None else found & mask
        if not len(rows):
            break
    return np.flatnonzero(found).astype(np.int32) if found is not None else np.empty(0, np.int32)


def _rows_of(
    database: Database, expression: str, keys: RowsOfKeys, postings: Callable[[], WordRows]
) -> NDArray[np.integer]:
    entries = _entries(database, expression)
    if len(entries) < COMMON:
        found = [row[0] for row in database.rows(_ROWS, (expression, _EVENTS))]
        return keys.rows(np.array(found, np.int64))
    return postings().of(entries)


def _entries(database: Database, expression: str) -> Longs:
    """Return the entries that meet an expression, ascending: in one go, for the index gathers all of them first.

    As one types, hits and matches ask for the same one after another.
    """
    state = database.row("SELECT version FROM header")
    known: tuple[Any, Longs] | None = database.asked.get(expression)
    if known is None or known[0] != state:
        if len(database.asked) >= REMEMBERED:
            database.asked.pop(next(iter(database.asked)))
        known = database.asked[expression] = state, numbers_of(database, _ALL, (expression,))
    return known[1]


def search(database: Database, words: str, limit: int, postings: Callable[[], WordRows]) -> list[Hit]:
    """Return what holds all words: events, then actors, places, documents and sentences, the best of each first.

    Where more than COMMON entries hold them the best are not sought among all: names come shortest first, and the rest
    in the order of the case.
    """
    expression = match_all(words)
    if expression is None:
        return []
    found: list[Hit] = []
    early = _at_first_sight(database, words, limit)
    if early:
        return _events(database, [(key, None) for key in early])
    every = _entries(database, expression)
    entries = every if len(every) >= COMMON else None
    if entries is not None:
        kinds = postings().kinds[entries]
    for kind in (_EVENT, _ACTOR, _PLACE, _DOCUMENT, _SENTENCE):
        room = limit - len(found)
        if room <= 0:
            break
        if entries is None:
            rows = database.rows(_HITS, (expression, kind, room))
        else:
            rows = _first(database, entries[kinds == kind], kind, room)
        found.extend(_SHOWN[kind](database, rows))
    return found


def _at_first_sight(database: Database, words: str, limit: int) -> list[int]:
    """Return the keys of the first events whose titles hold a word that begins so, where a large case has enough.

    What begins so may be in half of all titles: the first hits are there before the index has gathered
    the rest. Fewer than limit are none: then the index is asked.
    """
    beginning = folded(words)
    row = database.row("SELECT max(key) FROM entries")
    if not _BEGINNING.fullmatch(beginning) or row is None or (row[0] or 0) < MANY:
        return []
    begins = re.compile(rf"(?<![^\W_]){beginning}")
    titles = database.rows(_FIRST_TITLES, (LOOKED_AT,))
    found = [key for key, title in titles if begins.search(folded(title))]
    return found[:limit] if len(found) >= limit else []


def _first(database: Database, entries: NDArray[np.int64], kind: int, room: int) -> _Rows:
    if kind in {_ACTOR, _PLACE}:
        return database.rows(_SHORTEST, (json.dumps(entries[:MOST_NAMES].tolist()), room))
    return database.rows(_IN_ORDER, (json.dumps(entries[:room].tolist()),))


def _bodies(database: Database, table: str, keys: list[int]) -> dict[int, str]:
    statement = _BODIES[table]
    return dict(database.rows(statement, (json.dumps(keys),)))


_BODIES = schema.per_list("SELECT key, body FROM _list WHERE key IN (SELECT value FROM json_each(?))")


def _standing(database: Database, table: str, kind: type[_Merging], rows: _Rows) -> list[_Merging]:
    """Return the records of rows in their order, each once; what is merged leads to the one that stays."""
    bodies = _bodies(database, table, [key for key, _ in rows])
    found: dict[str, _Merging] = {}
    for key, _ in rows:
        record = kind.model_validate_json(bodies[key])
        seen = {record.id}
        while record.merged_into is not None and record.merged_into not in seen:
            seen.add(record.merged_into)
            row = database.row(_BY_ID[table], (record.merged_into,))
            if row is None:
                break
            record = kind.model_validate_json(row[0])
        found.setdefault(record.id, record)
    return list(found.values())


def _events(database: Database, rows: _Rows) -> list[Hit]:
    events = _standing(database, "events", Event, rows)
    return [Hit("event", event.id, event.title, type_words(event.type, event.mode)) for event in events]


def _actors(database: Database, rows: _Rows) -> list[Hit]:
    actors = _standing(database, "actors", Actor, rows)
    return [Hit("actor", actor.id, actor.name, ", ".join(actor.aliases)) for actor in actors]


def _places(database: Database, rows: _Rows) -> list[Hit]:
    places = _standing(database, "locations", Location, rows)
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
