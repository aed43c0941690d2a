"""When documents and events were, from their own EDTF values and their anchors to each other (design §3a)."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import TYPE_CHECKING

from explorer.chronology.bounds import FUTURE, PAST, UNDATED, Bound, Bounds, Constraint, tighten
from explorer.model.times import OPEN_FUTURE, OPEN_PAST, parse_edtf
from explorer.model.vocabulary import BASES

if TYPE_CHECKING:
    from explorer.model.facts import TimeRef

__all__ = ["Bound", "Bounds", "own_bounds", "resolve"]

_CODES = {name: code for code, name in enumerate(BASES)}


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
    times = {**documents, **events}
    own: dict[str, Bounds] = {}
    constraints: list[Constraint] = []
    for record_id, time in times.items():
        if time is None or (text_only and time.basis == "reference"):
            own[record_id] = UNDATED
            continue
        own[record_id] = own_bounds(record_id, time)
        gives = time.anchor in documents or asserted is None or time.anchor in asserted
        if time.anchor and time.anchor_relation and time.anchor != record_id and gives:
            because = (record_id, *time.citations)
            constraints.append(
                Constraint(record_id, time.anchor_relation, time.anchor, _CODES[time.basis], because)
            )
    return tighten(own, constraints) if constraints else own


def own_bounds(record_id: str, time: TimeRef) -> Bounds:
    """Return the bounds that a TimeRef's EDTF gives by itself, anchors left aside."""
    if time.edtf is None:
        return UNDATED
    edtf = parse_edtf(time.edtf)
    basis, because = _CODES[time.basis], (record_id, *time.citations)
    low = _bound(edtf.start_min, basis, because, approx=edtf.approx_start)
    high = _bound(edtf.end_max, basis, because, approx=edtf.approx_end)
    if edtf.kind == "interval":
        inner_high = _bound(edtf.start_max, basis, because, approx=edtf.approx_start)
        inner_low = _bound(edtf.end_min, basis, because, approx=edtf.approx_end)
        return Bounds(low, inner_high, inner_low, high)
    return Bounds(low, high, low, high)


def _bound(value: int, basis: int, because: tuple[str, ...], *, approx: bool) -> Bound:
    if value == OPEN_PAST:
        return PAST
    return FUTURE if value == OPEN_FUTURE else Bound(value, basis, approx, because)
