"""The overview strip: how many records lie where in all of time, and the window as a frame that can be dragged."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.casefile.columns import EventTable
from explorer.layout.crowd import spans_of
from explorer.layout.ladder import ladder
from explorer.layout.viewport import Viewport
from explorer.paint.theme import Theme
from explorer.query.shown import Shown
from explorer.ui.palette import theme_of
from explorer.ui.timeline_view import TimelineView
from explorer.workspace.hub import Workspace

HEIGHT = 30
BINS = 240


class Overview(QWidget):
    """Shows all of time below the timeline once the window shows less than all."""

    def __init__(self, workspace: Workspace, view: TimelineView, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._view = view
        self.theme: Theme = theme_of(self)
        self._grip: float | None = None
        self._counted: tuple[object, np.ndarray[tuple[int], np.dtype[np.int64]]] | None = None
        self.setAccessibleName(self.tr("Overview of all of time"))
        self.setToolTip(self.tr("Drag the frame to move the window"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def sizeHint(self) -> QSize:
        """Be low."""
        return QSize(200, HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        self.update()

    def counts(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Return how many shown events lie in each of BINS equal stretches of all of time."""
        laid, table, shown = self._view.laid, self._workspace.table, self._workspace.shown
        if laid is None or table is None or shown is None:
            return np.zeros(BINS, np.int64)
        key = (shown, self._workspace.state.axis, laid.whole, laid.plot[0], laid.plot[2])
        if self._counted is None or self._counted[0] != key:
            self._counted = (key, self._count(table, shown, laid.whole))
        return self._counted[1]

    def _count(
        self, table: EventTable, shown: Shown, whole: tuple[float, float]
    ) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        text_only = self._workspace.text_only
        if self._workspace.state.axis == "order":
            steps = ladder(table, text_only=text_only).narrowed(shown.rows)
            first = steps.first[shown.rows]
            at = steps.middles[first[first >= 0]]
        else:
            spans = spans_of(table, text_only=text_only)
            at = spans.middle[shown.rows[spans.dated[shown.rows]]].astype(np.float64)
        view = self._whole()
        assert view is not None
        inside = at[(at >= whole[0]) & (at <= whole[1])]
        return np.histogram(view.px(inside), bins=BINS, range=(view.left, view.right))[0].astype(np.int64)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the counts and the frame."""
        del event
        counts = self.counts()
        most = max(int(counts.max()), 1)
        left, wide = self._plot()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self.theme.color("lane_b")))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.color("none")))
            for number in np.flatnonzero(counts).tolist():
                tall = max(2.0, (HEIGHT - 8) * float(counts[number]) / most)
                x = left + wide * number / BINS
                painter.drawRect(QRectF(x, HEIGHT - 3 - tall, max(wide / BINS - 0.5, 1.5), tall))
            frame = self._frame()
            if frame is not None:
                accent = QColor(self.theme.color("accent"))
                painter.setPen(QPen(accent, 2 if self.hasFocus() else 1))
                accent.setAlphaF(0.12)
                painter.setBrush(accent)
                painter.drawRoundedRect(frame, 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the frame where it is pressed; elsewhere the window jumps there."""
        frame, x = self._frame(), event.position().x()
        if frame is None or not self._workspace.state.window:
            return
        if not frame.left() <= x <= frame.right():
            self._move_to(x - frame.width() / 2)
            frame = self._frame() or frame
        self._grip = x - frame.left()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the frame."""
        if self._grip is not None:
            self._move_to(event.position().x() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the frame go."""
        del event
        self._grip = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the window by arrows."""
        frame = self._frame()
        steps = {Qt.Key.Key_Left: -0.2, Qt.Key.Key_Right: 0.2}
        if frame is not None and event.key() in steps:
            self._move_to(frame.left() + steps[Qt.Key(event.key())] * frame.width())
        else:
            super().keyPressEvent(event)

    def _plot(self) -> tuple[float, float]:
        laid = self._view.laid
        return (laid.plot[0], laid.plot[2]) if laid is not None else (0.0, float(self.width()))

    def _whole(self) -> Viewport | None:
        """Return the map of all of time to the strip, elastic where the timeline's is."""
        laid = self._view.laid
        return None if laid is None else Viewport(*laid.whole, *self._plot(), laid.warp)

    def _frame(self) -> QRectF | None:
        laid, view = self._view.laid, self._whole()
        if laid is None or view is None:
            return None
        x0 = max(view.px(laid.window[0]), view.left)
        x1 = min(view.px(laid.window[1]), view.right)
        return QRectF(min(x0, view.right - 6), 1.5, max(x1 - x0, 6.0), HEIGHT - 3)

    def _move_to(self, x: float) -> None:
        """Bring the left edge of the frame to x: the window stays as long, on the elastic axis in pixels."""
        laid, view = self._view.laid, self._whole()
        if laid is None or view is None:
            return
        wide = view.px(laid.window[1]) - view.px(laid.window[0])
        x = min(max(x, view.left - wide / 2), view.right - wide / 2)
        self._workspace.look_at((view.time(x), view.time(x + wide)))
