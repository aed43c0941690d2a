"""The forms of a relation between two actors and of a link between two events."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit, QWidget

from explorer.edit.drafts import ClaimDraft, Founded, LinkDraft, RelationDraft
from explorer.edit.passages import Marked
from explorer.ui.coding_combo import combo
from explorer.ui.coding_form import CodingForm, WordsLine, tip_of
from explorer.ui.coding_names import Names
from explorer.ui.coding_pick import NamePicker
from explorer.ui.coding_rows import ClaimRow, TimeRow, ValueRow
from explorer.ui.text import plain_label
from explorer.words import (
    BASIS_WORDS,
    CONFIDENCE_WORDS,
    LINK_WORDS,
    MODALITY_WORDS,
    POLARITY_WORDS,
    RELATION_WORDS,
    isolated,
    tr,
)

#: What a type of relation mostly is; the coder sees it and changes it.
_MOSTLY = {
    "supports": ("cooperative", True), "allied_with": ("cooperative", False), "opposes": ("conflictual", True),
    "leads": ("neutral", True), "part_of": ("neutral", True), "other": ("neutral", True),
}  # fmt: skip


class TakingPicker(NamePicker):
    """A name that takes the words of the text to look it up by."""

    def take(self, words: Marked, text: str, *, add: bool) -> None:
        """Offer what the words may mean."""
        del words, add
        self.suggest(text)


class RelationForm(CodingForm):
    """Holds one RelationDraft."""

    def __init__(self, names: Names, draft: RelationDraft, parent: QWidget) -> None:
        heading = tr("New relation") if draft.id is None else tr("Change the relation")
        super().__init__(names, heading, parent)
        self._draft = draft
        self.source = TakingPicker(names, "actors", self.tr("who"), self)
        self.type = combo(self, self.tr("How they are tied"), RELATION_WORDS)
        self.target = TakingPicker(names, "actors", self.tr("whom"), self)
        self.polarity = combo(self, self.tr("For or against"), POLARITY_WORDS)
        self.directed = QCheckBox(self.tr("From the first to the second only"), self)
        self.aspect = WordsLine(self.tr("In what"), self)
        self.aspect.setPlaceholderText(self.tr("military, economic …"))
        self.basis = combo(
            self, self.tr("Rests on"), {key: BASIS_WORDS[key] for key in ("stated", "inferred")}
        )
        self.confidence = combo(self, self.tr("Confidence"), {None: "not judged", **CONFIDENCE_WORDS})
        self.note = QLineEdit(self)
        self.note.setAccessibleName(self.tr("Note"))
        self._lay_fields()
        said = self.section(self.tr("What says so"), "claims")
        said.offer(
            self.tr("Sa&ys so"), None, self._add_claim, tip_of(self.tr("what the text says of this tie"))
        )
        when = self.section(self.tr("When it holds"), "time")
        when.offer(self.tr("Whe&n"), None, self._add_time, tip_of(self.tr("a date or an order")))
        self.column.addStretch(1)
        self._show_draft(draft)
        self.order()
        self._listen()

    def _lay_fields(self) -> None:
        fields = QFormLayout()
        fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, widget in (
            (self.tr("Who"), self.source),
            (self.tr("Tie"), self.type),
            (self.tr("Whom"), self.target),
            (self.tr("For or against"), self.polarity),
            ("", self.directed),
            (self.tr("In what"), self.aspect),
            (self.tr("Rests on"), self.basis),
            (self.tr("Confidence"), self.confidence),
            (self.tr("Note"), self.note),
        ):
            fields.addRow(words, widget)
        self.column.addLayout(fields)

    def _show_draft(self, draft: RelationDraft) -> None:
        self.source.set_chosen(draft.source or None)
        self.target.set_chosen(draft.target or None)
        self.type.setCurrentIndex(max(0, self.type.findData(draft.type)))
        self.polarity.setCurrentIndex(max(0, self.polarity.findData(draft.polarity)))
        self.directed.setChecked(draft.directed)
        self.aspect.setText(draft.aspect or "")
        self.basis.setCurrentIndex(max(0, self.basis.findData(draft.basis)))
        self.confidence.setCurrentIndex(max(0, self.confidence.findData(draft.confidence)))
        self.note.setText(draft.note or "")
        for claim in draft.claims:
            self.put("claims", ClaimRow(self.names, self, claim))
        if draft.valid is not None:
            self.put("time", TimeRow(self.names, self, draft.valid))
        self.sections["time"].limit(1)

    def _listen(self) -> None:
        self.type.currentIndexChanged.connect(self._on_type)
        for picker in (self.source, self.target):
            picker.changed.connect(self.changed)
            picker.settled.connect(self._on_settled)
        for box in (self.type, self.polarity, self.basis, self.confidence):
            box.currentIndexChanged.connect(self.changed)
        self.directed.toggled.connect(self.changed)
        for line in (self.aspect, self.note):
            line.textChanged.connect(self.changed)

    def draft(self) -> RelationDraft:
        """Return what the form holds."""
        times = self.sections["time"].rows
        return replace(
            self._draft,
            source=self.source.chosen or "",
            target=self.target.chosen or "",
            claims=tuple(row.draft() for row in self.sections["claims"].rows),
            type=self.type.currentData(),
            polarity=self.polarity.currentData(),
            directed=self.directed.isChecked(),
            aspect=self.aspect.text().strip() or None,
            valid=times[0].draft() if times else None,
            basis=self.basis.currentData(),
            confidence=self.confidence.currentData(),
            note=self.note.text().strip() or None,
        )

    def first(self) -> QWidget:
        """Return who."""
        return self.source

    def missing(self) -> list[tuple[ValueRow | None, str]]:
        """Return what keeps the relation from being saved."""
        found = super().missing()
        if not (self.source.chosen and self.target.chosen):
            found.append((None, self.tr("Choose both actors, from the list or new.")))
        if not self.sections["claims"].rows:
            found.append((None, self.tr("Say which words speak of this tie.")))
        if self.basis.currentData() == "inferred" and not self.note.text().strip():
            found.append((None, self.tr("Say in the note how you read these words.")))
        return found

    def cover(self, words: Marked, note: str | None) -> None:
        """Let words speak of this tie."""
        founded = Founded((words,), "stated" if note is None else "inferred", note=note)
        self.put("claims", ClaimRow(self.names, self, ClaimDraft(founded)))

    def _on_type(self, index: int) -> None:
        del index
        polarity, directed = _MOSTLY[self.type.currentData()]
        self.polarity.setCurrentIndex(self.polarity.findData(polarity))
        self.directed.setChecked(directed)

    def _on_settled(self, record_id: object) -> None:
        """Go on to the next field: who, tie, whom."""
        del record_id
        to: QWidget = self.type if self.sender() is self.source else self.polarity
        to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_claim(self) -> None:
        self._add("claims", ClaimRow(self.names, self))

    def _add_time(self) -> None:
        self._add("time", TimeRow(self.names, self))
        self.sections["time"].limit(1)

    def _add(self, section: str, row: ValueRow) -> None:
        self.put(section, row)
        words = self.selected()
        row.first().setFocus(Qt.FocusReason.OtherFocusReason)
        if words is not None:
            row.take(words, self.names.quote(words), add=False)
        self.bring(row)
        self.changed.emit()


class LinkForm(CodingForm):
    """Holds one LinkDraft, from the event that was selected."""

    def __init__(self, names: Names, draft: LinkDraft, parent: QWidget) -> None:
        heading = tr("New link") if draft.id is None else tr("Change the link")
        super().__init__(names, heading, parent)
        self._draft = draft
        source = plain_label(isolated(names.name_of(draft.source)), self)
        source.setWordWrap(True)
        self.type = combo(self, self.tr("How they are linked"), LINK_WORDS)
        self.target = TakingPicker(names, "events", self.tr("another event"), self)
        self.modality = combo(self, self.tr("How it is reported"), MODALITY_WORDS)
        fields = QFormLayout()
        fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        fields.addRow(QLabel(self.tr("Event"), self), source)
        fields.addRow(self.tr("Is"), self.type)
        fields.addRow(self.tr("Other event"), self.target)
        fields.addRow(self.tr("Reported as"), self.modality)
        self.column.addLayout(fields)
        self.section(self.tr("What says so"), "claims")
        self.row: Any = self.put("claims", LinkRow(names, tr("link"), self))
        self.row.out.hide()
        self.column.addStretch(1)
        self.type.setCurrentIndex(max(0, self.type.findData(draft.type)))
        self.target.set_chosen(draft.target or None)
        self.modality.setCurrentIndex(max(0, self.modality.findData(draft.modality)))
        self.row.founded.set_founded(draft.founded)
        for box in (self.type, self.modality):
            box.currentIndexChanged.connect(self.changed)
        self.target.changed.connect(self.changed)
        self.target.settled.connect(self._on_settled)
        self.order()

    def draft(self) -> LinkDraft:
        """Return what the form holds."""
        return replace(
            self._draft,
            target=self.target.chosen or "",
            type=self.type.currentData(),
            modality=self.modality.currentData(),
            founded=self.row.founded.founded(),
        )

    def first(self) -> QWidget:
        """Return how they are linked."""
        return self.type

    def missing(self) -> list[tuple[ValueRow | None, str]]:
        """Return what keeps the link from being saved."""
        found = super().missing()
        if not self.target.chosen:
            found.append((None, self.tr("Choose the event to link to.")))
        elif self.target.chosen == self._draft.source:
            found.append((None, self.tr("An event is not linked to itself: choose another.")))
        return found

    def _on_settled(self, record_id: object) -> None:
        del record_id
        self.modality.setFocus(Qt.FocusReason.OtherFocusReason)


class LinkRow(ValueRow):
    """What a link rests on."""

    def first(self) -> QWidget:
        """Return the basis."""
        return self.founded.basis
