"""Make the pictures of the README: the window on the sample, light and dark, and the welcome page.

Run: python docs/screenshots.py [folder]. The window is drawn offscreen with the bundled fonts, so that every machine
makes the same pictures.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "qt.qpa.*=false"
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QSettings, QSize  # noqa: E402
from PySide6.QtGui import QFont  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from explorer.paint.fonts import font, load_fonts  # noqa: E402
from explorer.query.filters import Choice, Filter  # noqa: E402
from explorer.query.selection import Picked  # noqa: E402
from explorer.ui.faults import Faults  # noqa: E402
from explorer.ui.palette import Look  # noqa: E402
from explorer.ui.settings import Settings  # noqa: E402
from explorer.ui.start import application  # noqa: E402
from explorer.ui.window import MainWindow  # noqa: E402
from explorer.workspace.hub import Workspace  # noqa: E402

SIZE = QSize(1600, 1000)
KINDS = Filter(kinds=Choice(include=("happened", "ongoing")))


def window(folder: Path, theme: str, source: str | None, size: QSize = SIZE) -> MainWindow:
    """Return a window of its own, shown at size."""
    store = QSettings(str(folder / f"{theme}.ini"), QSettings.Format.IniFormat)
    app = QApplication.instance()
    workspace = Workspace(app)
    made = MainWindow(workspace, Settings(store), Look(theme, app), Faults(app))
    made.resize(size)
    if source:
        made.open(source)
    made.show()
    return made


def take(made: MainWindow, path: Path) -> None:
    """Save what the window shows, once it has settled."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.instance().eventDispatcher().processEvents(AllEvents)
    made.grab().save(str(path))
    print(path)


def main(out: Path) -> None:
    """Make all pictures."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for theme in ("light", "dark"):
            made = window(folder, theme, "sample")
            made.workspace.narrow(KINDS)
            made.workspace.select(Picked(frozenset({"evt-airstrikes"})))
            take(made, out / f"window-{theme}.png")
            made.workspace.set_tab("events")
            made.workspace.set_axis("calendar")
            take(made, out / f"events-{theme}.png")
            made.close()
        made = window(folder, "light", None, QSize(1100, 760))
        take(made, out / "welcome.png")
        made.close()


if __name__ == "__main__":
    from PySide6.QtCore import QEventLoop

    AllEvents = QEventLoop.ProcessEventsFlag.AllEvents
    application()
    load_fonts()
    words = QFont(font("label").family())
    words.setPixelSize(13)
    QApplication.setFont(words)
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
