"""A choice in a form: keys with Ctrl belong to the form, and the wheel scrolls the form instead of changing a value."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from explorer.words import tr


class FormCombo(QComboBox):
    """Chooses one of a few values by arrows or first letters."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave keys with Ctrl, and Enter, to the form."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll."""
        event.ignore()


def combo(parent: QWidget, name: str, words: dict[Any, str]) -> FormCombo:
    """Return a choice of values by their words; name is what a screen reader says."""
    box = FormCombo(parent)
    box.setAccessibleName(name)
    for value, said in words.items():
        box.addItem(tr(said), value)
    return box
