"""What is left to code is found, counted, and leads to its words."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.casefile.store import CaseFile
from explorer.edit.records import remove
from explorer.query.reviewing import coverage, grouped, next_uncoded, oversights


@pytest.mark.parametrize(
    ("after", "step", "found"), [(None, 1, 1), (1, 1, 3), (3, 1, 1), (None, -1, 3), (3, -1, 1), (2, 1, 3)]
)
def test_the_next_uncoded_sentence_goes_round_at_the_end(after: int | None, step: int, found: int) -> None:
    assert next_uncoded(5, {0, 2, 4}, after, step) == found


def test_there_is_no_next_where_all_are_coded_or_none_are_there() -> None:
    assert next_uncoded(3, {0, 1, 2}, 1) is None
    assert next_uncoded(0, (), None) is None


def test_coverage_is_said_in_words() -> None:
    assert coverage(20, range(14)).words == "14 of 20 sentences coded"
    assert coverage(2, {0, 1}).words == "all 2 sentences coded"
    assert coverage(0, ()).words == ""


def test_the_sample_leaves_nothing_but_what_lint_says(sample_file: CaseFile) -> None:
    before = oversights(sample_file)
    sample_file.commit(remove(sample_file, "evt-multi-front"))
    assert oversights(sample_file) == before  # sentence 5 has other facts


def test_a_sentence_without_facts_and_an_unnamed_actor_lead_to_their_place(
    case_file_of: Any, sample_json: dict[str, Any]
) -> None:
    for name in ("events", "relations", "links"):
        sample_json[name] = []
    sample_json["mentions"] = [m for m in sample_json["mentions"] if m["refers_to"].startswith("act-h")]
    case = case_file_of(sample_json)
    found = dict(grouped(oversights(case)))
    text = case.source("doc-seed").text
    assert len(found["sentence"]) >= 18
    first = found["sentence"][0]
    assert "Iran-backed militias have arrived" in text[first.start : first.end]
    assert first.words.startswith("Sentence 2: ")
    assert "act-russia" in {each.record for each in found["actor"]}
    assert all(text[each.start : each.end] == each.words for each in found["span"])
