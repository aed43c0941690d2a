"""What lies under the pointer in a graph of thousands: nodes first, then lines, found by one pass of numpy.

Groups are made on demand, for what is pointed at or selected; nothing is kept for the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import HUES, EventTable, Ints
from explorer.frozen import frozen
from explorer.layout import nodes, ties
from explorer.layout.crowdnodes import Filtered
from explorer.layout.rowids import RowIds
from explorer.layout.scene import Group, Path, Shape
from explorer.query.edges import Edge, edge_at
from explorer.words import isolated, tr

#: Halos are made for at most so many lines and nodes; the strongest come first.
_MOST_MARKED = 80
#: So many kinds of act are told of one line.
_TITLES = 3
#: Pixels within which a line answers.
_REACH = 4.0


@frozen(eq=False, slots=False)
class GraphFinder:
    """Where nodes and lines of one picture lie, in pixels.

    nodes: actor indices; x, y, radius of each. lines: positions in filtered.ends of the ties drawn; segments:
    float64 (n, 4). roles: the colour of each camp.
    """

    filtered: Filtered
    nodes: Ints
    spots: NDArray[np.float64]
    radius: NDArray[np.float64]
    lines: Ints
    segments: NDArray[np.float64]
    widths: NDArray[np.float64]
    roles: dict[str, str]

    def at(self, x: float, y: float, reach: float) -> Group | None:
        """Return the node under a point, or else the line nearest to it."""
        away = np.hypot(self.spots[:, 0] - x, self.spots[:, 1] - y) - self.radius
        if len(away) and away.min() <= reach:
            return self.node(int(away.argmin()))
        if not len(self.segments):
            return None
        far = distances(self.segments, x, y) - self.widths / 2
        return self.line(int(far.argmin())) if far.min() <= max(reach, _REACH) else None

    def inside(self, left: float, top: float, right: float, bottom: float) -> Collection[str]:
        """Return the ids of the actors in a box."""
        x, y = self.spots[:, 0], self.spots[:, 1]
        there = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
        ids = self.filtered.table.actors.ids
        return [ids[actor] for actor in self.nodes[there].tolist()]

    def of(self, ids: AbstractSet[str]) -> Iterable[Group]:
        """Return the nodes of the actors among ids, and the lines that hold the events and ties among them."""
        table = self.filtered.table
        actors = [table.actor_of[i] for i in ids if i in table.actor_of]
        if actors:
            tops = set(self.filtered.members.tops[actors].tolist()) | set(actors)
            there = np.flatnonzero(np.isin(self.nodes, np.array(sorted(tops))))
            return [self.node(at) for at in there[:_MOST_MARKED].tolist()]
        return [self.line(at) for at in self._holding(ids)[:_MOST_MARKED]]

    def _holding(self, ids: AbstractSet[str]) -> list[int]:
        known = self.filtered.table.row_of
        rows = np.array([known[i] for i in ids if i in known], np.int32)
        acts = self.filtered.acts
        hit = np.zeros(len(self.filtered.ends), np.bool_)
        if len(rows):
            hit[self.filtered.line_of[self.filtered.columns.holding(rows)]] = True
        for number, tie in enumerate(self.filtered.stated.tolist()):
            if not ids.isdisjoint(self.filtered.members.stated[tie].relation_ids):
                hit[acts + number] = True
        return [int(at) for at in np.flatnonzero(hit[self.lines])]

    def shifted(self, dx: float, dy: float) -> GraphFinder:
        """Return the same, moved."""
        return replace(
            self, spots=self.spots + np.array([dx, dy]), segments=self.segments + np.array([dx, dy, dx, dy])
        )

    def node(self, at: int) -> Group:
        """Return a node as a group: ids are its actor and those it stands for; a click means the first."""
        actor, (x, y), radius = int(self.nodes[at]), self.spots[at].tolist(), float(self.radius[at])
        table = self.filtered.table
        shape = node_shape(table, actor, x, y, radius, self.roles, there=bool(self.filtered.count[actor]))
        box = (round(x - radius, 2), round(y - radius, 2), round(2 * radius, 2), round(2 * radius, 2))
        return Group(
            (shape,), node_ids(self.filtered, actor), "actor", node_words(self.filtered, actor), (box,)
        )

    def line(self, at: int) -> Group:
        """Return a line as a group of kind "edge": ids are the events behind it, or its stated ties."""
        filtered, position = self.filtered, int(self.lines[at])
        table, found = filtered.table, edges_of(filtered, position)
        hue = HUES[int(filtered.look[position, 0])]
        x0, y0, x1, y1 = (round(number, 2) for number in self.segments[at].tolist())
        bend = (
            (x0 + x1) / 2 + 0.01,
            (y0 + y1) / 2 + 0.01,
        )  # never one straight stroke: that would be snapped
        path = Path((("M", x0, y0), ("L", *bend), ("L", x1, y1)), hue, "", float(self.widths[at]) + 0.6)
        stated = position >= filtered.acts
        ids = found[0].relation_ids if stated else RowIds(table, filtered.rows_of(position))
        title = tr(". ").join(ties.edge_title(table, edge) for edge in found[:_TITLES])
        box = (min(x0, x1) - 2, min(y0, y1) - 2, abs(x1 - x0) + 4, abs(y1 - y0) + 4)
        return Group((path,), ids, "edge", title, (box,))


def edges_of(filtered: Filtered, position: int) -> list[Edge]:
    """Return what a line stands for, most events first, as objects with their words."""
    if position >= filtered.acts:
        return [filtered.members.stated[int(filtered.stated[position - filtered.acts])]]
    found = [edge_at(filtered.table, filtered.columns, tie) for tie in filtered.ties_of(position)]
    return sorted(found, key=lambda edge: -edge.weight)


def node_ids(filtered: Filtered, actor: int) -> tuple[str, ...]:
    """Return the ids that a node means: its actor, then those it stands for."""
    ids = filtered.table.actors.ids
    return (ids[actor], *(ids[part] for part in filtered.members.folded(actor)))


def node_words(filtered: Filtered, actor: int) -> str:
    """Return what a tooltip and a screen reader say of a node; remembered as long as the filter."""
    known = filtered.words.get(actor)
    if known is None:
        known = filtered.words[actor] = _node_words(filtered, actor)
    return known


def _node_words(filtered: Filtered, actor: int) -> str:
    table, members = filtered.table, filtered.members
    actors = table.actors
    parts = [
        tr("{name}: {n} of {total} records shown").format(
            name=isolated(actors.names[actor]), n=int(filtered.count[actor]), total=int(members.total[actor])
        )
    ]
    side = actors.sides[actor]
    parts.append(tr("Camp (coder's): {camp}").format(camp=isolated(side) if side else tr("not stated")))
    folded = members.folded(actor)
    if folded:
        names = [isolated(actors.names[part]) for part in folded[:6]]
        more = tr(", …") if len(folded) > 6 else ""
        parts.append(tr("Stands also for {names}").format(names=tr(", ").join(names) + more))
    return tr(". ").join(parts)


def node_shape(
    table: EventTable, actor: int, x: float, y: float, radius: float, roles: dict[str, str], *, there: bool
) -> Shape:
    """Return the mark of a node: shape by kind, colour by camp; a ring without an event in view."""
    mark = nodes.mark_of(table.actors.kinds[actor])
    role = roles.get(table.actors.sides[actor], "camp_none")
    size = round(radius * nodes.SHRUNK.get(mark, 1.0), 2)
    if there:
        return Shape(mark, round(x, 2), round(y, 2), size, role)
    return Shape(mark, round(x, 2), round(y, 2), size, "panel", role, 1.4)


def distances(segments: NDArray[np.float64], x: float, y: float) -> NDArray[np.float64]:
    """Return how far a point is from each segment float64 (n, 4), in pixels."""
    one, along = segments[:, :2], segments[:, 2:] - segments[:, :2]
    away = np.array([x, y]) - one
    size = np.maximum((along**2).sum(axis=1), 1e-9)
    share = np.clip((away * along).sum(axis=1) / size, 0.0, 1.0)
    rest = away - share[:, None] * along
    return np.asarray(np.hypot(rest[:, 0], rest[:, 1]), np.float64)
