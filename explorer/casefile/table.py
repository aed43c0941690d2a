"""EventTable from a case file: one pass over the bodies, plain dicts and lists, then numpy columns (design §2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile import schema
from explorer.casefile.columns import (
    BASES,
    LINK_TYPES,
    POLARITIES,
    RELATION_TYPES,
    ActorColumns,
    EventTable,
    LinkColumns,
    LocationColumns,
    RelationColumns,
)
from explorer.casefile.connection import Database
from explorer.casefile.rows import Documents, EventRows, parsed
from explorer.casefile.times import same_bounds
from explorer.casefile.titles import Titles
from explorer.casefile.values import (
    Lists,
    Strings,
    ValueColumns,
    claim_columns,
    codes_of,
    freeze,
    ints,
    numbers,
    octets,
    truths,
)
from explorer.model.memory import collector_paused

Raw = dict[str, Any]
_BODIES = schema.per_list("SELECT body FROM _list ORDER BY key")
_BASIS = codes_of(BASES)
_LINK = codes_of(LINK_TYPES)
_RELATION = codes_of(RELATION_TYPES)
_POLARITY = codes_of(POLARITIES)


def build_table(database: Database, version: int) -> EventTable:
    """Return the case as columns, arrays read-only.

    Facts of a merged actor, place or event count for the one it was merged into; the merged record keeps its own row.
    """
    with collector_paused():
        return _Building(database, version).table()


def read_raw(database: Database, name: str) -> list[Raw]:
    """Return the bodies of a list as plain dicts."""
    return [parsed(body) for (body,) in database.stream(_BODIES[name])]


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
        self.documents = Documents(database)
        self.actors = read_raw(database, "actors")
        self.locations = read_raw(database, "locations")
        self.relations = read_raw(database, "relations")
        self.links = read_raw(database, "links")
        self.attributions = Strings()
        self.lists = Lists(
            actors=survivors(self.actors), locations=survivors(self.locations), documents=self.documents.index,
            span_documents=self.documents.of_spans(database),
            actor_names=[record["name"] for record in self.actors], attributions=self.attributions,
        )  # fmt: skip
        above = {record["id"]: record.get("part_of") for record in self.locations}
        self.events = EventRows(self.lists, self.documents.origins, above)
        self.values = ValueColumns(self.lists)
        for page in database.pages("SELECT key, body FROM events ORDER BY key"):
            for key, body in page:
                event = parsed(body)
                self.events.add(key, event)
                self.values.add(event)

    def table(self) -> EventTable:
        events, values = self.events, self.values
        ids = events.ids.texts()
        self.row_of = events.survivors(ids)
        relations, links = self._relations(), self._links()
        asserted = values.asserted
        times = [
            events.times.columns(self.documents.published, ids, asserted, text_only=text_only)
            for text_only in (False, True)
        ]
        table = EventTable(
            version=self.version, ids=ids, time=times[0],
            text_time=times[0] if same_bounds(*times) else times[1], **events.columns(),
            hollow=~asserted, container=self._containers(links), participations=values.participations(),
            places=values.places(), quantities=values.quantities(), claims=values.claims(),
            value_attributions=values.value_attributions(), tags=values.tags(), tag_names=values.tag_names.all(),
            attributions=self.attributions.all(), actors=self._actor_columns(), locations=self._location_columns(),
            documents=self.documents.columns(), relations=relations, links=links,
            titles=Titles(self.database, numbers(events.keys)),
        )  # fmt: skip
        freeze(table)
        return table

    def _containers(self, links: LinkColumns) -> NDArray[np.bool_]:
        """Return which episodes others are said, as a fact, to be part of."""
        episode = numbers(self.events.episode).astype(np.bool_)
        found = np.zeros(len(episode), dtype=np.bool_)
        said = links.modality == 0
        found[links.target[said & (links.type == _LINK["part_of"])]] = True
        found[links.source[said & (links.type == _LINK["contains"])]] = True
        return found & episode

    def _links(self) -> LinkColumns:
        return LinkColumns(
            ids=tuple(link["id"] for link in self.links),
            source=ints(self.row_of(link["source"]) for link in self.links),
            target=ints(self.row_of(link["target"]) for link in self.links),
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


def _named(records: Sequence[Raw]) -> dict[str, Any]:
    return {
        "ids": tuple(record["id"] for record in records),
        "names": tuple(record["name"] for record in records),
        "aliases": tuple(tuple(record.get("aliases", ())) for record in records),
        "kinds": tuple(record["kind"] for record in records),
    }


def _asserted(record: Raw) -> bool:
    return any(claim.get("modality", "asserted") == "asserted" for claim in record["claims"])
