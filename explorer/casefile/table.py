"""EventTable from a case file: one pass over the bodies, plain dicts and lists, then numpy columns (design §2)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile import schema
from explorer.casefile.columns import (
    BASES,
    EVENT_TYPES,
    HUES,
    KINDS,
    LINK_TYPES,
    POLARITIES,
    RELATION_TYPES,
    STATUSES,
    ActorColumns,
    DocumentColumns,
    EventTable,
    LinkColumns,
    LocationColumns,
    RelationColumns,
)
from explorer.casefile.connection import Database
from explorer.casefile.disagreement import origins, verdict
from explorer.casefile.times import time_columns
from explorer.casefile.values import (
    Lists,
    Strings,
    ValueColumns,
    claim_columns,
    codes_of,
    freeze,
    ints,
    octets,
    truths,
)
from explorer.model.codebook import hue_of
from explorer.model.memory import collector_paused

Raw = dict[str, Any]
_BODIES = schema.per_list("SELECT body FROM _list ORDER BY key")
_TYPE = codes_of(EVENT_TYPES)
_HUE = codes_of(HUES)
_STATUS = codes_of(STATUSES)
_BASIS = codes_of(BASES)
_LINK = codes_of(LINK_TYPES)
_RELATION = codes_of(RELATION_TYPES)
_POLARITY = codes_of(POLARITIES)
_HAPPENED, _ONGOING, _SITUATION, _EXPECTED = range(len(KINDS))
_KIND = {"occurrence": _HAPPENED, "episode": _ONGOING, "state": _SITUATION}
_ANCHOR = {None: 0, "before": 1, "at": 2, "after": 3, "overlaps": 4}


def build_table(database: Database, version: int) -> EventTable:
    """Return the case as columns, arrays read-only.

    Facts of a merged actor, place or event count for the one it was merged into; the merged record keeps its own row.
    """
    with collector_paused():
        return _Building(database, version).table()


def read_raw(database: Database, name: str) -> list[Raw]:
    """Return the bodies of a list as plain dicts."""
    return [json.loads(body) for (body,) in database.stream(_BODIES[name])]


def survivors(records: Sequence[Raw]) -> dict[str, int]:
    """Return the index that each id counts for: its own, or that of the record it was merged into."""
    index = {record["id"]: at for at, record in enumerate(records)}
    found = {}
    for record in records:
        at, seen = record, {record["id"]}
        while (target := at.get("merged_into")) in index and target not in seen:
            seen.add(target)
            at = records[index[target]]
        found[record["id"]] = index[at["id"]]
    return found


class _Building:
    """The lists of a case on their way into columns."""

    def __init__(self, database: Database, version: int) -> None:
        self.database = database
        self.version = version
        self.documents = read_raw(database, "documents")
        self.actors = read_raw(database, "actors")
        self.locations = read_raw(database, "locations")
        self.relations = read_raw(database, "relations")
        self.links = read_raw(database, "links")
        self.keys: list[int] = []
        self.events: list[Raw] = []
        for key, body in database.stream("SELECT key, body FROM events ORDER BY key"):
            self.keys.append(key)
            self.events.append(json.loads(body))
        document_of = {record["id"]: at for at, record in enumerate(self.documents)}
        by_key = {
            key: document_of[record_id] for key, record_id in database.stream("SELECT key, id FROM documents")
        }
        self.attributions = Strings()
        self.lists = Lists(
            actors=survivors(self.actors), locations=survivors(self.locations), documents=document_of,
            span_documents={
                span: by_key[document]
                for span, document in database.stream(
                    "SELECT s.id, p.document FROM spans s JOIN span_positions p ON p.span = s.key"
                )
            },
            actor_names=[record["name"] for record in self.actors], attributions=self.attributions,
        )  # fmt: skip
        self.rows = survivors(self.events)

    def table(self) -> EventTable:
        values = ValueColumns(self.lists)
        for event in self.events:
            values.add(event)
        relations = self._relations()
        links = self._links()
        modes = Strings("")
        anchored = [self._anchor(event) for event in self.events]
        claims = values.claims()
        counts, sources = self._sources()
        asserted = values.asserted
        times = [self._times(values, text_only=text_only) for text_only in (False, True)]
        table = EventTable(
            version=self.version, ids=tuple(event["id"] for event in self.events), time=times[0], text_time=times[1],
            kind=octets(_kind_of(event) for event in self.events),
            type=octets(_TYPE[event.get("type", "")] for event in self.events),
            mode=ints(modes.code(event.get("mode", "")) for event in self.events), modes=modes.all(),
            hue=octets(_HUE[hue_of(event.get("type"), tuple(event.get("contexts", ())))] for event in self.events),
            status=octets(_STATUS[event.get("status", "unreviewed")] for event in self.events),
            sources=sources, source_count=counts, hollow=~asserted,
            container=self._containers(links), aggregate=truths(event.get("aggregate", False) for event in self.events),
            anchor_document=ints(anchor for anchor, _ in anchored),
            anchor_relation=octets(code for _, code in anchored), participations=values.participations(),
            places=values.places(), quantities=values.quantities(), claims=claims,
            value_attributions=values.value_attributions(), tags=values.tags(), tag_names=values.tag_names.all(),
            attributions=self.attributions.all(), actors=self._actor_columns(), locations=self._location_columns(),
            documents=self._document_columns(), relations=relations, links=links,
            titles=_Titles(self.database, np.array(self.keys, dtype=np.int64)),
        )  # fmt: skip
        freeze(table)
        return table

    def _times(self, values: ValueColumns, *, text_only: bool) -> Any:
        ids = [event["id"] for event in self.events]
        return time_columns(
            {record["id"]: record.get("published") for record in self.documents},
            ids,
            [event.get("time") for event in self.events],
            frozenset(record_id for record_id, said in zip(ids, values.asserted, strict=True) if said),
            text_only=text_only,
        )

    def _anchor(self, event: Raw) -> tuple[int, int]:
        time = event.get("time") or {}
        document = self.lists.documents.get(time.get("anchor", ""), -1)
        return document, _ANCHOR[time.get("anchor_relation")] if time.get("anchor") else 0

    def _sources(self) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        origin = origins(self.documents)
        above = {record["id"]: record.get("part_of") for record in self.locations}
        counts, codes = [], []
        for event in self.events:
            spans = (span for claim in event["claims"] for span in claim["evidence"])
            found = len({origin[self.lists.span_documents[span]] for span in spans})
            counts.append(found)
            codes.append(verdict(event, found, above))
        return ints(counts), octets(codes)

    def _containers(self, links: LinkColumns) -> NDArray[np.bool_]:
        """Return which episodes others are said, as a fact, to be part of."""
        found = np.zeros(len(self.events), dtype=np.bool_)
        said = links.modality == 0
        found[links.target[said & (links.type == _LINK["part_of"])]] = True
        found[links.source[said & (links.type == _LINK["contains"])]] = True
        return found & truths(event.get("kind") == "episode" for event in self.events)

    def _links(self) -> LinkColumns:
        return LinkColumns(
            ids=tuple(link["id"] for link in self.links),
            source=ints(self.rows[link["source"]] for link in self.links),
            target=ints(self.rows[link["target"]] for link in self.links),
            type=octets(_LINK[link["type"]] for link in self.links),
            modality=octets(self.lists.modality(link) for link in self.links),
            basis=octets(_BASIS[link.get("basis", "stated")] for link in self.links),
        )

    def _relations(self) -> RelationColumns:
        actors = self.lists.actors
        return RelationColumns(
            ids=tuple(relation["id"] for relation in self.relations),
            source=ints(actors[relation["source"]] for relation in self.relations),
            target=ints(actors[relation["target"]] for relation in self.relations),
            type=octets(_RELATION[relation["type"]] for relation in self.relations),
            polarity=octets(_POLARITY[relation["polarity"]] for relation in self.relations),
            basis=octets(_BASIS[relation.get("basis", "stated")] for relation in self.relations),
            directed=truths(relation.get("directed", True) for relation in self.relations),
            hollow=truths(not _asserted(relation) for relation in self.relations),
            aspects=tuple(relation.get("aspect", "") for relation in self.relations),
            claims=claim_columns(self.relations, self.lists),
        )

    def _tie(self, kind: str) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        ties = [r for r in self.relations if r["type"] == kind and _asserted(r)]
        pairs = [(self.lists.actors[r["source"]], self.lists.actors[r["target"]]) for r in ties]
        basis = octets(_BASIS[r.get("basis", "stated")] for r in ties)
        return np.array(pairs, dtype=np.int32).reshape(len(pairs), 2), basis

    def _actor_columns(self) -> ActorColumns:
        part_of, part_of_basis = self._tie("part_of")
        leads, leads_basis = self._tie("leads")
        return ActorColumns(
            **_named(self.actors), sides=tuple(actor.get("side", "") for actor in self.actors),
            part_of=part_of, part_of_basis=part_of_basis, leads=leads, leads_basis=leads_basis,
        )  # fmt: skip

    def _location_columns(self) -> LocationColumns:
        places = self.lists.locations
        return LocationColumns(
            **_named(self.locations),
            parent=ints(places[place["part_of"]] if "part_of" in place else -1 for place in self.locations),
            undelimited=truths(place["kind"] == "region" and "lat" not in place for place in self.locations),
        )

    def _document_columns(self) -> DocumentColumns:
        return DocumentColumns(
            ids=tuple(record["id"] for record in self.documents),
            titles=tuple(record["title"] for record in self.documents),
            publishers=tuple(record.get("publisher", "") for record in self.documents),
            datasets=tuple(record.get("dataset", "") for record in self.documents),
        )


def _named(records: Sequence[Raw]) -> dict[str, Any]:
    return {
        "ids": tuple(record["id"] for record in records),
        "names": tuple(record["name"] for record in records),
        "aliases": tuple(tuple(record.get("aliases", ())) for record in records),
        "kinds": tuple(record["kind"] for record in records),
    }


def _kind_of(event: Raw) -> int:
    """Return the code of KINDS: expected where every claim is expected or possible, else the coder's kind."""
    said = {claim.get("modality", "asserted") for claim in event["claims"]}
    return _EXPECTED if said <= {"expected", "possible"} else _KIND[event.get("kind", "occurrence")]


def _asserted(record: Raw) -> bool:
    return any(claim.get("modality", "asserted") == "asserted" for claim in record["claims"])


class _Titles:
    """The coders' headlines of a few rows, fetched in one query."""

    def __init__(self, database: Database, keys: NDArray[np.int64]) -> None:
        self._database = database
        self._keys = keys

    def __call__(self, rows: Sequence[int] | NDArray[np.integer[Any]]) -> list[str]:
        keys = [int(key) for key in self._keys[np.asarray(rows, dtype=np.int64)]]
        found = dict(
            self._database.rows(
                "SELECT key, json_extract(body, '$.title') FROM events WHERE key IN (SELECT value FROM json_each(?))",
                (json.dumps(keys),),
            )
        )
        return [found[key] for key in keys]
