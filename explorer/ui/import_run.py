"""The last pages of an import: how far it has come, and what became of every row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from explorer.intake.import_report import ImportReport, head_words, report_lines
from explorer.ui.text import plain_label
from explorer.words import tr
from explorer.workspace.child import Advance

Index = QModelIndex | QPersistentModelIndex


class RunPage(QWidget):
    """Progress with rows, rate and time left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = plain_label("", self, "heading")
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(self.tr("Import"))
        self.bar.setTextVisible(False)  # it would lie over the bar's own colour; the line below says more
        self.numbers = plain_label("", self, "muted")
        hint = self.tr(
            "You can go on working with the open case meanwhile. Nothing is in the case until all of it is read:"
            " Cancel leaves no trace."
        )
        told = plain_label(hint, self, "muted")
        told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for widget in (self.words, self.bar, self.numbers):
            column.addWidget(widget)
        column.addSpacing(16)
        column.addWidget(told)
        column.addStretch(2)

    def begin(self) -> None:
        """Show that it begins."""
        self.words.setText(self.tr("Starting"))
        self.numbers.setText("")
        self.bar.setRange(0, 0)

    def show_advance(self, advance: Advance) -> None:
        """Show how far it has come; of the last step nobody knows how long it takes."""
        self.words.setText(advance.words)
        self.bar.setRange(0, 0 if advance.part >= 1 else 1000)
        self.bar.setValue(round(advance.part * 1000))
        self.numbers.setText(numbers_words(advance))

    def show_stopping(self) -> None:
        """Show that it is being given up."""
        self.words.setText(self.tr("Stopping, and clearing up"))
        self.bar.setRange(0, 0)
        self.numbers.setText("")


def numbers_words(advance: Advance) -> str:
    """Return rows, rate and time left: "12,000 rows · 5,100 rows a second · 40 s left"."""
    said = [tr("{n} rows").format(n=f"{advance.rows:,}")]
    if advance.rate:
        said.append(tr("{n} rows a second").format(n=f"{advance.rate:,.0f}"))
    if advance.left is not None and advance.part < 1:
        minutes, seconds = divmod(round(advance.left), 60)
        left = tr("{n} min {m} s left") if minutes else tr("{m} s left")
        said.append(left.format(n=minutes, m=seconds))
    return " · ".join(said)


class RowsModel(QAbstractTableModel):
    """Rows of a report: file, line, what became of it, why."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str, str, str]] = []
        self._heads = (self.tr("File"), self.tr("Line"), self.tr("What"), self.tr("Why"))

    def show_report(self, report: ImportReport) -> None:
        """Show another report."""
        self.beginResetModel()
        self._rows = []
        for each in report.sources:
            name = Path(each.source).name
            self._rows.extend((name, str(one.line), self.tr("skipped"), one.reason) for one in each.skipped)
            self._rows.extend(
                (name, str(line), self.tr("old kept"), self.tr("other content than in the case"))
                for line in each.changed_lines
            )
            for words, (_, lines) in each.remarks.items():
                self._rows.extend((name, str(line), self.tr("kept"), words) for line in lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell."""
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return None


class ReportPage(QWidget):
    """What an import did: the sums, and each row that was skipped, kept as it was, or odd."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._report: ImportReport | None = None
        self.head = plain_label("", self, "name")
        self.head.setWordWrap(True)
        self.words = QPlainTextEdit(self)
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(self.tr("Report"))
        self.rows = QTableView(self)
        self.rows.setAccessibleName(self.tr("Rows that are told of"))
        self.model = RowsModel(self)
        self.rows.setModel(self.model)
        self._make_table()
        self.save_button = QPushButton(self.tr("&Save report…"), self)
        self.save_button.clicked.connect(self.save)
        self.saved = plain_label("", self, "muted")
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addWidget(self.saved, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.head)
        column.addWidget(self.words, 2)
        column.addWidget(self.rows, 3)
        column.addLayout(foot)

    def show_report(self, report: ImportReport) -> None:
        """Show what an import did."""
        self._report = report
        self.head.setText(head_words(report))
        hint = self.tr("import again with “Update records that changed” to take the new ones")
        self.words.setPlainText("\n".join(report_lines(report, to_update=hint)))
        self.model.show_report(report)
        self.rows.setVisible(self.model.rowCount() > 0)
        self.saved.setText("")

    def save(self) -> None:
        """Ask where, and save the report."""
        chosen, kind = QFileDialog.getSaveFileName(
            self, self.tr("Save report"), str(Path.home() / "import-report.csv"), "CSV (*.csv);;JSON (*.json)"
        )
        if chosen:
            ending = ".json" if "json" in kind else ".csv"
            self.write(Path(chosen) if Path(chosen).suffix else Path(chosen + ending))

    def write(self, path: Path) -> None:
        """Save the report; on failure say why."""
        if self._report is None:
            return
        try:
            self._report.save(path)
        except OSError as error:
            self.saved.setText(self.tr("Not saved: {why}").format(why=error))
        else:
            self.saved.setText(self.tr("Saved {path}").format(path=path))

    def _make_table(self) -> None:
        self.rows.verticalHeader().hide()
        self.rows.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.rows.setShowGrid(False)
        self.rows.setTabKeyNavigation(False)
        self.rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.rows.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for column, width in enumerate((200, 80, 90)):
            self.rows.setColumnWidth(column, width)
        self.rows.horizontalHeader().setStretchLastSection(True)
        self.rows.horizontalHeader().setHighlightSections(False)
        self.rows.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
