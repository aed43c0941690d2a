"""Whom a chosen actor stands for, what is below a place, and what may lie in it (design §3a)."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_query import Plain, rich_case

from explorer.query.circles import (
    actor_circle,
    actor_closure,
    closure_of,
    place_below,
    place_possible,
    possible_places,
    tops,
)


def named(ids, found):
    return {ids[index] for index in found}


def test_a_government_is_itself_its_forces_and_its_leader(sample_table):
    found = named(sample_table.actors.ids, actor_circle(sample_table, "act-syrian-government"))
    assert found == {"act-syrian-government", "act-syrian-forces", "act-assad"}


def test_a_part_does_not_stand_for_its_whole(sample_table):
    assert named(sample_table.actors.ids, actor_circle(sample_table, "act-hts")) == {"act-hts"}


def test_unknown_ids_stand_for_nothing(sample_table):
    assert actor_circle(sample_table, "act-nobody") == frozenset()
    assert (
        place_below(sample_table, "loc-nowhere") == place_possible(sample_table, "loc-nowhere") == frozenset()
    )


def test_what_contains_aleppo_and_undelimited_areas_beside_it_are_possibly_in_it(sample_table):
    found = named(sample_table.locations.ids, place_possible(sample_table, "loc-aleppo"))
    assert found == {"loc-syria", "loc-middle-east", "loc-rebel-held"}
    assert named(sample_table.locations.ids, place_below(sample_table, "loc-aleppo")) == {"loc-aleppo"}


def test_nothing_is_possibly_in_a_place_that_no_place_contains(sample_table):
    assert place_possible(sample_table, "loc-ukraine") == frozenset()


def test_undelimited_areas_below_a_place_are_certainly_in_it(sample_table):
    syria = named(sample_table.locations.ids, place_below(sample_table, "loc-syria"))
    assert "loc-rebel-held" in syria
    assert named(sample_table.locations.ids, place_possible(sample_table, "loc-syria")) == {"loc-middle-east"}


@pytest.mark.parametrize("seed", range(6))
def test_circles_and_places_are_those_of_plain_python(seed, case_file_of):
    case = rich_case(seed)
    table = case_file_of(case).table()
    for text_only in (False, True):
        plain = Plain(case, {}, {}, text_only=text_only)
        for actor in table.actors.ids:
            assert named(table.actors.ids, actor_circle(table, actor, text_only)) == plain.circle(actor)
    for place in table.locations.ids:
        below = {p for p in table.locations.ids if place in (p, *plain.above(p))}
        assert named(table.locations.ids, place_below(table, place)) == below
        assert named(table.locations.ids, place_possible(table, place)) == plain.possibly(place) - below


def test_an_actor_never_stands_for_less_than_one_of_its_parts(case_file_of):
    table = case_file_of(rich_case(3)).table()
    closure = actor_closure(table)
    for actor in range(closure.size):
        assert all(closure.of(member) <= closure.of(actor) for member in closure.of(actor))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
def test_a_circle_of_leaders_ends_and_each_is_in_it(pairs):
    below = {}
    for above, under in pairs:
        below.setdefault(above, []).append(under)
    closure = closure_of(below, 7)
    for key in range(7):
        assert key in closure.of(key)
        assert all(set(below.get(member, ())) <= closure.of(key) for member in closure.of(key))
    above, under = closure.pairs
    assert all(int(u) in closure.of(int(a)) and a != u for a, u in zip(above, under, strict=True))
    assert tops(closure).any()


def test_a_circle_of_places_does_not_hang():
    parent, undelimited = np.array([1, 0, -1], np.int32), np.array([True, False, True])
    table = SimpleNamespace(locations=SimpleNamespace(parent=parent, undelimited=undelimited))
    assert possible_places(table, 0, closure_of({0: [1], 1: [0]}, 3)) == frozenset()
