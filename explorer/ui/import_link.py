"""The word in the status bar while an import runs: how far it is, and the way back to its dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from explorer.workspace.child import Advance
from explorer.workspace.importing import Importing, ImportRequest


class ImportLink(QPushButton):
    """Shown while an import runs."""

    def __init__(self, importing: Importing, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("link")
        self.hide()
        importing.started.connect(self._on_started)
        importing.advanced.connect(self._on_advanced)
        importing.ended.connect(self.hide)

    def _on_started(self, request: ImportRequest) -> None:
        del request
        self.setText(self.tr("Importing"))
        self.show()

    def _on_advanced(self, advance: Advance) -> None:
        self.setText(self.tr("Importing, {part} %").format(part=int(100 * advance.part)))
