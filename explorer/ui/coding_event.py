"""The event form: who did what to whom, where, when, how many, according to whom, each from its words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from explorer.edit.details import tags_in
from explorer.edit.drafts import ClaimDraft, EventDraft, Founded
from explorer.edit.passages import Marked
from explorer.ui.coding_combo import combo
from explorer.ui.coding_form import CodingForm, Section, WordsLine, tip_of
from explorer.ui.coding_kind import KindEdit
from explorer.ui.coding_names import Names
from explorer.ui.coding_rows import ClaimRow, NumberRow, PartRow, PlaceRow, TimeRow, ValueRow
from explorer.words import CONFIDENCE_WORDS, STATUS_WORDS, tr

_PARTS = (
    ("actor", "&Did it", "who did it"),
    ("recipient", "&Target", "whom it was done to"),
    ("beneficiary", "Fo&r", "whom it was for"),
    ("affected", "&Suffered it", "who suffered it"),
    ("party", "Took &part", "who took part, without a direction"),
)


class EventForm(CodingForm):
    """Holds one EventDraft."""

    def __init__(self, names: Names, draft: EventDraft, parent: QWidget) -> None:
        heading = tr("New event") if draft.id is None else tr("Change the event")
        super().__init__(names, heading, parent)
        self._draft = draft
        self.title = WordsLine(self.tr("Headline"), self)
        self.title.setPlaceholderText(self.tr("headline, in your words"))
        self.kind = KindEdit(self)
        self.column.addWidget(self.title)
        self.column.addWidget(self.kind)
        self._offer_rows()
        self._offer_rest()
        self.column.addStretch(1)
        self.set_draft(draft)
        self.title.textChanged.connect(self.changed)
        self.kind.changed.connect(self.changed)
        self.order()

    def _offer_rows(self) -> None:
        said = self.section(self.tr("What says so"), "claims")
        said.offer(
            self.tr("Sa&ys so"), None, self._add_claim, tip_of(self.tr("what the text says of this event"))
        )
        said.offer(
            self.tr("&According to"), None, self._attribute,
            self.tr("Say according to whom; words that are selected in the text are taken for it"),
        )  # fmt: skip
        who = self.section(self.tr("Who"), "participants")
        for role, words, what in _PARTS:
            who.offer(tr(words), role, self._add_part, tip_of(tr(what)))
        where = self.section(self.tr("Where"), "places")
        where.offer(self.tr("&Where"), None, self._add_place, tip_of(self.tr("a place")))
        when = self.section(self.tr("When"), "time")
        when.offer(self.tr("Whe&n"), None, self._add_time, tip_of(self.tr("a date or an order")))
        many = self.section(self.tr("How many"), "quantities")
        many.offer(self.tr("How &many"), None, self._add_number, tip_of(self.tr("a number")))
        said.dropped.connect(self._on_claim_dropped)

    def _offer_rest(self) -> None:
        self.status = combo(self, self.tr("Status"), STATUS_WORDS)
        self.confidence = combo(self, self.tr("Confidence"), {None: "not judged", **CONFIDENCE_WORDS})
        self.tags = QLineEdit(self)
        self.tags.setPlaceholderText(self.tr("separated by commas"))
        self.tags.setAccessibleName(self.tr("Tags"))
        self.note = QLineEdit(self)
        self.note.setAccessibleName(self.tr("Note"))
        rest = QFormLayout()
        rest.setContentsMargins(0, 10, 0, 0)
        rest.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rest.addRow(self.tr("Status"), self.status)
        rest.addRow(self.tr("Confidence"), self.confidence)
        rest.addRow(self.tr("Tags"), self.tags)
        rest.addRow(self.tr("Note"), self.note)
        self.column.addLayout(rest)
        for box in (self.status, self.confidence):
            box.currentIndexChanged.connect(self.changed)
        for line in (self.tags, self.note):
            line.textEdited.connect(self.changed)

    def set_draft(self, draft: EventDraft) -> None:
        """Show a draft."""
        self._draft = draft
        self.title.setText(draft.title)
        self.kind.set_draft(draft)
        for section in self.sections.values():
            section.clear()
        for claim in draft.claims:
            self.put("claims", ClaimRow(self.names, self, claim))
        for part in draft.parts:
            self.put("participants", PartRow(self.names, self, part))
        for place in draft.places:
            self.put("places", PlaceRow(self.names, self, place))
        if draft.time is not None:
            self.put("time", TimeRow(self.names, self, draft.time))
        for number in draft.numbers:
            self.put("quantities", NumberRow(self.names, self, number))
        for scope, claim in enumerate(draft.claims, 1):
            for number in claim.numbers:
                self.put("quantities", NumberRow(self.names, self, number, scope))
        self.status.setCurrentIndex(max(0, self.status.findData(draft.status)))
        self.confidence.setCurrentIndex(max(0, self.confidence.findData(draft.confidence)))
        self.tags.setText(", ".join(draft.tags))
        self.note.setText(draft.note or "")
        self._number_claims()
        self._limit_time()

    def draft(self) -> EventDraft:
        """Return what the form holds."""
        kind, code, mode, contexts = self.kind.given()
        numbers = [(row.scope.currentIndex(), row.draft()) for row in self._rows("quantities")]
        claims = tuple(
            replace(row.draft(), numbers=tuple(said for scope, said in numbers if scope == place))
            for place, row in enumerate(self._rows("claims"), 1)
        )
        times = self._rows("time")
        return replace(
            self._draft,
            title=" ".join(self.title.text().split()),
            claims=claims,
            kind=kind,
            type=code,
            mode=mode,
            contexts=contexts,
            time=times[0].draft() if times else None,
            places=tuple(row.draft() for row in self._rows("places")),
            parts=tuple(row.draft() for row in self._rows("participants")),
            numbers=tuple(said for scope, said in numbers if scope == 0),
            confidence=self.confidence.currentData(),
            status=self.status.currentData(),
            tags=tags_in(self.tags.text()),
            note=self.note.text().strip() or None,
        )

    def first(self) -> QWidget:
        """Return the headline."""
        return self.title

    def missing(self) -> list[tuple[ValueRow | None, str]]:
        """Return what keeps the event from being saved."""
        found = super().missing()
        if not self.title.text().strip():
            found.append((None, self.tr("Give the event a headline.")))
        if not self._rows("claims"):
            found.append((None, self.tr("Say which words speak of this event.")))
        return found

    def cover(self, words: Marked, note: str | None) -> None:
        """Let words speak of this event: as the text says, or as the coder reads it, with a note."""
        rows = self._rows("claims")
        document = [row for row in rows if self._document_of(row) == words.document]
        if note is None and document:
            document[0].take(words, self.names.quote(words), add=True)
            return
        founded = Founded((words,), "stated" if note is None else "inferred", note=note)
        self.put("claims", ClaimRow(self.names, self, ClaimDraft(founded)))
        self._number_claims()

    def _document_of(self, row: ClaimRow) -> str | None:
        founded = row.founded.founded()
        found = [words.document for words in founded.words]
        found += [words.document for span in founded.spans if (words := self.names.span(span)[1]) is not None]
        return found[0] if found else None

    def _rows(self, section: str) -> list[Any]:
        return self.sections[section].rows

    def _add_claim(self) -> None:
        self._add("claims", ClaimRow(self.names, self))
        self._number_claims()

    def _attribute(self) -> None:
        """Say according to whom: of the claim that has the keyboard, else of the last."""
        has = self.focusWidget()
        rows = self._rows("claims")
        here = next((row for row in rows if has is not None and row.isAncestorOf(has)), None)
        if rows:
            words = self.selected()
            row = here or rows[-1]
            row.founded.attribute(words, self.names.quote(words) if words else "")
            self.bring(row)

    def _add_part(self) -> None:
        self._add("participants", PartRow(self.names, self, role=self.sender().property("data")))

    def _add_place(self) -> None:
        self._add("places", PlaceRow(self.names, self))

    def _add_time(self) -> None:
        self._add("time", TimeRow(self.names, self))
        self._limit_time()

    def _add_number(self) -> None:
        self._add("quantities", NumberRow(self.names, self))
        self._number_claims()

    def _add(self, section: str, row: ValueRow) -> None:
        """Add a row with the words that are selected in the text, if any."""
        self.put(section, row)
        words = self.selected()
        row.first().setFocus(Qt.FocusReason.OtherFocusReason)
        if words is not None:
            row.take(words, self.names.quote(words), add=False)
        self.bring(row)
        self.changed.emit()

    def _on_claim_dropped(self, place: object) -> None:
        for row in self._rows("quantities"):
            scope = row.scope.currentIndex()
            if isinstance(place, int) and scope > place:
                row.show_claims(len(self._rows("claims")) + 1, 0 if scope == place + 1 else scope - 1)
        self._number_claims()

    def _number_claims(self) -> None:
        rows = self._rows("claims")
        for number, row in enumerate(rows, 1):
            row.number.setText(f"{number}." if len(rows) > 1 else "")
            row.number.setVisible(len(rows) > 1)
        for row in self._rows("quantities"):
            row.show_claims(len(rows))

    def _limit_time(self) -> None:
        """An event has one time: its button goes while there is one."""
        section: Section = self.sections["time"]
        section.limit(1)
