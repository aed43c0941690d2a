"""Foreign text in Qt's places: tooltips and labels guess HTML, so what is shown there is made plain first."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def plain_tip(text: str) -> str:
    """Return text so that a tooltip shows its characters and never interprets them (design §7)."""
    if not text:
        return ""
    lines = "<br>".join(escape(line) for line in text.splitlines())
    return f"<qt>{lines}</qt>"


def plain_label(text: str, parent: QWidget | None = None, name: str = "") -> QLabel:
    """Return a label that shows text as characters; name styles it."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setObjectName(name)
    return label
