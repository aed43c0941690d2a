"""What the graph of a large case counts before it is drawn: in a worker, so that no click waits for it (design §6)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from explorer.casefile.columns import EventTable, Mask
from explorer.frozen import frozen
from explorer.layout.crowdnodes import filtered, is_filtered, members_of
from explorer.query.edge_columns import tie_columns
from explorer.workspace.jobs import Ticket


@frozen(eq=False)
class Counting:
    """Counts the ties of the masked events; what it finds is kept with the table, where the layout looks for it."""

    table: EventTable
    mask: Mask
    opened: AbstractSet[str]
    text_only: bool

    def done(self) -> bool:
        """Return whether the layout would find all of it."""
        return is_filtered(self.table, self.mask, opened=self.opened, text_only=self.text_only)

    def __call__(self, ticket: Ticket) -> None:
        """Count, step by step, until nobody wants it any more."""
        opened, text_only = self.opened, self.text_only
        for step in (members_of, tie_columns, tie_columns if text_only else None):
            if step is not None and not ticket.cancelled():
                step(self.table, opened=opened, text_only=text_only)
        if ticket.cancelled():
            return
        found = filtered(self.table, self.mask, opened=opened, text_only=text_only)
        _ = found.ranked, found.ends, found.joined, found.named, found.line_of
