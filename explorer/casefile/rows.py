"""What a case holds once a row: the single values of events, and its documents, taken from a stream of raw records."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from explorer.casefile.columns import EVENT_TYPES, HUES, KINDS, STATUSES, DocumentColumns
from explorer.casefile.connection import Database
from explorer.casefile.disagreement import origins, verdict
from explorer.casefile.texts import Packing, Repeated, Texts
from explorer.casefile.times import Times
from explorer.casefile.values import Lists, Strings, codes_of, numbers
from explorer.model.codebook import hue_of

Raw = Mapping[str, Any]
_TYPE, _HUE, _STATUS = codes_of(EVENT_TYPES), codes_of(HUES), codes_of(STATUSES)
_HAPPENED, _ONGOING, _SITUATION, _EXPECTED = range(len(KINDS))
_KIND = {"occurrence": _HAPPENED, "episode": _ONGOING, "state": _SITUATION}
_ANCHOR = {None: 0, "before": 1, "at": 2, "after": 3, "overlaps": 4}
_AHEAD = frozenset(("expected", "possible"))
_ORIGIN = ("id", "url", "derived_from", "dataset")


@lru_cache(maxsize=4096)
def _hue(event_type: str | None, contexts: tuple[str, ...]) -> int:
    return _HUE[hue_of(event_type, contexts)]


class Documents:
    """The documents of a case without their texts."""

    def __init__(self, database: Database) -> None:
        """Read them, and what each is a copy of."""
        ids, titles = Packing(), Packing()
        publishers, datasets, keys = [], [], array("q")
        self.published: dict[str, Raw] = {}
        light: list[Raw] = []
        derived = False
        for page in database.pages("SELECT key, body FROM documents ORDER BY key"):
            for key, body in page:
                record = json.loads(body)
                keys.append(key)
                ids.add(record["id"])
                titles.add(record["title"])
                publishers.append(record.get("publisher", ""))
                datasets.append(record.get("dataset", ""))
                if record.get("published"):
                    self.published[record["id"]] = record["published"]
                derived = derived or "derived_from" in record
                light.append({name: record[name] for name in _ORIGIN if name in record})
        self._ids = ids.texts()
        self._titles = titles.texts()
        self._publishers, self._datasets = Repeated.of(publishers), Repeated.of(datasets)
        self._at = {key: index for index, key in enumerate(keys)}
        self.origins = Repeated.of(origins(light)).codes.tolist()

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Document id -> index."""
        return {record_id: index for index, record_id in enumerate(self._ids)}

    def of_spans(self, database: Database) -> dict[str, int]:
        """Return span id -> the index of its document."""
        at, found = self._at, dict[str, int]()
        for page in database.pages(
            "SELECT s.id, p.document FROM spans s JOIN span_positions p ON p.span = s.key"
        ):
            found.update((span, at[document]) for span, document in page)
        return found

    def columns(self) -> DocumentColumns:
        """Return what the layers above read."""
        return DocumentColumns(self._ids, self._titles, self._publishers, self._datasets)


class EventRows:
    """Takes raw events one by one, in row order, and gives what each has once as columns."""

    def __init__(self, lists: Lists, origins: list[int], above: Mapping[str, str | None]) -> None:
        """Read against lists; origins: what each document is a copy of; above: place id -> the place it lies in."""
        self._lists = lists
        self._origins = origins
        self._above = above
        self.ids, self.keys, self.times = Packing(), array("q"), Times()
        self.episode = array("B")
        self._merged: dict[str, str] = {}
        self._modes = Strings("")
        self._octets = {
            name: array("B")
            for name in ("kind", "type", "hue", "status", "sources", "aggregate", "anchor_relation")
        }
        self._ints = {name: array("i") for name in ("mode", "source_count", "anchor_document")}
        self._put = {name: column.append for name, column in (*self._octets.items(), *self._ints.items())}

    def add(self, key: int, event: Raw) -> None:
        """Take the next event and its key in the file."""
        put, event_type, kind = self._put, event.get("type"), event.get("kind", "occurrence")
        self.ids.add(event["id"])
        self.keys.append(key)
        self.episode.append(kind == "episode")
        claims = event["claims"]
        said = {claim.get("modality", "asserted") for claim in claims}
        put["kind"](_EXPECTED if said <= _AHEAD else _KIND[kind])
        put["type"](_TYPE[event_type or ""])
        put["mode"](self._modes.code(event.get("mode", "")))
        put["hue"](_hue(event_type, tuple(event.get("contexts", ()))))
        put["status"](_STATUS[event.get("status", "unreviewed")])
        put["aggregate"](event.get("aggregate", False))
        if "merged_into" in event:
            self._merged[event["id"]] = event["merged_into"]
        self._add_sources(event, claims)
        time = event.get("time")
        self.times.add(time)
        anchor = time.get("anchor") if time else None
        put["anchor_document"](self._lists.documents.get(anchor, -1) if anchor else -1)
        put["anchor_relation"](_ANCHOR[time["anchor_relation"]] if time and anchor else 0)

    def _add_sources(self, event: Raw, claims: list[Raw]) -> None:
        origins, documents = self._origins, self._lists.span_documents
        count = len({origins[documents[span]] for claim in claims for span in claim["evidence"]})
        self._put["source_count"](count)
        self._put["sources"](verdict(event, count, self._above))

    def survivors(self, ids: Texts) -> Callable[[str], int]:
        """Return what gives the row that an event's id counts for: its own, or that of what it was merged into."""

        def row_of(record_id: str) -> int:
            seen = {record_id}
            while (target := self._merged.get(record_id)) is not None and target not in seen:
                if ids.find(target) < 0:
                    break
                seen.add(target)
                record_id = target
            row = ids.find(record_id)
            if row < 0:
                raise KeyError(record_id)
            return row

        return row_of

    def columns(self) -> dict[str, Any]:
        """Return the columns by their names in EventTable."""
        found: dict[str, Any] = {
            name: numbers(column) for name, column in (*self._octets.items(), *self._ints.items())
        }
        found["aggregate"] = found["aggregate"].astype(bool)
        return {**found, "modes": self._modes.all()}
