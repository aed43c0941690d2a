"""The first rows of a table as they will be read, with what is wrong with each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from explorer.formats.preview import Preview, PreviewRow
from explorer.ui.palette import theme_of
from explorer.ui.text import plain_tip

WIDTHS = (44, 210, 100, 170, 110, 110, 104)


class PreviewTable(QTableWidget):
    """Twenty rows in words; a row that would be skipped says why, and looks so."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, 8, parent)
        self.setAccessibleName(self.tr("The first rows as they will be read"))
        self.setHorizontalHeaderLabels([
            self.tr("Line"), self.tr("Event"), self.tr("When"), self.tr("Who"), self.tr("Where"),
            self.tr("Kind of act"), self.tr("Numbers"), self.tr("Problem"),
        ])  # fmt: skip
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setStretchLastSection(True)
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, width)

    def show_preview(self, preview: Preview) -> None:
        """Show other rows."""
        self.setRowCount(len(preview.rows))
        for number, row in enumerate(preview.rows):
            self._fill(number, row)

    def _fill(self, number: int, row: PreviewRow) -> None:
        problem = row.problem if row.kept else self.tr("skipped: {why}").format(why=row.problem)
        texts = (str(row.line), row.title, row.when, row.who, row.where, row.what, row.amounts, problem)
        theme = theme_of(self)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(text))
            if not row.kept or text is problem:
                item.setForeground(QColor(theme.text("warn")))
            self.setItem(number, column, item)
