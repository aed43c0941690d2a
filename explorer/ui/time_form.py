"""The time condition: from and to in EDTF, each echoed in plain words, certain or possible, undated in or out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QWidget

from explorer.model.times import EdtfError, edtf_words, parse_edtf
from explorer.query.filters import Filter
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change


class TimeForm(QWidget):
    """Two fields and two switches; nonsense is refused with its reason and changes nothing."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._from = self._field(self.tr("Time from"), self.tr("from"))
        self._to = self._field(self.tr("Time to"), self.tr("to"))
        self._certain = self._switch(self.tr("Certainly inside"), "time_certain")
        self._certain.setToolTip(self.tr("Off: what possibly lies inside is shown, too"))
        self._undated = self._switch(self.tr("Undated, too"), "undated")
        self._undated.setToolTip(self.tr("Let records without any date through the time condition"))
        self._echo = QLabel(self)
        self._echo.setTextFormat(Qt.TextFormat.PlainText)
        self._echo.setWordWrap(True)
        self._echo.setObjectName("timeEcho")
        heading = QLabel(self.tr("Time"), self)
        heading.setObjectName("sectionHeading")
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 4, 6, 2)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.addWidget(heading, 0, 0, 1, 2)
        grid.addWidget(self._from, 1, 0)
        grid.addWidget(self._to, 1, 1)
        grid.addWidget(self._certain, 2, 0)
        grid.addWidget(self._undated, 2, 1)
        grid.addWidget(self._echo, 3, 0, 1, 2)
        workspace.changed.connect(self._follow)
        self._take(workspace.state.filter)

    def _field(self, name: str, hint: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(hint)
        field.setAccessibleName(name)
        field.setToolTip(self.tr("A date in EDTF: 2015, 2024-11, 2024-11-27"))
        field.setClearButtonEnabled(True)
        field.editingFinished.connect(self._apply)
        return field

    def _switch(self, text: str, field: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setProperty("field", field)
        box.clicked.connect(self._apply)
        return box

    def _follow(self, change: Change) -> None:
        if change.of("filter", "case"):
            self._take(change.after.filter)

    def _take(self, condition: Filter) -> None:
        self._from.setText(condition.time_from or "")
        self._to.setText(condition.time_to or "")
        self._certain.setChecked(condition.time_certain)
        self._undated.setChecked(condition.undated)
        timed = bool(condition.time_from or condition.time_to)
        self._certain.setEnabled(timed)
        self._undated.setEnabled(timed)
        self._echo.setText(self._reading(condition))
        self._echo.setVisible(bool(self._echo.text()))

    def _reading(self, condition: Filter) -> str:
        start = (
            self.tr("from {time}").format(time=edtf_words(condition.time_from)) if condition.time_from else ""
        )
        end = self.tr("to {time}").format(time=edtf_words(condition.time_to)) if condition.time_to else ""
        return " ".join(part for part in (start, end) if part)

    def _apply(self) -> None:
        start, end = self._from.text().strip(), self._to.text().strip()
        for text in (start, end):
            if text:
                try:
                    parse_edtf(text)
                except EdtfError as error:
                    self._echo.setText(str(error))
                    self._echo.setVisible(True)
                    return
        update = {
            "time_from": start or None,
            "time_to": end or None,
            "time_certain": self._certain.isChecked(),
            "undated": self._undated.isChecked(),
        }
        self._workspace.narrow(self._workspace.state.filter.changed(update))
