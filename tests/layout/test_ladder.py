"""The ladder keeps what the links say, merges the dates in, and survives circles."""

from __future__ import annotations

import numpy as np
import pytest
from builders import random_case

from explorer.casefile.columns import LINK_TYPES, MODALITIES, OPEN_PAST
from explorer.layout.header import rung_basis, rung_words
from explorer.layout.ladder import default_axis, ladder


def link(number, source, kind, target, span, modality="asserted"):
    made = {"id": f"lnk-t{number}", "source": source, "target": target, "type": kind, "evidence": [span]}
    return made if modality == "asserted" else {**made, "modality": modality}


def with_links(links, events=6):
    """A case without dates, whose only order is `links` as (source number, type, target number)."""
    case = random_case(21, events=events, links=0)
    ids = []
    for event in case["events"]:
        event.pop("time", None)
        ids.append(event["id"])
    span = {e["id"]: e["claims"][0]["evidence"][0] for e in case["events"]}
    case["links"] = [link(i, ids[a], kind, ids[b], span[ids[a]]) for i, (a, kind, b) in enumerate(links)]
    return case, ids


def rungs(table, ids):
    found = ladder(table)
    return [int(found.first[table.row_of[i]]) for i in ids]


def test_before_causes_and_enables_go_up_and_a_response_comes_after(case_file_of):
    case, ids = with_links([(0, "before", 1), (1, "causes", 2), (2, "enables", 3), (4, "in_response_to", 3)])
    at = rungs(case_file_of(case).table(), ids)
    assert at[0] < at[1] < at[2] < at[3] < at[4]
    assert at[5] == -1  # no order given


def test_a_circle_is_kept_together(case_file_of):
    case, ids = with_links([(0, "before", 1), (1, "before", 2), (2, "before", 0), (2, "before", 3)])
    at = rungs(case_file_of(case).table(), ids)
    assert at[0] == at[1] == at[2] < at[3]


def test_what_is_only_expected_orders_nothing(case_file_of):
    case, ids = with_links([(0, "before", 1)])
    case["links"][0]["modality"] = "possible"
    assert rungs(case_file_of(case).table(), ids)[:2] == [-1, -1]


def test_a_long_chain_neither_hangs_nor_recurses(case_file_of):
    case, ids = with_links([(i, "before", i + 1) for i in range(199)], events=200)
    assert rungs(case_file_of(case).table(), ids) == list(range(200))


@pytest.mark.parametrize("seed", range(6))
def test_links_are_never_contradicted(case_file_of, seed):
    table = case_file_of(random_case(seed, events=50, links=40)).table()
    found, links = ladder(table), table.links
    order = [LINK_TYPES.index(k) for k in ("before", "causes", "enables")]
    inside, holds = (links.type == LINK_TYPES.index(kind) for kind in ("part_of", "contains"))
    wholes = {*links.target[inside].tolist(), *links.source[holds].tolist()}  # they span, and so overlap
    asserted = links.modality == MODALITIES.index("asserted")
    for source, target in zip(
        links.source[asserted & np.isin(links.type, order)],
        links.target[asserted & np.isin(links.type, order)],
        strict=True,
    ):
        if source != target and not {int(source), int(target)} & wholes:
            assert found.first[source] <= found.first[target]


@pytest.mark.parametrize("seed", range(6))
def test_dates_without_links_follow_one_another(case_file_of, seed):
    table = case_file_of(random_case(seed, events=50, links=0)).table()
    found, start = ladder(table), table.time.start_min
    dated = np.flatnonzero(start != OPEN_PAST)
    for one in dated:
        assert (found.first[dated[start[dated] > start[one]]] > found.first[one]).all()
    assert (found.first[start == OPEN_PAST] == -1).all()


def test_an_episode_spans_the_rungs_of_its_parts(sample_table):
    found, row = ladder(sample_table), sample_table.row_of
    war, offensive, entry = (row[i] for i in ("evt-civil-war", "evt-rebel-offensive", "evt-militia-entry"))
    assert found.first[war] <= found.first[offensive] <= found.last[war]
    assert found.first[war] <= found.first[row["evt-resurgence"]] <= found.first[offensive]
    assert found.last[row["evt-resurgence"]] == found.first[entry]


def test_the_rungs_of_the_sample_say_what_they_rest_on(sample_table):
    found = ladder(sample_table)
    words = [rung_words(found, i, sample_table.time) for i in range(len(found.rungs))]
    basis = dict(zip(words, (rung_basis(rung) for rung in found.rungs), strict=True))
    assert basis["2015"] == "in the text"
    assert basis["from 27 Nov 2024"] == "outside the report"
    assert words.index("2015") < words.index("2015 – 27 Nov 2024") < words.index("from 27 Nov 2024")
    assert "then" in words


def test_only_what_the_report_says_leaves_reference_dates_out(sample_table):
    found = ladder(sample_table, text_only=True)
    words = [rung_words(found, i, sample_table.text_time) for i in range(len(found.rungs))]
    assert "from 27 Nov 2024" not in words
    assert "2015" in words


def test_a_filter_takes_rungs_away(sample_table):
    whole = ladder(sample_table)
    rows = np.array([sample_table.row_of["evt-russia-2015"], sample_table.row_of["evt-airstrikes"]], np.int32)
    part = whole.narrowed(rows)
    assert len(part.rungs) == 2
    assert part.first[rows].tolist() == [0, 1]


def test_a_case_full_of_dates_opens_on_the_calendar(case_file_of):
    case = random_case(3, events=20, links=0)
    evidence = {e["id"]: e["claims"][0]["evidence"] for e in case["events"]}
    for event in case["events"]:
        event["time"] = {"edtf": "2016-03-04", "evidence": evidence[event["id"]]}
    assert default_axis(case_file_of(case).table()) == "calendar"
