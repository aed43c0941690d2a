"""The look of all widgets: two palettes of our own and one quiet style sheet, from the themes of paint (design §8).

Qt follows the system's light and dark only with a platform theme, so the palette is set here whatever the
platform says (ecosystem.md §2); canvases take the same Theme, so that ink is one ink.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from explorer.assets import resource
from explorer.paint.theme import DARK, LIGHT, Theme

ROLES: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "ground"),
    (QPalette.ColorRole.WindowText, "ink"),
    (QPalette.ColorRole.Base, "panel"),
    (QPalette.ColorRole.AlternateBase, "lane_b"),
    (QPalette.ColorRole.Text, "ink"),
    (QPalette.ColorRole.Button, "panel"),
    (QPalette.ColorRole.ButtonText, "ink"),
    (QPalette.ColorRole.BrightText, "warn"),
    (QPalette.ColorRole.ToolTipBase, "panel"),
    (QPalette.ColorRole.ToolTipText, "ink"),
    (QPalette.ColorRole.PlaceholderText, "muted"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "accent"),
    (QPalette.ColorRole.Highlight, "hover"),
    (QPalette.ColorRole.HighlightedText, "ink"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Light, "panel"),
    (QPalette.ColorRole.Midlight, "grid"),
    (QPalette.ColorRole.Mid, "line"),
    (QPalette.ColorRole.Dark, "faint"),
    (QPalette.ColorRole.Shadow, "line"),
)
FADED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)
THEME_CHOICES = ("system", "light", "dark")

SHEET = """
QMainWindow::separator {{ background: {ground}; width: 5px; height: 5px; }}
QSplitter::handle {{ background: {ground}; }}
QToolTip {{ background: {panel}; color: {ink}; border: 1px solid {line}; padding: 4px; }}
QMenuBar {{ background: {panel}; }}
QMenuBar::item {{ padding: 4px 9px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; border-radius: 4px; }}
QMenu {{ background: {panel}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 5px 26px 5px 26px; border-radius: 4px; }}
QMenu::icon {{ padding-left: 6px; }}
QMenu::indicator {{ width: 13px; height: 13px; left: 7px; }}
QMenu::item:selected {{ background: {hover}; color: {ink}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QFrame#bar {{ background: {panel}; border: none; border-bottom: 1px solid {line}; }}
QStatusBar {{ background: {panel}; border-top: 1px solid {line}; color: {muted}; }}
QStatusBar QLabel {{ color: {muted}; padding: 0 6px; }}
QStatusBar::item {{ border: none; }}
QLineEdit, QComboBox, QPlainTextEdit {{ background: {panel}; border: 1px solid {line};
    border-radius: 5px; padding: 4px 8px; selection-background-color: {accent}; selection-color: {panel}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border-color: {accent}; }}
QLineEdit#search {{ background: {ground}; padding: 5px 12px; }}
QLineEdit#search:focus {{ background: {panel}; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url({drop}); width: 11px; height: 11px; }}
QPushButton, QToolButton {{ background: {panel}; border: 1px solid {line}; border-radius: 5px; padding: 4px 12px;
    color: {ink}; }}
QPushButton:hover, QToolButton:hover {{ background: {hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {grid}; }}
QPushButton:focus, QToolButton:focus {{ border-color: {accent}; }}
QPushButton:default {{ border-color: {accent}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {faint}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton#flat, QPushButton#flat {{ border: 1px solid transparent; background: transparent; padding: 3px 5px; }}
QToolButton#flat:hover, QPushButton#flat:hover {{ background: {hover}; }}
QToolButton#flat:focus, QPushButton#flat:focus {{ border-color: {accent}; }}
QPushButton#link, QToolButton#link {{ border: 1px solid transparent; background: transparent; color: {link};
    padding: 2px 4px; }}
QPushButton#link:hover, QToolButton#link:hover {{ text-decoration: underline; }}
QPushButton#link:focus, QToolButton#link:focus {{ border-color: {accent}; }}
QPushButton#link:disabled {{ color: {faint}; }}
QToolButton#segment {{ padding: 3px 9px; min-width: 34px; color: {muted}; }}
QToolButton#segment:checked {{ background: {hover}; border-color: {segment}; color: {link}; }}
QPushButton#chip {{ background: {hover}; border-color: {segment}; color: {link}; border-radius: 11px;
    padding: 2px 10px; }}
QPushButton#chip:hover {{ border-color: {accent}; }}
QFrame#card, QWidget#page {{ background: {panel}; border: 1px solid {line}; border-radius: 6px; }}
FilterPanel {{ background: {panel}; border-right: 1px solid {line}; }}
SourceView {{ background: {panel}; border-left: 1px solid {line}; }}
QFrame#pane {{ background: {panel}; border: none; }}
QFrame#notice {{ background: {card}; border: 1px solid {line}; border-radius: 5px; }}
QLabel#name {{ font-weight: 700; font-size: 11pt; }}
QLabel#heading {{ font-weight: 700; }}
QLabel#title {{ font-weight: 700; font-size: 20pt; }}
QLabel#muted {{ color: {muted}; }}
QLabel#problem {{ color: {warn}; }}
ContradictionsPanel QScrollArea, QWidget#clashes {{ background: transparent; }}
QLabel#fact {{ color: {link}; border: 1px solid transparent; border-radius: 3px; padding: 1px 3px; }}
QLabel#fact:hover {{ text-decoration: underline; }}
QLabel#fact:focus {{ border-color: {accent}; }}
QPushButton#alarm {{ border: 1px solid {warn}; border-radius: 9px; color: {warn}; background: transparent;
    padding: 1px 9px; }}
QPushButton#alarm:hover, QPushButton#alarm:focus {{ background: {hover}; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 1px; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 1px; }}
QScrollBar::handle {{ background: {line}; border-radius: 4px; min-height: 24px; min-width: 24px; }}
QScrollBar::handle:hover {{ background: {faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QAbstractItemView {{ background: {panel}; border: none; outline: none; alternate-background-color: {lane_b}; }}
QAbstractItemView::item:selected {{ background: {hover}; color: {ink}; }}
QHeaderView::section {{ background: {panel}; color: {muted}; border: none; border-bottom: 1px solid {line};
    border-right: 1px solid {grid}; padding: 4px 6px; }}
QCheckBox::indicator, QMenu::indicator:non-exclusive, QTableWidget::indicator {{ width: 13px; height: 13px;
    border: 1px solid {faint}; border-radius: 3px; background: {panel}; }}
QCheckBox::indicator:checked, QMenu::indicator:non-exclusive:checked, QTableWidget::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url({check}); }}
QCheckBox:focus, QRadioButton:focus {{ color: {link}; }}
QRadioButton::indicator {{ width: 12px; height: 12px; border: 1px solid {faint}; border-radius: 7px;
    background: {panel}; }}
QRadioButton::indicator:checked {{ border: 4px solid {accent}; width: 6px; height: 6px; background: {panel}; }}
QProgressBar {{ background: {panel}; border: 1px solid {line}; border-radius: 5px; text-align: center; color: {ink};
    min-height: 14px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
"""


def qt_palette(theme: Theme) -> QPalette:
    """Return the widgets' palette of a theme."""
    palette = QPalette()
    for role, name in ROLES:
        palette.setColor(role, QColor(theme.color(name)))
    for role in FADED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.color("faint")))
    return palette


def sheet(theme: Theme) -> str:
    """Return the style sheet in the colours of a theme."""
    colors = dict(theme.colors)
    colors["segment"] = QColor(theme.color("accent")).lighter(170 if theme.name == "light" else 80).name()
    colors["link"] = theme.text("accent")
    colors["check"] = resource(
        "icons/tick-light.svg" if theme.name == "light" else "icons/tick-dark.svg"
    ).as_posix()
    colors["drop"] = resource(
        "icons/drop-light.svg" if theme.name == "light" else "icons/drop-dark.svg"
    ).as_posix()
    return SHEET.format(**colors)


class Look(QObject):
    """Keeps the application in the chosen theme: light, dark, or as the system is. changed(Theme)."""

    changed = Signal(object)

    def __init__(self, choice: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choice = choice if choice in THEME_CHOICES else "system"
        self.theme: Theme = LIGHT
        self._hints = QApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._on_system_changed)
        self._wear()

    def choose(self, choice: str) -> None:
        """Take another of THEME_CHOICES."""
        self.choice = choice
        self._wear()

    def _on_system_changed(self, scheme: Qt.ColorScheme) -> None:
        del scheme
        if self.choice == "system":
            self._wear()

    def _wear(self) -> None:
        dark = self.choice == "dark" or (
            self.choice == "system" and self._hints.colorScheme() == Qt.ColorScheme.Dark
        )
        self.theme = DARK if dark else LIGHT
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(qt_palette(self.theme))
        app.setStyleSheet(sheet(self.theme))
        self.changed.emit(self.theme)


def theme_of(widget: QWidget) -> Theme:
    """Return the theme that a widget wears now, by the lightness of its ground."""
    return DARK if widget.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT
