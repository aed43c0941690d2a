"""Keeps the actions true to the state: which are checked, which can be used now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.query.selection import Nothing
from explorer.ui.action_rows import ROWS
from explorer.ui.text import elided
from explorer.words import tr
from explorer.workspace.state import Change

if TYPE_CHECKING:
    from explorer.ui.window import MainWindow


class ActionState(QObject):
    """Listens to the workspace and the panels of one window on behalf of its actions."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions = window.actions_table
        self._workspace = window.workspace
        self._workspace.changed.connect(self._on_changed)
        for dock in window.docks.values():
            dock.visibilityChanged.connect(self.check_panels)

    def refresh(self) -> None:
        """Check and enable everything as it is now."""
        state = self._workspace.state
        choice = self._window.look.choice
        for name in (f"axis.{state.axis}", f"lanes.{state.lanes}", f"tab.{state.tab}", f"theme.{choice}"):
            self._actions.check(name)
        self._actions.check("follow", on=state.follow)
        self._actions.check("text_only", on=self._workspace.text_only)
        self.check_panels()
        holds = {
            "case": self._workspace.case is not None,
            "selection": state.selection != Nothing(),
            "back": self._workspace.can_go_back,
            "forward": self._workspace.can_go_forward,
            **self._name_steps(),
        }
        self._actions.enable(holds)

    def _name_steps(self) -> dict[str, bool]:
        """Let Undo and Redo say of what; return which of them there is."""
        case = self._workspace.case
        steps = {"undo": case.undo_step, "redo": case.redo_step} if case is not None else {}
        for name, words in (("undo", tr("&Undo: {step}")), ("redo", tr("&Redo: {step}"))):
            step = steps.get(name)
            plain = next(tr(row.text) for row in ROWS if row.name == name)
            short = elided(step.name).replace("&", "&&") if step is not None else ""
            self._actions[name].setText(words.format(step=short) if short else plain)
        return {name: steps.get(name) is not None for name in ("undo", "redo")}

    def check_panels(self) -> None:
        """Show which panels are open."""
        for name, dock in self._window.docks.items():
            self._actions.check(f"show_{name}", on=not dock.isHidden())
        self._actions.check("show_actors", on=not self._window.actors.isHidden())

    def _on_changed(self, change: Change) -> None:
        if change.of("case", "filter", "selection", "window", "axis", "lanes", "tab", "follow"):
            self.refresh()
