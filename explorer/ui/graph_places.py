"""Where actors lie, for the window: few are placed at once, many in a child process, stage by stage.

The places of the last version of a case are held, so that an edit moves little; no filter ever asks anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.layout.graph import place_actors
from explorer.layout.placer import Placer
from explorer.layout.places import Cast, Places, cast_of, is_crowd, keep_places, kept_places, named_places

if TYPE_CHECKING:
    from explorer.casefile.columns import EventTable
    from explorer.layout.wire import Placed


class GraphPlaces(QObject):
    """Knows the places of one table at a time. moved(): a better stage came, or the last one."""

    moved = Signal()
    #: From the thread that hears the child; its slot runs where this object lives.
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: EventTable | None = None
        self._cast: Cast | None = None
        self._generation = 0
        self._now: Places | None = None
        self.placer = Placer(self._told.emit)
        self._told.connect(self._take)
        if parent is not None:
            parent.destroyed.connect(self.placer.close)

    def of(self, table: EventTable) -> Places | None:
        """Return the places of a table, None until the first of them come."""
        known = kept_places(table)
        if known is not None:
            return known
        if table is not self._table:
            self._ask(table)
        return self._now

    def finished(self) -> bool:
        """True once nothing more will move."""
        return self._cast is None

    def forget(self) -> None:
        """Start anew with the next case: its actors are others."""
        self._table = self._cast = self._now = None

    def _ask(self, table: EventTable) -> None:
        held, self._table = self._now, table
        if not is_crowd(table):
            self._cast, self._now = None, place_actors(table)
            return
        self._cast = cast_of(table, held)
        self._generation = self.placer.ask(self._cast.graph)

    def _take(self, message: object) -> None:
        placed: Placed = message  # type: ignore[assignment]
        if placed.generation != self._generation or self._cast is None or self._table is None:
            return
        self._now = named_places(self._table, self._cast.roots, placed.places)
        if placed.last:
            keep_places(self._table, self._now)
            self._cast = None
        self.moved.emit()
