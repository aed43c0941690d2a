"""What check, info and schema say is true of the case."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from builders import random_case

from explorer.intake.opening import open_case
from explorer.intake.reporting import check_case, info, schema
from explorer.model.records import LISTS, Case


def test_the_sample_has_no_problem_and_the_warnings_of_the_model(sample_file: Any) -> None:
    report = check_case(sample_file)
    assert report.problems == ()
    assert [warning.path for warning in report.warnings] == ["actors[14]"]


@pytest.mark.parametrize("seed", range(3))
def test_a_valid_case_has_no_problem(seed: int, case_file_of: Any) -> None:
    assert check_case(case_file_of(random_case(seed))).problems == ()


def test_checking_a_saved_case_finds_what_was_changed_outside_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.dateline"
    with open_case("sample") as case:
        case.save_copy(path)
    with open_case(path) as case:
        before = path.read_bytes()
        assert check_case(case).problems == ()
    assert path.read_bytes() == before
    connection = sqlite3.connect(path)
    connection.execute("UPDATE actors SET body = replace(body, 'Russia', 'Prussia')")
    connection.commit()
    connection.close()
    with open_case(path) as case:
        assert check_case(case).problems[0].path.startswith("actors[")


def test_rules_between_records_are_asked_again(tmp_path: Path) -> None:
    with open_case("sample") as case:
        orphan = case.record("evt-airstrikes").model_copy(
            update={"id": "evt-orphan", "merged_into": "evt-none"}
        )
        case.append([orphan], checked=True)
        found = {problem.path for problem in check_case(case).problems}
    assert "events[25].merged_into" in found
    assert "events[25].claims[0].id" in found


def test_info_counts_what_is_there(sample_json: dict[str, Any], sample_file: Any) -> None:
    said = info(sample_file)
    for name in LISTS:
        assert said["counts"][name] == len(sample_json.get(name, []))
    claims = sum(len(r["claims"]) for name in ("events", "relations") for r in sample_json[name])
    assert said["counts"]["claims"] == claims == 44
    assert said["spans"] == {"anchored": 207, "unanchored": 0, "whole_document": 0}
    assert said["coverage"][0] | {"title": ""} == {
        "document": "doc-seed", "title": "", "publisher": None, "sentences": 20, "with_facts": 20, "without_facts": 0,
    }  # fmt: skip
    assert said["dates"]["text_only"]["undated"] > said["dates"]["with_references"]["undated"]
    assert said["dates"]["text_only"]["earliest"] == "2015-01-01"
    assert said["case_hash"] == sample_file.case_hash()
    assert json.loads(json.dumps(said)) == said


def test_datasets_are_named_with_their_licence(sample_json: dict[str, Any], case_file_of: Any) -> None:
    sample_json["datasets"] = [{"id": "dst-x", "title": "X", "licence": "CC BY 4.0", "citation": "X (2020)"}]
    assert info(case_file_of(sample_json))["datasets"] == sample_json["datasets"]


def test_the_schema_describes_every_record_and_admits_the_sample(sample_json: dict[str, Any]) -> None:
    said = schema()
    assert json.loads(json.dumps(said)) == said
    assert set(LISTS) <= set(said["properties"])
    assert all(part.get("description") for part in said["$defs"].values())
    assert set(sample_json) <= set(said["properties"])
    assert said["additionalProperties"] is False
    assert Case.model_validate(sample_json)


def test_facts_about_time_that_cannot_all_hold_are_a_warning_and_in_what_info_says(case_file_of, sample_json):
    changed = json.loads(json.dumps(sample_json))
    changed["documents"][0]["published"]["edtf"] = "2016"
    case = case_file_of(changed)
    report = check_case(case)
    assert not report.problems
    assert any("These cannot all hold: " in str(warning) for warning in report.warnings)
    (told,) = info(case)["time_contradictions"]
    assert told["set_aside"] == "evt-rebel-offensive.time"
    assert {fact["at"] for fact in told["facts"]} >= {"doc-seed.published", "evt-rebel-offensive.time"}
    assert all(fact["words"] and fact["basis"] for fact in told["facts"])
