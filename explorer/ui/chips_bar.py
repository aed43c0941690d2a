"""The second bar: every condition as a chip, back and forward, and in words what is shown and what is left out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from explorer.query.describe import Chip, chips, count_words, left_out_words, without
from explorer.ui.actions import Actions
from explorer.ui.segments import Bar, action_button, menu_button
from explorer.ui.text import ElidedLabel, plain_tip
from explorer.words import tr
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change

GAP = 6


class ChipRow(QWidget):
    """As many chips as fit, the rest behind "+ n"; a click takes the condition away."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._chips: list[Chip] = []
        self._buttons: list[QPushButton] = []
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._drop_action)
        self._more = menu_button("", self._menu, self, "flat")
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_chips(self, found: list[Chip]) -> None:
        """Show these conditions."""
        if found == self._chips:
            return
        self._chips = found
        for button in self._buttons:
            button.deleteLater()
        self._buttons = [self._button(chip) for chip in found]
        self.updateGeometry()
        self._arrange()

    def sizeHint(self) -> QSize:
        """Ask for the room of all chips; less is made do with."""
        wide = sum(button.sizeHint().width() + GAP for button in self._buttons)
        return QSize(wide, QPushButton("x").sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Make do with one chip."""
        return QSize(120 if self._buttons else 0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many chips as fit now."""
        super().resizeEvent(event)
        self._arrange()

    def _button(self, chip: Chip) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName("chip")
        button.setText(_shortened(chip.text) + "  ✕")
        button.setToolTip(plain_tip(self.tr("Take away: {condition}").format(condition=chip.text)))
        button.setAccessibleName(self.tr("Take away: {condition}").format(condition=chip.text))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(self._drop)
        return button

    def _arrange(self) -> None:
        x, hidden = 0, 0
        room = self.width() - 48
        for number, button in enumerate(self._buttons):
            size = button.sizeHint()
            last = number == len(self._buttons) - 1
            fits = not hidden and x + size.width() <= room + (48 if last else 0)
            button.setVisible(fits)
            button.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())
            x += size.width() + GAP if fits else 0
            hidden += not fits
        self._offer_rest(hidden, x)

    def _offer_rest(self, hidden: int, x: int) -> None:
        self._more.setVisible(bool(hidden))
        self._menu.clear()
        for chip in self._chips[len(self._chips) - hidden :]:
            self._menu.addAction(self.tr("Take away: {condition}").format(condition=chip.text)).setData(chip)
        self._more.setText(self.tr("+ {n} more").format(n=hidden))
        self._more.setAccessibleName(self.tr("{n} more conditions").format(n=hidden))
        self._more.setGeometry(x, 0, self._more.sizeHint().width(), self.height())

    def _drop(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton) and sender in self._buttons:
            self._take_away(self._chips[self._buttons.index(sender)])

    def _drop_action(self, action: QAction) -> None:
        self._take_away(action.data())

    def _take_away(self, chip: Chip) -> None:
        self._workspace.narrow(without(self._workspace.state.filter, chip))


class ChipsBar(Bar):
    """Says what the filter is, and what it leaves."""

    def __init__(self, workspace: Workspace, actions: Actions, parent: QWidget) -> None:
        super().__init__(tr("Filter bar"), parent)
        self._workspace = workspace
        self.chips = ChipRow(workspace, self)
        self.words = ElidedLabel(self, "muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.row.addWidget(action_button(actions["back"], self, "flat", icon_only=True))
        self.row.addWidget(action_button(actions["forward"], self, "flat", icon_only=True))
        self.row.addWidget(self.chips)
        self._clear = action_button(actions["clear_filters"], self, "link")
        self.row.addWidget(self._clear)
        self.row.addStretch(1)
        self.row.addWidget(self.words)
        workspace.changed.connect(self._on_changed)
        self._tell()

    def _on_changed(self, change: Change) -> None:
        if change.of("case", "filter", "selection"):
            self._tell()

    def _tell(self) -> None:
        table, shown = self._workspace.table, self._workspace.shown
        if table is None or shown is None:
            self.chips.show_chips([])
            self.words.setText("")
            return
        found = chips(self._workspace.state.filter, table)
        self.chips.show_chips(found)
        self._clear.setVisible(bool(found))
        self.words.setText(self._words())

    def _words(self) -> str:
        shown = self._workspace.shown
        assert shown is not None
        said = [count_words(shown), left_out_words(shown), self._selected_words()]
        return " · ".join(part for part in said if part)

    def _selected_words(self) -> str:
        count = int(self._workspace.selected.sum())
        if not count:
            return ""
        hidden = self._workspace.hidden_selected()
        if hidden:
            return self.tr("{n} selected, {m} hidden by the filter").format(n=count, m=hidden)
        return self.tr("{n} selected").format(n=count)


def _shortened(text: str) -> str:
    return text if len(text) <= 48 else text[:47].rstrip() + "…"
