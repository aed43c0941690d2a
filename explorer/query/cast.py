"""The Actors table as columns: how often each actor stands in which role among the records shown."""

from __future__ import annotations

import numpy as np

from explorer.casefile.columns import BASES, ROLES, EventTable, Ints, Mask
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen


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
    part, count = table.participations, len(table.actors.ids)
    rows = part.row
    kept = mask[rows] if len(rows) else np.zeros(0, np.bool_)
    outside = BASES.index("reference")
    if text_only:
        kept &= part.basis != outside
    keys = part.actor[kept].astype(np.int64) << 32 | rows[kept].astype(np.int64)
    events = np.bincount(distinct(keys) >> 32, minlength=count).astype(np.int32)
    by_role = np.zeros((count, len(ROLES)), np.int32)
    for code in range(len(ROLES)):
        pairs = distinct(keys[part.role[kept] == code])
        by_role[:, code] = np.bincount(pairs >> 32, minlength=count)
    ties = table.relations
    stated = ties.basis != outside if text_only else np.ones(len(ties.ids), np.bool_)
    ends = np.concatenate([ties.source[stated], ties.target[stated]])
    return Cast(events, by_role, np.bincount(ends, minlength=count).astype(np.int32))
