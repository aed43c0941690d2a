"""What a record that comes as plain JSON is known by, and what search finds it by: all that needs no open case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from explorer.casefile.appending import ENTRY_CODES, named_in_search
from explorer.casefile.folding import folded
from explorer.casefile.schema import LIST_NAMES

Raw = Mapping[str, Any]
#: What search finds a record by: the code of the kind of entry, the number of the sentence, the folded text.
Entries = Sequence[tuple[int, int | None, str]]
_EVENT = ENTRY_CODES["event"]
_UNSEARCHED = frozenset(LIST_NAMES) - {"events", "actors", "locations", "documents"}


def identity(name: str, raw: Raw) -> str:
    """Return what a record is known by in its list."""
    if name == "mentions":
        return f"{raw['span']} → {raw['refers_to']} ({raw['form']})"
    record_id: str = raw["id"]
    return record_id


def searched(name: str, raw: Raw) -> Entries:
    """Return what search finds a record by, as it goes into the word index."""
    if name in _UNSEARCHED:
        return ()
    if name == "events":  # what there is most of
        return ((_EVENT, None, folded(raw["title"])),)
    return [(ENTRY_CODES[kind], number, folded(text)) for kind, number, text in named_in_search(name, raw)]
