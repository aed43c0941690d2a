"""Records hold together: spans, points, modes, claims; and the sample comes back as it was."""

from __future__ import annotations

from typing import Any

import pytest
from builders import random_case
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from explorer.model.codebook import MODES_OF
from explorer.model.problems import Problem, problems_from
from explorer.model.records import Case, Event, Location, Reference, Relation, Span

CLAIMS = [{"id": "clm-x", "evidence": ["sp-x"]}]


def refused(model: type[Any], **fields: Any) -> Problem:
    with pytest.raises(ValidationError) as error:
        model.model_validate(fields)
    return problems_from(error.value)[0]


def event(**fields: Any) -> dict[str, Any]:
    return {"id": "evt-x", "title": "X", "claims": CLAIMS, **fields}


def without_defaults(case: Case) -> dict[str, Any]:
    return case.model_dump(mode="json", exclude_defaults=True)


def test_the_sample_is_a_valid_case_and_comes_back_as_it_was(sample_json: dict[str, Any]) -> None:
    case = Case.model_validate(sample_json)
    assert Case.model_validate_json(case.model_dump_json(exclude_defaults=True)) == case
    assert without_defaults(case)["spans"] == sample_json["spans"]


@given(st.integers(0, 10_000))
@settings(max_examples=20)
def test_any_case_comes_back_equal(seed: int) -> None:
    case = Case.model_validate(random_case(seed))
    assert Case.model_validate(without_defaults(case)) == case


def test_a_mode_belongs_to_its_type() -> None:
    for code, modes in MODES_OF.items():
        for mode in modes:
            Event.model_validate(event(type=code, mode=mode))
    problem = refused(Event, **event(type="ASSAULT", mode="seize"))
    assert problem.path == "mode"
    assert "COERCE" in problem.expected
    assert refused(Event, **event(mode="aerial")).path == "mode"


def test_a_mode_no_codebook_knows_is_left_to_lint() -> None:
    Event.model_validate(event(type="ASSAULT", mode="trebuchet"))


@pytest.mark.parametrize("model", [Event, Relation])
def test_somebody_says_so(model: type[Any]) -> None:
    ties = {"source": "act-a", "target": "act-b", "type": "opposes", "polarity": "conflictual"}
    fields = event() if model is Event else {"id": "rel-x", **ties}
    assert refused(model, **{**fields, "claims": []}).path == "claims"


def test_a_relation_rests_on_the_words_of_its_claims() -> None:
    ties = {"id": "rel-x", "source": "act-a", "target": "act-b", "type": "opposes", "polarity": "conflictual"}
    assert refused(Relation, **ties, claims=CLAIMS, basis="reference").path == "basis"


def test_a_point_has_two_coordinates_and_a_source() -> None:
    place = {"id": "loc-x", "name": "X", "kind": "place"}
    assert refused(Location, **place, lat=1.5, coordinates_source="a map").path == "lon"
    assert refused(Location, **place, lat=1, lon=2).path == "coordinates_source"
    assert refused(Location, **place, lat=91, lon=2, coordinates_source="a map").path == "lat"
    Location.model_validate({**place, "lat": -90, "lon": 180.0, "coordinates_source": "a map"})


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"start": 1, "end": 4}, "quote"),
        ({"quote": "abc"}, "start"),
        ({"start": 4, "end": 4, "quote": ""}, "end"),
        ({"start": 4, "end": 1, "quote": "abc"}, "end"),
        ({"start": 1, "end": 4, "quote": "ab"}, "quote"),
        ({"start": -1, "end": 2, "quote": "abc"}, "start"),
        ({"start": 1, "end": 10**30, "quote": "abc"}, "end"),
        ({"start": 1, "end": 4, "quote": "abc", "unanchored": True}, "unanchored"),
        ({"unanchored": True}, "unanchored"),
    ],
)
def test_a_span_has_all_of_its_places_or_none(fields: dict[str, Any], path: str) -> None:
    assert refused(Span, id="sp-x", document="doc-x", **fields).path == path


@pytest.mark.parametrize(
    "fields", [{}, {"start": 1, "end": 4, "quote": "😀bc"}, {"quote": "lost", "unanchored": True}]
)
def test_a_span_may_be_a_stretch_a_whole_document_or_a_quote_that_lost_its_place(
    fields: dict[str, Any],
) -> None:
    Span.model_validate({"id": "sp-x", "document": "doc-x", **fields})


def test_a_reference_is_dated_in_edtf() -> None:
    assert refused(Reference, id="ref-x", title="X", published="28 November").path == "published"
    Reference.model_validate({"id": "ref-x", "title": "X", "published": "2024-11~", "accessed": "2026-11-22"})
