"""The model of the filter panel: a few values of each facet with live counts, the rest made when they are opened.

A filter changes counts, and at most moves, adds or takes away single rows: the model is reset for another case alone.
A folded section is not counted.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, Qt

from explorer.casefile.columns import EventTable, Longs
from explorer.query.filters import Filter
from explorer.query.shown import Shown
from explorer.ui.facet_node import APART, HEADING, MORE, VALUE, Node, value_node
from explorer.ui.facet_rows import FacetRows, Index, Name, in_sight, under
from explorer.ui.facet_tree import sections
from explorer.ui.facet_values import Keys
from explorer.ui.facet_words import answer, choice_of

#: Up to FEW values are shown as they come; of more the TOP ones by count, and a door to the rest.
FEW, TOP = 12, 10


class FacetModel(FacetRows):
    """What is shown of each section: all of a few values, the top ones of many, what is chosen, what was searched."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[int, Longs] = {}  # number of a heading -> counts of its values
        self._opened: set[tuple[int, int]] = set()  # (number of a heading, key) of the opened branches
        self._shown: Shown | None = None
        self._filter = Filter()
        self._full: dict[int, int] = {}  # number of a heading -> the count whose bar is full
        self.words = ""
        self.largest = 1

    def take_table(self, table: EventTable | None) -> None:
        """Show the facets of another case, all folded."""
        self.beginResetModel()
        self.forget_all()
        self._counts.clear()
        self._opened.clear()
        self._full.clear()
        self._shown, self._filter, self.largest = None, Filter(), 1
        for row, values in enumerate(sections(table) if table is not None else []):
            root = self.adopt(Node(values, HEADING, -1, values.heading, values.facet), None)
            root.row = row
            self.roots.append(root)
        self.endResetModel()

    def take_choices(self, condition: Filter) -> None:
        """Show what is included and excluded at once; the counts follow."""
        self._filter = condition
        for root in self.roots:
            self.tell(root)

    def take_shown(self, shown: Shown) -> None:
        """Show the counts of a filter, in the sections that are open."""
        if shown is not self._shown:
            self._counts.clear()
        self._shown, self._filter = shown, shown.filter
        self._refresh_open()

    def search(self, words: str) -> None:
        """Show in each section the values whose names hold these words; for none, what was there before."""
        before, self.words = self.words, words.strip()
        if self.words != before:
            for root in self.roots:
                root.fetched |= bool(self.words)
            self._refresh_open()

    def set_opened(self, index: Index, *, opened: bool) -> None:
        """Hear that a branch was opened or folded; while searching that is not kept."""
        node = self.node(index)
        if node is None or self.words:
            return
        node.opened = opened
        place = _root(node).number, node.key
        self._opened.add(place) if opened else self._opened.discard(place)
        if opened and node.kind == HEADING and node.fetched:
            self._refresh(node)
            self._rescale()

    def counts_of(self, root: Node) -> Longs:
        """Return the counts of a section under the filter of now, made when first asked for."""
        if root.number not in self._counts:
            none = np.zeros(len(root.section) + 1, np.int64)
            self._counts[root.number] = root.section.counts(self._shown) if self._shown is not None else none
        return self._counts[root.number]

    def headings(self) -> list[QModelIndex]:
        """Return the index of each section."""
        return [self.index_of(root) for root in self.roots]

    def _refresh_open(self) -> None:
        for root in self.roots:
            if root.fetched and (root.opened or self.words or root.children):
                self._refresh(root) if root.opened or self.words else self._empty(root)
        self._rescale()

    def _empty(self, root: Node) -> None:
        """Let go of what a search showed in a section that is folded again."""
        self.arrange(root, [], self._made)
        root.fetched = False

    def _rescale(self) -> None:
        for number, counts in self._counts.items():
            self._full[number] = max(1, int(counts.max(initial=0)))
        self.largest = max([1, *self._full.values()])

    def _refresh(self, root: Node) -> None:
        """Bring the rows of a section and of its branches up to date, and their counts."""
        for branch in [root, *(node for node in under(root) if node.fetched)]:
            if self.holds(branch):
                self._fill(branch)
        self.tell(root)

    def _fill(self, branch: Node) -> None:
        counts = self.counts_of(_root(branch))
        rows, more = self._wanted(branch, counts)
        self.arrange(branch, rows, self._made)
        for node in branch.children:
            if node.kind == MORE:
                node.label = self.tr("{n} more…").format(n=f"{more:,}")
            else:
                node.count = int(counts[node.key])

    def _wanted(self, branch: Node, counts: Longs) -> tuple[list[Name], int]:
        """Return the names of the rows that a branch has now, and how many more there are."""
        values, heading = branch.section, branch.kind == HEADING
        if self.words and heading:
            found = values.ranked(values.found(self.words), counts)
            more = max(0, len(found) - FEW)
            return [*((APART, key) for key in found[:FEW].tolist()), *_door(more)], more
        below = values.children(-1 if heading else branch.key)
        shown = self._foremost(branch, below, counts)
        more = len(below) - len(shown)
        rows: list[Name] = [*((VALUE, key) for key in shown), *_door(more)]
        if heading:
            rows = [*((APART, key) for key in self._hidden_choices(branch, shown)), *rows]
            rows += [(VALUE, len(values))] if values.unstated else []
        return rows, more

    def _foremost(self, branch: Node, below: Keys, counts: Longs) -> list[int]:
        """Return the values that a branch shows: few in their order, of many the top ones and those that are open."""
        if len(below) <= FEW:
            return [int(key) for key in below]
        ranked = branch.section.ranked(below, counts)
        opened = [node.key for node in branch.children if node.opened]
        kept = np.isin(ranked, opened) | (np.arange(len(ranked)) < TOP)
        return [int(key) for key in ranked[kept]]

    def _hidden_choices(self, root: Node, shown: list[int]) -> list[int]:
        """Return the chosen values that are on show nowhere in their section: they go on top."""
        values = root.section
        choices = [
            (name, self._filter.choice(name)) for name in dict.fromkeys([*values.facets, values.facet])
        ]
        chosen = [(name, value) for name, choice in choices for value in (*choice.include, *choice.exclude)]
        if not chosen:
            return []
        seen = {*shown, len(values), *(node.key for node in in_sight(root) if node.kind == VALUE)}
        keys = [values.key_of.get(choice, len(values)) for choice in chosen]
        return [key for key in keys if key not in seen]

    def _made(self, branch: Node, name: Name) -> Node:
        kind, key = name
        if kind == MORE:
            return Node(branch.section, MORE, -1, "", branch.section.facet)
        node = value_node(branch.section, key, apart=kind == APART)
        node.opened = kind == VALUE and (_root(branch).number, key) in self._opened
        return node

    def canFetchMore(self, parent: Index) -> bool:
        """Return True for a branch that was never opened."""
        node = self.node(parent)
        return not self.changing and node is not None and node.branch and not node.fetched

    def fetchMore(self, parent: Index) -> None:
        """Make the rows of a branch that is opened."""
        node = self.node(parent)
        if node is not None and not node.fetched:
            node.fetched = True
            self._fill(node)
            self._rescale()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for the label, the check box, the tooltip and the screen reader."""
        node = self.node(index)
        if node is None:
            return None
        full = self._full.get(_root(node).number, 1)
        return answer(node, role, choice_of(node, self._filter), full)


def _door(more: int) -> list[Name]:
    return [(MORE, -1)] if more else []


def _root(node: Node) -> Node:
    while node.parent is not None:
        node = node.parent
    return node
