"""What a mark says when asked: headline, who to whom, when and on what that rests, where, how many, who says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from explorer.casefile.columns import (
    BASES,
    KINDS,
    MODALITIES,
    OPEN_FUTURE,
    OPEN_PAST,
    PLACE_ROLES,
    ROLES,
    EventTable,
    Ints,
    TimeColumns,
)  # fmt: skip
from explorer.model.phrases import bounds_words
from explorer.query.circles import REFERENCE
from explorer.query.totals import Numbers, Range, kept_numbers, range_words
from explorer.query.when import weakest_of
from explorer.words import (
    KIND_WORDS,
    MODALITY_WORDS,
    NOT_STATED,
    PLACE_ROLE_WORDS,
    QUANTITY_WORDS,
    ROLE_WORDS,
    isolated,
    tr,
)

#: Kinds of numbers that a label or tooltip tells, the gravest first, and their words.
TOLD = {
    "fatalities": "{number} killed",
    "injured": "{number} injured",
    "casualties": "{number} killed or injured",
    "displaced": "{number} displaced",
    "detained": "{number} detained",
}
BASIS_LINES = {1: "from outside the report", 2: "coder's reading", 3: "in the text"}
MODALITY_RANK = ("asserted", "assessment", "expected", "possible", "denied")


def number_of(numbers: Numbers, row: int) -> Range | None:
    """Return what one row says of a kind of number, None where it gives none."""
    at = int(numbers.rows.searchsorted(np.int32(row)))  # a plain int would make numpy convert them all
    if at >= len(numbers.rows) or int(numbers.rows[at]) != row or not numbers.numbered[at]:
        return None
    return numbers.single(at)


def number_suffix(table: EventTable, row: int, *, text_only: bool = False) -> str:
    """Return ", ≥ 25 killed" for a label, "" where the row gives no number of people."""
    for kind, words in TOLD.items():
        found = number_of(kept_numbers(table, kind, text_only=text_only), row)
        if found is not None:
            return ", " + tr(words).format(number=range_words(replace(found, best=None)))
    return ""


def toll(
    table: EventTable, rows: Ints, *, text_only: bool = False
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the smallest number of dead each row speaks of, 0 where none is given: what makes a label matter."""
    numbers = kept_numbers(table, "fatalities", text_only=text_only)
    result = np.zeros(len(table))
    result[numbers.rows] = np.where(
        numbers.numbered, np.maximum(numbers.low, np.nan_to_num(numbers.best)), 0.0
    )
    kept: np.ndarray[tuple[int], np.dtype[np.float64]] = result[rows]
    return kept


def when_words(times: TimeColumns, row: int) -> str:
    """Return a row's time in words without what it rests on: "27 Nov – about 2 Dec 2024"; "" where undated."""
    a, b = int(times.start_min[row]), int(times.end_max[row])
    c, d = int(times.start_max[row]), int(times.end_min[row])
    approx = times.approx[row]
    if a != OPEN_PAST or b != OPEN_FUTURE:
        return bounds_words(a, b, approx_start=bool(approx[0]), approx_end=bool(approx[3]))
    if c == OPEN_FUTURE and d == OPEN_PAST:
        return ""
    inside = (d, c) if OPEN_PAST < d <= c < OPEN_FUTURE else (c, d)
    if OPEN_PAST < inside[0] <= inside[1] < OPEN_FUTURE:
        words = bounds_words(*inside, approx_start=bool(approx[1]), approx_end=bool(approx[2]))
        return tr("under way {date}").format(date=words)
    if c != OPEN_FUTURE:
        return tr("begun by {date}").format(date=bounds_words(c, c, approx_start=bool(approx[1])))
    return tr("not over before {date}").format(date=bounds_words(d, d, approx_start=bool(approx[2])))


def time_line(table: EventTable, row: int, *, text_only: bool = False) -> str:
    """Return when, and what it rests on: "no date in the report; 27 Nov 2024 from outside the report"."""
    said, known = when_words(table.text_time, row), when_words(table.times(text_only=text_only), row)
    if not known:
        return tr("no date in the report")
    basis = int(weakest_of(table.times(text_only=text_only), [row])[0])
    line = tr("{date} ({basis})").format(date=known, basis=tr(BASIS_LINES.get(basis, NOT_STATED)))
    if basis != REFERENCE:
        return line
    if not said:
        return tr("no date in the report; {known}").format(known=line)
    return tr("{said} in the report; {known}").format(said=said, known=line) if said != known else line


def _names(table: EventTable, row: int, roles: Iterable[str]) -> list[str]:
    part = table.participations
    at = part.slice(row)
    wanted = {ROLES.index(role) for role in roles}
    pairs = zip(part.actor[at].tolist(), part.role[at].tolist(), part.basis[at].tolist(), strict=True)
    return [
        isolated(table.actors.names[actor]) + _read(basis) for actor, role, basis in pairs if role in wanted
    ]


def _read(basis: int) -> str:
    return "" if BASES[basis] == "stated" else f" ({tr(BASIS_LINES.get(basis, NOT_STATED))})"


def _who(table: EventTable, row: int) -> list[str]:
    lines = []
    for role in ("actor", "party", "recipient", "beneficiary", "affected"):
        names = _names(table, row, [role])
        if names:
            lines.append(_line(ROLE_WORDS[role], ", ".join(names)))
    return lines or [_line(ROLE_WORDS["actor"], tr(NOT_STATED))]


def _line(name: str, value: str) -> str:
    return tr("{name}: {value}").format(name=tr(name), value=value)


def _where(table: EventTable, row: int) -> str:
    places = table.places
    at = places.slice(row)
    parts = []
    for location, role in zip(places.location[at].tolist(), places.role[at].tolist(), strict=True):
        name = isolated(table.locations.names[location])
        word = PLACE_ROLES[role]
        parts.append(name if word == "at" else f"{tr(PLACE_ROLE_WORDS[word])} {name}")
    return ", ".join(parts) or tr(NOT_STATED)


def _how(table: EventTable, row: int) -> str:
    claims = table.claims
    found = {MODALITIES[code] for code in claims.modality[claims.slice(row)].tolist()}
    return ", ".join(tr(MODALITY_WORDS[name]) for name in MODALITY_RANK if name in found) or tr(NOT_STATED)


def _according(table: EventTable, row: int) -> str:
    claims = table.claims
    named = dict.fromkeys(i for i in claims.attribution[claims.slice(row)].tolist() if i >= 0)
    said = ", ".join(isolated(table.attributions[i]) for i in named)
    return said or tr("the report; no source named")


def details(table: EventTable, row: int, title: str, *, text_only: bool = False) -> str:
    """Return the tooltip of a record, one fact a line; made once for each record that is ever drawn."""
    known: dict[int, tuple[str, str]] = table.derived.setdefault(f"tooltips {text_only}", {})
    if known.get(row, ("",))[0] != title:
        known[row] = (title, _details(table, row, title, text_only))
    return known[row][1]


def _details(table: EventTable, row: int, title: str, text_only: bool) -> str:
    lines = [isolated(title), *_who(table, row)]
    lines.append(_line(tr("When"), time_line(table, row, text_only=text_only)))
    lines.append(_line(tr("Where"), _where(table, row)))
    lines += _numbers(table, row, text_only)
    lines.append(_line(tr("According to"), _according(table, row)))
    lines.append(_line(tr("Reported as"), _how(table, row)))
    return "\n".join(lines)


def _numbers(table: EventTable, row: int, text_only: bool) -> list[str]:
    lines = []
    for kind in TOLD:
        found = number_of(kept_numbers(table, kind, text_only=text_only), row)
        if found is not None:
            lines.append(_line(QUANTITY_WORDS[kind], range_words(found)))
    return lines


def kinds_words(table: EventTable, rows: Sequence[int] | Ints) -> str:
    """Return "3 happened, 2 situation": how many of which kind."""
    counts = np.bincount(table.kind[np.asarray(rows, np.int64)], minlength=len(KINDS))
    parts = [
        f"{n} {tr(KIND_WORDS[kind]).lower()}" for kind, n in zip(KINDS, counts.tolist(), strict=True) if n
    ]
    return ", ".join(parts)


def cluster_words(table: EventTable, rows: Sequence[int] | Ints, where: str = "") -> str:
    """Return the words of a numbered mark: "7 records: 5 happened, 2 situation"."""
    count = len(rows)
    head = tr("{count} records") if count != 1 else tr("{count} record")
    text = tr("{head}: {kinds}").format(head=head.format(count=count), kinds=kinds_words(table, rows))
    return f"{isolated(where)}\n{text}" if where else text
