"""What the View menu does: lanes, axis, tabs, zoom, theme and panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from explorer.workspace.state import ActorTab, Axis, Lanes

if TYPE_CHECKING:
    from explorer.ui.window import MainWindow


class ViewCommands(QObject):
    """The slots of the View menu of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace

    def lanes(self, action: QAction) -> None:
        """Lay the lanes by what the action names."""
        assert action.data() in get_args(Lanes)
        self._workspace.set_lanes(cast("Lanes", action.data()))

    def axis(self, action: QAction) -> None:
        """Take the axis that the action names."""
        assert action.data() in get_args(Axis)
        self._workspace.set_axis(cast("Axis", action.data()))

    def tab(self, action: QAction) -> None:
        """Bring the tab to the front that the action names."""
        assert action.data() in get_args(ActorTab)
        self._workspace.set_tab(cast("ActorTab", action.data()))

    def follow(self, on: object) -> None:
        """Let the actor panel count only what the timeline shows, or all."""
        self._workspace.set_follow(follow=bool(on))

    def zoom_in(self) -> None:
        """Zoom into the middle of the timeline."""
        self._window.timeline.zoom_by(1.6)

    def zoom_out(self) -> None:
        """Zoom out from the middle of the timeline."""
        self._window.timeline.zoom_by(1 / 1.6)

    def fit(self) -> None:
        """Show the whole timeline."""
        self._workspace.look_at(None)

    def fit_selection(self) -> None:
        """Show the selected records as large as they go."""
        if not self._window.timeline.fit_selection():
            self._window.say(self.tr("What is selected has no place on this axis"))

    def theme(self, action: QAction) -> None:
        """Wear the theme that the action names."""
        self._window.look.choose(str(action.data()))
        self._window.settings.set_text("theme", str(action.data()))

    def show_filters(self, on: object) -> None:
        """Show or hide the filter panel."""
        self._window.show_dock("filters", on=bool(on))

    def show_source(self, on: object) -> None:
        """Show or hide the source text."""
        self._window.show_dock("source", on=bool(on))

    def show_actors(self, on: object) -> None:
        """Show or hide the actor panel."""
        self._window.actors.setVisible(bool(on))

    def contradictions(self) -> None:
        """List the facts about time that cannot all hold, and give the list the keyboard."""
        self._window.contradictions.show_panel()
        for link in self._window.contradictions.facts()[:1]:
            link.setFocus(Qt.FocusReason.OtherFocusReason)

    def reset_layout(self) -> None:
        """Put every panel back where it was at first."""
        self._window.arrangement.reset()

    def full_screen(self) -> None:
        """Fill the screen, or return to the window."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()
