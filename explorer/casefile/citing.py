"""From a value to its characters and from a sentence to its facts, in one query each (design §1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from explorer.casefile import schema
from explorer.casefile.reading import Records
from explorer.frozen import frozen
from explorer.model.lists import LIST_NAMES

if TYPE_CHECKING:
    from explorer.casefile.evidence import Citation
    from explorer.model.records import Span

_ID_OF = schema.per_list("SELECT key, id FROM _list WHERE key IN (SELECT value FROM json_each(?))")
_CITED = (
    "SELECT c.list, c.record, c.path, s.id, d.id, p.sentence FROM citations c"
    " JOIN spans s ON s.key = c.span JOIN span_positions p ON p.span = c.span JOIN documents d ON d.key = p.document"
)
_MENTIONED = _CITED.replace("citations", "mentioned").replace("c.path", "'mention'")
_JOINED = (
    "SELECT id FROM events WHERE id IN (SELECT value FROM json_each(?))"
    " AND json_extract(body, '$.merged_into') IS NOT NULL"
)
_OF_SENTENCE = (
    " WHERE p.document = ?"
    " AND (p.sentence = ? OR (p.sentence IS NULL AND p.start IS NULL AND NOT p.unanchored))"
)


@frozen
class Mentioned:
    """A stretch of a document that names a record: start and end in code points."""

    refers_to: str
    form: str
    span: str
    start: int
    end: int


class Citing(Records):
    """The index of evidence, both ways."""

    def cited(self, record_id: str) -> list[Citation]:
        """Return every value of a record with the span it cites; of an actor or a place, its mentions."""
        found = self._key(record_id)
        if found is None:
            return []
        name, key = found
        statement = _MENTIONED if name in {"actors", "locations"} else _CITED
        return self._citations(
            f"{statement} WHERE c.list = ? AND c.record = ? ORDER BY c.rowid", (schema.LIST_CODES[name], key)
        )

    def citing(self, document_id: str, sentence: int) -> list[Citation]:
        """Return the facts read from one sentence; facts that cite the document as a whole count for each."""
        found = self._key(document_id)
        if found is None:
            return []
        every = self._citations(
            _CITED + _OF_SENTENCE + " ORDER BY c.list, c.record, c.rowid", (found[1], sentence)
        )
        with self._as_written("citations"):
            merged = self._merged({each.record for each in every})
        return [each for each in every if each.record not in merged]

    def sentences_with_facts(self, document_id: str) -> dict[int, list[str]]:
        """Return the sentences of a document that carry facts: number -> ids of records, in list order."""
        found = self._key(document_id)
        if found is None:
            return {}
        rows = self._database.rows(
            "SELECT DISTINCT p.sentence, c.list, c.record FROM span_positions p JOIN citations c ON c.span = p.span"
            " WHERE p.document = ? AND p.sentence IS NOT NULL ORDER BY p.sentence, c.list, c.record",
            (found[1],),
        )
        facts: dict[int, list[str]] = {}
        with self._as_written("citations"):
            ids = self._ids((code, key) for _, code, key in rows)
            merged = self._merged(set(ids.values()))
            for sentence, code, key in rows:
                if (record := ids[code, key]) not in merged:
                    facts.setdefault(sentence, []).append(record)
        return facts

    def _merged(self, ids: set[str]) -> set[str]:
        """Return which events of ids were joined to others, which say what they said."""
        events = json.dumps(sorted(each for each in ids if each.startswith("evt-")))
        return {record for (record,) in self._database.rows(_JOINED, (events,))}

    def mentions_in(self, document_id: str) -> list[Mentioned]:
        """Return the stretches of a document that name actors, places or events, in text order."""
        found = self._key(document_id)
        if found is None:
            return []
        rows = self._database.rows(
            "SELECT m.list, m.record, m.form, s.id, p.start, p.end FROM span_positions p"
            " JOIN mentioned m ON m.span = p.span JOIN spans s ON s.key = p.span"
            " WHERE p.document = ? AND p.start IS NOT NULL ORDER BY p.start, p.end",
            (found[1],),
        )
        with self._as_written("mentioned"):
            ids = self._ids((row[0], row[1]) for row in rows)
            return [
                Mentioned(ids[code, key], form, span, start, end)
                for code, key, form, span, start, end in rows
            ]

    def spans_at(self, document_id: str) -> dict[tuple[int, int], str]:
        """Return the spans of a document by where they lie: (start, end) -> id, the first where several do."""
        found = self._key(document_id)
        rows = self._database.rows(
            "SELECT p.start, p.end, s.id FROM span_positions p JOIN spans s ON s.key = p.span"
            " WHERE p.document = ? AND p.start IS NOT NULL ORDER BY s.key DESC",
            (found[1] if found else -1,),
        )
        return {(start, end): span for start, end, span in rows}

    def spans(self, ids: Iterable[str]) -> list[Span]:
        """Return the spans of ids in their order; what is not in the case is left out."""
        found = self.records(ids)
        if not found:
            return []
        from explorer.model.records import Span

        return [record for record in found if isinstance(record, Span)]

    def unanchored(self) -> list[Span]:
        """Return the quotes that have lost their place: what the Unanchored tray shows and counts."""
        rows = self._database.rows(
            "SELECT s.id FROM span_positions p JOIN spans s ON s.key = p.span WHERE p.unanchored ORDER BY s.key"
        )
        return self.spans(row[0] for row in rows)

    def span_counts(self) -> dict[str, int]:
        """Return how many spans have a place in a text, have lost it, or stand for a document as a whole."""
        row = self._database.row(
            "SELECT count(*), count(*) FILTER (WHERE unanchored),"
            " count(*) FILTER (WHERE NOT unanchored AND start IS NULL) FROM span_positions"
        ) or (0, 0, 0)
        return {"anchored": row[0] - row[1] - row[2], "unanchored": row[1], "whole_document": row[2]}

    def _citations(self, statement: str, parameters: tuple[Any, ...]) -> list[Citation]:
        from explorer.casefile.evidence import Citation

        rows = self._database.rows(statement, parameters)
        with self._as_written("citations"):
            ids = self._ids((row[0], row[1]) for row in rows)
            found = [Citation(ids[row[0], row[1]], *row[2:]) for row in rows]
        return [each for citation in found for each in self._spelt_out(citation)]

    def _spelt_out(self, citation: Citation) -> list[Citation]:
        """Return one citation for each value that one row of the index stands for."""
        from explorer.casefile.evidence import EVERY, cited_spans

        if citation.path != EVERY:
            return [citation]
        record = self.record(citation.record)
        return [replace(citation, path=path) for path, _ in cited_spans(record)] if record is not None else []

    def _ids(self, records: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """Return the ids of (list code, key) pairs, one query a list."""
        keys: dict[int, set[int]] = {}
        for code, key in records:
            keys.setdefault(code, set()).add(key)
        return {
            (code, key): record_id
            for code, some in keys.items()
            for key, record_id in self._database.rows(_ID_OF[LIST_NAMES[code]], (json.dumps(sorted(some)),))
        }
