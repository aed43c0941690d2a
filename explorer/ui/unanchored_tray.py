"""The Unanchored tray: quotes that have lost their place in the text, who cites them, what can be done (promise 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.query.selection import Picked
from explorer.ui.coding_text import CodingText
from explorer.ui.text import plain_label, plain_tip
from explorer.words import isolated, tr
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change
from explorer.workspace.turns import WORDS

if TYPE_CHECKING:
    from explorer.model.records import Span

#: Quotes that are listed; the others come up as these are dealt with.
MOST = 300
#: Rows that are seen at once.
ROWS = 3
#: Names of records that a removal lists.
NAMED = 6


class UnanchoredTray(QFrame):
    """Stands under the document while a quote of the case is without a place; hidden while none is."""

    def __init__(self, workspace: Workspace, text: CodingText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._text = text
        self.setObjectName("notice")
        self.toggle = QToolButton(self)
        self.toggle.setObjectName("link")
        self.toggle.setCheckable(True)
        self.toggle.setChecked(True)
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.list = QTreeWidget(self)
        self.hint = plain_label("", self, "muted")
        self.hint.setWordWrap(True)
        self.anchor_button = QPushButton(self.tr("A&nchor here"), self)
        self.remove_button = QPushButton(self.tr("Re&move the evidence…"), self)
        self._lay_out()
        self.toggle.toggled.connect(self._fold)
        self.list.currentItemChanged.connect(self._check)
        self.list.itemActivated.connect(self._show_citing)
        self.list.itemDoubleClicked.connect(self._show_citing)
        self.anchor_button.clicked.connect(self.anchor)
        self.remove_button.clicked.connect(self.ask_removal)
        text.selectionChanged.connect(self._check)
        workspace.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """List the quotes that have no place now."""
        case = self._workspace.case
        chosen = self._span_id()
        self.list.clear()
        loose = case.unanchored() if case is not None else []
        if case is not None:
            for span in loose[:MOST]:
                self.list.addTopLevelItem(_row(case, span))
        again = [
            n for n in range(self.list.topLevelItemCount()) if _id_of(self.list.topLevelItem(n)) == chosen
        ]
        item = self.list.topLevelItem(again[0] if again else 0)
        if item is not None:
            self.list.setCurrentItem(item)
        self.setVisible(bool(loose))
        self._fold(self.toggle.isChecked())
        self._check()

    def anchor(self) -> None:
        """Give the chosen quote the words that are selected in the text."""
        from explorer.edit.anchoring import anchor
        from explorer.edit.passages import Marked

        case, span, marked = self._workspace.case, self._span_id(), self._text.marked()
        if case is None or span is None or marked is None:
            return
        try:
            edit = anchor(case, span, Marked(marked.document, marked.start, marked.end))
        except CaseFileError as error:
            self.hint.setText(str(error))
            return
        self._workspace.commit(edit)

    def ask_removal(self) -> None:
        """Say what goes with the chosen evidence, and remove it where that is wanted."""
        from explorer.edit.anchoring import loss, remove_evidence

        case, span = self._workspace.case, self._span_id()
        if case is None or span is None:
            return
        lost = loss(case, remove_evidence(case, span))
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Remove this evidence?"))
        box.setInformativeText(_loss_words(lost.changed, lost.gone))
        remove = box.addButton(self.tr("&Remove"), QMessageBox.ButtonRole.DestructiveRole)
        remove.setProperty("span", span)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        remove.clicked.connect(self._remove)
        box.open()

    def _remove(self) -> None:
        from explorer.edit.anchoring import remove_evidence

        case, span = self._workspace.case, str(self.sender().property("span"))
        if case is not None and case.known([span]):
            self._workspace.commit(remove_evidence(case, span))

    def _show_citing(self, item: QTreeWidgetItem) -> None:
        """Select the records that cite a quote."""
        ids = item.data(1, Qt.ItemDataRole.UserRole)
        if ids:
            self._workspace.select(Picked(frozenset(ids)))

    def _on_changed(self, change: Change) -> None:
        if change.of("case") and self._workspace.large:
            self._workspace.turns.ask(WORDS, self.refresh)
        elif change.of("case"):
            self.refresh()

    def _fold(self, on: object) -> None:
        case = self._workspace.case
        count = case.span_counts()["unanchored"] if case is not None else 0
        arrow = Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow
        self.toggle.setArrowType(arrow)
        self.toggle.setText(self.tr("Unanchored: {n}").format(n=f"{count:,}"))
        for widget in (self.list, self.hint, self.anchor_button, self.remove_button):
            widget.setVisible(bool(on))

    def _check(self) -> None:
        """Offer what can be done with the chosen quote and the words that are selected."""
        case, span = self._workspace.case, self._span_id()
        free = case is not None and not case.read_only and span is not None
        marked = self._text.marked() is not None
        self.anchor_button.setEnabled(free and marked)
        self.remove_button.setEnabled(free)
        if marked:
            self.hint.setText(self.tr("“Anchor here” gives the quote the selected words."))
        else:
            self.hint.setText(self.tr("Select the words in the text that say it now, then “Anchor here”."))

    def _span_id(self) -> str | None:
        return _id_of(self.list.currentItem())

    def _lay_out(self) -> None:
        self.list.setHeaderLabels([self.tr("Quote without a place"), self.tr("Cited by")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(self.tr("Quotes without a place in the text"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = self.list.fontMetrics().height() + 6
        self.list.setFixedHeight(row * (ROWS + 1) + 8)
        buttons = QHBoxLayout()
        buttons.addWidget(self.anchor_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(5)
        column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list)
        column.addWidget(self.hint)
        column.addLayout(buttons)


def _row(case: CaseFile, span: Span) -> QTreeWidgetItem:
    """Return a quote with the names of what cites it."""
    citing = [each for name, some in case.naming([span.id]).items() if name != "mentions" for each in some]
    names = [
        str(getattr(record, "title", None) or getattr(record, "name", None) or getattr(record, "type", ""))
        for record in case.records(citing)
    ]
    said = " · ".join(isolated(name) for name in names) or tr("marked words only")
    quote = span.quote or ""
    item = QTreeWidgetItem([isolated(quote), said])
    item.setData(0, Qt.ItemDataRole.UserRole, span.id)
    item.setData(1, Qt.ItemDataRole.UserRole, citing)
    title = case.source(span.document).title
    item.setToolTip(
        0, plain_tip(tr("“{quote}”, of ‘{title}’").format(quote=isolated(quote), title=isolated(title)))
    )
    item.setToolTip(1, plain_tip("\n".join(names)))
    return item


def _id_of(item: QTreeWidgetItem | None) -> str | None:
    return item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None


def _loss_words(changed: int, gone: tuple[str, ...]) -> str:
    """Return what a removal takes with it, in words."""
    said = []
    if changed:
        words = tr("1 record loses this evidence, and any value that rests on it alone.")
        many = tr("{n} records lose this evidence, and any value that rests on it alone.")
        said.append(words if changed == 1 else many.format(n=f"{changed:,}"))
    if gone:
        named = ", ".join(f"‘{isolated(name)}’" for name in gone[:NAMED]) + ("…" if len(gone) > NAMED else "")
        said.append(tr("It goes entirely, as nothing else supports it: {names}.").format(names=named))
    said.append(tr("Undo brings it back."))
    return "\n".join(said)
