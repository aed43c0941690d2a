"""EventTable from a case file: one pass over the bodies, plain dicts and lists, then numpy columns (design §2)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
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
_OF_SPANS = (
    "SELECT s.id, p.document FROM spans s JOIN span_positions p ON p.span = s.key"
    " WHERE s.id IN (SELECT value FROM json_each(?))"
)
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


class _Shared:
    """What events share, read whole: actors, places, ties and links."""

    lists: Lists
    row_of: Callable[[str], int]

    def __init__(self, database: Database) -> None:
        self.database = database
        self.actors = read_raw(database, "actors")
        self.locations = read_raw(database, "locations")
        self.relations = read_raw(database, "relations")
        self.links = read_raw(database, "links")

    def lists_of(
        self, documents: Mapping[str, int], spans: Mapping[str, int], attributions: Strings
    ) -> Lists:
        """Return what values refer to."""
        return Lists(
            actors=survivors(self.actors), locations=survivors(self.locations), documents=documents,
            span_documents=spans, actor_names=[record["name"] for record in self.actors], attributions=attributions,
        )  # fmt: skip

    def link_columns(self) -> LinkColumns:
        """Return the links."""
        return LinkColumns(
            ids=tuple(link["id"] for link in self.links),
            source=ints(self.row_of(link["source"]) for link in self.links),
            target=ints(self.row_of(link["target"]) for link in self.links),
            type=octets(_LINK[link["type"]] for link in self.links),
            modality=octets(self.lists.modality(link) for link in self.links),
            basis=octets(_BASIS[link.get("basis", "stated")] for link in self.links),
        )

    def relation_columns(self) -> RelationColumns:
        """Return the relations."""
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

    def actor_columns(self) -> ActorColumns:
        """Return the actors."""
        part_of, part_of_basis = self._tie("part_of")
        leads, leads_basis = self._tie("leads")
        return ActorColumns(
            **_named(self.actors), sides=tuple(actor.get("side", "") for actor in self.actors),
            part_of=part_of, part_of_basis=part_of_basis, leads=leads, leads_basis=leads_basis,
        )  # fmt: skip

    def location_columns(self) -> LocationColumns:
        """Return the places."""
        places = self.lists.locations
        return LocationColumns(
            **_named(self.locations),
            parent=ints(places[place["part_of"]] if "part_of" in place else -1 for place in self.locations),
            undelimited=truths(place["kind"] == "region" and "lat" not in place for place in self.locations),
        )


class _Building(_Shared):
    """The lists of a case on their way into columns."""

    def __init__(self, database: Database, version: int) -> None:
        super().__init__(database)
        self.version = version
        self.documents = Documents(database)
        self.attributions = Strings()
        self.lists = self.lists_of(self.documents.index, self.documents.of_spans(database), self.attributions)
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
        relations, links = self.relation_columns(), self.link_columns()
        asserted = values.asserted
        published = self.documents.published
        times = events.times.columns(published, self.relations, self.links, ids, asserted)
        table = EventTable(
            version=self.version, ids=ids, time=times[0],
            text_time=times[0] if same_bounds(*times) else times[1], **events.columns(),
            hollow=~asserted, container=self._containers(links), participations=values.participations(),
            places=values.places(), quantities=values.quantities(), claims=values.claims(),
            value_attributions=values.value_attributions(), tags=values.tags(), tag_names=values.tag_names.all(),
            attributions=self.attributions.all(), actors=self.actor_columns(), locations=self.location_columns(),
            documents=self.documents.columns(), relations=relations, links=links,
            anchored_documents=tuple(name for name, time in published.items() if time.get("anchor")),
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


def collected_parts(database: Database, attributions: Strings) -> _Shared:
    """Return what the events of a case that is just being made share; documents have the numbers of their keys.

    attributions: the words that were met so far.
    """
    parts = _Shared(database)
    cited = {
        span for relation in parts.relations for claim in relation["claims"] for span in claim["evidence"]
    }
    found = database.rows(_OF_SPANS, (json.dumps(sorted(cited)),))
    parts.lists = parts.lists_of({}, {span: key - 1 for span, key in found}, attributions)
    return parts


def _named(records: Sequence[Raw]) -> dict[str, Any]:
    return {
        "ids": tuple(record["id"] for record in records),
        "names": tuple(record["name"] for record in records),
        "aliases": tuple(tuple(record.get("aliases", ())) for record in records),
        "kinds": tuple(record["kind"] for record in records),
    }


def _asserted(record: Raw) -> bool:
    return any(claim.get("modality", "asserted") == "asserted" for claim in record["claims"])
