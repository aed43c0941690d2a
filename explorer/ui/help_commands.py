"""What the Help menu does: the sheet of keys, the log, and what this program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from explorer.ui.window import MainWindow


class HelpCommands(QObject):
    """The slots of the Help menu of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def shortcuts(self) -> None:
        """Show all keys."""
        from explorer.ui.help_dialogs import ShortcutsDialog

        ShortcutsDialog(self._window.actions_table, self._window).open()

    def log(self) -> None:
        """Show what went wrong in this run."""
        from explorer.ui.help_dialogs import LogDialog

        LogDialog(self._window.faults, self._window).open()

    def about(self) -> None:
        """Say what this program is, and what it never does."""
        from explorer.ui.help_dialogs import AboutDialog

        AboutDialog(self._window).open()
