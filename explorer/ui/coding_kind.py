"""The coder's classification of an event: kind, PLOVER type and mode with what they mean, contexts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from explorer.edit.details import tags_in
from explorer.edit.drafts import EventDraft
from explorer.model.codebook import MODES_OF, TYPES
from explorer.model.codeguide import guide
from explorer.model.vocabulary import EventKind
from explorer.ui.coding_combo import FormCombo
from explorer.ui.text import plain_label
from explorer.words import MODE_WORDS, TYPE_WORDS, tr

_KINDS = {"occurrence": "Happened", "episode": "Ongoing", "state": "Situation"}


class KindEdit(QWidget):
    """Kind, type, mode and contexts; the codebook's meaning of what is chosen stands below."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = _box(self, self.tr("Kind"))
        for kind, words in _KINDS.items():
            self.kind.addItem(tr(words), kind)
        self.type = _box(self, self.tr("Classification"))
        self.type.addItem(self.tr("Not classified"), None)
        for code in TYPES:
            self.type.addItem(f"{tr(TYPE_WORDS[code])} · {code}", code)
            meaning, example = guide(code)
            tip = f"{tr(meaning)}\n{tr(example)}"
            self.type.setItemData(self.type.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.mode = _box(self, self.tr("Mode"))
        self.meaning = plain_label("", self, "codeGuide")
        self.meaning.setWordWrap(True)
        self.contexts = QLineEdit(self)
        self.contexts.setAccessibleName(self.tr("Contexts"))
        self.contexts.setPlaceholderText(self.tr("military, territory, migration …"))
        self._lay_out()
        self.type.currentIndexChanged.connect(self._on_type)
        self.mode.currentIndexChanged.connect(self._on_mode)
        self.kind.currentIndexChanged.connect(self.changed)
        self.contexts.textEdited.connect(self.changed)
        self._on_type(0)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Kind"), self.kind),
            (self.tr("Class"), self.type),
            (self.tr("Mode"), self.mode),
            ("", self.meaning),
            (self.tr("Contexts"), self.contexts),
        )
        for number, (words, widget) in enumerate(rows):
            label = QLabel(words, self)
            label.setObjectName("muted")
            grid.addWidget(label, number, 0)
            grid.addWidget(widget, number, 1)
            if widget is self.mode:
                self._mode_label = label

    def set_draft(self, draft: EventDraft) -> None:
        """Show how an event is classified; a mode that the codebook lacks stays."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(draft.kind)))
        self.type.setCurrentIndex(max(0, self.type.findData(draft.type)))
        if draft.mode and self.mode.findData(draft.mode) < 0:
            self.mode.addItem(draft.mode, draft.mode)
            self._show_mode(on=True)
        self.mode.setCurrentIndex(max(0, self.mode.findData(draft.mode)))
        self.contexts.setText(", ".join(draft.contexts))

    def given(self) -> tuple[EventKind, str | None, str | None, tuple[str, ...]]:
        """Return kind, type, mode and contexts."""
        code = self.type.currentData()
        return self.kind.currentData(), code, self.mode.currentData(), tags_in(self.contexts.text())

    def _on_type(self, index: int) -> None:
        del index
        code = self.type.currentData()
        modes = MODES_OF.get(code or "", ())
        self.mode.blockSignals(True)
        self.mode.clear()
        self.mode.addItem(self.tr("no mode"), None)
        for mode in modes:
            plain_mode = mode.replace("-", " ")
            known = MODE_WORDS.get(f"{code}/{mode}")
            words = tr(known).rpartition("– ")[2] if known else plain_mode
            self.mode.addItem(words if words == plain_mode else f"{words} · {mode}", mode)
        self.mode.blockSignals(False)
        self._show_mode(on=bool(modes))
        self._on_mode(0)

    def _show_mode(self, *, on: bool) -> None:
        self.mode.setVisible(on)
        self._mode_label.setVisible(on)

    def _on_mode(self, index: int) -> None:
        del index
        meaning, example = guide(self.type.currentData(), self.mode.currentData())
        said = self.tr("{meaning} E.g. “{example}”").format(meaning=tr(meaning), example=tr(example))
        self.meaning.setText(said if meaning else "")
        self.meaning.setVisible(bool(meaning))
        self.changed.emit()


def _box(parent: QWidget, name: str) -> FormCombo:
    box = FormCombo(parent)
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(FormCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    box.setMaxVisibleItems(18)
    return box
