"""Every item of a Scene reaches the pixels, crisp, in its theme's colours, at every scale."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from explorer.layout.scene import Bars, Fade, Group, Label, Path, Rect, Scene, Shape
from explorer.paint.fonts import QtMeasure
from explorer.paint.painter import draw_boxes, paint, to_image
from explorer.paint.theme import DARK, LIGHT, THEMES

pytestmark = pytest.mark.usefixtures("qapp")


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), 2::-1].astype(int)


def painted(*items, theme=LIGHT, scale=1.0, size=(40, 30)) -> np.ndarray:
    return pixels(to_image(Scene(*size, tuple(items)), theme, scale))


def rgb(color: str) -> tuple[int, int, int]:
    return QColor(color).red(), QColor(color).green(), QColor(color).blue()


ITEMS = [
    Rect(5, 5, 20, 10, "force"),
    Rect(5, 5, 20, 10, "", "ink"),
    Rect(5, 5, 20, 10, "civil", radius=3, hatch="hatch"),
    Rect(5, 5, 20, 10, "", "line", dash="dash"),
    Fade(5, 5, 30, 10, "armed", 0.0, 1.0),
    Fade(5, 5, 30, 10, "armed", 1.0, 0.2, hatch="hatch"),
    Path((("M", 5, 5), ("L", 30, 20)), "ink"),
    Path((("M", 5, 5), ("C", 10, 0, 20, 30, 30, 20)), "ink", dash="dot"),
    Path((("M", 5, 5), ("L", 30, 5), ("L", 20, 20), ("Z",)), fill="threat"),
    *(
        Shape(kind, 20, 15, 8, "talk")
        for kind in ("circle", "square", "diamond", "triangle", "hexagon", "cross")
    ),
    Shape("triangle_down", 20, 15, 8, "", "force"),
    Label(5, 20, "abc", "label", 20),
    Label(20, 20, "سوريا", "label", 30, anchor="middle"),
    Bars(np.array([[3.0, 4.0, 5.0, 6.0], [20.0, 4.0, 5.0, 6.0]]), "none"),
]


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
@pytest.mark.parametrize("item", ITEMS, ids=lambda i: type(i).__name__)
def test_every_item_leaves_ink_inside_and_out_of_groups(item, theme):
    plain = painted(theme=theme)
    bare, grouped = painted(item, theme=theme), painted(Group((item,), ("evt-a",)), theme=theme)
    assert (bare != plain).any()
    assert (bare == grouped).all()


def test_an_unknown_item_is_refused():
    with pytest.raises(TypeError):
        painted("words")


def test_the_ground_and_a_fill_have_their_colours():
    image = painted(Rect(10, 10, 10, 10, "force"), theme=DARK)
    assert tuple(image[2, 2]) == rgb(DARK.color("panel"))
    assert tuple(image[15, 15]) == rgb(DARK.color("force"))


def test_a_pale_mark_gets_its_outline_and_a_strong_one_none():
    pale = painted(Shape("circle", 20, 15, 8, "threat"))
    assert np.abs(pale[15, 11:14] - rgb(LIGHT.outline("threat"))).sum(axis=1).min() < 60
    assert LIGHT.outline("force") is None


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("at", [10.0, 10.5, 10.3])
def test_a_hairline_is_crisp_at_every_scale(at, scale):
    image = painted(Path((("M", 0, at), ("L", 40, at)), "ink"), scale=scale)
    column = image[:, 20]
    assert {tuple(p) for p in column} == {rgb(LIGHT.color("panel")), rgb(LIGHT.color("ink"))}
    assert (column == rgb(LIGHT.color("ink"))).all(axis=1).sum() == max(1, round(scale))


def test_a_frame_is_crisp():
    image = painted(Rect(5, 5, 20, 10, "", "ink"))
    assert {tuple(p) for p in image.reshape(-1, 3)} == {rgb(LIGHT.color("panel")), rgb(LIGHT.color("ink"))}


def test_a_fade_grows_from_left_to_right():
    row = painted(Fade(0, 0, 40, 30, "ink", 0.0, 1.0))[15].sum(axis=1)
    assert (np.diff(row) <= 0).all()
    assert row[0] > 700 > 200 > row[-1]


def test_a_scale_doubles_every_pixel():
    item = Rect(10, 10, 10, 10, "force")
    assert (painted(item, scale=2.0)[::2, ::2] == painted(item)).all()


def test_a_clip_keeps_the_rest_untouched():
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    with QPainter(image) as painter:
        paint(Scene(40, 30, (Rect(0, 0, 40, 30, "force"),)), painter, LIGHT, clip=QRectF(10, 0, 10, 30))
    assert tuple(pixels(image)[5, 5]) == rgb("#123456")
    assert tuple(pixels(image)[5, 15]) == rgb(LIGHT.color("force"))


def test_words_are_anchored_by_the_width_they_were_measured_with():
    text = "Aleppo and Hama"
    wide = QtMeasure().width(text, "label")
    left = painted(Label(20, 30, text, "label", wide), size=(200, 40))
    for anchor, x in (("middle", 20 + wide / 2), ("end", 20 + wide)):
        assert (painted(Label(x, 30, text, "label", wide, anchor=anchor), size=(200, 40)) == left).all()


def test_bars_are_the_same_as_single_rectangles():
    boxes = np.array([[3.0, 4.0, 5.0, 6.0], [20.0, 14.0, 5.0, 6.0]])
    singles = [Rect(*box, "force") for box in boxes.tolist()]
    assert (painted(Bars(boxes, "force")) == painted(*singles)).all()


@pytest.mark.parametrize("boxes", [np.zeros((0, 4)), np.ones((3, 4), np.float32), np.ones((3, 8))[:, ::2]])
def test_bars_take_any_array_of_boxes(boxes):
    painted(Bars(boxes, "force"))


def test_drawing_rectangles_keeps_the_reference_count_of_none():
    """PySide6 6.12.0 on Python 3.11 drops a reference to None on each call and aborts the interpreter."""
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    boxes = np.ones((4, 4))
    with QPainter(image) as painter:
        brush = QBrush(QColor("red"))
        before = sys.getrefcount(None)
        for _ in range(1000):
            painter.drawRect(1, 1, 5, 5)
            draw_boxes(painter, boxes, brush)
        assert abs(sys.getrefcount(None) - before) < 50


def test_an_image_that_is_too_large_is_an_error_and_not_a_crash():
    with pytest.raises(MemoryError, match="too large"):
        to_image(Scene(200_000, 200_000, ()), LIGHT)
