"""What no text, number or foreign data of a case may hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from explorer.model.base import DEPTH_LIMIT
from explorer.model.problems import Problem, problems_from
from explorer.model.records import Actor, CaseHeader, Event

HEADER = {
    "format_version": "1.0",
    "id": "case-x",
    "title": "A case",
    "created": "2026-01-01",
    "modified": "2026-01-01",
}


def refused(model: type[Any], **fields: Any) -> Problem:
    with pytest.raises(ValidationError) as error:
        model.model_validate(fields)
    return problems_from(error.value)[0]


@pytest.mark.parametrize(
    "moment", ["2026-11-22", "2026-11-22T10:30Z", "2026-11-22T10:30:00Z", "2026-11-22T10:30:00.123456+02:00"]
)
def test_a_case_says_when_it_was_made_in_iso_form(moment: str) -> None:
    assert CaseHeader.model_validate({**HEADER, "created": moment}).created == moment


@pytest.mark.parametrize(
    "moment", ["", "yesterday", "22/11/2026", "2026-02-29", "20261122", "2026-11-22T25:00:00Z"]
)
def test_any_other_moment_is_refused(moment: str) -> None:
    assert refused(CaseHeader, **{**HEADER, "created": moment}).path == "created"


@pytest.mark.parametrize(
    ("ext", "path"),
    [
        ({"a": {"b": [1.0, float("nan")]}}, "ext.a.b[1]"),
        ({"a": float("inf")}, "ext.a"),
        ({"a": 10**30}, "ext.a"),
        ({"a": ["\ud800"]}, "ext.a[0]"),
        ({"a": {"\udfff": 1}}, "ext.a"),
        ({"a": {1, 2}}, "ext.a"),
    ],
)
def test_foreign_data_that_json_cannot_hold_is_refused_with_its_place(ext: dict[str, Any], path: str) -> None:
    problem = refused(CaseHeader, **HEADER, ext=ext)
    assert problem.path == path
    str(problem).encode("utf-8")


def test_foreign_data_nested_past_all_reason_is_refused() -> None:
    nested: Any = 1
    for _ in range(DEPTH_LIMIT + 10):
        nested = [nested]
    assert "nesting" in refused(CaseHeader, **HEADER, ext={"a": nested}).found


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.floats(allow_nan=False, allow_infinity=False, max_value=1e15, min_value=-1e15) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    )
)  # fmt: skip
def test_other_foreign_data_is_kept_verbatim(value: Any) -> None:
    header = CaseHeader.model_validate({**HEADER, "ext": {"tool": value}})
    assert header.ext == {"tool": value}
    assert CaseHeader.model_validate_json(header.model_dump_json()) == header


@pytest.mark.parametrize("field", ["name", "note", "side"])
def test_a_lone_surrogate_is_refused_in_any_text(field: str) -> None:
    fields = {"id": "act-x", "name": "X", "kind": "state", field: "a\ud800b"}
    assert refused(Actor, **fields).path == field


@pytest.mark.parametrize("ids", [{"\ud800": "Q1"}, {"wikidata": "\ud800"}])
def test_a_lone_surrogate_is_refused_in_codes_and_keys(ids: dict[str, str]) -> None:
    problem = refused(Actor, id="act-x", name="X", kind="state", external_ids=ids)
    assert problem.path.startswith("external_ids")
    str(problem).encode("utf-8")


def test_an_unknown_field_is_refused_and_the_nearest_proposed() -> None:
    claims = [{"id": "clm-x", "evidence": ["sp-x"]}]
    problem = refused(Event, id="evt-x", title="X", claims=claims, participant=[])
    assert problem.path == "participant"
    assert "participants" in problem.mend
