"""What cannot all hold is named, and no more than that; the rest of the case keeps its bounds."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from chronology.networks import networks
from chronology.test_constraints import document, event, facts, first, last, lasting, link
from hypothesis import given, settings

from explorer.chronology.constraints import chronology_of
from explorer.chronology.contradictions import consistent
from explorer.chronology.facts import Timed


def named(found: Any) -> list[set[tuple[str, str]]]:
    return [{(fact.record, fact.path) for fact in each.facts} for each in found.contradictions]


def test_a_date_after_the_report_that_it_is_before_names_all_that_clash() -> None:
    records = [document("doc-d", "2014"), event("evt-a", "2015", "before", "doc-d"), event("evt-b", "2013")]
    found = chronology_of(records)
    (contradiction,) = found.contradictions
    assert {fact.key for fact in contradiction.facts} == {
        ("doc-d", "published", "date"), ("evt-a", "time", "date"), ("evt-a", "time", "anchor"),
    }  # fmt: skip
    assert contradiction.set_aside.key == ("evt-a", "time", "anchor")
    assert found.bounds("evt-a").start_min.value == first("2015")
    assert found.bounds("evt-b").end_max.value == last("2013")


def test_the_weakest_fact_is_set_aside() -> None:
    records = [
        document("doc-d", "2014", basis="reference", citations=["ref-1"]),
        event("evt-a", "2015", "before", "doc-d"),
        event("evt-b", None, "before", "doc-d"),
    ]
    found = chronology_of(records)
    assert [fact.record for fact in found.set_aside] == ["doc-d"]
    assert found.bounds("evt-a").end_max.value == last("2015")
    assert found.bounds("evt-b").undated  # what hung on the date hangs on nothing now


def test_contradictions_that_have_nothing_to_do_with_each_other_are_each_reported() -> None:
    records = [
        event(f"evt-{name}", year)
        for name, year in (("a", "2015"), ("b", "2010"), ("c", "2020"), ("d", "2001"))
    ]
    links = [link("before", "evt-a", "evt-b", 1), link("before", "evt-c", "evt-d", 2)]
    assert named(chronology_of(records, links)) == [
        {("evt-a", "time"), ("evt-b", "time"), ("lnk-1", "")},
        {("evt-c", "time"), ("evt-d", "time"), ("lnk-2", "")},
    ]


def test_durations_can_contradict_without_any_date() -> None:
    records = [
        lasting("evt-a", None, "years", qualifier="at_most", high=5),
        lasting("evt-b", None, "years", qualifier="at_least", low=10),
    ]
    found = chronology_of(records, [link("part_of", "evt-b", "evt-a")])
    assert named(found) == [{("evt-a", "quantities[0]"), ("evt-b", "quantities[0]"), ("lnk-1", "")}]
    assert found.set_aside[0].record == "lnk-1"


def test_what_still_goes_on_cannot_be_over() -> None:
    found = chronology_of(
        [event("evt-war", "2011/.."), event("evt-peace", "2015")], [link("before", "evt-war", "evt-peace")]
    )
    assert named(found) == [{("evt-war", "time"), ("evt-peace", "time"), ("lnk-1", "")}]


def test_a_circle_of_befores_alone_is_no_contradiction() -> None:
    records = [event("evt-a"), event("evt-b")]
    assert (
        chronology_of(
            records, [link("before", "evt-a", "evt-b", 1), link("before", "evt-b", "evt-a", 2)]
        ).contradictions
        == ()
    )


def test_a_clash_about_what_nobody_asserts_costs_the_rest_nothing() -> None:
    records = [
        document("doc-d", "2024", basis="reference", citations=["ref-1"]),
        event("evt-expected", "2015", "after", "doc-d")._replace(asserted=False),
        event("evt-b", None, "before", "doc-d"),
    ]
    found = chronology_of(records)
    assert len(found.contradictions) == 1
    assert found.set_aside[0].record == "evt-expected"
    assert found.bounds("evt-b").end_max.value == last("2024")


def test_a_long_chain_that_ends_before_it_begins_is_named_whole() -> None:
    names = [f"evt-{n:04}" for n in range(1_500)]
    records = [event(names[0], "2015"), *(event(name) for name in names[1:-1]), event(names[-1], "2010")]
    links = [link("before", one, two, n) for n, (one, two) in enumerate(pairwise(names))]
    (contradiction,) = chronology_of(records, links).contradictions
    assert len(contradiction.facts) == len(links) + 2


@given(networks(silent=True))
@settings(max_examples=60, deadline=None)
def test_any_fact_taken_away_the_rest_can_hold(network: tuple[list[Timed], list[dict[str, Any]]]) -> None:
    records = {record.record: record for record in network[0]}
    for contradiction in chronology_of(*network).contradictions:
        least = list(contradiction.facts)
        assert not consistent(records, least)
        assert contradiction.set_aside in least
        for fact in least:
            assert consistent(records, [each for each in least if each != fact])


@given(networks(silent=True))
@settings(max_examples=60, deadline=None)
def test_what_is_left_is_consistent(network: tuple[list[Timed], list[dict[str, Any]]]) -> None:
    records = {record.record: record for record in network[0]}
    aside = set(chronology_of(*network).set_aside)
    assert consistent(records, [fact for fact in facts(network) if fact not in aside])
