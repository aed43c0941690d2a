"""The actor graph: who is tied to whom, in a stable place (design §3a "Edges" and §4 "Actor panel").

Places are made once for all actors of a case; a filter dims or hides, it never shuffles.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import EventTable, Mask
from explorer.frozen import frozen
from explorer.layout import nodes, places, spring, ties
from explorer.layout.crowdnodes import filtered, members_of
from explorer.layout.footer import Footer, graph_footer
from explorer.layout.graphcrowd import CrowdPicture, draw_crowd
from explorer.layout.graphfinder import edges_of
from explorer.layout.graphrequest import GraphRequest as GraphRequest
from explorer.layout.graphrequest import Look as Look
from explorer.layout.graphrequest import Places
from explorer.layout.measure import Measure
from explorer.layout.nodes import Node, Spot
from explorer.layout.routes import Box, Disc
from explorer.layout.scene import Item, Label, Scene
from explorer.query.edges import Edge, edges, neighbours
from explorer.query.folding import fold, parents
from explorer.words import tr

_MOST_CONTEXT = 12
_PIXELS_PER_NODE = 9000.0
_DIMMED = 0.3
#: So many actors are drawn in full, as far as the canvas can hold them; of more, all are drawn as a crowd.
_FEW = 60
_CROWD = 150
#: About one actor of a crowd, so many edges are drawn with words at most.
_MOST_CURVES = 120
#: Part of the height that the meaning of marks may take, and pixels that it may take in any case.
_FOOTER_SHARE = 0.16
_FOOTER_LEAST = 50.0


def place_actors(
    table: EventTable, seed: int = 0, *, found: Sequence[Edge] | None = None
) -> dict[str, tuple[float, float]]:
    """Return a place in the unit square for every actor, by all events and ties of the case, rounded to 1e-4.

    Top-level actors by stress; those folded into one in a ring about it, beside it when opened. No filter, and
    not "Only what the report says" either, has a say in it: whatever is shown, an actor keeps its place. found: the
    edges of the whole case, where they are known already.
    """
    kept = places.kept_places(table) if seed == 0 else None
    if kept is not None:
        return kept
    if places.is_crowd(table):
        made = places.named_places(table, *places.placed_here(table, seed))
        if seed == 0:
            places.keep_places(table, made)
        return made
    tops = fold(table)
    if found is None:
        found = edges(table, np.ones(len(table), bool))
    relations = table.relations
    used = set(
        tops[np.concatenate([table.participations.actor, relations.source, relations.target])].tolist()
    )
    roots = sorted(used)
    rank = {table.actors.ids[root]: number for number, root in enumerate(roots)}
    weights: dict[tuple[int, int], float] = {}
    for edge in found:
        pair = (min(rank[edge.source], rank[edge.target]), max(rank[edge.source], rank[edge.target]))
        weights[pair] = weights.get(pair, 0.0) + max(edge.weight, 1)
    pairs = np.array(sorted(weights), np.int64).reshape(-1, 2)
    lengths = np.array([1.15 / (1 + 0.12 * math.log2(weights[pair])) for pair in sorted(weights)], np.float64)
    spots = spring.place(len(roots), pairs, lengths, [table.actors.sides[root] for root in roots], seed)
    spots = _spread(spots)
    result = dict.fromkeys(table.actors.ids, (0.5, 1.0))  # where those lie that no record names: never drawn
    result |= {
        table.actors.ids[root]: (float(x), float(y)) for root, (x, y) in zip(roots, spots, strict=True)
    }
    return places.with_parts(table, result, parents(table))


def layout_graph(request: GraphRequest, measure: Measure) -> Scene:
    """Return the graph as a Scene; every event of the mask is behind a node, an edge or a note below.

    Groups: "edge" (ids: events, then relations), "actor" (ids: the actor, those it stands for, its events),
    "cluster" (records that name no actor, or none that is drawn) and "legend". The last arrangement of a table is
    kept, so that dimming (bright) costs no layout.
    """
    return draw_graph(request, measure).scene


def draw_graph(request: GraphRequest, measure: Measure) -> CrowdPicture:
    """Return the graph with what it tells of itself: few actors in full, a crowd as graphcrowd draws it."""
    if is_crowd(request):
        return draw_crowd(request, _table_places(request), measure)
    scene = _few(request, measure)
    return CrowdPicture(scene, None)


def is_crowd(request: GraphRequest) -> bool:
    """Return True where the canvas holds too few of the actors that some filter shows, or that are near the centre."""
    members = members_of(request.table, opened=request.opened, text_only=request.text_only)
    limit = max(_limit(request), _FEW)
    if len(members.nodes) <= limit or request.centre is None:
        return len(members.nodes) > limit
    left = filtered(request.table, request.mask, opened=request.opened, text_only=request.text_only)
    centre = request.table.actor_of[request.centre]
    near = np.zeros(len(left.count), np.bool_)
    near[left.near(centre, request.steps)] = True
    drawn = int(np.count_nonzero(near[left.ends].all(axis=1)))
    return int(np.count_nonzero(near)) > _limit(request) or drawn > _MOST_CURVES


def _table_places(request: GraphRequest) -> NDArray[np.float64]:
    """Return the places of all actors in table order, float64 (actors, 2); kept for the next frame."""
    spots = request.positions if request.positions is not None else place_actors(request.table)
    known: tuple[Places, NDArray[np.float64]] | None = request.table.derived.get("place array")
    if known is None or known[0] is not spots:
        array = np.array([spots.get(name, (0.5, 0.5)) for name in request.table.actors.ids], np.float64)
        known = request.table.derived["place array"] = (spots, array.reshape(-1, 2))
    return known[1]


def _few(request: GraphRequest, measure: Measure) -> Scene:
    table = request.table
    laid = _arranged(request, measure)
    faded = {name: _opacity(request, name) for name in laid.shown}
    items: list[Item] = [*ties.draw(table, laid.paths, laid.labels, measure, faded)]
    camps = nodes.camp_roles(table)
    for name, node in laid.shown.items():
        role = camps.get(table.actors.sides[node.index], "camp_none")
        items.append(nodes.draw(table, node, laid.spots[name], role, measure, faded[name]))
    if not laid.shown:
        items += _nobody(request, laid.footer.height, measure)
    items += laid.footer.items(0.0, request.height - laid.footer.height)
    ids = frozenset(table.ids[int(row)] for row in np.flatnonzero(request.mask))
    return Scene(request.width, request.height, tuple(items), event_ids=ids)


@frozen(slots=False)
class _Arrangement:
    """All that does not depend on what is dimmed: nodes, where they lie, the ways of edges, and free words."""

    shown: Mapping[str, Node]
    spots: Mapping[str, Spot]
    paths: Sequence[ties.Route]
    labels: Mapping[int, tuple[Box, str]]
    footer: Footer


_LAST: WeakKeyDictionary[EventTable, tuple[tuple[object, ...], Mask, _Arrangement]] = WeakKeyDictionary()


def _arranged(request: GraphRequest, measure: Measure) -> _Arrangement:
    """Return the arrangement of a request, the last one where only the dimming differs."""
    key = (
        request.edges, request.positions, request.width, request.height, request.text_only, request.opened,
        request.pinned, request.centre, request.steps, request.footer, measure,
    )  # fmt: skip
    last = _LAST.get(request.table)
    if last is not None and last[0] == key and np.array_equal(last[1], request.mask):
        return last[2]
    made = _arrange(request, measure)
    _LAST[request.table] = (key, request.mask.copy(), made)
    return made


def _arrange(request: GraphRequest, measure: Measure) -> _Arrangement:
    table = request.table
    tops = fold(table, opened=request.opened, text_only=request.text_only)
    all_nodes = nodes.nodes_of(table, request.mask, tops, text_only=request.text_only)
    found = request.edges if request.edges is not None else _edges(request)
    shown, drawn = _shown(request, all_nodes, found)
    footer = _footer(request, shown, all_nodes, drawn, measure)
    plot = (10.0, 10.0, request.width - 20.0, request.height - 20.0 - footer.height)
    discs = _discs(request, shown, all_nodes, plot, measure)
    paths = ties.routed(drawn, discs, plot)
    tied = {end for edge in found for end in (edge.source, edge.target)}  # though the other end be not drawn
    notes = {name: "" if name in tied else _no_tie(request) for name in shown}
    spots = nodes.worded(shown, discs, notes, ties.samples(paths)[0], plot, measure)
    taken = [spot.box for spot in spots.values() if spot.box is not None]
    labels = ties.labelled(paths, [*taken, *map(_square, discs.values())], plot, measure)
    return _Arrangement(shown, spots, paths, labels, footer)


def _edges(request: GraphRequest) -> tuple[Edge, ...]:
    """Return the edges of a request; where there is a centre, of what is near to it alone."""
    table, centre = request.table, request.centre
    if centre is None:
        return edges(table, request.mask, text_only=request.text_only, opened=request.opened)
    left = filtered(table, request.mask, opened=request.opened, text_only=request.text_only)
    near = np.zeros(len(left.count), np.bool_)
    near[left.near(table.actor_of[centre], request.steps)] = True
    inside = near[left.ends].all(axis=1)
    return tuple(edge for at in np.flatnonzero(inside).tolist() for edge in edges_of(left, at))


def _shown(
    request: GraphRequest, all_nodes: Mapping[int, Node], found: Sequence[Edge]
) -> tuple[dict[str, Node], list[Edge]]:
    """Return the nodes to draw, by id and in table order, and the edges between them.

    In view: actors with an event in view, and the other ends of their stated ties, where these are few.
    """
    by_id = {node.id: node for node in all_nodes.values()}
    active = {node.id for node in by_id.values() if node.rows}
    whole = bool(request.mask.all())
    related = [edge for edge in found if edge.relation_ids and (whole or {edge.source, edge.target} & active)]
    context = {end for edge in related for end in (edge.source, edge.target)} - active
    if not whole and len(context) > _MOST_CONTEXT:
        context = set()
    names = active | context
    if request.centre is not None and request.centre in by_id:
        names &= neighbours(
            [e for e in found if {e.source, e.target} <= names], request.centre, request.steps
        )
        names.add(request.centre)
    names = _strongest(request, {name: by_id[name] for name in names}, found)
    shown = {node.id: node for node in sorted(by_id.values(), key=lambda n: n.index) if node.id in names}
    near = active if not whole else names
    drawn = [edge for edge in found if edge.source in shown and edge.target in shown]
    return shown, [edge for edge in drawn if edge.source in near or edge.target in near]


def _strongest(request: GraphRequest, named: Mapping[str, Node], found: Sequence[Edge]) -> set[str]:
    """Return as many nodes as the canvas can hold: the centre, then by events in view, ties and table order."""
    limit = _limit(request)
    if len(named) <= limit:
        return set(named)
    degree = dict.fromkeys(named, 0)
    for edge in found:
        for end in (edge.source, edge.target):
            if end in degree:
                degree[end] += 1
    ranked = sorted(
        named, key=lambda n: (n != request.centre, -len(named[n].rows), -degree[n], named[n].index)
    )
    return set(ranked[:limit])


def _limit(request: GraphRequest) -> int:
    return max(8, int(request.width * (request.height - _FOOTER_LEAST) / _PIXELS_PER_NODE))


def _discs(
    request: GraphRequest,
    shown: Mapping[str, Node],
    all_nodes: Mapping[int, Node],
    plot: Box,
    measure: Measure,
) -> dict[str, Disc]:
    """Return where each shown node lies, in pixels.

    Nodes are pushed apart together with those that the filter hides, so that none moves when they come back.
    """
    placed = _possible(request, all_nodes)
    if len(placed) > _limit(request) or request.centre is not None:
        placed = dict(shown)
    names = list(placed)
    largest = _largest(len(names), plot)
    most = max((node.total for node in placed.values()), default=0)
    radii = np.array([nodes.radius(placed[name].total, most, largest) for name in names])
    widths = np.array([nodes.words_width(placed[name].name, "", plot, measure)[1] for name in names])
    centres = _pixels(request, names, plot, radii, widths, nodes.words_height(" ", measure))
    return {
        name: Disc(round(float(x), 2), round(float(y), 2), float(size))
        for name, (x, y), size in zip(names, centres, radii, strict=True)
        if name in shown
    }


def _possible(request: GraphRequest, all_nodes: Mapping[int, Node]) -> dict[str, Node]:
    """Return the nodes that some filter shows: those with an event, or at an end of a stated tie."""
    relations = request.table.relations
    tops = fold(request.table, opened=request.opened, text_only=request.text_only)
    tied = {int(top) for ends in (relations.source, relations.target) for top in tops[ends]}
    return {node.id: node for node in all_nodes.values() if node.total or node.index in tied}


def _square(disc: Disc) -> Box:
    return (disc.x - disc.radius, disc.y - disc.radius, 2 * disc.radius, 2 * disc.radius)


def _pixels(
    request: GraphRequest,
    names: Sequence[str],
    plot: Box,
    radii: NDArray[np.float64],
    widths: NDArray[np.float64],
    below: float,
) -> NDArray[np.float64]:
    """Return the centres of the discs, float64 (n, 2), pushed apart with their words, inside plot."""
    if not names:
        return np.empty((0, 2))
    spots = request.positions if request.positions is not None else place_actors(request.table)
    units = np.array([request.pinned.get(name) or spots.get(name, (0.5, 0.5)) for name in names])
    if request.centre is not None and len(names) > 1:
        low, high = units.min(axis=0), units.max(axis=0)
        units = np.where(high - low > 1e-6, (units - low) / np.maximum(high - low, 1e-6), 0.5)
    halves = np.stack([np.maximum(widths / 2, radii * 1.2) + 7, radii * 1.1 + below / 2 + 4], axis=1)
    edge = np.array([halves[:, 0].mean(), halves[:, 1].max()])  # each still keeps its own half inside
    x, y, width, height = plot
    inner = np.array([x + min(edge[0], width * 0.2), y + min(edge[1], height * 0.2)])
    span = np.array([x + width, y + height]) * 1.0 - (inner - (x, y)) - inner
    fixed = np.array([name in request.pinned for name in names])
    drop = np.array([0.0, below / 2])
    boxes = spring.separate(inner + units * span, halves, (x, y, x + width, y + height), fixed)
    centres: NDArray[np.float64] = boxes - drop
    return centres


def _largest(count: int, plot: Box) -> float:
    """Return the radius of the largest node: less where there are many, or little room."""
    wanted = 22.0 if count <= 24 else 16.0 if count <= 60 else 11.0
    room = math.sqrt(max(plot[2] * plot[3], 1.0) / max(count, 1))
    return round(max(6.0, min(wanted, room / 5.0)), 2)


def _no_tie(request: GraphRequest) -> str:
    return tr("no tie stated") if bool(request.mask.all()) else tr("no tie in view")


def _nobody(request: GraphRequest, below: float, measure: Measure) -> list[Item]:
    """Return words in place of a graph without actors."""
    some = bool(request.mask.any())
    text = tr("No record shown names an actor.") if some else tr("No record is shown.")
    wide = measure.width(text, "label")
    return [Label(request.width / 2, (request.height - below) / 2, text, "label", wide, "muted", "middle")]


def _opacity(request: GraphRequest, name: str) -> float:
    return 1.0 if request.bright is None or name in request.bright else _DIMMED


def _spread(spots: NDArray[np.float64]) -> NDArray[np.float64]:
    """Push places apart on a canvas of middling size, as if each had a name of middling length."""
    if not len(spots):
        return spots
    size = np.array([900.0, 500.0])
    half = np.minimum(np.array([62.0, 30.0]), np.sqrt(size[0] * size[1] / len(spots)) * np.array([0.32, 0.2]))
    fixed, room = np.zeros(len(spots), bool), size - 2 * half
    halves = np.tile(half, (len(spots), 1))
    rounds = 300 if len(spots) <= _CROWD else 15  # of a crowd the canvas shows a part, which is spread again
    apart = spring.separate(half + spots * room, halves, (0.0, 0.0, *size.tolist()), fixed, rounds)
    result: NDArray[np.float64] = np.round((apart - half) / room, 4)
    return result


def _footer(
    request: GraphRequest,
    shown: Mapping[str, Node],
    all_nodes: Mapping[int, Node],
    drawn: Sequence[Edge],
    measure: Measure,
) -> Footer:
    """Return what stands below the graph: camps, shapes, notes, and the records that no node shows."""
    table = request.table
    seen = {row for node in shown.values() for row in node.rows}
    named = {row for node in all_nodes.values() for row in node.rows}
    rows = [int(row) for row in np.flatnonzero(request.mask)]
    nobody = [table.ids[row] for row in rows if row not in named]
    others = [table.ids[row] for row in rows if row in named and row not in seen]
    more = sum(1 for node in all_nodes.values() if node.rows and node.id not in shown)
    texts: list[tuple[str, tuple[str, ...]]] = []
    if nobody:
        texts.append((tr("No actor stated: {n}").format(n=len(nobody)), tuple(nobody)))
    if others:
        words = tr("{n} of other actors ({actors} not drawn)").format(n=len(others), actors=more)
        texts.append((words, tuple(others)))
    possible = _possible(request, all_nodes)
    room = max(request.height * _FOOTER_SHARE, _FOOTER_LEAST)
    return graph_footer(
        table, shown, possible, drawn, texts, request.width, measure, full=request.footer, room=room
    )
