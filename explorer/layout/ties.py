"""The edges of the actor graph on the canvas: bundles of curves, arrowheads, words where there is room."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import EventTable
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.layout import routes
from explorer.layout.measure import Measure, line_height
from explorer.layout.routes import Box, Curve, Disc
from explorer.layout.scene import Dash, Group, Item, Label, Path, Rect
from explorer.query.edges import Edge
from explorer.words import isolated, tr

#: At most so many edges get words; the rest keep theirs as titles.
MOST_LABELS = 60
#: With more edges than this, words appear only where no other line runs.
_CALM = 24
_TITLES = 4
#: Where the words of an edge may end early.
_BREAKS = (" – ", ", ", ": ", " · ")
#: Pixels between the points that stand for a line where words look for room.
_SAMPLE = 6.0


@frozen
class Route:
    """An edge with its curve between the borders of its nodes."""

    edge: Edge
    curve: Curve
    target: Disc


def routed(edges: Sequence[Edge], discs: Mapping[str, Disc], plot: Box) -> list[Route]:
    """Return the curves of all edges between drawn nodes: parallel ones bow apart, clear of nodes, inside plot."""
    bundles: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        if edge.source in discs and edge.target in discs:
            bundles.setdefault((min(edge.source, edge.target), max(edge.source, edge.target)), []).append(
                edge
            )
    found = []
    every = np.array([(disc.x, disc.y, disc.radius) for disc in discs.values()]).reshape(-1, 3)
    place = {name: number for number, name in enumerate(discs)}
    for (one, two), parallel in bundles.items():
        first, second = discs[one], discs[two]
        others = np.delete(every, (place[one], place[two]), axis=0)
        bows = routes.bundle(len(parallel), math.dist(first.centre, second.centre))
        extra = routes.clear_bow(first, second, others, bows, plot)
        for edge, bow in zip(sorted(parallel, key=_order), bows, strict=True):
            kept = routes.inside_bow(first, second, bow + extra, plot)
            found.append(_route(edge, first, second, kept, turned=edge.source != one))
    return [route for route in found if route is not None]


def _order(edge: Edge) -> tuple[bool, str, tuple[object, ...]]:
    return (bool(edge.relation_ids), edge.source, edge.key)


def _route(edge: Edge, first: Disc, second: Disc, bow: float, *, turned: bool) -> Route | None:
    source, target = (second, first) if turned else (first, second)
    whole = routes.bowed(source, target, -bow if turned else bow)
    curve = routes.between(whole, source, target, arrow=edge.directed)
    return Route(edge, curve, target) if curve else None


def draw(
    table: EventTable,
    paths: Sequence[Route],
    labels: Mapping[int, tuple[Box, str]],
    measure: Measure,
    faded: Mapping[str, float],
) -> list[Group]:
    """Return the edges as groups of kind "edge", those with words last, so that no line crosses a word.

    ids = the events behind an edge, then its relations. labels: of labelled(). faded: opacity by actor id.
    """
    groups = []
    for number, route in enumerate(paths):
        opacity = min(faded.get(route.edge.source, 1.0), faded.get(route.edge.target, 1.0))
        groups.append(_drawn(table, route, labels.get(number), measure, opacity))
    return [groups[number] for number in _order_of_drawing(paths, labels)]


def _order_of_drawing(paths: Sequence[Route], labels: Mapping[int, tuple[Box, str]]) -> list[int]:
    """Return the numbers of edges so that a line through another's words is drawn before these, as far as can be."""
    order = [number for number in range(len(paths)) if number not in labels]
    ranked = [number for number in range(len(paths)) if number in labels]
    lines, left = _Lines([paths[number] for number in ranked]), list(ranked)
    before: dict[int, set[int]] = {}
    for number in left:
        through = distinct(lines.through(labels[number][0])).tolist()
        before[number] = {ranked[other] for other in through} - {number}
    while left:
        ready = min(left, key=lambda number: (len(before[number].intersection(left)), number))
        left.remove(ready)
        order.append(ready)
    return order


class _Lines:
    """Points along curves, sorted from left to right, so that a box finds those in it quickly."""

    def __init__(self, paths: Sequence[Route]) -> None:
        points, owner = samples(paths)
        order = np.argsort(points[:, 0], kind="stable")
        self._x, self._y, self._owner = points[order, 0], points[order, 1], owner[order]

    def through(self, box: Box, gap: float = 0.0) -> NDArray[np.int64]:
        """Return the route of each point in a box, or nearer to it than gap."""
        x, y, width, height = box
        first, last = np.searchsorted(self._x, (x - gap, x + width + gap))
        high = self._y[first:last]
        inside: NDArray[np.int64] = self._owner[first:last][(high > y - gap) & (high < y + height + gap)]
        return inside


def samples(paths: Sequence[Route]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return points along all curves, float64 (n, 2), and the number of the route that each lies on.

    As dense as a line of words is high, so that no line slips through words between two points.
    """
    if not paths:
        return np.empty((0, 2)), np.empty(0, np.int64)
    ends = np.array([(path.curve.start, path.curve.bend, path.curve.end) for path in paths])
    length = np.hypot(*(ends[:, 1] - ends[:, 0]).T) + np.hypot(*(ends[:, 2] - ends[:, 1]).T)
    counts = np.clip((length / _SAMPLE).astype(np.int64), 8, 120)
    owner = np.repeat(np.arange(len(paths)), counts)
    t = ((np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts) + 0.5) / counts[owner])[
        :, None
    ]
    points = (1 - t) ** 2 * ends[owner, 0] + 2 * t * (1 - t) * ends[owner, 1] + t * t * ends[owner, 2]
    return np.asarray(points, np.float64), owner


def strength(edge: Edge) -> tuple[int, bool]:
    """Return what edges are ranked by: distinct events, then stated ties before memberships."""
    return (edge.weight, edge.kind != "membership")


def line_of(edge: Edge) -> float:
    """Return the width of an edge's line in pixels, by its weight."""
    if edge.relation_ids:
        return 1.2 if edge.kind == "membership" else 1.6
    return round(min(1.6 + 0.9 * math.log2(edge.weight), 6.0), 2)


def dash_of(edge: Edge) -> Dash:
    """Return the dash of an edge: dotted for membership, dashed where an end is not stated."""
    if edge.kind == "membership":
        return "dot"
    return "dash" if edge.dashed else "solid"


def labelled(
    paths: Sequence[Route], taken: Sequence[Box], plot: Box, measure: Measure
) -> dict[int, tuple[Box, str]]:
    """Return box and words of each edge that found room, by number: strongest first, clear of other lines.

    taken: boxes of nodes and their words. plot: where words may lie.
    """
    lines = _Lines(paths)
    placed: list[Box] = list(taken)
    found: dict[int, tuple[Box, str]] = {}
    ranked = sorted(range(len(paths)), key=lambda n: strength(paths[n].edge), reverse=True)
    height = line_height(measure, "small") + 4
    room = min(180.0, plot[2] * 0.28)
    calm = len(paths) > _CALM
    for number in ranked[:MOST_LABELS]:
        for text in _wordings(paths[number].edge, _label_room(paths[number].curve, room, height), measure):
            width = measure.width(text, "small") + 10
            box = _free_box(paths[number].curve, (width, height), placed, plot, lines, number, clear=calm)
            if box is not None:
                placed.append(box)
                found[number] = (box, text)
                break
    return found


def _label_room(curve: Curve, room: float, height: float) -> float:
    """Return how wide a label may be so that it hides no more than three quarters of its line."""
    flat = abs(curve.end[0] - curve.start[0])
    steep = abs(curve.end[1] - curve.start[1])
    return room if steep > 2 * height else min(room, max(flat * 0.75 - 10, 24.0))


def _wordings(edge: Edge, room: float, measure: Measure) -> list[str]:
    """Return the words of an edge, then shorter ones; what is not reported as fact keeps a question mark.

    Shorter means: without what stands after a dash, a comma or a colon. No word is ever cut.
    """
    core = edge.label.partition(" (")[0]
    texts = [edge.label, core]
    rest = core
    while (cut := max(rest.rfind(mark) for mark in _BREAKS)) > 0:
        rest = rest[:cut]
        texts.append(tr("{act}…").format(act=rest))
    if edge.hollow:
        texts[1:] = [tr("{act} (?)").format(act=text) for text in texts[1:]]
    return [text for text in dict.fromkeys(texts) if measure.width(text, "small") <= room]


def _free_box(
    curve: Curve,
    size: tuple[float, float],
    placed: Sequence[Box],
    plot: Box,
    lines: _Lines,
    number: int,
    *,
    clear: bool,
) -> Box | None:
    """Return the first free box along a curve that no other line runs through, else (unless clear) the best."""
    best, fewest = None, math.inf
    for box in routes.label_spots(curve, *size):
        if not routes.within(box, plot) or any(routes.overlaps(box, other, 2.0) for other in placed):
            continue
        crossed = int((lines.through(box, 2.0) != number).sum())
        if crossed < fewest:
            best, fewest = box, crossed
        if not crossed:
            break
    return None if clear and fewest else best


def _drawn(
    table: EventTable, route: Route, label: tuple[Box, str] | None, measure: Measure, opacity: float
) -> Group:
    edge, curve = route.edge, route.curve
    strong = opacity * (0.75 if edge.hollow else 1.0)
    line = line_of(edge)
    items: list[Item] = [Path(curve.segments(), edge.hue, "", line, dash_of(edge), strong)]
    if edge.directed:
        items.append(routes.head(curve, route.target, edge.hue, line, hollow=edge.hollow))
    boxes = list(routes.targets(curve))
    if label is not None:
        box, text = label
        x, y, width, height = (round(number, 2) for number in box)
        items.append(Rect(x, y, width, height, "panel", "line", 1.0, 4.0))
        base = round(y + 2 + measure.ascent("small"), 2)
        whole = edge.label if edge.label != text else ""
        wide = measure.width(text, "small")
        middle = round(x + width / 2, 2)
        items.append(Label(middle, base, text, "small", wide, _ink(edge), "middle", whole, opacity))
        boxes.append((x, y, width, height))
    ids = tuple(table.ids[row] for row in edge.rows) + edge.relation_ids
    return Group(tuple(items), ids, "edge", edge_title(table, edge), tuple(boxes))


def _ink(edge: Edge) -> str:
    return "muted" if edge.hue == "none" else edge.hue


def edge_title(table: EventTable, edge: Edge) -> str:
    """Return what a tooltip says of an edge: who, whom, what, how often, the first headlines."""
    one, two = (isolated(table.actors.names[table.actor_of[record]]) for record in (edge.source, edge.target))
    ends = tr("{source} → {target}") if edge.directed else tr("{source} and {target}")
    parts = [tr("{ends}: {what}").format(ends=ends.format(source=one, target=two), what=edge.label)]
    if edge.rows:
        heads = [isolated(title) for title in table.titles(list(edge.rows[:_TITLES]))]
        more = tr("; …") if len(edge.rows) > _TITLES else ""
        parts.append(tr("{n} records: {heads}").format(n=len(edge.rows), heads=tr("; ").join(heads) + more)
                     if len(edge.rows) > 1 else tr("1 record: {head}").format(head=heads[0]))  # fmt: skip
    if edge.inferred and edge.rows:
        parts.append(tr("In {n} of them one end is the coder's reading").format(n=edge.inferred))
    return tr(". ").join(parts)
