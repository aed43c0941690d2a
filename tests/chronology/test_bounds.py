"""Constraints tighten bounds to what holds in all the worlds that satisfy them, no more and no less."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from explorer.chronology.bounds import FUTURE, LIMITS, PAST, UNDATED, Bound, Bounds, Constraint, tighten

STATED = 3


def dated(low: int, high: int) -> Bounds:
    first, last = Bound(low, STATED, because=("evt",)), Bound(high, STATED, because=("evt",))
    return Bounds(first, last, first, last)


def constraint(subject: str, relation: str, other: str) -> Constraint:
    return Constraint(subject, relation, other, STATED, (subject,))


def holds(relation: str, start: int, end: int, other_start: int, other_end: int) -> bool:
    return {
        "before": end <= other_start,
        "after": start >= other_end,
        "overlaps": start <= other_end and end >= other_start,
        "at": start >= other_start and end <= other_end,
    }[relation]


def test_undated_bounds_are_open_all_round() -> None:
    assert Bounds() == UNDATED == Bounds(PAST, FUTURE, PAST, FUTURE)
    assert UNDATED.as_json() == {
        "earliest": None,
        "latest": None,
        "core": None,
        "approx": False,
        "precision": "unknown",
        "basis": None,
    }


@given(st.sampled_from(sorted(LIMITS)), st.integers(0, 4), st.integers(0, 4))
def test_a_constraint_gives_exactly_the_hull_of_all_worlds(relation: str, low: int, width: int) -> None:
    days = range(-8, 16)
    high = low + width
    worlds = [
        (start, end)
        for start, end in product(days, days)
        if start <= end
        and any(
            holds(relation, start, end, other_start, other_end)
            for other_start, other_end in product(range(low, high + 1), repeat=2)
            if other_start <= other_end
        )
    ]
    found = tighten({"a": UNDATED, "b": dated(low, high)}, [constraint("a", relation, "b")])["a"]
    starts, ends = [start for start, _ in worlds], [end for _, end in worlds]
    assert max(found.start_min.value, days[0]) == min(starts)
    assert min(found.start_max.value, days[-1]) == max(starts)
    assert max(found.end_min.value, days[0]) == min(ends)
    assert min(found.end_max.value, days[-1]) == max(ends)


relations = st.sampled_from(sorted(LIMITS))
names = st.sampled_from("abcdef")
networks = st.lists(st.builds(constraint, names, relations, names), max_size=12)


@given(networks, st.dictionaries(names, st.tuples(st.integers(0, 9), st.integers(0, 3))))
def test_any_network_ends_in_ordered_bounds_no_wider_than_its_own(
    network: list[Constraint], dates: dict[str, tuple[int, int]]
) -> None:
    own = dict.fromkeys("abcdef", UNDATED)
    own |= {name: dated(low, low + width) for name, (low, width) in dates.items()}
    found = tighten(own, network)
    assert found.keys() == own.keys()
    for name, bounds in found.items():
        assert not bounds.inverted
        assert bounds.start_min.value >= own[name].start_min.value
        assert bounds.end_max.value <= own[name].end_max.value
    assert tighten(own, network[::-1]) == found


def test_a_constraint_tightens_its_subject_and_never_the_other() -> None:
    own = {"a": dated(5, 6), "b": UNDATED}
    assert tighten(own, [constraint("a", "before", "b")])["b"].undated


def test_a_constraint_to_an_unknown_id_is_left_out() -> None:
    own = {"a": dated(5, 6)}
    assert tighten(own, [constraint("a", "before", "z"), constraint("z", "before", "a")]) == own
