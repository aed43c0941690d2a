"""What may be forgotten, as a list one can walk: Enter goes to the words or the record, and the list stays."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from explorer.query.reviewing import KIND_WORDS, Oversight, grouped, oversights
from explorer.query.selection import Picked
from explorer.ui.text import elided, plain_label
from explorer.words import isolated, tr
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change, Passage

ITEM = int(Qt.ItemDataRole.UserRole)
#: Rows of one kind that are listed.
MOST = 500


class ReviewDialog(QDialog):
    """Stays beside the window and follows its edits."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workspace = workspace
        self.setWindowTitle(self.tr("Oversights"))
        self.resize(560, 460)
        self.summary = plain_label("", self)
        self.summary.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("What may be forgotten"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.addWidget(self.summary)
        column.addWidget(self.list, 1)
        column.addWidget(plain_label(self.tr("Enter goes there; the list stays open."), self, "muted"))
        self.list.itemDoubleClicked.connect(self._on_activated)
        workspace.changed.connect(self._on_changed)
        self.fill()

    def fill(self) -> None:
        """List the oversights of now, keeping the place."""
        case = self._workspace.case
        row = self.list.currentRow()
        self.list.clear()
        found = oversights(case) if case is not None else []
        for kind, some in grouped(found):
            self._add_heading(tr("{words}: {n}").format(words=tr(KIND_WORDS[kind]), n=f"{len(some):,}"))
            for each in some[:MOST]:
                self._add(each)
            if len(some) > MOST:
                self._add_heading(tr("and {n} more").format(n=f"{len(some) - MOST:,}"))
        words = tr("{n} things to look at; none of them is an error.").format(n=f"{len(found):,}")
        self.summary.setText(words if found else tr("Nothing is forgotten."))
        self._go_to_row(max(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_activated(self.list.currentItem())
        else:
            super().keyPressEvent(event)

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _add(self, oversight: Oversight) -> None:
        item = QListWidgetItem("   " + isolated(elided(oversight.words, 120)))
        item.setData(ITEM, oversight)
        self.list.addItem(item)

    def _go_to_row(self, row: int) -> None:
        """Mark a row, or the next one that leads somewhere."""
        rows = [*range(row, self.list.count()), *range(row)]
        found = next((r for r in rows if self.list.item(r).data(ITEM) is not None), -1)
        self.list.setCurrentRow(found)

    def _on_activated(self, item: object) -> None:
        oversight = item.data(ITEM) if isinstance(item, QListWidgetItem) else None
        if not isinstance(oversight, Oversight):
            return
        if oversight.record is not None:
            self._workspace.select(Picked(frozenset({oversight.record})))
        elif oversight.document is not None:
            self._workspace.show_passages([Passage(oversight.document, oversight.start, oversight.end)])

    def _on_changed(self, change: Change) -> None:
        if change.reopened:
            self.close()
        elif change.of("case"):
            self.fill()
