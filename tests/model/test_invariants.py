"""The rules between records: each is broken once in a valid case, and exactly that is told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from builders import random_case
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.invariants import (
    CaseLookup,
    check_record,
    check_unique,
    check_version,
    check_whole,
    newer_minor,
    sentence_at,
)
from explorer.model.problems import Problem
from explorer.model.records import Case, Document

Json = dict[str, Any]
TEXT = "First it rained. 😀 ثم قصفت المدينة.\nThen it stopped."
SENTENCES = [(0, 16), (17, 35), (36, 52)]


def small_case() -> Json:
    """Return a case of two documents, with a span for each sentence of the first."""
    spans = [
        {"id": f"sp-{n}", "document": "doc-a", "start": a, "end": b, "quote": TEXT[a:b], "prefix": TEXT[max(0, a - 5) : a]}
        for n, (a, b) in enumerate(SENTENCES)
    ]  # fmt: skip
    return {
        "format_version": "1.0", "id": "case-x", "title": "Small", "created": "2026-01-01", "modified": "2026-01-01",
        "documents": [document("doc-a", TEXT, SENTENCES), document("doc-b", "Elsewhere.", [(0, 10)])],
        "references": [{"id": "ref-a", "title": "An almanac"}],
        "spans": [*spans, {"id": "sp-b", "document": "doc-b", "start": 0, "end": 9, "quote": "Elsewhere"}],
        "actors": [{"id": f"act-{name}", "name": name, "kind": "state"} for name in "abc"],
        "locations": [{"id": f"loc-{name}", "name": name, "kind": "place"} for name in "abc"],
        "events": [
            {
                "id": "evt-a", "title": "Rain", "time": {"edtf": "2015", "evidence": ["sp-0"]},
                "participants": [{"actor": "act-a", "role": "actor", "evidence": ["sp-0"]}],
                "places": [{"location": "loc-a", "evidence": ["sp-0"]}],
                "quantities": [{"kind": "other", "best": 1, "of": "act-b", "evidence": ["sp-0"]}],
                "claims": [{"id": "clm-a", "evidence": ["sp-0"], "attribution": {"actor": "act-a"}}],
            },
            {"id": "evt-b", "title": "Sun", "claims": [{"id": "clm-b", "evidence": ["sp-2"]}]},
        ],
        "relations": [relation("rel-a", "act-a", "act-b", "clm-c")],
        "links": [{"id": "lnk-a", "source": "evt-a", "target": "evt-b", "type": "before", "evidence": ["sp-2"]}],
        "mentions": [{"span": "sp-0", "refers_to": "act-a", "form": "name"}],
    }  # fmt: skip


def document(record_id: str, text: str, sentences: list[tuple[int, int]]) -> Json:
    return {
        "id": record_id, "title": "A report", "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "sentences": [{"start": a, "end": b} for a, b in sentences],
    }  # fmt: skip


def relation(record_id: str, source: str, target: str, claim: str) -> Json:
    return {
        "id": record_id, "source": source, "target": target, "type": "part_of", "polarity": "neutral",
        "claims": [{"id": claim, "evidence": ["sp-1"]}],
    }  # fmt: skip


def problems(case: Json) -> list[Problem]:
    return list(check_whole(Case.model_validate(case)))


def setting(*path: Any, to: Any) -> Callable[[Json], None]:
    def change(case: Json) -> None:
        inner: Any = case
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = to

    return change


def adding(name: str, *records: Json) -> Callable[[Json], None]:
    return lambda case: case[name].extend(records)


BROKEN: dict[str, Callable[[Json], None]] = {
    "format_version": setting("format_version", to="2.0"),
    "documents[0].text_sha256": setting("documents", 0, "text_sha256", to="0" * 64),
    "documents[0].dataset": setting("documents", 0, "dataset", to="dst-gone"),
    "documents[0].metadata_evidence.title[0]": setting("documents", 0, "metadata_evidence", to={"title": ["sp-gone"]}),
    "documents[1].sentences[0]": setting("documents", 1, "sentences", to=[{"start": 0, "end": 11}]),
    "documents[1].published.citations[0]": setting(
        "documents", 1, "published", to={"edtf": "2015", "basis": "reference", "citations": ["ref-gone"]}
    ),
    "spans[1].quote": setting("spans", 1, "quote", to="X" + TEXT[18:35]),
    "spans[1].prefix": setting("spans", 1, "prefix", to="wet. "),
    "spans[1].suffix": setting("spans", 1, "suffix", to=" then"),
    "spans[3].end": setting("spans", 3, to={"id": "sp-b", "document": "doc-b", "start": 8, "end": 99, "quote": "x" * 91}),
    "spans[0].start": setting("spans", 0, to={"id": "sp-0", "document": "doc-a", "start": 6, "end": 20, "quote": TEXT[6:20]}),
    "spans[4].document": adding("spans", {"id": "sp-z", "document": "doc-gone"}),
    "locations[2].part_of": setting("locations", 2, "part_of", to="loc-gone"),
    "actors[0].merged_into": setting("actors", 0, "merged_into", to="act-a"),
    "events[0].merged_into": setting("events", 0, "merged_into", to="evt-gone"),
    "events[0].time.anchor": setting(
        "events", 0, "time", to={"anchor": "doc-gone", "anchor_relation": "before", "evidence": ["sp-0"]}
    ),
    "events[0].time.evidence[0]": setting("events", 0, "time", "evidence", to=["sp-1"]),
    "events[0].time.evidence[1]": setting("events", 0, "time", "evidence", to=["sp-0", "sp-gone"]),
    "events[0].participants[0].actor": setting("events", 0, "participants", 0, "actor", to="act-gone"),
    "events[0].places[0].location": setting("events", 0, "places", 0, "location", to="loc-gone"),
    "events[0].places[0].evidence[0]": setting("events", 0, "places", 0, "evidence", to=["sp-b"]),
    "events[0].quantities[0].of": setting("events", 0, "quantities", 0, "of", to="act-gone"),
    "events[0].claims[0].evidence": setting("events", 0, "claims", 0, "evidence", to=["sp-0", "sp-b"]),
    "events[0].claims[0].attribution.actor": setting("events", 0, "claims", 0, "attribution", to={"actor": "act-gone"}),
    "events[0].claims[0].time.evidence[0]": setting(
        "events", 0, "claims", 0, "time", to={"edtf": "2016", "evidence": ["sp-2"]}
    ),
    "events[1].id": setting("events", 1, to={"id": "evt-a", "title": "X", "claims": [{"id": "clm-b", "evidence": ["sp-2"]}]}),
    "events[1].claims[0].id": setting("events", 1, "claims", 0, "id", to="clm-a"),
    "relations[0].target": setting("relations", 0, "target", to="act-gone"),
    "relations[0].valid.evidence[0]": setting("relations", 0, "valid", to={"edtf": "2015", "evidence": ["sp-0"]}),
    "links[0].evidence[0]": setting("links", 0, "evidence", to=["sp-gone"]),
    "mentions[0].span": setting("mentions", 0, "span", to="sp-gone"),
    "mentions[0].refers_to": setting("mentions", 0, "refers_to", to="evt-gone"),
    "mentions[1]": adding("mentions", {"span": "sp-0", "refers_to": "act-a", "form": "name"}),
}  # fmt: skip


def test_the_small_case_and_the_sample_hold(sample_case: Case) -> None:
    assert problems(small_case()) == []
    assert list(check_whole(sample_case)) == []


@given(st.integers(0, 10_000))
@settings(max_examples=15)
def test_any_built_case_holds(seed: int) -> None:
    assert problems(random_case(seed)) == []


@pytest.mark.parametrize(("path", "change"), BROKEN.items(), ids=BROKEN)
def test_one_broken_rule_is_one_problem_at_its_place(path: str, change: Callable[[Json], None]) -> None:
    case = small_case()
    change(case)
    found = [problem for problem in problems(case) if not problem.path.startswith("links[0].source")]
    if path == "events[1].id":  # the link's target is gone with the second event
        found = [problem for problem in found if not problem.path.startswith("links")]
    assert [problem.path for problem in found] == [path]
    assert found[0].found
    assert found[0].expected


def test_a_quote_that_differs_by_one_character_is_shown_with_the_place() -> None:
    case = small_case()
    case["spans"][0]["quote"] = "First it rainde."[:16]
    problem = problems(case)[0]
    assert "they differ at character 14" in problem.found
    assert '"First it rained."' in problem.expected


def test_a_circle_of_places_is_told_with_its_way() -> None:
    case = small_case()
    for part, whole in (("0", "loc-b"), ("1", "loc-c"), ("2", "loc-a")):
        case["locations"][int(part)]["part_of"] = whole
    found = problems(case)
    assert {problem.path for problem in found} == {f"locations[{n}].part_of" for n in range(3)}
    assert "loc-a → loc-b → loc-c → loc-a" in found[0].found


def test_a_place_that_hangs_below_a_circle_is_not_part_of_it() -> None:
    case = small_case()
    for part, whole in ((0, "loc-b"), (1, "loc-b")):
        case["locations"][part]["part_of"] = whole
    assert [problem.path for problem in problems(case)] == ["locations[1].part_of"]


def test_a_circle_of_memberships_is_told() -> None:
    case = small_case()
    case["relations"] += [
        relation("rel-b", "act-b", "act-c", "clm-d"),
        relation("rel-c", "act-c", "act-a", "clm-e"),
    ]
    assert [problem.path for problem in problems(case)] == [f"relations[{n}].target" for n in range(3)]


def test_two_wholes_of_one_actor_are_no_circle() -> None:
    case = small_case()
    case["relations"] += [
        relation("rel-b", "act-a", "act-c", "clm-d"),
        relation("rel-c", "act-b", "act-c", "clm-e"),
    ]
    assert problems(case) == []


def test_a_document_cited_as_a_whole_covers_all_its_sentences() -> None:
    case = small_case()
    case["spans"].append({"id": "sp-all", "document": "doc-a"})
    case["events"][0]["claims"][0]["evidence"] = ["sp-all"]
    case["events"][0]["time"]["evidence"] = ["sp-2"]
    assert problems(case) == []


def test_a_quote_that_lost_its_place_is_no_back_door_and_no_error() -> None:
    case = small_case()
    case["spans"].append({"id": "sp-lost", "document": "doc-a", "quote": "it poured", "unanchored": True})
    case["events"][0]["time"]["evidence"] = ["sp-lost"]
    assert problems(case) == []


def test_a_text_without_sentences_is_one_stretch() -> None:
    case = small_case()
    case["documents"][0]["sentences"] = []
    assert problems(case) == []


def test_offsets_count_characters_whatever_stands_before() -> None:
    text = "😀\r\nقبل. x"
    case = small_case()
    case["documents"].append(document("doc-c", text, [(0, 7), (8, 9)]))
    case["spans"].append(
        {"id": "sp-c", "document": "doc-c", "start": 8, "end": 9, "quote": "x", "prefix": "\r\nقبل. "}
    )
    assert problems(case) == []


def test_sentences_are_found_by_their_characters() -> None:
    held = Document.model_validate(document("doc-a", TEXT, SENTENCES))
    for position in range(len(TEXT)):
        expected = next((n for n, (a, b) in enumerate(SENTENCES) if a <= position < b), None)
        assert sentence_at(held, position) == expected


def test_an_id_used_twice_names_the_first_place() -> None:
    found = list(check_unique([("events[0].id", "evt-a"), ("events[7].id", "evt-a")]))
    assert [problem.path for problem in found] == ["events[7].id"]
    assert "events[0].id" in found[0].found


@pytest.mark.parametrize("version", ["2.0", "0.9", "10.0", "", None, 1.0, "9" * 10_000])
def test_another_major_version_is_refused_before_anything_else(version: object) -> None:
    found = list(check_version(version))
    assert [problem.path for problem in found] == ["format_version"]
    assert len(found[0].found) < 100


def test_a_newer_minor_version_is_told_apart() -> None:
    assert not list(check_version("1.7"))
    assert [newer_minor(version) for version in ("1.0", "1.1", "1.10")] == [False, True, True]


def test_a_record_is_checked_by_itself_with_paths_of_its_own() -> None:
    case = small_case()
    case["events"][0]["participants"][0]["actor"] = "act-gone"
    held = Case.model_validate(case)
    assert [p.path for p in check_record(held.events[0], CaseLookup(held))] == ["participants[0].actor"]
