"""The program's own icons: small SVG strokes, coloured with the ink of the theme."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QIcon, QImage, QImageReader, QPixmap

from explorer.assets import resource
from explorer.paint.theme import LIGHT, Theme

#: Pixel sizes drawn ahead: 16 logical pixels at 100 % and 200 %; Qt scales between them.
SIZES = (16, 32)


def icon(name: str, theme: Theme = LIGHT) -> QIcon:
    """Return an icon of resources/icons in the ink of theme; what cannot be used now is faint."""
    drawing = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for mode, role in ((QIcon.Mode.Normal, "ink"), (QIcon.Mode.Disabled, "faint")):
        tinted = drawing.replace("currentColor", theme.color(role))
        for size in SIZES:
            made.addPixmap(QPixmap.fromImage(_drawn(tinted, size)), mode)
    return made


def image(name: str, size: int) -> QImage:
    """Return one drawing of resources/icons as it is, size pixels wide and high."""
    return _drawn(resource(f"icons/{name}.svg").read_text(encoding="utf-8"), size)


def _drawn(drawing: str, size: int) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(drawing.encode()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(size, size))
    return reader.read()
