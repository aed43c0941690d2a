"""Drafts as plain JSON and back, so that an open form survives a crash (issue 5 §7)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from explorer.edit.coining import Coined
from explorer.edit.drafts import (
    ClaimDraft,
    EventDraft,
    Founded,
    LinkDraft,
    NumberDraft,
    PartDraft,
    PlaceDraft,
    RelationDraft,
    TimeDraft,
)
from explorer.edit.passages import Marked
from explorer.frozen import frozen

Draft = EventDraft | RelationDraft | LinkDraft
_KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        ClaimDraft, Coined, EventDraft, Founded, LinkDraft, Marked, NumberDraft, PartDraft, PlaceDraft, RelationDraft,
        TimeDraft,
    )
}  # fmt: skip
_KIND = "is"


@frozen
class Kept:
    """A draft as it lies on disk: its own name, the document it was read from, and what it makes besides itself."""

    name: str
    document: str
    draft: Draft
    coined: tuple[Coined, ...] = ()


def as_json(kept: Kept) -> dict[str, Any]:
    """Return a kept draft as plain JSON."""
    return {
        "name": kept.name,
        "document": kept.document,
        "draft": _plain(kept.draft),
        "coined": _plain(kept.coined),
    }


def from_json(raw: Mapping[str, Any]) -> Kept:
    """Return a kept draft from plain JSON. Raises ValueError where it is none: written by another version, damaged."""
    try:
        draft, coined = _value(raw["draft"]), _value(raw["coined"])
        name, document = raw["name"], raw["document"]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a draft of this program") from error
    if not isinstance(draft, EventDraft | RelationDraft | LinkDraft) or not isinstance(coined, tuple):
        raise ValueError("not a draft of this program")
    if not all(isinstance(each, Coined) for each in coined):
        raise ValueError("not a draft of this program")
    return Kept(str(name), str(document), draft, coined)


def drafts_of(text: str) -> list[Kept]:
    """Return the drafts of a file; those that this version cannot read are left out."""
    try:
        rows = json.loads(text)
    except ValueError:
        return []
    found = []
    for row in rows if isinstance(rows, list) else ():
        try:
            found.append(from_json(row))
        except ValueError:
            continue
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
        return {_KIND: type(value).__name__, **{name: _plain(getattr(value, name)) for name in names}}
    return value


def _value(raw: Any) -> Any:
    if isinstance(raw, list):
        return tuple(_value(each) for each in raw)
    if isinstance(raw, dict):
        fields = {name: _value(value) for name, value in raw.items() if name != _KIND}
        return _KINDS[raw[_KIND]](**fields)
    return raw
