"""The welcome page: open a case, look at the sample, go on with a recent one, or drop a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from explorer.ui.actions import Actions
from explorer.ui.icons import image
from explorer.ui.segments import action_button
from explorer.ui.settings import Settings
from explorer.ui.text import plain_label, plain_tip
from explorer.ui.unsaved_list import UnsavedList
from explorer.workspace.recovery import Recovery

WIDTH = 680
DOORS = ("new_case", "add_report", "sample", "open", "import")


class Welcome(QWidget):
    """What stands in the window while no case is open: ways in, and what was there before.

    chosen(path) asks for a recent case, unsaved_chosen(path) for one that was kept without being saved.
    """

    chosen = Signal(object)
    unsaved_chosen = Signal(object)

    def __init__(self, actions: Actions, settings: Settings, recovery: Recovery, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.unsaved = UnsavedList(recovery, self)
        self.unsaved.chosen.connect(self.unsaved_chosen)
        self.recent = QListWidget(self)
        self.recent.setAccessibleName(self.tr("Recent cases"))
        self.recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.setSpacing(1)
        self.recent.itemActivated.connect(self._on_activated)
        self.recent.itemClicked.connect(self._on_activated)
        self._none = plain_label(self.tr("Cases that you open will be listed here."), self, "muted")
        page = QFrame(self)
        page.setObjectName("card")
        page.setFixedWidth(WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(36, 32, 36, 28)
        column.setSpacing(10)
        column.addLayout(self._head(page))
        column.addSpacing(8)
        column.addLayout(self._doors(actions, page))
        column.addLayout(self._dataset(actions, page))
        column.addWidget(self.unsaved)
        column.addSpacing(14)
        column.addWidget(plain_label(self.tr("Recent cases"), page, "heading"))
        column.addWidget(self.recent)
        column.addWidget(self._none)
        column.addSpacing(10)
        column.addWidget(self._hint(page))
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)

    def showEvent(self, event: QShowEvent) -> None:
        """List what there is now: not before, as a window that opens with a case never shows this page."""
        self.refresh()
        super().showEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: the window's own bars are wider, and behind other pages none is needed."""
        return QSize(0, super().minimumSizeHint().height())

    def refresh(self) -> None:
        """List what was kept, and the recent cases; those that are gone stay, greyed."""
        self.unsaved.refresh()
        self.recent.clear()
        for path in self._settings.recent():
            item = QListWidgetItem(f"{Path(path).name}   —   {Path(path).parent}")
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(plain_tip(path))
            if not Path(path).is_file():
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setText(self.tr("{path}   (not found)").format(path=path))
            self.recent.addItem(item)
        count = self.recent.count()
        self.recent.setVisible(bool(count))
        self._none.setVisible(not count)
        self.recent.setFixedHeight(min(count, 8) * (self.recent.fontMetrics().height() + 10) + 6)

    def _head(self, page: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        mark = QLabel(page)
        mark.setPixmap(
            QPixmap.fromImage(image("dateline", 96)).scaled(
                48, 48, mode=Qt.TransformationMode.SmoothTransformation
            )
        )
        row.addWidget(mark)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(plain_label("Dateline", page, "title"))
        words.addWidget(
            plain_label(
                self.tr("Who did what to whom, when and where — and the sentence that says so."),
                page,
                "muted",
            )
        )
        row.addLayout(words, 1)
        return row

    def _doors(self, actions: Actions, page: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.doors = [action_button(actions[name], page, "") for name in DOORS]
        for button in self.doors:
            button.setMinimumHeight(34)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _dataset(self, actions: Actions, page: QWidget) -> QVBoxLayout:
        """Return the way into the dataset that comes with the program, and what is to be known of it."""
        column = QVBoxLayout()
        column.setSpacing(6)
        button = action_button(actions["syria"], page, "")
        button.setFixedHeight(34)
        self.doors.append(button)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        words = self.tr(
            "CC BY 4.0 · the file does not name its release · read anew each time, in a few seconds"
        )
        column.addWidget(plain_label(words, page, "muted"))
        return column

    def _hint(self, page: QWidget) -> QLabel:
        hint = plain_label(
            self.tr(
                "Or drop files here: a case to open, reports for a new case, tables to import."
                " Nothing leaves this computer."
            ),
            page,
            "muted",
        )
        hint.setWordWrap(True)
        return hint

    def _on_activated(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
