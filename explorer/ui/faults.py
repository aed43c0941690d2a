"""What to do when the program itself fails: log where, tell the user in one line, and go on (design §7).

The log holds kinds of errors and places in the program, never their words: those may quote a case whose sources
are at risk.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QStandardPaths,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from explorer.frozen import frozen

_log = logging.getLogger("explorer.faults")
MOST_KEPT = 50
LARGEST_LOG = 500_000


@frozen
class Fault:
    """One failure: its kind, its words (shown, never logged), and the frames it came through."""

    kind: str
    words: str
    frames: tuple[str, ...]


class Faults(QObject):
    """Collects what no one caught. raised(Fault) is emitted on the thread of the window."""

    raised = Signal(object)
    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kept: list[Fault] = []
        self._caught.connect(self._keep)
        self._inside = threading.local()

    def install(self) -> None:
        """Take over Python's and Qt's last words for the life of the process."""
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread
        qInstallMessageHandler(self._catch_from_qt)

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log and tell an exception that reached the top; KeyboardInterrupt still ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        frames = tuple(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace))
        _log.error("%s at %s", kind.__name__, " < ".join(reversed(frames)))
        self._caught.emit(Fault(kind.__name__, str(error), frames))

    def _catch_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.catch(args.exc_type, args.exc_value, args.exc_traceback)

    def _catch_from_qt(self, kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        del context
        if kind == QtMsgType.QtDebugMsg or getattr(self._inside, "on", False):
            return
        self._inside.on = True
        _log.warning("Qt: %s", words)
        self._inside.on = False

    def _keep(self, fault: Fault) -> None:
        self.kept.append(fault)
        del self.kept[:-MOST_KEPT]
        self.raised.emit(fault)


def log_folder() -> Path:
    """Return where the log file lies."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place)


def start_log(folder_of: Callable[[], Path] = log_folder) -> Path | None:
    """Send warnings and errors to a rotating file; return it, None where no file can be written."""
    folder = folder_of()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "dateline.log", maxBytes=LARGEST_LOG, backupCount=2, encoding="utf-8"
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("explorer")
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    return Path(handler.baseFilename)
