"""All values of one facet as a virtual list, with a field that searches them: what "n more…" opens (issue: scale)."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from explorer.casefile.columns import Longs
from explorer.paint.theme import Theme
from explorer.query.filters import Filter
from explorer.query.shown import Shown
from explorer.ui.facet_delegate import FacetDelegate
from explorer.ui.facet_node import Node, value_node
from explorer.ui.facet_values import Keys, Values
from explorer.ui.facet_view import ValueList
from explorer.ui.facet_words import answer, choice_of
from explorer.ui.text import plain_label

Index = QModelIndex | QPersistentModelIndex
#: How many rows are kept ready; a screen shows about forty.
READY = 400


class ValueListModel(QAbstractListModel):
    """Keys in an order; a row is made when it is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values: Values | None = None
        self._counts: Longs = np.zeros(1, np.int64)
        self._order: Keys = np.empty(0, np.int64)
        self._filter = Filter()
        self._ready: dict[int, Node] = {}
        self.largest = 1

    def show_keys(self, values: Values, order: Keys, counts: Longs, condition: Filter) -> None:
        """Show these values in this order."""
        self.beginResetModel()
        self._values, self._order = values, order
        self._take(counts, condition)
        self.endResetModel()

    def take_counts(self, counts: Longs, condition: Filter) -> None:
        """Show other counts and choices; every row stays where it is."""
        self._take(counts, condition)
        if len(self._order):
            self.dataChanged.emit(self.index(0), self.index(len(self._order) - 1))

    def reorder(self, order: Keys) -> None:
        """Show the same values in another order; what is current stays current."""
        if np.array_equal(order, self._order):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [int(self._order[index.row()]) for index in before]
        self._order = order
        after = [self.index(int(np.flatnonzero(order == key)[0])) for key in keys]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _take(self, counts: Longs, condition: Filter) -> None:
        self._counts, self._filter = counts, condition
        self._ready.clear()
        self.largest = max(1, int(counts.max(initial=0)))

    def node(self, index: Index) -> Node | None:
        """Return the row of a value, made now or lately."""
        if self._values is None or not index.isValid() or index.row() >= len(self._order):
            return None
        key = int(self._order[index.row()])
        if key not in self._ready:
            if len(self._ready) >= READY:
                self._ready.clear()
            node = value_node(self._values, key, apart=True)
            node.count = int(self._counts[key])
            self._ready[key] = node
        return self._ready[key]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many values there are."""
        return 0 if parent.isValid() else len(self._order)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer as a row of the tree does."""
        node = self.node(index)
        return None if node is None else answer(node, role, choice_of(node, self._filter), self.largest)


class FacetPage(QWidget):
    """One facet in place of the tree: back, search, order, and the list. left: the user goes back to the tree."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: Values | None = None
        self._shown: Shown | None = None
        self._scope: Keys = np.empty(0, np.int64)
        self.model = ValueListModel(self)
        self.list = ValueList(theme, self)
        self.list.setModel(self.model)
        self.list.typed.connect(self._on_typed)
        self.search = SearchField(self)
        self.search.textChanged.connect(self._on_words)
        self.search.entered.connect(self._on_entered)
        self.search.escaped.connect(self.left)
        self.number = plain_label("", self, "muted")
        self.back = QToolButton(self)
        self.back.setObjectName("flat")
        self.back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.back.clicked.connect(self.left)
        self._orders = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(_in_a_row(self.back, None, self.number))
        column.addWidget(self.search)
        column.addLayout(_in_a_row(*self._order_buttons(), None))
        column.addWidget(self.list, 1)

    def _order_buttons(self) -> list[QWidget]:
        made: list[QWidget] = [plain_label(self.tr("Order"), self, "muted")]
        for by, text in (("count", self.tr("Most records")), ("name", self.tr("Name"))):
            button = QToolButton(self)
            button.setObjectName("segment")
            button.setText(text)
            button.setAccessibleName(self.tr("Order: {by}").format(by=text))
            button.setCheckable(True)
            button.setChecked(by == "count")
            button.setProperty("by", by)
            self._orders.addButton(button)
            made.append(button)
        self._orders.buttonClicked.connect(self._on_order)
        return made

    @property
    def section(self) -> Values | None:
        """The section whose values are on show, None while the tree is."""
        return self._values

    def open_section(self, values: Values, shown: Shown, below: int = -1, words: str = "") -> None:
        """Show the values of a section, or all that lie below one of them, with a search begun."""
        self._values, self._shown = values, shown
        whole = np.arange(len(values) + (1 if values.unstated else 0))
        self._scope = whole if below < 0 else values.descendants(below)
        name = values.heading if below < 0 else values.label(below)
        self.back.setText(f"‹ {name}")
        self.back.setAccessibleName(self.tr("Back to all filters"))
        self.list.setAccessibleName(name)
        self.search.setPlaceholderText(self.tr("Find in {facet}…").format(facet=name))
        self.search.setAccessibleName(self.tr("Find in {facet}").format(facet=name))
        self.list.set_lines(2 if values.nested else 1)
        self.search.blockSignals(True)
        self.search.setText(words)
        self.search.blockSignals(False)
        self._fill()

    def close_section(self) -> None:
        """Let go of the values."""
        self._values = self._shown = None

    def take_choices(self, condition: Filter) -> None:
        """Show what is chosen now, before it is counted."""
        if self._values is not None and self._shown is not None:
            self.model.take_counts(self._values.counts(self._shown), condition)

    def take_shown(self, shown: Shown) -> None:
        """Show the counts of a filter; a filter of another facet may change the order, a click in this one does not."""
        values, before = self._values, self._shown
        if values is None:
            return
        self._shown = shown
        self.model.take_counts(values.counts(shown), shown.filter)
        same = before is not None and all(
            before.filter.choice(name) == shown.filter.choice(name) for name in {values.facet, *values.facets}
        )
        if same:
            self.model.reorder(self._ordered())
        self._make_room()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of theme."""
        self._delegate().theme = theme
        self.list.viewport().update()

    def _delegate(self) -> FacetDelegate:
        delegate = self.list.itemDelegate()
        assert isinstance(delegate, FacetDelegate)
        return delegate

    def _fill(self) -> None:
        if self._values is None or self._shown is None:
            return
        order = self._ordered()
        counts = self._values.counts(self._shown)
        self.model.show_keys(self._values, order, counts, self._shown.filter)
        number, whole = f"{len(order):,}", f"{len(self._scope):,}"
        said = self.tr("{n} of {total}") if len(order) != len(self._scope) else "{n}"
        self.number.setText(said.format(n=number, total=whole))
        self._make_room()

    def _make_room(self) -> None:
        self._delegate().make_room_for(self.model.largest, self.list.fontMetrics())

    def _ordered(self) -> Keys:
        """Return the keys in order: what is chosen on top whatever its count, "(not stated)" last."""
        values, shown = self._values, self._shown
        assert values is not None
        assert shown is not None
        words = self.search.text().strip()
        keys = self._scope
        if words:
            inside = np.zeros(len(values) + 1, np.bool_)
            inside[keys] = True
            keys = values.found(words)[inside[values.found(words)]]
        named = keys[keys < len(values)]
        named = values.ranked(named, values.counts(shown)) if self._by() == "count" else values.by_name(named)
        top = np.zeros(len(values) + 1, np.bool_)
        for name in {values.facet, *values.facets}:
            choice = shown.filter.choice(name)
            chosen = [values.key_of.get((name, value)) for value in (*choice.include, *choice.exclude)]
            top[[key for key in chosen if key is not None]] = True
        return np.concatenate((named[top[named]], named[~top[named]], keys[keys == len(values)]))

    def _by(self) -> str:
        button = self._orders.checkedButton()
        return str(button.property("by")) if button is not None else "count"

    def _on_order(self, _button: object) -> None:
        if self._values is not None:
            self._fill()

    def _on_words(self, _text: str) -> None:
        self._fill()

    def _on_typed(self, text: object) -> None:
        self.search.take(str(text))

    def _on_entered(self) -> None:
        """Go from the field to the first row."""
        self.list.setFocus()
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))


def _in_a_row(*widgets: QWidget | None) -> QHBoxLayout:
    """Return widgets side by side; None is what room is left."""
    row = QHBoxLayout()
    row.setSpacing(4)
    for widget in widgets:
        row.addStretch(1) if widget is None else row.addWidget(widget)
    return row


class SearchField(QLineEdit):
    """A field that narrows a list: Down and Enter go to the list, Escape empties it, and then leaves.

    entered: the keyboard goes to the list; escaped: Escape in an empty field.
    """

    entered = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setClearButtonEnabled(True)

    def take(self, text: str) -> None:
        """Go on with what was typed elsewhere."""
        self.setFocus()
        self.setText(self.text() + text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave downwards, or empty the field."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.escaped.emit()
        else:
            super().keyPressEvent(event)
