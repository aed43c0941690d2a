"""A case into a case: equal records once, other content told and kept, and nothing taken whose words are not there."""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from builders import random_case
from readers import DATA

from explorer.casefile.store import CaseFile
from explorer.intake.importing import import_files
from explorer.intake.reporting import ProblemsFound, check_case

EXCERPT = DATA / "ucdp_ged_excerpt.csv"
LISTS = ("documents", "spans", "actors", "locations", "events", "relations", "links", "mentions")


def saved(path: Path, case: dict[str, Any]) -> Path:
    path.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    return path


def counts(path: Path) -> dict[str, int]:
    with CaseFile.open(path) as case:
        assert check_case(case).problems == ()
        return {name: case.count(name) for name in LISTS}


@pytest.fixture
def source() -> dict[str, Any]:
    return random_case(4, events=12, documents=3)


def test_a_case_goes_into_a_new_one_whole_and_twice_adds_nothing(
    tmp_path: Path, source: dict[str, Any]
) -> None:
    target = tmp_path / "all.dateline"
    path = saved(tmp_path / "one.case.json", source)
    report = import_files([path], target)
    assert counts(target) == {name: len(source.get(name, ())) for name in LISTS}
    again = import_files([path], target)
    assert (again.added, again.kept, again.skipped) == (0, report.read, 0)


def test_a_case_file_goes_into_another_beside_what_is_there(tmp_path: Path, source: dict[str, Any]) -> None:
    first, target = tmp_path / "one.dateline", tmp_path / "all.dateline"
    import_files([saved(tmp_path / "one.case.json", source)], first)
    import_files([EXCERPT], target)
    before = counts(target)
    report = import_files([first], target)
    assert report.added == report.read
    assert counts(target) == {name: before[name] + len(source.get(name, ())) for name in LISTS}


def test_what_has_other_content_is_told_and_kept_unless_it_is_to_be_taken(
    tmp_path: Path, source: dict[str, Any]
) -> None:
    target = tmp_path / "all.dateline"
    import_files([saved(tmp_path / "a.json", source)], target)
    changed = deepcopy(source)
    changed["events"][0]["title"] = "Another headline"
    path = saved(tmp_path / "b.json", changed)
    (told,) = import_files([path], target).sources
    assert (told.changed, told.added, told.updated) == (1, 0, 0)
    (told,) = import_files([path], target, update=True).sources
    assert (told.changed, told.added, told.updated) == (0, 0, 1)
    with CaseFile.open(target) as case:
        assert case.record(changed["events"][0]["id"]).title == "Another headline"
    counts(target)


@pytest.mark.parametrize("update", [False, True])
def test_new_words_of_a_document_with_another_text_are_left_out_with_what_rests_on_them(
    tmp_path: Path, source: dict[str, Any], update: bool
) -> None:
    target = tmp_path / "all.dateline"
    import_files([saved(tmp_path / "a.json", source)], target)
    other = {key: value for key, value in source.items() if key not in LISTS}
    text = "Another text. It has two sentences."
    document = {
        "id": source["documents"][0]["id"], "title": "x", "text": text, "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "sentences": [{"start": 0, "end": 13}, {"start": 14, "end": 35}],
    }  # fmt: skip
    span = {"id": "sp-new", "document": document["id"], "start": 0, "end": 13, "quote": "Another text."}
    claim = {"id": "clm-new", "evidence": ["sp-new"]}
    other |= {
        "documents": [document],
        "spans": [span],
        "events": [{"id": "evt-new", "title": "n", "claims": [claim]}],
    }
    (told,) = import_files([saved(tmp_path / "b.json", other)], target, update=update).sources
    assert (told.changed, told.updated, told.added) == (1, 0, 0)
    assert [skip.reason for skip in told.skipped] == [
        "words of a document that the case has with another text", "it rests on what could not be taken",
    ]  # fmt: skip
    assert counts(target)["events"] == len(source["events"])


def test_a_statement_id_of_another_record_is_not_taken_twice(tmp_path: Path, source: dict[str, Any]) -> None:
    target = tmp_path / "all.dateline"
    import_files([saved(tmp_path / "a.json", source)], target)
    other = deepcopy(source)
    other["events"] = [{**deepcopy(source["events"][0]), "id": "evt-other"}]
    other |= {"links": [], "mentions": [], "relations": []}
    (told,) = import_files([saved(tmp_path / "b.json", other)], target).sources
    assert [skip.reason for skip in told.skipped] == [
        "another record of the case has a statement of the same id"
    ]
    counts(target)


def test_a_case_is_not_imported_into_itself_and_a_wrong_one_not_at_all(
    tmp_path: Path, source: dict[str, Any]
) -> None:
    target = tmp_path / "all.dateline"
    import_files([saved(tmp_path / "a.json", source)], target)
    with pytest.raises(ProblemsFound, match="itself"):
        import_files([target], target)
    source["events"][0]["type"] = "NOTHING"
    with pytest.raises(ProblemsFound, match="NOTHING"):
        import_files([saved(tmp_path / "b.json", source)], target)
