"""Masks and counts against plain Python over the JSON of random cases, and the examples of design §3a."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_query import FACETS, Plain, random_filter, rich_case, with_merges

from explorer.casefile.columns import SOURCES, EventTable
from explorer.intake.opening import open_case
from explorer.model.times import EdtfError, parse_edtf
from explorer.query.filters import NOT_STATED, Choice, Filter
from explorer.query.masks import Shown, evaluate, mask

FAR = 2**63


@dataclass
class Opened:
    table: EventTable
    plain: dict[bool, Plain]

    def values(self) -> dict[str, list[str]]:
        shown = evaluate(self.table, Filter())
        return {name: [v for v in shown.facets[name].values if v != NOT_STATED] for name in FACETS}

    def ask(self, filter: dict[str, Any]) -> tuple[Shown, Plain, Any, Any]:
        window = None
        if "time_from" in filter or "time_to" in filter:
            start = parse_edtf(filter["time_from"]).start_min if "time_from" in filter else -FAR
            window = start, parse_edtf(filter["time_to"]).end_max if "time_to" in filter else FAR - 1
        worded = rows = None
        if "text" in filter:
            draw = random.Random(filter["text"])
            rows = np.array([row for row in range(len(self.table)) if draw.random() < 0.7], np.int32)
            worded = {self.table.ids[row] for row in rows}
        asked = Filter.from_json(json.dumps(filter))
        return evaluate(self.table, asked, rows), self.plain[bool(filter.get("text_only"))], window, worded


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Opened]:
    cases: dict[int, Opened] = {}
    folder = tmp_path_factory.mktemp("cases")

    def get(seed: int) -> Opened:
        if seed not in cases:
            cases[seed] = open_rich(seed, folder)
        return cases[seed]

    return get


def open_rich(seed: int, folder: Path) -> Opened:
    case = rich_case(seed) if seed % 3 else with_merges(rich_case(seed), seed)
    path = folder / f"{seed}.case.json"
    path.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    file = open_case(path)
    try:
        table = file.table()
        ids = [event["id"] for event in case["events"]]
        sources = {
            record: SOURCES[code] for record, code in zip(table.ids, table.sources.tolist(), strict=True)
        }
        plain = {
            text_only: Plain(case, file.bounds(ids, text_only=text_only), sources, text_only=text_only)
            for text_only in (False, True)
        }
    finally:
        file.close()
    return Opened(table, plain)


SEEDS = st.integers(0, 11)
DRAWS = st.integers(0, 2**32)


@settings(max_examples=100)
@given(case=SEEDS, seed=DRAWS)
def test_what_passes_is_what_plain_python_finds_in_the_json(opened, case, seed):
    known = opened(case)
    filter = random_filter(random.Random(seed), known.values())
    shown, plain, window, worded = known.ask(filter)
    assert shown.ids == plain.shown(filter, window, worded)
    assert shown.count == len(shown.ids) == shown.mask.sum()


@settings(max_examples=60)
@given(case=SEEDS, seed=DRAWS)
def test_facet_counts_are_what_plain_python_counts(opened, case, seed):
    known = opened(case)
    draw = random.Random(seed)
    filter = random_filter(draw, known.values(), facets=2)
    shown, plain, window, worded = known.ask(filter)
    for facet in draw.sample(FACETS, 5):
        for value, count in shown.facets[facet].items():
            assert count == plain.count(facet, value, filter, window, worded), (facet, value)


@settings(max_examples=60)
@given(case=SEEDS, seed=DRAWS)
def test_what_may_be_included_is_what_letting_in_the_possible_adds(opened, case, seed):
    known = opened(case)
    filter = random_filter(random.Random(seed), known.values(), facets=2)
    filter["places"] = {"include": [random.Random(seed).choice(known.values()["places"])], "exclude": []}
    shown, plain, window, worded = known.ask(filter)
    wider = filter | {"possible_places": True, "time_certain": False}
    more = plain.shown(wider, window, worded) - plain.shown(filter, window, worded)
    assert set(shown.may_ids) == more


@settings(max_examples=60)
@given(case=SEEDS, seed=DRAWS)
def test_undated_events_left_out_are_counted(opened, case, seed):
    known = opened(case)
    filter = random_filter(random.Random(seed), known.values(), facets=1) | {
        "time_to": "2016",
        "undated": False,
    }
    shown, plain, window, worded = known.ask(filter)
    rest = plain.shown(filter, window, worded, but="time")
    assert shown.undated_left_out == sum(plain.undated(event) for event in rest)


@settings(max_examples=40)
@given(case=SEEDS, seed=DRAWS)
def test_kinds_add_up_to_what_is_shown(opened, case, seed):
    known = opened(case)
    filter = random_filter(random.Random(seed), known.values())
    shown, plain, *_ = known.ask(filter)
    kinds = [next(iter(plain.values("kinds", plain.events[event], {}))) for event in shown.ids]
    assert shown.kind_counts == {
        kind: kinds.count(kind) for kind in ("happened", "ongoing", "situation", "expected")
    }


@settings(max_examples=30)
@given(case=SEEDS, seed=DRAWS)
def test_a_filter_survives_json(opened, case, seed):
    filter = Filter.from_json(json.dumps(random_filter(random.Random(seed), opened(case).values())))
    assert Filter.from_json(filter.to_json()) == filter


def only(**conditions: Any) -> Filter:
    choices = {name: Choice(include=tuple(v)) if isinstance(v, list) else v for name, v in conditions.items()}
    return Filter(**choices)


def ids(table: EventTable, filter: Filter) -> set[str]:
    return {table.ids[row] for row in np.flatnonzero(mask(table, filter))}


def test_no_filter_shows_everything(sample_table):
    shown = evaluate(sample_table, Filter())
    assert shown.count == shown.total == 25
    assert not len(shown.may)
    assert shown.undated_left_out == 0


def test_russia_stands_for_its_forces(sample_table):
    assert ids(sample_table, only(actors=["act-russia"])) == {
        "evt-airstrikes", "evt-russia-2015", "evt-external-pressures", "evt-capability-limits",
        "evt-russian-assets-shift",
    }  # fmt: skip


def test_the_government_stands_for_its_forces_and_for_who_leads_it(sample_table):
    found = ids(sample_table, only(actors=["act-syrian-government"]))
    assert {"evt-airstrikes", "evt-territory-reclaimed", "evt-iran-support"} <= found


def test_russia_as_a_target_is_not_russia_as_a_doer(sample_table):
    assert ids(sample_table, only(actors=["act-russia"], actor_role="actor")) == {
        "evt-airstrikes",
        "evt-russia-2015",
    }
    assert ids(sample_table, only(actors=["act-russia"], actor_role="recipient")) == {
        "evt-external-pressures", "evt-capability-limits", "evt-russian-assets-shift",
    }  # fmt: skip


def test_russia_and_aleppo_together_show_nothing_certain_and_two_that_may_be_meant(sample_table):
    shown = evaluate(sample_table, only(actors=["act-russia"], places=["loc-aleppo"]))
    assert shown.count == 0
    assert set(shown.may_ids) == {"evt-airstrikes", "evt-russia-2015"}
    let_in = evaluate(sample_table, only(actors=["act-russia"], places=["loc-aleppo"], possible_places=True))
    assert let_in.ids == set(shown.may_ids)
    assert not len(let_in.may)


def test_a_place_role_narrows_where_things_came_through(sample_table):
    assert ids(sample_table, only(places=["loc-iraq"], place_role="via")) == {"evt-militia-entry"}
    assert ids(sample_table, only(places=["loc-iraq"], place_role="at")) == set()


def test_all_of_several_actors_are_met_together(sample_table):
    both = Choice(include=("act-russia", "act-hezbollah"), match="all")
    assert ids(sample_table, Filter(actors=both)) == {"evt-external-pressures", "evt-capability-limits"}


def test_exclude_beats_include(sample_table):
    choice = Choice(include=("act-russia",), exclude=("act-hezbollah", "act-russian-forces"))
    assert ids(sample_table, Filter(actors=choice)) == {"evt-russia-2015"}


def test_not_stated_is_a_value_of_its_own(sample_table):
    found = ids(sample_table, only(actors=[NOT_STATED]))
    assert found == {"evt-resurgence", "evt-civil-war", "evt-ukraine-war", "evt-escalation"}
    assert ids(sample_table, only(actors=[NOT_STATED], actor_role="actor")) > found


def test_an_id_that_the_case_does_not_know_shows_nothing(sample_table):
    assert ids(sample_table, only(actors=["act-nobody"])) == set()


def test_without_reference_values_dated_events_become_undated(sample_table):
    shown = evaluate(sample_table, Filter(time_from="2011", text_only=True))
    assert shown.ids == {"evt-russia-2015", "evt-territory-reclaimed"}
    assert shown.undated_left_out == 23
    assert evaluate(sample_table, Filter(time_from="2011", text_only=True, undated=True)).count == 25


def test_certainly_inside_is_within_possibly_inside(sample_table):
    possible = evaluate(sample_table, Filter(time_from="2015", time_to="2015"))
    certain = evaluate(sample_table, Filter(time_from="2015", time_to="2015", time_certain=True))
    assert certain.ids == {"evt-russia-2015"}
    assert set(certain.may_ids) == possible.ids - certain.ids


def test_a_text_needs_the_rows_that_hold_it(sample_table, sample_file):
    with pytest.raises(ValueError, match="text_rows"):
        mask(sample_table, Filter(text="airstrikes"))
    rows = sample_file.text_rows("airstrikes")
    assert set(np.flatnonzero(mask(sample_table, Filter(text="airstrikes"), rows))) == set(rows.tolist())


def test_a_time_that_is_no_date_is_refused(sample_table):
    with pytest.raises(EdtfError):
        mask(sample_table, Filter(time_from="2024-13"))


def test_an_empty_case_shows_nothing_and_counts_nothing(case_file_of):
    from builders import random_case

    table = case_file_of(random_case(1, events=0, actors=0, locations=0, relations=0, links=0)).table()
    shown = evaluate(table, only(actors=["act-1"], kinds=["happened"]))
    assert shown.count == shown.total == 0
    assert all(not shown.facets[name].counts.any() for name in FACETS)
    assert not shown.totals.sums
