"""Names as people type them: ids, names and aliases, whatever their case; the nearest for what is unknown."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from builders import random_case
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.query import names
from explorer.query.names import UnknownName, find_actor, find_document, find_place, find_type, find_value


def test_an_actor_is_found_by_id_name_and_alias(sample_table: Any) -> None:
    for typed in ("act-hts", "ACT-HTS", "Hayat Tahrir al-Sham", "hayat  tahrir AL-sham", "HTS", " hts "):
        assert find_actor(sample_table, typed) == ["act-hts"]


def test_every_actor_and_place_is_found_by_all_it_is_called(
    sample_table: Any, sample_json: dict[str, Any]
) -> None:
    for actor in sample_json["actors"]:
        for name in (actor["id"], actor["name"], *actor.get("aliases", ())):
            assert actor["id"] in find_actor(sample_table, name)
    for place in sample_json["locations"]:
        for name in (place["id"], place["name"], *place.get("aliases", ())):
            assert place["id"] in find_place(sample_table, name.upper())


def test_a_name_that_several_bear_means_all_of_them(case_file_of: Any) -> None:
    case = random_case(4, actors=4, locations=4)
    case["actors"][0]["name"] = case["actors"][2]["name"] = "The Front"
    case["actors"][3]["aliases"] = ["the front"]
    for place in case["locations"][1:3]:
        place["name"] = "Green"
    table = case_file_of(case).table()
    assert find_actor(table, "THE FRONT") == ["act-0", "act-2", "act-3"]
    assert find_place(table, "green") == ["loc-1", "loc-2"]


def test_a_path_tells_namesakes_apart_and_may_leave_steps_out(case_file_of: Any) -> None:
    case = random_case(4, locations=6)
    parents = [None, "loc-0", "loc-0", "loc-1", "loc-2", None]
    called = ["Land", "North", "South", "Mill", "Mill", "A/B"]
    for place, parent, name in zip(case["locations"], parents, called, strict=True):
        place["name"] = name
        place.pop("part_of", None)
        place.update({"part_of": parent} if parent else {})
    table = case_file_of(case).table()
    assert find_place(table, "Mill") == ["loc-3", "loc-4"]
    assert find_place(table, "North/Mill") == ["loc-3"]
    assert find_place(table, "land / mill") == ["loc-3", "loc-4"]
    assert find_place(table, "Land > South > Mill") == ["loc-4"]
    assert find_place(table, "A/B") == ["loc-5"]
    with pytest.raises(UnknownName) as refused:
        find_place(table, "Elsewhere/Mill")
    assert refused.value.nearest == ("Land/North/Mill", "Land/South/Mill")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("Rusia", ("Russia",)),
        ("Hezbolah", ("Hezbollah",)),
        ("Iraan", ("Iran",)),
        ("Syrian goverment", ("Syrian government",)),
    ],
)
def test_the_nearest_name_is_proposed(sample_table: Any, typed: str, nearest: tuple[str, ...]) -> None:
    with pytest.raises(UnknownName) as refused:
        find_actor(sample_table, typed)
    assert refused.value.nearest == nearest
    assert str(refused.value) == f"No actor is called “{typed}”. Did you mean {nearest[0]}?"


def test_nothing_is_proposed_where_nothing_is_near(sample_table: Any) -> None:
    with pytest.raises(UnknownName) as refused:
        find_actor(sample_table, "qqqqqq")
    assert str(refused.value) == "No actor is called “qqqqqq”."


def test_documents_types_and_codes_have_names_too(sample_table: Any) -> None:
    assert find_document(sample_table, "doc-seed") == ["doc-seed"]
    assert find_document(sample_table, sample_table.documents.titles[0]) == ["doc-seed"]
    assert find_type(sample_table, "assault") == ["ASSAULT"]
    assert find_type(sample_table, "ASSAULT/aerial") == ["ASSAULT/aerial"]
    assert find_type(sample_table, "taking territory") == ["COERCE/seize"]
    assert find_type(sample_table, "(not stated)") == ["(not stated)"]
    assert find_value("EXPECTED", ("happened", "expected")) == ["expected"]
    with pytest.raises(UnknownName):
        find_type(sample_table, "WAR")


@given(typed=st.text(max_size=40))
@settings(max_examples=60)
def test_whatever_is_typed_is_found_or_refused_in_one_line(sample_table: Any, typed: str) -> None:
    for find in (find_actor, find_place, find_type, find_document):
        with contextlib.suppress(UnknownName):
            assert find(sample_table, typed)
    assert str(UnknownName("actor", typed, [])).count("\n") <= typed.count("\n")


def test_names_are_listed_as_people_say_them() -> None:
    assert names.either([]) == ""
    assert names.either(["a"]) == "a"
    assert names.either(["a", "b"]) == "a or b"
    assert names.either(["a", "b", "c"]) == "a, b or c"
