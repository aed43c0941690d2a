"""When documents and events were, from their own EDTF values and their anchors to each other (design §3a)."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import TYPE_CHECKING, Any

from explorer.chronology.bounds import FUTURE, PAST, UNDATED, Bound, Bounds
from explorer.chronology.facts import CODES, Raw, Timed
from explorer.model.times import OPEN_FUTURE, OPEN_PAST, parse_edtf

if TYPE_CHECKING:
    from explorer.model.facts import TimeRef

__all__ = ["Bound", "Bounds", "own_bounds", "raw_time", "resolve"]

_FIELDS = ("edtf", "basis", "anchor", "anchor_relation", "evidence", "citations")


def resolve(
    documents: Mapping[str, TimeRef | None],
    events: Mapping[str, TimeRef | None],
    *,
    text_only: bool = False,
    asserted: Container[str] | None = None,
) -> dict[str, Bounds]:
    """Return the bounds of every document and event (and of whatever else has a TimeRef, such as a relation).

    text_only leaves out every value whose basis is reference and what rests on it. asserted: the events with
    an asserted claim; others get bounds and give none (None: all give). An anchor to an unknown id, and a
    circle of anchors without a date, bound nothing. Raises EdtfError only for a TimeRef that was never validated.
    """
    from explorer.chronology.constraints import chronology_of

    records = [Timed(name, "published", raw_time(time)) for name, time in documents.items()]
    records += [
        Timed(name, "time", raw_time(time), asserted is None or name in asserted)
        for name, time in events.items()
    ]
    found = chronology_of(records, text_only=text_only)
    return {record.record: found.bounds(record.record) for record in records}


def raw_time(time: TimeRef | None) -> dict[str, Any] | None:
    """Return of a TimeRef what bounds are made from, as a raw record has it."""
    return None if time is None else {name: getattr(time, name) for name in _FIELDS}


def own_bounds(record_id: str, time: TimeRef | Raw) -> Bounds:
    """Return the bounds that a TimeRef, raw or not, gives by its EDTF alone, anchors left aside.

    What began no earlier than a day ended no earlier, and what ended by a day had begun by it.
    """
    raw = time if isinstance(time, Mapping) else raw_time(time) or {}
    if raw.get("edtf") is None:
        return UNDATED
    edtf = parse_edtf(raw["edtf"])
    basis, because = CODES[raw.get("basis", "stated")], (record_id, *raw.get("citations", ()))
    low = _bound(edtf.start_min, basis, because, approx=edtf.approx_start)
    high = _bound(edtf.end_max, basis, because, approx=edtf.approx_end)
    if edtf.kind != "interval":
        return Bounds(low, high, low, high)
    begun = PAST if edtf.start_max == OPEN_PAST else _nearer(edtf.start_max, high, edtf.approx_start, min)
    lasting = FUTURE if edtf.end_min == OPEN_FUTURE else _nearer(edtf.end_min, low, edtf.approx_end, max)
    return Bounds(
        low, _bound(begun.value, basis, because, approx=begun.approx),
        _bound(lasting.value, basis, because, approx=lasting.approx), high,
    )  # fmt: skip


def _nearer(value: int, other: Bound, approx: bool, pick: Any) -> Bound:
    """Return the tighter of a value and another bound; of equals the first."""
    return Bound(value, 0, approx) if pick(value, other.value) == value else other


def _bound(value: int, basis: int, because: tuple[str, ...], *, approx: bool) -> Bound:
    if value == OPEN_PAST:
        return PAST
    return FUTURE if value == OPEN_FUTURE else Bound(value, basis, approx, because)
