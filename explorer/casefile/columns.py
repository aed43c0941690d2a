"""The shape of a case in memory: numpy columns and CSR postings, one row an event (design §2).

Everything above the case file that filters, counts or draws works on these columns and never on pydantic objects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.distinct import distinct
from explorer.casefile.redirects import redirected
from explorer.casefile.texts import Texts, rows_of
from explorer.frozen import frozen
from explorer.model.codebook import TYPES
from explorer.model.times import OPEN_FUTURE as OPEN_FUTURE
from explorer.model.times import OPEN_PAST as OPEN_PAST
from explorer.model.vocabulary import BASES as BASES
from explorer.model.vocabulary import (
    LinkType,
    Modality,
    PlaceRole,
    Polarity,
    Qualifier,
    QuantityKind,
    RelationType,
    Role,
    Status,
)

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

#: Codes: the position in these tuples is the value in the column.
KINDS = ("happened", "ongoing", "situation", "expected")
ROLES: tuple[str, ...] = get_args(Role)
PLACE_ROLES: tuple[str, ...] = get_args(PlaceRole)
MODALITIES: tuple[str, ...] = get_args(Modality)
QUANTITY_KINDS: tuple[str, ...] = get_args(QuantityKind)
QUALIFIERS: tuple[str, ...] = get_args(Qualifier)
STATUSES: tuple[str, ...] = get_args(Status)
EVENT_TYPES = ("", *TYPES)  # 0 = not classified
HUES = ("none", "force", "threat", "talk", "civil", "armed")
SOURCES = ("one", "several", "differ")
PRECISIONS = ("unknown", "day", "days", "week", "month", "year", "longer", "open")
RELATION_TYPES: tuple[str, ...] = get_args(RelationType)
POLARITIES: tuple[str, ...] = get_args(Polarity)
LINK_TYPES: tuple[str, ...] = get_args(LinkType)


@frozen(eq=False)
class TimeColumns:
    """The four bounds of every event: int64 seconds UTC, open ones as OPEN_PAST/OPEN_FUTURE.

    basis: uint8 (n, 4) codes of BASES for start_min, start_max, end_min, end_max; 0 where the bound is open.
    approx: bool (n, 4). precision: uint8 codes of PRECISIONS for the hull. derived: bool (n, 4), True where the bound
    follows from what is said of another record. contested: bool (n,), what is said of the time contradicts other facts.
    """

    start_min: Longs
    start_max: Longs
    end_min: Longs
    end_max: Longs
    basis: Bytes
    approx: Mask
    precision: Bytes
    derived: Mask
    contested: Mask

    @property
    def undated(self) -> Mask:
        """True where no bound at all is finite: the undated lane."""
        open_all: Mask = (
            (self.start_min == OPEN_PAST)
            & (self.end_max == OPEN_FUTURE)
            & (self.start_max == OPEN_FUTURE)
            & (self.end_min == OPEN_PAST)
        )
        return open_all

    @property
    def weakest(self) -> Bytes:
        """The weakest basis over the finite bounds of each event (code of BASES), 0 where none is finite."""
        filled = np.where(self.basis == 0, 255, self.basis).min(axis=1)
        return np.where(filled == 255, 0, filled).astype(np.uint8)


@frozen(eq=False)
class Postings:
    """CSR: the rows that hold each key; rows[offsets[key]:offsets[key + 1]], ascending."""

    offsets: Longs
    rows: Ints

    def of(self, key: int) -> Ints:
        """Return the ascending event rows of key."""
        return self.rows[self.offsets[key] : self.offsets[key + 1]]


@frozen(eq=False, slots=False)
class Ragged:
    """Values of events in event order: those of row i are at offsets[i]:offsets[i + 1] (offsets int64 of n + 1)."""

    offsets: Longs

    @cached_property
    def row(self) -> Ints:
        """The event row of each value."""
        return np.repeat(np.arange(len(self.offsets) - 1, dtype=np.int32), np.diff(self.offsets))

    def slice(self, row: int) -> slice:
        """Return where the values of one event lie."""
        return slice(int(self.offsets[row]), int(self.offsets[row + 1]))


@frozen(eq=False, slots=False)
class Participations(Ragged):
    """actor: index into table.actors; role: code of ROLES; basis: code of BASES."""

    actor: Ints
    role: Bytes
    basis: Bytes


@frozen(eq=False, slots=False)
class Places(Ragged):
    """location: index into table.locations; role: code of PLACE_ROLES; basis: BASES; precision: 0 = not given."""

    location: Ints
    role: Bytes
    basis: Bytes
    precision: Bytes


@frozen(eq=False, slots=False)
class Quantities(Ragged):
    """kind, qualifier: codes; low, best, high: float64, NaN = not given; of: actor index or -1; basis: BASES."""

    kind: Bytes
    qualifier: Bytes
    low: Floats
    best: Floats
    high: Floats
    of: Ints
    basis: Bytes


@frozen(eq=False, slots=False)
class Claims(Ragged):
    """document: index into table.documents; modality: code of MODALITIES.

    attribution: index into table.attributions, -1 = none given.
    """

    document: Ints
    modality: Bytes
    attribution: Ints


@frozen(eq=False, slots=False)
class Labels(Ragged):
    """value: index into a list of strings of the table (tags, attributions of single values)."""

    value: Ints


@frozen(eq=False)
class ActorColumns:
    """All actors. part_of and leads: int32 (m, 2) of (source, target) actor indices, asserted relations only.

    part_of_basis / leads_basis: uint8 (m,) codes of BASES.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]
    sides: tuple[str, ...]  # "" = no camp given
    part_of: Ints
    part_of_basis: Bytes
    leads: Ints
    leads_basis: Bytes


@frozen(eq=False)
class LocationColumns:
    """All locations. parent: index or -1. undelimited: a region without a point (design §3a)."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]
    parent: Ints
    undelimited: Mask


@frozen(eq=False)
class DocumentColumns:
    """All documents. publishers: "" = not stated. datasets: dataset id or ""."""

    ids: Sequence[str]
    titles: Sequence[str]
    publishers: Sequence[str]
    datasets: Sequence[str]


@frozen(eq=False)
class RelationColumns:
    """Stated ties between actors. type, polarity, basis: codes; hollow: no asserted claim; evidence as span ids."""

    ids: tuple[str, ...]
    source: Ints
    target: Ints
    type: Bytes
    polarity: Bytes
    basis: Bytes
    directed: Mask
    hollow: Mask
    aspects: tuple[str, ...]
    claims: Claims


@frozen(eq=False)
class LinkColumns:
    """Links between events. source, target: event rows; type: code of LINK_TYPES; modality, basis: codes."""

    ids: tuple[str, ...]
    source: Ints
    target: Ints
    type: Bytes
    modality: Bytes
    basis: Bytes


@frozen(eq=False, slots=False)
class EventTable:
    """A case as columns. Arrays are read-only; the table is rebuilt when the content version moves on.

    time holds the bounds with reference values, text_time without them (Only what the report says).
    anchor_document: document index an event's time is anchored to, or -1; anchor_relation: 0 none, 1 before,
    2 at, 3 after, 4 overlaps. titles(rows) fetches the coder's headlines of a few rows.
    """

    version: int
    ids: Sequence[str]
    time: TimeColumns
    text_time: TimeColumns
    kind: Bytes  # code of KINDS
    type: Bytes  # code of EVENT_TYPES
    mode: Ints  # index into modes, 0 = none
    modes: tuple[str, ...]
    hue: Bytes  # code of HUES
    status: Bytes  # code of STATUSES
    sources: Bytes  # code of SOURCES
    source_count: Ints  # distinct documents that speak of the event
    hollow: Mask  # no asserted claim
    container: Mask  # an episode that contains others
    aggregate: Mask
    anchor_document: Ints
    anchor_relation: Bytes
    participations: Participations
    places: Places
    quantities: Quantities
    claims: Claims
    value_attributions: Labels  # attributions of single values, into attributions
    tags: Labels  # into tag_names
    tag_names: tuple[str, ...]
    attributions: tuple[str, ...]  # as printed: the actor's name where coded, else the text's words
    actors: ActorColumns
    locations: LocationColumns
    documents: DocumentColumns
    relations: RelationColumns
    links: LinkColumns
    titles: Callable[[Sequence[int] | NDArray[np.integer]], list[str]]
    anchored_documents: tuple[str, ...] = ()  # ids of those whose date is compared with something
    merged_ids: tuple[str, ...] = ()  # merged actors, places and events: they are listed nowhere else,
    merged_into: tuple[str, ...] = ()  # and each of them counts for the one that stays

    def __len__(self) -> int:
        return len(self.ids)

    def ids_of(self, rows: NDArray[np.integer]) -> list[str]:
        """Return the ids of many rows, in their order."""
        if isinstance(self.ids, Texts):
            return self.ids.take(np.asarray(rows))
        return [self.ids[row] for row in rows.tolist()]

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Event id -> row; of a merged event, that of the one which stays."""
        return redirected(rows_of(self.ids), self.merged)

    @cached_property
    def merged(self) -> Mapping[str, str]:
        """Merged actor, place or event -> the one that stays."""
        return dict(zip(self.merged_ids, self.merged_into, strict=True))

    def stays(self, record_id: str) -> str:
        """Return the record that counts for one: itself, or what it was merged into."""
        return self.merged.get(record_id, record_id)

    @cached_property
    def actor_of(self) -> Mapping[str, int]:
        """Actor id -> index; of a merged actor, that of the one which stays."""
        return redirected({record_id: index for index, record_id in enumerate(self.actors.ids)}, self.merged)

    @cached_property
    def location_of(self) -> Mapping[str, int]:
        """Location id -> index; of a merged place, that of the one which stays."""
        return redirected(
            {record_id: index for index, record_id in enumerate(self.locations.ids)}, self.merged
        )

    @cached_property
    def document_of(self) -> Mapping[str, int]:
        """Document id -> index."""
        return rows_of(self.documents.ids)

    @cached_property
    def relation_of(self) -> Mapping[str, int]:
        """Relation id -> index."""
        return {record_id: index for index, record_id in enumerate(self.relations.ids)}

    @cached_property
    def link_of(self) -> Mapping[str, int]:
        """Link id -> index."""
        return {record_id: index for index, record_id in enumerate(self.links.ids)}

    @cached_property
    def actor_postings(self) -> Postings:
        """The rows of each actor, whatever its role."""
        return postings(self.participations.actor, self.participations.row, len(self.actors.ids))

    @cached_property
    def place_postings(self) -> Postings:
        """The rows of each location, whatever its role."""
        return postings(self.places.location, self.places.row, len(self.locations.ids))

    @cached_property
    def document_postings(self) -> Postings:
        """The rows each document speaks of."""
        return postings(self.claims.document, self.claims.row, len(self.documents.ids))

    @cached_property
    def derived(self) -> dict[str, Any]:
        """What the layers above compute once from this table (indices for counting); it goes when the table goes."""
        return {}

    def times(self, *, text_only: bool) -> TimeColumns:
        """Return the bounds, without reference values where text_only."""
        return self.text_time if text_only else self.time


def postings(keys: Ints, rows: Ints, count: int) -> Postings:
    """Return the CSR of distinct ascending rows for each key 0..count-1."""
    if not len(keys):
        return Postings(np.zeros(count + 1, np.int64), np.empty(0, np.int32))
    pairs = distinct(keys.astype(np.int64) << 32 | rows.astype(np.int64))
    offsets = np.searchsorted(pairs >> 32, np.arange(count + 1))
    return Postings(offsets.astype(np.int64), (pairs & 0xFFFFFFFF).astype(np.int32))
