"""Thousands of actors and their ties as numbers: what is known once of a case, and what a filter leaves of it.

The crowd's twin of layout.nodes; nothing here makes an object for each actor, tie or event (design §6).
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import BASES, HUES, EventTable, Ints, Longs, Mask
from explorer.frozen import frozen
from explorer.query.edge_columns import EdgeColumns, edge_columns, sorted_once
from explorer.query.edges import Edge, stated_ties
from explorer.query.folding import fold

_REFERENCE = BASES.index("reference")


@frozen(eq=False, slots=False)
class Members:
    """The actors of a case as shown when nothing is filtered. total: distinct events of each actor's node.

    owner, row: int32, one entry a node and event, ascending. nodes: those that some filter shows, ascending.
    stated: the ties that records state, outside the weight.
    """

    tops: Ints
    owner: Ints
    row: Ints
    total: Longs
    nodes: Ints
    stated: tuple[Edge, ...]
    stated_ends: NDArray[np.int64]

    def counts(self, mask: Mask) -> Longs:
        """Return the distinct events in mask of each actor's node, int64 (actors,)."""
        return np.bincount(self.owner[mask[self.row]], minlength=len(self.tops))

    def rows(self, nodes: NDArray[np.bool_], mask: Mask) -> Mask:
        """Return which events of mask name any of these nodes (bool over the actors)."""
        found = np.zeros(len(mask), np.bool_)
        found[self.row[nodes[self.owner]]] = True
        return found & mask

    @cached_property
    def by_top(self) -> Ints:
        """The actors in the order of the nodes that stand for them."""
        return np.argsort(self.tops, kind="stable").astype(np.int32)

    def folded(self, node: int) -> list[int]:
        """Return the actors that a node stands for, besides itself."""
        first, last = np.searchsorted(self.tops[self.by_top], (node, node + 1))
        return [actor for actor in self.by_top[first:last].tolist() if actor != node]


def members_of(table: EventTable, *, opened: Collection[str] = (), text_only: bool = False) -> Members:
    """Return the members of a case, kept with the table for the actors that are opened."""
    key, apart = f"members {text_only}", frozenset(opened)
    known: tuple[frozenset[str], Members] | None = table.derived.get(key)
    if known is None or known[0] != apart:
        known = table.derived[key] = (apart, _members(table, apart, text_only=text_only))
    return known[1]


def _members(table: EventTable, opened: frozenset[str], *, text_only: bool) -> Members:
    tops = fold(table, opened=opened, text_only=text_only)
    parts, count = table.participations, len(table.actors.ids)
    keep = parts.basis != _REFERENCE if text_only else np.ones(len(parts.row), np.bool_)
    pairs = sorted_once(tops[parts.actor[keep]].astype(np.int64) << 32 | parts.row[keep])
    owner, row = (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)
    total = np.bincount(owner, minlength=count)
    stated = stated_ties(table, text_only=text_only, opened=opened)
    known = table.actor_of
    ends = np.array([(known[edge.source], known[edge.target]) for edge in stated], np.int64).reshape(-1, 2)
    there = total > 0
    there[ends.ravel()] = True
    return Members(tops, owner, row, total, np.flatnonzero(there).astype(np.int32), stated, ends)


@frozen(eq=False, slots=False)
class Filtered:
    """What a filter leaves: count of events of each actor's node in mask, and the ties between them."""

    table: EventTable
    members: Members
    mask: Mask
    count: Longs
    columns: EdgeColumns

    @cached_property
    def words(self) -> dict[int, str]:
        """What was said of nodes already, by actor."""
        return {}

    @cached_property
    def stated(self) -> Ints:
        """Which stated ties are in view: those with both ends in view; all where nothing is filtered."""
        ends = self.members.stated_ends
        if not len(ends) or self.mask.all():
            return np.arange(len(ends), dtype=np.int32)
        return np.flatnonzero((self.count[ends] > 0).all(axis=1)).astype(np.int32)

    @cached_property
    def named(self) -> Mask:
        """Which events in mask name an actor."""
        return self.members.rows(np.ones(len(self.count), np.bool_), self.mask)

    @cached_property
    def joined(self) -> Mask:
        """Which events in mask tie two actors."""
        return self.columns.behind(np.arange(len(self.columns), dtype=np.int32))

    def behind(self, lines: Ints) -> Mask:
        """Return which events lie behind any of these lines."""
        on = np.zeros(self.acts, np.bool_)
        on[lines[lines < self.acts]] = True
        return self.columns.behind(np.flatnonzero(on[self.line_of]).astype(np.int32))

    @cached_property
    def starts(self) -> Longs:
        """Where the ties of each line begin: those of one kind from one actor to another are drawn as one."""
        own = self.columns
        kind = own.whole.kind[own.ties]
        if not len(kind):
            return np.empty(0, np.int64)
        return np.flatnonzero(
            np.r_[True, (np.diff(own.source) != 0) | (np.diff(own.target) != 0) | (np.diff(kind) != 0)]
        )

    @property
    def acts(self) -> int:
        """How many lines stand for events; those after them stand for stated ties."""
        return len(self.starts)

    def ties_of(self, line: int) -> range:
        """Return the positions in columns of the ties that a line of events stands for."""
        last = self.starts[line + 1] if line + 1 < self.acts else len(self.columns)
        return range(int(self.starts[line]), int(last))

    def rows_of(self, line: int) -> Ints:
        """Return the rows of the events behind a line, ascending: each lies in one of its ties alone."""
        parts = [self.columns.rows(position) for position in self.ties_of(line)]
        return np.sort(np.concatenate(parts))

    @cached_property
    def line_of(self) -> Ints:
        """The line of each tie of columns, int32."""
        lengths = np.diff(np.append(self.starts, len(self.columns)))
        return np.repeat(np.arange(self.acts, dtype=np.int32), lengths)

    @cached_property
    def ends(self) -> NDArray[np.int32]:
        """The ends of all lines in view, those of events first, then of the stated ties: int32 (n, 2)."""
        acts = np.stack([self.columns.source[self.starts], self.columns.target[self.starts]], axis=1)
        return np.concatenate([acts, self.members.stated_ends[self.stated].astype(np.int32)])

    @cached_property
    def weight(self) -> Longs:
        """Distinct events behind each line in view; 0 for stated ties."""
        acts = np.add.reduceat(self.columns.weight, self.starts) if self.acts else np.empty(0, np.int64)
        return np.concatenate([acts, np.zeros(len(self.stated), np.int64)])

    @cached_property
    def look(self) -> NDArray[np.int8]:
        """How each line in view is drawn: int8 (n, 4) of hue code, directed, dash (0 solid, 1 dash, 2 dot), hollow.

        The hue is the commonest one; dashed and hollow only what is so throughout.
        """
        acts = self._looks() if self.acts else np.empty((0, 4), np.int8)
        chosen = [self.members.stated[number] for number in self.stated.tolist()]
        rest = [
            (HUES.index(e.hue), e.directed, 2 if e.kind == "membership" else int(e.dashed), e.hollow)
            for e in chosen
        ]
        return np.concatenate([acts, np.array(rest, np.int8).reshape(-1, 4)])

    def _looks(self) -> NDArray[np.int8]:
        own, starts = self.columns, self.starts
        hue = own.whole.hue[own.ties]
        often = np.zeros((self.acts, len(HUES)), np.int64)
        np.add.at(often, (self.line_of, hue), own.weight)
        dashed = np.add.reduceat(own.inferred, starts) == np.add.reduceat(own.weight, starts)
        hollow = np.logical_and.reduceat(own.whole.hollow[own.ties], starts)
        return np.stack([often.argmax(axis=1), own.directed[starts], dashed, hollow], axis=1).astype(np.int8)

    @cached_property
    def ranked(self) -> Ints:
        """The lines in view, strongest first; stated ties of other kinds before memberships."""
        last = self.look[:, 2] == 2
        return np.lexsort((np.arange(len(self.weight)), last, -self.weight)).astype(np.int32)

    def near(self, actor: int, steps: int) -> Ints:
        """Return the actors within so many ties of one, whatever their direction, itself among them."""
        reached = np.zeros(len(self.count), np.bool_)
        reached[actor] = True
        one, two = self.ends[:, 0], self.ends[:, 1]
        for _ in range(steps):
            ahead = np.concatenate([two[reached[one]], one[reached[two]]])
            reached[ahead] = True
        return np.flatnonzero(reached).astype(np.int32)


def is_filtered(table: EventTable, mask: Mask, *, opened: Collection[str], text_only: bool) -> bool:
    """Return whether filtered() of the same would count nothing."""
    known: tuple[frozenset[str], Filtered] | None = table.derived.get(f"filtered {text_only}")
    return known is not None and known[0] == frozenset(opened) and np.array_equal(known[1].mask, mask)


def filtered(table: EventTable, mask: Mask, *, opened: Collection[str], text_only: bool) -> Filtered:
    """Return what a filter leaves; the last one of a table is kept, so that a moved picture counts nothing."""
    key, apart = f"filtered {text_only}", frozenset(opened)
    known: tuple[frozenset[str], Filtered] | None = table.derived.get(key)
    if known is None or known[0] != apart or not np.array_equal(known[1].mask, mask):
        members = members_of(table, opened=apart, text_only=text_only)
        own = mask.copy()
        columns = edge_columns(table, own, text_only=text_only, opened=apart)
        known = table.derived[key] = (apart, Filtered(table, members, own, members.counts(own), columns))
    return known[1]
