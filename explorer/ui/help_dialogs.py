"""The sheet of keys, the log of this run, and what this program is."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.assets import resource
from explorer.export.metadata import program_name
from explorer.ui.action_rows import ROWS
from explorer.ui.actions import Actions
from explorer.ui.command_palette import line_of
from explorer.ui.faults import Faults, log_folder
from explorer.ui.icons import image
from explorer.ui.text import plain_label
from explorer.words import tr

#: Keys that no action has: those of the drawn views and of search.
CANVAS_KEYS = (
    ("Arrow keys, Home, End", "Go from mark to mark"),
    ("Enter or Space", "Select the mark; with Ctrl, add it or take it out"),
    ("Escape", "Select nothing"),
    ("+ and −, or the wheel", "Zoom about the middle, or about the pointer"),
    ("Shift + wheel, Page Up, Page Down", "Scroll"),
    ("Drag; Shift + drag", "Move the picture; select what a box touches"),
    ("Double click on an actor", "Open it into its parts; with Shift, look around it"),
    ("Menu key", "What can be done with the mark"),
    ("Tab; F6", "To the next control; to the next pane"),
    ("In the search field: Enter; Ctrl + Enter", "Select what is marked; filter by it"),
)


class _Sheet(QDialog):
    """A dialog with one large thing and a Close button."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.column = QVBoxLayout(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.buttons.rejected.connect(self.reject)

    def finish(self) -> None:
        """Put the buttons at the foot."""
        self.column.addWidget(self.buttons)


class ShortcutsDialog(_Sheet):
    """All keys on one sheet, from the same rows as the menus."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(tr("Keyboard shortcuts"), parent)
        self.resize(680, 620)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(tr("Keyboard shortcuts"))
        self.tree.setHeaderLabels([tr("What"), tr("Keys")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for row in ROWS:
            keys = ", ".join(key.toString() for key in actions[row.name].shortcuts()[:2])
            if keys:
                self.tree.addTopLevelItem(QTreeWidgetItem([line_of(row), keys]))
        for keys, what in CANVAS_KEYS:
            self.tree.addTopLevelItem(QTreeWidgetItem([tr(what), tr(keys)]))
        self.column.addWidget(self.tree)
        self.finish()


class LogDialog(_Sheet):
    """What went wrong in this run, with its places in the program; Copy for a report."""

    def __init__(self, faults: Faults, parent: QWidget | None = None) -> None:
        super().__init__(tr("Error log"), parent)
        self.resize(760, 420)
        lines = [f"{fault.kind}: {fault.words}\n    " + "\n    ".join(fault.frames) for fault in faults.kept]
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(tr("Error log"))
        self.text.setPlainText("\n\n".join(lines) or tr("Nothing has gone wrong in this run."))
        self.copy_button = self.buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self.copy)
        self.column.addWidget(self.text)
        where = plain_label(
            tr("The log file, without any words of a case, is in {path}").format(path=log_folder()),
            self,
            "muted",
        )
        where.setWordWrap(True)
        self.column.addWidget(where)
        self.finish()

    def copy(self) -> None:
        """Put the log on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())


class AboutDialog(_Sheet):
    """Version, licences, and what the program never does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("About Dateline"), parent)
        self.resize(560, 520)
        mark = QLabel(self)
        mark.setPixmap(QPixmap.fromImage(image("dateline", 64)))
        self.column.addWidget(mark)
        self.column.addWidget(plain_label(program_name(), self, "title"))
        words = plain_label(
            tr(
                "A timeline and actor explorer in which every fact leads to the sentence it came from.\n"
                "It works offline: it opens no network connection, sends nothing, and has no telemetry. "
                "Your cases stay on this computer."
            ),
            self,
        )
        words.setWordWrap(True)
        self.column.addWidget(words)
        text = QPlainTextEdit(self)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(tr("Licences"))
        text.setPlainText(licences())
        self.column.addWidget(text, 1)
        self.finish()


def licences() -> str:
    """Return the licences of the program and of what it is made with."""
    import platform

    fonts = resource("fonts/OFL.txt").read_text(encoding="utf-8")
    made_with = tr(
        "Python {python} · Qt {qt} and PySide6 (LGPL 3) · pydantic (MIT) · numpy (BSD) · rustworkx (Apache 2)"
        " · rapidfuzz (MIT)"
    )
    parts = (
        tr("Dateline: MIT licence. Icons: drawn for Dateline, MIT licence."),
        made_with.format(python=platform.python_version(), qt=qVersion()),
        tr("Fonts: Noto Sans and Noto Serif, SIL Open Font License 1.1:"),
        fonts,
    )
    return "\n\n".join(parts)
