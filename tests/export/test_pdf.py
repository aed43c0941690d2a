"""PDF: one page of the scene's size, words that can be selected and found, fonts inside."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from explorer.export.metadata import Metadata
from explorer.export.pdf import to_pdf
from explorer.layout.scene import Fade, Label, Rect, Scene
from explorer.paint.fonts import FONTS
from explorer.paint.theme import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")
WORDS = Metadata(
    "A <title>", "What it shows", "Caption", "Source", "CC BY 4.0", "{}", "ab" * 32, "Dateline 1"
)


def read(*items, factor=1.0) -> PdfReader:
    return PdfReader(BytesIO(to_pdf(Scene(640, 361, items), LIGHT, WORDS, factor=factor)))


@pytest.mark.parametrize("factor", [1.0, 2.5])
def test_the_page_is_as_large_as_the_scene_in_points(factor):
    reader = read(Rect(0, 0, 640, 361, "force"), factor=factor)
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((640 * factor, 361 * factor), abs=1.0)


@pytest.mark.parametrize("role", sorted(FONTS))
def test_words_can_be_selected_as_they_were_written(role):
    text = "The first official finds of ≥ 25, affirmed"
    found = read(Label(20, 50, text, role, 300)).pages[0].extract_text()
    assert "\t" not in found
    assert " ".join(found.split()) == text


def test_every_font_is_one_of_ours_and_embedded():
    labels = [Label(20, 20 * n, "Aleppo ≥ سوريا", role, 80) for n, role in enumerate(sorted(FONTS), start=1)]
    fonts = read(*labels).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        (inner,) = font.get_object()["/DescendantFonts"]
        assert "DatelineNoto" in inner.get_object()["/BaseFont"]
        assert "/FontFile2" in inner.get_object()["/FontDescriptor"]


def test_the_file_says_what_it_shows_and_nobody_s_name():
    reader = read()
    assert reader.metadata.title == "A <title>"
    assert reader.metadata.creator == "Dateline 1"
    assert not reader.metadata.author
    assert reader.xmp_metadata.dc_title == {"x-default": "A <title>"}
    assert reader.xmp_metadata.dc_description == {"x-default": "What it shows"}


def test_soft_time_stays_soft():
    """Qt's PDF engine draws a translucent gradient solid; so a fade is a picture with a mask that runs out."""
    (picture,) = read(Fade(10, 10, 100, 8, "force", 0.0, 0.9)).pages[0]["/Resources"]["/XObject"].values()
    mask = picture.get_object()["/SMask"].get_object()
    values = list(mask.get_data())
    assert values == sorted(values)
    assert (values[0], values[-1]) == (0, pytest.approx(230, abs=2))
