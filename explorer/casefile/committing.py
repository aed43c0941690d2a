"""Writing changed rows and exactly the index rows that follow from them, forwards or backwards alike."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from explorer.casefile.appending import ENTRY_CODES, digest, named_in_search
from explorer.casefile.bulk import cited_by
from explorer.casefile.changes import Change
from explorer.casefile.folding import folded
from explorer.casefile.schema import LIST_CODES, per_list
from explorer.model.lists import list_of

Raw = Mapping[str, Any]
_INSERT = per_list("INSERT INTO _list (key, id, body, sha256) VALUES (?, ?, ?, ?)")
_UPDATE = per_list("UPDATE _list SET body = ?, sha256 = ? WHERE key = ?")
_DELETE = per_list("DELETE FROM _list WHERE key = ?")
_KEY = per_list("SELECT key FROM _list WHERE id = ?")
_ENTRY_OF = "SELECT key FROM entries WHERE kind = ? AND record = ? AND number IS ?"
_UNWORDS = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
_WORDS = "INSERT INTO words (rowid, text) VALUES (?, ?)"
_UNMENTION = (
    "DELETE FROM mentioned WHERE rowid ="
    " (SELECT rowid FROM mentioned WHERE list = ? AND record = ? AND form = ? AND span = ? LIMIT 1)"
)
_POSITION = (
    "INSERT INTO span_positions (span, document, start, end, sentence, unanchored) VALUES (?, ?, ?, ?, ?, ?)"
)
#: Lists whose records cite spans, and lists whose records search finds.
_CITING = frozenset(("events", "relations", "documents", "links"))
_FOUND = frozenset(("events", "actors", "locations", "documents"))


def apply(connection: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """Write changes: index rows of what was, bodies, index rows of what is. The header is a change of list ""."""
    parsed = [(change, _raw(change.before), _raw(change.after)) for change in changes if change.list_name]
    for change, before, after in parsed:
        if before is not None:
            _forget(connection, change, before, after)
    for change in changes:
        _write(connection, change)
    for change, before, after in parsed:
        if after is not None:
            _index(connection, change, before, after)
    for change, before, after in parsed:
        if change.list_name == "documents" and before and after:
            _replace_sentences(connection, change.key, before, after)


def _raw(body: str | None) -> dict[str, Any] | None:
    return None if body is None else json.loads(body)


def _write(connection: sqlite3.Connection, change: Change) -> None:
    name, body = change.list_name, change.after
    if not name:
        assert body is not None
        connection.execute("UPDATE header SET body = ?, sha256 = ?", (body, digest(body)))
    elif body is None:
        connection.execute(_DELETE[name], (change.key,))
    elif change.before is None:
        connection.execute(_INSERT[name], (change.key, change.record_id, body, digest(body)))
    else:
        connection.execute(_UPDATE[name], (body, digest(body), change.key))


def _cited(name: str, raw: Raw | None) -> list[tuple[str, str]]:
    return [] if raw is None or name not in _CITING else list(cited_by(name, raw))


def _texts(name: str, raw: Raw | None) -> dict[tuple[int, int | None], str]:
    """Return what search finds a record by: (code of the kind, sentence number) -> text."""
    if raw is None or name not in _FOUND:
        return {}
    return {(ENTRY_CODES[kind], number): text for kind, number, text in named_in_search(name, raw)}


def _forget(connection: sqlite3.Connection, change: Change, before: Raw, after: Raw | None) -> None:
    """Take away the index rows of what was, but for those that stay."""
    name, key = change.list_name, change.key
    if name == "spans":
        connection.execute("DELETE FROM span_positions WHERE span = ?", (key,))
    elif name == "mentions":
        connection.execute(_UNMENTION, _mention_row(connection, before))
    if _cited(name, before) != _cited(name, after):
        connection.execute("DELETE FROM citations WHERE list = ? AND record = ?", (LIST_CODES[name], key))
    new = _texts(name, after)
    for (kind, number), text in _texts(name, before).items():
        if new.get((kind, number)) != text:
            entry = connection.execute(_ENTRY_OF, (kind, key, number)).fetchone()
            if entry is not None:
                connection.execute(_UNWORDS, (entry[0], folded(text)))
                connection.execute("DELETE FROM entries WHERE key = ?", entry)


def _index(connection: sqlite3.Connection, change: Change, before: Raw | None, after: Raw) -> None:
    """Write the index rows of what is, but for those that stayed."""
    name, key = change.list_name, change.key
    if name == "spans":
        _place(connection, key, after)
    elif name == "mentions":
        connection.execute(
            "INSERT INTO mentioned (list, record, form, span) VALUES (?, ?, ?, ?)",
            _mention_row(connection, after),
        )
    cited = _cited(name, after)
    if cited != _cited(name, before):
        connection.executemany(
            "INSERT INTO citations (list, record, path, span) VALUES (?, ?, ?, ?)",
            [(LIST_CODES[name], key, path, _key(connection, "spans", span)) for path, span in cited],
        )
    old = _texts(name, before)
    for (kind, number), text in _texts(name, after).items():
        if old.get((kind, number)) != text:
            entry = connection.execute(
                "INSERT INTO entries (kind, record, number) VALUES (?, ?, ?)", (kind, key, number)
            ).lastrowid
            connection.execute(_WORDS, (entry, folded(text)))


def _key(connection: sqlite3.Connection, name: str, record_id: str) -> int:
    row = connection.execute(_KEY[name], (record_id,)).fetchone()
    if row is None:
        raise KeyError(record_id)
    return int(row[0])


def _mention_row(connection: sqlite3.Connection, raw: Raw) -> tuple[int, int, str, int]:
    name = list_of(raw["refers_to"]) or ""
    return (
        LIST_CODES[name],
        _key(connection, name, raw["refers_to"]),
        raw["form"],
        _key(connection, "spans", raw["span"]),
    )


def _place(connection: sqlite3.Connection, key: int, raw: Raw) -> None:
    document, body = connection.execute(
        "SELECT key, json_extract(body, '$.sentences') FROM documents WHERE id = ?", (raw["document"],)
    ).fetchone()
    start = raw.get("start")
    sentence = None if start is None else sentence_at(json.loads(body or "[]"), start)
    lost = int(raw.get("unanchored", False))
    connection.execute(_POSITION, (key, document, start, raw.get("end"), sentence, lost))


def _replace_sentences(connection: sqlite3.Connection, key: int, before: Raw, after: Raw) -> None:
    """Let the spans of a document know the numbers of their sentences again, where these have changed."""
    sentences = after.get("sentences", [])
    if before.get("sentences", []) == sentences:
        return
    rows: Iterable[tuple[int, int]] = connection.execute(
        "SELECT span, start FROM span_positions WHERE document = ? AND start IS NOT NULL", (key,)
    ).fetchall()
    connection.executemany(
        "UPDATE span_positions SET sentence = ? WHERE span = ?",
        [(sentence_at(sentences, start), span) for span, start in rows],
    )


def sentence_at(sentences: Sequence[Raw], position: int) -> int | None:
    """Return the number of the sentence that holds a character, None between sentences."""
    number = bisect_right(sentences, position, key=lambda each: each["start"]) - 1
    return number if number >= 0 and position < sentences[number]["end"] else None
