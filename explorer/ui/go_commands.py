"""What the Go menu does: back and forward, from record to record, from pane to pane, search and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from explorer.model.times import parse_edtf
from explorer.query.selection import Picked

if TYPE_CHECKING:
    from explorer.ui.window import MainWindow


class GoCommands(QObject):
    """The slots of the Go menu of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace

    def back(self) -> None:
        """Return to the filter and zoom before."""
        self._workspace.back()

    def forward(self) -> None:
        """Go to the filter and zoom that back left."""
        self._workspace.forward()

    def next_event(self) -> None:
        """Select the next shown record in time."""
        self._step(1)

    def previous_event(self) -> None:
        """Select the shown record before in time."""
        self._step(-1)

    def go_to_date(self) -> None:
        """Ask for a date and bring it into view."""
        from explorer.ui.date_dialog import DateDialog

        dialog = DateDialog(self._window)
        dialog.chosen.connect(self._bring)
        dialog.open()

    def _bring(self, edtf: object) -> None:
        self._workspace.set_axis("calendar")
        self._window.timeline.go_to(parse_edtf(str(edtf)))

    def search(self) -> None:
        """Put the keyboard into the search field."""
        self._window.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.search.selectAll()

    def next_pane(self) -> None:
        """Move the keyboard to the next pane."""
        self._cycle(1)

    def previous_pane(self) -> None:
        """Move the keyboard to the pane before."""
        self._cycle(-1)

    def palette(self) -> None:
        """Show the command palette."""
        from explorer.ui.command_palette import CommandPalette

        CommandPalette(self._window.actions_table, self._window).open()

    def _step(self, places: int) -> None:
        ids = ordered_ids(self._workspace)
        if not ids:
            return
        at = ids.index(self._workspace.state.focus) if self._workspace.state.focus in ids else None
        to = (0 if places > 0 else len(ids) - 1) if at is None else max(0, min(len(ids) - 1, at + places))
        self._workspace.select(Picked(frozenset({ids[to]})))

    def _cycle(self, places: int) -> None:
        panes = [pane for pane in self._window.panes() if pane.isVisible()]
        if not panes:
            return
        focus = QApplication.focusWidget()
        here = next(
            (i for i, pane in enumerate(panes) if pane is focus or pane.isAncestorOf(focus or pane)), None
        )
        to = panes[0 if here is None else (here + places) % len(panes)]
        (first_focusable(to) or to).setFocus(Qt.FocusReason.TabFocusReason)


def ordered_ids(workspace: object) -> list[str]:
    """Return the shown events by time: by their earliest start, then end, then place in the case."""
    from explorer.workspace.readings import Readings

    assert isinstance(workspace, Readings)
    table, shown = workspace.table, workspace.shown
    if table is None or shown is None:
        return []
    time = table.times(text_only=workspace.text_only)
    rows = shown.rows
    order = np.lexsort((rows, time.end_max[rows], time.start_min[rows]))
    return [table.ids[int(row)] for row in rows[order]]


def first_focusable(pane: QWidget) -> QWidget | None:
    """Return the first widget of a pane that takes the keyboard."""
    widgets = [pane, *pane.findChildren(QWidget)]
    return next(
        (w for w in widgets if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible() and w.isEnabled()),
        None,
    )
