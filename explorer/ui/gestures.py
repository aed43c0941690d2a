"""What the pointer can do on a canvas, one class each: hover, pick, pan, zoom, brush.

A gesture sees mouse events first to last; the first that takes a press keeps the pointer until it is released.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from explorer.query.selection import Mode

if TYPE_CHECKING:
    from explorer.ui.canvas import SceneCanvas

LEFT = Qt.MouseButton.LeftButton
MIDDLE = Qt.MouseButton.MiddleButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
#: One notch of a wheel is 120 eighths of a degree; eight notches make a tenfold zoom.
NOTCH = 120.0
NOTCHES_PER_DECADE = 8.0


class Gesture:
    """Takes nothing: the base of all gestures."""

    def __init__(self, canvas: SceneCanvas) -> None:
        self.canvas = canvas

    def press(self, event: QMouseEvent) -> bool:
        """Return True to take the pointer until its release."""
        del event
        return False

    def move(self, event: QMouseEvent) -> None:
        """Follow the pointer that was taken."""

    def release(self, event: QMouseEvent) -> None:
        """Let the pointer go."""

    def wheel(self, event: QWheelEvent) -> bool:
        """Return True where the wheel was used."""
        del event
        return False

    def box(self) -> QRectF | None:
        """Return a rubber band to draw, None for none."""
        return None


class Pick(Gesture):
    """A click on a mark selects it; with Ctrl it joins or leaves; a click on nothing clears.

    A drag that starts on nothing (or on a mark that cannot be moved) is handed to Pan.
    """

    def press(self, event: QMouseEvent) -> bool:
        """Take a plain press of the left button."""
        if event.button() != LEFT or event.modifiers() & SHIFT:
            return False
        self._start = event.position()
        self._dragging = False
        return True

    def move(self, event: QMouseEvent) -> None:
        """Begin a drag once the pointer has gone far enough."""
        if not self._dragging:
            distance = (event.position() - self._start).manhattanLength()
            if distance < QApplication.startDragDistance():
                return
            self._dragging = True
            self.canvas.start_drag(self._start)
        self.canvas.drag(event.position())

    def release(self, event: QMouseEvent) -> None:
        """End the drag, or select what was clicked."""
        if self._dragging:
            self.canvas.end_drag(event.position())
        else:
            self.canvas.pick(event.position(), mode_of(event))


class Pan(Gesture):
    """The middle button moves the picture, wherever it is pressed."""

    def press(self, event: QMouseEvent) -> bool:
        """Take the middle button."""
        if event.button() != MIDDLE:
            return False
        self._last = event.position()
        return True

    def move(self, event: QMouseEvent) -> None:
        """Move the picture along."""
        step = event.position() - self._last
        self._last = event.position()
        self.canvas.pan(step.x(), step.y())


class Zoom(Gesture):
    """The wheel zooms about the pointer; with Shift it scrolls up and down; sideways it pans."""

    def wheel(self, event: QWheelEvent) -> bool:
        """Zoom, scroll or pan, by keys and direction."""
        turn = event.angleDelta()
        if turn.isNull():
            return False
        if event.modifiers() & SHIFT:
            self.canvas.pan(0.0, (turn.y() or turn.x()) / NOTCH * 48.0)
        elif abs(turn.x()) > abs(turn.y()):
            self.canvas.pan(turn.x() / NOTCH * 48.0, 0.0)
        else:
            self.canvas.zoom(10.0 ** (turn.y() / NOTCH / NOTCHES_PER_DECADE), event.position())
        return True


class Brush(Gesture):
    """A drag with Shift draws a box; what lies in it is selected (with Ctrl as well: joined to the selection)."""

    def __init__(self, canvas: SceneCanvas) -> None:
        super().__init__(canvas)
        self._from: QPointF | None = None
        self._to = QPointF()

    def press(self, event: QMouseEvent) -> bool:
        """Take a press of the left button with Shift."""
        if event.button() != LEFT or not event.modifiers() & SHIFT:
            return False
        self._from = self._to = event.position()
        return True

    def move(self, event: QMouseEvent) -> None:
        """Draw the box out."""
        self._to = event.position()
        self.canvas.update()

    def release(self, event: QMouseEvent) -> None:
        """Select what the box touches."""
        box = self.box()
        self._from = None
        if box is not None:
            self.canvas.brush(box, "add" if event.modifiers() & CONTROL else "replace")
        self.canvas.update()

    def box(self) -> QRectF | None:
        """Return the box as drawn so far."""
        return None if self._from is None else QRectF(self._from, self._to).normalized()


def mode_of(event: QMouseEvent) -> Mode:
    """Return how a click joins the selection: Ctrl toggles, plain replaces."""
    return "toggle" if event.modifiers() & CONTROL else "replace"
