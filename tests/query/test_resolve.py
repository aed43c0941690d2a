"""What a selection stands for: the events, actors and relations that every view highlights."""

from __future__ import annotations

import numpy as np
import pytest

from explorer.query.filters import Choice, Filter
from explorer.query.masks import evaluate
from explorer.query.resolve import actor_ids, event_mask, picked_as_filter, record_ids, relation_ids
from explorer.query.selection import Brushed, Nothing, Picked


def events(selection, table, **options):
    return {table.ids[row] for row in np.flatnonzero(event_mask(selection, table, **options))}


def picked(*ids):
    return Picked(frozenset(ids))


def test_nothing_stands_for_nothing(sample_table):
    assert events(Nothing(), sample_table) == set()
    assert actor_ids(Nothing(), sample_table) == relation_ids(Nothing(), sample_table) == frozenset()
    assert record_ids(Nothing(), sample_table) == frozenset()


def test_an_event_stands_for_itself(sample_table):
    assert events(picked("evt-airstrikes"), sample_table) == {"evt-airstrikes"}
    assert actor_ids(picked("evt-airstrikes"), sample_table) == frozenset()


@pytest.mark.parametrize(
    ("record", "facet"),
    [
        ("act-russia", "actors"),
        ("loc-syria", "places"),
        ("doc-seed", "documents"),
        ("act-syrian-government", "actors"),
    ],
)
def test_an_actor_place_or_document_stands_for_what_its_filter_shows(sample_table, record, facet):
    shown = evaluate(sample_table, Filter().with_choice(facet, Choice(include=(record,))))
    assert events(picked(record), sample_table) == shown.ids


def test_a_link_stands_for_its_two_events(sample_table):
    for at, link in enumerate(sample_table.links.ids):
        ends = {sample_table.ids[side[at]] for side in (sample_table.links.source, sample_table.links.target)}
        assert events(picked(link), sample_table) == ends


def test_a_relation_stands_for_its_two_actors_and_no_event(sample_table):
    tie = picked("rel-iran-backs-militias")
    assert events(tie, sample_table) == set()
    assert relation_ids(tie, sample_table) == {"rel-iran-backs-militias"}
    assert actor_ids(tie, sample_table) == {"act-iran", "act-iran-backed-militias"}


def test_a_brush_stands_for_what_its_filter_shows(sample_table):
    brush = Brushed(Filter(actors=Choice(include=("act-russia",)), time_to="2015"))
    assert events(brush, sample_table) == evaluate(sample_table, brush.filter).ids
    assert actor_ids(brush, sample_table) == {"act-russia", "act-russian-forces"}


def test_several_picked_records_are_one_selection(sample_table):
    both = picked("act-hts", "evt-escalation", "rel-hts-part-of-rebels")
    assert events(both, sample_table) == {"evt-hts-offensives", "evt-escalation"}
    assert record_ids(both, sample_table) == both.ids | {"evt-hts-offensives", "act-rebels"}


def test_ids_that_the_case_does_not_know_stand_for_nothing(sample_table):
    unknown = picked("evt-nowhere", "act-nobody", "lnk-none", "rel-none", "zzz")
    assert events(unknown, sample_table) == set()
    assert actor_ids(unknown, sample_table) == relation_ids(unknown, sample_table) == frozenset()


def test_a_selection_turns_into_a_filter(sample_table):
    narrowed = picked_as_filter(picked("act-russia", "loc-syria", "evt-escalation"), Filter(text_only=True))
    assert narrowed == Filter(
        actors=Choice(include=("act-russia",)), places=Choice(include=("loc-syria",)), text_only=True
    )
    assert picked_as_filter(Nothing(), Filter(text_only=True)) == Filter(text_only=True)
    brush = Filter(time_to="2015")
    assert picked_as_filter(Brushed(brush), Filter()) == brush
