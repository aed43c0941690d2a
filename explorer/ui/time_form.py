"""The time condition: from and to, each echoed as it was read, certain or possible, undated in or out."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from explorer.model.times import parse_edtf
from explorer.query.filters import Filter
from explorer.ui.date_field import DateEcho, DateLine
from explorer.ui.text import plain_label
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
        heading = QLabel(self.tr("Time"), self)
        heading.setObjectName("sectionHeading")
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 4, 6, 2)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.addWidget(heading, 0, 0, 1, 2)
        grid.addWidget(self._from, 1, 0)
        grid.addWidget(self._to, 1, 1)
        for row, (line, words) in enumerate(
            ((self._from, self.tr("from {date}")), (self._to, self.tr("to {date}"))), start=2
        ):
            grid.addWidget(DateEcho(line, self, template=words), row, 0, 1, 2)
        grid.addWidget(self._certain, 4, 0)
        grid.addWidget(self._undated, 4, 1)
        self._crossed = plain_label(
            self.tr("\N{WARNING SIGN} The first date lies after the last."), self, "problem"
        )
        self._crossed.setWordWrap(True)
        grid.addWidget(self._crossed, 5, 0, 1, 2)
        workspace.changed.connect(self._follow)
        self._take(workspace.state.filter)

    def _field(self, name: str, hint: str) -> DateLine:
        field = DateLine(name, self, hint=hint)
        field.accepted.connect(self._apply)
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
        for line, edtf in ((self._from, condition.time_from), (self._to, condition.time_to)):
            if edtf != line.edtf or not condition.active:  # else what is being typed stays
                line.set_edtf(edtf)
        self._certain.setChecked(condition.time_certain)
        self._undated.setChecked(condition.undated)
        self._crossed.setVisible(crossed(condition.time_from, condition.time_to))
        timed = bool(condition.time_from or condition.time_to)
        self._certain.setEnabled(timed)
        self._undated.setEnabled(timed)

    def _apply(self) -> None:
        update = {
            "time_from": self._from.edtf,
            "time_to": self._to.edtf,
            "time_certain": self._certain.isChecked(),
            "undated": self._undated.isChecked(),
        }
        self._workspace.narrow(self._workspace.state.filter.changed(update))


def crossed(first: str | None, last: str | None) -> bool:
    """Return whether one date lies wholly after another, so that nothing can be between them."""
    return bool(first and last) and parse_edtf(first or "").start_min > parse_edtf(last or "").end_max
