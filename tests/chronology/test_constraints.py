"""Bounds are what all facts of a case allow together: no world is cut off, none is let in for want of looking."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import pytest
from chronology.networks import DAYS, NAMES, holds, networks
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from explorer.chronology.bounds import Bounds
from explorer.chronology.constraints import Chronology, chronology_of
from explorer.chronology.facts import Timed, facts_of, survivors
from explorer.model.records import Case
from explorer.model.times import DAY, OPEN_FUTURE, OPEN_PAST, parse_edtf
from explorer.model.vocabulary import BASES

REFERENCE, INFERRED, STATED = (BASES.index(name) for name in ("reference", "inferred", "stated"))
SIDES = ("start_min", "start_max", "end_min", "end_max")
Network = tuple[list[Timed], list[dict[str, Any]]]


def event(name: str, edtf: str | None = None, relation: str = "", anchor: str = "", **more: Any) -> Timed:
    time = {
        "edtf": edtf,
        "anchor": anchor or None,
        "anchor_relation": relation or None,
        "evidence": ["sp-1"],
        **more,
    }
    return Timed(name, "time", time)


def document(name: str, edtf: str | None, **more: Any) -> Timed:
    return Timed(name, "published", {"edtf": edtf, "evidence": ["sp-1"], **more} if edtf else None)


def link(kind: str, source: str, target: str, number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": f"lnk-{number}",
        "source": source,
        "target": target,
        "type": kind,
        "evidence": ["sp-2"],
        **more,
    }


def lasting(name: str, time: str | None, unit: str, **number: Any) -> Timed:
    value = {"kind": "duration", "unit": unit, "evidence": ["sp-3"], **number}
    return Timed(
        name,
        "time",
        {"edtf": time, "evidence": ["sp-1"]} if time else None,
        True,
        (("quantities[0]", value),),
    )


def first(text: str) -> int:
    return parse_edtf(text).start_min


def last(text: str) -> int:
    return parse_edtf(text).end_max


def values(found: Chronology, name: str) -> list[int]:
    return [bound.value for bound in found.bounds(name).four]


UNLIMITED = [OPEN_PAST, OPEN_FUTURE, OPEN_PAST, OPEN_FUTURE]


@pytest.mark.parametrize(
    ("relation", "source", "target"),
    [
        # what the link says of A, where B is of 2015; then what it says of B, where A is
        ("before", (None, "max", None, "max"), ("min", None, "min", None)),
        ("contains", (None, "max", "min", None), ("min", "max", "min", "max")),
        ("part_of", ("min", "max", "min", "max"), (None, "max", "min", None)),
        ("overlaps", (None, "max", "min", None), (None, "max", "min", None)),
        ("simultaneous", ("min", "max", "min", "max"), ("min", "max", "min", "max")),
        ("causes", (None, "max", None, None), ("min", None, "min", None)),
        ("enables", (None, "max", None, None), ("min", None, "min", None)),
        ("in_response_to", ("min", None, "min", None), (None, "max", None, None)),
        ("possibly_same", (None,) * 4, (None,) * 4),
    ],
)
def test_a_link_bounds_both_its_ends(relation: str, source: Any, target: Any) -> None:
    limit = {"min": first("2015"), "max": last("2015")}
    for dated, other, expected in (("evt-b", "evt-a", source), ("evt-a", "evt-b", target)):
        found = chronology_of([event(dated, "2015"), event(other)], [link(relation, "evt-a", "evt-b")])
        wanted = [limit.get(each, open_) for each, open_ in zip(expected, UNLIMITED, strict=True)]
        assert values(found, other) == wanted


@pytest.mark.parametrize("modality", ["expected", "possible", "denied", "assessment"])
def test_a_link_that_is_not_asserted_bounds_nothing(modality: str) -> None:
    records = [event("evt-a"), event("evt-b", "2015")]
    found = chronology_of(records, [link("before", "evt-a", "evt-b", modality=modality)])
    assert found.bounds("evt-a").undated


def test_an_event_that_nobody_asserts_is_bounded_and_bounds_nothing() -> None:
    records = [event("evt-a"), event("evt-b", "2015")._replace(asserted=False), event("evt-c", "2016")]
    found = chronology_of(
        records,
        [
            link("before", "evt-a", "evt-b"),
            link("after", "evt-b", "evt-c", 2),
            link("before", "evt-c", "evt-b", 3),
        ][:1],
    )
    assert found.bounds("evt-a").undated
    found = chronology_of(
        [records[0]._replace(asserted=False), records[2]], [link("before", "evt-a", "evt-c")]
    )
    assert found.bounds("evt-a").end_max.value == last("2016")


def test_a_document_without_a_date_bounds_nothing_and_is_bounded() -> None:
    records = [
        event("evt-a", "2015", "before", "doc-d"),
        event("evt-b", None, "after", "doc-d"),
        document("doc-d", None),
    ]
    found = chronology_of(records)
    assert found.bounds("evt-b").undated
    start = found.bounds("doc-d").start_min
    assert (start.value, start.basis) == (first("2015"), INFERRED)


def test_a_date_of_a_document_reaches_through_it_to_events() -> None:
    records = [
        event("evt-a", "2015-05", "before", "doc-d"),
        event("evt-b", None, "after", "doc-d"),
        document("doc-d", "2015"),
    ]
    assert chronology_of(records).bounds("evt-b").start_min.value == first("2015-05")


def test_a_relation_is_bounded_by_what_it_is_anchored_to() -> None:
    tie = Timed("rel-x", "valid", {"anchor": "doc-d", "anchor_relation": "overlaps", "evidence": ["sp-1"]})
    found = chronology_of([tie, document("doc-d", "2015")])
    assert values(found, "rel-x") == [OPEN_PAST, last("2015"), first("2015"), OPEN_FUTURE]


def test_facts_about_a_merged_event_are_about_the_one_it_was_merged_into() -> None:
    records = [
        event("evt-a"),
        event("evt-old", "1999")._replace(merged_into="evt-new"),
        event("evt-new", "2015"),
    ]
    found = chronology_of(records, [link("before", "evt-a", "evt-old")])
    assert found.bounds("evt-a").end_max.value == last("2015")


def test_over_a_decade_is_at_least_ten_years_of_365_days() -> None:
    war = lasting("evt-war", "2011/", "year", qualifier="more_than", low=10)
    end = chronology_of([war]).bounds("evt-war").end_min
    assert end.value == first("2011") + 3650 * DAY - 1
    assert end.because == ("evt-war",)


def test_a_duration_carries_what_is_known_of_one_end_to_the_other() -> None:
    siege = lasting("evt-siege", "/2015", "months", qualifier="at_least", low=2)
    assert chronology_of([siege]).bounds("evt-siege").start_max.value == last("2015") - 56 * DAY + 1
    raid = lasting("evt-raid", "2015-03-01/", "days", qualifier="at_most", high=3)
    assert chronology_of([raid]).bounds("evt-raid").end_max.value == last("2015-03-01") + 3 * DAY


def test_days_counted_with_both_ends_are_no_contradiction() -> None:
    for qualifier in ("exactly", "at_least"):
        week = lasting("evt-x", "2016-01-01/2016-01-07", "days", qualifier=qualifier, low=7, best=7)
        assert chronology_of([week]).contradictions == ()


def test_minutes_are_kept() -> None:
    records = [
        event("evt-a", "2024-12-02T10:30:00Z"),
        lasting("evt-b", None, "minutes", qualifier="at_least", low=20),
    ]
    found = chronology_of(records, [link("before", "evt-a", "evt-b")])
    assert found.bounds("evt-b").end_min.value == first("2024-12-02T10:50:00Z") - 1


def test_what_follows_something_still_going_on_is_not_sent_to_the_end_of_time() -> None:
    found = chronology_of([event("evt-war", "2011/.."), event("evt-x", None, "after", "evt-war")])
    assert values(found, "evt-x") == [first("2011"), OPEN_FUTURE, first("2011"), OPEN_FUTURE]


def test_a_chain_names_its_facts_nearest_first_and_is_as_weak_as_its_weakest() -> None:
    records = [
        event("evt-a"),
        event("evt-b"),
        event("evt-c", "2015~", basis="reference", citations=["ref-1"]),
    ]
    links = [
        link("in_response_to", "evt-a", "evt-b", 1, basis="inferred"),
        link("part_of", "evt-b", "evt-c", 2),
    ]
    found = chronology_of(records, links)
    bound = found.bounds("evt-a").start_min
    assert [fact.key for fact in found.reasons("evt-a", "start_min")] == [
        ("lnk-1", "", "link"), ("lnk-2", "", "link"), ("evt-c", "time", "date"),
    ]  # fmt: skip
    assert bound.because == ("evt-a", "lnk-1", "evt-b", "lnk-2", "evt-c", "ref-1")
    assert (bound.basis, bound.approx) == (REFERENCE, True)
    assert found.reasons("evt-a", "end_max") == ()


def test_of_equal_limits_the_better_founded_then_the_nearer_is_kept() -> None:
    records = [
        event("evt-a"),
        event("evt-b", "2015", basis="reference"),
        event("evt-c"),
        event("evt-d", "2015"),
    ]
    links = [
        link("before", "evt-a", "evt-b", 1),
        link("before", "evt-a", "evt-c", 2),
        link("before", "evt-c", "evt-d", 3),
    ]
    assert chronology_of(records, links).bounds("evt-a").end_max.basis == STATED
    links.append(link("before", "evt-a", "evt-d", 4))
    assert [fact.record for fact in chronology_of(records, links).reasons("evt-a", "end_max")] == [
        "lnk-4",
        "evt-d",
    ]


def test_a_long_chain_is_followed_to_its_end() -> None:
    names = [f"evt-{n:05}" for n in range(5_000)]
    records = [event(name) for name in names[:-1]] + [event(names[-1], "2015")]
    links = [link("before", one, two, n) for n, (one, two) in enumerate(pairwise(names))]
    found = chronology_of(records, links)
    assert found.bounds(names[0]).end_max.value == last("2015")
    assert len(found.reasons(names[0], "end_max")) == 5_000


MOMENTS = [second for day in range(DAYS) for second in (day * DAY, (day + 1) * DAY - 1)]
SPELLS = [(start, end) for start, end in product(MOMENTS, MOMENTS) if start <= end]


def facts(network: Network) -> list[Any]:
    records = {record.record: record for record in network[0]}
    return list(facts_of(records.values(), network[1], survivors(records)))


@given(networks(lasting=False))
@settings(max_examples=40, deadline=None)
def test_no_consistent_world_is_cut_off(network: Network) -> None:
    every = facts(network)
    bounds = {name: chronology_of(*network).four(name) for name in (*NAMES, "doc-d")}
    for spells in product(SPELLS[::2], repeat=3):
        world: dict[str, Any] = dict(zip(NAMES, spells, strict=True)) | {"doc-d": SPELLS[0]}
        partial = [fact for fact in every if "doc-d" not in (fact.subject, fact.other)]
        if not all(holds(fact, world) for fact in partial):
            continue
        if not all(holds(fact, world) for fact in every):
            continue
        for name, (start, end) in world.items():
            low, high, end_low, end_high = bounds[name]
            assert low <= start <= high
            assert end_low <= end <= end_high


def shortest(network: Network) -> dict[str, list[float]] | None:  # noqa: C901 - one rule after another
    """Floyd and Warshall over the whole network, as plain as can be; None where it contradicts itself."""
    from explorer.chronology.facts import RELATIONS

    names = sorted(record.record for record in network[0])
    nodes = [None, *((name, side) for name in names for side in (0, 1))]
    distance = {(a, b): 0.0 if a == b else float("inf") for a in nodes for b in nodes}

    def most(a: Any, b: Any, weight: float) -> None:  # a - b <= weight
        distance[b, a] = min(distance[b, a], weight)

    for name in names:
        most((name, 0), (name, 1), 0)
    ongoing = []
    for fact in facts(network):
        at, other = fact.subject, fact.other
        if fact.kind == "date":
            read = parse_edtf(fact.edtf)
            sides = (
                (0, read.start_min, read.start_max), (1, read.end_min, read.end_max)
            ) if read.kind == "interval" else ((0, read.start_min, read.end_max), (1, read.start_min, read.end_max))  # fmt: skip
            for side, low, high in sides:
                if low not in (OPEN_PAST, OPEN_FUTURE):
                    most(None, (at, side), -low)
                if high not in (OPEN_PAST, OPEN_FUTURE):
                    most((at, side), None, high)
            ongoing += [at] if read.end_min == OPEN_FUTURE else []
        elif fact.kind == "duration":
            if fact.low is not None:
                most((at, 0), (at, 1), -fact.low)
            if fact.high is not None:
                most((at, 1), (at, 0), fact.high)
        else:
            ends = [(at, 0), (at, 1), (other, 0), (other, 1)]
            for low, high in RELATIONS[fact.relation]:
                most(ends[low], ends[high], 0)
    for k, a, b in product(nodes, repeat=3):
        distance[a, b] = min(distance[a, b], distance[a, k] + distance[k, b])
    if any(distance[node, node] < 0 for node in nodes):
        return None
    if any(distance[None, (name, 1)] < float("inf") for name in ongoing):
        return None
    return {
        name: [
            -distance[(name, 0), None],
            distance[None, (name, 0)],
            -distance[(name, 1), None],
            distance[None, (name, 1)],
        ]
        for name in names
    }


def test_the_oracle_and_the_network_agree_on_contradictions_and_bounds() -> None:
    seen = {True: 0, False: 0}

    @given(networks())
    @settings(max_examples=60, deadline=None)
    def agree(network: Network) -> None:
        wanted, found = shortest(network), chronology_of(*network)
        assert (wanted is None) == bool(found.contradictions)
        seen[wanted is None] += 1
        if wanted is None:
            return
        for name, four in wanted.items():
            for limit, value in zip(four, found.four(name), strict=True):
                if value not in (OPEN_PAST, OPEN_FUTURE):
                    assert value == limit
                else:
                    assert abs(limit) == float("inf") or value == OPEN_FUTURE  # still going on

    agree()
    assert min(seen.values()) > 3


@given(networks(silent=True), st.randoms())
@settings(max_examples=40, deadline=None)
def test_the_order_of_records_and_links_does_not_matter(network: Network, draw: Any) -> None:
    records, links = list(network[0]), list(network[1])
    draw.shuffle(records)
    draw.shuffle(links)
    one, two = chronology_of(*network), chronology_of(records, links)
    assert [one.bounds(record.record) for record in network[0]] == [
        two.bounds(record.record) for record in network[0]
    ]
    assert one.contradictions == two.contradictions


@given(networks(silent=True), st.data())
@settings(max_examples=40, deadline=None)
def test_a_fact_more_never_widens_a_bound(network: Network, data: Any) -> None:
    records, links = network
    assume(links and not chronology_of(*network).contradictions)
    gone = data.draw(st.sampled_from(range(len(links))))
    fewer = chronology_of(records, [each for n, each in enumerate(links) if n != gone])
    more = chronology_of(records, links)
    for record in records:
        one, two = fewer.bounds(record.record), more.bounds(record.record)
        assert two.start_min.value >= one.start_min.value
        assert two.start_max.value <= one.start_max.value or one.start_max.value == OPEN_PAST
        assert two.end_min.value >= one.end_min.value
        assert two.end_max.value <= one.end_max.value


@given(networks(silent=True), st.booleans())
@settings(max_examples=40, deadline=None)
def test_bounds_are_never_inverted_and_what_is_finite_has_a_chain_that_ends_in_a_date(
    network: Network, text_only: bool
) -> None:
    found = chronology_of(*network, text_only=text_only)
    for record in network[0]:
        bounds: Bounds = found.bounds(record.record)
        assert bounds.start_min.value <= bounds.start_max.value or bounds.start_max.value == OPEN_PAST
        assert bounds.end_min.value <= bounds.end_max.value
        assert not bounds.inverted
        for side in SIDES:
            bound, chain = getattr(bounds, side), found.reasons(record.record, side)
            assert bound.finite == bool(bound.basis) == bool(bound.because)
            if bound.finite:
                assert chain[-1].kind == "date"
                assert bound.basis <= min(fact.basis for fact in chain)
                assert bound.because[0] == record.record
                assert not (text_only and bound.basis == REFERENCE)


def test_the_sample_bounds_the_airstrikes_from_both_sides_and_says_why(sample_case: Case) -> None:
    data = sample_case.model_dump(mode="json", exclude_none=True)
    records = [Timed(each["id"], "published", each.get("published")) for each in data["documents"]]
    records += [
        Timed(each["id"], "time", each.get("time"), any(c["modality"] == "asserted" for c in each["claims"]))
        for each in data["events"]
    ]
    found = chronology_of(records, data["links"])
    strikes = found.bounds("evt-airstrikes")
    assert strikes.as_json() == {
        "earliest": "2024-11-27", "latest": "2024-12-02", "core": None, "approx": True, "precision": "days",
        "basis": "reference",
    }  # fmt: skip
    assert [fact.record for fact in found.reasons("evt-airstrikes", "start_min")] == [
        "lnk-airstrikes-response", "lnk-gains-in-offensive", "evt-rebel-offensive",
    ]  # fmt: skip
    assert [fact.record for fact in found.reasons("evt-airstrikes", "end_max")] == [
        "evt-airstrikes",
        "doc-seed",
    ]
    assert chronology_of(records, data["links"], text_only=True).bounds("evt-airstrikes").undated


@given(networks(silent=True), networks(silent=True), st.sets(st.sampled_from([*NAMES, "doc-d"])))
@settings(max_examples=60, deadline=None)
def test_what_follows_a_change_is_what_solving_anew_gives(
    one: Network, two: Network, taken: set[str]
) -> None:
    records = [
        after if after.record in taken else before for before, after in zip(one[0], two[0], strict=True)
    ]
    found, anew = chronology_of(*one).changed(records, two[1][:2]), chronology_of(records, two[1][:2])
    for step in (found, found.changed(records, two[1][:2])):
        assert step.contradictions == anew.contradictions
        for record in records:
            assert step.bounds(record.record) == anew.bounds(record.record)
            assert step.reasons(record.record, "end_max") == anew.reasons(record.record, "end_max")
