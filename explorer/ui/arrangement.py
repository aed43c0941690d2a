"""Where the panels stand: remembered from run to run, sealed against damage, and put back on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from explorer.ui.window import MainWindow

FIRST_SIZE = (1440, 900)
FILTERS_WIDTH = 250
SOURCE_WIDTH = 450
#: What a window manager may put round the window: at both sides, and above and below it together.
FRAME = (16, 44)
#: Share of the middle that the timeline takes at first.
TIMELINE_SHARE = 0.52


class Arrangement:
    """Saves and restores the geometry of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._worked = False

    def first(self) -> None:
        """Give the window its first size: with its frame no larger than the screen."""
        screen = QGuiApplication.primaryScreen()
        room = screen.availableGeometry().size() if screen is not None else None
        width, height = FIRST_SIZE
        if room is not None and room.width() > 0:
            width = min(width, room.width() - FRAME[0])
            height = min(height, room.height() - FRAME[1])
        self._window.resize(width, height)

    def restore(self, *, clean: bool) -> None:
        """Put everything where the last run left it; after an unclean run, only once the user arranged it anew."""
        if not clean:
            return
        geometry = self._window.settings.blob("window/geometry")
        if geometry is not None:
            self._window.restoreGeometry(geometry)

    def enter_case(self) -> None:
        """Arrange the panels when a case opens for the first time in this run."""
        if self._worked:
            return
        self._worked = True
        window = self._window
        self._first_panels()
        state = window.settings.blob("window/panels") if window.clean else None
        if state is not None:
            window.restoreState(state)
        middle = window.settings.blob("window/middle") if window.clean else None
        if middle is not None:
            window.middle.restoreState(middle)

    def save(self) -> None:
        """Remember where everything stands; the panels only if a case showed them."""
        window = self._window
        window.settings.set_blob("window/geometry", window.saveGeometry())
        if window.workspace.case is not None:
            window.settings.set_blob("window/panels", window.saveState())
            window.settings.set_blob("window/middle", window.middle.saveState())

    def reset(self) -> None:
        """Forget what was remembered and put every panel back."""
        self._window.settings.forget("window")
        for dock in self._window.docks.values():
            dock.setFloating(False)
            dock.setVisible(self._window.workspace.case is not None)
        self._window.actors.setVisible(True)
        self._first_panels()

    def _first_panels(self) -> None:
        window = self._window
        docks = window.docks
        wide = window.width()
        if "filters" in docks:
            window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks["filters"])
            width = max(190, min(FILTERS_WIDTH, round(wide * 0.18)))
            window.resizeDocks([docks["filters"]], [width], Qt.Orientation.Horizontal)
        if "source" in docks:
            window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, docks["source"])
            width = max(280, min(SOURCE_WIDTH, round(wide * 0.27)))
            window.resizeDocks([docks["source"]], [width], Qt.Orientation.Horizontal)
        tall = max(window.middle.height(), 600)
        window.middle.setSizes([round(tall * TIMELINE_SHARE), round(tall * (1 - TIMELINE_SHARE))])
