"""When things were: from their dates, from what they are anchored to, and with nothing from outside the texts."""

from __future__ import annotations

from typing import Any

import pytest
from builders import random_case
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.chronology.anchors import Bounds, resolve
from explorer.chronology.bounds import REASONS
from explorer.model.facts import TimeRef
from explorer.model.records import Case
from explorer.model.times import OPEN_FUTURE, OPEN_PAST, parse_edtf
from explorer.model.vocabulary import BASES

REFERENCE, INFERRED, STATED = (BASES.index(name) for name in ("reference", "inferred", "stated"))


def time(
    edtf: str | None = None, relation: str | None = None, anchor: str | None = None, **more: Any
) -> TimeRef:
    founded = {"citations": ["ref-1"]} if more.get("basis") == "reference" else {"evidence": ["sp-1"]}
    return TimeRef(edtf=edtf, anchor=anchor, anchor_relation=relation, **{**founded, **more})


def values(bounds: Bounds) -> tuple[int, int, int, int]:
    return tuple(bound.value for bound in bounds.four)


def first(text: str) -> int:
    return parse_edtf(text).start_min


def last(text: str) -> int:
    return parse_edtf(text).end_max


def of_case(case: Case, **options: Any) -> dict[str, Bounds]:
    documents = {document.id: document.published for document in case.documents}
    return resolve(documents, {event.id: event.time for event in case.events}, **options)


def test_a_year_is_a_year_wide_and_never_the_first_of_january() -> None:
    found = resolve({}, {"evt-x": time("2015")})["evt-x"]
    assert values(found) == (first("2015"), last("2015"), first("2015"), last("2015"))
    assert found.as_json() == {
        "earliest": "2015-01-01",
        "latest": "2015-12-31",
        "core": None,
        "approx": False,
        "precision": "year",
        "basis": "stated",
    }


def test_a_week_of_fighting_fills_the_days_between_its_ends() -> None:
    found = resolve({}, {"evt-x": time("2016-01-01/2016-01-07")})["evt-x"]
    assert found.as_json()["core"] == ["2016-01-01", "2016-01-07"]


def test_what_goes_on_has_a_core_without_end() -> None:
    assert resolve({}, {"evt-x": time("2011/..")})["evt-x"].as_json()["core"] == ["2011-12-31", None]
    assert resolve({}, {"evt-x": time("2011/")})["evt-x"].as_json()["core"] is None


def test_an_open_bound_rests_on_nothing() -> None:
    found = resolve({}, {"evt-x": time("2011~/", basis="reference")})["evt-x"]
    assert (found.start_min.basis, found.end_max.basis) == (REFERENCE, 0)
    assert (found.start_min.approx, found.end_max.approx) == (True, False)
    assert found.end_max.because == ()


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("before", (OPEN_PAST, "max", OPEN_PAST, "max")),
        ("after", ("min", OPEN_FUTURE, "min", OPEN_FUTURE)),
        ("overlaps", (OPEN_PAST, "max", "min", OPEN_FUTURE)),
        ("at", ("min", "max", "min", "max")),
    ],
)
def test_an_anchor_to_a_dated_document_bounds_its_event(relation: str, expected: tuple[Any, ...]) -> None:
    ends = {"min": first("2024-12-02"), "max": last("2024-12-02")}
    found = resolve({"doc-y": time("2024-12-02")}, {"evt-x": time(None, relation, "doc-y")})["evt-x"]
    assert values(found) == tuple(ends.get(each, each) for each in expected)


def test_before_an_interval_is_before_its_start_and_after_it_after_its_end() -> None:
    events = {
        "evt-war": time("2011/2020"),
        "evt-a": time(None, "before", "evt-war"),
        "evt-b": time(None, "after", "evt-war"),
        "evt-c": time(None, "overlaps", "evt-war"),
    }
    found = resolve({}, events)
    assert found["evt-a"].end_max.value == last("2011")
    assert found["evt-b"].start_min.value == first("2020")
    assert (found["evt-c"].start_max.value, found["evt-c"].end_min.value) == (last("2020"), first("2011"))


def test_a_chain_of_anchors_names_all_it_rests_on_and_is_as_weak_as_its_weakest_link() -> None:
    documents = {"doc-y": time("2024-12-02~", basis="reference", citations=["ref-2"])}
    events = {
        "evt-a": time(None, "before", "evt-b", basis="inferred"),
        "evt-b": time(None, "before", "doc-y"),
    }
    bound = resolve(documents, events)["evt-a"].end_max
    assert bound.because == ("evt-a", "evt-b", "doc-y", "ref-2")
    assert (bound.basis, bound.approx) == (REFERENCE, True)


def test_the_tighter_of_date_and_anchor_counts_and_keeps_its_own_basis() -> None:
    documents = {"doc-y": time("2016-03-04", basis="reference")}
    found = resolve(documents, {"evt-x": time("2016", "before", "doc-y")})["evt-x"]
    assert (found.start_min.value, found.end_max.value) == (first("2016"), last("2016-03-04"))
    assert (found.start_min.basis, found.end_max.basis) == (STATED, REFERENCE)
    assert found.weakest == REFERENCE


def test_of_two_equal_limits_the_better_founded_is_kept() -> None:
    documents = {"doc-y": time("2016", basis="reference")}
    found = resolve(documents, {"evt-x": time("2016", "at", "doc-y")})["evt-x"]
    assert found.weakest == STATED


def test_without_reference_values_a_document_bounds_nothing() -> None:
    documents = {"doc-y": time("2024-12-02", basis="reference")}
    events = {
        "evt-a": time(None, "before", "doc-y"),
        "evt-b": time("2015", "before", "doc-y"),
        "evt-c": time("2014", "before", "doc-y", basis="reference"),
    }
    found = resolve(documents, events, text_only=True)
    assert found["doc-y"].as_json()["latest"] is None
    assert found["evt-a"].undated
    assert found["evt-b"].as_json()["latest"] == "2015-12-31"
    assert found["evt-c"].undated


def test_an_event_that_nobody_asserts_is_bounded_and_bounds_nothing() -> None:
    events = {
        "evt-a": time("2015"),
        "evt-b": time(None, "before", "evt-a"),
        "evt-c": time(None, "after", "evt-d"),
    }
    events["evt-d"] = time("2016")
    found = resolve({}, events, asserted={"evt-b", "evt-c", "evt-d"})
    assert found["evt-a"].as_json()["earliest"] == "2015-01-01"
    assert found["evt-b"].undated
    assert not found["evt-c"].undated


def test_a_circle_of_anchors_gives_no_bound_and_ends() -> None:
    events = {f"evt-{n}": time(None, "before", f"evt-{(n + 1) % 5}") for n in range(5)}
    assert all(bounds.undated for bounds in resolve({}, events).values())


def test_a_date_on_a_circle_reaches_the_others_whatever_their_order() -> None:
    events = {
        "evt-a": time("2015", "before", "evt-b"),
        "evt-b": time(None, "after", "evt-a"),
        "evt-c": time(None, "after", "evt-b"),
    }
    found = resolve({}, events)
    assert found["evt-b"].start_min.value == found["evt-c"].start_min.value == first("2015")
    assert found == resolve({}, dict(reversed(events.items())))


def test_an_event_anchored_to_itself_or_to_nothing_known_is_undated() -> None:
    events = {"evt-a": time(None, "before", "evt-a"), "evt-b": time(None, "after", "doc-gone")}
    assert all(bounds.undated for bounds in resolve({}, events).values())


def test_where_an_anchor_contradicts_a_date_the_date_stands() -> None:
    documents = {"doc-y": time("2014")}
    events = {"evt-a": time("2015", "before", "doc-y"), "evt-b": time(None, "before", "evt-a")}
    found = resolve(documents, events)
    assert found["evt-a"].as_json()["earliest"] == "2015-01-01"
    assert found["evt-b"].end_max.value == last("2015")


def test_a_contradiction_on_a_circle_ends_too() -> None:
    events = {"evt-a": time("2015", "before", "evt-b"), "evt-b": time("2014", "before", "evt-a")}
    found = resolve({}, events)
    assert found["evt-a"].start_min.value == first("2015")
    assert found["evt-b"].end_max.value == last("2014")


def test_a_chain_of_ten_thousand_anchors_is_followed_to_its_end() -> None:
    events = {f"evt-{n}": time(None, "before", f"evt-{n + 1}") for n in range(10_000)}
    found = resolve({}, events | {"evt-10000": time("2015")})
    end = found["evt-0"].end_max
    assert end.value == last("2015")
    assert (end.because[0], end.because[-1], len(end.because)) == ("evt-0", "evt-10000", REASONS)


def test_the_sample_dates_what_it_can_and_says_from_where(sample_case: Case) -> None:
    found = of_case(sample_case)
    for name in ("evt-airstrikes", "evt-militia-entry"):
        end = found[name].end_max
        assert end.value == parse_edtf("2024-12-02T23:59:59").end_max
        assert (end.approx, end.basis) == (True, REFERENCE)
        assert end.because == (name, "doc-seed", "ref-2")
    assert found["evt-territory-reclaimed"].as_json()["earliest"] == "2015-01-01"
    assert found["evt-civil-war"].as_json()["earliest"] == "2011-01-01"
    assert found["evt-capability-limits"].undated


def test_the_text_of_the_sample_dates_one_record_and_bounds_one_more(sample_case: Case) -> None:
    found = of_case(sample_case, text_only=True)
    dated = {record_id for record_id, bounds in found.items() if not bounds.undated}
    assert dated == {"evt-russia-2015", "evt-territory-reclaimed"}


cases = st.integers(0, 10_000).map(lambda seed: Case.model_validate(random_case(seed, events=20)))


@given(cases, st.booleans())
@settings(max_examples=20)
def test_bounds_are_never_inverted_and_what_is_finite_is_founded(case: Case, text_only: bool) -> None:
    for record_id, bounds in of_case(case, text_only=text_only).items():
        assert not bounds.inverted
        for bound in bounds.four:
            assert bound.finite == bool(bound.basis) == bool(bound.because)
            assert not bound.finite or bound.because[0] == record_id
            assert not (text_only and bound.finite and bound.basis == REFERENCE)


@given(cases)
@settings(max_examples=20)
def test_leaving_reference_values_out_never_narrows_what_nothing_contradicts(case: Case) -> None:
    documents = {document.id: document.published for document in case.documents}
    events = {event.id: event.time for event in case.events if event.time and event.time.edtf is None}
    everything, stated = resolve(documents, events), resolve(documents, events, text_only=True)
    for record_id, bounds in stated.items():
        other = everything[record_id]
        assert bounds.start_min.value <= other.start_min.value
        assert bounds.end_max.value >= other.end_max.value


@given(cases, st.randoms())
@settings(max_examples=20)
def test_the_order_of_the_records_does_not_matter(case: Case, draw: Any) -> None:
    documents = {document.id: document.published for document in case.documents}
    events = {event.id: event.time for event in case.events}
    shuffled = list(events.items())
    draw.shuffle(shuffled)
    assert resolve(documents, dict(shuffled)) == resolve(documents, events)
