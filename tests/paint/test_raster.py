"""A picture of cells looks the same on the screen and as the rectangles that a vector file holds."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from explorer.export.metadata import Metadata
from explorer.layout.raster import bars_of
from explorer.layout.scene import Raster, Scene
from explorer.paint.painter import to_image
from explorer.paint.theme import LIGHT

ROLES = (("force", 1.0), ("talk", 1.0), ("armed", 1.0))


@pytest.mark.parametrize("columns", [4, 7, 13])
def test_a_raster_and_its_rectangles_paint_the_same_pixels(qapp, columns):
    cells = np.random.default_rng(columns).integers(0, 4, (6, columns)).astype(np.uint8)
    raster = Raster(8, 4, columns * 8.0, 48, cells, ROLES, 0.0, float(columns))
    one = to_image(Scene(columns * 8 + 16, 60, (raster,)), LIGHT)
    other = to_image(Scene(columns * 8 + 16, 60, tuple(bars_of(raster))), LIGHT)
    for row in range(6):
        for column in range(columns):
            at = 8 + column * 8 + 4, 4 + row * 8 + 4
            assert one.pixelColor(*at) == other.pixelColor(*at)
            code = int(cells[row, column])
            wanted = LIGHT.color(ROLES[code - 1][0]) if code else LIGHT.color("panel")
            assert one.pixelColor(*at) == QColor(wanted)


def test_a_raster_is_cut_to_its_box(qapp):
    cells = np.ones((2, 10), np.uint8)
    raster = Raster(20, 10, 40, 20, cells, ROLES, 2.5, 4.0)
    for item in (raster, *bars_of(raster)):
        image = to_image(Scene(100, 40, (item,)), LIGHT)
        assert image.pixelColor(40, 20) == QColor(LIGHT.color("force"))
        assert image.pixelColor(15, 20) == QColor(LIGHT.color("panel"))
        assert image.pixelColor(65, 20) == QColor(LIGHT.color("panel"))
    boxes = next(iter(bars_of(raster))).boxes
    assert boxes[:, 2].sum() == pytest.approx(40)


def test_an_svg_holds_the_rectangles(qapp):
    from explorer.export.svg import to_svg

    cells = np.array([[0, 1], [2, 2]], np.uint8)
    raster = Raster(0, 0, 20, 20, cells, ROLES, 0.0, 2.0)
    svg = to_svg(Scene(20, 20, (raster,)), LIGHT, Metadata("t", "d")).decode()
    assert "M10 0h10v10h-10z" in svg
    assert "M0 10h20v10h-20z" in svg
