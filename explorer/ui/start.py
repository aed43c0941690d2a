"""What the program is made of when it starts: one application, one workspace, one window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from explorer import words
from explorer.paint.fonts import quiet_fallback
from explorer.ui.faults import Faults, start_log
from explorer.ui.icons import image
from explorer.ui.palette import Look
from explorer.ui.settings import Settings
from explorer.ui.window import MainWindow
from explorer.workspace.hub import Workspace

#: Milliseconds between collections of young garbage; every tenth time all of it.
COLLECT_EVERY = 1_000
#: Milliseconds between modules that are loaded once the window stands.
LOAD_EVERY = 60


class Collector(QObject):
    """Collects cyclic garbage on the GUI thread only: a worker must never destroy a QObject (aesthetics.md §8)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = 0
        self._timer = QTimer(self)
        self._timer.setInterval(COLLECT_EVERY)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Take over from Python's own schedule."""
        gc.disable()
        self._timer.start()

    def collect(self) -> None:
        """Collect the young; now and then everything."""
        self._turn += 1
        gc.collect(2 if self._turn % 10 == 0 else 1)


class Loading(QObject):
    """Imports modules one at a time while the user looks at the window, so that the first click need not."""

    def __init__(self, names: Iterable[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = list(names)
        self._timer = QTimer(self)
        self._timer.setInterval(LOAD_EVERY)
        self._timer.timeout.connect(self.load_next)

    def start(self) -> None:
        """Begin once the event loop runs."""
        self._timer.start()

    def load_next(self) -> None:
        """Import the next module; the last one ends it."""
        if self._waiting:
            import_module(self._waiting.pop(0))
        if not self._waiting:
            self._timer.stop()


def application(arguments: Sequence[str] = ("dateline",)) -> QApplication:
    """Return the one QApplication, dressed: Fusion, names, icon, the user's language."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    quiet_fallback()
    app = QApplication(list(arguments))
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setApplicationName("dateline")
    app.setApplicationDisplayName("Dateline")
    app.setOrganizationName("Dateline")
    app.setDesktopFileName("dateline")
    app.setWindowIcon(QIcon(QPixmap.fromImage(image("dateline", 64))))
    words.install(translated)
    return app


def translated(text: str) -> str:
    """Return text in the user's language where a translation is installed."""
    return QCoreApplication.translate("words", text)


def compose(source: str | Path | None = None) -> tuple[QApplication, MainWindow]:
    """Return the application and its window, ready to be shown, with a case or the welcome page."""
    app = application(sys.argv[:1])
    faults = Faults(app)
    faults.install()
    start_log()
    settings = Settings()
    clean = settings.begin_run()
    look = Look(settings.text("theme", "system"), app)
    workspace = Workspace(app)
    window = MainWindow(workspace, settings, look, faults, clean=clean)
    if source is not None:
        window.open(source)
    return app, window
