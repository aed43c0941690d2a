"""The clipboard: what goes onto it, and tables as tab-separated text that a spreadsheet takes."""

from __future__ import annotations

import atexit

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView


def table_text(view: QTableView) -> str:
    """Return the selected rows of view (all where none is) with headings, tab-separated, one row a line."""
    model = view.model()
    columns = [c for c in range(model.columnCount()) if not view.isColumnHidden(c)]
    columns.sort(key=view.horizontalHeader().visualIndex)
    rows = sorted({index.row() for index in view.selectionModel().selectedRows()}) or range(model.rowCount())
    head = [str(model.headerData(c, Qt.Orientation.Horizontal) or "") for c in columns]
    lines = [head, *([str(model.index(r, c).data() or "") for c in columns] for r in rows)]
    return "\n".join("\t".join(_cell(text) for text in line) for line in lines)


def _cell(text: str) -> str:
    """Return one cell: no breaks inside, and no text that a spreadsheet would take for a formula."""
    flat = " ".join(text.split())
    return (
        f"'{flat}" if flat[:1] in {"=", "+", "@"} or (flat[:1] == "-" and not flat[1:2].isdigit()) else flat
    )


def copy_table(view: QTableView) -> None:
    """Put table_text on the clipboard."""
    data = QMimeData()
    data.setText(table_text(view))
    put(data)


def put(data: QMimeData) -> None:
    """Put data on the clipboard.

    Without a display Qt keeps it in a static of its own, past the end of Python, and the process would end in a
    segmentation fault: it is let go in time.
    """
    QGuiApplication.clipboard().setMimeData(data)
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        atexit.unregister(_let_go)
        atexit.register(_let_go)


def _let_go() -> None:
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()
