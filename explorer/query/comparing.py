"""Who says what, side by side: reports that may be of one event, or the sources of one (design §1, promise 5).

Nothing is decided here: each column says what its source says, a row says whether the sources contradict each other
there ("they differ"), by the same rules as the badge of an event (design §3a, "Counting sources").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from explorer.casefile.columns import EventTable
from explorer.casefile.disagreement import apart
from explorer.casefile.reading import plain
from explorer.frozen import frozen
from explorer.model.facts import Claim, Quantity
from explorer.model.records import Event
from explorer.query.amounts import amount_words, kind_label
from explorer.query.card_parts import Desk, Quote, claim_spans, joined, quote_of
from explorer.query.card_time import claim_time_words
from explorer.query.records import evidence_ids
from explorer.words import (
    DENIAL_WORDS,
    MODALITY_WORDS,
    NOT_STATED,
    ROLE_WORDS,
    STATUS_WORDS,
    isolated,
    tr,
    type_words,
)

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile

Raw = dict[str, Any]
_ROLES = {
    "Who did it": ("actor", "party"),
    "To whom": ("recipient", "beneficiary"),
    "Suffered it": ("affected",),
}


@frozen
class Voice:
    """One column: a report of an event, or one claim. denies: it says that this did not happen, or not so."""

    key: str  # id of the event, or of the claim
    heading: str
    note: str
    quotes: tuple[Quote, ...]
    denies: bool = False


@frozen
class Cell:
    """What one column says in a row. own: False where the source gives no value of its own, and the record's stands."""

    words: str
    stated: bool = True
    own: bool = True


@frozen
class Aspect:
    """One row: a cell for each column; differ: the sources contradict each other here."""

    label: str
    cells: tuple[Cell, ...]
    differ: bool = False


@frozen
class Comparison:
    """Columns and rows; summary: in what the sources differ, in words, "" where they do not."""

    title: str
    voices: tuple[Voice, ...]
    rows: tuple[Aspect, ...]

    @property
    def differing(self) -> tuple[str, ...]:
        """The labels of the rows in which the sources contradict each other."""
        return tuple(row.label for row in self.rows if row.differ)

    @property
    def summary(self) -> str:
        """In what the sources differ, in one sentence."""
        if not self.differing:
            return tr("Nothing in them contradicts.")
        return tr("They differ: {what}.").format(what=", ".join(self.differing))


def compare_events(
    case: CaseFile, table: EventTable, event_ids: Sequence[str], *, text_only: bool = False
) -> Comparison:
    """Return events side by side, as those who code them hold them. Raises KeyError where one is none."""
    desk = Desk(case, table, text_only)
    events = [_event(case, each) for each in event_ids]
    for event in events:
        desk.load(evidence_ids(event))
    sides = [_Side(desk, event, None) for event in events]
    voices = tuple(
        Voice(
            event.id,
            isolated(event.title),
            _reports(desk, event),
            _quotes(desk, event.claims),
            _all_denied(event),
        )
        for event in events
    )
    same = _Row(sides)
    rows = [
        same.plain(tr("Classified"), _Side.kind),
        *_facts(same, sides),
        same.plain(tr("Status"), _Side.status, differing=False),
    ]
    return Comparison(tr("May be the same"), voices, tuple(rows))


def compare_sources(
    case: CaseFile, table: EventTable, event_id: str, *, text_only: bool = False
) -> Comparison:
    """Return the claims of one event side by side. Raises KeyError where there is no such event."""
    desk, event = Desk(case, table, text_only), _event(case, event_id)
    desk.load(evidence_ids(event))
    sides = [_Side(desk, event, claim) for claim in event.claims]
    voices = tuple(
        Voice(
            claim.id, _document(desk, claim)[0], _document(desk, claim)[1], _quotes(desk, [claim]),
            claim.modality == "denied",
        )
        for claim in event.claims
    )  # fmt: skip
    same = _Row(sides)
    notes = [isolated(claim.note or "") for claim in event.claims]
    rows = [*_facts(same, sides)]
    if any(notes):
        rows.append(Aspect(tr("Coder's note"), tuple(Cell(note or "—", bool(note)) for note in notes)))
    return Comparison(isolated(event.title), voices, tuple(rows))


class _Side:
    """What one column draws on: an event by its header, or one claim with the header behind it."""

    def __init__(self, desk: Desk, event: Event, claim: Claim | None) -> None:
        self.desk, self.event, self.claim = desk, event, claim
        header = plain(event)
        said = plain(claim) if claim is not None else {}
        fields = ("time", "places", "quantities")
        self.header = header
        self.raw: Raw = {each: said[each] for each in fields if each in said}
        if claim is None:
            self.raw = {each: header[each] for each in fields if each in header}
            self.raw["modality"] = "denied" if _all_denied(event) else "asserted"
        else:
            self.raw["modality"] = claim.modality

    def kind(self) -> Cell:
        return Cell(type_words(self.event.type, self.event.mode), bool(self.event.type))

    def status(self) -> Cell:
        return Cell(tr(STATUS_WORDS[self.event.status]))

    def reported(self) -> Cell:
        claims = [self.claim] if self.claim is not None else list(self.event.claims)
        said = dict.fromkeys(_reported(claim) for claim in claims)
        return Cell("; ".join(said))

    def speaker(self) -> Cell:
        claims = [self.claim] if self.claim is not None else list(self.event.claims)
        named = [
            who for who in dict.fromkeys(self.desk.who_says(claim.attribution) for claim in claims) if who
        ]
        return Cell("; ".join(named)) if named else Cell(tr("no source named"), stated=False)

    def time(self) -> Cell:
        own = self.claim.time if self.claim is not None else self.event.time
        if own is not None and self.desk.counts(own):
            return Cell(claim_time_words(self.desk, own))
        behind = self.event.time if self.claim is not None else None
        if behind is not None and self.desk.counts(behind):
            return Cell(claim_time_words(self.desk, behind), own=False)
        return _missing()

    def place(self) -> Cell:
        own = self.claim.places if self.claim is not None else self.event.places
        words = [self.desk.place(each.location) for each in own if self.desk.counts(each)]
        if words:
            return Cell("; ".join(dict.fromkeys(words)))
        behind = self.event.places if self.claim is not None else ()
        words = [self.desk.place(each.location) for each in behind if self.desk.counts(each)]
        return Cell("; ".join(dict.fromkeys(words)), own=False) if words else _missing()

    def people(self, roles: Sequence[str]) -> Cell:
        told = [
            tr("{who} ({role})").format(
                who=self.desk.actor(each.actor), role=tr(ROLE_WORDS[each.role]).lower()
            )
            if len(roles) > 1 and each.role != roles[0]
            else self.desk.actor(each.actor)
            for each in self.event.participants
            if each.role in roles and self.desk.counts(each)
        ]
        return Cell("; ".join(dict.fromkeys(told))) if told else _missing()

    def actors(self, roles: Sequence[str]) -> frozenset[str]:
        stays = self.desk.table.stays
        return frozenset(stays(each.actor) for each in self.event.participants if each.role in roles)

    def numbers(self) -> dict[tuple[str, str | None, str | None], list[tuple[Quantity, bool]]]:
        """Return (kind, of whom, unit) -> its values, and whether they are this side's own."""
        own = self.claim.quantities if self.claim is not None else self.event.quantities
        found: dict[tuple[str, str | None, str | None], list[tuple[Quantity, bool]]] = {}
        for each in own:
            if self.desk.counts(each):
                found.setdefault((each.kind, each.of, each.unit), []).append((each, True))
        for each in self.event.quantities if self.claim is not None else ():
            key = (each.kind, each.of, each.unit)
            if self.desk.counts(each) and not any(mine for _, mine in found.get(key, ())):
                found.setdefault(key, []).append((each, False))
        return found


class _Row:
    """Makes rows of what all columns say, and whether they contradict each other there."""

    def __init__(self, sides: Sequence[_Side]) -> None:
        self._sides = sides
        self._claims = sides and sides[0].claim is not None
        self._header = sides[0].header if self._claims else {}
        self._above = _above(sides[0].desk.table) if sides else {}

    def plain(self, label: str, said: Callable[[_Side], Cell], *, differing: bool = True) -> Aspect:
        """Return a row in which different words differ."""
        cells = tuple(said(side) for side in self._sides)
        words = {cell.words for cell in cells if cell.stated}
        return Aspect(label, cells, differing and len(words) > 1)

    def checked(self, label: str, cells: Iterable[Cell], what: str) -> Aspect:
        """Return a row that differs where the badge of an event says so; what: times, places or denial."""
        return Aspect(label, tuple(cells), self._apart(what, [side.raw for side in self._sides]))

    def number(self, label: str, cells: Iterable[Cell], key: tuple[str, str | None, str | None]) -> Aspect:
        """Return the row of one number."""
        header = {**self._header, "quantities": _only(self._header, key)}
        claims = [{**side.raw, "quantities": _only(side.raw, key)} for side in self._sides]
        return Aspect(label, tuple(cells), "numbers" in apart(header, claims, self._above))

    def _apart(self, what: str, claims: Sequence[Raw]) -> bool:
        return what in apart(self._header, claims, self._above)


def _facts(row: _Row, sides: Sequence[_Side]) -> list[Aspect]:
    """Return the rows of what is said: how, by whom, when, where, who, how many."""
    found = [
        row.checked(tr("Reported as"), map(_Side.reported, sides), "denial"),
        row.plain(tr("According to"), _Side.speaker, differing=False),
        row.checked(tr("When"), map(_Side.time, sides), "times"),
        row.checked(tr("Where"), map(_Side.place, sides), "places"),
    ]
    if sides and sides[0].claim is None:
        for label, roles in _ROLES.items():
            cells = tuple(side.people(roles) for side in sides)
            given = [side.actors(roles) for side in sides if side.actors(roles)]
            if given:
                apart_here = any(not one & other for one in given for other in given)
                found.append(Aspect(tr(label), cells, apart_here))
    keys = dict.fromkeys(key for side in sides for key in side.numbers())
    return [*found, *(_number_row(row, sides, key) for key in keys)]


def _number_row(row: _Row, sides: Sequence[_Side], key: tuple[str, str | None, str | None]) -> Aspect:
    cells, label = [], ""
    for side in sides:
        given = side.numbers().get(key, [])
        label = label or (kind_label(given[0][0]) if given else "")
        if given and side.raw["modality"] == "denied" and not given[0][1]:
            cells.append(_missing())
        elif given:
            cells.append(Cell("; ".join(amount_words(each) for each, _ in given), own=given[0][1]))
        else:
            cells.append(_missing())
    if key[1]:
        label = tr("{what}: {who}").format(what=label, who=sides[0].desk.actor(key[1]))
    return row.number(label, cells, key)


def _only(raw: Raw, key: tuple[str, str | None, str | None]) -> list[Raw]:
    return [
        each for each in raw.get("quantities", ()) if (each["kind"], each.get("of"), each.get("unit")) == key
    ]


def _above(table: EventTable) -> dict[str, str | None]:
    """Return place -> the one it lies in, or was merged into."""
    places = table.locations
    found: dict[str, str | None] = {
        name: places.ids[parent] if parent >= 0 else None
        for name, parent in zip(places.ids, places.parent.tolist(), strict=True)
    }
    found.update(table.merged)
    return found


def _event(case: CaseFile, event_id: str) -> Event:
    record = case.record(event_id)
    if not isinstance(record, Event):
        raise KeyError(event_id)
    return record


def _all_denied(event: Event) -> bool:
    return all(claim.modality == "denied" for claim in event.claims)


def _reported(claim: Claim) -> str:
    words = tr(MODALITY_WORDS[claim.modality])
    if claim.modality == "denied" and claim.about:
        return joined((words, tr(DENIAL_WORDS[claim.about])))
    return words


def _missing() -> Cell:
    return Cell(tr(NOT_STATED), stated=False)


def _document(desk: Desk, claim: Claim) -> tuple[str, str]:
    """Return the title and the publisher of the document of a claim."""
    held = desk.passages.document(desk.span(claim.evidence[0]).document)
    return isolated(held.title), isolated(held.publisher) if held.publisher else tr("publisher not stated")


def _reports(desk: Desk, event: Event) -> str:
    """Return which reports speak of an event, with their publishers."""
    told = dict.fromkeys(_document(desk, claim) for claim in event.claims)
    return "; ".join(tr("{title}, {publisher}").format(title=t, publisher=p) for t, p in told)


def _quotes(desk: Desk, claims: Iterable[Claim]) -> tuple[Quote, ...]:
    return tuple(quote_of(desk, desk.span(span)) for span in claim_spans(claims))
