"""Write a Scene as PNG, with what the figure says of itself as text chunks; same scene, same bytes."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from explorer.export.devices import ExportError
from explorer.export.metadata import Metadata
from explorer.layout.scene import Scene
from explorer.paint.painter import to_image
from explorer.paint.theme import Theme

#: Quality of Qt's PNG writer: 80 halves the time of the default for 2 % more bytes (performance.md §6).
QUALITY = 80
#: Pixels that one image may have: 2 GB in memory at 4 bytes each would be beyond what figures need.
MOST_PIXELS = 400_000_000
INCHES_PER_METRE = 39.3700787


def to_png(
    scene: Scene, theme: Theme, metadata: Metadata, *, scale: float = 1.0, dpi: float | None = None
) -> bytes:
    """Return scene as a PNG of width * scale by height * scale pixels, dpi noted (96 * scale if None).

    Raises ExportError where the image is too large.
    """
    if scene.width * scene.height * scale * scale > MOST_PIXELS:
        raise ExportError(
            f"an image of {scene.width * scale:.0f} x {scene.height * scale:.0f} pixels is too large"
        )
    try:
        image = described(to_image(scene, theme, scale), metadata)
    except MemoryError as error:
        raise ExportError(str(error)) from error
    dots = round((dpi or 96.0 * scale) * INCHES_PER_METRE)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    return encoded(image)


def described(image: QImage, metadata: Metadata) -> QImage:
    """Return image with metadata as text, under the keywords of the PNG specification where it has one."""
    rows = {
        "Title": metadata.title,
        "Description": metadata.description,
        "Comment": metadata.caption,
        "Source": metadata.source,
        "Copyright": metadata.rights,
        "Software": metadata.program,
        "Filter": metadata.filter_json,
        "Case": metadata.case_hash,
    }
    for keyword, text in rows.items():
        if text:
            image.setText(keyword, text)
    return image


def encoded(image: QImage) -> bytes:
    """Return image as PNG bytes. Raises ExportError where Qt cannot write it."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setQuality(QUALITY)
    if not writer.write(image):
        raise ExportError(writer.errorString())
    buffer.close()
    return bytes(data.data())
