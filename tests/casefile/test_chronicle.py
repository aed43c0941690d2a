"""When things in a case file were: with references and without, one by one, after changes, and put into words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from builders import random_case

from explorer.casefile.store import CaseFile
from explorer.casefile.telling import Telling
from explorer.model.records import Case


@pytest.fixture
def of_2016(case_file_of: Any, sample_json: Any) -> CaseFile:
    """The sample, with its report dated to 2016."""
    changed = json.loads(json.dumps(sample_json))
    changed["documents"][0]["published"]["edtf"] = "2016"
    return case_file_of(changed)


def test_the_airstrikes_lie_between_two_dates_from_outside_and_open_again_without_them(
    sample_file: CaseFile,
) -> None:
    assert sample_file.chronology().bounds("evt-airstrikes").as_json() == {
        "earliest": "2024-11-27", "latest": "2024-12-02", "core": None, "approx": True, "precision": "days",
        "basis": "reference",
    }  # fmt: skip
    assert sample_file.chronology(text_only=True).bounds("evt-airstrikes").undated
    assert sample_file.chronology().contradictions == ()


def test_the_chain_is_told_with_the_place_of_each_step(sample_file: CaseFile) -> None:
    telling, chain = Telling(sample_file), sample_file.chronology().reasons("evt-airstrikes", "start_min")
    told = [telling.told(fact) for fact in chain]
    assert told[0].words.endswith("is reported as a response to “Reported rebel gains in Aleppo and Hama”")
    assert all(each.place.startswith("¶") for each in told)
    assert [each.basis for each in told] == ["stated", "stated", "reference"]
    assert all(each.sentences for each in told)


def test_a_wrong_date_of_the_report_is_named_with_what_it_contradicts(of_2016: CaseFile) -> None:
    (contradiction,) = of_2016.chronology().contradictions
    records = {fact.record for fact in contradiction.facts}
    assert {"doc-seed", "evt-rebel-offensive"} < records
    words = Telling(of_2016).contradiction(contradiction)
    assert "the report is of 2016 (from outside the report: “" in words
    assert "“Rebel offensive” is dated from 27 Nov 2024" in words
    assert "Set aside: " in words
    assert of_2016.chronology().bounds("evt-airstrikes").as_json()["latest"] == "2016-12-31"
    assert of_2016.chronology(text_only=True).contradictions == ()


def test_a_relation_and_an_event_that_nothing_is_compared_with_have_their_own_dates(
    sample_file: CaseFile,
) -> None:
    chronology = sample_file.chronology()
    assert chronology.bounds("rel-assad-opposes-rebels").end_min.finite
    assert chronology.bounds("act-assad").undated
    assert chronology.bounds("evt-none").undated


@pytest.mark.parametrize("seed", range(4))
def test_a_date_alone_is_its_own_reason(case_file_of: Any, seed: int) -> None:
    case = case_file_of(
        Case.model_validate(random_case(seed, events=12)).model_dump(mode="json", exclude_none=True)
    )
    chronology = case.chronology()
    for event in case.all("events"):
        bound = chronology.bounds(event.id).end_max
        chain = chronology.reasons(event.id, "end_max")
        assert bool(chain) == bound.finite
        assert not chain or chain[-1].kind == "date"


def test_the_chronology_is_kept_for_one_content(sample_file: CaseFile) -> None:
    assert sample_file.chronology() is sample_file.chronology()
    assert sample_file.chronology() is not sample_file.chronology(text_only=True)
