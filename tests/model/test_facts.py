"""Every value says what it rests on, and its parts agree with each other."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from explorer.model.facts import Claim, Participation, Quantity, TimeRef
from explorer.model.problems import Problem, problems_from

STATED = {"evidence": ["sp-x"]}


def refused(model: type[Any], **fields: Any) -> Problem:
    with pytest.raises(ValidationError) as error:
        model.model_validate(fields)
    return problems_from(error.value)[0]


@pytest.mark.parametrize("basis", ["stated", "inferred"])
def test_a_value_from_the_text_cites_its_words(basis: str) -> None:
    assert refused(Participation, actor="act-x", role="actor", basis=basis).path == "evidence"


def test_a_value_from_outside_cites_its_reference() -> None:
    assert refused(TimeRef, edtf="2015", basis="reference", **STATED).path == "citations"
    assert TimeRef.model_validate({"edtf": "2015", "basis": "reference", "citations": ["ref-x"]}).citations


def test_a_time_that_only_has_a_note_needs_no_evidence() -> None:
    assert TimeRef.model_validate({"note": "The text says nothing."}).width == "unknown"


@pytest.mark.parametrize("edtf", ["2024-13", "2023-02-29", "2012/2011", "2 Dec", ""])
def test_a_time_that_is_no_date_is_refused_with_what_was_expected(edtf: str) -> None:
    problem = refused(TimeRef, edtf=edtf, **STATED)
    assert problem.path == "edtf"
    assert problem.found
    assert problem.expected


def test_what_repeats_the_date_may_be_given_right() -> None:
    fields = {"edtf": "[2015..]", "earliest": "2015-01-01", "precision": "open", **STATED}
    time = TimeRef.model_validate(fields)
    assert time.model_dump(exclude_defaults=True, mode="json") == fields


@pytest.mark.parametrize(
    ("field", "value"),
    [("earliest", "2015-01-02"), ("latest", "2016-12-31"), ("precision", "day"), ("earliest", "2015")],
)
def test_what_repeats_the_date_is_refused_wrong(field: str, value: str) -> None:
    problem = refused(TimeRef, edtf="2015", **{field: value}, **STATED)
    assert problem.path == field
    assert value in problem.found


def test_what_would_repeat_no_date_is_refused() -> None:
    anchored = {"anchor": "doc-x", "anchor_relation": "before", **STATED}
    assert refused(TimeRef, earliest="2015-01-01", **anchored).path == "earliest"
    assert TimeRef.model_validate({"precision": "unknown", **anchored}).precision == "unknown"


def test_a_wrong_date_is_one_problem_and_not_four() -> None:
    with pytest.raises(ValidationError) as error:
        TimeRef.model_validate({"edtf": "2015-13", "earliest": "2015-01-01", "precision": "day", **STATED})
    assert [problem.path for problem in problems_from(error.value)] == ["edtf"]


def test_a_date_left_bare_stays_bare_and_still_tells_its_width() -> None:
    time = TimeRef.model_validate({"edtf": "2015", **STATED})
    assert (time.first_day, time.last_day, time.width) == ("2015-01-01", "2015-12-31", "year")
    assert time.earliest is None
    assert time.model_dump(exclude_defaults=True, mode="json") == {"edtf": "2015", **STATED}


@pytest.mark.parametrize("given", ["anchor", "anchor_relation"])
def test_an_anchor_and_its_relation_come_together(given: str) -> None:
    fields = {"anchor": "doc-x", "anchor_relation": "before"}
    missing = next(name for name in fields if name != given)
    assert refused(TimeRef, **{given: fields[given]}, **STATED).path == missing


@pytest.mark.parametrize(
    "numbers", [{"low": 3, "best": 2}, {"best": 3, "high": 2}, {"low": 3, "high": 2}, {"low": 2.5, "best": 2}]
)
def test_numbers_out_of_order_are_refused_unless_a_publisher_printed_them_so(
    numbers: dict[str, float],
) -> None:
    fields = {"kind": "fatalities", "qualifier": "range", **numbers, **STATED}
    assert refused(Quantity, **fields).path == next(iter(numbers))
    assert Quantity.model_validate({**fields, "as_published": True}).as_published


def test_at_least_25_has_a_low_and_nothing_else() -> None:
    assert refused(Quantity, kind="fatalities", qualifier="at_least", best=25, **STATED).path == "low"
    Quantity.model_validate({"kind": "fatalities", "qualifier": "at_least", "low": 25, **STATED})


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 10**30, -(10**30), 1e300, "25", True])
def test_a_number_is_finite_and_fits_a_column(number: Any) -> None:
    with pytest.raises(ValidationError) as error:
        Quantity.model_validate({"kind": "fatalities", "low": number, **STATED})
    assert [problem.path for problem in problems_from(error.value)] == ["low"]


def test_a_claim_cites_at_least_one_span_and_comes_from_a_text() -> None:
    assert refused(Claim, id="clm-x", evidence=[]).path == "evidence"
    assert refused(Claim, id="clm-x", evidence=["sp-x"], basis="reference").path == "basis"
