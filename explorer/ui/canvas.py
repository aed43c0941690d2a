"""The base of all drawn views that answer the pointer and the keyboard; what a view does with both is its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from explorer.layout.hits import bounds
from explorer.layout.scene import Group
from explorer.query.selection import Mode, Nothing, Picked
from explorer.ui.accessible import speak
from explorer.ui.gestures import Brush, Gesture, Pan, Pick, Zoom
from explorer.ui.surface import READABLE, SceneSurface
from explorer.workspace.hub import Workspace

#: Keys that walk the marks: how many places on; Home and End are far enough for any view.
FAR = 10**9
WALK = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Home: -FAR,
    Qt.Key.Key_End: FAR,
}
ZOOM_KEYS = {Qt.Key.Key_Plus: 1.25, Qt.Key.Key_Equal: 1.25, Qt.Key.Key_Minus: 0.8}
#: A mark that stands for more records than this tells their number and lights none of them up elsewhere.
MOST_HOVERED = 300
ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class SceneCanvas(SceneSurface):
    """Turns gestures and keys into intents of the workspace."""

    menu_wanted = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._gestures: tuple[Gesture, ...] = (Brush(self), Pan(self), Pick(self), Zoom(self))
        self._taken: Gesture | None = None
        self._last = QPointF()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def pick(self, at: QPointF, mode: Mode) -> None:
        """Select what lies at a point; nothing there clears, unless the click was meant to add."""
        group = self.group_at(at)
        if group is not None and group.kind in READABLE:
            self.choose(group, mode)
        elif mode == "replace":
            self.workspace.select(Nothing())

    def choose(self, group: Group, mode: Mode = "replace") -> None:
        """Select the records of a group."""
        self.current = group
        self.workspace.select(Picked(frozenset(group.ids)), mode)

    def brush(self, box: QRectF, mode: Mode) -> None:
        """Select the records that a rubber band touches."""
        ids = (
            self.hits.inside(box.x(), box.y() + self.offset, box.width(), box.height())
            if self.hits
            else frozenset()
        )
        self.workspace.select(Picked(ids) if ids else Nothing(), mode)

    def start_drag(self, at: QPointF) -> None:
        """Begin a drag with the left button; by default it moves the picture."""
        self._last = at

    def drag(self, to: QPointF) -> None:
        """Follow a drag."""
        self.pan(to.x() - self._last.x(), to.y() - self._last.y())
        self._last = to

    def end_drag(self, at: QPointF) -> None:
        """End a drag."""

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by pixels."""

    def zoom(self, factor: float, about: QPointF) -> None:
        """Show less (factor > 1) or more about a point that stays where it is."""

    def walk(self, places: int) -> None:
        """Move the keyboard's mark by places in reading order; the pointer's hover goes along."""
        groups = self.readable()
        if not groups:
            return
        at = groups.index(self.current) if self.current in groups else (-1 if places > 0 else len(groups))
        self.current = groups[max(0, min(len(groups) - 1, at + places))]
        self.workspace.hover(self.current.ids)
        speak(self, groups.index(self.current))
        self.update()

    def band(self) -> QRectF | None:
        """Return the rubber band of the gesture under way."""
        return self._taken.box() if self._taken is not None else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Offer the press to each gesture; the first that takes it keeps the pointer."""
        self._taken = next((gesture for gesture in self._gestures if gesture.press(event)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the gesture that has the pointer, else hover."""
        if self._taken is not None:
            self._taken.move(event)
            return
        group = self.group_at(event.position())
        ids = group.ids if group is not None and group.kind in READABLE else ()
        self.setCursor(Qt.CursorShape.PointingHandCursor if ids else Qt.CursorShape.ArrowCursor)
        self.workspace.hover(ids if len(ids) <= MOST_HOVERED else ())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        gesture, self._taken = self._taken, None
        if gesture is not None:
            gesture.release(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hover nothing."""
        super().leaveEvent(event)
        self.workspace.hover(())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Offer the wheel to each gesture."""
        if not any(gesture.wheel(event) for gesture in self._gestures):
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the marks by arrows, select by Enter, clear by Escape, zoom by + and -."""
        key = Qt.Key(event.key())
        if key in WALK:
            self.walk(WALK[key])
        elif key in ZOOM_KEYS:
            self.zoom(ZOOM_KEYS[key], QPointF(self.rect().center()))
        elif key in ENTER_KEYS and self.current is not None:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.choose(self.current, "toggle" if control else "replace")
        elif key == Qt.Key.Key_Escape:
            self.workspace.select(Nothing())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select what the menu is about, unless it is selected already, and ask the window for its menu."""
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        group = self.current if keyboard else self.group_at(QPointF(event.pos()))
        if group is not None and group.kind in READABLE and not set(group.ids) <= self.chosen():
            self.choose(group)
        where = event.globalPos()
        if keyboard and group is not None:
            x, y, width, height = bounds(group)
            where = self.mapToGlobal(QPointF(x + width / 2, y + height - self.offset)).toPoint()
        self.menu_wanted.emit(where)
