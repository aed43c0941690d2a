"""Problems say where, what was found and what was expected, in words and without Python."""

from __future__ import annotations

import copy
from typing import Any, get_args

import pytest
from pydantic import ValidationError
from pydantic_core.core_schema import ErrorType

from explorer.model.problems import (
    Problem,
    expected_words,
    join_path,
    path_of,
    printable,
    problems_from,
    shortened,
)
from explorer.model.records import Case


def put(case: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    case = copy.deepcopy(case)
    inner: Any = case
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return case


def problems(case: dict[str, Any]) -> list[Problem]:
    with pytest.raises(ValidationError) as error:
        Case.model_validate(case)
    return problems_from(error.value)


CHANGES = {
    "events[1].time.edtf": (("events", 1, "time", "edtf"), "2024-13"),
    "events[4].quantities[0].low": (("events", 4, "quantities", 0, "low"), float("nan")),
    "events[4].title": (("events", 4, "title"), "\ud800"),
    "events[4].participant": (("events", 4, "participant"), []),
    "events[4].id": (("events", 4, "id"), "Airstrikes"),
    "events[4].time.anchor": (("events", 4, "time", "anchor"), "act-x"),
    "events[4].type": (("events", 4, "type"), "KILL"),
    "events[4].aggregate": (("events", 4, "aggregate"), "yes"),
    "events[3]": (("events", 3), "x"),
    "events": (("events",), {}),
    "actors[0].country": (("actors", 0, "country"), "Syria"),
    "spans[1].start": (("spans", 1, "start"), 1.5),
    "format": (("format",), "timeline"),
    "format_version": (("format_version",), "one"),
    "locations[1].lat": (("locations", 1, "lat"), 95),
}


@pytest.mark.parametrize(("path", "change"), CHANGES.items(), ids=CHANGES)
def test_a_refusal_names_its_place_once_in_plain_words(
    sample_json: dict[str, Any], path: str, change: Any
) -> None:
    found = problems(put(sample_json, *change))
    assert [problem.path for problem in found] == [path]
    line = str(found[0])
    line.encode("utf-8")
    assert "\n" not in line
    assert len(found[0].found) <= 120
    for jargon in ("Input", "should", "valid_", "type=", "pydantic", "regex", "^["):
        assert jargon not in line


@pytest.mark.parametrize("kind", get_args(ErrorType))
def test_no_kind_of_error_speaks_in_the_words_of_the_library(kind: str) -> None:
    context = {
        "ge": 0,
        "gt": 0,
        "le": 9,
        "lt": 9,
        "min_length": 1,
        "max_length": 9,
        "expected": "'a' or 'b'",
        "pattern": "^x$",
    }
    words = expected_words(kind, context)
    assert words
    for jargon in ("Input", "should", "valid", "Extra", "permitted", "_", "'"):
        assert jargon not in words


def test_a_wrong_choice_proposes_the_nearest(sample_json: dict[str, Any]) -> None:
    found = problems(put(sample_json, ("events", 4, "status"), "cheked"))
    assert str(found[0]).endswith("one of unreviewed, checked, disputed – did you mean checked?")


def test_a_problem_may_be_a_sentence_of_its_own() -> None:
    assert str(Problem("", "The disk is full.", "")) == "The disk is full."
    assert str(Problem("events[1]", "It is odd.", "")) == "events[1]: It is odd."


def test_a_missing_field_is_named(sample_json: dict[str, Any]) -> None:
    del sample_json["events"][2]["title"]
    assert str(problems(sample_json)[0]) == "events[2].title: found nothing; expected a value for title"


def test_all_problems_come_at_once(sample_json: dict[str, Any]) -> None:
    case = sample_json
    for path, value in CHANGES.values():
        if path[0] in ("actors", "spans", "locations") or path == ("events", 1, "time", "edtf"):
            case = put(case, path, value)
    paths = {"events[1].time.edtf", "actors[0].country", "spans[1].start", "locations[1].lat"}
    assert {problem.path for problem in problems(case)} == paths


def test_paths_go_below_a_prefix() -> None:
    assert join_path("events[12]", "time.edtf") == "events[12].time.edtf"
    assert join_path("spans", "[3]") == "spans[3]"
    assert Problem("", "x", "y").under("events[1]").path == "events[1]"
    assert path_of(("events", 12, "quantities", 0, "low", "float")) == "events[12].quantities[0].low"
    assert path_of(("events", 1, "codes", "int")) == "events[1].codes.int"


def test_what_was_found_is_shortened_and_made_visible() -> None:
    assert len(shortened("x" * 10**6)) < 90
    assert shortened("a\u202eb\ud800\x00") == '"a\\u202eb\\ud800\\u0000"'
    assert shortened({"a": 1}) == "an object with a"
    assert shortened([1, 2]) == "a list of 2"
    assert shortened(None) == "null"
    assert printable("حلب 😀") == "حلب 😀"


def test_a_problem_is_one_line_with_its_mend() -> None:
    assert str(Problem("a", "b", "c", "d")) == "a: found b; expected c – d"
    assert str(Problem("", "b\nb", "c")) == "the case: found b b; expected c"
