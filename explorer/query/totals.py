"""Sums that stay ranges: what is known of the dead, injured and displaced in a set of events (design §3a).

"At least 25" is low 25 and open above, and so is every sum that holds it. What is not in a sum is counted
and said: events that nobody reports as fact, episodes whose parts are counted, and quantities without a
number.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import (
    LINK_TYPES,
    MODALITIES,
    QUALIFIERS,
    QUANTITY_KINDS,
    Bytes,
    EventTable,
    Floats,
    Ints,
    Mask,
)
from explorer.frozen import frozen
from explorer.query.circles import REFERENCE
from explorer.words import tr

#: Kinds that count people, and so can be added up; forces, durations and others have units of their own.
SUMMED = ("fatalities", "injured", "casualties", "displaced", "detained")
_OPEN_ABOVE = tuple(QUALIFIERS.index(name) for name in ("at_least", "more_than"))
_OPEN_BELOW = tuple(QUALIFIERS.index(name) for name in ("at_most", "fewer_than"))
_MORE, _FEWER = QUALIFIERS.index("more_than"), QUALIFIERS.index("fewer_than")
_ABOUT = QUALIFIERS.index("about")
_ASSERTED = MODALITIES.index("asserted")


@frozen
class Range:
    """A number that is not known exactly, or a sum of such.

    at_least: open above (high is the sum of what is known of the upper ends, and no bound). at_most: nothing
    is said of the lower end of any part (low is then 0). best: None where no part has a best guess; parts
    without one give their low. count: how many events it sums. about: some part is "about n". odd: some part
    was published out of order (low > best or best > high) and is summed as printed. over: some part is "more
    than", so the sum is more than low; under: some part is "fewer than".
    """

    low: float
    best: float | None
    high: float
    at_least: bool = False
    at_most: bool = False
    count: int = 1
    about: bool = False
    odd: bool = False
    over: bool = False
    under: bool = False

    @property
    def stated(self) -> bool:
        """True where any number is given."""
        return self.count > 0


NO_RANGE = Range(0, None, 0, count=0)


def number_words(value: float) -> str:
    """Return a number as it is read: whole where it is whole, with thousands set apart."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.6g}"


def range_words(value: Range) -> str:
    """Return "≥ 25", "> 10", "≤ 40", "10–14 (best 12)", "about 5", "12" or "not stated"."""
    if not value.stated:
        return tr("not stated")
    low, high = number_words(value.low), number_words(value.high)
    best = None if value.best is None else number_words(value.best)
    if value.at_least:
        known = (tr("> {number}") if value.over else tr("≥ {number}")).format(number=low)
        inside = best if best != low else None
    elif value.low == value.high:
        known = tr("about {number}").format(number=low) if value.about else low
        inside = best if best != low else None
    elif value.at_most and value.low == 0:
        known, inside = (tr("< {number}") if value.under else tr("≤ {number}")).format(number=high), best
    else:
        known, inside = tr("{low}–{high}").format(low=low, high=high), best
        if value.about:
            known = tr("about {number}").format(number=known)
    return known if inside is None else tr("{range} (best {best})").format(range=known, best=inside)


@frozen(eq=False, slots=False)
class Numbers:
    """What each event says of one kind of quantity, as columns over the events that have any.

    rows: int32 (m,) ascending; low, best, high: float64 (m,), best NaN where none is given; the rest bool
    (m,). numbered: False where only "an unspecified number" is given.
    """

    rows: Ints
    low: Floats
    best: Floats
    high: Floats
    at_least: Mask
    at_most: Mask
    about: Mask
    odd: Mask
    over: Mask
    under: Mask
    numbered: Mask

    def single(self, at: int) -> Range:
        """Return the range of one of these events, by its place among them."""
        one = Numbers(**{name: getattr(self, name)[at : at + 1] for name in self.__dataclass_fields__})
        return one.total(np.ones(1, np.bool_))

    def total(self, chosen: Mask) -> Range:
        """Return the sum over the chosen of these events (bool (m,)), column by column as published."""
        kept = chosen & self.numbered
        count = int(np.count_nonzero(kept))
        if not count:
            return NO_RANGE
        best = self.best[kept]
        has_best = bool(np.any(~np.isnan(best)))
        return Range(
            low=float(self.low[kept].sum()),
            best=float(np.where(np.isnan(best), self.low[kept], best).sum()) if has_best else None,
            high=float(self.high[kept].sum()),
            at_least=bool(self.at_least[kept].any()),
            at_most=bool(self.at_most[kept].all()),
            count=count,
            about=bool(self.about[kept].any()),
            odd=bool(self.odd[kept].any()),
            over=bool(self.over[kept].any()),
            under=bool(self.under[kept].any()),
        )


def numbers_of(table: EventTable, kind: str, *, of: Mask | None = None, text_only: bool = False) -> Numbers:
    """Return what each event says of a kind of quantity (one of columns.QUANTITY_KINDS).

    Numbers that speak of one group only (`of`: the dead of one side) are parts of the total and not added to
    it; an event that gives only parts is known to hold at least the largest (they may overlap). With of (bool
    over actors) only the numbers of those groups count. Without reference values where text_only.
    """
    values = table.quantities
    kept = values.kind == QUANTITY_KINDS.index(kind)
    if text_only:
        kept &= values.basis != REFERENCE
    part = values.of >= 0
    if of is not None:
        kept &= part & np.append(of, False)[values.of]  # -1 reads the appended False
        part = np.bincount(values.row[kept], minlength=len(table))[values.row] > 1
    at = np.flatnonzero(kept)
    return _by_event(table, at, part[at])


@frozen(eq=False)
class _Ends:
    """Single quantities with their gaps filled: no NaN but in best, and where no number is given at all."""

    low: Floats
    best: Floats
    high: Floats
    above: Mask
    below: Mask


def _ends(low: Floats, best: Floats, high: Floats, qualifier: Bytes) -> _Ends:
    """Return what single quantities say of their ends.

    "At least" and its like are open above, "at most" and its like open below, unless both ends are given apart. One
    number alone is exact where it is the best guess, or where it is "about" n. Else a missing end is open.
    """
    nothing = np.isnan
    solo = np.where(nothing(best), np.where(nothing(low), high, low), best)
    apart = low < high  # False where either is missing
    up = np.isin(qualifier, _OPEN_ABOVE) & ~apart
    down = np.isin(qualifier, _OPEN_BELOW) & ~apart
    alone = nothing(low) & nothing(high) | (qualifier == _ABOUT) & nothing(best) & (
        nothing(low) | nothing(high)
    )
    point = alone & ~up & ~down
    below = down | nothing(low) & ~point & ~up
    above = up | nothing(high) & ~point & ~down
    start = np.where(nothing(low), solo, low)
    filled_low = np.where(below, 0.0, start)
    top = np.where(nothing(high), solo, high)
    filled_high = np.where(up, start, np.where(nothing(high), np.fmax(top, start), top))
    guess = np.where(point, solo, np.where(up & (best <= start) | down & (best >= top), np.nan, best))
    return _Ends(filled_low, guess, filled_high, above, below)


def _by_event(table: EventTable, at: NDArray[np.intp], part: Mask) -> Numbers:
    """Return the quantities at these places put together event by event; part: the number is of one group only."""
    values = table.quantities
    low, best, high, qualifier = values.low[at], values.best[at], values.high[at], values.qualifier[at]
    ends = _ends(low, best, high, qualifier)
    rows, inverse = np.unique(values.row[at], return_inverse=True)
    inverse = inverse.reshape(-1)
    numbered = ~(np.isnan(low) & np.isnan(best) & np.isnan(high))
    whole = numbered & ~part

    def total(column: Floats) -> Floats:
        return np.bincount(inverse[whole], weights=column[whole], minlength=len(rows)).astype(np.float64)

    def some(column: Mask) -> Mask:
        result: Mask = np.bincount(inverse[whole & column], minlength=len(rows)) > 0
        return result

    largest = np.zeros(len(rows))
    np.maximum.at(largest, inverse[numbered], ends.low[numbered])
    has_whole = some(whole)
    parts = ~has_whole & (largest > 0)
    guess = np.where(np.isnan(ends.best), ends.low, ends.best)
    return Numbers(
        rows=rows.astype(np.int32),
        low=np.where(parts, largest, total(ends.low)),
        best=np.where(some(~np.isnan(ends.best)), total(guess), np.nan),
        high=np.where(parts, largest, total(ends.high)),
        at_least=some(ends.above) | parts,
        at_most=has_whole & ~some(~ends.below),
        about=some(qualifier == _ABOUT),
        over=some(qualifier == _MORE),
        under=some(qualifier == _FEWER),
        odd=some((low > best) | (best > high) | (low > high)),
        numbered=has_whole | parts,
    )


def counted_below(table: EventTable, counted: Mask, *, text_only: bool = False) -> Mask:
    """Return bool (n,): events that contain, through any number of steps, an event of counted."""
    links = table.links
    kept = links.modality == _ASSERTED
    if text_only:
        kept &= links.basis != REFERENCE
    whole = kept & (links.type == LINK_TYPES.index("contains"))
    part = kept & (links.type == LINK_TYPES.index("part_of"))
    above = np.concatenate((links.source[whole], links.target[part]))
    below = np.concatenate((links.target[whole], links.source[part]))
    reached = np.zeros(len(counted), np.bool_)
    while True:
        fresh = above[(counted[below] | reached[below]) & ~reached[above]]
        if not len(fresh):
            return reached
        reached[fresh] = True


@frozen
class Sum:
    """A total of one kind, and what was left out of it.

    unnumbered: events with an unspecified number; hollow: events with a number that no claim reports as fact;
    containers: episodes with a number whose parts are in the sum instead.
    """

    kind: str
    range: Range
    unnumbered: int
    hollow: int
    containers: int


@frozen(eq=False, slots=False)
class Totals:
    """What a set of events adds up to, kind by kind, each summed when first asked for."""

    table: EventTable
    mask: Mask
    text_only: bool = False

    def of(self, kind: str) -> Sum:
        """Return the total of one of SUMMED; the range says "not stated" where no event gives a number."""
        numbers = kept_numbers(self.table, kind, text_only=self.text_only)
        return summed(self.table, numbers, self.mask, kind, text_only=self.text_only)

    @cached_property
    def sums(self) -> Mapping[str, Sum]:
        """Every kind of SUMMED that some event of the set speaks of, in that order."""
        all_sums = {kind: self.of(kind) for kind in SUMMED}
        return {
            kind: value
            for kind, value in all_sums.items()
            if value.range.count or value.unnumbered or value.hollow or value.containers
        }

    @cached_property
    def civilians_killed(self) -> Range:
        """The dead whom a source names as civilians."""
        numbers = civilian_deaths(self.table, text_only=self.text_only)
        return summed(self.table, numbers, self.mask, "fatalities", text_only=self.text_only).range


def kept_numbers(table: EventTable, kind: str, *, text_only: bool = False) -> Numbers:
    """Return numbers_of, made once for a table."""
    key = f"numbers {kind} {text_only}"
    if key not in table.derived:
        table.derived[key] = numbers_of(table, kind, text_only=text_only)
    numbers: Numbers = table.derived[key]
    return numbers


def civilian_deaths(table: EventTable, *, text_only: bool = False) -> Numbers:
    """Return the deaths that are coded as those of civilians (`of` such an actor), made once for a table."""
    key = f"civilian deaths {text_only}"
    if key not in table.derived:
        civilians = np.array([kind == "civilians" for kind in table.actors.kinds], np.bool_)
        table.derived[key] = numbers_of(table, "fatalities", of=civilians, text_only=text_only)
    numbers: Numbers = table.derived[key]
    return numbers


def summed(table: EventTable, numbers: Numbers, mask: Mask, kind: str, *, text_only: bool = False) -> Sum:
    """Return the sum of numbers over the events of mask by the rules of design §3a.

    Hollow events are out; an episode is out where one of its parts in mask is counted (containers are not
    added up with their parts).
    """
    rows = numbers.rows
    chosen = mask[rows]
    hollow = chosen & table.hollow[rows]
    factual = chosen & ~table.hollow[rows]
    container = np.zeros(len(rows), np.bool_)
    if len(table.links.ids):
        counted = np.zeros(len(table), np.bool_)
        counted[rows[factual & numbers.numbered]] = True
        container = factual & numbers.numbered & counted_below(table, counted, text_only=text_only)[rows]
    return Sum(
        kind=kind,
        range=numbers.total(factual & ~container),
        unnumbered=int(np.count_nonzero(factual & ~numbers.numbered)),
        hollow=int(np.count_nonzero(hollow & numbers.numbered)),
        containers=int(np.count_nonzero(container)),
    )


def sum_words(value: Sum) -> str:
    """Return a sum and all that is not in it: "≥ 25 (1 record; 2 not numbered)"."""
    notes = []
    if value.range.count:
        one = tr("1 record") if value.range.count == 1 else tr("{n} records").format(n=value.range.count)
        notes.append(one)
    if value.unnumbered:
        notes.append(tr("{n} not numbered").format(n=value.unnumbered))
    if value.hollow:
        notes.append(tr("{n} not reported as fact, left out").format(n=value.hollow))
    if value.containers:
        notes.append(tr("{n} counted by their parts").format(n=value.containers))
    if value.range.odd:
        notes.append(tr("some as published out of order"))
    words = range_words(value.range)
    return f"{words} ({'; '.join(notes)})" if notes else words
