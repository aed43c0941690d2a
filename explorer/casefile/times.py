"""The bounds of every event as columns: each distinct date is worked out once, what is compared in one network."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import BASES, PRECISIONS, Mask, TimeColumns
from explorer.casefile.texts import Texts
from explorer.casefile.timed import gathered, is_compared, timed_document, timed_event, timed_relation
from explorer.casefile.values import numbers
from explorer.chronology.anchors import Bounds, own_bounds
from explorer.chronology.bounds import UNDATED, Bound
from explorer.chronology.facts import Timed
from explorer.model.lists import list_of
from explorer.model.times import parse_edtf, precision_of

if TYPE_CHECKING:
    from explorer.chronology.contradictions import Contradiction

Raw = Mapping[str, Any]
RawTime = Raw
_PRECISION = {word: code for code, word in enumerate(PRECISIONS)}
_BASIS = {word: code for code, word in enumerate(BASES)}
_DAYS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?")
_SAID = ("edtf", "basis", "anchor", "anchor_relation")
_Row = tuple[tuple[int, ...], tuple[int, ...], tuple[bool, ...], int, tuple[bool, ...], bool]


class Times:
    """Takes the raw TimeRef of each event, in row order; all that say the same share one number.

    What is compared with something is kept whole besides: its bounds need the network of all that is.
    """

    def __init__(self) -> None:
        self._compared: list[Timed] = []
        self._numbers = array("i")
        self._known: dict[tuple[Any, ...] | None, int] = {None: 0}
        self._raw: list[RawTime | None] = [None]

    def add(self, event: Raw) -> None:
        """Take the time of the next event."""
        time: RawTime | None = event.get("time")
        if (time and "anchor" in time) or _lasting(event):
            self._compared.append(timed_event(event))
        key = tuple(map(time.get, _SAID)) if time else None
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self._raw)
            self._raw.append(time)
        self._numbers.append(number)

    def add_merged(self, event: Raw) -> None:
        """Take an event that has no row: what is compared with it is compared with the one that stays."""
        self._compared.append(timed_event(event))

    def columns(
        self, documents: Mapping[str, RawTime], relations: Iterable[Raw], links: Sequence[Raw], ids: Texts,
        asserted: Mask,
    ) -> tuple[TimeColumns, TimeColumns]:  # fmt: skip
        """Return the bounds of the events with values from outside the texts and without (design §3a).

        documents: id -> raw TimeRef of publication, where there is one; ids: of the events; asserted: the events
        with an asserted claim (others bound nothing).
        """
        which = numbers(self._numbers)
        tied = self._tied(documents, relations, links, ids, which, asserted)
        everything, stated = (
            self._columns(which, tied, links, ids, text_only=only) for only in (False, True)
        )
        return everything, stated

    def _columns(
        self, which: NDArray[np.int32], tied: Mapping[str, Timed], links: Sequence[Raw], ids: Texts, *, text_only: bool
    ) -> TimeColumns:  # fmt: skip
        rows = [_alone(time, text_only=text_only) for time in self._raw]
        if tied:
            from explorer.chronology.constraints import chronology_of

            found = chronology_of(tied.values(), links, text_only=text_only)
            contested = _contested(found.contradictions)
            which = which.copy()
            for record in tied.values():
                if record.path == "time" and not record.merged_into:
                    which[ids.find(record.record)] = len(rows)
                    name = record.record
                    rows.append(_row(found.bounds(name), name, contested=name in contested))
        return _columns(rows, which)

    def _tied(
        self, documents: Mapping[str, RawTime], relations: Iterable[Raw], links: Sequence[Raw], ids: Texts,
        which: NDArray[np.int32], asserted: Mask,
    ) -> dict[str, Timed]:  # fmt: skip
        """Return what the bounds of events hang on besides their own dates: all that is compared with something."""

        def fetch(missing: list[str]) -> Iterator[Timed]:
            for record_id in missing:
                row = ids.find(record_id)
                if row >= 0:
                    yield Timed(record_id, "time", self._raw[which[row]], bool(asserted[row]))
                elif record_id.startswith("doc-"):
                    yield timed_document(record_id, documents.get(record_id))

        seeds = [*self._compared, *(each for each in map(timed_relation, relations) if is_compared(each))]
        published = (timed_document(name, time) for name, time in documents.items() if time.get("anchor"))
        return gathered([*seeds, *published], links, fetch)


def _alone(time: RawTime | None, *, text_only: bool) -> _Row:
    """Return the bounds that a date gives by itself: the same for all that say the same."""
    if time is None or (text_only and time.get("basis") == "reference"):
        return _row(UNDATED)
    return _plain(time) or _row(own_bounds("", time))


def _plain(time: RawTime) -> _Row | None:
    """Return the bounds of a plain day or two of them (2015-05-01/2015-05-03) without the long way; None for others."""
    edtf, basis = time.get("edtf", ""), _BASIS[time.get("basis", "stated")]
    if not _DAYS.fullmatch(edtf):
        return None
    first, last = parse_edtf(edtf[:10]), parse_edtf(edtf[-10:])
    low, high = first.start_min, last.end_max
    if low > high:
        return None
    four = (low, first.end_max, last.start_min, high)
    precision = _PRECISION[precision_of(low, high, dated=True)]
    return four, (basis,) * 4, (False,) * 4, precision, (False,) * 4, False


def same_bounds(one: TimeColumns, other: TimeColumns) -> bool:
    """Return whether two bounds say the same of every event."""
    return all(np.array_equal(a, b) for a, b in zip(_arrays(one), _arrays(other), strict=True))


def _arrays(times: TimeColumns) -> Iterator[NDArray[Any]]:
    yield from (times.start_min, times.start_max, times.end_min, times.end_max)
    yield from (times.basis, times.approx, times.precision, times.derived, times.contested)


def _lasting(event: Raw) -> bool:
    return any(value["kind"] == "duration" for value in event.get("quantities", ()))


def _contested(contradictions: Iterable[Contradiction]) -> set[str]:
    """Return the records about which some facts contradict others."""
    facts = [fact for contradiction in contradictions for fact in contradiction.facts]
    return {record for fact in facts for record in (fact.subject, fact.other)}


def _row(bounds: Bounds, record: str = "", *, contested: bool = False) -> _Row:
    four = bounds.four
    return (
        tuple(bound.value for bound in four), tuple(bound.basis for bound in four),
        tuple(bound.approx for bound in four), _PRECISION[bounds.precision],
        tuple(_derived(bound, record) for bound in four), contested,
    )  # fmt: skip


def _derived(bound: Bound, record: str) -> bool:
    """Return whether a bound of a record rests on what is said of another one."""
    return bool(record) and any(name != record and list_of(name) != "references" for name in bound.because)


def _columns(rows: list[_Row], which: NDArray[np.int32]) -> TimeColumns:
    """Return the distinct rows, spread over the events that have them."""
    values = np.array([row[0] for row in rows], dtype=np.int64)
    return TimeColumns(
        start_min=values[which, 0],
        start_max=values[which, 1],
        end_min=values[which, 2],
        end_max=values[which, 3],
        basis=np.array([row[1] for row in rows], dtype=np.uint8)[which],
        approx=np.array([row[2] for row in rows], dtype=np.bool_)[which],
        precision=np.array([row[3] for row in rows], dtype=np.uint8)[which],
        derived=np.array([row[4] for row in rows], dtype=np.bool_)[which],
        contested=np.array([row[5] for row in rows], dtype=np.bool_)[which],
    )
