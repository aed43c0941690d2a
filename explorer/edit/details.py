"""What the details form sets: title, status, tags and note of one event or of many, as one edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from explorer.casefile.changes import Edit
from explorer.casefile.store import CaseFile
from explorer.edit.amending import with_part
from explorer.edit.naming import field_words, named
from explorer.edit.values import held, with_value
from explorer.model.records import AnyRecord, Event
from explorer.words import tr


def set_details(
    case: CaseFile, event_ids: Iterable[str], values: Mapping[str, Any], *, add_tags: Iterable[str] = (),
    part: tuple[str, str, str] | None = None,
) -> Edit:  # fmt: skip
    """Return the edit that sets fields of events, and tags them besides; fields that are not in values stay.

    part: (actor, role, note) of somebody who took part, too, by the coder's reading of the words each event rests on.
    Raises CaseFileError, with .problems, where an event cannot be so.
    """
    events = held(case, event_ids)
    tags = tuple(add_tags)
    fields = [*values, *(["tags"] if tags else []), *(["participants"] if part else [])]
    of = named(events, "events")
    name = (
        tr("set {field} of {records}").format(field=field_words(fields[0]), records=of)
        if len(fields) == 1
        else tr("edit {records}").format(records=of)
    )
    made = tuple(_changed(event, values, tags) for event in events)
    return Edit(name, tuple(with_part(each, *part) for each in made) if part else made)


def _changed(event: AnyRecord, values: Mapping[str, Any], tags: tuple[str, ...]) -> AnyRecord:
    for field, value in values.items():
        event = with_value(event, field, value)
    if tags and isinstance(event, Event):
        event = with_value(event, "tags", list(dict.fromkeys((*event.tags, *tags))))
    return event


def tags_in(text: str) -> tuple[str, ...]:
    """Return the tags of a line, separated by commas, each once."""
    return tuple(
        dict.fromkeys(tag for each in text.replace("،", ",").split(",") if (tag := " ".join(each.split())))
    )
