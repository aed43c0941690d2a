"""Writing records: rows of their lists, then the index tables that answer "where is this said" and "who says this"."""

from __future__ import annotations

import hashlib
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from explorer.casefile.evidence import cited_spans, identity
from explorer.casefile.folding import folded
from explorer.casefile.schema import ENTRY_KINDS, LIST_CODES, per_list
from explorer.model.base import Record
from explorer.model.ids import list_of
from explorer.model.records import LISTS, Document, Mention, Span

#: Rows written by one executemany.
BATCH = 2000
_LIST_OF = {kind: name for name, kind in LISTS.items()}
_IN_SEARCH = {"title", "name", "aliases", "kind", "text", "sentences"}
_INSERT = per_list("INSERT INTO _list (key, id, body, sha256) VALUES (?, ?, ?, ?)")
_KEY = per_list("SELECT key FROM _list WHERE id = ?")
_LAST = "SELECT seq FROM sqlite_sequence WHERE name = ?"
ENTRY_CODES = {kind: code for code, kind in enumerate(ENTRY_KINDS)}


def body_of(record: Record) -> str:
    """Return the canonical JSON of a record: keys in model order, defaults left out, no blanks."""
    return record.model_dump_json(exclude_defaults=True)


def digest(body: str) -> bytes:
    """Return the sha256 of a body."""
    return hashlib.sha256(body.encode("utf-8")).digest()


def named_in_search(name: str, raw: Mapping[str, Any]) -> Iterator[tuple[str, int | None, str]]:
    """Yield (kind of entry, sentence number, text) of all that search finds a record by; raw: its body as plain JSON.

    The title of a dataset's row is not indexed where its text has it: it is found as a sentence.
    """
    match name:
        case "events":
            yield "event", None, raw["title"]
        case "actors" | "locations":
            kind = "actor" if name == "actors" else "place"
            yield kind, None, "\n".join((raw["name"], *raw.get("aliases", ())))
        case "documents":
            text = raw["text"]
            if raw.get("kind") != "dataset_row" or raw["title"].rstrip("…") not in text:
                yield "document", None, raw["title"]
            for number, sentence in enumerate(raw.get("sentences", ())):
                yield "sentence", number, text[sentence["start"] : sentence["end"]]
        case _:
            return


class Appending:
    """One append inside one transaction; records may cite what comes after them in the same append."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._keys: dict[str, dict[str, int]] = {name: {} for name in LISTS}
        self._next = {name: self._last(name) + 1 for name in LISTS}
        self._entry = (self._one("SELECT max(key) FROM entries") or 0) + 1
        self._batches: dict[str, list[tuple[Any, ...]]] = {}
        self._spans: list[Span] = []
        self._cited: list[tuple[int, int, str, str]] = []
        self._mentioned: list[Mention] = []
        self._sentences: dict[int, list[tuple[int, int]]] = {}

    def add(self, records: Iterable[Record]) -> None:
        """Write records and their index rows."""
        for record in records:
            self._add(record)
        self._place_spans()
        self._write(
            "INSERT INTO citations (list, record, path, span) VALUES (?, ?, ?, ?)",
            ((code, key, path, self._key("spans", span)) for code, key, path, span in self._cited),
        )
        self._write(
            "INSERT INTO mentioned (list, record, form, span) VALUES (?, ?, ?, ?)",
            (self._mention_row(mention) for mention in self._mentioned),
        )
        for statement in list(self._batches):
            self._flush(statement)

    def _one(self, statement: str, parameters: tuple[Any, ...] = ()) -> Any:
        row = self._connection.execute(statement, parameters).fetchone()
        return row[0] if row else None

    def _last(self, name: str) -> int:
        return self._one(_LAST, (name,)) or 0

    def _key(self, name: str, record_id: str) -> int:
        key = self._keys[name].get(record_id)
        if key is None:
            key = self._one(_KEY[name], (record_id,))
            if key is None:
                raise KeyError(record_id)
            self._keys[name][record_id] = key
        return key

    def _queue(self, statement: str, row: tuple[Any, ...]) -> None:
        batch = self._batches.setdefault(statement, [])
        batch.append(row)
        if len(batch) >= BATCH:
            self._flush(statement)

    def _flush(self, statement: str) -> None:
        self._connection.executemany(statement, self._batches.pop(statement, ()))

    def _write(self, statement: str, rows: Iterator[tuple[Any, ...]]) -> None:
        self._connection.executemany(statement, rows)

    def _add(self, record: Record) -> None:
        name = _LIST_OF[type(record)]
        key, self._next[name] = self._next[name], self._next[name] + 1
        record_id, body = identity(record), body_of(record)
        self._keys[name][record_id] = key
        self._queue(_INSERT[name], (key, record_id, body, digest(body)))
        self._cited.extend((LIST_CODES[name], key, path, span) for path, span in cited_spans(record))
        if isinstance(record, Span):
            self._spans.append(record)
        elif isinstance(record, Mention):
            self._mentioned.append(record)
        else:
            self._index_words(record, key)

    def _mention_row(self, mention: Mention) -> tuple[int, int, str, int]:
        name = list_of(mention.refers_to)
        if name is None:
            raise KeyError(mention.refers_to)
        return (
            LIST_CODES[name],
            self._key(name, mention.refers_to),
            mention.form,
            self._key("spans", mention.span),
        )

    def _index_words(self, record: Record, key: int) -> None:
        for kind, number, text in named_in_search(
            _LIST_OF[type(record)], record.model_dump(include=_IN_SEARCH)
        ):
            self._enter(kind, key, number, text)
        if isinstance(record, Document):
            self._sentences[key] = [(sentence.start, sentence.end) for sentence in record.sentences]

    def _enter(self, kind: str, key: int, number: int | None, text: str) -> None:
        self._queue(
            "INSERT INTO entries (key, kind, record, number) VALUES (?, ?, ?, ?)",
            (self._entry, ENTRY_CODES[kind], key, number),
        )
        self._queue("INSERT INTO words (rowid, text) VALUES (?, ?)", (self._entry, folded(text)))
        self._entry += 1

    def _place_spans(self) -> None:
        self._write(
            "INSERT INTO span_positions (span, document, start, end, sentence, unanchored) VALUES (?, ?, ?, ?, ?, ?)",
            (self._position(span) for span in self._spans),
        )

    def _position(self, span: Span) -> tuple[int, int, int | None, int | None, int | None, int]:
        key, document = self._keys["spans"][span.id], self._key("documents", span.document)
        sentence = None if span.start is None else self._sentence_at(document, span.start)
        return key, document, span.start, span.end, sentence, int(span.unanchored)

    def _sentence_at(self, document: int, position: int) -> int | None:
        bounds = self._sentences.get(document)
        if bounds is None:
            body = self._one("SELECT body FROM documents WHERE key = ?", (document,))
            held = Document.model_validate_json(body)
            bounds = self._sentences[document] = [(s.start, s.end) for s in held.sentences]
        number = bisect_right(bounds, position, key=lambda bound: bound[0]) - 1
        return number if number >= 0 and position < bounds[number][1] else None
