"""What a row of the filter panel answers: to the painter, to the tooltip and to a screen reader."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from explorer.query.filters import Filter
from explorer.ui.facet_node import HEADING, MORE, Node
from explorer.ui.text import plain_tip
from explorer.words import tr

NODE_ROLE = Qt.ItemDataRole.UserRole
SHARE_ROLE = Qt.ItemDataRole.UserRole + 1
_STATES = {"include": Qt.CheckState.Checked, "exclude": Qt.CheckState.PartiallyChecked}


def choice_of(node: Node, condition: Filter) -> str:
    """Return include, exclude, or "" for a value that the filter does not name."""
    if not node.value:
        return ""
    choice = condition.choice(node.facet)
    if node.value in choice.include:
        return "include"
    return "exclude" if node.value in choice.exclude else ""


def answer(node: Node, role: int, choice: str, largest: int) -> Any:
    """Return what a row says in a role; largest: the count whose bar is full."""
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return node.label
        case Qt.ItemDataRole.CheckStateRole if node.value:
            return _STATES.get(choice, Qt.CheckState.Unchecked)
        case Qt.ItemDataRole.AccessibleTextRole:
            return spoken(node, choice)
        case Qt.ItemDataRole.ToolTipRole if node.kind != HEADING:
            return plain_tip(tip(node))
    if role == NODE_ROLE:
        return node
    return node.count / largest if role == SHARE_ROLE else None


def spoken(node: Node, choice: str) -> str:
    """Return what a screen reader hears: the name, what it lies in, how many, and whether it is chosen."""
    if node.kind == MORE:
        return tr("{label} {facet}: opens the whole list").format(
            label=node.label, facet=node.section.heading
        )
    if not node.value:
        return node.label
    said = {"include": tr("included"), "exclude": tr("excluded")}.get(choice, "")
    number = tr("1 record") if node.count == 1 else tr("{n} records").format(n=node.count)
    return ", ".join(part for part in (node.label, node.path, number, said) if part)


def tip(node: Node) -> str:
    """Return the whole name, other names, what it lies in, and how to choose it."""
    if node.kind == MORE:
        return tr("See and search all of them")
    name = f"{node.label} – {node.term}" if node.term and node.term != node.label else node.label
    path = node.section.path(node.key)
    lines = [name, tr("In: {path}").format(path=path) if path else ""]
    use = tr("Click: include · Alt+click: exclude · double click: only this")
    return "\n".join([*(line for line in lines if line), use])
