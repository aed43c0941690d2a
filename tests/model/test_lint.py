"""Oversights are told as warnings, and a careful case has none."""

from __future__ import annotations

from typing import Any

from explorer.model.invariants import CaseLookup
from explorer.model.lint import lint
from explorer.model.records import Case


def paths(case: dict[str, Any]) -> list[str]:
    return [problem.path for problem in lint(CaseLookup(Case.model_validate(case)))]


def test_the_sample_leaves_out_only_whom_its_text_does_not_name(sample_json: dict[str, Any]) -> None:
    unnamed = next(n for n, each in enumerate(sample_json["actors"]) if each["id"] == "act-unidentified")
    assert paths(sample_json) == [f"actors[{unnamed}]"]


def test_an_unused_span_and_an_actor_nobody_mentions_are_told(sample_json: dict[str, Any]) -> None:
    before = set(paths(sample_json))
    sample_json["spans"].append({"id": "sp-new", "document": "doc-seed"})
    sample_json["actors"].append({"id": "act-new", "name": "New", "kind": "state"})
    assert set(paths(sample_json)) - before == {
        f"spans[{len(sample_json['spans']) - 1}]",
        f"actors[{len(sample_json['actors']) - 1}]",
    }


def test_a_sentence_no_fact_cites_is_told_even_if_it_is_mentioned(sample_json: dict[str, Any]) -> None:
    for name in ("events", "relations", "links"):
        sample_json[name] = []
    sample_json["documents"][0]["metadata_evidence"] = {}
    sample_json["mentions"] = [
        each for each in sample_json["mentions"] if each["refers_to"].startswith("act-")
    ]
    sentences = [path for path in paths(sample_json) if path.startswith("documents[0].sentences")]
    assert len(sentences) == len(sample_json["documents"][0]["sentences"])


def test_in_a_case_without_mentions_an_actor_in_an_event_is_enough(sample_json: dict[str, Any]) -> None:
    sample_json["mentions"] = []
    assert not [path for path in paths(sample_json) if path.startswith("actors")]


def test_codes_no_codebook_has_are_told(sample_json: dict[str, Any]) -> None:
    sample_json["events"][4] |= {"mode": "trebuchet", "acled": "Siege"}
    assert {"events[4].mode", "events[4].acled"} <= set(paths(sample_json))
