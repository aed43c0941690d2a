"""Events put into groups by month, year, place, actor, classification or document, with sums that stay ranges.

An event lies in a month only where all of its hull does: what is wider goes to a group of its own (no invented
precision, design §1). With many values an event is in many groups, so group counts need not add up; Groups says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST, EventTable, Ints, Mask
from explorer.model.calendar import DAY, date_of
from explorer.model.times import date_words
from explorer.query.describe import value_words
from explorer.query.filters import NOT_STATED, Filter
from explorer.query.folding import fold
from explorer.query.index import index_of
from explorer.query.totals import (
    NO_RANGE,
    Numbers,
    Range,
    Sum,
    civilian_deaths,
    counted_below,
    kept_numbers,
    summed,
)
from explorer.query.values import Coded, Many
from explorer.words import isolated, tr

By = Literal["month", "year", "place", "actor", "type", "document", "publisher", "kind", "status"]
WAYS: tuple[By, ...] = get_args(By)
#: The group of events whose bounds reach over more than one month or year.
WIDER = "(wider)"
_FACETS: Mapping[str, str] = {
    "place": "places", "actor": "actors", "type": "types", "document": "documents", "publisher": "publishers",
    "kind": "kinds", "status": "status",
}  # fmt: skip
_MONTHS = 12


@dataclass(frozen=True, eq=False)
class Group:
    """value: a month or year, an id, a code, WIDER or "(not stated)"; label: its words; rows: ascending."""

    value: str
    label: str
    rows: Ints
    killed: Sum
    civilians: Range

    @property
    def count(self) -> int:
        """How many records are in the group."""
        return len(self.rows)


@dataclass(frozen=True, eq=False)
class Groups:
    """The groups in order, and how many events are in more than one of them."""

    by: By
    groups: tuple[Group, ...]
    repeated: int

    def note(self) -> str | None:
        """Return why the counts add up to more than the records, None where they do not."""
        if not self.repeated:
            return None
        if self.repeated == 1:
            return tr("1 record is in more than one group")
        return tr("{n} records are in more than one group").format(n=self.repeated)


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Which group (a key into values) each row is in; rows may come more than once."""

    keys: NDArray[np.integer[Any]]
    rows: Ints
    values: tuple[str, ...]
    label: Callable[[str], str]


def group_by(table: EventTable, mask: Mask, by: By, *, text_only: bool = False) -> Groups:
    """Return the events of mask in groups.

    Months and years come in their order, other groups by size and then by name; "(not stated)" is last. Actors are
    folded into their top-level actors, as in the lanes of the timeline; places are those that the records name.
    """
    pairs = (
        _periods(table, mask, by, text_only)
        if by in ("month", "year")
        else _facet(table, mask, by, text_only)
    )
    order = np.lexsort((pairs.rows, pairs.keys))
    keys, rows = pairs.keys[order], pairs.rows[order]
    present, start = np.unique(keys, return_index=True)
    parts = np.split(rows, start[1:]) if len(present) else []
    place = np.repeat(np.arange(len(present)), np.diff(np.append(start, len(rows))))
    killed = _sums(
        table, kept_numbers(table, "fatalities", text_only=text_only), place, rows, parts, text_only
    )
    civilians = _sums(table, civilian_deaths(table, text_only=text_only), place, rows, parts, text_only)
    groups = []
    for number, (key, part) in enumerate(zip(present.tolist(), parts, strict=True)):
        value = pairs.values[key]
        groups.append(Group(value, pairs.label(value), part, killed[number], civilians[number].range))
    if by not in ("month", "year"):
        groups.sort(key=lambda group: (group.value == NOT_STATED, -group.count, group.label.casefold()))
    repeated = int(np.count_nonzero(np.bincount(rows, minlength=1) > 1))
    return Groups(by, tuple(groups), repeated)


def _periods(table: EventTable, mask: Mask, by: By, text_only: bool) -> _Pairs:
    """Return each row with the one month or year that holds all of it, WIDER, or "(not stated)" where undated."""
    times = table.times(text_only=text_only)
    rows = np.flatnonzero(mask).astype(np.int32)
    start, end = times.start_min[rows], times.end_max[rows]
    closed = (start != OPEN_PAST) & (end != OPEN_FUTURE)
    first, last = _period(start, closed, by), _period(end, closed, by)
    inside = closed & (first == last)
    found, inverse = np.unique(first[inside], return_inverse=True)
    keys = np.full(len(rows), len(found), np.int64)
    keys[inside] = inverse.reshape(-1)
    keys[times.undated[rows]] = len(found) + 1
    width = _MONTHS if by == "month" else 1
    values = (*(_period_value(number, width) for number in found.tolist()), WIDER, NOT_STATED)
    return _Pairs(keys, rows, values, _period_label(by))


def _period(seconds: NDArray[np.int64], closed: Mask, by: By) -> NDArray[np.int64]:
    days, inverse = np.unique(np.where(closed, seconds, 0) // DAY, return_inverse=True)
    dates = [date_of(day) for day in days.tolist()]
    numbers = [year * _MONTHS + month - 1 if by == "month" else year for year, month, _ in dates]
    return np.array(numbers, np.int64)[inverse.reshape(-1)]


def _period_value(number: int, width: int) -> str:
    year = number // width
    text = f"-{-year:04d}" if year < 0 else f"{year:04d}"
    return text if width == 1 else f"{text}-{number % width + 1:02d}"


def _period_label(by: By) -> Callable[[str], str]:
    def label(value: str) -> str:
        if value == NOT_STATED:
            return tr("no date")
        if value == WIDER:
            return (
                tr("longer than a month, or not known to the month")
                if by == "month"
                else tr("longer than a year, or not known to the year")
            )
        year, month = (value.rsplit("-", 1)[0], value.rsplit("-", 1)[1]) if by == "month" else (value, "0")
        return date_words((int(year), int(month), 0))

    return label


def _facet(table: EventTable, mask: Mask, by: By, text_only: bool) -> _Pairs:
    name = _FACETS[by]
    facet = index_of(table, text_only=text_only).facet(name, Filter())

    def label(value: str) -> str:
        return tr("not stated") if value == NOT_STATED else isolated(value_words(name, value, table))

    if isinstance(facet, Coded):
        return _coded_pairs(facet, mask, label)
    keys, rows = _pairs_in(facet, mask)
    if by == "actor":
        keys = np.append(fold(table, text_only=text_only), len(facet.ids))[keys]
    both = np.unique(keys.astype(np.int64) << 32 | rows)
    return _Pairs(both >> 32, (both & 0xFFFFFFFF).astype(np.int32), facet.values, label)


def _pairs_in(facet: Many, mask: Mask) -> tuple[Ints, Ints]:
    inside = np.repeat(mask, facet.lengths)
    return facet.keys[inside], facet.rows[inside]


def _coded_pairs(facet: Coded, mask: Mask, label: Callable[[str], str]) -> _Pairs:
    """Return each row with its most special value: "ASSAULT/aerial", not "ASSAULT"."""
    own = np.zeros(facet.size, np.int64)
    fewest = np.full(facet.size, len(facet.codes) + facet.size + 1)
    for number, codes in enumerate(facet.groups.values()):
        better = [code for code in codes if len(codes) <= fewest[code]]
        own[better], fewest[better] = number, len(codes)
    rows = np.flatnonzero(mask).astype(np.int32)
    return _Pairs(own[facet.codes[rows]], rows, facet.values, label)


def _sums(
    table: EventTable,
    numbers: Numbers,
    place: NDArray[np.intp],
    rows: Ints,
    parts: list[Ints],
    text_only: bool,
) -> list[Sum]:
    """Return the sum of each group; only groups with a container of something counted are summed one by one."""
    index = np.full(len(table), -1, np.int64)
    index[numbers.rows] = np.arange(len(numbers.rows))
    held = index[rows] >= 0
    group, at, row = place[held], index[rows[held]], rows[held]
    hollow, numbered = table.hollow[row], numbers.numbered[at]
    kept = numbered & ~hollow
    counted = np.zeros(len(table), np.bool_)
    counted[row[kept]] = True
    above = counted_below(table, counted, text_only=text_only) if len(table.links.ids) else counted & False
    ranges = _ranges(numbers, group[kept], at[kept], len(parts))
    unnumbered = np.bincount(group[~numbered & ~hollow], minlength=len(parts))
    hollows = np.bincount(group[numbered & hollow], minlength=len(parts))
    result = [
        Sum("fatalities", ranges[number], int(unnumbered[number]), int(hollows[number]), 0)
        for number in range(len(parts))
    ]
    for number in np.unique(group[kept & above[row]]).tolist():
        inside = np.zeros(len(table), np.bool_)
        inside[parts[number]] = True
        result[number] = summed(table, numbers, inside, "fatalities", text_only=text_only)
    return result


def _ranges(numbers: Numbers, group: NDArray[np.intp], at: NDArray[np.int64], size: int) -> list[Range]:
    def total(column: NDArray[Any]) -> NDArray[np.float64]:
        return np.bincount(group, weights=column[at], minlength=size).astype(np.float64)

    count = np.bincount(group, minlength=size)
    guesses = ~np.isnan(numbers.best)
    low, high, guessed = total(numbers.low), total(numbers.high), total(guesses) > 0
    best = total(np.where(guesses, numbers.best, numbers.low))
    some = {name: total(getattr(numbers, name)) for name in ("at_least", "at_most", "about", "odd", "over", "under")}
    return [
        Range(
            low=float(low[g]),
            best=float(best[g]) if guessed[g] else None,
            high=float(high[g]),
            at_least=bool(some["at_least"][g]),
            at_most=bool(some["at_most"][g] == count[g]),
            count=int(count[g]),
            about=bool(some["about"][g]),
            odd=bool(some["odd"][g]),
            over=bool(some["over"][g]),
            under=bool(some["under"][g]),
        )
        if count[g]
        else NO_RANGE
        for g in range(size)
    ]
