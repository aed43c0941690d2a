from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from explorer.query.filters import Filter
from explorer.workspace.steps import Step, Steps


def step(number: int) -> Step:
    return Step(Filter(), (0.0, float(number + 1)), "calendar", "actor")


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["", "", "zoom", "text"])), max_size=30))
def test_going_all_the_way_back_reaches_the_start_and_forward_the_end(walked: list[tuple[int, str]]) -> None:
    steps = Steps(step(99))
    for number, run in walked:
        steps.record(step(number), run)
    last = None
    while steps.can_go_back:
        last = steps.back()
    assert last in (None, step(99))
    while steps.can_go_forward:
        last = steps.forward()
    if walked and not any(run for _, run in walked):
        assert last in (None, step(walked[-1][0]))


def test_a_run_replaces_its_own_last_step_only() -> None:
    steps = Steps(step(0))
    steps.record(step(1))
    steps.record(step(2), "zoom")
    steps.record(step(3), "zoom")
    assert steps.back() == step(1)
    assert steps.back() == step(0)
    assert steps.back() is None


def test_going_back_ends_a_run() -> None:
    steps = Steps(step(0))
    steps.record(step(1), "zoom")
    steps.back()
    steps.record(step(2), "zoom")
    assert steps.back() == step(0)
    assert steps.forward() == step(2)
    assert steps.forward() is None
