"""What stands beside a heading of the filter panel: how its values are matched, and the door to all of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from explorer.paint.theme import Theme
from explorer.query.filters import Filter
from explorer.ui.facet_node import Node
from explorer.ui.icons import icon
from explorer.ui.text import plain_tip
from explorer.workspace.hub import Workspace


class Switches(QObject):
    """The buttons beside the headings of one case. wanted: the node of a heading whose list is asked for."""

    wanted = Signal(object)

    def __init__(self, workspace: Workspace, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._theme = theme
        self._doors: dict[QToolButton, Node] = {}
        self.actions: list[QAction] = []

    def clear(self) -> None:
        """Let go of the buttons: they go with the headings of the case before."""
        self._doors.clear()
        self.actions.clear()

    def beside(self, node: Node, parent: QWidget, *, many: bool) -> QWidget | None:
        """Return the buttons of a heading: a search where it has many values, its matching; None for neither."""
        groups = SWITCHES.get(node.facet)
        if groups is None and not many:
            return None
        holder = QWidget(parent)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 6, 6, 0)
        row.setSpacing(0)
        row.addStretch(1)
        if many:
            row.addWidget(self._door(node, holder))
        if groups is not None:
            row.addWidget(self._matching(node, groups, holder))
        return holder

    def follow(self, condition: Filter) -> None:
        """Show how values are matched now."""
        for action in self.actions:
            field, value = action.data()
            action.setChecked(_setting(condition, field) == value)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of theme."""
        self._theme = theme
        for button in self._doors:
            button.setIcon(icon("search", theme))

    def _door(self, node: Node, parent: QWidget) -> QToolButton:
        button = QToolButton(parent)
        button.setObjectName("flat")
        button.setIcon(icon("search", self._theme))
        button.setIconSize(QSize(13, 13))
        name = self.tr("All {n} of {facet}, with a search").format(
            n=f"{len(node.section):,}", facet=node.label
        )
        button.setToolTip(plain_tip(name))
        button.setAccessibleName(name)
        button.clicked.connect(self._ask)
        self._doors[button] = node
        return button

    def _ask(self) -> None:
        button = self.sender()
        if isinstance(button, QToolButton) and button in self._doors:
            self.wanted.emit(self._doors[button])

    def _matching(self, node: Node, groups: Groups, parent: QWidget) -> QToolButton:
        button = QToolButton(parent)
        button.setText("⋯")
        button.setObjectName("flat")
        actors = node.facet == "actors"
        name = self.tr("How actors are matched") if actors else self.tr("How places are matched")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self._menu(button, groups))
        return button

    def _menu(self, parent: QWidget, groups: Groups) -> QMenu:
        menu = QMenu(parent)
        for field, values in groups:
            group = QActionGroup(menu)
            for value, text in values:
                action = menu.addAction(self.tr(text))
                action.setCheckable(True)
                action.setData((field, value))
                group.addAction(action)
                self.actions.append(action)
            menu.addSeparator()
        menu.triggered.connect(self._switch)
        return menu

    def _switch(self, action: QAction) -> None:
        field, value = action.data()
        condition = self._workspace.state.filter
        if "." in field:
            facet = field.partition(".")[0]
            choice = condition.choice(facet).changed({"match": value})
            self._workspace.narrow(condition.with_choice(facet, choice))
        else:
            self._workspace.narrow(condition.changed({field: value}))


Groups = tuple[tuple[str, tuple[tuple[object, str], ...]], ...]


def _setting(condition: object, field: str) -> object:
    """Return a field of the filter, a dotted one of its choice."""
    for name in field.split("."):
        condition = getattr(condition, name)
    return condition


_MATCH = (("any", "Any of the chosen"), ("all", "All of the chosen together"))
#: Facet -> (field of the filter, (its value, words)).
SWITCHES: dict[str, Groups] = {
    "actors": (
        ("actors.match", _MATCH),
        (
            "actor_role",
            (
                ("any", "In any role"),
                ("actor", "Did it or took part"),
                ("recipient", "Target, for, or suffered it"),
            ),
        ),
    ),
    "places": (
        ("places.match", _MATCH),
        (
            "place_role",
            (
                ("any", "In any way"),
                ("at", "Happened in"),
                ("from", "Came from"),
                ("via", "Came through"),
                ("to", "Went to"),
            ),
        ),
        ("possible_places", ((False, "Certainly there"), (True, "Possibly there, too"))),
    ),
}
