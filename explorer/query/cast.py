"""The Actors table as columns: how often each actor stands in which role among the records shown."""

from __future__ import annotations

import numpy as np

from explorer.casefile.columns import BASES, ROLES, EventTable, Ints, Longs, Mask
from explorer.frozen import frozen
from explorer.query.edge_columns import sorted_once


@frozen(eq=False)
class Cast:
    """One entry an actor, in table order: int32 counts of distinct shown events.

    events: in any role. by_role: (actors, roles) in the order of columns.ROLES. ties: stated relations.
    """

    events: Ints
    by_role: Ints
    ties: Ints

    def role(self, name: str) -> Ints:
        """Return the counts of one role."""
        return self.by_role[:, ROLES.index(name)]


def cast(table: EventTable, mask: Mask, *, text_only: bool = False) -> Cast:
    """Return the counts of every actor over the masked events; each actor stands for itself alone.

    text_only leaves out participations and relations that rest on a reference (design §4).
    """
    count = len(table.actors.ids)
    found = [np.bincount(owner[mask[row]], minlength=count) for owner, row in _entries(table, text_only)]
    outside = BASES.index("reference")
    ties = table.relations
    stated = ties.basis != outside if text_only else np.ones(len(ties.ids), np.bool_)
    ends = np.concatenate([ties.source[stated], ties.target[stated]])
    by_role = np.stack(found[1:], axis=1).astype(np.int32)
    return Cast(found[0].astype(np.int32), by_role, np.bincount(ends, minlength=count).astype(np.int32))


def _entries(table: EventTable, text_only: bool) -> list[tuple[Ints, Ints]]:
    """Return the distinct (actor, row) pairs in any role, then in each role; sorted once for a table."""
    key = f"cast {text_only}"
    if key not in table.derived:
        part = table.participations
        kept = part.basis != BASES.index("reference") if text_only else np.ones(len(part.row), np.bool_)
        keys = part.actor.astype(np.int64) << 32 | part.row
        parts = [kept, *(kept & (part.role == code) for code in range(len(ROLES)))]
        table.derived[key] = [_split(sorted_once(keys[chosen])) for chosen in parts]
    found: list[tuple[Ints, Ints]] = table.derived[key]
    return found


def _split(pairs: Longs) -> tuple[Ints, Ints]:
    return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)
