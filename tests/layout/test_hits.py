"""What lies under the pointer."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.layout.hits import HitIndex, bounds
from explorer.layout.scene import Group, Rect, Scene


def group(name: str, *boxes: tuple[float, float, float, float], kind: str = "event") -> Group:
    return Group((), (name,), kind, name, boxes)


def scene(*groups: Group) -> Scene:
    return Scene(400, 300, groups)


def test_a_mark_answers_before_the_lane_it_lies_in() -> None:
    lane = group("act-a", (0, 0, 400, 40), kind="lane")
    mark = group("evt-a", (100, 10, 12, 12))
    index = HitIndex(scene(mark, lane))
    assert index.at(105, 15) is mark
    assert index.at(98, 15) is mark  # within reach
    assert index.at(50, 15) is lane


def test_a_hit_answers_before_a_smaller_near_miss() -> None:
    big, small = group("evt-a", (0, 0, 20, 20)), group("evt-b", (22, 0, 16, 16))
    assert HitIndex(scene(big, small)).at(20, 10, reach=5) is big


def test_the_topmost_of_equals_answers() -> None:
    below, above = group("evt-a", (0, 0, 20, 20)), group("evt-b", (0, 0, 20, 20))
    found = HitIndex(scene(below, above)).at(10, 10)
    assert found is above


def test_nothing_answers_far_from_every_target_or_in_an_empty_scene() -> None:
    assert HitIndex(scene(group("evt-a", (0, 0, 5, 5)))).at(100, 100) is None
    assert HitIndex(scene()).at(0, 0) is None


def test_a_rubber_band_takes_records_and_passes_over_lanes() -> None:
    index = HitIndex(
        scene(
            group("act-a", (0, 0, 400, 40), kind="lane"),
            group("evt-a", (10, 10, 10, 10)),
            group("evt-b", (200, 10, 10, 10)),
        )
    )
    assert index.inside(30, 30, -25, -25) == {"evt-a"}
    assert index.inside(0, 0, 5, 5, kinds={"lane"}) == {"act-a"}


def test_groups_come_in_reading_order_also_where_they_are_nested() -> None:
    inner = group("evt-b", (5, 50, 5, 5))
    outer = Group((Rect(0, 0, 9, 9), inner), ("evt-a",), "cluster", "", ((90, 0, 5, 5),))
    index = HitIndex(scene(outer, group("evt-c", (20, 0, 5, 5))))
    assert [g.ids[0] for g in index.groups()] == ["evt-c", "evt-a", "evt-b"]
    assert [g.ids[0] for g in index.groups("event")] == ["evt-c", "evt-b"]


def test_an_id_leads_to_every_group_that_holds_it() -> None:
    first, second = group("evt-a", (0, 0, 1, 1)), group("evt-a", (9, 9, 1, 1))
    index = HitIndex(scene(first, second, group("evt-b", (5, 5, 1, 1))))
    assert index.of({"evt-a"}) == (first, second)
    assert index.of({"evt-z"}) == ()


def test_bounds_hold_all_targets() -> None:
    assert bounds(group("edge", (10, 10, 5, 5), (30, 0, 5, 5))) == (10, 0, 25, 15)
    assert bounds(Group(())) == (0, 0, 0, 0)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_what_answers_is_within_reach_and_nothing_smaller_was_hit(seed: int) -> None:
    rng = random.Random(seed)
    groups = [
        group(f"evt-{n}", (rng.uniform(0, 380), rng.uniform(0, 280), rng.uniform(1, 60), rng.uniform(1, 60)))
        for n in range(30)
    ]
    x, y = rng.uniform(0, 400), rng.uniform(0, 300)
    found = HitIndex(scene(*groups)).at(x, y, reach=2)
    hit = [g for g in groups if _holds(g, x, y)]
    if hit:
        assert found is not None
        assert _area(found) <= min(_area(g) for g in hit)
    elif found is not None:
        left, top, width, height = bounds(found)
        assert left - 2 <= x <= left + width + 2
        assert top - 2 <= y <= top + height + 2


def _holds(g: Group, x: float, y: float) -> bool:
    left, top, width, height = g.targets[0]
    return left <= x <= left + width and top <= y <= top + height


def _area(g: Group) -> float:
    return g.targets[0][2] * g.targets[0][3]
