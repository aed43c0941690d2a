"""The edges of the actor graph on the canvas: bundles of curves, arrowheads, words where there is room."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import EventTable
from explorer.layout import routes
from explorer.layout.measure import Measure, line_height, shortened
from explorer.layout.routes import Box, Curve, Disc
from explorer.layout.scene import Dash, Group, Item, Label, Path, Rect
from explorer.query.edges import Edge
from explorer.words import isolated, tr

#: At most so many edges get words; the rest keep theirs as titles.
MOST_LABELS = 60
#: With more edges than this, words appear only where no other line runs.
_CALM = 24
_TITLES = 4


@dataclass(frozen=True, slots=True)
class Route:
    """An edge with its curve between the borders of its nodes."""

    edge: Edge
    curve: Curve
    target: Disc


def routed(edges: Sequence[Edge], discs: Mapping[str, Disc]) -> list[Route]:
    """Return the curves of all edges between drawn nodes: parallel ones bow apart, clear of nodes."""
    bundles: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        if edge.source in discs and edge.target in discs:
            bundles.setdefault((min(edge.source, edge.target), max(edge.source, edge.target)), []).append(
                edge
            )
    found = []
    for (one, two), parallel in bundles.items():
        first, second = discs[one], discs[two]
        others = [disc for name, disc in discs.items() if name not in (one, two)]
        bows = routes.bundle(len(parallel), math.dist(first.centre, second.centre))
        extra = routes.clear_bow(first, second, others, bows)
        for edge, bow in zip(sorted(parallel, key=_order), bows, strict=True):
            found.append(_route(edge, first, second, bow + extra, turned=edge.source != one))
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
        groups.append((number in labels, _drawn(table, route, labels.get(number), measure, opacity)))
    return [group for worded, group in groups if not worded] + [group for worded, group in groups if worded]


def samples(paths: Sequence[Route]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return points along all curves, float64 (n, 2), and the number of the route that each lies on."""
    points = [path.curve.at((step + 0.5) / 24) for path in paths for step in range(24)]
    return np.array(points, np.float64).reshape(-1, 2), np.repeat(np.arange(len(paths)), 24)


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
    points, owner = samples(paths)
    placed: list[Box] = list(taken)
    found: dict[int, tuple[Box, str]] = {}
    ranked = sorted(range(len(paths)), key=lambda n: strength(paths[n].edge), reverse=True)
    height = line_height(measure, "small") + 4
    room = min(180.0, plot[2] * 0.28)
    calm = len(paths) > _CALM
    for number in ranked[:MOST_LABELS]:
        for text in _wordings(paths[number].edge, _label_room(paths[number].curve, room, height), measure):
            width = measure.width(text, "small") + 10
            box = _free_box(
                paths[number].curve, (width, height), placed, plot, points[owner != number], clear=calm
            )
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
    """Return the words of an edge, then shorter ones; what is not reported as fact keeps a question mark."""
    label = edge.label
    core = label.partition(" (")[0]
    if edge.hollow:
        core = tr("{act} (?)").format(act=core)
    fits = [text for text in dict.fromkeys((label, core)) if measure.width(text, "small") <= room]
    short = shortened(core, min(room, 84.0), "small", measure)
    return [*fits, short] if len(short) > 3 and short not in fits else fits


def _free_box(
    curve: Curve,
    size: tuple[float, float],
    placed: Sequence[Box],
    plot: Box,
    points: NDArray[np.float64],
    *,
    clear: bool,
) -> Box | None:
    """Return the first free box along a curve that no other line runs through, else (unless clear) the best."""
    best, fewest = None, math.inf
    for box in routes.label_spots(curve, *size):
        if not routes.within(box, plot) or any(routes.overlaps(box, other, 2.0) for other in placed):
            continue
        inside = np.abs(points - (box[0] + box[2] / 2, box[1] + box[3] / 2)) < (
            box[2] / 2 + 2,
            box[3] / 2 + 2,
        )
        crossed = int((inside[:, 0] & inside[:, 1]).sum())
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
