"""What the matrix is made of: cells of actor against actor; of thousands, only those that are drawn become objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.casefile.columns import EventTable, Mask
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.layout import nodes
from explorer.layout.crowdnodes import filtered, members_of
from explorer.layout.graphfinder import edges_of, node_ids
from explorer.layout.nodes import Node
from explorer.query.edges import Edge, edges
from explorer.query.folding import fold

#: At most so many actors have a row and a column.
MOST = 60
_ROW = 24.0  # pixels that a row takes at least
#: With more actors than this, cells are made for those that can be drawn alone.
_CROWD = 60
#: The code of a dotted line (crowdnodes.Filtered.look): memberships have no cell.
_MEMBERSHIP = 2


@frozen(slots=False)
class MatrixRequest:
    """What to draw. mask: the events in view. edges: of query.edges for the same mask, or None to have them made."""

    table: EventTable
    mask: Mask
    edges: tuple[Edge, ...] | None = None
    width: float = 800.0
    height: float = 500.0
    text_only: bool = False
    opened: frozenset[str] = frozenset()
    footer: bool = True


@frozen(slots=False)
class Cell:
    """What one actor did to another: edges with a direction, those without, and stated ties."""

    directed: tuple[Edge, ...] = ()
    undirected: tuple[Edge, ...] = ()
    stated: tuple[Edge, ...] = ()

    @property
    def done(self) -> frozenset[int]:
        """Distinct events with a direction, as rows."""
        return frozenset(row for edge in self.directed for row in edge.rows)

    @property
    def shared(self) -> frozenset[int]:
        """Distinct events in which both took part or acted, no direction being stated, as rows."""
        return frozenset(row for edge in self.undirected for row in edge.rows)

    @property
    def rows(self) -> frozenset[int]:
        """All distinct events, as rows."""
        return self.done | self.shared


def cells_of(found: Sequence[Edge]) -> dict[tuple[str, str], Cell]:
    """Return the cells by (row, column). What has no direction stands in both halves; memberships are left out."""
    parts: dict[tuple[str, str], tuple[list[Edge], list[Edge], list[Edge]]] = {}
    for edge in found:
        if edge.kind == "membership":
            continue
        ends = [(edge.source, edge.target)]
        if not edge.directed:
            ends.append((edge.target, edge.source))
        for pair in ends:
            slot = 2 if edge.relation_ids else 0 if edge.directed else 1
            parts.setdefault(pair, ([], [], []))[slot].append(edge)
    return {pair: Cell(tuple(a), tuple(b), tuple(c)) for pair, (a, b, c) in parts.items()}


Material = tuple[dict[str, Node], dict[tuple[str, str], Cell], list[str]]


def material(request: MatrixRequest) -> Material:
    """Return nodes by id, cells by their ends, and the ids of all actors of any cell, the most active first."""
    return _crowd(request) if _is_crowd(request) else _few(request)


def behind(
    request: MatrixRequest, cells: Mapping[tuple[str, str], Cell], drawn: Sequence[Cell]
) -> tuple[Mask, Mask]:
    """Return which events lie behind drawn cells, and behind any cell: bool over the table."""
    seen, tied = np.zeros(len(request.mask), np.bool_), np.zeros(len(request.mask), np.bool_)
    for cell in drawn:
        seen[list(cell.rows)] = True
    if _is_crowd(request):
        left = filtered(request.table, request.mask, opened=request.opened, text_only=request.text_only)
        return seen, left.joined
    for cell in cells.values():
        tied[list(cell.rows)] = True
    return seen, tied


def _is_crowd(request: MatrixRequest) -> bool:
    if request.edges is not None:
        return False
    members = members_of(request.table, opened=request.opened, text_only=request.text_only)
    return len(members.nodes) > _CROWD


def _few(request: MatrixRequest) -> Material:
    table = request.table
    tops = fold(table, opened=request.opened, text_only=request.text_only)
    found = request.edges
    if found is None:
        found = edges(table, request.mask, text_only=request.text_only, opened=request.opened)
    by_id = {n.id: n for n in nodes.nodes_of(table, request.mask, tops, text_only=request.text_only).values()}
    cells = cells_of(found)
    return by_id, cells, _ranked(by_id, cells)


def _crowd(request: MatrixRequest) -> Material:
    """Return the same of thousands; activity is the sum of events over ties, and what is not drawn is no object."""
    table = request.table
    left = filtered(table, request.mask, opened=request.opened, text_only=request.text_only)
    told = left.look[:, 2] != _MEMBERSHIP
    ends, count = left.ends[told], len(left.count)
    active = sum((np.bincount(ends[:, side], left.weight[told], count) for side in (0, 1)), np.zeros(count))
    tied = distinct(ends)
    order = tied[np.lexsort((tied, -active[tied]))]
    chosen = np.zeros(count, np.bool_)
    room = max(2, min(MOST, int(request.height / _ROW)))
    chosen[order[:room]] = True
    lines = np.flatnonzero(chosen[left.ends].all(axis=1)).tolist()
    cells = cells_of([edge for line in lines for edge in edges_of(left, line)])
    ids, names, total = table.actors.ids, table.actors.names, left.members.total
    by_id = {
        ids[at]: Node(at, ids[at], names[at], (), node_ids(left, at)[1:], int(total[at]), int(left.count[at]))
        for at in order[:room].tolist()
    }
    return by_id, cells, [ids[at] for at in order.tolist()]


def _ranked(by_id: Mapping[str, Node], cells: Mapping[tuple[str, str], Cell]) -> list[str]:
    """Return the actors of any cell, the most tied events first."""
    weight: dict[str, set[int]] = {}
    for pair, cell in cells.items():
        for name in pair:
            weight.setdefault(name, set()).update(cell.rows)
    return sorted(weight, key=lambda name: (-len(weight[name]), by_id[name].index))
