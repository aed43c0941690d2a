"""Marks keep to their size, and hatching to its box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.layout.scene import Rect, Shape
from explorer.paint.shapes import HATCH_PERIOD, cross_strokes, hatch_strokes, polygon

CORNERED = ("square", "diamond", "triangle", "triangle_down", "hexagon")


@pytest.mark.parametrize("kind", CORNERED)
def test_a_mark_lies_about_its_centre(kind):
    corners = polygon(Shape(kind, 10.0, 20.0, 4.0))
    assert len(corners) >= 3
    assert all(abs(x - 10) <= 5.5 and abs(y - 20) <= 5.5 for x, y in corners)


@pytest.mark.parametrize("kind", CORNERED)
def test_marks_of_one_size_look_alike_large(kind):
    corners = polygon(Shape(kind, 0.0, 0.0, 10.0))
    area = (
        abs(
            sum(
                x1 * y2 - x2 * y1
                for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True)
            )
        )
        / 2
    )
    assert 0.6 < area / (3.1416 * 100) < 1.25


def test_a_cross_is_two_strokes_through_its_centre():
    for (x1, y1), (x2, y2) in cross_strokes(Shape("cross", 5.0, 6.0, 3.0)):
        assert ((x1 + x2) / 2, (y1 + y2) / 2) == pytest.approx((5, 6))


@given(st.floats(-50, 500), st.floats(-50, 500), st.floats(0, 300), st.floats(0, 40))
def test_hatching_stays_in_its_box_and_joins_with_its_neighbours(x, y, width, height):
    for (x1, y1), (x2, y2) in hatch_strokes(Rect(x, y, width, height)):
        assert x <= x1 <= x2 <= x + width
        assert y <= y2 <= y1 <= y + height
        assert (x1 + y1) / HATCH_PERIOD == pytest.approx(round((x1 + y1) / HATCH_PERIOD), abs=1e-6)
