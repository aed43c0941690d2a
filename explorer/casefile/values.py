"""The values of events, many to one, as ragged columns: participants, places, quantities, claims, tags."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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

Raw = Mapping[str, Any]


def codes_of(words: Sequence[str]) -> dict[str, int]:
    """Return word -> its position, which is its code in the columns."""
    return {word: code for code, word in enumerate(words)}


_ROLE, _PLACE_ROLE, _BASIS = codes_of(ROLES), codes_of(PLACE_ROLES), codes_of(BASES)
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


@dataclass(frozen=True, slots=True)
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
    """Rows of numbers, and where those of each event end."""

    def __init__(self, width: int) -> None:
        self.rows: list[tuple[Any, ...]] = []
        self.ends = [0]
        self.width = width

    def offsets(self) -> NDArray[np.int64]:
        return np.array(self.ends, dtype=np.int64)

    def columns(self, *types: type) -> list[NDArray[Any]]:
        every: Iterable[tuple[Any, ...]] = zip(*self.rows, strict=True) if self.rows else [()] * self.width
        return [np.array(values, dtype=kind) for values, kind in zip(every, types, strict=True)]


class ValueColumns:
    """Takes raw events one by one, in row order, and gives their values as columns."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._participants = _Column(3)
        self._places = _Column(4)
        self._quantities = _Column(7)
        self._claims = _Column(3)
        self._said = _Column(1)
        self._tags = _Column(1)
        self._asserted: list[bool] = []
        self.tag_names = Strings()

    def add(self, event: Raw) -> None:
        """Take the values of the next event."""
        self._add_participants(event.get("participants", ()))
        self._add_places(event.get("places", ()))
        self._add_quantities(event.get("quantities", ()))
        self._add_said(event)
        self._asserted.append(_add_claims(self._claims, event["claims"], self._lists))
        self._tags.rows.extend((self.tag_names.code(tag),) for tag in event.get("tags", ()))
        self._tags.ends.append(len(self._tags.rows))

    def _add_participants(self, values: Iterable[Raw]) -> None:
        actors = self._lists.actors
        for value in values:
            basis = _BASIS[value.get("basis", "stated")]
            self._participants.rows.append((actors[value["actor"]], _ROLE[value["role"]], basis))
        self._participants.ends.append(len(self._participants.rows))

    def _add_places(self, values: Iterable[Raw]) -> None:
        for value in values:
            place, role = self._lists.locations[value["location"]], _PLACE_ROLE[value.get("role", "at")]
            basis = _BASIS[value.get("basis", "stated")]
            self._places.rows.append((place, role, basis, value.get("precision", 0)))
        self._places.ends.append(len(self._places.rows))

    def _add_quantities(self, values: Iterable[Raw]) -> None:
        nan = float("nan")
        for value in values:
            of = self._lists.actors[value["of"]] if "of" in value else -1
            self._quantities.rows.append((
                _QUANTITY[value["kind"]], _QUALIFIER[value.get("qualifier", "exactly")], value.get("low", nan),
                value.get("best", nan), value.get("high", nan), of, _BASIS[value.get("basis", "stated")],
            ))  # fmt: skip
        self._quantities.ends.append(len(self._quantities.rows))

    def _add_said(self, event: Raw) -> None:
        values = (
            event.get("time"),
            *(v for key in ("places", "participants", "quantities") for v in event.get(key, ())),
        )
        codes = {self._lists.attribution(value) for value in values if value and "attribution" in value}
        self._said.rows.extend((code,) for code in sorted(codes) if code >= 0)
        self._said.ends.append(len(self._said.rows))

    @property
    def asserted(self) -> NDArray[np.bool_]:
        """True where an event has an asserted claim."""
        return np.array(self._asserted, dtype=np.bool_)

    def participations(self) -> Participations:
        """Return who took part."""
        return Participations(
            self._participants.offsets(), *self._participants.columns(np.int32, np.uint8, np.uint8)
        )

    def places(self) -> Places:
        """Return where."""
        return Places(self._places.offsets(), *self._places.columns(np.int32, np.uint8, np.uint8, np.uint8))

    def quantities(self) -> Quantities:
        """Return how many."""
        numbers = self._quantities.columns(
            np.uint8, np.uint8, np.float64, np.float64, np.float64, np.int32, np.uint8
        )
        return Quantities(self._quantities.offsets(), *numbers)

    def claims(self) -> Claims:
        """Return who says it, in which document."""
        return Claims(self._claims.offsets(), *self._claims.columns(np.int32, np.uint8, np.int32))

    def value_attributions(self) -> Labels:
        """Return who says single values, where it is not who says the whole."""
        return Labels(self._said.offsets(), *self._said.columns(np.int32))

    def tags(self) -> Labels:
        """Return the coders' tags."""
        return Labels(self._tags.offsets(), *self._tags.columns(np.int32))


def _add_claims(column: _Column, claims: Iterable[Raw], lists: Lists) -> bool:
    """Add the claims of one record; return whether any is asserted."""
    asserted = False
    for claim in claims:
        modality = lists.modality(claim)
        asserted = asserted or modality == 0
        document = lists.span_documents[claim["evidence"][0]]
        column.rows.append((document, modality, lists.attribution(claim)))
    column.ends.append(len(column.rows))
    return asserted


def claim_columns(records: Iterable[Raw], lists: Lists) -> Claims:
    """Return the claims of relations, in their order."""
    column = _Column(3)
    for record in records:
        _add_claims(column, record["claims"], lists)
    return Claims(column.offsets(), *column.columns(np.int32, np.uint8, np.int32))


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
