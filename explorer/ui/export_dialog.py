"""The export dialog: which views, how large, in which colours, with which words; the preview is the figure itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from explorer.export.captions import VIEW_WORDS
from explorer.export.figures import Figure, compose, save
from explorer.export.request import NO_CAPTION, PRESETS, FigureRequest
from explorer.paint.painter import paint
from explorer.paint.theme import theme
from explorer.ui.figure_request import request_of
from explorer.ui.figure_views import VIEW_OF_TAB
from explorer.ui.settings import Settings
from explorer.ui.text import plain_label
from explorer.words import tr
from explorer.workspace.hub import Workspace

QUIET = 150
FORMATS = {"PNG": ".png", "SVG": ".svg", "PDF": ".pdf"}
PRESET_WORDS = {"16:9": "16:9, a slide", "column": "Column of a page", "square": "Square"}
THEME_WORDS = {"light": "Light", "dark": "Dark", "print": "Print"}
CUSTOM = "custom"


class Preview(QWidget):
    """Shows a figure as large as there is room, on the ground it will lie on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.figure: Figure | None = None
        self.setAccessibleName(self.tr("Preview"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(360, 300)

    def sizeHint(self) -> QSize:
        """Ask for a good part of the dialog."""
        return QSize(720, 560)

    def show_figure(self, figure: Figure | None) -> None:
        """Show another figure."""
        self.figure = figure
        self.setAccessibleDescription(figure.alt_text if figure is not None else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the figure's own Scene, scaled into the middle."""
        del event
        if self.figure is None:
            return
        scene = self.figure.scene
        scale = min((self.width() - 2) / scene.width, (self.height() - 2) / scene.height)
        with QPainter(self) as painter:
            painter.translate(
                (self.width() - scene.width * scale) / 2, (self.height() - scene.height * scale) / 2
            )
            painter.scale(scale, scale)
            paint(scene, painter, theme(self.figure.request.theme))
            painter.setPen(QColor("#9AA5B0"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(0, 0, int(scene.width), int(scene.height))


class ExportDialog(QDialog):
    """Makes a figure of what the window shows."""

    def __init__(self, workspace: Workspace, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export figure"))
        self.resize(1120, 720)
        self._workspace = workspace
        self._settings = settings
        self._automatic = ""
        self.preview = Preview(self)
        self._problem = plain_label("", self, "muted")
        self._problem.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(self.refresh)
        self._make_fields()
        self._lay_out()
        self._listen()
        self.refresh()

    def request(self) -> FigureRequest:
        """Return what the fields ask for."""
        views = [name for name, box in self.views.items() if box.isChecked()]
        words = self.caption.toPlainText().strip()
        return replace(
            request_of(self._workspace, *views, theme=str(self.theme.currentData())),
            views=tuple(views),
            size=(self.wide.value(), self.tall.value()),
            scale=self.scale.value(),
            whole=self.stretch.currentData() == "all",
            sentences=self.sentences.isChecked(),
            caption=None if words == self._automatic else words or NO_CAPTION,
        )

    def refresh(self) -> None:
        """Make the figure anew and show it."""
        self._timer.stop()
        figure = self._figure()
        self.preview.show_figure(figure)
        for button in (self.save_button, self.copy_button):
            button.setEnabled(figure is not None)

    def save(self) -> None:
        """Ask where, and write the figure."""
        figure = self._figure()
        if figure is None:
            return
        ending = FORMATS[self.format.currentText()]
        folder = self._settings.text("export/folder") or str(Path.home())
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save figure"),
            str(Path(folder) / f"figure{ending}"),
            f"{ending[1:].upper()} (*{ending})",
        )
        if chosen:
            self.write(
                figure, Path(chosen) if Path(chosen).suffix.lower() == ending else Path(chosen + ending)
            )

    def write(self, figure: Figure, path: Path) -> None:
        """Write the figure; on failure say why and stay."""
        try:
            save(figure, path)
        except OSError as error:
            self._problem.setText(str(error))
            return
        self._settings.set_text("export/folder", str(path.parent))
        self._settings.set_text("export/format", self.format.currentText())
        self.accept()

    def copy(self) -> None:
        """Put the figure on the clipboard with its alternative text."""
        from explorer.ui.copying import put_image

        figure = self._figure()
        if figure is not None:
            put_image(figure)
            self._problem.setText(self.tr("Copied the picture, with its words as text"))

    def _make_fields(self) -> None:
        self.views = {name: QCheckBox(tr(words), self) for name, words in VIEW_WORDS.items()}
        self.views["timeline"].setChecked(True)
        in_front = VIEW_OF_TAB[self._workspace.state.tab]
        self.views[in_front].setToolTip(self.tr("The actor panel shows this now"))
        self.format = self._choices({name: name for name in FORMATS}, self.tr("Format"))
        self.format.setCurrentText(self._settings.text("export/format", "PNG"))
        sizes = {name: tr(PRESET_WORDS.get(name, name)) for name in ("16:9", *PRESETS)}
        self.preset = self._choices({**sizes, CUSTOM: self.tr("Custom")}, self.tr("Size"))
        self.wide, self.tall = self._pixels(self.tr("Width")), self._pixels(self.tr("Height"))
        self._take_preset()
        self.scale = QDoubleSpinBox(self)
        self.scale.setRange(0.5, 8.0)
        self.scale.setSingleStep(0.5)
        self.scale.setValue(2.0)
        self.scale.setAccessibleName(self.tr("Scale of a PNG"))
        self.pixels = plain_label("", self, "muted")
        self.theme = self._choices({name: tr(words) for name, words in THEME_WORDS.items()}, self.tr("Theme"))
        self.stretch = self._choices(
            {"window": self.tr("As on screen"), "all": self.tr("All")}, self.tr("Time shown")
        )
        self.stretch.setEnabled(self._workspace.state.window is not None)
        self.sentences = QCheckBox(self.tr("Numbered sentences, where they fit"), self)
        self.sentences.setChecked(True)
        self.caption = QPlainTextEdit(self)
        self.caption.setAccessibleName(self.tr("Caption"))
        self.caption.setTabChangesFocus(True)
        self.automatic = QPushButton(self.tr("Automatic caption"), self)

    def _choices(self, words: dict[str, str], name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        for data, text in words.items():
            box.addItem(text, data)
        return box

    def _pixels(self, name: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(120, 20_000)
        box.setSuffix(self.tr(" px"))
        box.setAccessibleName(name)
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(7)
        views = QVBoxLayout()
        views.setSpacing(3)
        for box in self.views.values():
            views.addWidget(box)
        form.addRow(self.tr("Views"), views)
        form.addRow(self.tr("&Format"), self.format)
        form.addRow(self.tr("Si&ze"), self.preset)
        form.addRow("", _side_by_side(self.wide, self.tall))
        scale = QLabel(self.tr("S&cale"), self)
        scale.setBuddy(self.scale)
        form.addRow(scale, _side_by_side(self.scale, self.pixels))
        form.addRow(self.tr("&Theme"), self.theme)
        form.addRow(self.tr("Time s&hown"), self.stretch)
        form.addRow("", self.sentences)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addWidget(plain_label(self.tr("Caption"), self))
        left.addWidget(self.caption, 1)
        left.addWidget(self.automatic, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self._problem)
        row = QHBoxLayout()
        row.addLayout(left, 2)
        row.addWidget(self.preview, 5)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.save_button = buttons.addButton(self.tr("Save…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.copy_button = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.save_button.clicked.connect(self.save)
        self.copy_button.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addLayout(row, 1)
        whole.addWidget(buttons)

    def _listen(self) -> None:
        for box in (*self.views.values(), self.sentences):
            box.toggled.connect(self._timer.start)
        for choice in (self.theme, self.stretch, self.format):
            choice.currentIndexChanged.connect(self._later)
        for number in (self.wide, self.tall):
            number.valueChanged.connect(self._on_size)
        self.scale.valueChanged.connect(self._later)
        self.preset.currentIndexChanged.connect(self._take_preset)
        self.caption.textChanged.connect(self._timer.start)
        self.automatic.clicked.connect(self._take_automatic)

    def _later(self, value: object) -> None:
        del value
        self._timer.start()

    def _on_size(self, value: int) -> None:
        del value
        size = (self.wide.value(), self.tall.value())
        name = next((name for name, preset in PRESETS.items() if preset == size), CUSTOM)
        self.preset.blockSignals(True)
        self.preset.setCurrentIndex(self.preset.findData(name))
        self.preset.blockSignals(False)
        self._timer.start()

    def _take_preset(self) -> None:
        size = PRESETS.get(str(self.preset.currentData()))
        if size is not None:
            self.wide.setValue(size[0])
            self.tall.setValue(size[1])

    def _take_automatic(self) -> None:
        self.caption.setPlainText(self._automatic)

    def _figure(self) -> Figure | None:
        """Return the figure that is asked for, None (with the reason said) where there is none."""
        case, request = self._workspace.case, self.request()
        self.scale.setEnabled(self.format.currentText() == "PNG")
        size = (round(request.size[0] * request.scale), round(request.size[1] * request.scale))
        self.pixels.setText(self.tr("{width} × {height} pixels").format(width=size[0], height=size[1]))
        if case is None or not request.views:
            self._problem.setText(self.tr("Choose at least one view"))
            return None
        try:
            figure = compose(case, request)
        except OSError as error:
            self._problem.setText(str(error))
            return None
        self._problem.setText("")
        if request.caption is None and figure.caption_text != self._automatic:
            self._automatic = figure.caption_text.strip()
            self._take_automatic()
            self._timer.stop()
        return figure


def _side_by_side(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    return row
