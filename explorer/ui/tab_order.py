"""The order in which Tab goes through the window: as the eye does, bar by bar and pane by pane.

No pane or view has a focus proxy inside it: Tab would turn back to the proxy and never leave the pane.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(widgets: Iterable[QWidget]) -> None:
    """Let Tab go from each of these widgets to the next."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


def stops(pane: QWidget) -> list[QWidget]:
    """Return what takes the keyboard in a pane (its lists that drop down aside), in the order it was made."""
    widgets = [w for w in (pane, *pane.findChildren(QWidget)) if w.window() is pane.window()]
    return [w for w in widgets if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None]
