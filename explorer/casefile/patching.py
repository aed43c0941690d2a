"""Columns after an edit, from those before it: what most edits change is a few rows, not a table (design §6).

Patched are edits of titles, notes, status, tags and classifications, and of what columns hold nothing of. Anything that
moves times, ids, names or claims is left to be built anew: None says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.changes import Change
from explorer.casefile.columns import EVENT_TYPES, HUES, STATUSES, EventTable, Labels
from explorer.casefile.titles import rows_of_keys
from explorer.model.codebook import hue_of

Raw = Mapping[str, Any]
#: Fields that no column is made of, by list; "" is the header.
_SILENT = {
    "events": frozenset(("title", "note", "confidence", "acled", "codes")),
    "actors": frozenset(("note", "country", "external_ids")),
    "locations": frozenset(("note", "country", "external_ids")),
    "documents": frozenset(
        (
            "note",
            "authors",
            "retrieved",
            "language",
            "archived_url",
            "reliability",
            "rights",
            "metadata_evidence",
        )
    ),
    "relations": frozenset(("note", "confidence")),
}
#: Fields of an event that patched() carries over.
_CARRIED = frozenset(("status", "tags", "type", "mode", "contexts"))
#: Lists of which no column is made: a span counts by what cites it.
_UNSEEN = frozenset(("", "references", "datasets", "mentions"))
#: What a table has worked out and a patched one has alike.
_ALIKE = ("row_of", "actor_of", "location_of", "document_of", "relation_of")


def patched(table: EventTable, changes: Iterable[Change], version: int) -> EventTable | None:
    """Return the table after changes, as building it anew would; None where that has to be done."""
    events: dict[int, Raw] = {}
    for change in changes:
        if change.list_name in _UNSEEN or _comes_or_goes_unseen(change):
            continue
        if change.before is None or change.after is None or change.list_name not in _SILENT:
            return None
        before, after = json.loads(change.before), json.loads(change.after)
        differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        differing -= _SILENT[change.list_name]
        if change.list_name == "events" and "merged_into" in before and "merged_into" not in differing:
            continue  # it has no row; whatever its times were, they bound nothing
        if differing and (change.list_name != "events" or not differing <= _CARRIED):
            return None
        if differing:
            events[change.key] = after
    after = _with_events(table, events, version) if events else replace(table, version=version)
    vars(after).update({name: vars(table)[name] for name in _ALIKE if name in vars(table)})
    return after


def _comes_or_goes_unseen(change: Change) -> bool:
    return change.list_name == "spans" and (change.before is None or change.after is None)


def _with_events(table: EventTable, events: Mapping[int, Raw], version: int) -> EventTable:
    """Return the table with other status, tags and classification of some events, given by their keys."""
    keys = np.array(sorted(events), np.int64)
    rows = rows_of_keys(table).rows(keys)
    some = [events[key] for key in keys.tolist()]
    types = [each.get("type") or "" for each in some]
    hues = [hue_of(each.get("type"), tuple(each.get("contexts", ()))) for each in some]
    mode, modes = _named(table.mode, table.modes, rows, [each.get("mode", "") for each in some])
    tags, tag_names = _tagged(table, rows, [each.get("tags", ()) for each in some])
    return replace(
        table,
        version=version,
        status=_set(table.status, rows, [STATUSES.index(each.get("status", "unreviewed")) for each in some]),
        type=_set(table.type, rows, [EVENT_TYPES.index(each) for each in types]),
        hue=_set(table.hue, rows, [HUES.index(each) for each in hues]),
        mode=mode, modes=modes, tags=tags, tag_names=tag_names,
    )  # fmt: skip


def _set(column: NDArray[Any], rows: NDArray[np.int64], values: Sequence[int]) -> NDArray[Any]:
    found = column.copy()
    found[rows] = values
    found.flags.writeable = False
    return found


def _named(
    column: NDArray[np.int32], names: tuple[str, ...], rows: NDArray[np.int64], values: Sequence[str]
) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Return a column of names with other values in some rows; the first name, for none, always stays."""
    every = list(dict.fromkeys((*names, *values)))
    index = {name: code for code, name in enumerate(every)}
    return _compact(_set(column, rows, [index[value] for value in values]), every, least=1)


def _compact(
    column: NDArray[np.int32], names: Sequence[str], *, least: int = 0
) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Return a column without the names that no row has any more; the first least names stay."""
    used = np.bincount(column, minlength=len(names)) > 0
    used[:least] = True
    if not used.all():
        column = (np.cumsum(used) - 1).astype(column.dtype)[column]
        column.flags.writeable = False
    return column, tuple(name for name, kept in zip(names, used.tolist(), strict=True) if kept)


def _tagged(
    table: EventTable, rows: NDArray[np.int64], tags: Sequence[Sequence[str]]
) -> tuple[Labels, tuple[str, ...]]:
    """Return the tags of the table with others in some rows, ascending."""
    every = list(dict.fromkeys((*table.tag_names, *(tag for some in tags for tag in some))))
    index = {name: code for code, name in enumerate(every)}
    old, offsets = table.tags.value, table.tags.offsets
    parts, end = [], 0
    for row, some in zip(rows.tolist(), tags, strict=True):
        parts += [old[end : offsets[row]], np.array([index[tag] for tag in some], np.int32)]
        end = offsets[row + 1]
    lengths = np.diff(offsets)
    lengths[rows] = [len(some) for some in tags]
    value, names = _compact(np.concatenate((*parts, old[end:])), every)
    ends = np.concatenate((np.zeros(1, offsets.dtype), np.cumsum(lengths, dtype=offsets.dtype)))
    for column in (value, ends):
        column.flags.writeable = False
    return Labels(ends, value), names
