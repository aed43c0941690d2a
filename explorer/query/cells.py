"""What the cells of the Events table say, and by what each column is sorted (design §4).

Words are made only for the rows on show; sort keys are numbers, NaN where nothing is stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import (
    EVENT_TYPES,
    KINDS,
    MODALITIES,
    OPEN_FUTURE,
    OPEN_PAST,
    PLACE_ROLES,
    PRECISIONS,
    ROLES,
    SOURCES,
    STATUSES,
    EventTable,
    Floats,
    Ints,
    Mask,
    Ragged,
)
from explorer.model.times import day_of
from explorer.query.cell_columns import Column as Column
from explorer.query.cell_columns import Reading as Reading
from explorer.query.cell_columns import Rows as Rows
from explorer.query.circles import REFERENCE
from explorer.query.totals import Numbers, range_words
from explorer.query.when import when_order, when_words, whence_words
from explorer.words import (
    KIND_WORDS,
    MODALITY_WORDS,
    NOT_STATED,
    PLACE_ROLE_WORDS,
    PRECISION_WORDS,
    SOURCES_WORDS,
    STATUS_WORDS,
    isolated,
    tr,
    type_words,
)


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(parts)) or tr(NOT_STATED)


def _ranks(names: Sequence[str]) -> Floats:
    """Return for each name its place in alphabetical order."""
    _, rank = np.unique(np.array([name.casefold() for name in names], np.str_), return_inverse=True)
    return rank.reshape(-1).astype(np.float64)


def _first(ragged: Ragged, keep: Mask | None, rank: Floats, rows: Rows) -> Floats:
    """Return for each of rows the rank of its first kept value, NaN where it has none."""
    at = np.arange(len(ragged.row)) if keep is None else np.flatnonzero(keep)
    found, first = np.unique(ragged.row[at], return_index=True)
    result = np.full(len(ragged.offsets) - 1, np.nan)
    result[found] = rank[at[first]]
    return result[rows]


def _coded(
    key: str, heading: str, column: Callable[[Reading], NDArray[np.uint8]], codes: Sequence[str],
    words: Mapping[str, str], *, missing: int | None = None, shown: bool = True,
) -> Column:  # fmt: skip
    """Return a column of codes: its words, and the order of the codes."""

    def cells(reading: Reading, rows: Rows) -> list[str]:
        named = [tr(NOT_STATED) if c == missing else tr(words[code]) for c, code in enumerate(codes)]
        return [named[code] for code in column(reading)[rows].tolist()]

    def order(reading: Reading, rows: Rows) -> Floats:
        keys = column(reading)[rows].astype(np.float64)
        return keys if missing is None else np.where(keys == missing, np.nan, keys)

    return Column(key, heading, "text", shown, cells, order)


def _when(reading: Reading, rows: Rows) -> list[str]:
    return when_words(reading.times, rows)


def _whence(reading: Reading, rows: Rows) -> list[str]:
    return [words[:1].upper() + words[1:] or tr(NOT_STATED) for words in whence_words(reading.times, rows)]


def _whence_order(reading: Reading, rows: Rows) -> Floats:
    keys = reading.basis[rows].astype(np.float64)
    return np.where(keys == 0, np.nan, keys)


def _phrases(reading: Reading, rows: Rows) -> list[str]:
    if reading.phrases is None:
        return [tr(NOT_STATED)] * len(rows)
    found = reading.phrases((reading.table.ids[row] for row in rows.tolist()), text_only=reading.text_only)
    return [isolated(phrase) if phrase else tr(NOT_STATED) for phrase in found]


def _when_order(reading: Reading, rows: Rows) -> Floats:
    return when_order(reading.times, rows)


def _bound(key: str, heading: str, name: Literal["start_min", "end_max"], open_end: int) -> Column:
    def column(reading: Reading) -> NDArray[np.int64]:
        values: NDArray[np.int64] = getattr(reading.times, name)
        return values

    def cells(reading: Reading, rows: Rows) -> list[str]:
        seconds = column(reading)[rows].tolist()
        return [tr(NOT_STATED) if value == open_end else day_of(value) for value in seconds]

    def order(reading: Reading, rows: Rows) -> Floats:
        seconds = column(reading)[rows]
        return np.where(seconds == open_end, np.nan, seconds.astype(np.float64))

    return Column(key, heading, "time", False, cells, order)


def _people(key: str, heading: str, roles: Sequence[str], *, shown: bool = True) -> Column:
    codes = [ROLES.index(role) for role in roles]

    def cells(reading: Reading, rows: Rows) -> list[str]:
        parts, names = reading.table.participations, reading.table.actors.names
        found = []
        for row in rows.tolist():
            at = parts.slice(row)
            here = zip(
                parts.actor[at].tolist(), parts.role[at].tolist(), parts.basis[at].tolist(), strict=True
            )
            kept = [
                (a, r)
                for a, r, basis in here
                if r in codes and not (reading.text_only and basis == REFERENCE)
            ]
            found.append(
                _joined(_role_name(isolated(names[actor]), ROLES[role], roles) for actor, role in kept)
            )
        return found

    def order(reading: Reading, rows: Rows) -> Floats:
        parts = reading.table.participations
        keep: Mask = np.isin(parts.role, codes)
        if reading.text_only:
            keep &= parts.basis != REFERENCE
        return _first(parts, keep, _taken(_ranks(reading.table.actors.names), parts.actor), rows)

    return Column(key, heading, "text", shown, cells, order)


def _taken(rank: Floats, keys: Ints) -> Floats:
    return rank[keys] if len(rank) else np.empty(0)


def _role_name(name: str, role: str, roles: Sequence[str]) -> str:
    return tr("for {name}").format(name=name) if role == "beneficiary" and "recipient" in roles else name


def _place_cells(reading: Reading, rows: Rows) -> list[str]:
    places, names = reading.table.places, reading.table.locations.names
    found = []
    for row in rows.tolist():
        at = places.slice(row)
        here = zip(
            places.location[at].tolist(), places.role[at].tolist(), places.basis[at].tolist(), strict=True
        )
        kept = [
            (place, role) for place, role, basis in here if not (reading.text_only and basis == REFERENCE)
        ]
        found.append(_joined(_place_name(isolated(names[place]), PLACE_ROLES[role]) for place, role in kept))
    return found


def _place_name(name: str, role: str) -> str:
    if role == "at":
        return name
    return tr("{place} ({role})").format(place=name, role=tr(PLACE_ROLE_WORDS[role]))


def _place_order(reading: Reading, rows: Rows) -> Floats:
    places = reading.table.places
    keep = places.basis != REFERENCE if reading.text_only else None
    return _first(places, keep, _taken(_ranks(reading.table.locations.names), places.location), rows)


def _number(
    key: str, heading: str, numbers: Callable[[Reading], Numbers], end: Literal["low", "best", "high"] | None,
    *, shown: bool = False,
) -> Column:  # fmt: skip
    """Return a column of numbers as ranges, or of one end of them as printed (an open end is not stated)."""

    def order(reading: Reading, rows: Rows) -> Floats:
        held = numbers(reading)
        column = np.where(np.isnan(held.best), held.low, held.best) if end is None else getattr(held, end)
        open_end = {"low": held.at_most, "high": held.at_least}.get(end or "", ~held.numbered)
        result = np.full(len(reading.table), np.nan)
        result[held.rows] = np.where(open_end | ~held.numbered, np.nan, column)
        return result[rows]

    def cells(reading: Reading, rows: Rows) -> list[str]:
        if end is not None:
            ends = order(reading, rows).tolist()
            return [tr(NOT_STATED) if value != value else f"{value:,.15g}" for value in ends]  # noqa: PLR0124
        held = numbers(reading)
        at = np.searchsorted(held.rows, rows)
        return [_range_cell(held, int(i), int(row)) for i, row in zip(at, rows, strict=True)]

    return Column(key, heading, "text" if end is None else "number", shown, cells, order)


def _range_cell(held: Numbers, at: int, row: int) -> str:
    if at == len(held.rows) or held.rows[at] != row:
        return tr(NOT_STATED)
    value = held.single(at)
    return range_words(value) if value.stated else tr("some; number not stated")


def _claim_cells(words: Callable[[EventTable, int], str | None]) -> Callable[[Reading, Rows], list[str]]:
    """Return cells that join what each claim of an event says; words(table, claim) -> None for nothing."""

    def cells(reading: Reading, rows: Rows) -> list[str]:
        claims = reading.table.claims
        found = []
        for row in rows.tolist():
            at = claims.slice(row)
            said = (words(reading.table, claim) for claim in range(at.start, at.stop))
            found.append(_joined(word for word in said if word))
        return found

    return cells


def _attribution(table: EventTable, claim: int) -> str | None:
    name = int(table.claims.attribution[claim])
    return isolated(table.attributions[name]) if name >= 0 else None


def _attribution_order(reading: Reading, rows: Rows) -> Floats:
    claims = reading.table.claims
    keep = claims.attribution >= 0
    rank = np.append(_ranks(reading.table.attributions), np.nan)
    return _first(claims, keep, rank[claims.attribution], rows)


def _modality(table: EventTable, claim: int) -> str:
    return tr(MODALITY_WORDS[MODALITIES[int(table.claims.modality[claim])]])


def _modality_order(reading: Reading, rows: Rows) -> Floats:
    return _first(reading.table.claims, None, reading.table.claims.modality.astype(np.float64), rows)


def _document(table: EventTable, claim: int) -> str:
    return isolated(table.documents.titles[int(table.claims.document[claim])])


def _document_order(reading: Reading, rows: Rows) -> Floats:
    claims = reading.table.claims
    return _first(claims, None, _taken(_ranks(reading.table.documents.titles), claims.document), rows)


def _type_words(reading: Reading, rows: Rows) -> list[str]:
    table = reading.table
    pairs = zip(table.type[rows].tolist(), table.mode[rows].tolist(), strict=True)
    return [type_words(EVENT_TYPES[code], table.modes[mode] if mode else None) for code, mode in pairs]


def _type_order(reading: Reading, rows: Rows) -> Floats:
    table = reading.table
    keys = table.type[rows].astype(np.float64) * (len(table.modes) + 1) + table.mode[rows]
    return np.where(table.type[rows] == 0, np.nan, keys)


def _source_words(reading: Reading, rows: Rows) -> list[str]:
    table = reading.table
    pairs = zip(table.sources[rows].tolist(), table.source_count[rows].tolist(), strict=True)
    words = [(tr(SOURCES_WORDS[SOURCES[code]]), count) for code, count in pairs]
    return [f"{word} ({count})" if count > 1 else word for word, count in words]


def _source_order(reading: Reading, rows: Rows) -> Floats:
    sources, count = reading.table.sources[rows], reading.table.source_count[rows]
    return sources.astype(np.float64) * 1e6 + count


def _titles(reading: Reading, rows: Rows) -> list[str]:
    return [isolated(title) for title in reading.table.titles(rows)]


def _title_order(reading: Reading, rows: Rows) -> Floats:
    return _ranks(reading.table.titles(rows)) if len(rows) else np.empty(0)


def _ids(reading: Reading, rows: Rows) -> list[str]:
    return [reading.table.ids[row] for row in rows.tolist()]


def _id_order(_reading: Reading, rows: Rows) -> Floats:
    return rows.astype(np.float64)


def _tag_words(reading: Reading, rows: Rows) -> list[str]:
    tags, names = reading.table.tags, reading.table.tag_names
    return [_joined([isolated(names[tag]) for tag in tags.value[tags.slice(row)]]) for row in rows.tolist()]


def _tag_order(reading: Reading, rows: Rows) -> Floats:
    """Return the rank of the first tag of each event."""
    tags, names = reading.table.tags, reading.table.tag_names
    rank = _ranks(names)[tags.value] if names else np.empty(0)
    return _first(tags, None, rank, rows)


def _registry() -> Iterator[Column]:
    yield Column("when", "When", "text", True, _when, _when_order)
    yield Column("basis", "Dates from", "text", False, _whence, _whence_order)
    yield Column("headline", "Headline (coder's)", "text", True, _titles, _title_order)
    yield _people("who", "Did it", ("actor", "party"))
    yield _people("target", "Target / for", ("recipient", "beneficiary"))
    yield _people("suffered", "Suffered it", ("affected",))
    yield Column("where", "Where", "text", True, _place_cells, _place_order)
    yield _number("killed", "Killed", _killed, None, shown=True)
    yield _number("killed_low", "Killed, low", _killed, "low")
    yield _number("killed_best", "Killed, best", _killed, "best")
    yield _number("killed_high", "Killed, high", _killed, "high")
    yield _number("killed_civilians", "Killed, civilians", _civilians, None, shown=True)
    yield Column("according_to", "According to", "text", True, _claim_cells(_attribution), _attribution_order)
    yield Column("reported_as", "Reported as", "text", True, _claim_cells(_modality), _modality_order)
    yield Column("sources", "Sources", "text", True, _source_words, _source_order)
    yield _coded("status", "Status", lambda reading: reading.table.status, STATUSES, STATUS_WORDS)
    yield Column("classification", "Classification (coder's)", "text", True, _type_words, _type_order)
    yield _coded("kind", "Kind", lambda reading: reading.table.kind, KINDS, KIND_WORDS)
    yield _coded(
        "precision", "How exact", lambda reading: reading.times.precision, PRECISIONS, PRECISION_WORDS,
        missing=0, shown=False,
    )  # fmt: skip
    yield Column("phrase", "When, in its words", "text", False, _phrases, _when_order)
    yield _bound("earliest", "Earliest", "start_min", OPEN_PAST)
    yield _bound("latest", "Latest", "end_max", OPEN_FUTURE)
    yield Column("tags", "Tags", "text", False, _tag_words, _tag_order)
    yield Column("document", "Document", "text", False, _claim_cells(_document), _document_order)
    yield Column("id", "Id", "text", False, _ids, _id_order)


def _killed(reading: Reading) -> Numbers:
    return reading.killed


def _civilians(reading: Reading) -> Numbers:
    return reading.civilians


#: Every column of the Events table by key, in the order of display.
COLUMNS: Mapping[str, Column] = {column.key: column for column in _registry()}
