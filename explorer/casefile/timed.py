"""What of a case's raw records goes into its chronology: only what is compared with something else (design §3a)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from explorer.chronology.facts import Timed, counts

Raw = Mapping[str, Any]


def timed_event(event: Raw) -> Timed:
    """Return an event as the network takes it: its own time and durations, not those in which single claims differ.

    A merged event says nothing of its own any more: what its sources say stands in the one that stays.
    """
    if "merged_into" in event:
        return Timed(event["id"], "time", None, False, (), event["merged_into"])
    asserted = any(claim.get("modality", "asserted") == "asserted" for claim in event["claims"])
    return Timed(event["id"], "time", event.get("time"), asserted, durations_of(event))


def durations_of(event: Raw) -> tuple[tuple[str, Raw], ...]:
    """Return how long an event lasted, with the paths of the quantities that say so."""
    values = event.get("quantities", ())
    return tuple((f"quantities[{n}]", value) for n, value in enumerate(values) if value["kind"] == "duration")


def timed_relation(relation: Raw) -> Timed:
    """Return a tie as the network takes it."""
    asserted = any(claim.get("modality", "asserted") == "asserted" for claim in relation["claims"])
    return Timed(relation["id"], "valid", relation.get("valid"), asserted)


def timed_document(record_id: str, published: Raw | None) -> Timed:
    """Return a document as the network takes it."""
    return Timed(record_id, "published", published)


def is_compared(record: Timed) -> bool:
    """Return whether a record's own time needs more than its date: an anchor, a duration, a merge."""
    return bool((record.time and record.time.get("anchor")) or record.durations or record.merged_into)


def linked(links: Iterable[Raw]) -> set[str]:
    """Return the events whose times links order."""
    return {link[end] for link in links if counts(link) for end in ("source", "target")}


def gathered(
    seeds: Iterable[Timed], links: Iterable[Raw], fetch: Callable[[list[str]], Iterable[Timed]]
) -> dict[str, Timed]:
    """Return some records and all that they, and links, compare with, however far: fetch gives those of some ids."""
    found = {record.record: record for record in seeds}
    asked: set[str] = set()
    waiting = linked(links) | set().union(*map(_named, found.values()))
    while missing := sorted(waiting - found.keys() - asked):
        asked.update(missing)
        fetched = {record.record: record for record in fetch(missing)}
        found |= fetched
        waiting = set().union(*map(_named, fetched.values()))
    return found


def _named(record: Timed) -> set[str]:
    anchor = record.time.get("anchor") if record.time else None
    return {anchor or "", record.merged_into} - {""}
