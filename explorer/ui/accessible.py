"""What a screen reader hears of the drawn views: each is a list, and its marks are list items with their words.

Qt asks the factory for the interface of a widget and only borrows what Python made: the interfaces are kept here,
and those of marks are taken out of Qt's cache when their picture or their view goes.
"""

from __future__ import annotations

from weakref import finalize, ref

from PySide6.QtCore import QObject, QPoint, QRect, QSize
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

from explorer.layout.hits import bounds
from explorer.layout.scene import Group, Scene

#: At most so many marks are offered one by one; beyond, the tables are the twin to read.
MOST_ITEMS = 2_000


class Readable(QWidget):
    """A view whose marks can be read: what the interfaces here ask of it."""

    current: Group | None = None
    offset: float = 0.0

    @property
    def scene(self) -> Scene | None:
        """The picture of now."""
        return None

    def readable(self) -> tuple[Group, ...]:
        """Return the marks in reading order."""
        return ()

    def chosen(self) -> frozenset[str]:
        """Return the ids of the selected records."""
        return frozenset()


class MarkInterface(QAccessibleInterface):
    """One mark of a picture: its place on the screen and its words."""

    def __init__(self, surface: Readable, group: Group) -> None:
        super().__init__()
        self._surface = ref(surface)
        self.group = group

    def isValid(self) -> bool:  # noqa: N802
        """Answer as long as the view lives."""
        return self._surface() is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        """Say that a mark is no object of Qt's."""
        return None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the interface of the view."""
        surface = self._surface()
        return QAccessible.queryAccessibleInterface(surface) if surface is not None else None

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return a child by number, None where there is none."""
        del index
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return what lies at a place on the screen."""
        del x, y
        return None

    def childCount(self) -> int:
        """Say how many children there are."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the number of a child, -1 for a stranger."""
        del child
        return -1

    def role(self) -> QAccessible.Role:
        """Be an item of a list."""
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        """Return the place on the screen."""
        surface = self._surface()
        x, y, width, height = (round(number) for number in bounds(self.group))
        return (
            QRect(surface.mapToGlobal(QPoint(x, y)), QSize(width, height)) if surface is not None else QRect()
        )

    def state(self) -> QAccessible.State:
        """Say whether it is selected, and whether the keyboard stands on it."""
        state = QAccessible.State()
        surface = self._surface()
        if surface is not None:
            state.focusable = state.selectable = 1
            state.focused = int(surface.current == self.group)
            state.selected = int(bool(surface.chosen().intersection(self.group.ids)))
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Return the words of the mark."""
        return self.group.title if kind == QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:  # noqa: N802
        """Nothing here can be written."""
        del kind, text


class SurfaceInterface(QAccessibleWidget):
    """A drawn view as a list of its marks."""

    def __init__(self, surface: Readable) -> None:
        super().__init__(surface, QAccessible.Role.List, surface.accessibleName())
        self._surface = ref(surface)
        self._scene: Scene | None = None
        self._marks: list[MarkInterface] = []
        finalize(surface, _forget, self._marks).atexit = False

    def marks(self) -> list[MarkInterface]:
        """Return the interfaces of the marks of now."""
        surface = self._surface()
        scene = surface.scene if surface is not None else None
        if surface is not None and scene is not self._scene:
            _forget(self._marks)
            self._scene = scene
            self._marks.extend(MarkInterface(surface, group) for group in surface.readable()[:MOST_ITEMS])
            for mark in self._marks:
                QAccessible.registerAccessibleInterface(mark)
        return self._marks

    def childCount(self) -> int:
        """Say how many children there are."""
        return len(self.marks())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return a child by number, None where there is none."""
        marks = self.marks()
        return marks[index] if 0 <= index < len(marks) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the number of a child, -1 for a stranger."""
        return next((index for index, mark in enumerate(self.marks()) if mark is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return what lies at a place on the screen."""
        return next((mark for mark in self.marks() if mark.rect().contains(x, y)), None)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the mark that the keyboard stands on."""
        surface = self._surface()
        if surface is None:
            return None
        return next((mark for mark in self.marks() if mark.group == surface.current), None)


#: Held until Qt itself has deleted them: it keeps each for as long as the widget lives, which may be longer than
#: Python's wrapper of the widget does.
_interfaces: list[SurfaceInterface] = []


def interface_for(key: str, owner: QObject) -> QAccessibleInterface | None:
    """Answer Qt's question for the interface of owner; None leaves it to Qt.

    Each answer is a new one: Qt asks again once a widget has another meta-object (PySide makes one when a signal
    is first connected), keeps both answers, and deletes both with the widget. The same one twice is a crash.
    """
    del key
    if not isinstance(owner, Readable):
        return None
    _interfaces[:] = [kept for kept in _interfaces if isValid(kept)]
    _interfaces.append(SurfaceInterface(owner))
    return _interfaces[-1]


def install() -> None:
    """Let drawn views answer screen readers; call once, after the application exists."""
    QAccessible.installFactory(interface_for)


def speak(surface: QWidget, child: int) -> None:
    """Tell a screen reader, where one listens, that the keyboard stands on a mark now."""
    if QAccessible.isActive():
        event = QAccessibleEvent(surface, QAccessible.Event.Focus)
        event.setChild(child)
        QAccessible.updateAccessibility(event)


def _forget(marks: list[MarkInterface]) -> None:
    for mark in marks:
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(mark))
    marks.clear()
