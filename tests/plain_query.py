"""The rules of design §3a once more, in plain Python over the JSON of a case: the oracle of the query tests.

Written without looking at explorer.query, event by event and slow, so that a fault in one is not a fault in both.
Bounds and the counting of sources are other parts' rules and come from the case file.
"""

from __future__ import annotations

import random
from typing import Any

from builders import random_case

NOT_STATED = "(not stated)"
FAR = 2**63
ROLES = {"actor": {"actor", "party"}, "recipient": {"recipient", "beneficiary", "affected"}}
QUADS = {
    "verbal_cooperation": "AGREE CONSULT SUPPORT CONCEDE",
    "material_cooperation": "COOPERATE AID RETREAT",
    "verbal_conflict": "REQUEST ACCUSE REJECT THREATEN",
    "material_conflict": "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}
FACETS = (
    "kinds", "actors", "places", "types", "quads", "basis", "precision", "documents", "publishers", "according_to",
    "reported_as", "sources", "status", "tags",
)  # fmt: skip


def rich_case(seed: int, events: int = 14) -> dict[str, Any]:
    """Return a random case with what random_case leaves out: reference ties, parts of numbers, odd triples."""
    case, draw = (
        random_case(seed, events=events, actors=7, relations=9, locations=7, links=8),
        random.Random(seed),
    )
    for relation in case["relations"]:
        if draw.random() < 0.6:
            relation |= {"type": draw.choice(["part_of", "part_of", "leads"]), "polarity": "neutral"}
        if draw.random() < 0.6:
            relation["claims"][0].pop("modality", None)
    for link in case["links"]:
        if draw.random() < 0.3:
            link |= {"type": "contains"}
    for event in case["events"]:
        for part in [*event.get("participants", []), *event.get("places", []), *event.get("quantities", [])]:
            if draw.random() < 0.2:
                part.pop("evidence", None)
                part |= {"basis": "reference", "citations": ["ref-1"]}
        for quantity in list(event.get("quantities", [])):
            if draw.random() < 0.3:
                quantity["of"] = draw.choice(case["actors"])["id"]
            if draw.random() < 0.2:
                quantity |= {"as_published": True, "low": 9, "best": 4, "high": 6, "qualifier": "range"}
    return case


def with_merges(case: dict[str, Any], seed: int) -> dict[str, Any]:
    """Return a case in which some actors, places and events were merged, one of them by way of another."""
    draw = random.Random(seed)
    for name, few in (("actors", 2), ("locations", 2), ("events", 3)):
        gone = draw.sample(case[name], min(few, len(case[name]) - 1))
        stay = [record for record in case[name] if record not in gone]
        for number, record in enumerate(gone):
            into = gone[number - 1] if number == 1 else draw.choice(stay)
            record["merged_into"] = into["id"]
    return case


def without_merged(case: dict[str, Any]) -> dict[str, Any]:
    """Return a case as it counts: merged records are gone, and what names them names the one that stays."""
    merged = {
        record["id"]: record["merged_into"]
        for name in ("actors", "locations", "events")
        for record in case[name]
        if "merged_into" in record
    }

    def stays(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: stays(each) if key != "id" else each for key, each in value.items()}
        if isinstance(value, list):
            return [stays(each) for each in value]
        while isinstance(value, str) and value in merged:
            value = merged[value]
        return value

    lists = {
        name: [r for r in case[name] if r["id"] not in merged] for name in ("actors", "locations", "events")
    }
    found = {**case, **lists}
    for name in ("actors", "locations", "events", "relations", "links"):
        found[name] = stays(found[name])
    for place in found["locations"]:
        at, seen = place.get("part_of"), set()
        parents = {each["id"]: each.get("part_of") for each in found["locations"]}
        while at and at not in seen and at != place["id"]:
            seen.add(at)
            at = parents[at]
        if at == place["id"]:
            place.pop("part_of")
    for name in ("relations", "links"):
        found[name] = [tie for tie in found[name] if tie["source"] != tie["target"]]
    return found


class Plain:
    """A case as JSON, read with plain loops."""

    def __init__(
        self, case: dict[str, Any], bounds: dict[str, Any], sources: dict[str, str], *, text_only: bool
    ) -> None:
        case = without_merged(case)
        self.case, self.bounds, self.sources, self.text_only = case, bounds, sources, text_only
        self.events = {event["id"]: event for event in case["events"]}
        self.span_document = {span["id"]: span["document"] for span in case["spans"]}
        self.publisher = {d["id"]: d.get("publisher") for d in case["documents"]}
        self.names = {actor["id"]: actor["name"] for actor in case["actors"]}
        self.parent = {place["id"]: place.get("part_of") for place in case["locations"]}
        self.place = {place["id"]: place for place in case["locations"]}

    def kept(self, values: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
        return [v for v in values or [] if not (self.text_only and v.get("basis") == "reference")]

    def circle(self, actor: str) -> set[str]:
        found = {actor}
        while True:
            more = {
                r["source"]
                for r in self.kept(self.case["relations"])
                if r["type"] in ("part_of", "leads") and r["target"] in found
                and any(c.get("modality", "asserted") == "asserted" for c in r["claims"])
            }  # fmt: skip
            if more <= found:
                return found
            found |= more

    def above(self, place: str) -> list[str]:
        parent = self.parent[place]
        return [] if parent is None else [parent, *self.above(parent)]

    def possibly(self, place: str) -> set[str]:
        above = self.above(place)
        loose = {
            p for p, record in self.place.items()
            if record["kind"] == "region" and "lat" not in record and set(self.above(p)) & set(above)
        }  # fmt: skip
        return set(above) | loose

    def modalities(self, event: dict[str, Any]) -> set[str]:
        return {claim.get("modality", "asserted") for claim in event["claims"]}

    def hollow(self, event: dict[str, Any]) -> bool:
        return "asserted" not in self.modalities(event)

    def values(self, facet: str, event: dict[str, Any], filter: dict[str, Any]) -> set[str]:
        """All values that an event has or has one below, or {"(not stated)"}."""
        return getattr(self, f"_{facet}")(event, filter) or {NOT_STATED}

    def _kinds(self, event, filter):
        if self.modalities(event) <= {"expected", "possible"}:
            return {"expected"}
        return {
            {"occurrence": "happened", "episode": "ongoing", "state": "situation"}[
                event.get("kind", "occurrence")
            ]
        }

    def _actors(self, event, filter):
        role = filter.get("actor_role", "any")
        here = {
            p["actor"]
            for p in self.kept(event.get("participants"))
            if role == "any" or p["role"] in ROLES[role]
        }
        return {actor["id"] for actor in self.case["actors"] if self.circle(actor["id"]) & here}

    def located(self, event, filter):
        role = filter.get("place_role", "any")
        return {
            p["location"]
            for p in self.kept(event.get("places"))
            if role == "any" or p.get("role", "at") == role
        }

    def _places(self, event, filter):
        return {place for here in self.located(event, filter) for place in (here, *self.above(here))}

    def _types(self, event, filter):
        code, mode = event.get("type"), event.get("mode")
        return {code, f"{code}/{mode}"} if code and mode else {code} if code else set()

    def _quads(self, event, filter):
        return {quad for quad, codes in QUADS.items() if event.get("type") in codes.split()}

    def _basis(self, event, filter):
        b = self.bounds[event["id"]]
        found = {bound.basis for bound in (b.start_min, b.start_max, b.end_min, b.end_max) if bound.basis}
        return {["none", "reference", "inferred", "stated"][min(found)]} if found else set()

    def _precision(self, event, filter):
        return {self.bounds[event["id"]].precision} - {"unknown"}

    def _documents(self, event, filter):
        return {self.span_document[claim["evidence"][0]] for claim in event["claims"]}

    def _publishers(self, event, filter):
        return {self.publisher[document] or NOT_STATED for document in self._documents(event, filter)}

    def _according_to(self, event, filter):
        said = {self._who(claim.get("attribution")) for claim in event["claims"]}
        facts = [event.get("time") or {}, *event.get("participants", []), *event.get("places", [])]
        return said | {
            self._who(f["attribution"]) for f in [*facts, *event.get("quantities", [])] if "attribution" in f
        }

    def _who(self, attribution):
        if not attribution:
            return NOT_STATED
        return self.names[attribution["actor"]] if "actor" in attribution else attribution["text"]

    def _reported_as(self, event, filter):
        return self.modalities(event)

    def _sources(self, event, filter):
        return {self.sources[event["id"]]}

    def _status(self, event, filter):
        return {event.get("status", "unreviewed")}

    def _tags(self, event, filter):
        return set(event.get("tags", []))

    def meets(self, facet: str, value: str, event: dict[str, Any], filter: dict[str, Any]) -> bool:
        if value in self.values(facet, event, filter):
            return True
        possible = facet == "places" and filter.get("possible_places") and value in self.place
        return bool(possible and self.located(event, filter) & self.possibly(value))

    def passes_facet(self, facet: str, event: dict[str, Any], filter: dict[str, Any]) -> bool:
        choice = filter.get(facet, {})
        include = choice.get("include", [])
        if set(choice.get("exclude", [])) & self.values(facet, event, filter):
            return False
        met = [self.meets(facet, value, event, filter) for value in include]
        return not met or (all(met) if choice.get("match") == "all" else any(met))

    def undated(self, event_id: str) -> bool:
        b = self.bounds[event_id]
        return not any(bound.basis for bound in (b.start_min, b.start_max, b.end_min, b.end_max))

    def passes_time(self, event_id: str, filter: dict[str, Any], window: tuple[int, int] | None) -> bool:
        if window is None:
            return True
        if self.undated(event_id):
            return bool(filter.get("undated"))
        b = self.bounds[event_id]
        if filter.get("time_certain"):
            return b.start_min.value >= window[0] and b.end_max.value <= window[1]
        return b.start_min.value <= window[1] and b.end_max.value >= window[0]

    def shown(
        self, filter: dict[str, Any], window: tuple[int, int] | None, worded: set[str] | None, but: str = ""
    ) -> set[str]:
        """The ids of the events that pass all conditions, or all but one."""
        found = set()
        for event_id, event in self.events.items():
            facets = all(self.passes_facet(name, event, filter) for name in FACETS if name != but)
            timed = but == "time" or self.passes_time(event_id, filter, window)
            if facets and timed and (worded is None or event_id in worded):
                found.add(event_id)
        return found

    def count(
        self,
        facet: str,
        value: str,
        filter: dict[str, Any],
        window: tuple[int, int] | None,
        worded: set[str] | None,
    ) -> int:
        """Events that pass every other facet, have the value or one below it, and, with All on, meet the others."""
        choice = filter.get(facet, {})
        others = choice.get("include", []) if choice.get("match") == "all" else []
        return sum(
            value in self.values(facet, self.events[event_id], filter)
            and all(self.meets(facet, other, self.events[event_id], filter) for other in others)
            for event_id in self.shown(filter, window, worded, but=facet)
        )


def random_filter(draw: random.Random, values: dict[str, list[str]], facets: int = 3) -> dict[str, Any]:
    """Return a random filter as JSON over the given values of each facet."""
    found: dict[str, Any] = {}
    for facet in draw.sample(FACETS, draw.randrange(facets + 1)):
        pool = [*values[facet], NOT_STATED]
        pool += ["act-nobody"] if draw.random() < 0.1 else []
        include = draw.sample(pool, min(len(pool), draw.choice([0, 1, 1, 2, 3])))
        rest = [value for value in pool if value not in include or draw.random() < 0.2]
        exclude = draw.sample(rest, min(len(rest), draw.choice([0, 0, 1])))
        found[facet] = {"include": include, "exclude": exclude, "match": draw.choice(["any", "any", "all"])}
    for switch in ("possible_places", "time_certain", "undated", "text_only"):
        if draw.random() < 0.3:
            found[switch] = True
    if draw.random() < 0.4:
        found["actor_role"] = draw.choice(["actor", "recipient"])
    if draw.random() < 0.4:
        found["place_role"] = draw.choice(["at", "from", "via", "to"])
    if draw.random() < 0.4:
        found["time_from"] = draw.choice(["2011", "2014-03", "2016-03-04", "2016"])
    if draw.random() < 0.4:
        found["time_to"] = draw.choice(["2015", "2016-01-03", "2016-12", "2020"])
    if draw.random() < 0.2:
        found["text"] = draw.choice(["forces town", "قصفت", "talks"])
    return found
