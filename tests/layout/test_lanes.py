"""Every record touches a lane, under its top-level actor or place, once in each, with the role it has there."""

from __future__ import annotations

import numpy as np
import pytest
from builders import random_case

from explorer.layout.lanes import AFFECTED, BENEFICIARY, DOER, PARTY, touches

KINDS = ["actor", "place", "type", "document", "one"]


def entries(found):
    return {
        (found.lanes[lane].key, row): touch
        for lane, row, touch in zip(
            found.lane.tolist(), found.row.tolist(), found.touch.tolist(), strict=True
        )
    }


def lanes_of(table, kind, opened=()):
    return touches(table, kind, frozenset(opened), text_only=False)


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_is_in_a_lane_and_once_in_each(case_file_of, kind):
    table = case_file_of(random_case(5, events=60, actors=12, locations=12)).table()
    found = lanes_of(table, kind)
    assert set(found.row.tolist()) == set(range(len(table)))
    assert len(entries(found)) == len(found.row)
    assert found.main.sum() == len(table)
    assert np.unique(found.row[found.main]).tolist() == list(range(len(table)))


def test_what_is_part_of_an_actor_or_leads_it_is_in_its_lane(sample_table):
    found = entries(lanes_of(sample_table, "actor"))
    row = sample_table.row_of
    names = dict(zip(sample_table.actors.names, sample_table.actors.ids, strict=True))
    government, rebels = names["Syrian government"], names["Rebel forces"]
    assert found[government, row["evt-territory-reclaimed"]] == DOER  # Bashar al-Assad leads it
    assert found[government, row["evt-airstrikes"]] == DOER  # its forces are part of it
    assert found[government, row["evt-russia-2015"]] == BENEFICIARY
    assert found[rebels, row["evt-hts-offensives"]] == DOER
    assert found[rebels, row["evt-control-contest"]] == PARTY
    assert found[names["People not identified"], row["evt-airstrikes"]] == AFFECTED
    assert (names["Bashar al-Assad"], row["evt-territory-reclaimed"]) not in found


def test_an_opened_lane_has_what_is_below_it_beside_it(sample_table):
    names = dict(zip(sample_table.actors.names, sample_table.actors.ids, strict=True))
    found = lanes_of(sample_table, "actor", [names["Syrian government"]])
    at = [lane.key for lane in found.lanes].index(names["Syrian government"])
    below = [lane for lane in found.lanes[at + 1 : at + 4] if lane.depth == 1]
    assert {lane.name for lane in below} >= {"Bashar al-Assad", "Syrian government forces"}
    assert (names["Bashar al-Assad"], sample_table.row_of["evt-territory-reclaimed"]) in entries(found)


def test_who_takes_no_part_is_in_the_last_lane(sample_table):
    found = lanes_of(sample_table, "actor")
    assert found.lanes[-1].key == ""
    rows = {row for key, row in entries(found) if not key}
    assert sample_table.row_of["evt-escalation"] in rows


def test_the_first_named_doer_has_the_full_mark(sample_table):
    found = lanes_of(sample_table, "actor")
    row = sample_table.row_of["evt-airstrikes"]
    at = np.flatnonzero(found.main & (found.row == row))
    assert found.lanes[int(found.lane[at[0]])].name == "Russia"


def test_a_filter_takes_lanes_away_but_does_not_shuffle_them(sample_table):
    whole = lanes_of(sample_table, "actor")
    shown = np.zeros(len(sample_table), np.bool_)
    shown[[2, 3, 8, 9]] = True
    part = whole.of(shown)
    order = [lane.key for lane in whole.lanes]
    kept = [order.index(lane.key) for lane in part.lanes]
    assert kept == sorted(kept)
    assert set(part.row.tolist()) == {2, 3, 8, 9}


def test_too_many_lanes_are_drawn_together_without_losing_anybody(case_file_of):
    table = case_file_of(random_case(6, events=60, actors=14)).table()
    whole = lanes_of(table, "actor")
    few = whole.merged(4)
    assert len(few.lanes) == min(4, len(whole.lanes))
    apart = [set(t.row[t.lane == len(t.lanes) - 1].tolist()) for t in (whole, few)]
    assert whole.lanes[-1].key == few.lanes[-1].key == ""
    assert apart[0] == apart[1]  # "(not stated)" keeps a lane of its own
    assert set(few.row.tolist()) == set(whole.row.tolist())
    assert len(set(zip(few.lane.tolist(), few.row.tolist(), strict=True))) == len(few.row)
    assert few.lanes[-2].name == f"{len(whole.lanes) - 3} more"
    assert [lane.name for lane in whole.merged(1).lanes] == [f"{len(whole.lanes)} more"]


def test_the_lanes_beyond_the_busiest_open_page_by_page_and_nobody_is_lost(case_file_of):
    table = case_file_of(random_case(6, events=60, actors=14)).table()
    whole = lanes_of(table, "actor")
    pairs = {
        (whole.lanes[lane].key, row)
        for lane, row in zip(whole.lane.tolist(), whole.row.tolist(), strict=True)
    }
    opened: set[str] = set()
    for _ in range(9):
        found = whole.paged(3, opened)
        own = {
            (found.lanes[lane].key, row)
            for lane, row in zip(found.lane.tolist(), found.row.tolist(), strict=True)
        }
        assert {row for _, row in own} == {row for _, row in pairs}
        assert {pair for pair in own if not pair[0].startswith("other")} <= pairs
        assert len(own) == len(found.row)
        assert found.lanes[-1].key == ""
        closed = [lane for lane in found.lanes if lane.key.startswith("other") and not lane.opened]
        if not closed:
            break
        assert len(closed) == 1
        assert closed[0].opens
        opened.add(closed[0].key)
    assert own == pairs


def test_places_open_until_they_tell_something(sample_table):
    assert len(lanes_of(sample_table, "place").lanes) > 2
