"""Sums that stay ranges, and what is not in them (design §3a)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from builders import random_case
from hypothesis import given
from hypothesis import strategies as st
from plain_query import rich_case

from explorer.query.filters import Filter
from explorer.query.masks import evaluate
from explorer.query.totals import NO_RANGE, SUMMED, Range, Sum, Totals, number_words, range_words, sum_words

OPEN_UP, OPEN_DOWN = ("at_least", "more_than"), ("at_most", "fewer_than")


def case_of(*numbers: list[dict[str, Any]], links: tuple[tuple[str, str, str], ...] = ()) -> dict[str, Any]:
    """Return a case of one event for each list of quantities, all asserted."""
    case = random_case(5, events=len(numbers), links=0, relations=0)
    case["actors"][0]["kind"] = "civilians"
    for event, quantities in zip(case["events"], numbers, strict=True):
        evidence = [event["claims"][0]["evidence"][0]]
        event["quantities"] = [{"kind": "fatalities", "evidence": evidence, **q} for q in quantities]
        for claim in event["claims"]:
            claim.pop("modality", None)
    for number, (source, kind, target) in enumerate(links):
        evidence = [case["events"][0]["claims"][0]["evidence"][0]]
        link = {"id": f"lnk-{number}", "source": source, "target": target, "type": kind, "evidence": evidence}
        case["links"].append(link)
    return case


def killed(table: Any, mask: np.ndarray | None = None) -> Sum:
    return Totals(table, np.ones(len(table), np.bool_) if mask is None else mask).of("fatalities")


@pytest.fixture
def sum_of(case_file_of):
    def total(*numbers: list[dict[str, Any]], links: tuple[tuple[str, str, str], ...] = ()) -> Sum:
        return killed(case_file_of(case_of(*numbers, links=links)).table())

    return total


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        ({"qualifier": "exactly", "low": 12, "best": 12, "high": 12}, "12"),
        ({"qualifier": "exactly", "best": 12}, "12"),
        ({"qualifier": "at_least", "low": 25}, "≥ 25"),
        ({"qualifier": "more_than", "low": 25}, "> 25"),
        ({"qualifier": "at_least", "low": 25, "best": 25, "high": 25}, "≥ 25"),
        ({"qualifier": "at_most", "high": 40}, "≤ 40"),
        ({"qualifier": "fewer_than", "high": 40}, "< 40"),
        ({"qualifier": "about", "best": 5}, "about 5"),
        ({"qualifier": "about", "low": 5}, "about 5"),
        ({"qualifier": "range", "low": 10, "best": 12, "high": 14}, "10–14 (best 12)"),
        ({"qualifier": "range", "low": 10, "high": 14}, "10–14"),
        ({"qualifier": "range", "low": 10, "best": 12}, "≥ 10 (best 12)"),
        ({"qualifier": "unspecified"}, "not stated"),
        ({"qualifier": "exactly", "low": 1250, "best": 1250, "high": 1250}, "1,250"),
        ({"qualifier": "range", "low": 9, "best": 4, "high": 6, "as_published": True}, "9–6 (best 4)"),
    ],
)
def test_a_single_number_reads_as_it_was_given(sum_of, quantity, words):
    assert range_words(sum_of([quantity]).range) == words


def test_a_sum_with_an_open_part_is_open(sum_of):
    total = sum_of([{"qualifier": "at_least", "low": 25}], [{"low": 3, "best": 3, "high": 3}])
    assert range_words(total.range) == "≥ 28"
    assert (total.range.low, total.range.at_least, total.range.count) == (28, True, 2)


def test_columns_are_summed_one_by_one_as_published(sum_of):
    odd = {"qualifier": "range", "low": 9, "best": 4, "high": 6, "as_published": True}
    total = sum_of([odd], [{"qualifier": "range", "low": 1, "best": 2, "high": 3}])
    assert (total.range.low, total.range.best, total.range.high, total.range.odd) == (10, 6, 9, True)
    assert "as published" in sum_words(total)


def test_a_missing_best_falls_back_to_low(sum_of):
    total = sum_of(
        [{"qualifier": "range", "low": 5, "high": 9}],
        [{"qualifier": "range", "low": 1, "best": 2, "high": 3}],
    )
    assert (total.range.low, total.range.best, total.range.high) == (6, 7, 12)


def test_at_most_and_exactly_are_a_range(sum_of):
    total = sum_of([{"qualifier": "at_most", "high": 10}], [{"low": 5, "best": 5, "high": 5}])
    assert (total.range.low, total.range.high, total.range.at_most) == (5, 15, False)


def test_parts_of_a_number_are_not_added_to_it(sum_of):
    whole = {"low": 9, "best": 9, "high": 9}
    parts = [{"low": 4, "best": 4, "high": 4, "of": "act-0"}, {"low": 5, "best": 5, "high": 5, "of": "act-1"}]
    assert range_words(sum_of([whole, *parts]).range) == "9"


def test_parts_without_a_whole_are_at_least_the_largest(sum_of):
    parts = [{"low": 4, "best": 4, "high": 4, "of": "act-0"}, {"low": 5, "best": 5, "high": 5, "of": "act-1"}]
    assert range_words(sum_of(parts).range) == "≥ 5"


def test_civilians_killed_are_those_coded_as_civilians(case_file_of):
    numbers = [{"low": 9, "best": 9, "high": 9}, {"low": 4, "best": 4, "high": 4, "of": "act-0"}]
    table = case_file_of(case_of(numbers, [{"low": 2, "best": 2, "high": 2}])).table()
    totals = Totals(table, np.ones(len(table), np.bool_))
    assert range_words(totals.civilians_killed) == "4"
    assert range_words(totals.of("fatalities").range) == "11"


def test_an_unspecified_number_is_counted_and_not_summed(sum_of):
    total = sum_of([{"qualifier": "unspecified"}], [{"low": 2, "best": 2, "high": 2}])
    assert (total.unnumbered, total.range.count) == (1, 1)
    assert sum_words(total) == "2 (1 record; 1 not numbered)"


def test_what_nobody_reports_as_fact_is_left_out_and_said(case_file_of):
    case = case_of([{"low": 2, "best": 2, "high": 2}], [{"low": 50, "best": 50, "high": 50}])
    for claim in case["events"][1]["claims"]:
        claim["modality"] = "denied"
    total = killed(case_file_of(case).table())
    assert range_words(total.range) == "2"
    assert total.hollow == 1
    assert "1 not reported as fact" in sum_words(total)


@pytest.mark.parametrize("links", [(("evt-0", "contains", "evt-1"),), (("evt-1", "part_of", "evt-0"),)])
def test_a_container_is_not_added_up_with_its_parts(sum_of, links):
    total = sum_of([{"low": 50, "best": 50, "high": 50}], [{"low": 2, "best": 2, "high": 2}], links=links)
    assert range_words(total.range) == "2"
    assert total.containers == 1
    assert "1 counted by their parts" in sum_words(total)


def test_a_container_through_two_steps_is_not_added_up_either(sum_of):
    links = (("evt-0", "contains", "evt-1"), ("evt-1", "contains", "evt-2"))
    total = sum_of([{"low": 50, "high": 60}], [], [{"low": 2, "best": 2, "high": 2}], links=links)
    assert (total.range.low, total.containers) == (2, 1)


def test_a_container_counts_where_no_part_of_it_is_counted(case_file_of):
    numbers = [{"low": 50, "best": 50, "high": 50}], [{"low": 2, "best": 2, "high": 2}]
    table = case_file_of(case_of(*numbers, links=(("evt-0", "contains", "evt-1"),))).table()
    only_container = np.array([event == "evt-0" for event in table.ids])
    assert range_words(killed(table, only_container).range) == "50"


def test_numbers_from_outside_the_report_can_be_left_out(case_file_of):
    case = case_of([{"low": 2, "best": 2, "high": 2}])
    case["events"][0]["quantities"][0] |= {"basis": "reference", "citations": ["ref-1"]}
    table = case_file_of(case).table()
    assert evaluate(table, Filter()).totals.of("fatalities").range.count == 1
    assert evaluate(table, Filter(text_only=True)).totals.of("fatalities").range == NO_RANGE


def test_the_sample_says_at_least_25_killed(sample_table):
    totals = evaluate(sample_table, Filter()).totals
    assert sum_words(totals.sums["fatalities"]) == "≥ 25 (1 record)"
    assert tuple(totals.sums) == ("fatalities", "casualties", "displaced")
    assert totals.civilians_killed == NO_RANGE


def test_the_words_of_ranges():
    assert range_words(NO_RANGE) == "not stated"
    assert range_words(Range(10, 12, 14, about=True)) == "about 10–14 (best 12)"
    assert range_words(Range(3, None, 9, at_most=True)) == "3–9"
    assert number_words(2.5) == "2.5"
    assert number_words(1e6) == "1,000,000"


def plain_ends(q: dict[str, Any]) -> tuple[float, float, float] | None:
    """Return (low, best or NaN, high or infinity) of one quantity by hand."""
    low, best, high, word = q.get("low"), q.get("best"), q.get("high"), q.get("qualifier", "exactly")
    if low is best is high is None:
        return None
    if word in OPEN_UP and (low is None or high is None or high <= low):
        return low, math.nan if best is None or best <= low else best, math.inf
    if word in OPEN_DOWN and (low is None or high is None or high <= low):
        return 0, math.nan if best is None or best >= high else best, high
    if best is not None and low is None and high is None:
        return best, best, best
    return (0 if low is None else low, math.nan if best is None else best, math.inf if high is None else high)


@given(seed=st.integers(0, 8), chosen=st.sets(st.integers(0, 13)))
def test_sums_are_those_of_plain_python(plain_tables, seed, chosen):
    case, table = plain_tables(seed)
    ids = {table.ids[row] for row in chosen}
    totals = Totals(table, np.array([record in ids for record in table.ids]))
    below: dict[str, set[str]] = {}
    for link in case["links"]:
        if link["type"] == "contains" and link.get("modality", "asserted") == "asserted":
            below.setdefault(link["source"], set()).add(link["target"])
    for kind in SUMMED:
        got, left_out = numbered_by_hand(case, ids, kind, below)
        total = totals.of(kind)
        assert (total.range.count, total.containers) == (len(got), left_out)
        if got:
            assert total.range.low == sum(low for low, _, _ in got)
            assert total.range.at_least == any(high == math.inf for *_, high in got)
            bests = [best for _, best, _ in got if best == best]
            expected = sum(low if best != best else best for low, best, _ in got) if bests else None
            assert total.range.best == expected
            if not total.range.at_least:
                assert total.range.high == sum(high for *_, high in got)


def numbered_by_hand(case, ids, kind, below):
    found = {}
    for event in case["events"]:
        asserted = any(claim.get("modality", "asserted") == "asserted" for claim in event["claims"])
        numbers = [q for q in event.get("quantities", []) if q["kind"] == kind and plain_ends(q)]
        if event["id"] in ids and asserted and numbers:
            wholes = [plain_ends(q) for q in numbers if "of" not in q]
            largest = max(plain_ends(q)[0] for q in numbers)
            if wholes:
                (found[event["id"]],) = wholes
            elif largest:
                found[event["id"]] = (largest, math.nan, math.inf)

    def counted_under(event, seen):
        more = below.get(event, set()) - seen
        return any(e in found or counted_under(e, seen | more) for e in more)

    containers = {event for event in found if counted_under(event, {event})}
    return [ends for event, ends in found.items() if event not in containers], len(containers)


@pytest.fixture(scope="module")
def plain_tables(tmp_path_factory):
    import json

    from explorer.intake.opening import open_case

    made: dict[int, Any] = {}

    def get(seed: int) -> Any:
        if seed not in made:
            case = rich_case(seed)
            path = tmp_path_factory.mktemp("totals") / "case.case.json"
            path.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
            file = open_case(path)
            made[seed] = case, file.table()
            file.close()
        return made[seed]

    return get
