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
from explorer.casefile.redirects import redirected, redirects, settled
from explorer.casefile.rows import Documents, EventRows, parsed
from explorer.casefile.texts import rows_of
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

    Facts of a merged actor, place or event count for the one it was merged into, and it is not listed itself.
    """
    with collector_paused():
        building = _Building(database, version)
        if building.circles:  # only in a damaged file: the first of a circle stays
            building = _Building(database, version, building.circles)
        return building.table()


def read_raw(database: Database, name: str) -> list[Raw]:
    """Return the bodies of a list as plain dicts."""
    return [parsed(body) for (body,) in database.stream(_BODIES[name])]


class _Shared:
    """What events share, read whole: actors, places, ties and links; merged actors and places are in none of them."""

    lists: Lists
    row_of: Callable[[str], int]

    def __init__(self, database: Database) -> None:
        self.database = database
        self.merged: dict[str, str] = {}
        self.actors = self._standing("actors")
        self.locations = self._standing("locations")
        self.relations = read_raw(database, "relations")
        self.links = read_raw(database, "links")

    def _standing(self, name: str) -> list[Raw]:
        """Return the records of a list that are not merged; those that stay bear the names of the others, too."""
        records = read_raw(self.database, name)
        into = redirects(records)
        if not into:
            return records
        by_id = {record["id"]: record for record in records}
        merged = settled(into, by_id.__contains__)
        self.merged |= merged
        for record, stays in merged.items():
            gone, kept = by_id[record], by_id[stays]
            names = (*kept.get("aliases", ()), gone["name"], *gone.get("aliases", ()))
            kept["aliases"] = [each for each in dict.fromkeys(names) if each != kept["name"]]
        return [record for record in records if record["id"] not in merged]

    def _index(self, records: Sequence[Raw]) -> Mapping[str, int]:
        """Return id -> index, of merged ones that of the record which stays."""
        own = {record["id"]: at for at, record in enumerate(records)}
        if not self.merged:
            return own
        return own | {record: own[stays] for record, stays in self.merged.items() if stays in own}

    def lists_of(
        self, documents: Mapping[str, int], spans: Mapping[str, int], attributions: Strings
    ) -> Lists:
        """Return what values refer to."""
        return Lists(
            actors=self._index(self.actors), locations=self._index(self.locations), documents=documents,
            span_documents=spans, actor_names=[record["name"] for record in self.actors], attributions=attributions,
        )  # fmt: skip

    def link_columns(self) -> LinkColumns:
        """Return the links between different events."""
        links = _between(self.links, self.merged)
        return LinkColumns(
            ids=tuple(link["id"] for link in links),
            source=ints(self.row_of(link["source"]) for link in links),
            target=ints(self.row_of(link["target"]) for link in links),
            type=octets(_LINK[link["type"]] for link in links),
            modality=octets(self.lists.modality(link) for link in links),
            basis=octets(_BASIS[link.get("basis", "stated")] for link in links),
        )

    def relation_columns(self) -> RelationColumns:
        """Return the relations between different actors."""
        actors, ties = self.lists.actors, _between(self.relations, self.merged)
        return RelationColumns(
            ids=tuple(relation["id"] for relation in ties),
            source=ints(actors[relation["source"]] for relation in ties),
            target=ints(actors[relation["target"]] for relation in ties),
            type=octets(_RELATION[relation["type"]] for relation in ties),
            polarity=octets(_POLARITY[relation["polarity"]] for relation in ties),
            basis=octets(_BASIS[relation.get("basis", "stated")] for relation in ties),
            directed=truths(relation.get("directed", True) for relation in ties),
            hollow=truths(not _asserted(relation) for relation in ties),
            aspects=tuple(relation.get("aspect", "") for relation in ties),
            claims=claim_columns(ties, self.lists),
        )

    def _tie(self, kind: str) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        ties = [r for r in _between(self.relations, self.merged) if r["type"] == kind and _asserted(r)]
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
            parent=without_circles(
                ints(places[place["part_of"]] if "part_of" in place else -1 for place in self.locations)
            ),
            undelimited=truths(place["kind"] == "region" and "lat" not in place for place in self.locations),
        )


class _Building(_Shared):
    """The lists of a case on their way into columns.

    standing: merged events that have a row all the same. circles: those that should have had one.
    """

    def __init__(self, database: Database, version: int, standing: frozenset[str] = frozenset()) -> None:
        super().__init__(database)
        self.version = version
        self.documents = Documents(database)
        self.attributions = Strings()
        self.lists = self.lists_of(self.documents.index, self.documents.of_spans(database), self.attributions)
        above = {record["id"]: record.get("part_of") for record in self.locations} | self.merged
        self.events = EventRows(self.lists, self.documents.origins, above)
        self.values = ValueColumns(self.lists)
        into: dict[str, str] = {}
        for page in database.pages("SELECT key, body FROM events ORDER BY key"):
            for key, body in page:
                event = parsed(body)
                if "merged_into" in event and event["id"] not in standing:
                    into[event["id"]] = event["merged_into"]
                    self.events.times.add_merged(event)
                    continue
                self.events.add(key, event)
                self.values.add(event)
        self.ids = self.events.ids.texts()
        merged = settled(into, lambda record: record in into or self.ids.find(record) >= 0)
        self.circles = frozenset(into.keys() - merged.keys())
        self.merged |= merged

    def table(self) -> EventTable:
        events, values = self.events, self.values
        ids = self.ids
        self.row_of = redirected(rows_of(ids), self.merged).__getitem__
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
            merged_ids=tuple(self.merged), merged_into=tuple(self.merged.values()),
            titles=Titles(self.database, numbers(events.keys), self.merged),
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


def _between(records: Sequence[Raw], merged: Mapping[str, str]) -> Sequence[Raw]:
    """Return the ties, or links, whose ends are not one by a merge."""
    if not merged:
        return records
    ends = (
        (each, merged.get(each["source"], each["source"]), merged.get(each["target"], each["target"]))
        for each in records
    )
    return [each for each, source, target in ends if source != target or each["source"] == each["target"]]


def without_circles(parents: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the parent of each place, -1 where a merge has put a place into itself."""
    for place in range(len(parents)):
        at, seen = place, set[int]()
        while at >= 0 and at not in seen:
            seen.add(at)
            at = int(parents[at])
        if at == place:
            parents[place] = -1
    return parents


def _asserted(record: Raw) -> bool:
    return any(claim.get("modality", "asserted") == "asserted" for claim in record["claims"])
