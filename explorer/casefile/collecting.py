"""The columns of a new case, taken as its records go by, so that an import need not read them all again (design §6).

What takes a look at other records (anchors, merges, links, several claims) is not collected: then they are built from
the rows, as ever. A test holds that both ways give the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile import cache, wordrows
from explorer.casefile.connection import Database
from explorer.casefile.kept import COLUMNS, RAGGED, stored_as
from explorer.casefile.rows import EventRows
from explorer.casefile.spool import Spool
from explorer.casefile.table import collected_parts
from explorer.casefile.texts import Packing, Texts
from explorer.casefile.times import Times, same_bounds
from explorer.casefile.values import Lists, Strings, ValueColumns, numbers

Raw = Mapping[str, Any]
#: Events of one piece of the columns.
PIECE = 25_000
_TEXTS = ("ids", "documents.ids", "documents.titles")
_REPEATED = ("documents.publishers", "documents.datasets")
_OF_ACTORS, _OF_PLACES = ("participations.actor", "quantities.of"), ("places.location",)


class _Numbering(dict[str, int]):
    """Numbers ids as they are met; what they are in the case is known at the end."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


class _SpanDocuments(dict[str, int]):
    """Span -> number of its document, of this chunk; spans: span -> id of its document, known before its number."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: dict[str, str] = {}
        self.documents: dict[str, int] = {}

    def __missing__(self, span: str) -> int:
        number = self[span] = self.documents[self.spans[span]]
        return number

    def forget(self) -> None:
        """End the chunk."""
        self.clear()
        self.spans.clear()
        self.documents.clear()


class Collecting:
    """Takes the records of a case that was empty in the order of their keys."""

    def __init__(self, folder: Path) -> None:
        self._spool = Spool(folder)
        self._actors, self._places = _Numbering(), _Numbering()
        self._attributions, self._tags, self._modes = Strings(), Strings(), Strings("")
        self._names = {path: Strings() for path in _REPEATED}
        self._times = Times()
        self._spans = _SpanDocuments()
        self._sentences: dict[str, tuple[int, int]] = {}  # of this chunk: document -> its entries
        self._lists = Lists(
            actors=self._actors, locations=self._places, documents={}, span_documents=self._spans, actor_names=(),
            attributions=self._attributions,
        )  # fmt: skip
        self._documents = 0
        self.events = 0
        self._begin()

    def _begin(self) -> None:
        """Begin a piece."""
        self._rows = EventRows(self._lists, [], {}, times=self._times, modes=self._modes)
        self._values = ValueColumns(self._lists, tag_names=self._tags)
        self._texts = {path: Packing() for path in _TEXTS[1:]}
        self._codes = {path: array("i") for path in _REPEATED}
        self.kinds = array("B")  # of every entry of the word index, in its order
        self._entry, self._row = array("i"), array("i")

    def span(self, span: str, document: str) -> None:
        """Take where a span lies."""
        self._spans.spans[span] = document

    def document(self, raw: Raw, end: int) -> None:
        """Take a document; end: after its last entry in the word index, which are those of its sentences."""
        record_id = raw["id"]
        self._spans.documents[record_id] = self._documents
        self._documents += 1
        self._texts["documents.ids"].add(record_id)
        self._texts["documents.titles"].add(raw["title"])
        self._codes["documents.publishers"].append(
            self._names["documents.publishers"].code(raw.get("publisher", ""))
        )
        self._codes["documents.datasets"].append(
            self._names["documents.datasets"].code(raw.get("dataset", ""))
        )
        self._sentences[record_id] = end - len(raw.get("sentences", ())), end
        published = raw.get("published")
        if "derived_from" in raw or (published and "anchor" in published):
            raise LookupError(record_id)

    def event(self, key: int, raw: Raw, entry: int) -> None:
        """Take an event that rests on one document as a whole; entry: of its title. Raises LookupError for others."""
        time, claims = raw.get("time"), raw["claims"]
        if len(claims) > 1 or "merged_into" in raw or (time and "anchor" in time):
            raise LookupError(key)
        if any(value["kind"] == "duration" for value in raw.get("quantities", ())):
            raise LookupError(key)
        self._rows.add(key, raw)
        self._values.add(raw)
        first, end = self._sentences[self._spans.spans[claims[0]["evidence"][0]]]
        for number in range(first, end):
            self._entry.append(number)
            self._row.append(self.events)
        self._entry.append(entry)
        self._row.append(self.events)
        self.events += 1

    def end_chunk(self) -> None:
        """Forget what only this chunk may cite; lay the piece aside where it is long enough."""
        self._spans.forget()
        self._sentences.clear()
        if len(self._rows.keys) >= PIECE:
            self._lay_aside()

    def close(self) -> None:
        """Throw away what was laid aside."""
        self._spool.close()

    def _lay_aside(self) -> None:
        values, rows, put = self._values, self._rows, self._spool.put
        piece = SimpleNamespace(
            **rows.columns(), hollow=~values.asserted, participations=values.participations(),
            places=values.places(), quantities=values.quantities(), claims=values.claims(),
            value_attributions=values.value_attributions(), tags=values.tags(),
        )  # fmt: skip
        for name, column in cache.numbers_of(piece):
            put(name, column, stored_as(name))
        for path in RAGGED:
            if hasattr(piece, path):
                put(f"{path}.offsets", np.diff(getattr(piece, path).offsets), "<u4")
        texts = {"ids": rows.ids, **self._texts}
        for path, packing in texts.items():
            packed = packing.texts()
            self._spool.put_text(f"{path}.data", packed.data)
            put(f"{path}.ends", np.diff(packed.ends), "<u4")
        for path, codes in self._codes.items():
            put(f"{path}.codes", numbers(codes), "<i4")
        put("keys", numbers(rows.keys), "<i8")
        put("words.kinds", numbers(self.kinds), "|u1")
        put("words.entry", numbers(self._entry), "<i4")
        put("words.row", numbers(self._row), "<i4")
        self._begin()

    def blobs(self, database: Database) -> Iterator[tuple[str, bytes]]:
        """Yield (name, BLOB) of every column and of the postings, one at a time, as the records lie in database."""
        self._lay_aside()
        yield from self._of_time()
        few = collected_parts(database, self._attributions)
        places = _in_case(self._places, few.lists.locations)
        actors = _in_case(self._actors, few.lists.actors)
        part = SimpleNamespace(
            container=np.zeros(self.events, np.bool_),
            modes=self._modes.all(), tag_names=self._tags.all(), relations=few.relation_columns(),
            attributions=self._attributions.all(), actors=few.actor_columns(), locations=few.location_columns(),
            links=few.link_columns(), anchored_documents=(), merged_ids=(), merged_into=(),
        )  # fmt: skip
        yield from cache.blobs_of(part)
        for column in COLUMNS:
            if not cache.has(part, column.path) and not column.path.startswith(("time.", "text_time.")):
                yield column.path, self._column(column.path, actors, places)
        yield from self._others()
        yield from wordrows.packed(self._postings()).items()

    def _of_time(self) -> Iterator[tuple[str, bytes]]:
        time, text_time = self._times.columns({}, (), (), Texts.of(()), np.empty(0, np.bool_))
        if same_bounds(time, text_time):
            text_time = time
        for name, column in cache.numbers_of(SimpleNamespace(time=time, text_time=text_time)):
            yield name, column.tobytes()

    def _column(self, path: str, actors: NDArray[np.int32], places: NDArray[np.int32]) -> bytes:
        if path not in (*_OF_ACTORS, *_OF_PLACES):
            return self._spool.bytes_of(path)
        table = actors if path in _OF_ACTORS else places
        return bytes(table[self._spool.array(path, "<i4")].astype("<i4").tobytes())

    def _others(self) -> Iterator[tuple[str, bytes]]:
        for path in RAGGED:
            if path != "relations.claims":
                yield f"{path}.offsets", self._ends(f"{path}.offsets")
        for path in _TEXTS:
            yield f"{path}.ends", self._ends(f"{path}.ends")
            yield f"{path}.data", self._spool.bytes_of(f"{path}.data")
        for path, names in self._names.items():
            yield f"{path}.codes", self._spool.bytes_of(f"{path}.codes")
            yield from cache.packed_strings(f"{path}.values", names.all())
        yield "keys", self._spool.bytes_of("keys")

    def _ends(self, name: str) -> bytes:
        lengths = self._spool.array(name, "<u4")
        return (
            np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))
            .astype("<u4")
            .tobytes()
        )

    def _postings(self) -> wordrows.WordRows:
        kinds = np.concatenate((np.full(1, 255, np.uint8), self._spool.array("words.kinds", "|u1")))
        return wordrows.of_pairs(
            kinds, self._spool.array("words.entry", "<i4"), self._spool.array("words.row", "<i4")
        )


def _in_case(met: _Numbering, index: Mapping[str, int]) -> NDArray[np.int32]:
    """Return for each number what the id is in the case; the last, which -1 finds, stays -1."""
    return np.array([*(index[record_id] for record_id in met), -1], np.int32)
