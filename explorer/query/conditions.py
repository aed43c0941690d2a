"""Which events meet each condition of a filter on its own (design §3a): what masks and counts are made of."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

import numpy as np

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST, EventTable, Ints, Mask
from explorer.frozen import frozen
from explorer.model.times import parse_edtf
from explorer.query.circles import place_closure, possible_places
from explorer.query.filters import FACETS, NOT_STATED, Choice, Filter
from explorer.query.index import Index, index_of
from explorer.query.moving import undated_of, window_mask
from explorer.query.values import Many

Made = TypeVar("Made")
#: The test that values of a facet set, any of them: bool (n,).
Having = Callable[[Iterable[str]], Mask]
#: How many recent masks and counts an index keeps, so that a click computes only what changed.
RECENT = 48


def remembered(index: Index, key: Hashable, make: Callable[[], Made]) -> Made:
    """Return what make() gave for key lately, or make it; at most RECENT are kept."""
    if key in index.kept:
        index.kept[key] = index.kept.pop(key)
    else:
        index.kept[key] = make()
        if len(index.kept) > RECENT:
            index.kept.pop(next(iter(index.kept)))
    made: Made = index.kept[key]
    return made


def time_window(filter: Filter) -> tuple[int, int]:
    """Return (from, to) of the time filter in seconds UTC, OPEN_PAST and OPEN_FUTURE where not given.

    Raises EdtfError where either is not EDTF.
    """
    start = parse_edtf(filter.time_from).start_min if filter.time_from else OPEN_PAST
    end = parse_edtf(filter.time_to).end_max if filter.time_to else OPEN_FUTURE
    return start, end


def in_time(table: EventTable, filter: Filter) -> Mask:
    """Return the events possibly, or certainly, inside the time filter; undated ones if let in."""
    start, end = time_window(filter)
    dated = window_mask(table, start, end, certain=filter.time_certain, text_only=filter.text_only)
    return dated | undated_of(table, text_only=filter.text_only) if filter.undated else dated


def _combined(index: Index, choice: Choice, having: Having, included: Having) -> Mask:
    size = len(index.table)
    if not choice.include:
        mask = np.ones(size, np.bool_)
    elif choice.match == "any":
        mask = included(choice.include)
    else:
        mask = np.logical_and.reduce([included((value,)) for value in choice.include])
    return mask & ~having(choice.exclude) if choice.exclude else mask


def included_by(index: Index, name: str, filter: Filter) -> Having:
    """Return the test that chosen values of a facet set: having any of them, or one below it.

    For places, where the filter lets in what is possible, also being at a place that may lie in one.
    """
    facet = index.facet(name, filter)
    if name != "places" or not filter.possible_places:
        return facet.having
    assert isinstance(facet, Many)
    places: Many = facet
    closure = place_closure(index.table)

    def certain_or_possible(values: Iterable[str]) -> Mask:
        keys = set(places.keys_of(values))
        for value in values:
            place = index.table.location_of.get(value)
            keys |= set() if place is None else possible_places(index.table, place, closure)
        return places.having_keys(keys)

    return certain_or_possible


def in_facet(index: Index, name: str, filter: Filter) -> Mask:
    """Return the events that one facet lets through: any or all of the included values, none of the excluded.

    Exclude beats include, and excludes only what certainly has the value. The role switches speak of the
    facet as a whole: of what is included, excluded and "(not stated)".
    """
    facet = index.facet(name, filter)
    choice = filter.choice(name)
    key = (name, choice, filter.actor_role, filter.place_role, filter.possible_places)
    return remembered(
        index, key, lambda: _combined(index, choice, facet.having, included_by(index, name, filter))
    )


@frozen(eq=False, slots=False)
class Passes:
    """Which events meet each active condition; "time" and "text" stand beside the names of facets."""

    index: Index
    filter: Filter
    of: Mapping[str, Mask]

    def mask(self, *, but: str | None = None) -> Mask:
        """Return the events that meet all conditions, or all but one; a new array."""
        met = [passed for name, passed in self.of.items() if name != but]
        if not met:
            return np.ones(len(self.index.table), np.bool_)
        result = met[0].copy()
        for passed in met[1:]:
            result &= passed
        return result


def passes(table: EventTable, filter: Filter, text_rows: Ints | None = None) -> Passes:
    """Return what each active condition of filter lets through.

    text_rows: the rows that hold the words of filter.text (CaseFile.text_rows). Raises ValueError where the
    filter has a text and text_rows is missing, EdtfError where a time is not EDTF.
    """
    index = index_of(table, text_only=filter.text_only)
    met = {name: in_facet(index, name, filter) for name in FACETS if filter.choice(name).active}
    if filter.time_from or filter.time_to:
        met["time"] = in_time(table, filter)
    if filter.text.strip():
        if text_rows is None:
            raise ValueError(
                f"no rows given for the text {filter.text!r}; expected those of CaseFile.text_rows"
            )
        met["text"] = np.zeros(len(table), np.bool_)
        met["text"][text_rows] = True
    return Passes(index, filter, met)


def relaxed(filter: Filter) -> Filter | None:
    """Return the filter with possible places and times let in; None where that lets in nothing more."""
    wider = {}
    if filter.time_certain and (filter.time_from or filter.time_to):
        wider["time_certain"] = False
    if not filter.possible_places and any(value != NOT_STATED for value in filter.places.include):
        wider["possible_places"] = True
    return filter.changed(wider) if wider else None
