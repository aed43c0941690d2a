"""Events put into groups: by day, week, month or year, or by a facet; with sums that stay ranges.

An event lies in a month only where all of its hull does: what is wider goes to a group of its own (no invented
precision, design §1). With many values an event is in many groups, so group counts need not add up; Groups says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Literal, cast, get_args

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import SOURCES, EventTable, Ints, Mask
from explorer.frozen import frozen
from explorer.query.describe import value_words
from explorer.query.filters import NOT_STATED, Filter
from explorer.query.folding import fold
from explorer.query.index import index_of
from explorer.query.periods import PERIODS, UNDATED, WIDE, Period, label_of, placed, value_of, wider_words
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

By = Literal[
    "day", "week", "month", "year", "place", "actor", "type", "document", "publisher", "kind", "status"
]
WAYS: tuple[By, ...] = get_args(By)
#: The group of events whose bounds reach over more than one day, week, month or year.
WIDER = "(wider)"
_FACETS: Mapping[str, str] = {
    "place": "places", "actor": "actors", "type": "types", "document": "documents", "publisher": "publishers",
    "kind": "kinds", "status": "status",
}  # fmt: skip
_ONE = SOURCES.index("one")


@frozen(eq=False, slots=False)
class Group:
    """value: a day, week, month or year, an id, a code, WIDER or "(not stated)"; label: its words; rows: ascending.

    summaries: how many of the records are sums of several incidents; single: how many rest on one source; reaching:
    how many reach beyond the period that they are counted in (only where they are counted by their first day).
    """

    value: str
    label: str
    rows: Ints
    summaries: int
    single: int
    reaching: int
    _sums: tuple[_Sums, _Sums]
    _place: int

    @property
    def count(self) -> int:
        """How many records are in the group."""
        return len(self.rows)

    @cached_property
    def killed(self) -> Sum:
        """The dead of the group, low, best and high as published."""
        return self._sums[0].of(self._place, self.rows)

    @cached_property
    def civilians(self) -> Range:
        """The dead whom a source names as civilians."""
        return self._sums[1].of(self._place, self.rows).range


@frozen(eq=False, slots=False)
class Groups:
    """The groups in order, and how many events are in more than one of them."""

    by: By
    groups: tuple[Group, ...]
    repeated: int
    by_first: bool = False

    def note(self) -> str | None:
        """Return why the counts add up to more than the records, or how they are made; None where all is plain."""
        reaching = sum(group.reaching for group in self.groups)
        if reaching:
            return tr("Counted by their first day, as published: {n} reach beyond their group").format(
                n=reaching
            )
        if not self.repeated:
            return None
        if self.repeated == 1:
            return tr("1 record is in more than one group")
        return tr("{n} records are in more than one group").format(n=self.repeated)


@frozen(eq=False, slots=False)
class _Pairs:
    """Which group each row is in: distinct (key, row), sorted by key and then by row.

    value and label: from a key to the group's value, and from that to its words.
    """

    keys: NDArray[np.integer[Any]]
    rows: Ints
    value: Callable[[int], str]
    label: Callable[[int], str]


def group_by(
    table: EventTable, mask: Mask, by: By, *, text_only: bool = False, by_first: bool = False
) -> Groups:
    """Return the events of mask in groups; with by_first what is wider than a period is in that of its first day.

    Periods come in their order, other groups by size and then by name; "(not stated)" is last. Actors are
    folded into their top-level actors, as in the lanes of the timeline; places are those that the records name.
    """
    pairs = (
        _periods(table, mask, by, text_only, by_first)
        if by in PERIODS
        else _facet(table, mask, by, text_only)
    )
    keys, rows = pairs.keys, pairs.rows
    starts = np.flatnonzero(_changed(keys))
    ends = np.append(starts[1:], len(rows))
    place = np.repeat(np.arange(len(starts)), ends - starts)
    killed = _Sums(table, kept_numbers(table, "fatalities", text_only=text_only), place, rows, text_only)
    civilians = _Sums(table, civilian_deaths(table, text_only=text_only), place, rows, text_only)
    summaries = np.bincount(place[table.aggregate[rows]], minlength=len(starts)).tolist()
    single = np.bincount(place[table.sources[rows] == _ONE], minlength=len(starts)).tolist()
    reaching = np.zeros(len(starts), np.int64)
    if by_first and by in PERIODS:
        whole = placed(table, rows, by, text_only=text_only)
        reaching = np.bincount(place[(whole == WIDE) & (keys != WIDE)], minlength=len(starts))
    cuts = zip(keys[starts].tolist(), starts.tolist(), ends.tolist(), strict=True)
    groups = [
        Group(
            pairs.value(key), pairs.label(key), rows[start:end], summaries[number], single[number],
            int(reaching[number]), (killed, civilians), number,
        )
        for number, (key, start, end) in enumerate(cuts)
    ]  # fmt: skip
    if by not in PERIODS:
        groups.sort(key=lambda group: (group.value == NOT_STATED, -group.count, group.label.casefold()))
    repeated = int(np.count_nonzero(np.bincount(rows, minlength=1) > 1))
    return Groups(by, tuple(groups), repeated, by_first)


def _changed(keys: NDArray[np.integer[Any]]) -> Mask:
    """Return True where a sorted key differs from the one before."""
    changed = np.ones(len(keys), np.bool_)
    changed[1:] = keys[1:] != keys[:-1]
    return changed


def _paired(keys: NDArray[np.integer[Any]], rows: Ints) -> tuple[NDArray[np.int64], Ints]:
    """Return the distinct (key, row) pairs sorted by key, then row; keys are from 0 to 2^31."""
    both = keys.astype(np.int64) << 32 | rows
    both.sort()
    both = both[_changed(both)]
    return both >> 32, (both & 0xFFFFFFFF).astype(np.int32)


def _periods(table: EventTable, mask: Mask, by: By, text_only: bool, by_first: bool) -> _Pairs:
    """Return each row with the one period that holds all of it, WIDER, or "(not stated)" where undated."""
    period = cast("Period", by)
    rows = np.flatnonzero(mask).astype(np.int32)
    keys = placed(table, rows, period, text_only=text_only, by_first=by_first)
    order = np.argsort(keys, kind="stable")

    def value(key: int) -> str:
        return {WIDE: WIDER, UNDATED: NOT_STATED}.get(key) or value_of(key, period)

    def label(key: int) -> str:
        return {WIDE: wider_words(period), UNDATED: tr("no date")}.get(key) or label_of(key, period)

    return _Pairs(keys[order], rows[order], value, label)


def _facet(table: EventTable, mask: Mask, by: By, text_only: bool) -> _Pairs:
    name = _FACETS[by]
    facet = index_of(table, text_only=text_only).facet(name, Filter())
    values = facet.values

    def label(key: int) -> str:
        value = values[key]
        return tr("not stated") if value == NOT_STATED else isolated(value_words(name, value, table))

    keys, rows = _coded_pairs(facet, mask) if isinstance(facet, Coded) else _pairs_in(facet, mask)
    if by == "actor":
        assert isinstance(facet, Many)
        keys = np.append(fold(table, text_only=text_only), len(facet.ids))[keys]
    return _Pairs(*_paired(keys, rows), values.__getitem__, label)


def _pairs_in(facet: Many, mask: Mask) -> tuple[NDArray[np.integer[Any]], Ints]:
    inside = np.repeat(mask, facet.lengths)
    return facet.keys[inside], facet.rows[inside]


def _coded_pairs(facet: Coded, mask: Mask) -> tuple[NDArray[np.integer[Any]], Ints]:
    """Return each row with its most special value: "ASSAULT/aerial", not "ASSAULT"."""
    own = np.zeros(facet.size, np.int64)
    fewest = np.full(facet.size, len(facet.codes) + facet.size + 1)
    for number, codes in enumerate(facet.groups.values()):
        better = [code for code in codes if len(codes) <= fewest[code]]
        own[better], fewest[better] = number, len(codes)
    rows = np.flatnonzero(mask).astype(np.int32)
    return own[facet.codes[rows]], rows


class _Sums:
    """The sums of one kind of number over all groups at once; words are made only for the groups that are read."""

    def __init__(
        self, table: EventTable, numbers: Numbers, place: NDArray[np.intp], rows: Ints, text_only: bool
    ) -> None:
        self._table, self._numbers, self._text_only = table, numbers, text_only
        size = int(place[-1]) + 1 if len(place) else 0
        index = np.full(len(table), -1, np.int32)
        index[numbers.rows] = np.arange(len(numbers.rows), dtype=np.int32)
        at = index[rows]
        held = np.flatnonzero(at >= 0)
        group, at, row = place[held], at[held], rows[held]
        hollow, numbered = table.hollow[row], numbers.numbered[at]
        kept = numbered & ~hollow
        self._ranges = _Ranges(numbers, group[kept], at[kept], size)
        self._unnumbered = np.bincount(group[~numbered & ~hollow], minlength=size)
        self._hollow = np.bincount(group[numbered & hollow], minlength=size)
        self._nested: frozenset[int] = frozenset()
        if len(table.links.ids):
            counted = np.zeros(len(table), np.bool_)
            counted[row[kept]] = True
            above = counted_below(table, counted, text_only=text_only)
            self._nested = frozenset(group[kept & above[row]].tolist())

    def of(self, place: int, rows: Ints) -> Sum:
        """Return the sum of one group; only one with a container of something counted is summed by itself."""
        if place in self._nested:
            inside = np.zeros(len(self._table), np.bool_)
            inside[rows] = True
            return summed(self._table, self._numbers, inside, "fatalities", text_only=self._text_only)
        unnumbered, hollow = int(self._unnumbered[place]), int(self._hollow[place])
        return Sum("fatalities", self._ranges.of(place), unnumbered, hollow, 0)


class _Ranges:
    """Columns of sums, a place for each group."""

    def __init__(
        self, numbers: Numbers, group: NDArray[np.intp], at: NDArray[np.integer[Any]], size: int
    ) -> None:
        def total(column: NDArray[Any]) -> NDArray[np.float64]:
            return np.bincount(group, weights=column[at], minlength=size).astype(np.float64)

        def some(column: Mask) -> NDArray[np.intp]:
            return np.bincount(group[column[at]], minlength=size)

        guesses = ~np.isnan(numbers.best)
        self._count = np.bincount(group, minlength=size)
        self._low, self._high, self._guessed = total(numbers.low), total(numbers.high), some(guesses)
        self._best = total(np.where(guesses, numbers.best, numbers.low))
        self._some = {name: some(getattr(numbers, name)) for name in _FLAGS}

    def of(self, place: int) -> Range:
        """Return the range of one group."""
        count = int(self._count[place])
        if not count:
            return NO_RANGE
        flags = {name: bool(found[place]) for name, found in self._some.items()}
        flags["at_most"] = bool(self._some["at_most"][place] == count)
        best = float(self._best[place]) if self._guessed[place] else None
        return Range(float(self._low[place]), best, float(self._high[place]), count=count, **flags)


_FLAGS = ("at_least", "at_most", "about", "odd", "over", "under")
