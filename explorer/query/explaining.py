"""Why a name finds nothing: not known, only in the texts, or known and never coded in a role (design §4, Search)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from explorer.query.describe import plural, value_words
from explorer.query.filters import NOT_STATED
from explorer.query.names import UnknownName
from explorer.words import isolated, tr

if TYPE_CHECKING:
    from explorer.casefile.store import CaseFile
    from explorer.query.masks import Shown


def unknown_words(case: CaseFile, error: UnknownName) -> str:
    """Return in one line that a name is not known, the nearest ones, and whether the texts hold it all the same."""
    said = str(error)
    count = _mentions(case, error)
    if not count:
        return said
    mentioned = plural(
        count,
        "It is coded in no record; {n} record mentions the word: --text “{name}” finds it.",
        "It is coded in no record; {n} records mention the word: --text “{name}” finds them.",
    )
    return f"{said} {mentioned.replace('{name}', isolated(error.name))}"


def _mentions(case: CaseFile, error: UnknownName) -> int:
    """Return how many records have the name of an actor or place in their texts."""
    if error.what not in {"actor", "place"} or not any(c.isalnum() for c in error.name):
        return 0
    return len(case.text_rows(error.name))


def unknown_json(case: CaseFile, error: UnknownName) -> dict[str, Any] | None:
    """Return what query --format json prints for a name that is coded nowhere and in the texts: nothing, and why.

    mentions: how many records have the word in their texts; near: names that may have been meant. None where the
    texts do not have it either.
    """
    mentions = _mentions(case, error)
    if not mentions:
        return None
    return {
        "case": {"id": case.header().id, "title": case.header().title},
        "total": len(case.table().ids),
        "count": 0,
        "unknown": {"facet": error.what, "name": error.name, "near": list(error.nearest)},
        "mentions": mentions,
        "explained": [unknown_words(case, error)],
        "events": [],
    }


def hints(case: CaseFile, shown: Shown) -> Iterator[str]:
    """Yield, for each chosen actor or place that no record of the case has, what else the case knows of it."""
    if shown.count:
        return
    for facet, never in (
        ("actors", tr("{name} is in this case, but takes part in no record.")),
        ("places", tr("{name} is in this case, but no record is placed there or below it.")),
    ):
        for value in shown.filter.choice(facet).include:
            if value != NOT_STATED and not _used(shown, facet, value):
                name = value_words(facet, value, shown.table)
                yield never.format(name=name) + _otherwise(case, shown, facet, value)


def _used(shown: Shown, facet: str, value: str) -> bool:
    """Return whether any record of the case has the actor or place, or one that counts for it."""
    from explorer.query.filters import Choice, Filter
    from explorer.query.masks import mask

    alone = Filter(text_only=shown.filter.text_only).with_choice(facet, Choice(include=(value,)))
    return bool(mask(shown.table, alone).any())


def _otherwise(case: CaseFile, shown: Shown, facet: str, value: str) -> str:
    """Return where else the case has it: as a source of statements, or in the words of the texts."""
    table = shown.table
    index = (table.actor_of if facet == "actors" else table.location_of)[value]
    name = (table.actors if facet == "actors" else table.locations).names[index]
    if name in table.attributions:
        return " " + tr("Statements are according to it: --according-to “{name}”.").format(
            name=isolated(name)
        )
    count = len(case.text_rows(name))
    if not count:
        return ""
    said = plural(
        count, "{n} record mentions it: --text “{name}”.", "{n} records mention it: --text “{name}”."
    )
    return " " + said.replace("{name}", isolated(name))
