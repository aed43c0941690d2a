"""Go to a date: one field, read as it is typed, and a button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from explorer.ui.date_field import DateField, room_for
from explorer.ui.text import plain_label


class DateDialog(QDialog):
    """Asks for a date; chosen(EDTF) once it has one reading."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Go to date"))
        self.setMinimumWidth(380)
        self.field = DateField(self.tr("Date"), self, hint=self.tr("2015, Nov 2024, 27 Nov 2024"))
        label = plain_label(self.tr("A date, however exact:"), self)
        label.setBuddy(self.field.line)
        box = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(box.Ok | box.Cancel, self)
        self.buttons.button(box.Ok).setText(self.tr("Go"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (label, self.field, self.buttons):
            column.addWidget(widget)
        column.insertStretch(2, 1)
        room_for(self, self.field)

    def accept(self) -> None:
        """Say which date, where it is one; else the field says what it lacks."""
        if self.field.finish() and self.field.edtf is not None:
            self.chosen.emit(self.field.edtf)
            super().accept()
