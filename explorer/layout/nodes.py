"""The nodes of the actor graph: which actors, how large, in what shape and colour, with which words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import BASES, EventTable, Ints, Mask
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.layout import routes
from explorer.layout.measure import Measure, line_height, shortened
from explorer.layout.routes import Box, Disc
from explorer.layout.scene import Group, Item, Label, Rect, Role, Shape
from explorer.words import isolated, tr

Mark = Literal["circle", "square", "diamond", "triangle", "hexagon"]

#: Shape by kind of actor: a second cue beside the colour of the camp.
MARKS: Mapping[str, Mark] = {
    "state": "circle", "government": "circle", "state_forces": "circle",
    "rebel_group": "diamond", "militia": "diamond", "armed_unidentified": "diamond",
    "identity_group": "triangle", "civilians": "triangle", "protesters": "triangle", "party": "triangle",
    "person": "square", "media": "square", "source": "square",
    "international": "hexagon", "grouping": "hexagon",
}  # fmt: skip
MARK_WORDS: Mapping[Mark, str] = {
    "circle": "state or its forces", "diamond": "armed group", "triangle": "people or party",
    "square": "person or medium",
    "hexagon": "body or grouping of states",
}  # fmt: skip
#: Marks with corners reach beyond their size (paint.shapes): drawn smaller, they stay inside their disc.
SHRUNK: Mapping[str, float] = {"diamond": 0.82, "triangle": 0.8, "hexagon": 0.9}
CAMPS = 8
_LABEL_ROOM = 150.0
_REFERENCE = BASES.index("reference")


@frozen
class Node:
    """One actor as shown: index into table.actors, the rows in view, its parts, its size unfiltered."""

    index: int
    id: str
    name: str
    rows: tuple[int, ...]
    members: tuple[str, ...]
    total: int
    counted: int = -1  # events in view where rows are left out, -1 where they are not

    @property
    def seen(self) -> int:
        """The number of events in view."""
        return len(self.rows) if self.counted < 0 else self.counted


def camp_roles(table: EventTable) -> dict[str, Role]:
    """Return the colour role of each camp, in the order in which actors name them; further ones share."""
    camps = dict.fromkeys(side for side in table.actors.sides if side)
    return {camp: f"camp{number}" if number < CAMPS else "camp_none" for number, camp in enumerate(camps)}


def mark_of(kind: str) -> Mark:
    """Return the shape of a kind of actor; a circle where the kind says nothing."""
    return MARKS.get(kind, "circle")


def nodes_of(table: EventTable, mask: Mask, tops: Ints, *, text_only: bool = False) -> dict[int, Node]:
    """Return the node of every actor that stands for itself, by index, with its distinct events in view."""
    parts = table.participations
    keep = np.ones(len(parts.row), bool) if not text_only else parts.basis != _REFERENCE
    pairs = distinct(tops[parts.actor[keep]].astype(np.int64) << 32 | parts.row[keep])
    owner, row = pairs >> 32, pairs & 0xFFFFFFFF
    count = len(table.actors.ids)
    totals = np.bincount(owner, minlength=count)
    seen = mask[row]
    owner, row = owner[seen], row[seen]
    bounds = np.searchsorted(owner, np.arange(count + 1))
    members: dict[int, list[str]] = {}
    for actor, top in enumerate(tops.tolist()):
        if actor != top:
            members.setdefault(top, []).append(table.actors.ids[actor])
    return {
        int(top): Node(
            int(top),
            table.actors.ids[top],
            table.actors.names[top],
            tuple(int(r) for r in row[bounds[top] : bounds[top + 1]]),
            tuple(members.get(int(top), ())),
            int(totals[top]),
        )
        for top in distinct(tops)
    }


def radius(total: int, most: int, largest: float) -> float:
    """Return a node's radius in pixels: its area grows with its events; the smallest can still be hit."""
    least = largest * 0.36
    share = math.sqrt(total / max(most, 6))
    return round(least + (largest - least) * share, 2)


@frozen
class Spot:
    """Where a node is drawn: its disc, its words, their box (None: no room), and whether a line runs below them."""

    disc: Disc
    text: str
    note: str
    box: Box | None
    crossed: bool = False


def words_width(name: str, note: str, plot: Box, measure: Measure) -> tuple[str, float]:
    """Return a node's name, shortened where it must be, and the width of its words."""
    text = shortened(name, min(_LABEL_ROOM, plot[2] * 0.3), "label", measure)
    wide = measure.width(text, "label")
    return text, max(wide, measure.width(note, "small_italic") if note else 0.0)


def words_height(note: str, measure: Measure) -> float:
    """Return the height of a node's words."""
    return line_height(measure, "label") + (line_height(measure, "small_italic") if note else 0.0) + 2


def worded(
    shown: Mapping[str, Node],
    discs: Mapping[str, Disc],
    notes: Mapping[str, str],
    lines: NDArray[np.float64],
    plot: Box,
    measure: Measure,
) -> dict[str, Spot]:
    """Return each node with its words below, above or beside it, where fewest lines run and nothing overlaps.

    lines: points along all edges, float64 (n, 2). Where no place is free, a node keeps its words as a title.
    """
    spots: dict[str, Spot] = {}
    boxes: list[Box] = []
    for name in sorted(shown, key=lambda n: (-len(shown[n].rows), shown[n].index)):
        text, width = words_width(shown[name].name, notes[name], plot, measure)
        size = (width, words_height(notes[name], measure))
        taken = [*boxes, *(_square(disc) for other, disc in discs.items() if other != name)]
        box, crossed = _quietest(discs[name], size, taken, lines, plot)
        if box is not None:
            boxes.append(box)
        spots[name] = Spot(discs[name], text, notes[name], box, crossed)
    return spots


def _quietest(
    disc: Disc, size: tuple[float, float], taken: Sequence[Box], lines: NDArray[np.float64], plot: Box
) -> tuple[Box | None, bool]:
    """Return the free box with the fewest points of lines in it (below wins a tie), and whether any are."""
    outer = (plot[0] - 8, plot[1] - 8, plot[2] + 16, plot[3] + 12)
    best, least, crossed = None, np.inf, False
    for number, box in enumerate(_around(disc, *size)):
        if not routes.within(box, outer) or any(routes.overlaps(box, other) for other in taken):
            continue
        inside = np.abs(lines - (box[0] + box[2] / 2, box[1] + box[3] / 2)) < (box[2] / 2, box[3] / 2)
        count = int((inside[:, 0] & inside[:, 1]).sum())
        if count + 1.5 * min(number, 1) + 0.1 * number < least:
            best, least, crossed = box, count + 1.5 * min(number, 1) + 0.1 * number, count > 0
    return best, crossed


def _around(disc: Disc, width: float, height: float) -> Iterator[Box]:
    reach = disc.radius * 1.1
    yield (disc.x - width / 2, disc.y + reach + 1, width, height)
    yield (disc.x - width / 2, disc.y - reach - 2 - height, width, height)
    yield (disc.x + reach + 5, disc.y - height / 2, width, height)
    yield (disc.x - reach - 5 - width, disc.y - height / 2, width, height)
    for y in (disc.y + reach + 1, disc.y - reach - 2 - height):
        for x in (disc.x - reach, disc.x + reach - width):
            yield (x, y, width, height)


def _square(disc: Disc) -> Box:
    return (disc.x - disc.radius, disc.y - disc.radius, 2 * disc.radius, 2 * disc.radius)


def draw(table: EventTable, node: Node, spot: Spot, role: Role, measure: Measure, opacity: float) -> Group:
    """Return a node: kind "actor", ids = (its actor, those it stands for, its events in view), in this order.

    A click means the first id, the actor. Without events in view it is a ring.
    """
    disc = spot.disc
    mark = mark_of(table.actors.kinds[node.index])
    ring = not node.rows
    shape = Shape(
        mark,
        disc.x,
        disc.y,
        round(disc.radius * SHRUNK.get(mark, 1.0), 2),
        "panel" if ring else role,
        role if ring else "",
        1.6,
        opacity,
    )
    items: list[Item] = [shape]
    around = (disc.x - disc.radius, disc.y - disc.radius, 2 * disc.radius, 2 * disc.radius)
    targets = [tuple(round(number, 2) for number in around)]
    if spot.box is not None:
        items += _words(spot, "muted" if ring else "ink", measure, opacity, node.name)
        targets.append(tuple(round(number, 2) for number in spot.box))
    ids = (node.id, *node.members, *(table.ids[row] for row in node.rows))
    boxes = tuple((t[0], t[1], t[2], t[3]) for t in targets)
    return Group(tuple(items), ids, "actor", node_title(table, node), boxes)


def node_title(table: EventTable, node: Node) -> str:
    """Return what a tooltip and a screen reader say of a node."""
    parts = [
        tr("{name}: {n} of {total} records shown").format(
            name=isolated(node.name), n=node.seen, total=node.total
        )
    ]
    side = table.actors.sides[node.index]
    parts.append(tr("Camp (coder's): {camp}").format(camp=isolated(side) if side else tr("not stated")))
    if node.members:
        names = [isolated(table.actors.names[table.actor_of[member]]) for member in node.members[:6]]
        more = tr(", …") if len(node.members) > 6 else ""
        parts.append(tr("Stands also for {names}").format(names=tr(", ").join(names) + more))
    return tr(". ").join(parts)


def _words(spot: Spot, fill: Role, measure: Measure, opacity: float, full: str) -> list[Item]:
    assert spot.box is not None
    left, top, wide, high = spot.box
    x, y = round(left + wide / 2, 2), top + 1 + measure.ascent("label")
    whole = full if full != spot.text else ""
    items: list[Item] = []
    if spot.crossed:
        items.append(
            Rect(round(left - 2, 2), round(top, 2), wide + 4, high, fill="panel", radius=3.0, opacity=0.94)
        )
    width = measure.width(spot.text, "label")
    items.append(Label(x, round(y, 2), spot.text, "label", width, fill, "middle", whole, opacity))
    if spot.note:
        below = y + measure.descent("label") + measure.ascent("small_italic")
        wide = measure.width(spot.note, "small_italic")
        items.append(
            Label(x, round(below, 2), spot.note, "small_italic", wide, "muted", "middle", "", opacity)
        )
    return items
