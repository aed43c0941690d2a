"""The bundled fonts are the ones used, whatever the system has, and measure alike at every scale."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF, QRawFont, QTextLayout

from explorer.layout.scene import FontRole
from explorer.paint.fonts import FONTS, QtMeasure, font, load_fonts

pytestmark = pytest.mark.usefixtures("qapp")
ROLES = get_args(FontRole)


@pytest.mark.parametrize("role", ROLES)
def test_every_font_role_is_a_bundled_font_in_pixels_without_hinting(role):
    made = font(role)
    assert QFontInfo(made).family().startswith("Dateline Noto")
    assert made.pixelSize() == FONTS[role].pixels
    assert made.hintingPreference() == QFont.HintingPreference.PreferNoHinting
    assert made.styleStrategy() & QFont.StyleStrategy.NoSubpixelAntialias
    assert QRawFont.fromFont(made).isValid()


def test_loading_twice_adds_nothing():
    load_fonts()
    before = len(QFontDatabase.families())
    load_fonts()
    assert len(QFontDatabase.families()) == before


@pytest.mark.parametrize("sign", "≥≤≈→↔–—“”…·¶×▾§№−سЖéş")
def test_signs_that_figures_use_come_from_bundled_fonts(sign):
    from explorer.assets import resource
    from explorer.paint.fonts import FILES

    raw = [QRawFont(str(resource(f"fonts/{name}")), 12) for name in FILES]
    assert any(each.supportsCharacter(ord(sign)) for each in raw)


@pytest.mark.parametrize("role", ["label", "label_bold", "body"])
@pytest.mark.parametrize("sign", ["🚀", "💥", "👨‍👩‍👧‍👦", "🇸🇾", "✊🏿"])
def test_an_emoji_is_one_drawn_sign_of_a_bundled_font(sign, role):
    layout = QTextLayout(sign, font(role))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    assert {run.rawFont().familyName() for run in runs} == {"Dateline Noto Emoji"}
    drawn = [
        index
        for run in runs
        for index in run.glyphIndexes()
        if not run.rawFont().pathForGlyph(index).isEmpty()
    ]
    assert len(drawn) == 1
    assert 0 not in drawn


def test_a_script_that_falls_back_raises_no_warning_and_others_still_do(qtlog):
    QtMeasure().width("अलेप्पो में हवाई हमले", "label")
    QtMeasure().width("\u1820\u1821 \u0f40\u0f41 \U00012000", "body")
    assert not [record for record in qtlog.records if "OpenType" in record.message]
    db, other = QLoggingCategory("qt.text.font.db"), QLoggingCategory("qt.gui.anything")
    assert not db.isInfoEnabled()
    assert db.isWarningEnabled()
    assert other.isInfoEnabled()


def test_widths_grow_with_the_scale():
    large = QFont(font("label"))
    large.setPixelSize(FONTS["label"].pixels * 10)
    text = "Russian and Syrian airstrikes on rebel-held areas"
    assert QtMeasure().width(text, "label") * 10 == pytest.approx(
        QFontMetricsF(large).horizontalAdvance(text), rel=0.01
    )


def test_letters_are_never_joined_into_ligatures():
    measure = QtMeasure()
    for pair in ("fi", "fl", "ff"):
        single = sum(measure.width(letter, "body") for letter in pair)
        assert measure.width(pair, "body") == pytest.approx(single, abs=0.6)


def test_a_width_is_remembered_and_the_memory_is_bounded(monkeypatch):
    monkeypatch.setattr("explorer.paint.fonts.CACHE_SIZE", 3)
    measure = QtMeasure()
    widths = [measure.width("x" * n, "label") for n in range(1, 9)]
    assert widths == sorted(widths)
    assert measure.width("x", "label") == widths[0]


def test_a_line_has_height():
    measure = QtMeasure()
    for role in ROLES:
        assert measure.ascent(role) > measure.descent(role) > 0
