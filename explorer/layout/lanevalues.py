"""What lanes are made of: the actors, places, classifications or documents of each row, and what is below what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np

from explorer.casefile.columns import EVENT_TYPES, ROLES, Bytes, EventTable, Ints
from explorer.frozen import frozen
from explorer.query.circles import actor_ties
from explorer.words import type_words

LaneKind = Literal["actor", "place", "type", "document", "one"]

#: What a mark stands for in its lane; the smallest of several is shown. Only the first is ever the only full mark.
DOER, PARTY, RECIPIENT, BENEFICIARY, AFFECTED, PLAIN = range(6)
_TOUCH_OF_ROLE = np.array(
    [
        {"actor": DOER, "party": PARTY, "recipient": RECIPIENT, "beneficiary": BENEFICIARY}.get(r, AFFECTED)
        for r in ROLES
    ],
    np.uint8,
)
#: Above this many documents, document lanes become publishers or datasets (design §3a).
MANY_DOCUMENTS = 1000


@frozen(eq=False, slots=False)
class Tree:
    """Values with names that lanes are made of; parents: index -> indices directly above it."""

    ids: Sequence[str]
    names: Sequence[str]
    parents: Mapping[int, Sequence[int]]


@frozen(eq=False, slots=False)
class Values:
    """(value, row) pairs before they are put into lanes; rows without any are in "(not stated)"."""

    value: Ints
    row: Ints
    touch: Bytes
    basis: Bytes


def _actors(table: EventTable, text_only: bool) -> tuple[Tree, Values]:
    parents: dict[int, list[int]] = {}
    for child, above in actor_ties(table, text_only=text_only).tolist():
        if child != above and above not in parents.setdefault(child, []):
            parents[child].append(above)
    part = table.participations
    entries = Values(part.actor, part.row, _TOUCH_OF_ROLE[part.role], part.basis)
    return Tree(table.actors.ids, table.actors.names, parents), entries


def _places(table: EventTable, text_only: bool) -> tuple[Tree, Values]:
    del text_only
    parents = {i: (p,) for i, p in enumerate(table.locations.parent.tolist()) if p >= 0 and p != i}
    places = table.places
    entries = Values(places.location, places.row, np.full(len(places.row), PLAIN, np.uint8), places.basis)
    return Tree(table.locations.ids, table.locations.names, parents), entries


def _types(table: EventTable, text_only: bool) -> tuple[Tree, Values]:
    del text_only
    rows = np.flatnonzero(table.type).astype(np.int32)
    names = [type_words(code or None) for code in EVENT_TYPES]
    entries = _plain(table.type[rows].astype(np.int32), rows)
    return Tree(EVENT_TYPES, names, {}), entries


def _documents(table: EventTable, text_only: bool) -> tuple[Tree, Values]:
    del text_only
    documents, claims = table.documents, table.claims
    if len(documents.ids) <= MANY_DOCUMENTS:
        return Tree(documents.ids, documents.titles, {}), _plain(claims.document, claims.row)
    sources = [d or p for d, p in zip(documents.datasets, documents.publishers, strict=True)]
    names = sorted({name for name in sources if name})
    index = {name: i for i, name in enumerate(names)}
    of_document = np.array([index.get(name, -1) for name in sources], np.int32)
    value = of_document[claims.document]
    return Tree(names, names, {}), _plain(value[value >= 0], claims.row[value >= 0])


def _plain(value: Ints, row: Ints) -> Values:
    return Values(value, row, np.full(len(row), PLAIN, np.uint8), np.zeros(len(row), np.uint8))


#: How each kind of lane finds its values: (table, text_only) -> (tree, values).
SOURCES: Mapping[str, Callable[[EventTable, bool], tuple[Tree, Values]]] = {
    "actor": _actors,
    "place": _places,
    "type": _types,
    "document": _documents,
}
