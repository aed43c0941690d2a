"""Paint a Scene with QPainter, on a pixmap, an image or a page; all geometry is the Scene's (design §2)."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import cast

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QLinearGradient,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)
from shiboken6 import wrapInstance

from explorer.layout.raster import bars_of
from explorer.layout.scene import (
    Bars,
    Dots,
    Fade,
    Item,
    Label,
    Path,
    Raster,
    Rect,
    Role,
    Scene,
    Shape,
    Strokes,
)
from explorer.paint.fonts import font, load_fonts
from explorer.paint.shapes import DASHES, HATCH_LINE, cross_strokes, hatch_strokes, polygon
from explorer.paint.theme import Theme, mixed

#: Steps of a fade in a PDF.
_STRIP = 256
#: Lines beyond this many are drawn without smoothing: there are too many to see the difference.
_MOST_SMOOTH = 2500
_NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)
_NO_PEN = QPen(Qt.PenStyle.NoPen)


def paint(scene: Scene, painter: QPainter, theme: Theme, *, clip: QRectF | None = None) -> None:
    """Paint scene at the painter's origin; with clip (scene coordinates), only what touches it.

    The background covers the scene's own rectangle. The painter's state is restored.
    """
    painter.save()
    try:
        if clip is not None:
            painter.setClipRect(clip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        if scene.background:
            painter.fillRect(QRectF(0, 0, scene.width, scene.height), QColor(theme.color(scene.background)))
        brush = ScenePainter(painter, theme)
        for item in scene.flat():
            brush.draw(item)
    finally:
        painter.restore()


def to_image(scene: Scene, theme: Theme, scale: float = 1.0) -> QImage:
    """Return scene as an image of width * scale by height * scale pixels, opaque.

    Raises MemoryError where the image is too large for Qt to allocate.
    """
    load_fonts()
    size = QSizeF(scene.width * scale, scene.height * scale).toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    if image.isNull():
        raise MemoryError(f"an image of {size.width()} x {size.height()} pixels is too large")
    image.fill(QColor(theme.color(scene.background or "panel")))
    with QPainter(image) as painter:
        painter.scale(scale, scale)
        paint(scene, painter, theme)
    return image


class ScenePainter:
    """Draws items one after another and remembers the pens and brushes it made."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        """Draw onto painter in theme's colours."""
        self._painter = painter
        self._theme = theme
        self._colors: dict[tuple[str, float], QColor] = {}
        self._pens: dict[tuple[str, float, str, float], QPen] = {}
        self._strips: dict[tuple[Role, float, float], QImage] = {}
        self._pdf = painter.paintEngine().type() == QPaintEngine.Type.Pdf
        self._snap = _Snap(painter.combinedTransform())

    @singledispatchmethod
    def draw(self, item: Item) -> None:
        """Draw one item of a scene. Raises TypeError for anything else."""
        raise TypeError(f"not an item of a scene: {item!r}")

    def _color(self, value: str, opacity: float) -> QColor:
        key = (value, opacity)
        color = self._colors.get(key)
        if color is None:
            color = self._colors[key] = QColor(value)
            color.setAlphaF(min(max(opacity, 0.0), 1.0))
        return color

    def _pen(self, value: str, line: float, dash: str = "solid", opacity: float = 1.0) -> QPen:
        key = (value, line, dash, opacity)
        pen = self._pens.get(key)
        if pen is None:
            pen = self._pens[key] = QPen(self._color(value, opacity), line)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            if dash in DASHES:
                pen.setDashPattern([length / max(line, 0.1) for length in DASHES[dash]])
        return pen

    def _use(self, fill: Role, stroke: Role, line: float, dash: str, opacity: float) -> None:
        """Set brush and pen; a fill too pale for its panel gets its outline."""
        theme = self._theme
        self._painter.setBrush(QBrush(self._color(theme.color(fill), opacity)) if fill else _NO_BRUSH)
        if stroke:
            self._painter.setPen(self._pen(theme.stroke(stroke), line, dash, opacity))
        elif (edge := theme.outline(fill)) is not None:
            self._painter.setPen(self._pen(edge, 1.0, "solid", opacity))
        else:
            self._painter.setPen(_NO_PEN)

    @draw.register
    def _rect(self, item: Rect) -> None:
        self._use(item.fill, item.stroke, item.line, item.dash, item.opacity)
        box = QRectF(item.x, item.y, item.width, item.height)
        if item.radius:
            self._painter.drawRoundedRect(box, item.radius, item.radius)
        elif item.stroke and item.dash == "solid":
            self._painter.setPen(_NO_PEN)
            self._painter.drawRect(box)
            color = self._color(self._theme.stroke(item.stroke), item.opacity)
            for edge in self._snap.frame(box, item.line):
                self._painter.fillRect(edge, color)
        else:
            self._painter.drawRect(box)
        if item.hatch:
            self._hatch(item)

    @draw.register
    def _fade(self, item: Fade) -> None:
        box = QRectF(item.x, item.y, item.width, item.height)
        if self._pdf:
            self._painter.drawImage(box, self._strip(item))
        else:
            gradient = QLinearGradient(item.x, 0, item.x + item.width, 0)
            self._painter.fillRect(box, QBrush(self._shaded(gradient, item)))
        if item.hatch:
            self._hatch(item)

    def _shaded(self, gradient: QLinearGradient, item: Fade) -> QLinearGradient:
        value = self._theme.color(item.fill)
        gradient.setColorAt(0, self._color(value, item.start))
        gradient.setColorAt(1, self._color(value, item.end))
        return gradient

    def _strip(self, item: Fade) -> QImage:
        """Return a fade as a picture one pixel high: Qt's PDF engine draws translucent gradients solid."""
        key = (item.fill, item.start, item.end)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = QImage(_STRIP, 1, QImage.Format.Format_ARGB32)
            strip.fill(Qt.GlobalColor.transparent)
            with QPainter(strip) as painter:
                painter.fillRect(strip.rect(), QBrush(self._shaded(QLinearGradient(0, 0, _STRIP, 0), item)))
        return strip

    def _hatch(self, item: Rect | Fade) -> None:
        self._painter.setPen(self._pen(self._theme.color("panel"), HATCH_LINE, "solid", 0.85))
        self._painter.drawLines([QLineF(*one, *other) for one, other in hatch_strokes(item)])

    @draw.register
    def _path(self, item: Path) -> None:
        theme, ends = self._theme, straight(item)
        if ends is not None and item.stroke and item.dash == "solid":
            box = self._snap.line(QLineF(*ends), item.line)
            self._painter.fillRect(box, self._color(theme.stroke(item.stroke), item.opacity))
            return
        fill = QBrush(self._color(theme.color(item.fill), item.opacity)) if item.fill else _NO_BRUSH
        stroke = (
            self._pen(theme.stroke(item.stroke), item.line, item.dash, item.opacity)
            if item.stroke
            else _NO_PEN
        )
        self._painter.setBrush(fill)
        self._painter.setPen(stroke)
        self._painter.drawPath(_outline(item))

    @draw.register
    def _shape(self, item: Shape) -> None:
        if item.kind == "cross":
            self._painter.setPen(
                self._pen(self._theme.stroke(item.stroke or item.fill), item.line, "solid", item.opacity)
            )
            self._painter.drawLines([QLineF(*one, *other) for one, other in cross_strokes(item)])
            return
        self._use(item.fill, item.stroke, item.line, "solid", item.opacity)
        if item.kind == "circle":
            self._painter.drawEllipse(QPointF(item.x, item.y), item.size, item.size)
        else:
            self._painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in polygon(item)]))

    @draw.register
    def _label(self, item: Label) -> None:
        left = item.x - {"start": 0.0, "middle": item.width / 2, "end": item.width}[item.anchor]
        self._painter.setFont(font(item.font))
        self._painter.setPen(self._color(self._theme.text(item.fill), item.opacity))
        self._painter.drawText(QPointF(left, item.y), item.text)

    @draw.register
    def _bars(self, item: Bars) -> None:
        draw_boxes(self._painter, item.boxes, QBrush(self._color(self._theme.color(item.fill), item.opacity)))

    @draw.register
    def _strokes(self, item: Strokes) -> None:
        color = mixed(self._theme.stroke(item.stroke), self._theme.color("panel"), item.share)
        draw_strokes(self._painter, item.ends, self._pen(color, item.line, item.dash))

    @draw.register
    def _dots(self, item: Dots) -> None:
        ground = self._theme.color("panel")
        self._painter.setPen(self._pen(ground, item.rim) if item.rim else _NO_PEN)
        self._painter.setBrush(
            QBrush(self._color(mixed(self._theme.stroke(item.fill), ground, item.share), 1.0))
        )
        radius = item.radius + item.rim / 2
        for x, y in item.spots.tolist():
            self._painter.drawEllipse(QPointF(x, y), radius, radius)

    @draw.register
    def _raster(self, item: Raster) -> None:
        """Draw a picture in one call; in a PDF as rectangles, which stay sharp."""
        if self._pdf:
            for bars in bars_of(item):
                self._bars(bars)
            return
        rows, columns = item.cells.shape
        if not rows or not columns:
            return
        held = np.zeros((rows, -(-columns // 4) * 4), np.uint8)  # lines of an image begin at whole words
        held[:, :columns] = item.cells
        image = QImage(held.data, columns, rows, held.shape[1], QImage.Format.Format_Indexed8)
        colors = [self._color(self._theme.color(role), opacity).rgba() for role, opacity in item.roles]
        image.setColorTable([0, *colors])
        box = QRectF(item.x, item.y, item.width, item.height)
        self._painter.drawImage(box, image, QRectF(item.first, 0, item.count, rows))


def draw_boxes(
    painter: QPainter, boxes: np.ndarray[tuple[int, ...], np.dtype[np.float64]], brush: QBrush
) -> None:
    """Fill rectangles float64 (n, 4) in one call, without copying them (performance.md §7)."""
    if not len(boxes):
        return
    held = np.ascontiguousarray(boxes, dtype=np.float64)
    painter.setPen(_NO_PEN)
    painter.setBrush(brush)
    painter.drawRects(cast("QRectF", wrapInstance(held.ctypes.data, QRectF)), len(held))


def draw_strokes(
    painter: QPainter, ends: np.ndarray[tuple[int, ...], np.dtype[np.float64]], pen: QPen
) -> None:
    """Draw lines float64 (n, 4) in one call, without copying them; very many of them without smoothing."""
    if not len(ends):
        return
    held = np.ascontiguousarray(ends, dtype=np.float64)
    smooth = bool(painter.renderHints() & QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth and len(held) <= _MOST_SMOOTH)
    painter.setPen(pen)
    painter.drawLines(cast("QLineF", wrapInstance(held.ctypes.data, QLineF)), len(held))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)


def straight(item: Path) -> tuple[float, float, float, float] | None:
    """Return x1, y1, x2, y2 of a path that is one horizontal or vertical stroke, else None."""
    if len(item.segments) != 2 or [segment[0] for segment in item.segments] != ["M", "L"]:
        return None
    (x1, y1), (x2, y2) = ([float(n) for n in segment[1:]] for segment in item.segments)
    return (x1, y1, x2, y2) if x1 == x2 or y1 == y2 else None


def _outline(item: Path) -> QPainterPath:
    path = QPainterPath()
    for segment in item.segments:
        numbers = [float(n) for n in segment[1:]]
        match segment[0]:
            case "M":
                path.moveTo(*numbers)
            case "L":
                path.lineTo(*numbers)
            case "C":
                path.cubicTo(*numbers)
            case _:
                path.closeSubpath()
    return path


class _Snap:
    """Turns hairlines into rectangles whose edges fall on device pixels: crisp at every scale."""

    def __init__(self, transform: QTransform) -> None:
        self._scale_x, self._scale_y = transform.m11(), transform.m22()
        self._dx, self._dy = transform.dx(), transform.dy()
        self._plain = transform.type().value <= QTransform.TransformationType.TxScale.value

    def x(self, value: float, line: float) -> tuple[float, float]:
        """Return the left edge and the width of a line about x = value, moved by less than a device pixel."""
        return self._stroke(value, line, self._scale_x, self._dx)

    def y(self, value: float, line: float) -> tuple[float, float]:
        """Return the top edge and the height of a line about y = value, moved by less than a device pixel."""
        return self._stroke(value, line, self._scale_y, self._dy)

    def _stroke(self, value: float, line: float, scale: float, offset: float) -> tuple[float, float]:
        if not self._plain or scale <= 0:
            return value - line / 2, line
        wide = max(1, round(line * scale))
        return (round(value * scale + offset - wide / 2) - offset) / scale, wide / scale

    def line(self, line: QLineF, width: float) -> QRectF:
        """Return a horizontal or vertical line as a rectangle, snapped across its direction."""
        if line.x1() == line.x2():
            x, wide = self.x(line.x1(), width)
            return QRectF(x, min(line.y1(), line.y2()), wide, abs(line.dy()))
        y, tall = self.y(line.y1(), width)
        return QRectF(min(line.x1(), line.x2()), y, abs(line.dx()), tall)

    def frame(self, box: QRectF, width: float) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """Return the four edges of a frame, snapped, none over another."""
        left, wide = self.x(box.left(), width)
        right, _ = self.x(box.right(), width)
        top, tall = self.y(box.top(), width)
        bottom, _ = self.y(box.bottom(), width)
        across, along = right + wide - left, max(bottom - top - tall, 0.0)
        return (
            QRectF(left, top, across, tall),
            QRectF(left, bottom, across, tall),
            QRectF(left, top + tall, wide, along),
            QRectF(right, top + tall, wide, along),
        )
