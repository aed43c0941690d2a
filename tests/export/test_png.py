"""PNG: the scene at any scale, with what the figure says of itself, the same bytes again."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from explorer.export.devices import ExportError
from explorer.export.metadata import Metadata
from explorer.export.png import to_png
from explorer.layout.scene import Label, Rect, Scene
from explorer.paint.theme import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")
SCENE = Scene(60, 40, (Rect(5, 5, 20, 10, "force"), Label(5, 30, "Aleppo", "label", 40)))
WORDS = Metadata(
    "Title",
    "Was gezeigt wird – حلب",
    "Caption",
    "Source",
    "CC BY 4.0",
    '{"text":"x"}',
    "ab" * 32,
    "Dateline 1",
)


def read(data: bytes) -> QImage:
    image = QImage()
    assert image.loadFromData(data, "png")
    return image


@pytest.mark.parametrize("scale", [1.0, 1.5, 3.0])
def test_the_image_has_the_size_and_the_dots_per_inch_of_its_scale(scale):
    image = read(to_png(SCENE, LIGHT, WORDS, scale=scale))
    assert (image.width(), image.height()) == (60 * scale, 40 * scale)
    assert image.dotsPerMeterX() == pytest.approx(96 * scale * 39.37, abs=1)


def test_dots_per_inch_can_be_chosen():
    assert read(to_png(SCENE, LIGHT, WORDS, dpi=300)).dotsPerMeterX() == 11811


def test_the_file_says_what_it_shows_and_where_it_is_from():
    image = read(to_png(SCENE, LIGHT, WORDS))
    assert {key: image.text(key) for key in image.textKeys()} == {
        "Title": "Title", "Description": WORDS.description, "Comment": "Caption", "Source": "Source",
        "Copyright": "CC BY 4.0", "Software": "Dateline 1", "Filter": '{"text":"x"}', "Case": "ab" * 32,
    }  # fmt: skip


def test_it_bears_no_time_and_the_same_scene_gives_the_same_bytes():
    data = to_png(SCENE, LIGHT, WORDS)
    assert b"tIME" not in data
    assert data == to_png(SCENE, LIGHT, WORDS)


def test_an_image_beyond_memory_is_refused_in_words():
    with pytest.raises(ExportError, match="too large"):
        to_png(Scene(20_000, 20_000, ()), LIGHT, WORDS, scale=10)
