"""SVG: text stays text, marks have ids and titles, nothing runs, the same bytes again (design §2, §5)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from export.svg_words import SVG, texts

from explorer.export.metadata import Metadata
from explorer.export.svg import to_svg
from explorer.layout.scene import Bars, Fade, Group, Label, Path, Rect, Scene, Shape
from explorer.paint.theme import LIGHT

WORDS = Metadata(
    "A title", "What it shows", "Caption", "Source", "CC BY 4.0", '{"kinds":{}}', "ab" * 32, "Dateline 1"
)


def written(*items, factor=1.0, metadata=WORDS) -> bytes:
    return to_svg(Scene(200, 100, items), LIGHT, metadata, factor=factor)


def root(*items, **settings) -> ET.Element:
    return ET.fromstring(written(*items, **settings))


def test_the_root_has_a_view_box_and_says_what_the_figure_shows():
    svg = root(factor=2.0)
    assert svg.get("viewBox") == "0 0 400 200"
    assert (svg.get("width"), svg.get("height")) == ("400", "200")
    assert svg.find(f"{SVG}title").text == "A title"
    assert svg.find(f"{SVG}desc").text == "What it shows"
    told = "".join(svg.find(f"{SVG}metadata").itertext())
    for word in ("Source", "CC BY 4.0", '{"kinds":{}}', "ab" * 32, "Dateline 1"):
        assert word in told


def test_the_first_group_of_a_record_bears_its_id_and_later_ones_only_name_it():
    mark = Group((Rect(1, 2, 3, 4, "force"),), ("evt-a",), "event", "What <happened>")
    cluster = Group((Shape("circle", 5, 5, 3, "talk"),), ("evt-b", "evt-c"), "cluster", "2 records")
    groups = root(mark, cluster, mark).findall(f"{SVG}g")
    assert [g.get("id") for g in groups] == ["evt-a", None, None]
    assert [g.get("data-ids") for g in groups] == ["evt-a", "evt-b evt-c", "evt-a"]
    assert [g.get("data-kind") for g in groups] == ["event", "cluster", "event"]
    assert groups[0].find(f"{SVG}title").text == "What <happened>"


def test_ids_are_unique():
    groups = [
        Group((Group((), ("evt-a",), "event"),), (name,), "lane") for name in ("act-a", "act-b", "act-a")
    ]
    ids = [e.get("id") for e in root(*groups).iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_words_stay_words_with_their_place_and_width():
    found = root(Label(10, 20, "≥ 25 killed", "label_bold", 61.5, "ink"), factor=2.0).find(f"{SVG}text")
    assert found.text == "≥ 25 killed"
    assert {k: found.get(k) for k in ("x", "y", "textLength", "font-size", "font-weight", "lengthAdjust")} == {
        "x": "20", "y": "40", "textLength": "123", "font-size": "24", "font-weight": "700",
        "lengthAdjust": "spacingAndGlyphs",
    }  # fmt: skip
    assert found.get("fill") == LIGHT.text("ink")
    assert "transform" not in found.attrib


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_right_to_left_words_take_the_same_box_whatever_their_anchor(anchor):
    x = {"start": 50.0, "middle": 65.0, "end": 80.0}[anchor]
    svg = written(Label(x, 20, "سوريا 2015", "label", 30, anchor=anchor))
    assert ET.fromstring(svg).find(f"{SVG}text").get("direction") == "rtl"
    (box,) = texts(svg)
    assert (box.left, box.right) == (50, 80)


def test_nothing_but_the_words_themselves_moves_them():
    svg = written(Group((Group((Label(1, 9, "a", "label", 5),), ("evt-a",)),)))
    assert b"transform" not in svg


@pytest.mark.parametrize("bad", ["a\x00b", "a\x1bb", "a\ud800b", "a\ufffeb", "a\x0bb"])
def test_what_xml_cannot_carry_is_dropped(bad):
    svg = written(
        Group((Label(0, 9, bad, "label", 9),), ("evt-a",), "event", bad), metadata=Metadata(bad, bad, bad)
    )
    assert ET.fromstring(svg).find(f".//{SVG}text").text == "ab"


def test_markup_in_names_is_shown_and_never_run():
    evil = "</text><script>alert(1)</script>&amp;\"'"
    group = Group((Label(0, 9, evil, "label", 9),), ("evt-a",), evil, evil)
    svg = root(group, metadata=Metadata(evil, evil, evil, evil, evil, evil, evil, evil))
    assert svg.find(f".//{SVG}text").text == evil
    assert svg.find(f"{SVG}title").text == evil
    names = {element.tag.rpartition("}")[2] for element in svg.iter()}
    assert "script" not in names
    assert not any(
        name.startswith("on") or "href" in name for element in svg.iter() for name in element.attrib
    )


def test_every_item_is_written():
    items = (
        Rect(1, 1, 10, 10, "force", "ink", radius=2, dash="dash", hatch="hatch", opacity=0.5),
        Fade(1, 20, 30, 5, "armed", 0.0, 0.9, "hatch"),
        Path((("M", 0, 0), ("C", 1, 2, 3, 4, 5, 6), ("Z",)), "ink", "talk", dash="dot", opacity=0.5),
        *(Shape(kind, 50, 50, 5, "threat") for kind in ("circle", "square", "cross")),
        Label(5, 90, "words", "quote", 30, opacity=0.4),
        Bars(np.array([[1.0, 2.0, 3.0, 4.0]]), "none", 0.5),
    )
    svg = root(*items)
    tags = [element.tag.rpartition("}")[2] for element in svg.iter()]
    assert tags.count("linearGradient") == 1
    assert tags.count("pattern") == 1
    assert {"rect", "path", "circle", "polygon", "text"} <= set(tags)
    assert "NaN" not in written(*items).decode()


def test_gradients_are_shared_and_named_by_what_they_are():
    fades = [Fade(x, 0, 5, 5, "force", 0.0, 1.0) for x in range(5)]
    svg = written(*fades)
    assert svg.count(b"<linearGradient") == 1
    assert svg.count(b'fill="url(#fade-force-0-100)"') == 5


def test_a_pale_fill_has_its_outline():
    assert LIGHT.outline("threat").encode() in written(Shape("circle", 5, 5, 3, "threat"))


def test_an_unknown_item_is_refused():
    with pytest.raises(TypeError):
        written("words")


def test_numbers_are_short_and_never_minus_zero():
    numbers = re.findall(rb"-?\d+\.\d+|-0\b", written(Rect(-0.0001, 1 / 3, 10, 10, "ink")))
    assert b"-0" not in numbers
    assert all(len(number.split(b".")[1]) <= 2 for number in numbers if b"." in number)


def test_the_same_scene_gives_the_same_bytes():
    items = [Group((Rect(n, 0, 1, 1, "force"),), (f"evt-{n}",), "event") for n in range(50)]
    assert written(*items) == written(*items)


def test_painter_and_svg_share_their_geometry(qapp):
    """Both are drawn without words (readers of an SVG bring their own fonts) and must cover the same pixels."""
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    from explorer.paint.painter import to_image

    items = [
        Rect(10, 10, 60, 20, "force"),
        Rect(10.5, 40.5, 40, 30, "", "ink"),
        Fade(80, 10, 60, 20, "armed", 0.0, 1.0),
        Path((("M", 80, 40), ("C", 100, 90, 130, 0, 150, 60)), "civil", line=3),
        *(
            Shape(k, 100 + 12 * i, 80, 5, "talk")
            for i, k in enumerate(("circle", "square", "diamond", "triangle"))
        ),
        Bars(np.array([[160.0, 90 - n, 4, n] for n in (5, 10, 20)]), "none"),
    ]
    painted = to_image(Scene(200, 100, tuple(items)), LIGHT, 2.0)
    drawn = QImage(painted.size(), QImage.Format.Format_RGB32)
    with QPainter(drawn) as painter:
        QSvgRenderer(QByteArray(written(*items))).render(painter)
    one, other = (
        np.frombuffer(image.constBits(), np.uint8).reshape(200, 400, 4)[:, :, :3].astype(int)
        for image in (painted, drawn)
    )
    differing = (np.abs(one - other).max(axis=2) > 60).mean()
    assert differing < 0.01
