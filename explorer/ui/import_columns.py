"""Tables of choices: which role each column plays, and which kind of act each of the file's words stands for."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from explorer.intake.drafting import ROLES, Drafting
from explorer.model.codebook import MODES_OF, TYPES
from explorer.ui.text import plain_tip
from explorer.words import isolated, tr, type_words

#: Cells of a column that are shown beside its name.
SHOWN = 3
#: Kinds of act that are offered; a column of more words is hardly one of kinds.
MOST_KINDS = 60


class Choice(QComboBox):
    """A choice in a row of a table; chosen((key, data)) when a person makes it. The wheel scrolls the table instead."""

    chosen = Signal(object)

    def __init__(self, key: str, words: Iterable[tuple[str, str]], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(24)
        for data, text in words:
            self.addItem(text, data)
        self.currentIndexChanged.connect(self._tell)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the table."""
        event.ignore()

    def show_choice(self, data: str) -> None:
        """Show another choice without telling of it."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(self.findData(data), 0))

    def _tell(self, index: int) -> None:
        self.chosen.emit((self.key, self.itemData(index)))


class ChoiceTable(QTableWidget):
    """Rows of a name, what lies behind it, and a choice."""

    def __init__(self, heads: list[str], name: str, parent: QWidget) -> None:
        super().__init__(0, len(heads), parent)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(heads)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 16)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the choices in it take the keyboard
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(heads)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def put(self, row: int, texts: Iterable[str], choice: Choice) -> None:
        """Fill a row."""
        self.insertRow(row)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setToolTip(plain_tip(text))
            self.setItem(row, column, item)
        self.setCellWidget(row, self.columnCount() - 1, choice)

    def choices(self) -> list[Choice]:
        """Return the choices from top to bottom."""
        boxes = [self.cellWidget(row, self.columnCount() - 1) for row in range(self.rowCount())]
        return [box for box in boxes if isinstance(box, Choice)]


class ColumnsTable(ChoiceTable):
    """One row for each column of the file; assigned() after its role was chosen."""

    assigned = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            [tr("Column"), tr("First values"), tr("What it says")], tr("Columns and what they say"), parent
        )
        self._draft: Drafting | None = None

    def show_draft(self, draft: Drafting) -> None:
        """Show the columns of a file."""
        self._draft = draft
        self.setRowCount(0)
        roles = [(role, tr(words)) for role, words in ROLES.items()]
        for row, (name, cells) in enumerate(draft.cells().items()):
            choice = Choice(name, roles, tr("{column} says").format(column=name), self)
            choice.show_choice(draft.role_of(name))
            choice.chosen.connect(self._assign)
            first = [isolated(cell) for cell in dict.fromkeys(cells) if cell.strip()][:SHOWN]
            self.put(row, (isolated(name), " · ".join(first)), choice)

    def _assign(self, chosen: tuple[str, str]) -> None:
        if self._draft is None:
            return
        self._draft.assign(*chosen)
        for choice in self.choices():
            choice.show_choice(self._draft.role_of(choice.key))
        self.assigned.emit()


class KindsTable(ChoiceTable):
    """One row for each word that the file has for a kind of act; assigned() after its kind was chosen."""

    assigned = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__([tr("In the file"), tr("Kind of act")], tr("Words for kinds of act"), parent)
        self._draft: Drafting | None = None
        self._shown: list[str] | None = None

    def show_draft(self, draft: Drafting) -> None:
        """Show the words of a file; nothing is made anew where they are the same."""
        kinds = draft.kinds()[:MOST_KINDS]
        if draft is self._draft and kinds == self._shown:
            return
        self._draft, self._shown = draft, kinds
        self.setRowCount(0)
        offered = kind_choices()
        for row, said in enumerate(kinds):
            choice = Choice(said, offered, tr("{words} is").format(words=said), self)
            choice.show_choice(draft.types.get(said, ""))
            choice.chosen.connect(self._assign)
            self.put(row, (isolated(said),), choice)

    def _assign(self, chosen: tuple[str, str]) -> None:
        if self._draft is not None:
            said, code = chosen
            self._draft.types = {**self._draft.types, said: code}
            self.assigned.emit()


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of act as codes and words, each type before its modes."""
    found = [("", tr("– not classified –"))]
    for code in TYPES:
        found.append((code, type_words(code)))
        found.extend((f"{code}/{mode}", f"    {type_words(code, mode)}") for mode in MODES_OF.get(code, ()))
    return found
