"""What other programs do to the open case is noticed: it was edited, moved, replaced, damaged, or let go.

The file is looked at once a second, some microseconds each time: a network drive tells of no change by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.casefile.errors import CaseFileError
from explorer.words import tr

if TYPE_CHECKING:
    from explorer.workspace.hub import Workspace

#: Milliseconds between two looks.
INTERVAL = 1_000


class Watching(QObject):
    """Looks at the file of the open case; changed() where it may be edited no longer, or again."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.look)
        workspace.opened.connect(self._on_opened)

    def look(self) -> None:
        """Look now: read the case again where another program has changed it."""
        case = self._workspace.case
        if case is None or self._workspace.importing.writes_to(case.path):
            return
        before = case.hindrance
        if case.look() != before:
            self.changed.emit()
        if case.hindrance in {None, "theirs"}:
            self._follow()

    def try_again(self) -> bool:
        """Take the case for editing where the other window has let it go; return whether it may be edited now."""
        case = self._workspace.case
        if case is None:
            return False
        self.look()
        free = case.claim()
        self.changed.emit()
        self._workspace.told.emit(
            tr("You can edit this case now.") if free else tr("Another window still edits this case.")
        )
        return free

    def _follow(self) -> None:
        case, state = self._workspace.case, self._workspace.state
        try:
            if case is None or state.case is None or case.version == state.case[1]:
                return
            self._workspace.refresh()
        except CaseFileError as error:
            self._workspace.told.emit(str(error))
            return
        self.changed.emit()
        self._workspace.told.emit(tr("Another program has changed this case; it has been read again."))

    def _on_opened(self) -> None:
        if self._workspace.case is None:
            self._timer.stop()
        else:
            self._timer.start()
