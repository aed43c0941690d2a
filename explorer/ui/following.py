"""A view that follows changes of a large case in its turn: several at once, and none while nobody sees it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change, State


class Following(QObject):
    """Hands the changes that a widget hears of to its slot: as they come, or of a large case all of them as one.

    While another case waits to be shown, the widget is dimmed and takes no input: what it shows is of the case before.
    """

    def __init__(
        self, workspace: Workspace, rank: int, slot: Callable[[Change], None], widget: QWidget
    ) -> None:
        super().__init__(widget)
        self._workspace, self._rank, self._slot, self._widget = workspace, rank, slot, widget
        self._before: State | None = None
        widget.installEventFilter(self)
        workspace.changed.connect(self._hear)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for a turn when the widget comes into sight and has something to catch up with."""
        if event.type() == QEvent.Type.Show and self._before is not None:
            self._workspace.turns.ask(self._rank, self._take_turn)
        return super().eventFilter(watched, event)

    def _hear(self, change: Change) -> None:
        self._before = self._before or change.before
        if not self._workspace.large:
            self._catch_up()
            return
        if change.reopened:
            self._widget.setEnabled(False)
        self._workspace.turns.ask(self._rank, self._take_turn)

    def _take_turn(self) -> None:
        if self._widget.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        before, self._before = self._before, None
        self._workspace.turns.drop(self._take_turn)
        self._widget.setEnabled(True)
        if before is not None:
            self._slot(Change(before, self._workspace.state))
