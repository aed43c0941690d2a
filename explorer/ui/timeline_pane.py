"""The timeline with what belongs to it: lanes to choose, the axis, fit, the scroll bar and the overview."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollBar, QVBoxLayout, QWidget

from explorer.paint.theme import Theme
from explorer.ui.actions import Actions
from explorer.ui.bar_strip import BarStrip
from explorer.ui.overview import Overview
from explorer.ui.segments import Segments, action_button, menu_button
from explorer.ui.tab_order import chain, stops
from explorer.ui.text import plain_label
from explorer.ui.timeline_view import TimelineView
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change

LANES = ("lanes.actor", "lanes.place", "lanes.type", "lanes.document", "lanes.one")
AXES = ("axis.calendar", "axis.elastic", "axis.order")


class TimelinePane(QWidget):
    """The upper half of the middle."""

    def __init__(self, workspace: Workspace, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._actions = actions
        self.view = TimelineView(workspace, self)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setAccessibleName(self.tr("Scroll the timeline"))
        self.overview = Overview(workspace, self.view, self)
        self.totals = BarStrip(workspace, self.view, self)
        self._axis = menu_button("", self._axis_menu(), self, "flat")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 4)
        column.setSpacing(6)
        column.addLayout(self._head())
        column.addWidget(self._card(), 1)
        self._bar.valueChanged.connect(self._on_scrolled)
        self.view.laid_out.connect(self._on_laid_out, Qt.ConnectionType.QueuedConnection)
        self.view.laid_out.connect(workspace.turns.go_on)
        workspace.changed.connect(self._on_changed)
        workspace.opened.connect(self._name_axis)
        self._name_axis()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of theme."""
        self.view.set_theme(theme)
        self.overview.set_theme(theme)
        self.totals.set_theme(theme)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(plain_label(self.tr("Timeline"), self, "heading"))
        row.addSpacing(8)
        lanes = Segments([self._actions[name] for name in LANES], self.tr("Lanes"), self)
        fit = action_button(self._actions["fit"], self, "flat")
        row.addWidget(lanes)
        row.addStretch(1)
        row.addWidget(self._axis)
        row.addWidget(fit)
        chain([*stops(lanes), self._axis, fit, self.view, self.overview])
        return row

    def _axis_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addActions([self._actions[name] for name in AXES])
        menu.addSeparator()
        menu.addActions([self._actions[name] for name in ("go_to_date", "fit", "fit_selection")])
        return menu

    def _card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.view, 1)
        row.addWidget(self._bar)
        column.addLayout(row, 1)
        column.addWidget(self.overview)
        column.addWidget(self.totals)
        self._bar.hide()
        self.overview.hide()
        return card

    def _on_laid_out(self) -> None:
        laid = self.view.laid
        if laid is None:
            return
        beyond = max(0, round(laid.content_height - self.view.height()))
        self._bar.blockSignals(True)
        self._bar.setRange(0, beyond)
        self._bar.setPageStep(self.view.height())
        self._bar.setSingleStep(40)
        self._bar.setValue(round(self.view.offset))
        self._bar.blockSignals(False)
        self._bar.setVisible(beyond > 0)
        self.overview.setVisible(laid.overview)
        self.overview.update()

    def _on_scrolled(self, value: int) -> None:
        self.view.scroll_to(float(value))

    def _on_changed(self, change: Change) -> None:
        if change.of("axis"):
            self._name_axis()
        if change.of("case", "filter", "window"):
            self.overview.update()

    def _name_axis(self) -> None:
        names = {
            "calendar": self.tr("Calendar ▾"),
            "elastic": self.tr("Skip empty years ▾"),
            "order": self.tr("Reported order ▾"),
        }
        self._axis.setText(names[self._workspace.state.axis])
        name = names[self._workspace.state.axis].strip(" ▾")
        self._axis.setAccessibleName(self.tr("Axis: {name}").format(name=name))
