"""Back and forward over filters: every step can be taken back, and taking it back is the inverse."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.query.filters import Choice, Filter
from explorer.query.trail import Trail

VALUES = st.lists(st.integers(0, 4), max_size=30)


def test_a_new_trail_has_nowhere_to_go():
    trail = Trail(Filter())
    assert trail.value == Filter()
    assert not trail.can_back
    assert not trail.can_forward
    assert trail.back() == trail.forward() == Filter()


def test_an_equal_value_is_no_step():
    trail = Trail(Filter(text="a"))
    assert not trail.push(Filter(text="a"))
    assert not trail.can_back


def test_pushing_after_going_back_drops_what_lay_ahead():
    trail = Trail(0)
    trail.push(1)
    trail.back()
    trail.push(2)
    assert not trail.can_forward
    assert trail.back() == 0
    assert trail.forward() == 2


def test_the_oldest_steps_go_when_there_are_too_many():
    trail = Trail(0, cap=3)
    for value in range(1, 10):
        trail.push(value)
    seen = [trail.value]
    while trail.can_back:
        seen.append(trail.back())
    assert seen == [9, 8, 7]


def test_a_trail_without_room_is_refused():
    with pytest.raises(ValueError, match="cap 0"):
        Trail(0, cap=0)


@given(VALUES)
def test_going_back_undoes_every_step_and_forward_redoes_it(values):
    trail = Trail(-1)
    steps = [-1]
    for value in values:
        if trail.push(value):
            steps.append(value)
    assert all(a != b for a, b in itertools.pairwise(steps))
    for value in reversed(steps[:-1]):
        assert trail.back() == value
    assert not trail.can_back
    for value in steps[1:]:
        assert trail.forward() == value
    assert not trail.can_forward


@given(st.lists(st.tuples(st.sampled_from(["push", "back", "forward"]), st.integers(0, 5)), max_size=40))
def test_back_is_the_inverse_of_a_step_anywhere_on_the_way(moves):
    trail = Trail(0)
    for move, value in moves:
        before = trail.value
        if move == "push" and trail.push(value):
            assert trail.back() == before
            assert trail.forward() == value
        elif move == "back" and trail.can_back:
            trail.back()
            assert trail.forward() == before
            trail.back()
        elif move == "forward" and trail.can_forward:
            trail.forward()
            assert trail.back() == before
            trail.forward()


@given(st.sampled_from(["act-1", "act-2"]), st.booleans())
def test_a_value_chosen_twice_is_as_before(value, exclude):
    start = Choice(include=("act-3",))
    change = Choice.excluding if exclude else Choice.including
    assert change(change(start, value), value) == start
