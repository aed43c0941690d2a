"""The first bar: the program and the case, the search field, the switch for outside values, and what to take away."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from explorer.ui.actions import Actions
from explorer.ui.search_box import SearchBox
from explorer.ui.segments import Bar, action_button, menu_button
from explorer.ui.switch import Switch
from explorer.ui.text import ElidedLabel, plain_label
from explorer.words import tr
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change

#: What "Show" offers: names of actions, "" for a line.
SHOW = ("show_filters", "show_source", "show_actors", "", "lanes", "axis", "", "follow")


class TopBar(Bar):
    """Names the case and holds what concerns the whole window."""

    def __init__(self, workspace: Workspace, actions: Actions, parent: QWidget) -> None:
        super().__init__(tr("Main bar"), parent)
        self._workspace = workspace
        self._actions = actions
        self.title = ElidedLabel(self, "muted")
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search = SearchBox(workspace, self)
        self.search.setMinimumWidth(180)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.switch = Switch(self.tr("Only what the report says"), self)
        self.switch.setToolTip(actions["text_only"].toolTip())
        self.switch.clicked.connect(actions["text_only"].trigger)
        show = menu_button(self.tr("Show ▾"), self._show_menu(), self)
        show.setToolTip(self.tr("Panels, lanes and axis"))
        self.row.addWidget(plain_label("Dateline", self, "name"))
        self.row.addWidget(self.title)
        self.row.addWidget(self.search)
        self.row.addWidget(self.switch)
        self.row.addWidget(show)
        self.row.addWidget(action_button(actions["export"], self, ""))
        self.row.addWidget(action_button(actions["copy_image"], self, ""))
        workspace.changed.connect(self._on_changed)
        workspace.opened.connect(self._on_opened)
        self._on_opened()

    def _show_menu(self) -> QMenu:
        menu = QMenu(self)
        for name in SHOW:
            if not name:
                menu.addSeparator()
            elif name in self._actions.by_name:
                menu.addAction(self._actions[name])
            else:
                below = menu.addMenu(self.tr("Lanes") if name == "lanes" else self.tr("Axis"))
                below.addActions(
                    [a for key, a in self._actions.by_name.items() if key.startswith(f"{name}.")]
                )
        return menu

    def _on_changed(self, change: Change) -> None:
        if change.of("filter"):
            self.switch.setChecked(self._workspace.text_only)

    def _on_opened(self) -> None:
        case = self._workspace.case
        self.title.setText(case.title if case is not None else "")
        self.search.setEnabled(case is not None)
        self.switch.setEnabled(case is not None)
        self.switch.setChecked(self._workspace.text_only)
