"""What a case holds once a row: the single values of events, and its documents, taken from a stream of raw records."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from pydantic_core import from_json

from explorer.casefile.columns import EVENT_TYPES, HUES, KINDS, STATUSES, DocumentColumns
from explorer.casefile.connection import Database
from explorer.casefile.disagreement import ONE, dataset_counted, origins, verdict
from explorer.casefile.texts import Packing, Repeated, rows_of
from explorer.casefile.times import Times
from explorer.casefile.values import Lists, Strings, codes_of, numbers
from explorer.model.codebook import hue_of

Raw = Mapping[str, Any]
_TYPE, _HUE, _STATUS = codes_of(EVENT_TYPES), codes_of(HUES), codes_of(STATUSES)
_HAPPENED, _ONGOING, _SITUATION, _EXPECTED = range(len(KINDS))
_KIND = {"occurrence": _HAPPENED, "episode": _ONGOING, "state": _SITUATION}
_ANCHOR = {None: 0, "before": 1, "at": 2, "after": 3, "overlaps": 4}
_AHEAD = frozenset(("expected", "possible"))
_ONCE = ("kind", "type", "hue", "status", "aggregate", "anchor_relation", "mode", "anchor_document")
_ORIGIN = ("id", "kind", "url", "derived_from", "dataset")


def parsed(body: str) -> dict[str, Any]:
    """Return a body as a plain dict; raises ValueError where it is no JSON."""
    record: dict[str, Any] = from_json(body, allow_inf_nan=False, cache_strings="keys")
    return record


def _is_ahead(claims: list[Raw]) -> bool:
    """Return whether every claim is expected or possible: the event has not been reported as fact."""
    return all(claim.get("modality", "asserted") in _AHEAD for claim in claims)


@lru_cache(maxsize=4096)
def _hue(event_type: str | None, contexts: tuple[str, ...]) -> int:
    return _HUE[hue_of(event_type, contexts)]


class Documents:
    """The documents of a case without their texts."""

    def __init__(self, database: Database) -> None:
        """Read them, and what each is a copy of."""
        ids, titles = Packing(), Packing()
        publishers, datasets, rows_of_one, keys = [], [], [], array("q")
        self.published: dict[str, Raw] = {}
        derived = False
        for page in database.pages("SELECT key, body FROM documents ORDER BY key"):
            for key, body in page:
                record = parsed(body)
                keys.append(key)
                ids.add(record["id"])
                titles.add(record["title"])
                publishers.append(record.get("publisher", ""))
                datasets.append(record.get("dataset", ""))
                rows_of_one.append(dataset_counted(record))
                if record.get("published"):
                    self.published[record["id"]] = record["published"]
                derived = derived or "derived_from" in record
        self._ids = ids.texts()
        self._titles = titles.texts()
        self._publishers, self._datasets = Repeated.of(publishers), Repeated.of(datasets)
        self._keys = keys
        sources = _origins(database) if derived else map(_source, self._ids, rows_of_one)
        self.origins = Repeated.of(sources).codes.tolist()

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Document id -> index."""
        return rows_of(self._ids)

    def of_spans(self, database: Database) -> dict[str, int]:
        """Return span id -> the index of its document."""
        at, found = self._place(), dict[str, int]()
        for page in database.pages(
            "SELECT s.id, p.document FROM spans s JOIN span_positions p ON p.span = s.key"
        ):
            found.update((span, at(document)) for span, document in page)
        return found

    def _place(self) -> Callable[[int], int]:
        """Return what gives the index of a document's key: without a dict where no key is missing in between."""
        keys = self._keys
        if keys and keys[-1] - keys[0] + 1 == len(keys):
            return range(keys[0], keys[-1] + 1).index
        return {key: index for index, key in enumerate(keys)}.__getitem__

    def columns(self) -> DocumentColumns:
        """Return what the layers above read."""
        return DocumentColumns(self._ids, self._titles, self._publishers, self._datasets)


def _source(record_id: str, dataset: str) -> str:
    return dataset or record_id


def _origins(database: Database) -> list[str]:
    """Return what each document is a copy of, where some are copies."""
    records = (parsed(body) for (body,) in database.stream("SELECT body FROM documents ORDER BY key"))
    return origins([{name: record[name] for name in _ORIGIN if name in record} for record in records])


class EventRows:
    """Takes raw events one by one, in row order, and gives what each has once as columns."""

    def __init__(
        self, lists: Lists, origins: list[int], above: Mapping[str, str | None], *, times: Times | None = None,
        modes: Strings | None = None,
    ) -> None:  # fmt: skip
        """Read against lists; origins: what each document is a copy of; above: place id -> the place it lies in.

        times, modes: those of the rows before, where these are a later piece.
        """
        self._lists = lists
        self._origins = origins
        self._above = above
        self.ids, self.keys, self.times = Packing(), array("q"), times or Times()
        self.episode = array("B")
        self._modes = modes or Strings("")
        self._octets = {
            name: array("B")
            for name in ("kind", "type", "hue", "status", "sources", "aggregate", "anchor_relation")
        }
        self._ints = {name: array("i") for name in ("mode", "source_count", "anchor_document")}
        columns = {**self._octets, **self._ints}
        self._put = tuple(columns[name].append for name in _ONCE)

    def add(self, key: int, event: Raw) -> None:
        """Take the next event and its key in the file."""
        put_kind, put_type, put_hue, put_status, put_aggregate, put_relation, put_mode, put_document = (
            self._put
        )
        event_type, kind, claims = event.get("type"), event.get("kind", "occurrence"), event["claims"]
        self.ids.add(event["id"])
        self.keys.append(key)
        self.episode.append(kind == "episode")
        put_kind(_EXPECTED if _is_ahead(claims) else _KIND[kind])
        put_type(_TYPE[event_type or ""])
        put_mode(self._modes.code(event.get("mode", "")))
        put_hue(_hue(event_type, tuple(event.get("contexts", ()))))
        put_status(_STATUS[event.get("status", "unreviewed")])
        put_aggregate(event.get("aggregate", False))
        self._add_sources(event, claims)
        time = event.get("time")
        self.times.add(event)
        anchor = time.get("anchor") if time else None
        put_document(self._lists.documents.get(anchor, -1) if anchor else -1)
        put_relation(_ANCHOR[time["anchor_relation"]] if time and anchor else 0)

    def _add_sources(self, event: Raw, claims: list[Raw]) -> None:
        origins, documents = self._origins, self._lists.span_documents
        if len(claims) == 1 and len(claims[0]["evidence"]) == 1:
            count, code = 1, ONE
        else:
            count = len({origins[documents[span]] for claim in claims for span in claim["evidence"]})
            code = verdict(event, count, self._above)
        self._ints["source_count"].append(count)
        self._octets["sources"].append(code)

    def columns(self) -> dict[str, Any]:
        """Return the columns by their names in EventTable."""
        found: dict[str, Any] = {
            name: numbers(column) for name, column in (*self._octets.items(), *self._ints.items())
        }
        found["aggregate"] = found["aggregate"].astype(bool)
        return {**found, "modes": self._modes.all()}
