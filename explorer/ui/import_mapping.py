"""The mapping page: what the columns of a table say, with the first rows as they will be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.formats.mapping import Mapping, read_mapping
from explorer.formats.native import write
from explorer.formats.refused import RefusedError
from explorer.intake.drafting import Drafting
from explorer.ui.import_columns import ColumnsTable, KindsTable
from explorer.ui.import_preview import PreviewTable
from explorer.ui.text import ElidedLabel, plain_label
from explorer.words import tr

#: Milliseconds of quiet before the preview is made anew.
QUIET = 120
DELIMITERS = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Bar"}
ENCODINGS = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8 with a mark", "cp1252": "Windows-1252", "latin-1": "Latin-1",
    "utf-16": "UTF-16", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "utf-32": "UTF-32",
}  # fmt: skip
DATES = {
    "": "– choose –", "year-first": "Year first: 2016-04-03", "day-first": "Day first: 3/4/2016",
    "month-first": "Month first: 4/3/2016", "excel-serial": "Numbers of days: 42463",
}  # fmt: skip
CENTURIES = {"": "Years have four digits", "19": "16 is 1916", "20": "16 is 2016"}
ENDING = ".map.json"


class MappingPage(QWidget):
    """The mapping of one file after another; changed() whenever it may have become whole, or no longer is."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.draft: Drafting | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(self.refresh)
        self.head = ElidedLabel(self, "name")
        self._make_reading()
        self._make_dataset()
        self.columns = ColumnsTable(self)
        self.kinds = KindsTable(self)
        self.preview = PreviewTable(self)
        self.note = plain_label("", self)
        self.note.setWordWrap(True)
        self.load_button = QPushButton(self.tr("&Load mapping…"), self)
        self.save_button = QPushButton(self.tr("&Save mapping…"), self)
        self._lay_out()
        self._listen()

    def show_draft(self, draft: Drafting) -> None:
        """Work on the mapping of a file."""
        self.draft = None  # the fields are filled, not chosen
        self.head.setText(self.tr("What the columns of {name} say").format(name=draft.file_name))
        for box, value in (
            (self.delimiter, draft.delimiter), (self.encoding, draft.encoding), (self.century, draft.century or ""),
        ):  # fmt: skip
            box.setCurrentIndex(max(box.findData(value), 0))
        self.header.setChecked(draft.header)
        for line, text in (
            (self.title, draft.title), (self.name, draft.name), (self.split, draft.split or ""),
            (self.publisher, draft.publisher), (self.licence, draft.licence), (self.citation, draft.citation),
        ):  # fmt: skip
            line.setText(text)
        self.draft = draft
        self.columns.show_draft(draft)
        self.refresh()

    def mapping(self) -> Mapping | None:
        """Return the mapping, None while something needed is missing."""
        return self.draft.mapping() if self.draft is not None else None

    def refresh(self) -> None:
        """Show the first rows as they are read now, and what is missing."""
        self._timer.stop()
        draft = self.draft
        if draft is None:
            return
        with QSignalBlocker(self.dates):
            self.dates.setCurrentIndex(max(self.dates.findData(draft.dates or ""), 0))
        self.kinds.show_draft(draft)
        self.side.setTabVisible(1, self.kinds.rowCount() > 0)
        shown = draft.preview()
        self.preview.show_preview(shown)
        lacks = [lack.words for lack in draft.lacks()]
        if shown.refused:
            lacks.append(shown.refused)
        wrong = sum(not row.kept for row in shown.rows)
        if wrong:
            lacks.append(
                self.tr("{n} of these {all} rows would be skipped.").format(n=wrong, all=len(shown.rows))
            )
        self.note.setText(" ".join(lacks))
        self.note.setVisible(bool(lacks))
        self.save_button.setEnabled(draft.mapping() is not None)
        self.changed.emit()

    def load(self) -> None:
        """Ask for a saved mapping and take it."""
        folder = str(self.draft.path.parent) if self.draft is not None else ""
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Load mapping"), folder, self.tr("Mappings (*.json);;All files (*)")
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Take a saved mapping; what is wrong with it is said, and nothing changes."""
        if self.draft is None:
            return
        try:
            mapping = read_mapping(path)
        except RefusedError as error:
            self.note.setText("; ".join(str(problem) for problem in error.problems))
            self.note.show()
            return
        self.draft.take(mapping)
        self.show_draft(self.draft)

    def save(self) -> None:
        """Ask where, and save the mapping."""
        if self.draft is None:
            return
        proposal = self.draft.path.with_name(self.draft.path.name.split(".")[0] + ENDING)
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save mapping"), str(proposal), self.tr("Mappings (*.map.json)")
        )
        if chosen:
            self.write(Path(chosen) if Path(chosen).suffix else Path(chosen + ENDING))

    def write(self, path: Path) -> None:
        """Save the mapping, as --map takes it."""
        mapping = self.mapping()
        if mapping is None:
            return
        try:
            write((mapping.as_json(),), path)
        except OSError as error:
            self.note.setText(self.tr("Not saved: {why}").format(why=error))
        else:
            self.note.setText(self.tr("Saved {path}").format(path=path))
        self.note.show()

    def _make_reading(self) -> None:
        self.delimiter = self._choice(DELIMITERS, self.tr("Delimiter"))
        self.encoding = self._choice(ENCODINGS, self.tr("Encoding"))
        self.header = QCheckBox(self.tr("The first row has &names"), self)
        self.dates = self._choice(DATES, self.tr("How dates are written"))
        self.century = self._choice(CENTURIES, self.tr("Years of two digits"))

    def _make_dataset(self) -> None:
        self.title, self.name, self.publisher, self.licence, self.citation, self.split = (
            QLineEdit(self) for _ in range(6)
        )
        self.name.setMaxLength(16)
        self.split.setMaxLength(4)
        for line in (self.publisher, self.licence, self.citation):
            line.setPlaceholderText(self.tr("not stated"))
        self.split.setPlaceholderText(self.tr("one name in a cell"))

    def _choice(self, words: dict[str, str], name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        for data, text in words.items():
            box.addItem(tr(text), data)
        return box

    def _lay_out(self) -> None:
        reading = QHBoxLayout()
        reading.setSpacing(10)
        for words, box in (
            (self.tr("Delimiter"), self.delimiter), (self.tr("Encoding"), self.encoding), ("", self.header),
            (self.tr("Dates"), self.dates), (self.tr("Years of two digits"), self.century),
        ):  # fmt: skip
            reading.addLayout(self._labelled(words, box))
        reading.addStretch(1)
        for button in (self.load_button, self.save_button):
            reading.addLayout(self._labelled("", button))
        self.side = QTabWidget(self)
        self.side.setAccessibleName(self.tr("The dataset, and kinds of act"))
        self.side.addTab(self._dataset_form(), self.tr("The dataset"))
        self.side.addTab(self.kinds, self.tr("Kinds of act"))
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self.columns, 5)
        middle.addWidget(self.side, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addLayout(reading)
        column.addLayout(middle, 5)
        column.addWidget(plain_label(self.tr("The first rows as they will be read"), self, "heading"))
        column.addWidget(self.preview, 4)
        column.addWidget(self.note)

    def _labelled(self, words: str, box: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(plain_label(words, self, "muted"))
        column.addWidget(box, 1)
        return column

    def _dataset_form(self) -> QWidget:
        page = QWidget(self)
        form = QFormLayout(page)
        form.setContentsMargins(4, 10, 4, 4)
        form.setVerticalSpacing(7)
        for words, line in (
            (self.tr("&Title"), self.title), (self.tr("Short na&me"), self.name),
            (self.tr("&Publisher"), self.publisher), (self.tr("L&icence"), self.licence),
            (self.tr("&Citation"), self.citation), (self.tr("Names are spl&it by"), self.split),
        ):  # fmt: skip
            line.setAccessibleName(words.replace("&", ""))
            form.addRow(words, line)
        self.name.setToolTip(self.tr("Goes into the ids of the records: small letters, digits and hyphens"))
        return page

    def _listen(self) -> None:
        for box in (self.delimiter, self.encoding):
            box.currentIndexChanged.connect(self._read_anew)
        self.header.toggled.connect(self._read_anew)
        self.dates.currentIndexChanged.connect(self._choose_dates)
        self.century.currentIndexChanged.connect(self._take_fields)
        for line in (self.title, self.name, self.publisher, self.licence, self.citation, self.split):
            line.textChanged.connect(self._take_fields)
        for table in (self.columns, self.kinds):
            table.assigned.connect(self._timer.start)
        self.load_button.clicked.connect(self.load)
        self.save_button.clicked.connect(self.save)

    def _read_anew(self) -> None:
        """Take the file apart in another way: its columns are others then."""
        if self.draft is None:
            return
        self.draft.delimiter = str(self.delimiter.currentData())
        self.draft.encoding = str(self.encoding.currentData())
        self.draft.header = self.header.isChecked()
        self.draft.propose()
        self.columns.show_draft(self.draft)
        self._timer.start()

    def _choose_dates(self) -> None:
        if self.draft is not None:
            self.draft.chosen_dates = str(self.dates.currentData()) or None
            self._timer.start()

    def _take_fields(self) -> None:
        draft = self.draft
        if draft is None:
            return
        draft.century = str(self.century.currentData()) or None
        draft.title, draft.name = self.title.text(), self.name.text().strip()
        draft.publisher, draft.licence = self.publisher.text(), self.licence.text()
        draft.citation, draft.split = self.citation.text(), self.split.text() or None
        self._timer.start()
