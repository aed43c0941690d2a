"""Foreign text in Qt's places: tooltips and labels guess HTML, so what is shown there is made plain first."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)


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


def elided(text: str, most: int = 60) -> str:
    """Return text in one line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


class ElidedLabel(QLabel):
    """One line of plain text that gives way: cut with "…" where room is short, whole in its tooltip."""

    def __init__(self, parent: QWidget | None = None, name: str = "") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show text; the tooltip has all of it."""
        super().setText(text)
        self.setToolTip(plain_tip(text))

    def minimumSizeHint(self) -> QSize:
        """Ask for a little room only."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as fits."""
        del event
        with QPainter(self) as painter:
            box = self.contentsRect()
            words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(box, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), words)


class ElidedCombo(QComboBox):
    """A choice of long titles: what does not fit ends in an ellipsis."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the choice with its title shortened to the room there is."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        control = QStyle.ComplexControl.CC_ComboBox
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, field, self).width() - 4
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room
        )
        with QPainter(self) as painter:
            self.style().drawComplexControl(control, option, painter, self)
            self.style().drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option, painter, self)
