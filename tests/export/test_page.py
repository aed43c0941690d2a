"""A page shares its height among its views and its columns among its sentences, and never overflows."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.export.page import Setter, _balanced, _most_fitting, shares
from explorer.layout.scene import Label


@dataclass(frozen=True)
class FakeView:
    least: float
    stretches: bool
    heading: str = ""
    asked: object = None

    def wanted(self, width):
        return 0.0

    def draw(self, width, height):
        raise AssertionError(width, height)


views = st.lists(st.tuples(st.floats(50, 900), st.floats(10, 400), st.booleans()), min_size=1, max_size=5)


@given(views, st.floats(1, 4000))
def test_views_never_get_more_than_there_is(asked, room):
    wanted = [want for want, _, _ in asked]
    got = shares(wanted, [FakeView(least, stretches) for _, least, stretches in asked], room)
    assert sum(got) <= room + 1e-6 or sum(got) == pytest.approx(max(room, 1.0))
    assert all(height > 0 for height in got)


@given(views, st.floats(1, 4000))
def test_a_view_is_squeezed_below_its_least_only_where_all_are(asked, room):
    wanted = [want for want, _, _ in asked]
    least = [min(low, want) for want, low, _ in asked]
    got = shares(wanted, [FakeView(low, stretches) for _, low, stretches in asked], room)
    if sum(least) <= room:
        assert all(height >= low - 1e-6 for height, low in zip(got, least, strict=True))


def test_what_is_left_goes_to_views_that_can_use_it():
    assert shares([100, 100], [FakeView(50, True), FakeView(50, False)], 300) == [200, 100]
    assert shares([100], [FakeView(50, False)], 300) == [100]


@given(st.lists(st.floats(5, 80), min_size=1, max_size=30), st.integers(1, 3))
def test_columns_are_filled_in_order_and_about_evenly(tall, columns):
    where, deep = _balanced(tall, columns)
    assert where == sorted(where)
    assert max(where) < columns
    for column in set(where):
        filled = sum(height for height, at in zip(tall, where, strict=True) if at == column)
        assert filled <= deep + 0.02
    assert deep <= sum(tall) / columns + max(tall) + 0.6


@given(st.lists(st.floats(5, 80), min_size=1, max_size=20), st.integers(1, 3), st.floats(0, 600))
def test_as_many_sentences_stand_as_find_room(tall, columns, room):
    count = _most_fitting(tall, columns, room, 0.0, 12.0)
    if count:
        assert _balanced(tall[:count], columns)[1] + (12.0 if count < len(tall) else 0.0) <= room


def test_a_paragraph_of_the_caption_stays_in_one_column(measure):
    setter = Setter(1000, 800, measure)
    paragraphs = tuple(f"{'word ' * count}end." for count in (12, 30, 22, 41, 9, 35))
    (foot,), tall = setter._foot(paragraphs)
    lines = [item for item in foot.items if isinstance(item, Label)]
    ends = [n for n, line in enumerate(lines) if line.text.endswith("end.")]
    assert len(ends) == len(paragraphs)
    assert len({line.x for line in lines}) == 2
    for first, last in zip([0, *(end + 1 for end in ends)], ends, strict=False):
        assert len({line.x for line in lines[first : last + 1]}) == 1
    deepest = {x: max(line.y for line in lines if line.x == x) for x in {line.x for line in lines}}
    assert max(deepest.values()) <= tall
    assert max(deepest.values()) - min(deepest.values()) < 6 * 13 * 1.08


def test_one_very_long_paragraph_is_shared_between_the_columns(measure):
    (foot,), tall = Setter(1000, 800, measure)._foot(("word " * 400, "Short."))
    columns = {item.x for item in foot.items if isinstance(item, Label)}
    assert len(columns) == 2
    assert tall < 13 * 1.08 * (400 * 35 / 450 / 2 + 4) + 8
