"""Which events an entry of the word index speaks of, as numbers: common words in a million sentences (design §6).

A word that few entries hold is followed through the tables; one that many hold, through these postings.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import Bytes, Ints, Longs
from explorer.casefile.connection import Database
from explorer.casefile.schema import ENTRY_KINDS, LIST_CODES
from explorer.casefile.titles import RowsOfKeys
from explorer.frozen import frozen

EVENT, SENTENCE = ENTRY_KINDS.index("event"), ENTRY_KINDS.index("sentence")
#: Rows whose numbers are fetched as one text: far fewer bytes than a tuple a row, and far from the largest value.
_SLICE = 400_000
_LOW = 0xFFFFFFFF


@frozen(eq=False, slots=False)
class WordRows:
    """kinds uint8: what each entry key was made from (255 = no such entry); rows of entry k: rows[offsets[k]:…]."""

    kinds: Bytes
    offsets: Longs
    rows: Ints

    def of(self, entries: NDArray[np.int64]) -> Ints:
        """Return the event rows of entries, in no order, some more than once."""
        first = self.offsets[entries]
        lengths = self.offsets[entries + 1] - first
        if not len(lengths) or int(lengths.max()) <= 1:
            single: Ints = self.rows[first[lengths > 0]]
            return single
        ends = np.cumsum(lengths)
        inside = np.arange(int(ends[-1])) - np.repeat(ends - lengths, lengths)
        found: Ints = self.rows[np.repeat(first, lengths) + inside]
        return found


def numbers_of(database: Database, statement: str, parameters: Sequence[Any] = ()) -> NDArray[np.int64]:
    """Return the numbers of a statement that gives one text of them, separated by blanks."""
    row = database.row(statement, parameters)
    if row is None or not row[0]:
        return np.empty(0, np.int64)
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)  # what is no number must not pass in silence
        return np.fromstring(row[0], np.int64, sep=" ")


def _table(
    database: Database, table: str, key: str, columns: Sequence[str], where: str = ""
) -> NDArray[np.int64]:
    """Return int64 (n, columns) of a table of numbers, a slice of its keys at a time; NULL is -1."""
    row = database.row(f"SELECT min({key}), max({key}) FROM {table}")  # noqa: S608 - words of this module only
    low, high = row or (None, None)
    if low is None:
        return np.empty((0, len(columns)), np.int64)
    said = " || ' ' || ".join(f"ifnull({column}, -1)" for column in columns)
    statement = f"SELECT group_concat({said}, ' ') FROM {table} WHERE {key} BETWEEN ? AND ? {where}"  # noqa: S608
    parts = [
        numbers_of(database, statement, (first, first + _SLICE - 1)) for first in range(low, high + 1, _SLICE)
    ]
    return np.concatenate(parts).reshape(-1, len(columns))


def build(database: Database, keys: RowsOfKeys) -> WordRows:
    """Return the postings of a case; keys: what leads from keys to rows."""
    entries = _table(database, "entries", "key", ("key", "kind", "record", "number"))
    size = int(entries[:, 0].max(initial=0)) + 1
    kinds = np.full(size, 255, np.uint8)
    kinds[entries[:, 0]] = entries[:, 1]
    titles = entries[entries[:, 1] == EVENT]
    holders, said = _sentences(database, entries[entries[:, 1] == SENTENCE])
    entry = np.concatenate((titles[:, 0], holders))
    row = keys.rows(np.concatenate((titles[:, 2], said)))
    return of_pairs(kinds, entry, row)


def of_pairs(kinds: Bytes, entry: NDArray[np.integer], row: NDArray[np.integer]) -> WordRows:
    """Return the postings by kinds and the pairs (entry, event row)."""
    steps = np.diff(entry)
    if not bool(np.all((steps > 0) | ((steps == 0) & (np.diff(row) > 0)))):
        pairs = np.unique(entry.astype(np.int64) << 32 | row)
        entry, row = pairs >> 32, pairs & _LOW
    counts = np.bincount(entry, minlength=len(kinds))
    offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    return WordRows(kinds, offsets, row.astype(np.int32))


def _sentences(database: Database, entries: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (entry, key of an event that cites it) for every sentence; a whole document stands for all of its own."""
    cited = _table(database, "citations", "rowid", ("record", "span"), f"AND list = {LIST_CODES['events']}")
    pairs = np.unique(cited[:, 0] << 32 | cited[:, 1])
    event, span = pairs >> 32, pairs & _LOW
    spans = _table(
        database, "span_positions", "span", ("span", "document", "sentence", "start", "unanchored")
    )
    at = np.searchsorted(spans[:, 0], span)
    document, sentence, start, lost = (spans[at, column] for column in range(1, 5))
    place = entries[:, 2] << 32 | entries[:, 3]
    order = np.argsort(place, kind="stable")
    place, key = place[order], entries[order, 0]
    whole = (sentence < 0) & (start < 0) & (lost == 0)
    inside = sentence >= 0
    first = np.searchsorted(place, document << 32 | np.where(inside, sentence, 0))
    last = np.searchsorted(
        place, np.where(inside, document << 32 | sentence, (document << 32) + _LOW), "right"
    )
    number = np.where(inside | whole, last - first, 0)
    ends = np.cumsum(number)
    steps = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - number, number)
    return key[np.repeat(first, number) + steps], np.repeat(event, number)


def packed(words: WordRows) -> dict[str, bytes]:
    """Return the postings as BLOBs for the file."""
    return {
        "words.kinds": words.kinds.tobytes(),
        "words.offsets": words.offsets.astype("<u4").tobytes(),
        "words.rows": words.rows.astype("<i4", copy=False).tobytes(),
    }


def unpacked(blobs: dict[str, bytes], events: int) -> WordRows | None:
    """Return the postings that lie in BLOBs, None where they do not hold together for so many events."""
    kinds = np.frombuffer(blobs["words.kinds"], "|u1")
    offsets = np.frombuffer(blobs["words.offsets"], "<u4").astype(np.int64)
    rows = np.frombuffer(blobs["words.rows"], "<i4").astype(np.int32, copy=False)
    whole = (
        len(offsets) == len(kinds) + 1
        and offsets[0] == 0
        and offsets[-1] == len(rows)
        and bool(np.all(offsets[1:] >= offsets[:-1]))
        and (not len(rows) or (rows.min() >= 0 and rows.max() < events))
    )
    return WordRows(kinds, offsets, rows) if whole else None
