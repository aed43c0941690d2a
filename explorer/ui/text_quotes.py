"""What becomes of the quotes of a document in its new text: counted, and where the words differ, asked one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.edit.reanchoring import Anchored, Found
from explorer.query.describe import plural
from explorer.ui.text import plain_label, plain_tip
from explorer.words import flat, tr

OLD, NEW, TAKE = range(3)


class QuotesPage(QWidget):
    """Counts, a table of what is asked, and one of what is lost."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = plain_label("", self, "heading")
        self.head.setWordWrap(True)
        self.asked_words = plain_label(
            self.tr(
                "Other words stand there now. Tick those that say the same; the others go to the Unanchored tray."
            ),
            self,
            "muted",
        )
        self.asked_words.setWordWrap(True)
        self.asked = _table(
            self, (self.tr("Cited until now"), self.tr("In the new text"), self.tr("The same?"))
        )
        self.accept_all = QPushButton(self.tr("&Accept all"), self)
        self.accept_none = QPushButton(self.tr("Accept &none"), self)
        self.lost_words = plain_label(
            self.tr("Nowhere to be found: these go to the Unanchored tray, with all that cites them."),
            self,
            "muted",
        )
        self.lost_words.setWordWrap(True)
        self.lost = _table(self, (self.tr("Quote"),))
        self.asked.setAccessibleName(self.tr("Quotes with other words"))
        self.lost.setAccessibleName(self.tr("Lost quotes"))
        self.sum = plain_label("", self)
        self._lay_out()
        self.accept_all.clicked.connect(self._take_all)
        self.accept_none.clicked.connect(self._take_none)
        self.asked.itemChanged.connect(self._count)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.accept_all, self.accept_none):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addWidget(self.sum, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.asked_words)
        column.addWidget(self.asked, 3)
        column.addLayout(buttons)
        column.addWidget(self.lost_words)
        column.addWidget(self.lost, 2)
        column.addStretch(0)

    def say(self, words: str) -> None:
        """Say something in place of quotes."""
        self.head.setText(words)
        self._show_parts(asked=False, lost=False)

    def show_quotes(self, anchored: Sequence[Anchored], quotes: Mapping[str, str]) -> None:
        """Show where quotes (span -> its words) stand in the new text."""
        asked = [each for each in anchored if each.found == "fuzzy"]
        lost = [each for each in anchored if each.found == "lost"]
        self.head.setText(counts_words(anchored))
        self.asked.blockSignals(True)
        self.asked.setRowCount(len(asked))
        for row, each in enumerate(asked):
            self.asked.setItem(row, OLD, _cell(quotes.get(each.span, "")))
            self.asked.setItem(row, NEW, _cell(each.words))
            self.asked.setItem(row, TAKE, _tick(each.span))
        self.asked.blockSignals(False)
        self.lost.setRowCount(len(lost))
        for row, each in enumerate(lost):
            self.lost.setItem(row, 0, _cell(quotes.get(each.span, "")))
        self._show_parts(asked=bool(asked), lost=bool(lost))
        self.asked.resizeRowsToContents()
        self.lost.resizeRowsToContents()
        self._count()

    def accepted(self) -> tuple[str, ...]:
        """Return the spans whose other words the user took for theirs."""
        ticks = [
            item for row in range(self.asked.rowCount()) if (item := self.asked.item(row, TAKE)) is not None
        ]
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in ticks
            if item.checkState() == Qt.CheckState.Checked
        )

    def _take_all(self) -> None:
        self._set_all(Qt.CheckState.Checked)

    def _take_none(self) -> None:
        self._set_all(Qt.CheckState.Unchecked)

    def _set_all(self, state: Qt.CheckState) -> None:
        for row in range(self.asked.rowCount()):
            item = self.asked.item(row, TAKE)
            if item is not None:
                item.setCheckState(state)

    def _count(self) -> None:
        taken = len(self.accepted())
        self.sum.setText(
            self.tr("{n} accepted, {m} to the tray").format(n=taken, m=self.asked.rowCount() - taken)
        )

    def _show_parts(self, *, asked: bool, lost: bool) -> None:
        for widget in (self.asked_words, self.asked, self.accept_all, self.accept_none, self.sum):
            widget.setVisible(asked)
        for widget in (self.lost_words, self.lost):
            widget.setVisible(lost)


def counts_words(anchored: Sequence[Anchored]) -> str:
    """Return what becomes of quotes: "207 quotes: 180 exact · 20 moved · 4 with other words · 3 lost"."""
    counts = Counter(each.found for each in anchored)
    if not anchored:
        return tr("Nothing cites this text yet: there is no quote to find again.")
    parts: tuple[tuple[Found, str], ...] = (
        ("exact", tr("{n} where they were")),
        ("moved", tr("{n} moved")),
        ("fuzzy", tr("{n} with other words")),
        ("lost", tr("{n} lost")),
    )
    told = " · ".join(words.format(n=f"{counts[found]:,}") for found, words in parts if counts[found])
    return f"{plural(len(anchored), '{n} quote', '{n} quotes')}: {told}"


def _table(parent: QWidget, heads: Sequence[str]) -> QTableWidget:
    table = QTableWidget(0, len(heads), parent)
    table.setHorizontalHeaderLabels(list(heads))
    table.verticalHeader().hide()
    table.setWordWrap(True)
    table.setTabKeyNavigation(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    if len(heads) > TAKE:
        table.horizontalHeader().setSectionResizeMode(TAKE, QHeaderView.ResizeMode.ResizeToContents)
    return table


def _cell(words: str) -> QTableWidgetItem:
    item = QTableWidgetItem(flat(words))
    item.setToolTip(plain_tip(words))
    item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
    return item


def _tick(span: str) -> QTableWidgetItem:
    item = QTableWidgetItem(tr("take"))
    item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.setCheckState(Qt.CheckState.Unchecked)
    item.setData(Qt.ItemDataRole.UserRole, span)
    return item
