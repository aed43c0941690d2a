"""Asks for one line: a new name, a number, a note; what cannot be is said below it, and the form stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.ui.text import plain_label
from explorer.workspace.hub import Workspace


class LineDialog(QDialog):
    """make(line) gives the edit to commit, None where nothing is to be done; it may refuse with a CaseFileError."""

    def __init__(
        self, workspace: Workspace, title: str, question: str, line: str, make: Callable[[str], Edit | None],
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self._workspace, self._make = workspace, make
        asked = plain_label(question, self)
        asked.setWordWrap(True)
        self.line = QLineEdit(line, self)
        self.line.setAccessibleName(question)
        self.line.selectAll()
        self.problem = plain_label("", self, "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        box = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(box.Save | box.Cancel, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (asked, self.line, self.problem, buttons):
            column.addWidget(widget)

    def accept(self) -> None:
        """Commit what was typed."""
        try:
            edit = self._make(" ".join(self.line.text().split()))
        except (CaseFileError, KeyError, ValueError) as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        if edit is not None:
            self._workspace.commit(edit)
        super().accept()
