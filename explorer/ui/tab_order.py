"""The order in which Tab goes through the window: as the eye does, bar by bar and pane by pane.

No pane or view has a focus proxy inside it: Tab would turn back to the proxy and never leave the pane.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def chain(widgets: Iterable[QWidget]) -> None:
    """Let Tab go from each of these widgets to the next."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


def stops(pane: QWidget) -> list[QWidget]:
    """Return what takes the keyboard in a pane (its lists that drop down aside), in the order it was made."""
    widgets = [w for w in (pane, *pane.findChildren(QWidget)) if w.window() is pane.window()]
    return [w for w in widgets if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None]


def as_laid_out(widget: QWidget) -> list[QWidget]:
    """Return what takes the keyboard in a widget, in the order of its layouts, whenever it was added."""
    found = [widget] if widget.focusPolicy() & Qt.FocusPolicy.TabFocus else []
    if isinstance(widget, QScrollArea):
        inside: QWidget | None = widget.widget()
        return [*found, *as_laid_out(inside)] if inside is not None else found
    layout: QLayout | None = widget.layout()
    return [*found, *_laid_out(layout)] if layout is not None else found


def _laid_out(layout: QLayout) -> list[QWidget]:
    found: list[QWidget] = []
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner, below = (item.widget(), item.layout()) if item is not None else (None, None)
        if inner is not None:
            found.extend(as_laid_out(inner))
        elif below is not None:
            found.extend(_laid_out(below))
    return found
