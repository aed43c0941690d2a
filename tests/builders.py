"""Random but valid cases, several languages, made from a seed: what tests of every layer run on."""

from __future__ import annotations

import hashlib
import random
from typing import Any

TYPES = [
    "AGREE",
    "CONSULT",
    "AID",
    "RETREAT",
    "REQUEST",
    "THREATEN",
    "PROTEST",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    None,
]
MODES = {
    "ASSAULT": ["aerial", "explosives", None],
    "COERCE": ["seize", "arrest", None],
    "CONSULT": ["visit", None],
}
ROLES = ["actor", "recipient", "beneficiary", "party", "affected"]
MODALITIES = ["asserted", "asserted", "asserted", "expected", "possible", "denied", "assessment"]
TIMES = [
    "2015", "2016-03", "2016-03-04", "2016-03-04~", "2016?", "2011/", "2011/..", "2014-05/2014-07", "[2015..]",
    "[..2014-02-01]", "[2016-01-01..2016-01-05]", "2016-01-01/2016-01-07", "201X", "2016-21", "1985-04-12T23:20:30Z",
    "../2013", "/2013-02", "-0044-03-15",
]  # fmt: skip
WORDS = [
    "forces advanced towards the town", "talks were held in the capital", "قصفت الطائرات المدينة القديمة",
    "войска вошли в город", "les négociations ont repris hier", "😀 a drone fell near the market 😀",
    "the ministry denied the report", "civilians left the district", "軍隊が町に入った", "שיחות התקיימו בבירה",
]  # fmt: skip
NAMES = [
    "Northern Army", "الجيش الشمالي", "Городская милиция", "Comité de défense", "River Brigade", "Old Town Council",
    "Ministry of War", "Harbour Police", "Hill Tribes Union", "米軍", "צבא הצפון", "Front 19", "Aid Convoy 7", "Press Office",
]  # fmt: skip
PLACES = [
    "Northland",
    "Río Alto",
    "حلب القديمة",
    "Old Harbour",
    "Верхний",
    "Mill Town",
    "East Hills",
    "Bridge 4",
    "平野",
]
KINDS = [
    "state",
    "government",
    "state_forces",
    "rebel_group",
    "militia",
    "civilians",
    "international",
    "unidentified",
]


def random_case(
    seed: int,
    *,
    events: int = 12,
    actors: int = 6,
    locations: int = 6,
    documents: int = 2,
    sentences: int = 8,
    links: int | None = None,
    relations: int | None = None,
) -> dict[str, Any]:
    """Return a valid case as a JSON dict; the same seed and sizes give the same case."""
    draw = random.Random(seed)
    case = _Builder(draw, max(documents, 1), max(sentences, 1)).header(seed)
    case.add_actors(actors)
    case.add_locations(locations)
    case.add_events(events)
    case.add_relations(actors if relations is None else relations)
    case.add_links(events // 2 if links is None else links)
    case.add_mentions()
    return case.json


class _Builder:
    def __init__(self, draw: random.Random, documents: int, sentences: int) -> None:
        self.draw = draw
        self.json: dict[str, Any] = {}
        self.claims = 0
        self.documents = [self._document(i, sentences) for i in range(documents)]
        self.spans: list[dict[str, Any]] = []
        self.by_sentence: dict[tuple[str, int], list[str]] = {}
        for document in self.documents:
            self._spans_of(document)

    def header(self, seed: int) -> _Builder:
        self.json = {
            "format": "event-case", "format_version": "1.0", "id": f"case-{seed}", "title": f"Random case {seed}",
            "created": "2026-01-01T00:00:00Z", "modified": "2026-01-01T00:00:00Z", "coders": ["A tester"],
            "documents": self.documents,
            "references": [{"id": "ref-1", "title": "An almanac", "publisher": "A press", "published": "2020"}],
            "datasets": [], "spans": self.spans, "actors": [], "locations": [], "events": [], "relations": [],
            "links": [], "mentions": [], "ext": {"a tester": {"kept": [1, 2.5, None, "verbatim"]}},
        }  # fmt: skip
        return self

    def _document(self, index: int, count: int) -> dict[str, Any]:
        lines, bounds, at = [], [], 0
        for i in range(count):
            sentence = f"{self.draw.choice(WORDS)} ({index}.{i}), {self.draw.choice(WORDS)}."
            bounds.append({"start": at, "end": at + len(sentence)})
            glue = "\n" if self.draw.random() < 0.3 else " "
            lines.append(sentence + glue)
            at += len(sentence) + 1
        text = "".join(lines)
        document: dict[str, Any] = {
            "id": f"doc-{index}", "kind": "news_article", "title": f"Report {index}: {self.draw.choice(WORDS)}",
            "text": text, "text_sha256": hashlib.sha256(text.encode()).hexdigest(), "sentences": bounds,
        }  # fmt: skip
        if self.draw.random() < 0.6:
            document["publisher"] = self.draw.choice(["The Herald", "صحيفة", "Вестник"])
        if self.draw.random() < 0.7:
            basis = {"basis": "reference", "citations": ["ref-1"]}
            document["published"] = {"edtf": self.draw.choice(["2016-05-01", "2016-05~", "2017"]), **basis}
        return document

    def _spans_of(self, document: dict[str, Any]) -> None:
        text = document["text"]
        for number, bound in enumerate(document["sentences"]):
            start, end = bound["start"], bound["end"]
            pieces = {(start, end)}
            while len(pieces) < 4:
                a = self.draw.randrange(start, end - 1)
                pieces.add((a, self.draw.randrange(a + 1, end)))
            for k, (a, b) in enumerate(sorted(pieces)):
                span_id = f"sp-{document['id'][4:]}-{number}-{k}"
                span = {
                    "id": span_id, "document": document["id"], "start": a, "end": b, "quote": text[a:b],
                    "prefix": text[max(0, a - 32) : a], "suffix": text[b : b + 32],
                }  # fmt: skip
                self.spans.append(span)
                self.by_sentence.setdefault((document["id"], number), []).append(span_id)

    def add_actors(self, count: int) -> None:
        for i in range(count):
            actor: dict[str, Any] = {
                "id": f"act-{i}",
                "name": f"{NAMES[i % len(NAMES)]} {i}",
                "kind": self.draw.choice(KINDS),
            }
            if self.draw.random() < 0.5:
                actor["aliases"] = [f"the {i}th", f"A{i}"]
            if self.draw.random() < 0.7:
                actor["side"] = self.draw.choice(["north", "south", "none of them"])
            self.json["actors"].append(actor)

    def add_locations(self, count: int) -> None:
        for i in range(count):
            place: dict[str, Any] = {
                "id": f"loc-{i}", "name": f"{PLACES[i % len(PLACES)]} {i}",
                "kind": "country" if i == 0 else self.draw.choice(["admin1", "place", "region", "site"]),
            }  # fmt: skip
            if i and self.draw.random() < 0.8:
                place["part_of"] = f"loc-{self.draw.randrange(i)}"
            if self.draw.random() < 0.4:
                place |= {"lat": 30.5, "lon": 40.25, "coordinates_source": "a map"}
            self.json["locations"].append(place)

    def _claim(self, sentences: list[tuple[str, int]], *, asserted: bool = False) -> dict[str, Any]:
        self.claims += 1
        pool = [span for sentence in sentences for span in self.by_sentence[sentence]]
        claim: dict[str, Any] = {
            "id": f"clm-{self.claims}",
            "evidence": self.draw.sample(pool, min(2, len(pool))),
        }
        cited = {span.rsplit("-", 1)[0] for span in claim["evidence"]}
        for document, number in sentences:  # every sentence the record draws on is cited by its claim
            if f"sp-{document[4:]}-{number}" not in cited:
                claim["evidence"].append(self.by_sentence[document, number][0])
        modality = "asserted" if asserted else self.draw.choice(MODALITIES)
        if modality != "asserted":
            claim["modality"] = modality
        if self.draw.random() < 0.3:
            claim["attribution"] = {"text": self.draw.choice(["officials said", "قال شهود", "a monitor"])}
            if self.json["actors"] and self.draw.random() < 0.4:
                claim["attribution"]["actor"] = self.draw.choice(self.json["actors"])["id"]
        return claim

    def _fact(self, pool: list[str]) -> dict[str, Any]:
        chance = self.draw.random()
        if chance < 0.1:
            return {"basis": "reference", "citations": ["ref-1"]}
        fact: dict[str, Any] = {"evidence": [self.draw.choice(pool)]}
        return fact | ({"basis": "inferred"} if chance < 0.3 else {})

    def _time(self, pool: list[str], earlier: int) -> dict[str, Any] | None:
        chance = self.draw.random()
        if chance < 0.2:
            return None
        if chance < 0.6:
            return {"edtf": self.draw.choice(TIMES), **self._fact(pool)}
        anchor = self.draw.choice(
            [d["id"] for d in self.documents] + ([f"evt-{self.draw.randrange(earlier)}"] if earlier else [])
        )
        return {
            "anchor": anchor,
            "anchor_relation": self.draw.choice(["before", "at", "after", "overlaps"]),
            **self._fact(pool),
        }

    def add_events(self, count: int) -> None:
        for i in range(count):
            document = self.draw.choice(self.documents)["id"]
            numbers = [n for d, n in self.by_sentence if d == document]
            sentences = [
                (document, n)
                for n in self.draw.sample(numbers, min(len(numbers), self.draw.choice([1, 1, 2])))
            ]
            claims = [self._claim(sentences)]
            if self.draw.random() < 0.3:
                other = self.draw.choice(list(self.by_sentence))
                claims.append(self._claim([other]))
            pool = [span for sentence in sentences for span in self.by_sentence[sentence]]
            self.json["events"].append(self._event(i, pool, claims))

    def _event(self, i: int, pool: list[str], claims: list[dict[str, Any]]) -> dict[str, Any]:
        draw, code = self.draw, self.draw.choice(TYPES)
        event: dict[str, Any] = {
            "id": f"evt-{i}", "title": f"{draw.choice(WORDS)} {i}",
            "kind": draw.choice(["occurrence", "occurrence", "state", "episode"]), "claims": claims,
        }  # fmt: skip
        if code:
            event["type"] = code
            mode = draw.choice(MODES.get(code, [None]))
            event |= {"mode": mode} if mode else {}
        if code == "AID" and draw.random() < 0.5:
            event["contexts"] = ["military"]
        time = self._time(pool, i)
        event |= {"time": time} if time else {}
        actors, places = self.json["actors"], self.json["locations"]
        if actors:
            event["participants"] = [
                {"actor": a["id"], "role": draw.choice(ROLES), **self._fact(pool)}
                for a in draw.sample(actors, min(len(actors), draw.choice([0, 1, 2, 3])))
            ]
        if places:
            event["places"] = [
                {
                    "location": p["id"],
                    "role": draw.choice(["at", "at", "from", "via", "to"]),
                    **self._fact(pool),
                }
                for p in draw.sample(places, min(len(places), draw.choice([0, 1, 1, 2])))
            ]
        event["quantities"] = self._quantities(pool)
        event["status"] = draw.choice(["unreviewed", "checked", "disputed"])
        event["tags"] = draw.sample(["key", "to check", "مهم"], draw.choice([0, 0, 1, 2]))
        return {key: value for key, value in event.items() if value not in ([], None)}

    def _quantities(self, pool: list[str]) -> list[dict[str, Any]]:
        draw, found = self.draw, []
        for kind in draw.sample(["fatalities", "injured", "displaced"], draw.choice([0, 0, 1, 2])):
            low = draw.randrange(1, 60)
            shape = draw.choice(["exactly", "at_least", "about", "range", "unspecified", "at_most"])
            numbers: dict[str, Any] = {
                "exactly": {"low": low, "best": low, "high": low}, "at_least": {"low": low}, "about": {"best": low},
                "range": {"low": low, "best": low + 2, "high": low + 9}, "unspecified": {}, "at_most": {"high": low},
            }[shape]  # fmt: skip
            found.append({"kind": kind, "qualifier": shape, **numbers, **self._fact(pool)})
        return found

    def add_relations(self, count: int) -> None:
        actors = self.json["actors"]
        for i in range(count):
            if len(actors) < 2:
                return
            a, b = sorted(self.draw.sample(range(len(actors)), 2))
            kind = self.draw.choice(["supports", "allied_with", "opposes", "leads", "part_of", "other"])
            sign = {"supports": "cooperative", "allied_with": "cooperative", "opposes": "conflictual"}.get(
                kind, "neutral"
            )
            claim = self._claim([self.draw.choice(list(self.by_sentence))])
            relation = {
                "id": f"rel-{i}", "source": actors[b]["id"], "target": actors[a]["id"], "type": kind, "polarity": sign,
                "claims": [claim],
            }  # fmt: skip
            relation |= {"basis": "inferred"} if self.draw.random() < 0.3 else {}
            self.json["relations"].append(relation)

    def add_links(self, count: int) -> None:
        events = self.json["events"]
        for i in range(count):
            if len(events) < 2:
                return
            a, b = sorted(self.draw.sample(range(len(events)), 2))
            kind = self.draw.choice(
                ["before", "contains", "causes", "enables", "in_response_to", "possibly_same", "overlaps"]
            )
            ends = (b, a) if kind == "in_response_to" else (a, b)
            link = {
                "id": f"lnk-{i}",
                "source": events[ends[0]]["id"],
                "target": events[ends[1]]["id"],
                "type": kind,
            }
            evidence = [events[a]["claims"][0]["evidence"][0]]
            self.json["links"].append(link | {"evidence": evidence})

    def add_mentions(self) -> None:
        for span in self.spans[:: max(1, len(self.spans) // 20)]:
            pool = [r["id"] for name in ("actors", "locations", "events") for r in self.json[name]]
            if pool:
                self.json["mentions"].append(
                    {
                        "span": span["id"],
                        "refers_to": self.draw.choice(pool),
                        "form": self.draw.choice(["name", "nominal", "trigger"]),
                    }
                )
