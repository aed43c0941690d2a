"""What a selection stands for in a table: its events, actors and relations (design §2)."""

from __future__ import annotations

import numpy as np

from explorer.casefile.columns import EventTable, Ints, Mask
from explorer.query.circles import actor_circle
from explorer.query.filters import Choice, Filter
from explorer.query.index import index_of
from explorer.query.masks import mask
from explorer.query.selection import Brushed, Nothing, Picked, Selection
from explorer.query.values import Many

_FACET_OF = {"act": "actors", "loc": "places", "doc": "documents"}


def _prefix(record_id: str) -> str:
    return record_id.partition("-")[0]


def _picked_mask(ids: frozenset[str], table: EventTable, text_only: bool) -> Mask:
    result = np.zeros(len(table), np.bool_)
    index = index_of(table, text_only=text_only)
    everything = Filter()
    for record_id in ids:
        prefix = _prefix(record_id)
        if prefix == "evt" and record_id in table.row_of:
            result[table.row_of[record_id]] = True
        elif prefix in _FACET_OF:
            facet = index.facet(_FACET_OF[prefix], everything)
            assert isinstance(facet, Many)
            result |= facet.having((record_id,))
        elif prefix == "lnk" and record_id in table.link_of:
            at = table.link_of[record_id]
            result[[table.links.source[at], table.links.target[at]]] = True
    return result


def event_mask(
    selection: Selection, table: EventTable, text_rows: Ints | None = None, *, text_only: bool = False
) -> Mask:
    """Return bool (n,): the events that a selection stands for.

    An actor stands for the events in which it or a member of its circle takes part, in any role; a place for
    those at it or below; a document for those it speaks of; a link for its two events; a relation for none
    (it is a tie between two actors, not an event). Ids that the table does not know stand for nothing.
    """
    match selection:
        case Picked(ids):
            return _picked_mask(ids, table, text_only)
        case Brushed(predicate):
            return mask(table, predicate, text_rows)
        case Nothing():
            return np.zeros(len(table), np.bool_)


def relation_ids(selection: Selection, table: EventTable) -> frozenset[str]:
    """Return the relations that a selection picks."""
    if not isinstance(selection, Picked):
        return frozenset()
    return frozenset(record_id for record_id in selection.ids if record_id in table.relation_of)


def actor_ids(selection: Selection, table: EventTable, *, text_only: bool = False) -> frozenset[str]:
    """Return the actors that a selection picks, those of its relations, and those a brush is about.

    An actor stands for its circle, as in a filter; a picked event does not select its actors.
    """
    match selection:
        case Picked(ids):
            chosen = {record_id for record_id in ids if _prefix(record_id) == "act"}
            ends = [table.relation_of[record_id] for record_id in relation_ids(selection, table)]
            tied = {table.actors.ids[int(side[at])] for at in ends for side in _sides(table)}
        case Brushed(predicate):
            chosen, tied = set(predicate.actors.include), set()
        case Nothing():
            return frozenset()
    circles = (actor_circle(table, actor_id, text_only) for actor_id in chosen)
    return frozenset(tied | {table.actors.ids[actor] for circle in circles for actor in circle})


def _sides(table: EventTable) -> tuple[Ints, Ints]:
    return table.relations.source, table.relations.target


def record_ids(
    selection: Selection, table: EventTable, text_rows: Ints | None = None, *, text_only: bool = False
) -> frozenset[str]:
    """Return the ids of every record that a selection stands for: what is picked, and the events it means."""
    rows = np.flatnonzero(event_mask(selection, table, text_rows, text_only=text_only))
    events = set(table.ids_of(rows))
    picked = selection.ids if isinstance(selection, Picked) else frozenset()
    return frozenset(events | picked | actor_ids(selection, table, text_only=text_only))


def picked_as_filter(selection: Selection, filter: Filter) -> Filter:
    """Return filter narrowed to the actors, places and documents that a selection picks."""
    if isinstance(selection, Brushed):
        return selection.filter
    if isinstance(selection, Picked):
        for prefix, facet in _FACET_OF.items():
            chosen = tuple(sorted(record_id for record_id in selection.ids if _prefix(record_id) == prefix))
            if chosen:
                filter = filter.with_choice(facet, Choice(include=chosen))
    return filter
