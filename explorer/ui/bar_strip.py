"""Totals over time under the timeline: bars by day, week, month or year that select their events; can be folded."""

from __future__ import annotations

from typing import cast

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.layout.bars import BarsRequest, By, amount, bar_words, highest, layout_bars
from explorer.layout.rowids import RowIds
from explorer.layout.scene import Group, Scene
from explorer.paint.theme import Theme
from explorer.query.groups import WAYS, Groups, group_by
from explorer.query.groups import By as Way
from explorer.query.groups import Group as Records
from explorer.query.periods import PERIODS, finest, number_of, published, stretch
from explorer.query.selection import Brushed, Mode, Picked, Selection
from explorer.query.shown import Shown
from explorer.query.totals import number_words
from explorer.ui.canvas import SceneCanvas
from explorer.ui.text import ElidedCombo, ElidedLabel, plain_tip
from explorer.ui.timeline_view import TimelineView
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change
from explorer.workspace.turns import TOTALS

HEIGHT = 84
#: With fewer dated records than this the strip tells nothing, and is not offered.
FEWEST = 40
#: By itself the strip takes the shortest period that makes no more bars than this.
MOST_BARS = 130
#: The least width of a button that says something, and what it needs besides its words.
LEAST_FACT, FACT_AIR = 56, 28
#: The least width of the strip; from which on it names the highest bars; from which on it says everything.
LEAST_STRIP, WIDE_STRIP, WIDEST_STRIP = 390, 600, 1040


class BarCanvas(SceneCanvas):
    """The bars; a click selects what lies in one."""

    depends_on = ("case", "filter", "window", "axis", "lanes", "selection")
    rank = TOTALS

    def __init__(self, workspace: Workspace, view: TimelineView, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self._view = view
        self.way: Way | None = None
        self.by: By = "count"
        self._grouped: tuple[Shown, Way, Groups] | None = None
        self.setMinimumSize(200, HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Totals over time"))

    def sizeHint(self) -> QSize:
        """Be low."""
        return QSize(200, HEIGHT)

    @property
    def groups(self) -> Groups | None:
        """The shown events by the period or facet of now, counted once for each filter."""
        table, shown = self.workspace.table, self.workspace.shown
        if table is None or shown is None:
            return None
        text_only = self.workspace.text_only
        way = self.way or finest(table, shown.rows, MOST_BARS, text_only=text_only)
        if self._grouped is None or self._grouped[0] is not shown or self._grouped[1] != way:
            groups = group_by(table, shown.mask, way, text_only=text_only, by_first=published(table))
            self._grouped = (shown, way, groups)
        return self._grouped[2]

    def make_scene(self, width: float, height: float) -> Scene | None:
        """Lay the bars out below the timeline's plot."""
        table, groups, laid = self.workspace.table, self.groups, self._view.laid
        if table is None or groups is None or laid is None or self.workspace.state.axis == "order":
            return None
        chosen = self.workspace.selected
        request = BarsRequest(
            table,
            groups,
            self.by,
            laid.viewport,
            width,
            min(height, HEIGHT),
            chosen if chosen.any() else None,
        )
        return layout_bars(request, self.measure)

    def choose(self, group: Group, mode: Mode = "replace") -> None:
        """Select the records of a bar: by its dates where a filter can say so."""
        self.current = group
        rows = group.ids.rows if isinstance(group.ids, RowIds) else None
        groups = self.groups.groups if self.groups is not None else ()
        records = next((found for found in groups if rows is not None and found.rows is rows), None)
        if records is not None:
            self.workspace.select(self.meaning(records), mode)

    def meaning(self, records: Records) -> Selection:
        """Return what selects the records of a bar, and no others of those shown."""
        table, condition = self.workspace.table, self.workspace.state.filter
        assert table is not None
        assert self.groups is not None
        if self.groups.by not in PERIODS:
            return Picked(frozenset(table.ids_of(records.rows)))
        period = self.groups.by
        ends = stretch(number_of(records.value, period), period)
        if (
            records.reaching
            or ends.first is None
            or ends.last is None
            or condition.time_from
            or condition.time_to
        ):
            return Picked(frozenset(table.ids_of(records.rows)))
        dates = {"time_from": ends.first, "time_to": ends.last, "time_certain": True}
        return Brushed(condition.changed(dates))

    def chosen(self) -> frozenset[str]:
        """Draw no halos: the selected share is in the bars."""
        return frozenset()

    def pan(self, dx: float, dy: float) -> None:
        """Move along time with the timeline."""
        self._view.pan(dx, 0.0)
        del dy

    def zoom(self, factor: float, about: QPointF) -> None:
        """Zoom the timeline."""
        self._view.zoom(factor, about)


class BarStrip(QWidget):
    """The head of the strip, always in sight where it tells something, and the bars below it once unfolded."""

    def __init__(self, workspace: Workspace, view: TimelineView, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.bars = BarCanvas(workspace, view, self)
        self._fold = QPushButton(self)
        self._fold.setCheckable(True)
        self._fold.setFlat(True)
        self._fold.setObjectName("flat")
        self._fold.toggled.connect(self._on_folded)
        self._by = {by: self._height(by, words) for by, words in _heights(self)}
        self._way = self._choice(self.tr("One bar for each"), _ways(self))
        self.best = {by: self._fact(by) for by in self._by}
        self._resting = ElidedLabel(self, "muted")
        between = QLabel(self.tr("for each"), self)
        head = QHBoxLayout()
        head.setContentsMargins(8, 1, 8, 1)
        head.setSpacing(6)
        for part in (self._fold, *self._by.values(), between, self._way, *self.best.values()):
            head.addWidget(part)
        head.addWidget(self._resting, 100)
        head.addStretch(1)  # for where the label has no room
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.bars)
        self._least: dict[QWidget, int] = dict.fromkeys(self.best.values(), WIDE_STRIP)
        self._least |= {between: WIDEST_STRIP, self._resting: WIDEST_STRIP}
        self._parts = (*self._by.values(), between, self._way, *self.best.values(), self._resting, self.bars)
        view.laid_out.connect(self._on_laid_out, Qt.ConnectionType.QueuedConnection)
        workspace.changed.connect(self._on_changed)
        self._on_folded(unfolded=False)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.bars.set_theme(theme)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the choices need: what else is said gives way."""
        return QSize(LEAST_STRIP, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what has no room."""
        super().resizeEvent(event)
        self._show_parts()

    def _show_parts(self) -> None:
        unfolded = self._fold.isChecked()
        for part in self._parts:
            part.setVisible(unfolded and self.width() >= self._least.get(part, 0))

    def unfold(self, *, by: By = "count", period: Way | None = None) -> None:
        """Open the strip with what is asked for."""
        self._by[by].setChecked(True)
        self._way.setCurrentIndex(max(self._way.findData(period or ""), 0))
        self._fold.setChecked(True)

    def _height(self, by: By, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("segment")
        button.setText(words)
        button.setToolTip(self.tr("Height of the bars"))
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setChecked(by == "count")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setMinimumWidth(button.sizeHint().width())
        button.toggled.connect(self._on_chosen)
        return button

    def _fact(self, by: By) -> Fact:
        button = Fact(self)
        button.setProperty("by", by)
        button.clicked.connect(self._on_highest)
        return button

    def _choice(self, name: str, entries: list[tuple[str, str]]) -> QComboBox:
        box = ElidedCombo(self)
        for value, text in entries:
            box.addItem(text, value)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(9)
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.currentIndexChanged.connect(self._on_chosen)
        return box

    def _on_folded(self, unfolded: bool) -> None:
        name = self.tr("Totals over time")
        self._fold.setText(("▾ " if unfolded else "▸ ") + name)
        self._fold.setAccessibleName(name)
        self._show_parts()
        self._on_chosen()

    def _on_chosen(self) -> None:
        self.bars.way = cast("Way | None", self._way.currentData() or None)
        self.bars.by = next((by for by, button in self._by.items() if button.isChecked()), "count")
        self.bars.relayout()
        self._tell()

    def _on_highest(self) -> None:
        by = cast("By", self.sender().property("by"))
        groups = self.bars.groups
        found = highest(groups, by) if groups is not None else None
        if found is not None:
            self._by[by].setChecked(True)
            self._workspace.select(self.bars.meaning(found))

    def _tell(self) -> None:
        """Name the highest bars, and what the totals rest on."""
        if not self._fold.isChecked():
            return
        groups = self.bars.groups
        words = {
            "count": self.tr("Most records: {label} ({number})"),
            "deaths": self.tr("Most killed: {label} ({number})"),
        }
        for by, button in self.best.items():
            found = highest(groups, by) if groups is not None else None
            button.setEnabled(found is not None)
            if found is not None:
                number = number_words(amount(found, by))
                button.say(words[by].format(label=found.label, number=number), bar_words(found))
        told = groups.groups if groups is not None else ()
        text = self.tr("{n} records on summary rows, {m} on one source").format(
            n=f"{sum(group.summaries for group in told):,}", m=f"{sum(group.single for group in told):,}"
        )
        self._resting.setText(text)

    def _on_changed(self, change: Change) -> None:
        if change.of("case", "filter") and self._fold.isChecked():
            if self._workspace.large:
                self._workspace.turns.ask(TOTALS, self._tell)
            else:
                self._tell()
        if change.of("case", "filter", "axis"):
            self.setVisible(self._tells())

    def _on_laid_out(self) -> None:
        self.setVisible(self._tells())
        if self._fold.isChecked():
            self.bars.follow()

    def _tells(self) -> bool:
        table = self._workspace.table
        if table is None or self._workspace.state.axis == "order":
            return False
        times = table.times(text_only=self._workspace.text_only)
        return len(table) - int(np.count_nonzero(times.undated)) >= FEWEST


class Fact(QPushButton):
    """A button that says something, shortened where it has no room; its tip says all of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setMinimumWidth(LEAST_FACT)

    def say(self, words: str, tip: str) -> None:
        """Show words; tip: what else is known."""
        self._whole = words
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words + "\n" + tip))
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for room for all of the words."""
        room = self.fontMetrics().horizontalAdvance(self._whole) + FACT_AIR
        return QSize(room, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - FACT_AIR
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


def _heights(widget: QWidget) -> list[tuple[By, str]]:
    return [("count", widget.tr("Records")), ("deaths", widget.tr("Killed"))]


def _ways(widget: QWidget) -> list[tuple[str, str]]:
    """Return what a bar may stand for, with its words."""
    words: dict[str, str] = {
        "day": widget.tr("day"), "week": widget.tr("week"), "month": widget.tr("month"), "year": widget.tr("year"),
        "place": widget.tr("place"), "actor": widget.tr("actor"), "type": widget.tr("classification"),
        "document": widget.tr("document"), "publisher": widget.tr("publisher"), "kind": widget.tr("kind"),
        "status": widget.tr("review status"),
    }  # fmt: skip
    return [("", widget.tr("period, by itself")), *((way, words[way]) for way in WAYS)]
