"""The bounds of every event as columns: each distinct date is worked out once, anchored events one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from explorer.casefile.columns import PRECISIONS, TimeColumns
from explorer.chronology.anchors import Bounds, resolve
from explorer.model.facts import TimeRef

RawTime = Mapping[str, Any]
_PRECISION = {word: code for code, word in enumerate(PRECISIONS)}
_Row = tuple[tuple[int, ...], tuple[int, ...], tuple[bool, ...], int]


def time_columns(
    documents: Mapping[str, RawTime | None],
    ids: Sequence[str],
    times: Sequence[RawTime | None],
    asserted: frozenset[str],
    *,
    text_only: bool,
) -> TimeColumns:
    """Return the bounds of the events of ids, in their order.

    documents: id -> raw TimeRef of publication; times: the raw TimeRef of each event; asserted: the events with an
    asserted claim (others bound nothing). Rules: design §3a, as chronology.anchors states them.
    """
    events = dict(zip(ids, times, strict=True))
    tied = _tied(events, documents)
    resolved = resolve(
        {key: _model(time) for key, time in documents.items()} if tied else {},
        {key: _model(events[key]) for key in tied},
        text_only=text_only, asserted=asserted,
    )  # fmt: skip
    rows = {key: _row(resolved[key]) for key in tied}
    seen: dict[Any, _Row] = {None: _row(Bounds())}
    return _columns(
        [rows.get(key) or _alone(time, documents, seen, text_only=text_only) for key, time in events.items()]
    )


def _tied(events: Mapping[str, RawTime | None], documents: Mapping[str, RawTime | None]) -> set[str]:
    """Return the events whose bounds need other events: by an anchor, or by that of the document they hang on."""
    tied: set[str] = set()
    for key, time in events.items():
        anchor = time.get("anchor") if time else None
        if anchor and anchor in events:
            tied.update((key, anchor))
        elif anchor and (documents.get(anchor) or {}).get("anchor"):
            tied.add(key)
    targets = (str(time.get("anchor")) for time in documents.values() if time)
    return tied | {anchor for anchor in targets if anchor in events} if tied else tied


def _alone(
    time: RawTime | None, documents: Mapping[str, RawTime | None], seen: dict[Any, _Row], *, text_only: bool
) -> _Row:
    """Return the bounds that a value and the date of its document give: the same for all that say the same."""
    key = tuple(time.get(name) for name in ("edtf", "basis", "anchor", "anchor_relation")) if time else None
    row = seen.get(key)
    if row is None:
        anchor = time.get("anchor") if time else None
        published = {anchor: _model(documents.get(anchor))} if anchor else {}
        row = seen[key] = _row(resolve(published, {"": _model(time)}, text_only=text_only)[""])
    return row


def _model(time: RawTime | None) -> TimeRef | None:
    return None if time is None else TimeRef.model_validate(time)


def _row(bounds: Bounds) -> _Row:
    four = bounds.four
    return (
        tuple(bound.value for bound in four), tuple(bound.basis for bound in four),
        tuple(bound.approx for bound in four), _PRECISION[bounds.precision],
    )  # fmt: skip


def _columns(rows: Sequence[_Row]) -> TimeColumns:
    count = len(rows)
    values = np.array([row[0] for row in rows], dtype=np.int64).reshape(count, 4)
    return TimeColumns(
        start_min=np.ascontiguousarray(values[:, 0]),
        start_max=np.ascontiguousarray(values[:, 1]),
        end_min=np.ascontiguousarray(values[:, 2]),
        end_max=np.ascontiguousarray(values[:, 3]),
        basis=np.array([row[1] for row in rows], dtype=np.uint8).reshape(count, 4),
        approx=np.array([row[2] for row in rows], dtype=np.bool_).reshape(count, 4),
        precision=np.array([row[3] for row in rows], dtype=np.uint8),
    )
