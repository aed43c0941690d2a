"""A switch: a check box drawn as a small slide, for what holds for the whole window."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

TRACK = QSize(26, 14)
GAP = 9


class Switch(QCheckBox):
    """A check box that looks like a slide; keyboard, name and state are a check box's own."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Leave room for the slide and the words."""
        metrics = self.fontMetrics()
        return QSize(
            TRACK.width() + GAP + metrics.horizontalAdvance(self.text()) + 8, max(24, metrics.height() + 6)
        )

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def hitButton(self, position: object) -> bool:  # noqa: N802
        """Answer to a click anywhere on it."""
        del position
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the slide and the words."""
        del event
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Accent)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            track = QRectF(2.5, (self.height() - TRACK.height()) / 2, TRACK.width(), TRACK.height())
            line = accent if self.isChecked() or self.hasFocus() else palette.color(QPalette.ColorRole.Dark)
            painter.setPen(QPen(line, 1))
            painter.setBrush(accent if self.isChecked() else palette.color(QPalette.ColorRole.Mid))
            painter.drawRoundedRect(track, 7, 7)
            x = track.right() - 7 if self.isChecked() else track.left() + 7
            painter.setBrush(QColor("#FFFFFF"))
            painter.drawEllipse(QPointF(x, track.center().y()), 5.5, 5.5)
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            words = self.rect().adjusted(TRACK.width() + GAP, 0, 0, 0)
            painter.drawText(
                words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text()
            )
