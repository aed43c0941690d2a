"""The facets of a table, each made once on first use: with all values, or with only what the report says.

"(not stated)" means: actors, places: nobody, nowhere (in the role that the filter speaks of; where text_only, in the
text) · types, quads: not classified · basis, precision: no finite bound · publishers: a document that some claim is
from names none · according_to: some claim names nobody · documents, reported_as: no claim · tags: none · kinds,
sources, status: never, since each event has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import (
    BASES,
    EVENT_TYPES,
    KINDS,
    MODALITIES,
    PLACE_ROLES,
    PRECISIONS,
    ROLES,
    SOURCES,
    STATUSES,
    EventTable,
    Ints,
    Longs,
    Mask,
)
from explorer.casefile.texts import distinct_of, numbered
from explorer.frozen import frozen
from explorer.model.codebook import QUAD_CLASSES
from explorer.query.circles import REFERENCE, actor_closure, place_closure
from explorer.query.filters import NOT_STATED, Filter
from explorer.query.values import Coded, Codes, Many, dense, many

Facet = Coded | Many

#: Roles that each position of the role switch stands for (design §3a, Sets).
ROLE_SETS: Mapping[str, tuple[str, ...]] = {
    "any": ROLES,
    "actor": ("actor", "party"),
    "recipient": ("recipient", "beneficiary", "affected"),
}
PLACE_ROLE_SETS: Mapping[str, tuple[str, ...]] = {
    "any": PLACE_ROLES,
    **{role: (role,) for role in PLACE_ROLES},
}


def codes_of(codes: tuple[str, ...], names: Iterable[str]) -> frozenset[int]:
    """Return the codes of names."""
    return frozenset(codes.index(name) for name in names)


def _smallest(codes: NDArray[Any]) -> Codes:
    top = int(codes.max(initial=0))
    kind = np.uint8 if top < 256 else np.uint16 if top < 65536 else np.uint32
    result: Codes = codes.astype(kind, copy=False)
    return result


def _plain(codes: NDArray[Any], values: Iterable[str], missing: int | None = None) -> Coded:
    """Return the facet of a column of codes; missing is the code that means "(not stated)"."""
    groups = {value: (code,) for code, value in enumerate(values) if code != missing}
    return Coded(_smallest(codes), {**groups, NOT_STATED: () if missing is None else (missing,)})


def types_of(table: EventTable) -> tuple[Coded, Coded]:
    """Return the facets types ("TYPE" holds every "TYPE/mode") and quads over one shared column of codes."""
    width = len(table.modes) + 1
    both = table.type.astype(np.int64) * width + table.mode
    present, codes = dense(both, len(EVENT_TYPES) * width)
    types: dict[str, list[int]] = {}
    modes: dict[str, list[int]] = {}
    missing: list[int] = []
    for code, pair in enumerate(present.tolist()):
        event_type, mode = EVENT_TYPES[pair // width], pair % width
        if not event_type:
            missing.append(code)
            continue
        types.setdefault(event_type, []).append(code)
        if mode:
            modes[f"{event_type}/{table.modes[mode]}"] = [code]
    order = sorted({**types, **modes}, key=lambda value: (EVENT_TYPES.index(value.split("/")[0]), value))
    groups = {value: tuple(types.get(value) or modes[value]) for value in order}
    quads = {
        quad: tuple(c for name in names for c in types.get(name, ())) for quad, names in QUAD_CLASSES.items()
    }
    packed = _smallest(codes)
    return Coded(packed, {**groups, NOT_STATED: tuple(missing)}), Coded(
        packed, {**quads, NOT_STATED: tuple(missing)}
    )


def modalities_of(table: EventTable) -> Coded:
    """Return the facet of how events are reported, by some claim: each event's set of modalities as bits."""
    bits = np.zeros(len(table), np.uint8)
    for code in range(len(MODALITIES)):
        bits[table.claims.row[table.claims.modality == code]] |= np.uint8(1 << code)
    every = range(1 << len(MODALITIES))
    groups = {name: tuple(b for b in every if b >> code & 1) for code, name in enumerate(MODALITIES)}
    return Coded(bits, {**groups, NOT_STATED: (0,)})


def publishers_of(table: EventTable) -> Many:
    """Return the facet of publishers, by some claim; a document without one counts as "(not stated)"."""
    names = tuple(filter(None, distinct_of(table.documents.publishers)))
    key_of = {name: key for key, name in enumerate(names)}
    lookup = numbered(table.documents.publishers, key_of, len(names))
    return many(names, table.claims.row, lookup[table.claims.document], len(table))


def attributions_of(table: EventTable) -> Many:
    """Return the facet "according to": attributions of some claim or value.

    A claim without one counts as "(not stated)", though another claim of the same event may have one.
    """
    claims, values = table.claims, table.value_attributions
    none = len(table.attributions)
    keys = np.concatenate((np.where(claims.attribution < 0, none, claims.attribution), values.value))
    rows = np.concatenate((claims.row, values.row))
    return many(table.attributions, rows, keys.astype(np.int32), len(table))


@frozen(eq=False, slots=False)
class Composite:
    """All Coded facets of an index packed into one dense code, so that one pass counts them all."""

    codes: NDArray[np.intp]
    parts: Mapping[str, Ints]  # facet -> its own code for each composite code

    def histogram(self, mask: Mask, number: int) -> Longs:
        """Return int64 (k,): events of mask by composite code."""
        size = len(next(iter(self.parts.values())))
        return np.bincount(self.codes if number == len(mask) else self.codes[mask], minlength=size)

    def moved(self, entered: Ints, left: Ints) -> Longs:
        """Return int64 (k,): by how much the histogram changes as rows enter and leave."""
        size = len(next(iter(self.parts.values())))
        return np.bincount(self.codes[entered], minlength=size) - np.bincount(
            self.codes[left], minlength=size
        )

    def of_code(self, facet: str, histogram: Longs, size: int) -> Longs:
        """Return int64 (size,): the number of events by the facet's own code."""
        return np.bincount(self.parts[facet], weights=histogram, minlength=size).astype(np.int64)


@frozen(eq=False, slots=False)
class Index:
    """The facets of one table; where text_only, reference values take no part (design §4)."""

    table: EventTable
    text_only: bool
    made: dict[str, Facet] = field(default_factory=dict)
    kept: dict[Any, Any] = field(default_factory=dict)  # recent masks and counts, see conditions.remembered
    last: dict[str, tuple[Mask, Longs]] = field(
        default_factory=dict
    )  # what was counted last, see query.moving

    def facet(self, name: str, filter: Filter) -> Facet:
        """Return a facet of filters.FACETS; actors and places in the role that the filter speaks of."""
        role = {"actors": filter.actor_role, "places": filter.place_role}.get(name, "")
        key = f"{name}:{role}"
        if key not in self.made:
            self.made[key] = self._make(name, role)
        return self.made[key]

    def warm(self, name: str) -> None:
        """Make what choosing and counting values of a facet look up, in any thread; makes only what is missing."""
        facet = self.facet(name, Filter())
        if isinstance(facet, Many):
            facet.warm()
        else:
            _ = facet.values, facet.size, self.composite

    def _make(self, name: str, role: str) -> Facet:
        table = self.table
        match name:
            case "actors":
                return self._actors(role)
            case "places":
                return self._places(role)
            case "documents":
                return many(table.documents.ids, table.claims.row, table.claims.document, len(table))
            case "publishers":
                return publishers_of(table)
            case "according_to":
                return attributions_of(table)
            case "tags":
                return many(table.tag_names, table.tags.row, table.tags.value, len(table))
            case _:
                return self.coded[name]

    @cached_property
    def coded(self) -> Mapping[str, Coded]:
        """The facets with one code an event."""
        table, times = self.table, self.table.times(text_only=self.text_only)
        types, quads = types_of(table)
        basis = _plain(times.weakest, BASES, 0)
        strongest_first = {name: basis.groups[name] for name in (*reversed(BASES[1:]), NOT_STATED)}
        precision = _plain(times.precision, PRECISIONS, 0)
        return {
            "kinds": _plain(table.kind, KINDS),
            "types": types,
            "quads": quads,
            "basis": Coded(basis.codes, strongest_first),
            "precision": precision,
            "reported_as": modalities_of(table),
            "sources": _plain(table.sources, SOURCES),
            "status": _plain(table.status, STATUSES),
        }

    @cached_property
    def composite(self) -> Composite:
        """The Coded facets as one code."""
        columns = {name: facet.codes for name, facet in self.coded.items() if name != "quads"}
        packed, parts = np.zeros(len(self.table), np.intp), dict[str, Ints]()
        size = 1 if len(self.table) else 0
        for name, codes in columns.items():
            top = int(codes.max(initial=0)) + 1
            present, packed = dense(packed * top + codes, size * top)
            parts = {part: values[present // top] for part, values in parts.items()}
            parts[name] = (present % top).astype(np.int32)
            size = len(present)
        return Composite(packed, {**parts, "quads": parts["types"]})

    def _kept(
        self, basis: NDArray[np.uint8], roles: NDArray[np.uint8], chosen: frozenset[int]
    ) -> Mask | None:
        """Return which values take part by role and basis, or None where all do."""
        keep = np.isin(roles, list(chosen))
        if self.text_only:
            keep &= basis != REFERENCE
        return None if keep.all() else keep

    def _actors(self, role: str) -> Many:
        values = self.table.participations
        keep = self._kept(values.basis, values.role, codes_of(ROLES, ROLE_SETS[role]))
        closure = actor_closure(self.table, text_only=self.text_only)
        rows, keys = values.row, values.actor
        if keep is not None:
            rows, keys = rows[keep], keys[keep]
        return many(self.table.actors.ids, rows, keys, len(self.table), closure, self.table.merged)

    def _places(self, role: str) -> Many:
        values = self.table.places
        keep = self._kept(values.basis, values.role, codes_of(PLACE_ROLES, PLACE_ROLE_SETS[role]))
        rows, keys = values.row, values.location
        if keep is not None:
            rows, keys = rows[keep], keys[keep]
        return many(
            self.table.locations.ids,
            rows,
            keys,
            len(self.table),
            place_closure(self.table),
            self.table.merged,
        )


def index_of(table: EventTable, *, text_only: bool = False) -> Index:
    """Return the index of table, made on first use and kept as long as the table lives."""
    key = f"index {text_only}"
    if key not in table.derived:
        table.derived[key] = Index(table, text_only)
    index: Index = table.derived[key]
    return index
