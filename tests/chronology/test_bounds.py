"""Four bounds, and what they amount to in the shape that commands print."""

from __future__ import annotations

from explorer.chronology.bounds import FUTURE, PAST, UNDATED, Bound, Bounds


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


def test_the_weakest_basis_and_any_approximation_are_those_of_the_finite_bounds() -> None:
    bounds = Bounds(start_min=Bound(0, 3), end_max=Bound(86_399, 1, approx=True))
    assert (bounds.weakest, bounds.approx, bounds.precision) == (1, True, "day")


def test_bounds_that_leave_no_time_are_inverted() -> None:
    assert Bounds(start_min=Bound(10, 3), end_max=Bound(5, 3)).inverted
    assert not Bounds(start_min=Bound(5, 3), end_max=Bound(5, 3)).inverted
