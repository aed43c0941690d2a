"""Write a Scene as PDF: one page of the scene's size, text selectable, the bundled fonts embedded."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from explorer.export.devices import ExportError
from explorer.export.metadata import Metadata, rdf
from explorer.layout.scene import Scene
from explorer.paint.fonts import load_fonts
from explorer.paint.painter import paint
from explorer.paint.theme import Theme

#: A multiple of 72: one unit of the scene is one point, and no length is rounded.
RESOLUTION = 1440
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n{}\n</x:xmpmeta>\n<?xpacket end="w"?>'
)


def to_pdf(scene: Scene, theme: Theme, metadata: Metadata, *, factor: float = 1.0) -> bytes:
    """Return scene as a PDF page of width * factor by height * factor points. Raises ExportError."""
    load_fonts()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    size = QSizeF(scene.width * factor, scene.height * factor)
    page = QPageSize(size, QPageSize.Unit.Point, "figure", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    writer.setTitle(metadata.title)
    writer.setCreator(metadata.program)
    writer.setDocumentXmpMetadata(QByteArray(_XMP.format(rdf(metadata)).encode("utf-8")))
    _draw(scene, theme, writer, RESOLUTION / 72 * factor)
    buffer.close()
    return bytes(data.data())


def _draw(scene: Scene, theme: Theme, writer: QPdfWriter, scale: float) -> None:
    painter = QPainter()
    if not painter.begin(writer):
        raise ExportError("the PDF writer did not start")
    try:
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        painter.scale(scale, scale)
        paint(scene, painter, theme)
    finally:
        painter.end()
