"""The slider over a graph of thousands: how many edges are drawn, the strongest first."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QWidget

from explorer.ui.text import plain_label

_STEPS = 200
_FEWEST = 10
_WIDTH = 110


class EdgeSlider(QFrame):
    """A slider on a logarithmic scale, with how many are drawn. wanted(int): somebody moved it."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._most = _FEWEST
        self.setObjectName("card")
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(_STEPS // 10)
        self.slider.setFixedWidth(_WIDTH)
        self.slider.setToolTip(self.tr("How many edges are drawn, the strongest first"))
        self.slider.setAccessibleName(self.tr("Edges drawn"))
        self.label = plain_label("", self, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        row.addWidget(self.slider)
        row.addWidget(self.label)
        self.slider.valueChanged.connect(self._on_moved)
        self.hide()

    def show_count(self, drawn: int, most: int) -> None:
        """Say how many of how many edges are drawn, and stand there."""
        self._most = max(most, _FEWEST)
        words = self.tr("{n} of {total} edges shown").format(n=f"{drawn:,}", total=f"{most:,}")
        self.label.setText(words)
        self.slider.setAccessibleDescription(words)
        if not self.slider.isSliderDown() and self.count() != drawn:
            self.slider.blockSignals(True)
            self.slider.setValue(self._step_of(drawn))
            self.slider.blockSignals(False)
        self.adjustSize()
        self.show()

    def count(self) -> int:
        """Return how many edges the slider stands for."""
        share = self.slider.value() / _STEPS
        return round(_FEWEST * math.pow(self._most / _FEWEST, share))

    def _step_of(self, drawn: int) -> int:
        if self._most <= _FEWEST:
            return _STEPS
        share = math.log(max(drawn, _FEWEST) / _FEWEST) / math.log(self._most / _FEWEST)
        return round(min(share, 1.0) * _STEPS)

    def _on_moved(self) -> None:
        self.wanted.emit(self.count())
