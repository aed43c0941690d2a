"""Writing in bulk: bodies that a reader made, in one transaction, with memory that does not grow with their number.

What is written is what Appending writes for the same records, but one row of the index of evidence stands for all
values of a record that rest on one row of a dataset as a whole (EVERY).
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from explorer.casefile.appending import ENTRY_CODES, named_in_search
from explorer.casefile.collecting import Collecting
from explorer.casefile.evidence import EVERY
from explorer.casefile.folding import folded
from explorer.casefile.found_by import Entries, identity, searched
from explorer.casefile.inserting import WORDS_AT_ONCE, Inserting, Into, Values
from explorer.casefile.schema import LIST_CODES, LIST_NAMES, per_list

Raw = Mapping[str, Any]
_INTO: dict[str, Into] = {
    name: (head, 4) for name, head in per_list("INSERT INTO _list (key, id, body, sha256) VALUES").items()
}
_UPDATE = per_list("UPDATE _list SET body = ?, sha256 = ? WHERE key = ?")
_KNOWN = per_list("SELECT id, sha256 FROM _list WHERE id IN (SELECT value FROM json_each(?))")
_OLD = per_list("SELECT key, body FROM _list WHERE id = ?")
_KEY = per_list("SELECT key FROM _list WHERE id = ?")
_LAST = "SELECT seq FROM sqlite_sequence WHERE name = ?"
_POSITION: Into = (
    "INSERT INTO span_positions (span, document, start, end, sentence, unanchored) VALUES", 6,
)  # fmt: skip
_CITATION: Into = "INSERT INTO citations (list, record, path, span) VALUES", 4
_MENTIONED: Into = "INSERT INTO mentioned (list, record, form, span) VALUES", 4
_ENTRY: Into = "INSERT INTO entries (key, kind, record, number) VALUES", 4
_UNWORDS = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
_FTS_SETTING = "INSERT INTO words (words, rank) VALUES (?, ?)"
#: Bytes of words that the index gathers before it writes them; its own default, and while much is written.
_USUAL, _GENEROUS = 2**20, 32 * 2**20
#: Segments of the word index that are merged at once, as SQLite has it.
_USUAL_MERGE, _USUAL_CRISIS = 4, 16
#: Segments that a new index may have before they are merged all the same; it can hold 2,000.
_MOST_SEGMENTS = 1_000
#: Bytes of a leaf of the word index: two of them fill a large page.
_LEAF = 8_100
_ORDER = (*_INTO.values(), _POSITION, _CITATION, _MENTIONED, _ENTRY)
_LIST_OF_PREFIX = {"act": "actors", "loc": "locations", "evt": "events"}


class Bulk:
    """Takes records as bodies, in chunks; flush() ends a chunk, finish() the whole."""

    def __init__(self, connection: sqlite3.Connection, folder: Path | None = None) -> None:
        """Write by connection; folder: where the columns of a case that is empty yet are laid aside meanwhile."""
        self._inserting = Inserting(connection)
        self._next = {name: (self._one(_LAST, name) or 0) + 1 for name in LIST_NAMES}
        self._entry = (self._one("SELECT max(key) FROM entries") or 0) + 1
        self._values: Values = {into: [] for into in _ORDER}
        self._texts: list[str] = []  # of the last entries, not yet in the word index
        self._keys: dict[str, int] = {}  # ids of this chunk
        self._whole: dict[str, int] = {}  # spans of this chunk without a position
        self._sentences: dict[str, Sequence[dict[str, int]]] = {}  # of documents of this chunk
        self._waiting: list[tuple[str, int, Raw, str, int]] = []
        self._fresh = self._entry == 1
        self.collecting: Collecting | None = None
        if folder is not None and all(key == 1 for key in self._next.values()):
            self.collecting = Collecting(folder)
        self._set("hashsize", _GENEROUS)
        if self._fresh:
            self._set("automerge", 0)  # all is merged at the end, once
            self._set("crisismerge", _MOST_SEGMENTS)
            if self._one("PRAGMA page_size") > 4096:
                self._set("pgsz", _LEAF)

    def known(self, name: str, ids: Iterable[str]) -> dict[str, bytes]:
        """Return the sha256 of the bodies of those ids that the case has, this chunk's aside."""
        return dict(self._inserting.connection.execute(_KNOWN[name], (json.dumps(list(ids)),)))

    def body(self, name: str, record_id: str) -> dict[str, Any] | None:
        """Return a record of the case as plain JSON; None where it has none. Ends the chunk."""
        self.flush()
        row = self._inserting.connection.execute(_OLD[name], (record_id,)).fetchone()
        return None if row is None else json.loads(row[1])

    def add(
        self,
        name: str,
        record_id: str,
        raw: Raw,
        body: str,
        body_digest: bytes,
        entries: Entries | None = None,
    ) -> None:
        """Add a record that the case does not have; what it cites may come later in the same chunk.

        entries: searched(name, raw), where it is known already.
        """
        key = self._next[name]
        self._next[name] = key + 1
        self._values[_INTO[name]] += (key, record_id, body, body_digest)
        self._index(name, key, record_id, raw, body, searched(name, raw) if entries is None else entries)

    def replace(self, name: str, raw: Raw, body: str, body_digest: bytes) -> None:
        """Put a record in the place of the one that has its id."""
        self.flush()
        self._collect_no_more()
        self._write_words()
        record_id = identity(name, raw)
        key, old = self._inserting.connection.execute(_OLD[name], (record_id,)).fetchone()
        self._forget(name, key, record_id, json.loads(old))
        self._inserting.connection.execute(_UPDATE[name], (body, body_digest, key))
        self._index(name, key, record_id, raw, body, searched(name, raw))
        self.flush()

    def flush(self) -> None:
        """Hand over what has been taken; it is written while the next chunk is made."""
        cited = self._values[_CITATION]
        for citation in self._citations():
            cited.extend(citation)
        words = None
        if len(self._texts) >= WORDS_AT_ONCE:
            words, self._texts = (self._entry - len(self._texts), self._texts), []
        values = {into: flat for into, flat in self._values.items() if flat}
        if values or words:
            self._inserting.write(values, words)
            self._values = {into: [] for into in _ORDER}
        if self.collecting is not None:
            self.collecting.end_chunk()
        self._waiting.clear()
        self._keys.clear()
        self._whole.clear()
        self._sentences.clear()

    def finish(self) -> None:
        """Write the rest."""
        self.flush()
        self._write_words()
        if self._fresh:
            self._set("automerge", _USUAL_MERGE)
            self._set("crisismerge", _USUAL_CRISIS)
            self._inserting.connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._set("hashsize", _USUAL)

    def close(self) -> None:
        """End the writing, whatever came of it; to be called before the transaction ends."""
        self._inserting.close()
        self._collect_no_more()

    def _write_words(self) -> None:
        """Write the texts that wait for more of them."""
        if self._texts:
            self._inserting.write_words_apart(self._entry - len(self._texts), self._texts)
            self._texts = []

    def _set(self, name: str, value: int) -> None:
        self._inserting.connection.execute(_FTS_SETTING, (name, value))

    def _one(self, statement: str, *parameters: Any) -> Any:
        row = self._inserting.connection.execute(statement, parameters).fetchone()
        return row[0] if row else None

    def _key(self, name: str, record_id: str) -> int:
        """Return the key of a record; raises KeyError where neither this chunk nor the case has it."""
        key = self._keys.get(record_id)
        if key is None:
            key = self._one(_KEY[name], record_id)
            if key is None:
                raise KeyError(record_id)
        return key

    # -- index rows -------------------------------------------------------------------------------------------

    def _index(self, name: str, key: int, record_id: str, raw: Raw, body: str, entries: Entries) -> None:
        if name != "mentions":
            self._keys[record_id] = key
        if name == "spans":
            self._place(key, record_id, raw)
        elif name == "mentions":
            to = _LIST_OF_PREFIX[raw["refers_to"].partition("-")[0]]
            named = self._key(to, raw["refers_to"])
            row = (LIST_CODES[to], named, raw["form"], self._key("spans", raw["span"]))
            self._values[_MENTIONED].extend(row)
        else:
            values, texts, collecting = self._values[_ENTRY], self._texts, self.collecting
            for kind, number, text in entries:
                values += (self._entry, kind, key, number)
                texts.append(text)
                if collecting is not None:
                    collecting.kinds.append(kind)
                self._entry += 1
            if name == "documents":
                self._sentences[record_id] = raw.get("sentences", ())
            self._waiting.append((name, key, raw, body, self._entry))

    def _place(self, key: int, record_id: str, raw: Raw) -> None:
        document, start = self._key("documents", raw["document"]), raw.get("start")
        sentence = None if start is None else self._sentence_at(raw["document"], start)
        lost = raw.get("unanchored", False)
        if start is None and not lost:
            self._whole[record_id] = key
            if self.collecting is not None:
                self.collecting.span(record_id, raw["document"])
        self._values[_POSITION] += (key, document, start, raw.get("end"), sentence, int(lost))

    def _sentence_at(self, document: str, position: int) -> int | None:
        bounds = self._sentences.get(document)
        if bounds is None:
            old = json.loads(self._inserting.connection.execute(_OLD["documents"], (document,)).fetchone()[1])
            bounds = self._sentences[document] = old.get("sentences", ())
        number = bisect_right(bounds, position, key=lambda bound: bound["start"]) - 1
        return number if number >= 0 and position < bounds[number]["end"] else None

    def _citations(self) -> Iterator[tuple[int, int, str, int]]:
        for name, key, raw, body, entry in self._waiting:
            code = LIST_CODES[name]
            whole = self._one_row(raw, body) if name == "events" else None
            if self.collecting is not None:
                self._collect(name, key, raw, entry, whole is not None)
            if whole is not None:
                yield code, key, EVERY, whole
                continue
            cited = list(cited_by(name, raw))
            if len(cited) > 1 and len({span for _, span in cited}) == 1:
                whole = self._whole.get(cited[0][1])
            if whole is not None:
                yield code, key, EVERY, whole
                continue
            for path, span in cited:
                yield code, key, path, self._key("spans", span)

    def _collect(self, name: str, key: int, raw: Raw, entry: int, whole: bool) -> None:
        """Let the columns have a record; where one takes more than a look at itself, they are built from the rows."""
        collecting = self.collecting
        assert collecting is not None
        try:
            if name == "documents":
                collecting.document(raw, entry)
            elif name == "events" and whole:
                collecting.event(key, raw, entry - 1)
            elif name in {"events", "links"} or "merged_into" in raw:
                self._collect_no_more()
        except LookupError:
            self._collect_no_more()

    def _collect_no_more(self) -> None:
        if self.collecting is not None:
            self.collecting.close()
            self.collecting = None

    def _one_row(self, raw: Raw, body: str) -> int | None:
        """Return the span that every value of an event rests on, where it is one row as a whole.

        Asked of the body, which is quicker than a walk: inside a text the quotation marks would be escaped.
        """
        span = raw["claims"][0]["evidence"][0]
        whole = self._whole.get(span)
        if whole is None or body.count('"evidence":[') != body.count(f'"evidence":["{span}"]'):
            return None
        return whole

    def _forget(self, name: str, key: int, record_id: str, old: Raw) -> None:
        """Take the index rows of a record away, before its body changes."""
        execute = self._inserting.connection.execute
        execute("DELETE FROM citations WHERE list = ? AND record = ?", (LIST_CODES[name], key))
        if name == "spans":
            execute("DELETE FROM span_positions WHERE span = ?", (key,))
        for kind, number, text in named_in_search(name, old):
            found = self._one(
                "SELECT key FROM entries WHERE kind = ? AND record = ? AND number IS ?",
                ENTRY_CODES[kind],
                key,
                number,
            )
            if found is not None:
                execute(_UNWORDS, (found, folded(text)))
                execute("DELETE FROM entries WHERE key = ?", (found,))
        self._keys.pop(record_id, None)


def cited_by(name: str, raw: Raw) -> Iterator[tuple[str, str]]:
    """Yield (path of the value, span id) of every value of a record, as evidence.cited_spans does for models."""
    if name == "events":
        yield from _of_values("", raw)
        for number, part in enumerate(raw.get("participants", ())):
            yield from ((f"participants[{number}]", span) for span in part.get("evidence", ()))
        yield from _of_claims(raw)
    elif name == "relations":
        yield from _of_fact("valid", raw.get("valid"))
        yield from _of_claims(raw)
    elif name == "documents":
        if "published" in raw:
            for span in raw["published"].get("evidence", ()):
                yield "published", span
        if "metadata_evidence" in raw:
            for field, spans in raw["metadata_evidence"].items():
                yield from ((f"metadata_evidence.{field}", span) for span in spans)
    elif name == "links":
        yield from _of_fact("evidence", raw)


def _of_fact(path: str, fact: Raw | None) -> Iterator[tuple[str, str]]:
    return ((path, span) for span in (fact or {}).get("evidence", ()))


def _of_values(prefix: str, raw: Raw) -> Iterator[tuple[str, str]]:
    yield from _of_fact(f"{prefix}time", raw.get("time"))
    for name in ("places", "quantities"):
        for number, each in enumerate(raw.get(name, ())):
            yield from _of_fact(f"{prefix}{name}[{number}]", each)


def _of_claims(raw: Raw) -> Iterator[tuple[str, str]]:
    for number, claim in enumerate(raw["claims"]):
        yield from _of_values(f"claims[{number}].", claim)
    for number, claim in enumerate(raw["claims"]):
        yield from ((f"claims[{number}]", span) for span in claim["evidence"])
