"""The bounds of every event as columns: each distinct date is worked out once, anchored events one by one."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import BASES, PRECISIONS, Mask, TimeColumns
from explorer.casefile.texts import Texts
from explorer.casefile.values import numbers
from explorer.chronology.anchors import Bounds, resolve
from explorer.model.times import parse_edtf, precision_of

if TYPE_CHECKING:
    from explorer.model.facts import TimeRef

RawTime = Mapping[str, Any]
_PRECISION = {word: code for code, word in enumerate(PRECISIONS)}
_BASIS = {word: code for code, word in enumerate(BASES)}
_REFERENCE = _BASIS["reference"]
_DAYS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?")
_SAID = ("edtf", "basis", "anchor", "anchor_relation")
_Row = tuple[tuple[int, ...], tuple[int, ...], tuple[bool, ...], int]


class Times:
    """Takes the raw TimeRef of each event, in row order; all that say the same share one number."""

    def __init__(self) -> None:
        self._numbers = array("i")
        self._known: dict[tuple[Any, ...] | None, int] = {None: 0}
        self._raw: list[RawTime | None] = [None]

    def add(self, time: RawTime | None) -> None:
        """Take the time of the next event."""
        key = tuple(map(time.get, _SAID)) if time else None
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self._raw)
            self._raw.append(time)
        self._numbers.append(number)

    def columns(
        self, documents: Mapping[str, RawTime], ids: Texts, asserted: Mask, *, text_only: bool
    ) -> TimeColumns:
        """Return the bounds of the events (design §3a, as chronology.anchors states them).

        documents: id -> raw TimeRef of publication, where there is one; ids: of the events; asserted: the events
        with an asserted claim (others bound nothing).
        """
        which = numbers(self._numbers)
        tied = self._tied(documents, ids, which)
        rows = [self._alone(time, documents, text_only=text_only) for time in self._raw]
        if tied:
            of_event = {key: _model(self._raw[which[row]]) for key, row in tied.items()}
            resolved = resolve(
                {key: _model(time) for key, time in documents.items()}, of_event, text_only=text_only,
                asserted={key for key, row in tied.items() if asserted[row]},
            )  # fmt: skip
            which = which.copy()
            for key, row in tied.items():
                which[row] = len(rows)
                rows.append(_row(resolved[key]))
        return _columns(rows, which)

    def _tied(self, documents: Mapping[str, RawTime], ids: Texts, which: NDArray[np.int32]) -> dict[str, int]:
        """Return id -> row of the events whose bounds need other events: by an anchor, or by that of their document."""
        by_event, by_document = set(), set()
        for number, time in enumerate(self._raw):
            anchor = time.get("anchor") if time else None
            if anchor and ids.find(anchor) >= 0:
                by_event.add(number)
            elif anchor and (documents.get(anchor) or {}).get("anchor"):
                by_document.add(number)
        found = set(np.flatnonzero(np.isin(which, [*by_event, *by_document])).tolist())
        if not found:
            return {}
        targets = [str((self._raw[number] or {})["anchor"]) for number in by_event]
        targets += [str(time["anchor"]) for time in documents.values() if time.get("anchor")]
        found.update(row for row in map(ids.find, targets) if row >= 0)
        return {ids[row]: row for row in sorted(found)}

    def _alone(self, time: RawTime | None, documents: Mapping[str, RawTime], *, text_only: bool) -> _Row:
        """Return the bounds that a value and the date of its document give: the same for all that say the same."""
        if time is None:
            return _row(Bounds())
        anchor = time.get("anchor")
        if anchor is None and (row := _plain(time, text_only=text_only)):
            return row
        published = {anchor: _model(documents.get(anchor))} if anchor else {}
        return _row(resolve(published, {"": _model(time)}, text_only=text_only)[""])


def _plain(time: RawTime, *, text_only: bool) -> _Row | None:
    """Return the bounds of a plain day or two of them (2015-05-01/2015-05-03) without the long way; None for others."""
    edtf, basis = time.get("edtf", ""), _BASIS[time.get("basis", "stated")]
    if not _DAYS.fullmatch(edtf) or (text_only and basis == _REFERENCE):
        return None
    first, last = parse_edtf(edtf[:10]), parse_edtf(edtf[-10:])
    low, high = first.start_min, last.end_max
    if low > high:
        return None
    four = (low, first.end_max, last.start_min, high)
    precision = _PRECISION[precision_of(low, high, dated=True)]
    return four, (basis,) * 4, (False,) * 4, precision


def same_bounds(one: TimeColumns, other: TimeColumns) -> bool:
    """Return whether two bounds say the same of every event."""
    return all(np.array_equal(a, b) for a, b in zip(_arrays(one), _arrays(other), strict=True))


def _arrays(times: TimeColumns) -> Iterator[NDArray[Any]]:
    yield from (times.start_min, times.start_max, times.end_min, times.end_max)
    yield from (times.basis, times.approx, times.precision)


def _model(time: RawTime | None) -> TimeRef | None:
    from explorer.model.facts import TimeRef

    return None if time is None else TimeRef.model_validate(time)


def _row(bounds: Bounds) -> _Row:
    four = bounds.four
    return (
        tuple(bound.value for bound in four), tuple(bound.basis for bound in four),
        tuple(bound.approx for bound in four), _PRECISION[bounds.precision],
    )  # fmt: skip


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
    )
