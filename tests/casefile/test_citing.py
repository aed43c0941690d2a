"""From any value to its characters and from any sentence to its facts, both ways the same (design §1.1)."""

from __future__ import annotations

from typing import Any

import pytest
from builders import random_case


def values(record: dict[str, Any]) -> set[str]:
    """Return every span id that a record of the JSON cites, wherever it stands."""
    found: set[str] = set()

    def walk(value: Any, key: str = "") -> None:
        if isinstance(value, dict):
            for inner, below in value.items():
                walk(below, "evidence" if key == "metadata_evidence" else inner)
        elif isinstance(value, list):
            for below in value:
                if key == "evidence":
                    found.add(below)
                else:
                    walk(below)

    walk(record)
    return found


def check(case: dict[str, Any], opened: Any) -> None:
    forward: set[tuple[str, str]] = set()
    for name in ("documents", "events", "relations", "links"):
        for record in case[name]:
            cited = opened.cited(record["id"])
            assert {citation.span for citation in cited} == values(record)
            forward |= {(citation.record, citation.span) for citation in cited}
    backward = set()
    for document in case["documents"]:
        carrying = opened.sentences_with_facts(document["id"])
        for number in range(len(document["sentences"])):
            found = opened.citing(document["id"], number)
            assert {citation.record for citation in found} == set(carrying.get(number, ()))
            backward |= {(citation.record, citation.span) for citation in found}
            for citation in found:
                span = opened.record(citation.span)
                bounds = document["sentences"][number]
                assert bounds["start"] <= span.start <= span.end <= bounds["end"]
                assert document["text"][span.start : span.end] == span.quote
    assert forward == backward


def test_every_value_of_the_sample_and_every_sentence_lead_to_each_other(
    sample_json: Any, sample_file: Any
) -> None:
    check(sample_json, sample_file)


@pytest.mark.parametrize("seed", range(4))
def test_so_do_those_of_any_case(seed: int, case_file_of: Any) -> None:
    case = random_case(seed, events=10)
    check(case, case_file_of(case))


def test_a_path_leads_to_the_value_in_the_record(sample_json: dict[str, Any], sample_file: Any) -> None:
    event = next(e for e in sample_json["events"] if e["id"] == "evt-airstrikes")
    for citation in sample_file.cited("evt-airstrikes"):
        here: Any = event
        for step in citation.path.replace("[", ".").replace("]", "").split("."):
            here = here[int(step)] if step.isdigit() else here[step]
        assert citation.span in here["evidence"]


def test_an_actor_leads_to_its_mentions(sample_json: dict[str, Any], sample_file: Any) -> None:
    for actor in sample_json["actors"]:
        mentioned = [m["span"] for m in sample_json["mentions"] if m["refers_to"] == actor["id"]]
        assert sorted(citation.span for citation in sample_file.cited(actor["id"])) == sorted(mentioned)
    found = sample_file.mentions_in("doc-seed")
    assert len(found) == len(sample_json["mentions"])
    assert [m.start for m in found] == sorted(m.start for m in found)


def test_what_has_lost_its_place_is_in_the_tray_and_whole_documents_count_for_each_sentence(
    sample_json: dict[str, Any], case_file_of: Any
) -> None:
    sample_json["spans"] += [
        {"id": "sp-lost", "document": "doc-seed", "quote": "once there", "unanchored": True},
        {"id": "sp-all", "document": "doc-seed"},
    ]
    sample_json["events"][0]["claims"].append({"id": "clm-all", "evidence": ["sp-all"]})
    sample_json["events"][1]["claims"][0]["evidence"].append("sp-lost")
    opened = case_file_of(sample_json)
    assert [span.id for span in opened.unanchored()] == ["sp-lost"]
    assert opened.span_counts() == {"anchored": 207, "unanchored": 1, "whole_document": 1}
    first = sample_json["events"][0]["id"]
    assert all(first in {c.record for c in opened.citing("doc-seed", n)} for n in range(20))
    assert (
        next(c for c in opened.cited(sample_json["events"][1]["id"]) if c.span == "sp-lost").sentence is None
    )
    assert opened.text_rows("oxygen").tolist() == []


def test_unknown_records_and_documents_have_no_evidence(sample_file: Any) -> None:
    assert sample_file.cited("evt-none") == []
    assert sample_file.citing("doc-none", 0) == []
    assert sample_file.sentences_with_facts("doc-none") == {}
    assert sample_file.mentions_in("doc-none") == []
