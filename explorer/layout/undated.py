"""The undated lane: what the facts order stands first and in that order, with thin arrows for what orders it.

An arrow leads from what was earlier to what was later; each kind of link has a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from explorer.casefile.columns import BASES, LINK_TYPES, MODALITIES, EventTable, Ints
from explorer.frozen import frozen
from explorer.layout.ladder import ladder
from explorer.layout.legend import Entry
from explorer.layout.measure import Measure, shortened
from explorer.layout.scene import Dash, Group, Item, Label, Path, Rect, Role, Shape
from explorer.layout.strip import LINE, MARK, Chip, Flow, chip_groups, rest_group
from explorer.layout.tooltips import cluster_words
from explorer.words import tr

#: Kinds of link that order their ends: line, width, whether it ends in an arrow, and the words of the legend.
TIES: dict[str, tuple[Dash, float, bool, str]] = {
    "before": ("solid", 1.0, True, "before"),
    "causes": ("solid", 1.9, True, "caused"),
    "enables": ("dash", 1.3, True, "made possible"),
    "in_response_to": ("dot", 1.3, True, "answered by"),
    "part_of": ("dot", 1.0, False, "has as a part"),
    "contains": ("dot", 1.0, False, "has as a part"),
}
#: So many arrows are drawn; more would be a thicket.
MOST_TIES = 24
#: So many undated records are put in order.
_MOST_ORDERED = 5000
_TRACKS = (8.0, 5.0, 2.0)  # pixels below the top of a line, on which arrows run
#: What a line is higher by where arrows run above its chips.
HEADROOM = 9.0
_ASSERTED, _REFERENCE = MODALITIES.index("asserted"), BASES.index("reference")


@frozen
class Tie:
    """A link between two records of the lane, by their places in it, from the earlier (or the whole) to the later."""

    start: int
    end: int
    kind: str


def in_order(table: EventTable, rows: Ints, *, text_only: bool) -> Ints:
    """Return rows with those that links order first, in that order; the others as they were."""
    if not len(table.links.source) or len(rows) > _MOST_ORDERED:
        return rows
    tied = np.isin(rows, _ordering(table, rows, text_only)[:2])
    first = ladder(table, text_only=text_only).first[rows]
    order = np.argsort(np.where(tied & (first >= 0), first, np.iinfo(np.int32).max), kind="stable")
    return rows[order]


def ties_between(table: EventTable, records: Sequence[str], *, text_only: bool) -> tuple[Tie, ...]:
    """Return the links that order some of records, the nearest first, at most MOST_TIES."""
    if not len(table.links.source):
        return ()
    rows = np.array([table.row_of[record] for record in records], np.int32)
    place = {row: at for at, row in enumerate(rows.tolist())}
    source, target, kinds = _ordering(table, rows, text_only)
    ties = []
    for one, other, code in zip(source.tolist(), target.tolist(), kinds.tolist(), strict=True):
        kind = LINK_TYPES[code]
        ends = place[one], place[other]
        ties.append(Tie(*(ends[::-1] if kind in {"in_response_to", "part_of"} else ends), kind))
    ties = sorted(set(ties), key=lambda tie: (abs(tie.end - tie.start), tie.start, tie.end, tie.kind))
    return tuple(ties[:MOST_TIES])


def _ordering(table: EventTable, rows: Ints, text_only: bool) -> tuple[Ints, Ints, Ints]:
    """Return source, target and kind of the asserted links between two of rows that say something of their order."""
    links = table.links
    kinds = [LINK_TYPES.index(kind) for kind in TIES]
    kept = np.isin(links.type, kinds) & (links.modality == _ASSERTED) & np.isin(links.source, rows)
    kept &= np.isin(links.target, rows) & (links.source != links.target)
    if text_only:
        kept &= links.basis != _REFERENCE
    return links.source[kept], links.target[kept], links.type[kept].astype(np.int32)


def tie_entries(ties: Sequence[Tie]) -> tuple[Entry, ...]:
    """Return the keys of the kinds of ties that are drawn."""
    known = {TIES[tie.kind][3]: tie.kind for tie in ties}
    return tuple(Entry(tuple(_line([(0, 0), (24, 0)], kind)), tr(said)) for said, kind in known.items())


@frozen(eq=False, slots=False)
class Undated:
    """chips as flowed, the rows of rest without a place of their own, the ties between chips; ids: those of rows."""

    table: EventTable
    chips: Sequence[Chip]
    flow: Flow
    rest: Ints
    ties: Sequence[Tie]
    axis: str
    left: float
    right: float
    ids: Callable[[Ints], Sequence[str]]


def strip_name(axis: str) -> str:
    """Return what the lane is called."""
    return tr("No order given") if axis == "order" else tr("No date")


def undated_items(lane: Undated, top: float, height: float, width: float, measure: Measure) -> list[Item]:
    """Return the lane at top: its name, its arrows, its chips, and the mark for all that have no room."""
    items: list[Item] = [Rect(0, top, width, height, "lane_b"), rule(0, top, width, top)]
    whole = strip_name(lane.axis)
    name = shortened(whole, lane.left - 20, "lane", measure)
    base = top + 5 + lane.flow.pitch - LINE / 2 + (measure.ascent("lane") - measure.descent("lane")) / 2
    label = Label(lane.left - 12, base, name, "lane", measure.width(name, "lane"), "muted", "end", whole)
    words = _title(lane.axis, len(lane.flow.spots) + len(lane.rest))
    items.append(Group((label,), kind="lane", title=words))
    items += _arrows(lane, top + 5)
    items += chip_groups(lane.chips, lane.flow, top + 5, measure)
    if len(lane.rest):
        words = cluster_words(lane.table, lane.rest, whole)
        items.append(rest_group(lane.ids(lane.rest), words, lane.flow, top + 5, lane.right, measure))
    return items


def _title(axis: str, count: int) -> str:
    if axis == "order":
        return tr("{count} records with neither a link nor a date that would order them").format(count=count)
    return tr("{count} records without any date").format(count=count)


def _arrows(lane: Undated, top: float) -> list[Item]:
    """Return the arrows between marks on one line or on neighbouring ones: above the words, never across them."""
    spots = {i: (line, x + MARK / 2) for i, line, x, _ in lane.flow.spots}
    pitch = lane.flow.pitch
    taken: dict[int, list[tuple[int, float, float]]] = {}
    items: list[Item] = []
    for tie in lane.ties:
        if tie.start not in spots or tie.end not in spots:
            continue
        (line, x), (last, end) = spots[tie.start], spots[tie.end]
        low, high = min(x, end), max(x, end)
        used = {t for t, a, b in taken.get(max(line, last), []) if a < high + 4 and b > low - 4}
        free = [t for t in range(len(_TRACKS)) if t not in used]
        if abs(line - last) > 1 or not free:
            continue
        taken.setdefault(max(line, last), []).append((free[0], low, high))
        way = _way((line, x), (last, end), top, pitch, _TRACKS[free[0]])
        items += _line(way, tie.kind)
    return items


def _way(
    start: tuple[int, float], end: tuple[int, float], top: float, pitch: float, track: float
) -> list[tuple[float, float]]:
    """Return the corners from mark to mark: up from the first, along the track of the lower line, down to the other."""
    (line, x), (last, x1) = start, end
    y = top + max(line, last) * pitch + track
    above, below = pitch - LINE / 2 - 6.5, pitch - LINE / 2 + 6.5
    y0 = top + line * pitch + (above if line >= last else below)
    y1 = top + last * pitch + (above if last >= line else below)
    shift = 2.5 if x1 >= x else -2.5
    return [(x + shift, y0), (x + shift, y), (x1 - shift, y), (x1 - shift, y1)]


def _line(points: Sequence[tuple[float, float]], kind: str) -> list[Item]:
    """Return the line of a kind of link through points, with its arrow or, at the whole of a part, its dot."""
    dash, wide, pointed, _ = TIES[kind]
    role: Role = "muted"
    segments = tuple(("L" if i else "M", x, y) for i, (x, y) in enumerate(points))
    items: list[Item] = [Path(segments, role, line=wide, dash=dash)]
    (a, b), (x, y) = points[-2], points[-1]
    if not pointed:
        return [*items, Shape("circle", *points[0], 1.8, role)]
    dx, dy = (np.sign(x - a) * 4.0, np.sign(y - b) * 4.0)
    tip = (
        ("M", x - dx - dy * 0.7, y - dy - dx * 0.7),
        ("L", x, y),
        ("L", x - dx + dy * 0.7, y - dy + dx * 0.7),
    )
    head = tuple((name, float(c), float(d)) for name, c, d in tip)
    return [*items, Path(head, role, line=max(wide, 1.2))]


def rule(x0: float, y0: float, x1: float, y1: float) -> Path:
    """Return a thin line between parts of a picture."""
    return Path((("M", x0, y0), ("L", x1, y1)), "line", line=1.0)
