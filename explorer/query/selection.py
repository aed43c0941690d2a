"""A selection is a meaning, not row numbers: picked ids, a brushed predicate, or nothing (design §2)."""

from __future__ import annotations

from typing import Literal

from explorer.frozen import frozen
from explorer.query.filters import Filter

Mode = Literal["replace", "add", "toggle"]


@frozen
class Nothing:
    """No selection."""


@frozen
class Picked:
    """Ids of any record: evt-, rel-, lnk-, act-, loc-, doc-; an actor or place stands for all its events."""

    ids: frozenset[str]


@frozen
class Brushed:
    """A predicate in the words of a filter: a stretch of time, an actor x actor cell, a bar."""

    filter: Filter


Selection = Nothing | Picked | Brushed
