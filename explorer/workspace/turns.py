"""Who follows a change when: the timeline at once, all else of a large case after it, each in a turn of its own.

A turn is one pass of the event loop, so that what came in between (another click) is heard first; whoever waits is
asked once, and reads the state as it is then: the latest change wins (design §6, "in a following coalesced frame").
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

#: The order in which views follow; what is asked first among equals comes first.
TOTALS, FACETS, PANEL, SOURCE, WORDS = range(1, 6)
#: Cases of more records than this let their views follow one after another.
LARGE = 20_000
#: Milliseconds that the timeline is waited for; it says sooner where it is painted.
FRAME = 16

Turn = Callable[[], None]


class Turns(QObject):
    """Holds those who wait. idle(): all have followed."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[tuple[int, Turn]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    def ask(self, rank: int, turn: Turn) -> None:
        """Let turn() come after the timeline, and after those of lower rank; once, however often it is asked for."""
        if (rank, turn) not in self._waiting:
            self._waiting.append((rank, turn))
            self._waiting.sort(key=_rank)
        self._timer.start(FRAME)

    def drop(self, turn: Turn) -> None:
        """Let turn() not come: it is not needed any more."""
        self._waiting = [(rank, other) for rank, other in self._waiting if other != turn]

    def waits(self, turn: Turn) -> bool:
        """Return whether turn() is still to come."""
        return any(other == turn for _, other in self._waiting)

    @property
    def busy(self) -> bool:
        """True while anybody waits."""
        return bool(self._waiting)

    def go_on(self) -> None:
        """Begin with the next pass of the event loop: the timeline is painted."""
        if self._waiting:
            self._timer.start(0)

    def _next(self) -> None:
        if self._waiting:
            _, turn = self._waiting.pop(0)
            turn()
        if self._waiting:
            self._timer.start(0)
        else:
            self.idle.emit()


def _rank(entry: tuple[int, Turn]) -> int:
    return entry[0]
