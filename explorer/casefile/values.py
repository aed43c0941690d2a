"""The values of events, many to one, as ragged columns: participants, places, quantities, claims, tags."""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import (
    BASES,
    MODALITIES,
    PLACE_ROLES,
    QUALIFIERS,
    QUANTITY_KINDS,
    ROLES,
    Claims,
    Labels,
    Participations,
    Places,
    Quantities,
)
from explorer.frozen import frozen

Raw = Mapping[str, Any]


def codes_of(words: Sequence[str]) -> dict[str, int]:
    """Return word -> its position, which is its code in the columns."""
    return {word: code for code, word in enumerate(words)}


_ROLE, _PLACE_ROLE, _BASIS = codes_of(ROLES), codes_of(PLACE_ROLES), codes_of(BASES)
_STATED = BASES.index("stated")
_NAN = float("nan")
_QUANTITY, _QUALIFIER, _MODALITY = codes_of(QUANTITY_KINDS), codes_of(QUALIFIERS), codes_of(MODALITIES)


class Strings:
    """Words that columns hold by number."""

    def __init__(self, *first: str) -> None:
        self._codes = {word: code for code, word in enumerate(first)}

    def code(self, word: str) -> int:
        """Return the number of word, a new one if it was not met before."""
        return self._codes.setdefault(word, len(self._codes))

    def all(self) -> tuple[str, ...]:
        """Return the words in the order of their numbers."""
        return tuple(self._codes)


@frozen
class Lists:
    """What values refer to: id -> index (of the survivor of a merge), span id -> document index."""

    actors: Mapping[str, int]
    locations: Mapping[str, int]
    documents: Mapping[str, int]
    span_documents: Mapping[str, int]
    actor_names: Sequence[str]
    attributions: Strings

    def attribution(self, value: Raw) -> int:
        """Return the number of who says value, as printed: the actor's name where coded; -1 = nobody named."""
        said = value.get("attribution")
        if not said:
            return -1
        actor = said.get("actor")
        words = self.actor_names[self.actors[actor]] if actor else said.get("text", "")
        return self.attributions.code(words) if words else -1

    @staticmethod
    def modality(record: Raw) -> int:
        """Return the code of the modality of a claim or link."""
        return _MODALITY[record.get("modality", "asserted")]


class _Column:
    """Columns of numbers, and where those of each record end: types are codes of array.array."""

    def __init__(self, types: str) -> None:
        self.columns = tuple(array(kind) for kind in types)
        self.append = tuple(column.append for column in self.columns)
        self._ends = array("q", (0,))

    def end(self) -> None:
        """Close the row."""
        self._ends.append(len(self.columns[0]))

    def arrays(self) -> list[NDArray[Any]]:
        """Return the offsets and the columns."""
        return [numbers(self._ends), *(numbers(column) for column in self.columns)]


class ValueColumns:
    """Takes raw events one by one, in row order, and gives their values as columns."""

    def __init__(self, lists: Lists, tag_names: Strings | None = None) -> None:
        """Read against lists; tag_names: those of the rows before, where these are a later piece."""
        self._lists = lists
        self._participants = _Column("iBB")
        self._places = _Column("iBBB")
        self._quantities = _Column("BBdddiB")
        self._claims = _Column("iBi")
        self._said = _Column("i")
        self._tags = _Column("i")
        self._asserted = array("B")
        self.tag_names = tag_names or Strings()

    def add(self, event: Raw) -> None:
        """Take the values of the next event."""
        time = event.get("time") or {}
        codes = {self._lists.attribution(time)} if "attribution" in time else set()
        self._add_places(event.get("places", ()), codes)
        self._add_participants(event.get("participants", ()), codes)
        self._add_quantities(event.get("quantities", ()), codes)
        for code in sorted(codes):
            if code >= 0:
                self._said.append[0](code)
        self._said.end()
        self._asserted.append(_add_claims(self._claims, event["claims"], self._lists))
        for tag in event.get("tags", ()):
            self._tags.append[0](self.tag_names.code(tag))
        self._tags.end()

    def _add_participants(self, values: Iterable[Raw], codes: set[int]) -> None:
        actors = self._lists.actors
        add_actor, add_role, add_basis = self._participants.append
        for value in values:
            add_actor(actors[value["actor"]])
            add_role(_ROLE[value["role"]])
            add_basis(_BASIS[value["basis"]] if "basis" in value else _STATED)
            if "attribution" in value:
                codes.add(self._lists.attribution(value))
        self._participants.end()

    def _add_places(self, values: Iterable[Raw], codes: set[int]) -> None:
        add_place, add_role, add_basis, add_precision = self._places.append
        for value in values:
            add_place(self._lists.locations[value["location"]])
            add_role(_PLACE_ROLE[value.get("role", "at")])
            add_basis(_BASIS[value.get("basis", "stated")])
            add_precision(value.get("precision", 0))
            if "attribution" in value:
                codes.add(self._lists.attribution(value))
        self._places.end()

    def _add_quantities(self, values: Iterable[Raw], codes: set[int]) -> None:
        add_kind, add_qualifier, add_low, add_best, add_high, add_of, add_basis = self._quantities.append
        for value in values:
            add_kind(_QUANTITY[value["kind"]])
            add_qualifier(_QUALIFIER[value.get("qualifier", "exactly")])
            add_low(value.get("low", _NAN))
            add_best(value.get("best", _NAN))
            add_high(value.get("high", _NAN))
            add_of(self._lists.actors[value["of"]] if "of" in value else -1)
            add_basis(_BASIS[value.get("basis", "stated")])
            if "attribution" in value:
                codes.add(self._lists.attribution(value))
        self._quantities.end()

    @property
    def asserted(self) -> NDArray[np.bool_]:
        """True where an event has an asserted claim."""
        return numbers(self._asserted).astype(np.bool_)

    def participations(self) -> Participations:
        """Return who took part."""
        return Participations(*self._participants.arrays())

    def places(self) -> Places:
        """Return where."""
        return Places(*self._places.arrays())

    def quantities(self) -> Quantities:
        """Return how many."""
        return Quantities(*self._quantities.arrays())

    def claims(self) -> Claims:
        """Return who says it, in which document."""
        return Claims(*self._claims.arrays())

    def value_attributions(self) -> Labels:
        """Return who says single values, where it is not who says the whole."""
        return Labels(*self._said.arrays())

    def tags(self) -> Labels:
        """Return the coders' tags."""
        return Labels(*self._tags.arrays())


def _add_claims(column: _Column, claims: Iterable[Raw], lists: Lists) -> bool:
    """Add the claims of one record; return whether any is asserted."""
    asserted = False
    add_document, add_modality, add_attribution = column.append
    for claim in claims:
        modality = lists.modality(claim)
        asserted = asserted or modality == 0
        add_document(lists.span_documents[claim["evidence"][0]])
        add_modality(modality)
        add_attribution(lists.attribution(claim))
    column.end()
    return asserted


def claim_columns(records: Iterable[Raw], lists: Lists) -> Claims:
    """Return the claims of relations, in their order."""
    column = _Column("iBi")
    for record in records:
        _add_claims(column, record["claims"], lists)
    return Claims(*column.arrays())


def numbers(column: array[Any]) -> NDArray[Any]:
    """Return what an array.array holds as a numpy array of its type."""
    return np.array(column) if len(column) else np.empty(0, column.typecode)


def ints(values: Iterable[int]) -> NDArray[np.int32]:
    """Return values as int32."""
    return np.fromiter(values, dtype=np.int32)


def octets(values: Iterable[int]) -> NDArray[np.uint8]:
    """Return codes as uint8."""
    return np.fromiter(values, dtype=np.uint8)


def truths(values: Iterable[bool]) -> NDArray[np.bool_]:
    """Return values as a mask."""
    return np.fromiter(values, dtype=np.bool_)


def freeze(columns: Any) -> None:
    """Make every array below columns read-only, so that no view can change what others see."""
    for field in dataclasses.fields(columns):
        value = getattr(columns, field.name)
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
        elif dataclasses.is_dataclass(value):
            freeze(value)
