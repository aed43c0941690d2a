"""The bundled fonts: what each font role is, in pixels, and how wide its words are (design §8).

Figures and canvases use these alone, without hinting or subpixel antialiasing, so that two machines place
labels alike. Scripts that the bundled fonts lack fall back to the system's.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

from explorer.assets import ResourceMissingError, resource
from explorer.frozen import frozen
from explorer.layout.scene import FontRole
from explorer.words import tr

#: The bundled families have names of their own: where a system has Noto too, Qt may take its files for ours.
_SHARED = (
    "Dateline Noto Sans Arabic",
    "Dateline Noto Sans Math",
    "Dateline Noto Sans Symbols2",
    "Dateline Noto Emoji",
)
SANS = ("Dateline Noto Sans", *_SHARED)
SERIF = ("Dateline Noto Serif", *_SHARED)
#: What a reader of an SVG is likely to have, best first.
PUBLIC: dict[tuple[str, ...], str] = {
    SANS: "'Noto Sans', 'Noto Sans Arabic', 'Noto Emoji', sans-serif",
    SERIF: "'Noto Serif', 'Noto Sans Arabic', 'Noto Emoji', serif",
}
FILES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSans-Italic.ttf",
    "NotoSerif-Regular.ttf",
    "NotoSerif-Bold.ttf",
    "NotoSerif-Italic.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansArabic-Bold.ttf",
    "NotoSansMath-Symbols.ttf",
    "NotoSansMath-SymbolsBold.ttf",
    "NotoSansSymbols2-Marks.ttf",
    "NotoSansSymbols2-MarksBold.ttf",
    "NotoEmoji-Signs.ttf",
    "NotoEmoji-SignsBold.ttf",
)
#: Widths remembered before the cache starts afresh: a few megabytes.
CACHE_SIZE = 50_000


@frozen
class FontSpec:
    """A font role in numbers: pixels of logical size, weight and slant."""

    pixels: int
    bold: bool = False
    italic: bool = False
    families: tuple[str, ...] = SANS


FONTS: dict[FontRole, FontSpec] = {
    "label": FontSpec(12),
    "label_bold": FontSpec(12, bold=True),
    "small": FontSpec(11),
    "small_italic": FontSpec(11, italic=True),
    "tick": FontSpec(11),
    "tick_bold": FontSpec(11, bold=True),
    "lane": FontSpec(12),
    "title": FontSpec(16, bold=True),
    "heading": FontSpec(13, bold=True),
    "body": FontSpec(14, families=SERIF),
    "body_bold": FontSpec(14, bold=True, families=SERIF),
    "quote": FontSpec(13, families=SERIF),
    "caption": FontSpec(11),
    "caption_bold": FontSpec(11, bold=True),
    "caption_italic": FontSpec(11, italic=True),
}


class FontsMissingError(ResourceMissingError):
    """A bundled font could not be loaded: the installation is damaged."""


def quiet_fallback() -> None:
    """Let Qt look for other fonts in silence: that the bundled ones lack a script is known, and falls back.

    Qt says so as information, a line for each font and script; its warnings stay. The environment's QT_LOGGING_RULES
    go before this.
    """
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")


@cache
def load_fonts() -> None:
    """Give the bundled fonts to Qt, once; needs a QGuiApplication. Raises FontsMissingError."""
    quiet_fallback()
    for name in FILES:
        path = resource(f"fonts/{name}")
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FontsMissingError(
                tr(
                    "the bundled font {name} cannot be read; Qt’s platform {platform} may draw no text at all"
                ).format(name=name, platform=QGuiApplication.platformName())
            )


@cache
def font(role: FontRole) -> QFont:
    """Return the font of role, in pixels, unhinted, grey antialiasing. Callers must not change it."""
    load_fonts()
    spec = FONTS[role]
    made = QFont(list(spec.families))
    made.setPixelSize(spec.pixels)
    made.setWeight(QFont.Weight.Bold if spec.bold else QFont.Weight.Normal)
    made.setItalic(spec.italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias)
    for ligature in ("liga", "clig", "dlig"):  # "fi" must stay two letters when copied from a PDF
        made.setFeature(QFont.Tag(ligature), 0)
    return made


@cache
def metrics(role: FontRole) -> QFontMetricsF:
    """Return the metrics of a role's font."""
    return QFontMetricsF(font(role))


class QtMeasure:
    """Measures words in the bundled fonts (layout.measure.Measure) and remembers their widths."""

    def __init__(self) -> None:
        """Start with no widths known."""
        self._widths: dict[tuple[str, FontRole], float] = {}

    def width(self, text: str, font: FontRole) -> float:
        """Return the advance width of one line of text in logical pixels."""
        key = (text, font)
        known = self._widths.get(key)
        if known is None:
            if len(self._widths) >= CACHE_SIZE:
                self._widths.clear()
            known = self._widths[key] = metrics(font).horizontalAdvance(text)
        return known

    def ascent(self, font: FontRole) -> float:
        """Return the height above the baseline."""
        return metrics(font).ascent()

    def descent(self, font: FontRole) -> float:
        """Return the depth below the baseline."""
        return metrics(font).descent()
