"""Closing a window over a case that is in no file of the user's: save it, keep it for later, or discard it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QPushButton

from explorer.words import isolated
from explorer.workspace.recovery import worth_keeping

if TYPE_CHECKING:
    from explorer.ui.window import MainWindow


class Leaving(QObject):
    """Asks before a window closes, or its case does; asks is False where nobody is there to answer."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.asks = True
        self._quitting = False

    def may_go(self, *, quitting: bool) -> bool:
        """Return whether the case can be let go at once; else the user is asked, and it goes on from there."""
        case = self._window.workspace.case
        if case is None or not self.asks or not worth_keeping(case):
            return True
        if self._window.findChild(QMessageBox, "leaving") is None:
            self._quitting = quitting
            self._ask(case.title)
        return False

    def _ask(self, title: str) -> None:
        box = QMessageBox(self._window)
        box.setObjectName("leaving")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("‘{title}’ is not saved to a file of yours yet.").format(title=isolated(title)))
        box.setInformativeText(
            self.tr("Kept for later, it is offered on the welcome page the next time. Discarded, it is gone.")
        )
        self._button(box, self.tr("&Save as…"), "save", QMessageBox.ButtonRole.AcceptRole)
        keep = self._button(box, self.tr("&Keep for later"), "keep", QMessageBox.ButtonRole.AcceptRole)
        self._button(box, self.tr("&Discard"), "discard", QMessageBox.ButtonRole.DestructiveRole)
        box.setEscapeButton(self._button(box, self.tr("Cancel"), "", QMessageBox.ButtonRole.RejectRole))
        box.setDefaultButton(keep)
        box.buttonClicked.connect(self._on_answer)
        box.open()

    @staticmethod
    def _button(box: QMessageBox, words: str, answer: str, role: QMessageBox.ButtonRole) -> QPushButton:
        button = box.addButton(words, role)
        button.setProperty("answer", answer)
        return button

    def _on_answer(self, button: QAbstractButton) -> None:
        answer, case = button.property("answer"), self._window.workspace.case
        if case is None or not answer:
            return
        if answer == "save" and not self._window.save_as():
            return
        if answer == "discard":
            self._window.workspace.recovery.give_up(case)
        self._go()

    def _go(self) -> None:
        asked, self.asks = self.asks, False
        if self._quitting:
            self._window.close()
        else:
            self._window.workspace.close_case()
        self.asks = asked
