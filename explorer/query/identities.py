"""What a merge or a removal would do, in words, before anybody decides: how many facts follow, which names stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.casefile.columns import EventTable
from explorer.casefile.distinct import distinct
from explorer.query.describe import plural
from explorer.words import isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.changes import Edit


def merged_here(table: EventTable, record_id: str) -> tuple[str, ...]:
    """Return the records that count for one: what was merged into it."""
    return tuple(gone for gone, stays in table.merged.items() if stays == record_id)


def facts_of(table: EventTable, record_id: str) -> tuple[int, int]:
    """Return in how many events an actor or a place stands, and how many stated ties it has."""
    if record_id.startswith("act-"):
        actor, ties = table.actor_of[record_id], table.relations
        rows = table.participations.row[table.participations.actor == actor]
        return len(distinct(rows)), int(np.count_nonzero((ties.source == actor) | (ties.target == actor)))
    place = table.location_of[record_id]
    return len(distinct(table.places.row[table.places.location == place])), 0


def facts_words(table: EventTable, record_id: str) -> str:
    """Return what is said of an actor or a place: "in 12 records, 3 stated ties"."""
    events, ties = facts_of(table, record_id)
    said = plural(events, "in {n} record", "in {n} records")
    return f"{said}, {plural(ties, '{n} stated tie', '{n} stated ties')}" if ties else said


def names_of(table: EventTable, record_id: str) -> tuple[str, ...]:
    """Return the name of an actor or a place, and its other names."""
    of = table.actors if record_id.startswith("act-") else table.locations
    at = (table.actor_of if record_id.startswith("act-") else table.location_of)[record_id]
    return of.names[at], *of.aliases[at]


def merge_words(table: EventTable, stays: str, goes: str) -> str:
    """Return what a merge does, in sentences."""
    kept, gone = names_of(table, stays), names_of(table, goes)
    others = [name for name in dict.fromkeys((*kept[1:], *gone)) if name != kept[0]]
    return "\n".join(
        (
            tr("“{gone}” ({facts}) counts for “{kept}” ({own}).").format(
                gone=isolated(gone[0]), kept=isolated(kept[0]), facts=facts_words(table, goes),
                own=facts_words(table, stays),
            ),
            tr("Other names then: {names}.").format(names=", ".join(map(isolated, others))),
            tr("Nothing is rewritten: it can be parted again at any time."),
        )
    )  # fmt: skip


_GOES = {
    "events": ("{n} record", "{n} records"), "links": ("{n} link", "{n} links"),
    "relations": ("{n} stated tie", "{n} stated ties"), "actors": ("{n} actor", "{n} actors"),
    "locations": ("{n} place", "{n} places"), "mentions": ("{n} mention", "{n} mentions"),
    "spans": ("{n} passage that nothing else cites", "{n} passages that nothing else cites"),
    "documents": ("{n} document", "{n} documents"),
}  # fmt: skip


def removal_words(edit: Edit) -> str:
    """Return what a removal takes away and what it changes."""
    counts: dict[str, int] = {}
    for name, _ in edit.removes:
        counts[name] = counts.get(name, 0) + 1
    gone = [plural(count, *_GOES[name]) for name, count in counts.items() if name in _GOES]
    said = tr("Removed: {what}.").format(what=", ".join(gone))
    if edit.puts:
        said += "\n" + tr("Changed, because they named it: {what}.").format(
            what=plural(len(edit.puts), "{n} record", "{n} records")
        )
    return said + "\n" + tr("Undo brings everything back.")
