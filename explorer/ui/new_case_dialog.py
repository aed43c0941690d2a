"""A new case: its title is asked, the rest comes with its reports."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from explorer.casefile.errors import CaseFileError
from explorer.ui.text import plain_label
from explorer.workspace.hub import Workspace


class NewCaseDialog(QDialog):
    """Begins an empty case. Nothing need be saved first: the case is kept from its first moment."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New case"))
        self._workspace = workspace
        self.title = QLineEdit(self)
        self.title.setPlaceholderText(self.tr("what it is about, for example: Hama, December 2024"))
        words = self.tr(
            "Then add reports: drop their files on the window, or paste their text."
            " The case is kept from its first edit; “Save as…” puts it where you want it."
        )
        hint = plain_label(words, self, "muted")
        hint.setWordWrap(True)
        self.problem = plain_label("", self, "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.begin = self.buttons.addButton(self.tr("&Begin"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.begin.setEnabled(False)
        self.begin.setDefault(True)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Title"), self.title)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for part in (form, hint, self.problem, self.buttons):
            column.addLayout(part) if isinstance(part, QFormLayout) else column.addWidget(part)
        self.resize(520, 150)
        self.title.textChanged.connect(self._check)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def accept(self) -> None:
        """Begin the case; where none can be made, say why."""
        try:
            self._workspace.recovery.new_case(" ".join(self.title.text().split()))
        except CaseFileError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        super().accept()

    def _check(self, text: str) -> None:
        self.begin.setEnabled(bool(text.strip()))
