"""What was wrong with a case, all at once: where, what was found, what was expected, how to mend it; with Copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QPlainTextEdit, QVBoxLayout, QWidget

from explorer.intake.reporting import ProblemsFound
from explorer.ui.text import plain_label
from explorer.words import tr


class ProblemsDialog(QDialog):
    """Lists the problems of a file that was not opened; the open case stays open."""

    def __init__(self, error: Exception, parent: QWidget | None = None, *, importing: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(
            self.tr("Nothing was imported") if importing else self.tr("This case could not be opened")
        )
        self.resize(760, 420)
        problems = [str(problem) for problem in getattr(error, "problems", ())]
        rest = error.rest_words() if isinstance(error, ProblemsFound) else ()
        source = str(getattr(error, "source", "") or "")
        self._report = "\n".join([line for line in (source, *(problems or [said(error)]), *rest) if line])
        words = plain_label(self._head(error, len(problems), importing=importing), self)
        words.setWordWrap(True)
        self.list = QPlainTextEdit(self)
        self.list.setPlainText(self._report)
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.list.setAccessibleName(self.tr("Problems"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.copy_button = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)

    def _head(self, error: Exception, told: int, *, importing: bool) -> str:
        if importing and told > 1:
            head = self.tr("{n} problems; nothing was imported, and every case is as it was.")
        elif importing:
            head = self.tr("Nothing was imported; every case is as it was.")
        elif told > 1:
            head = self.tr("{n} problems; nothing was opened, and the open case is as it was.")
        else:
            head = self.tr("Nothing was opened; the open case is as it was.")
        return head.format(n=counted(error))

    def copy(self) -> None:
        """Put the whole list on the clipboard."""
        QGuiApplication.clipboard().setText(self._report)


def counted(error: Exception) -> str:
    """Return how many problems an error has: "232", or "more than 50" where they were not counted to the end."""
    told = len(getattr(error, "problems", ()))
    more: int | None = getattr(error, "more", 0)
    return tr("more than {n}").format(n=told) if more is None else f"{told + more:,}"


def said(error: Exception) -> str:
    """Return an error as one sentence."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or ''}: {error.strerror}".lstrip(": ")
    return str(error) or type(error).__name__


def warn(words: str, parent: QWidget) -> None:
    """Show one sentence as plain text."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(words)
    box.open()
