"""The first page of an import: which files, as what each is read, and into which case."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.intake.recognising import CASE, Recognised, form_words, recognised
from explorer.ui.text import plain_label, plain_tip
from explorer.workspace.importing import Wanted, title_of

FILE, FORM, NOTE = range(3)
SUFFIX = ".dateline"


class FilesPage(QWidget):
    """Chosen files and where they go; changed() on each choice.

    into: path and title of the open case, where it may be written.
    """

    changed = Signal()

    def __init__(self, into: tuple[Path, str] | None, folder: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._into = into
        self._folder = folder
        self._found: list[Recognised] = []
        self.files = QTableWidget(0, 3, self)
        self.files.setAccessibleName(self.tr("Files to import"))
        self._make_table()
        self.add_button = QPushButton(self.tr("&Add files…"), self)
        self.remove_button = QPushButton(self.tr("&Remove"), self)
        self.add_button.clicked.connect(self.choose)
        self.remove_button.clicked.connect(self.remove)
        self._make_targets()
        self.update_box = QCheckBox(self.tr("&Update records that changed"), self)
        self.update_box.setToolTip(
            plain_tip(
                self.tr(
                    "Take the new content of rows that the case has with other content; else the old stays"
                )
            )
        )
        self.note = plain_label("", self, "muted")
        self.note.setWordWrap(True)
        self._lay_out()
        self._refresh()

    def add(self, paths: Iterable[Path]) -> None:
        """Add files, each once, with what each is."""
        known = {one.path for one in self._found}
        for path in paths:
            if path not in known:
                known.add(path)
                self._add_row(recognised(path))
        if not self.path.text() and self._found:
            first = self._found[0].path
            self.path.setText(str(first.with_name(title_of([first]) + SUFFIX)))
        self._refresh()

    def choose(self) -> None:
        """Ask for files."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Files to import"),
            self._folder,
            self.tr("Tables (*.csv *.tsv *.tab *.txt *.gz *.zip);;All files (*)"),
        )
        self.add(map(Path, chosen))

    def remove(self) -> None:
        """Take the chosen rows out of the list."""
        for row in sorted({index.row() for index in self.files.selectedIndexes()}, reverse=True):
            self.files.removeRow(row)
            del self._found[row]
        self._refresh()

    def wanted(self) -> tuple[Wanted, ...]:
        """Return the files with the form that each is read as."""
        return tuple(Wanted(one.path, self._form(row)) for row, one in enumerate(self._found))

    def target(self) -> Path | None:
        """Return the case file to import into, None for a temporary case."""
        if self.into_open.isChecked() and self._into is not None:
            return self._into[0]
        if self.temporary.isChecked():
            return None
        said = self.path.text().strip()
        return Path(said if Path(said).suffix else said + SUFFIX).expanduser()

    def lack(self) -> str:
        """Return in words what is missing before the next step, "" where nothing is."""
        if not self._found:
            return self.tr("Choose the files to import, or drop them here.")
        wrong = [one.path.name for row, one in enumerate(self._found) if not self._form(row)]
        if wrong:
            return self.tr("{names} cannot be imported: remove it, or say what it is.").format(
                names=", ".join(wrong)
            )
        if self.into_file.isChecked() and not self.path.text().strip():
            return self.tr("Choose the case file to make or to add to.")
        return ""

    def _form(self, row: int) -> str:
        box = self.files.cellWidget(row, FORM)
        return str(box.currentData() or "") if isinstance(box, QComboBox) else ""

    def _add_row(self, found: Recognised) -> None:
        row = len(self._found)
        self._found.append(found)
        self.files.insertRow(row)
        name = QTableWidgetItem(found.path.name)
        name.setToolTip(plain_tip(str(found.path)))
        note = QTableWidgetItem(found.problem or self.tr("columns to be told") * (found.form == "table"))
        for column, item in ((FILE, name), (NOTE, note)):
            item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
            self.files.setItem(row, column, item)
        note.setToolTip(plain_tip(found.problem))
        box = QComboBox(self.files)
        box.setAccessibleName(self.tr("{name} is read as").format(name=found.path.name))
        if not found.form:
            box.addItem(self.tr("– not known –"), "")
        elif found.form == CASE:
            box.addItem(self.tr("A case of this program"), CASE)
        for form, words in form_words().items():
            box.addItem(words, form)
        box.setCurrentIndex(max(box.findData(found.form), 0))
        box.currentIndexChanged.connect(self._refresh)
        self.files.setCellWidget(row, FORM, box)

    def _make_table(self) -> None:
        self.files.setHorizontalHeaderLabels([self.tr("File"), self.tr("Read as"), ""])
        self.files.verticalHeader().hide()
        self.files.setShowGrid(False)
        self.files.setTabKeyNavigation(False)
        self.files.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.files.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        head = self.files.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(FILE, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(FORM, QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(FORM, 250)
        self.files.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 18)

    def _make_targets(self) -> None:
        title = self._into[1] if self._into is not None else ""
        self.into_open = QRadioButton(
            self.tr("Into the &open case: {title}").format(title=title.replace("&", "&&")), self
        )
        self.into_open.setVisible(self._into is not None)
        self.temporary = QRadioButton(
            self.tr("Into a &temporary case, to look at; “Save a copy…” keeps it"), self
        )
        self.into_file = QRadioButton(self.tr("Into a case &file, new or existing:"), self)
        self.temporary.setChecked(True)
        self.path = QLineEdit(self)
        self.path.setAccessibleName(self.tr("Case file to import into"))
        self.browse = QPushButton(self.tr("&Choose…"), self)
        self.browse.clicked.connect(self._choose_target)
        self._group = QButtonGroup(self)
        for button in (self.into_open, self.temporary, self.into_file):
            self._group.addButton(button)
            button.toggled.connect(self._refresh)
        self.path.textChanged.connect(self._refresh)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        where = QHBoxLayout()
        where.setContentsMargins(24, 0, 0, 0)
        where.addWidget(self.path, 1)
        where.addWidget(self.browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(plain_label(self.tr("Files"), self, "heading"))
        column.addWidget(self.files, 1)
        column.addLayout(buttons)
        column.addSpacing(10)
        column.addWidget(plain_label(self.tr("Where to"), self, "heading"))
        for button in (self.into_open, self.temporary, self.into_file):
            column.addWidget(button)
        column.addLayout(where)
        column.addSpacing(6)
        column.addWidget(self.update_box)
        column.addWidget(self.note)

    def _choose_target(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Case file to import into"),
            self.path.text() or self._folder,
            self.tr("Dateline case (*.dateline)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # an existing case is added to
        )
        if chosen:
            self.into_file.setChecked(True)
            self.path.setText(chosen)

    def _refresh(self) -> None:
        for widget in (self.path, self.browse):
            widget.setEnabled(self.into_file.isChecked())
        self.update_box.setEnabled(not self.temporary.isChecked())
        self.remove_button.setEnabled(bool(self._found))
        self.note.setText(self.lack())
        self.changed.emit()
