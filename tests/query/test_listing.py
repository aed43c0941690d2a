"""The Events table as data: what its cells say, how it sorts, its groups and sums, and what a file gets."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

import numpy as np
import pytest
from plain_query import Plain, rich_case

from explorer.query.filters import NOT_STATED
from explorer.query.groups import WAYS, WIDER
from explorer.query.listing import COLUMNS, Listing, clipboard_text, csv_lines, group_by
from explorer.query.totals import Totals, range_words

DAY = 86_400


@pytest.fixture
def listing(sample_table):
    return Listing(sample_table)


@pytest.fixture
def rich(case_file_of):
    case = rich_case(4, events=20)
    file = case_file_of(case)
    return case, file, file.table()


def cell(listing, key, event):
    (words,) = listing.cells(key, [listing.table.row_of[event]])
    return words


@pytest.mark.parametrize(
    ("event", "cells"),
    [
        (
            "evt-airstrikes",
            {
                "who": "Russian forces, Syrian government forces", "target": "not stated",
                "suffered": "People not identified", "where": "Rebel-held areas", "killed": "≥ 25",
                "killed_low": "25", "killed_high": "not stated", "killed_civilians": "not stated",
                "according_to": "not stated", "classification": "Violence – air strike", "kind": "Happened",
                "when": "27 Nov – about 2 Dec 2024", "sources": "One source", "status": "unreviewed",
                "reported_as": "Reported as fact", "earliest": "2024-11-27", "latest": "2024-12-02",
                "basis": "Both from outside the report", "id": "evt-airstrikes",
                "headline": "Russian and Syrian airstrikes on rebel-held areas",
            },
        ),
        (
            "evt-militia-entry",
            {
                "target": "for Bashar al-Assad", "where": "Syria (went to), Iraq (came through)",
                "according_to": "Military sources", "killed": "not stated",
            },
        ),
        ("evt-iran-support", {"reported_as": "Reported as fact, The writer's judgement", "kind": "Situation"}),
        ("evt-escalation", {"who": "not stated", "where": "not stated", "classification": "Not classified"}),
        ("evt-russia-2015", {"when": "2015", "precision": "within a year", "basis": "In the text"}),
        ("evt-resurgence", {"when": "going on 27 Nov – about 2 Dec 2024, not before 2011"}),
    ],
)  # fmt: skip
def test_cells_say_what_the_record_says(listing, event, cells):
    assert {key: cell(listing, key, event) for key in cells} == cells


def test_no_cell_is_blank(rich):
    _, _, table = rich
    for text_only in (False, True):
        listing = Listing(table, text_only)
        for key in COLUMNS:
            assert all(words.strip() for words in listing.cells(key, np.arange(len(table))))


def test_without_reference_values_cells_are_those_of_the_text(rich):
    case, _, table = rich
    listing, plain = Listing(table, text_only=True), Plain(case, {}, {}, text_only=True)
    for row, event in enumerate(map(plain.events.get, table.ids)):
        names = {
            plain.names[p["actor"]] for p in plain.kept(event.get("participants")) if p["role"] == "affected"
        }
        (words,) = listing.cells("suffered", [row])
        bare = words.replace("\u2068", "").replace("\u2069", "")
        assert set(bare.split(", ")) == (names or {"not stated"})


@pytest.mark.parametrize("key", sorted(COLUMNS))
@pytest.mark.parametrize("descending", [False, True])
def test_sorting_keeps_every_row_and_puts_what_is_not_stated_last(rich, key, descending):
    _, _, table = rich
    listing, rows = Listing(table), np.arange(len(table))
    order = listing.sorted(rows, key, descending=descending)
    assert sorted(order.tolist()) == rows.tolist()
    keys = COLUMNS[key].order(listing, order)
    stated = keys[~np.isnan(keys)]
    assert np.isnan(keys[len(stated) :]).all()
    steps = [
        (a <= b) if not descending else (a >= b)
        for a, b in pairwise(COLUMNS[key].order(listing, order)[: len(stated)])
    ]
    assert all(steps)


def test_text_is_sorted_by_its_words_whatever_their_case(rich):
    _, _, table = rich
    listing = Listing(table)
    order = listing.sorted(np.arange(len(table)), "headline")
    titles = [title.casefold() for title in table.titles(order)]
    assert titles == sorted(titles)


def test_what_is_bounded_by_its_order_sorts_by_its_bounds(listing):
    order = listing.sorted(np.arange(25), "when").tolist()
    place = {listing.table.ids[row]: at for at, row in enumerate(order)}
    assert (
        place["evt-civil-war"]
        < place["evt-russia-2015"]
        < place["evt-airstrikes"]
        < place["evt-rebel-offensive"]
    )


def test_equal_rows_stay_in_their_order(listing):
    rows = np.arange(25)[::-1]
    assert listing.sorted(rows, "status").tolist() == rows.tolist()


@pytest.mark.parametrize("by", WAYS)
def test_groups_hold_every_event_and_sums_are_those_of_their_events(rich, by):
    _, _, table = rich
    mask = np.arange(len(table)) % 4 != 1
    groups = group_by(table, mask, by)
    rows = np.concatenate([group.rows for group in groups.groups])
    assert set(rows.tolist()) == set(np.flatnonzero(mask).tolist())
    assert groups.repeated == sum(np.bincount(rows) > 1)
    assert (groups.note() is None) == (groups.repeated == 0)
    for group in groups.groups:
        inside = np.zeros(len(table), np.bool_)
        inside[group.rows] = True
        totals = Totals(table, inside)
        assert group.killed == totals.of("fatalities")
        assert group.civilians == totals.civilians_killed
        assert group.count == len(set(group.rows.tolist()))
        assert group.label


@pytest.mark.parametrize("by", ["place", "type", "document", "publisher", "kind", "status"])
def test_groups_are_by_the_values_that_records_name(rich, by):
    case, _, table = rich
    plain = Plain(case, {}, {}, text_only=False)
    named = {
        "place": lambda e: plain.located(e, {}) or {NOT_STATED},
        "type": lambda e: {max(plain.values("types", e, {}), key=len)},
    }.get(by, lambda e: plain.values({"status": "status", "kind": "kinds"}.get(by, f"{by}s"), e, {}))
    for group in group_by(table, np.ones(len(table), np.bool_), by).groups:
        assert {table.ids[row] for row in group.rows} == {
            event for event, record in plain.events.items() if group.value in named(record)
        }


def test_an_event_lies_in_a_month_only_where_all_of_it_does(rich):
    _, _, table = rich
    groups = group_by(table, np.ones(len(table), np.bool_), "month").groups
    for group in groups:
        if group.value == NOT_STATED:
            assert table.time.undated[group.rows].all()
        elif group.value != WIDER:
            for row in group.rows:
                months = table.time.start_min[row], table.time.end_max[row]
                assert {np.datetime64(int(s), "s").astype("datetime64[M]") for s in months} == {
                    np.datetime64(group.value)
                }
    values = [group.value for group in groups]
    assert values[-1] == NOT_STATED
    months = [v for v in values if v not in (NOT_STATED, WIDER)]
    assert months == sorted(months, key=np.datetime64)


def test_years_before_the_common_era_have_groups_too(case_file_of):
    case = rich_case(1, events=3)
    evidence = [case["events"][0]["claims"][0]["evidence"][0]]
    case["events"][0]["time"] = {"edtf": "-0044-03-15", "evidence": evidence}
    table = case_file_of(case).table()
    chosen = np.array([event == "evt-0" for event in table.ids])
    labels = {
        by: [(g.value, g.label) for g in group_by(table, chosen, by).groups] for by in ("month", "year")
    }
    assert labels == {"month": [("-0044-03", "Mar 45 BCE")], "year": [("-0044", "45 BCE")]}


def test_actors_are_grouped_as_in_the_lanes(sample_table):
    groups = {group.value: group for group in group_by(sample_table, np.ones(25, np.bool_), "actor").groups}
    assert "act-russian-forces" not in groups
    assert range_words(groups["act-russia"].killed.range) == "≥ 25"
    assert groups[NOT_STATED].count == 4


def test_a_file_keeps_numbers_and_makes_formulas_harmless(case_file_of):
    case = rich_case(2, events=3)
    case["events"][0]["title"] = "=cmd|' /C calc'!A0"
    case["events"][1]["title"] = 'a "quoted", title\nof two lines'
    table = case_file_of(case).table()
    keys = ["id", "headline", "killed_low", "killed"]
    quotes = ["“a sentence”", "-2+3", "third"]
    text = "".join(
        csv_lines(Listing(table), np.arange(3), keys, lambda row: quotes[row], lambda row: f"doc#{row}")
    )
    heads, *rows = csv.reader(io.StringIO(text, newline=""))
    assert heads == ["Id", "Headline (coder's)", "Killed, low", "Killed", "Source sentence", "Link"]
    assert rows[0][1] == "'=cmd|' /C calc'!A0"
    assert rows[1][1] == 'a "quoted", title of two lines'
    assert [row[4] for row in rows] == ["“a sentence”", "'-2+3", "third"]
    assert [row[5] for row in rows] == ["doc#0", "doc#1", "doc#2"]


def test_an_open_end_is_an_empty_cell_of_a_file_and_a_number_stays_a_number(listing):
    rows = np.array([listing.table.row_of["evt-airstrikes"]])
    (line,) = list(csv_lines(listing, rows, ["killed_low", "killed_best", "killed_high", "killed"]))[1:]
    assert line == "25,,,≥ 25\r\n"


def test_what_is_copied_has_one_line_a_row(listing):
    text = clipboard_text(listing, np.arange(25), ["when", "headline"])
    lines = text.split("\n")
    assert len(lines) == 26
    assert all(line.count("\t") == 1 for line in lines)
