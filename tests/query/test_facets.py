"""Live counts of the filter panel: on the sample, with All on, and on columns too many for one mask a value."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.casefile.columns import KINDS
from explorer.query.circles import Closure, closure_of
from explorer.query.facets import Facets
from explorer.query.filters import FACETS, NOT_STATED, Choice, Filter
from explorer.query.masks import evaluate, mask
from explorer.query.values import dense, many


def test_every_facet_has_not_stated_as_its_last_value(sample_table):
    facets = evaluate(sample_table, Filter()).facets
    assert tuple(facets) == FACETS
    assert len(facets) == len(FACETS)
    assert {facets[name].values[-1] for name in FACETS} == {NOT_STATED}
    assert all(len(facets[name].values) == len(set(facets[name].values)) for name in FACETS)


def test_a_facet_that_does_not_exist_is_a_key_error(sample_table):
    with pytest.raises(KeyError):
        evaluate(sample_table, Filter()).facets["colours"]


def test_counts_are_made_only_when_asked_for(sample_table):
    facets = evaluate(sample_table, Filter()).facets
    assert isinstance(facets, Facets)
    assert not facets._counts
    assert facets["kinds"].of("happened") == 8
    assert set(facets._counts) == {"kinds"}


def test_kinds_of_the_sample_are_counted(sample_table):
    counts = evaluate(sample_table, Filter()).facets["kinds"]
    assert dict(counts.items()) == dict(zip((*KINDS, NOT_STATED), (8, 4, 11, 2, 0), strict=True))
    assert counts.of("no such kind") == 0


def test_a_facet_ignores_its_own_choice_and_heeds_the_others(sample_table):
    alone = evaluate(sample_table, Filter()).facets
    chosen = evaluate(sample_table, Filter(actors=Choice(include=("act-russia",)))).facets
    assert dict(chosen["actors"].items()) == dict(alone["actors"].items())
    assert chosen["kinds"].counts.sum() == 5


def test_with_all_on_counts_say_what_a_further_value_would_leave(sample_table):
    both = Filter(actors=Choice(include=("act-russia",), match="all"))
    counts = evaluate(sample_table, both).facets["actors"]
    assert counts.of("act-russia") == 5
    for actor in sample_table.actors.ids:
        further = Filter(actors=Choice(include=("act-russia", actor), match="all"))
        assert counts.of(actor) == mask(sample_table, further).sum()


def test_a_parent_is_counted_with_what_is_below_it_once_an_event(sample_table):
    places = evaluate(sample_table, Filter()).facets["places"]
    assert places.of("loc-syria") == 12  # Aleppo and Hama share two events
    assert places.of("loc-aleppo") == places.of("loc-hama") == 2


def test_a_type_is_counted_with_its_modes(sample_table):
    types = evaluate(sample_table, Filter()).facets["types"]
    assert types.of("ASSAULT") == 7
    assert types.of("ASSAULT/aerial") == 1
    assert types.values.index("ASSAULT") < types.values.index("ASSAULT/aerial")


def test_a_claim_without_a_source_is_not_stated_though_another_names_one(sample_table):
    counts = evaluate(sample_table, Filter()).facets["according_to"]
    assert counts.of("Military sources") == 2
    assert counts.of(NOT_STATED) == 24


def test_bases_are_shown_strongest_first_and_without_reference_values_change(sample_table):
    assert evaluate(sample_table, Filter()).facets["basis"].values == (
        "stated",
        "inferred",
        "reference",
        NOT_STATED,
    )
    text_only = evaluate(sample_table, Filter(text_only=True)).facets["basis"]
    assert text_only.of("reference") == 0
    assert text_only.of(NOT_STATED) == 23


def test_asking_again_gives_the_same_counts(sample_table):
    asked = Filter(places=Choice(include=("loc-syria",)), kinds=Choice(exclude=("situation",)))
    first, second = (evaluate(sample_table, asked).facets for _ in range(2))
    for name in FACETS:
        assert first[name].values == second[name].values
        assert np.array_equal(first[name].counts, second[name].counts)


PAIRS = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 6)), max_size=60)
TREES = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5)).filter(lambda p: p[0] < p[1]), max_size=8)


@given(pairs=PAIRS, tree=TREES, chosen=st.sets(st.integers(0, 19)), in_order=st.booleans())
def test_pairs_are_counted_as_sets_count_them(pairs, tree, chosen, in_order):
    pairs = sorted(pairs) if in_order else pairs
    below: dict[int, list[int]] = {}
    for above, under in tree:
        below.setdefault(above, []).append(under)
    closure = closure_of(below, 6)
    rows, keys = (np.array([pair[end] for pair in pairs], np.int32) for end in (0, 1))
    facet = many(tuple("abcdef"), rows, keys, 20, closure)
    of_row = {row: {k for r, k in pairs if r == row} or {6} for row in range(20)}
    wanted = np.array([row in chosen for row in range(20)])
    expected = [sum(bool(closure.of(key) & of_row[row]) for row in chosen) for key in range(7)]
    assert facet.count(wanted, len(chosen)).tolist() == expected
    for key, value in enumerate(facet.values):
        assert set(np.flatnonzero(facet.having((value,)))) == {
            r for r in range(20) if closure.of(key) & of_row[r]
        }


def test_many_values_an_event_are_counted_too():
    rows = np.repeat(np.arange(3, dtype=np.int32), 40)
    keys = np.tile(np.arange(20, dtype=np.int32), 6)
    facet = many([f"v{i}" for i in range(20)], rows, keys, 5, Closure({}, 20))
    assert facet.count(np.ones(5, np.bool_), 5).tolist() == [3] * 20 + [2]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_dense_codes_are_the_places_of_the_codes_that_occur(codes):
    present, places = dense(np.array(codes), 31)
    assert present.tolist() == sorted(set(codes))
    assert present[places].tolist() == codes
