"""Sources are counted by their origin, and contradictions are told from wording (design §3a)."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.casefile.disagreement import DIFFER, ONE, SEVERAL, origins, verdict

ABOVE = {"loc-town": "loc-north", "loc-north": "loc-land", "loc-south": "loc-land", "loc-land": None}


def event(*claims: dict[str, Any], **header: Any) -> dict[str, Any]:
    return {"claims": list(claims), **header}


def killed(**numbers: Any) -> list[dict[str, Any]]:
    return [{"kind": "fatalities", **numbers}]


def at(*places: str) -> list[dict[str, str]]:
    return [{"location": place} for place in places]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (event({}), ONE),
        (event({}, {}), ONE),
        (event({}, {"modality": "denied"}), DIFFER),
        (event({"modality": "expected"}, {"modality": "denied"}), ONE),
        (event({"modality": "denied"}), ONE),
        (event({"quantities": killed(low=25)}, {"quantities": killed(low=31)}), DIFFER),
        (event({"quantities": killed(low=25)}, {"quantities": killed(low=25)}), ONE),
        (
            event(
                {},
                {"quantities": [{"kind": "casualties", "qualifier": "unspecified"}]},
                quantities=killed(low=25),
            ),
            ONE,
        ),
        (event({}, {"quantities": killed(qualifier="unspecified")}, quantities=killed(low=25)), ONE),
        (event({}, {"quantities": [{"kind": "injured", "low": 3}]}, quantities=killed(low=25)), ONE),
        (
            event({}, {"quantities": killed(low=31, best=31, high=31)}, quantities=killed(low=25, high=31)),
            DIFFER,
        ),
        (event({}, {"quantities": killed(low=25)}, quantities=killed(low=25)), ONE),
        (
            event(
                {"quantities": [{"kind": "fatalities", "low": 3, "of": "act-a"}]},
                {"quantities": killed(low=4)},
            ),
            ONE,
        ),
        (event({"time": {"edtf": "2016-03"}}, {"time": {"edtf": "2016-03-04"}}), ONE),
        (event({"time": {"edtf": "2016-03-03"}}, {"time": {"edtf": "2016-03-04"}}), DIFFER),
        (event({}, {"time": {"edtf": "2017"}}, time={"edtf": "2016"}), DIFFER),
        (event({}, {"time": {"anchor": "doc-a", "anchor_relation": "before"}}, time={"edtf": "2016"}), ONE),
        (event({"places": at("loc-town")}, {"places": at("loc-land")}), ONE),
        (event({"places": at("loc-town")}, {"places": at("loc-south")}), DIFFER),
        (event({}, {"places": at("loc-south")}, places=at("loc-north", "loc-south")), ONE),
        (event({"places": [{"location": "loc-town", "role": "from"}]}, {"places": at("loc-south")}), ONE),
        (event({}, {"modality": "denied", "about": "number", "quantities": killed(low=1)}), DIFFER),
    ],
)
def test_sources_differ_when_they_contradict_each_other(case: dict[str, Any], expected: int) -> None:
    assert verdict(case, 1, ABOVE) == expected


def test_several_sources_that_agree_are_several() -> None:
    assert verdict(event({}, {}), 2, ABOVE) == SEVERAL


def test_copies_of_one_original_and_rows_of_one_dataset_are_one_source() -> None:
    documents = [
        {"id": "doc-a", "url": "https://a.example/1"},
        {"id": "doc-b", "derived_from": "https://a.example/1"},
        {"id": "doc-c", "derived_from": "doc-b"},
        {"id": "doc-d", "derived_from": "an agency"},
        {"id": "doc-e", "derived_from": "an agency"},
        {"id": "doc-f", "kind": "dataset_row", "dataset": "dst-x"},
        {"id": "doc-g", "kind": "dataset_row", "dataset": "dst-x"},
        {"id": "doc-h"},
        {"id": "doc-i", "dataset": "dst-x", "url": "https://b.example/1"},
    ]
    found = origins(documents)
    assert [found.index(origin) for origin in found] == [0, 0, 0, 3, 3, 5, 5, 7, 8]


def test_documents_derived_from_each_other_in_a_circle_end_somewhere() -> None:
    documents = [{"id": "doc-a", "derived_from": "doc-b"}, {"id": "doc-b", "derived_from": "doc-a"}]
    assert len(origins(documents)) == 2
