"""Names for the most important of thousands of marks: one line of labels a lane, the gravest first.

Importance is the dead, then the sources; the selected come before all.

A label with its dot is an event of its own that answers to the pointer; what finds no room keeps its mark only.
"""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field, replace

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import HUES, EventTable, Ints, Mask
from explorer.frozen import frozen
from explorer.layout.crowd import Crowd, weighty
from explorer.layout.labels import fitted_text
from explorer.layout.lanes import Touches
from explorer.layout.marks import shape_of
from explorer.layout.measure import Measure
from explorer.layout.scene import FontRole, Group, Item, Label, shifted
from explorer.layout.tooltips import details, number_suffix

#: At most so many labels are drawn a frame, out of at most so many candidates.
MOST_LABELS = 300
_CANDIDATES = 700
_ROOM = 230.0
_DOT, _GAP, _AIR = 2.6, 3.0, 8.0
_FONT: FontRole = "small"
#: The height of the line of labels at the top of a lane.
LINE = 14.0


def rank_of(table: EventTable, *, text_only: bool) -> Ints:
    """Return the place of each row in the order of importance: int32, 0 the most important; made once."""
    key = f"rank {text_only}"
    if key not in table.derived:
        rank = np.empty(len(table), np.int32)
        rank[weighty(table, text_only=text_only)] = np.arange(len(table), dtype=np.int32)
        table.derived[key] = rank
    found: Ints = table.derived[key]
    return found


def gravest(crowd: Crowd, start: float, end: float, chosen: Mask | None) -> Ints:
    """Return the most important dated rows that touch start … end, the selected ones first."""
    order, spans = weighty(crowd.table, text_only=crowd.text_only), crowd.spans
    parts: list[Ints] = []
    if chosen is not None:
        picked = np.flatnonzero(chosen & crowd.mask)[: 20 * _CANDIDATES].astype(np.int32)
        parts.append(picked[_touching(crowd, picked, start, end)][:_CANDIDATES])
    found, at, step = sum(map(len, parts)), 0, 4 * _CANDIDATES
    while found < _CANDIDATES and at < len(order):
        rows = order[at : at + step]
        rows = rows[crowd.mask[rows] & spans.dated[rows] & _touching(crowd, rows, start, end)]
        if chosen is not None:
            rows = rows[~chosen[rows]]
        parts.append(rows)
        found, at, step = found + len(rows), at + step, step * 2
    return np.concatenate(parts)[:_CANDIDATES] if parts else np.empty(0, np.int32)


def _touching(crowd: Crowd, rows: Ints, start: float, end: float) -> Mask:
    spans = crowd.spans
    touching: Mask = (spans.low[rows] <= int(min(end, 9e18))) & (spans.high[rows] >= int(max(start, -9e18)))
    return touching


@frozen(eq=False, slots=False)
class LabelLines:
    """Where labels may stand: tops of the lanes' lines (NaN: none in sight), the plot from left to right."""

    tops: Sequence[float]
    left: float
    right: float
    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.taken.extend([] for _ in self.tops)

    def room(self, lane: int, start: float, end: float) -> bool:
        """Return True where nobody stands at start … end of a lane's line."""
        line = self.taken[lane]
        at = bisect(line, (start, end))
        return not ((at and line[at - 1][1] > start) or (at < len(line) and line[at][0] < end))

    def free(self, lane: int, start: float, end: float) -> bool:
        """Take start … end of a lane's line, where nobody stands there."""
        if not self.room(lane, start, end):
            return False
        insort(self.taken[lane], (start, end))
        return True


def main_lanes(rows: Ints, touches: Touches) -> NDArray[np.int64]:
    """Return the lane in which each of rows (in any order) has its full mark; touches hold them all."""
    order = np.lexsort((touches.said, touches.touch, touches.row))
    first = np.searchsorted(touches.row[order], rows)
    found: NDArray[np.int64] = touches.lane[order][np.minimum(first, len(order) - 1)].astype(np.int64)
    return found


def label_groups(
    crowd: Crowd,
    rows: Ints,
    lanes: NDArray[np.int64],
    x: NDArray[np.float64],
    lines: LabelLines,
    measure: Measure,
) -> list[Group]:
    """Return dots with labels for as many of rows (the most important first) as find room in their lane's line."""
    table, text_only = crowd.table, crowd.text_only
    seen = [i for i, lane in enumerate(lanes.tolist()) if not np.isnan(lines.tops[lane])]
    words = _Words(table, [int(rows[i]) for i in seen], text_only, measure)
    base = (LINE + measure.ascent(_FONT) - measure.descent(_FONT)) / 2
    groups: list[Group] = []
    for i in seen:
        row, lane, at = int(rows[i]), int(lanes[i]), float(x[i])
        if not lines.room(lane, at - _DOT, at + _DOT):
            continue
        text, width = words.of(row)
        beside = at + _DOT + _GAP
        if not text:
            continue
        if beside + width > lines.right:
            beside = at - _DOT - _GAP - width
        start, end = min(at - _DOT, beside), max(at + _DOT, beside + width)
        if start < lines.left or not lines.free(lane, start, end + _AIR):
            continue
        top = lines.tops[lane]
        items: list[Item] = [
            shape_of(
                HUES[int(table.hue[row])], at, top + LINE / 2, size=_DOT, hollow=bool(table.hollow[row])
            ),
            Label(beside, top + base, text, _FONT, width, "ink", full=words.title[row]),
        ]
        box = (start, top + 1, end - start, LINE - 2)
        named = Named(table, row, words.title[row], text_only, tuple(items), box)
        groups.append(Group(named.items, (table.ids[row],), "event", text, (box,), named))
        if len(groups) == MOST_LABELS:
            break
    return groups


@frozen(eq=False, slots=False)
class Named:
    """The event of one label: its full words are made only when somebody asks for them."""

    table: EventTable
    row: int
    title: str
    text_only: bool
    items: tuple[Item, ...]
    box: tuple[float, float, float, float]

    def _group(self) -> Group:
        words = details(self.table, self.row, self.title, text_only=self.text_only)
        return Group(self.items, (self.table.ids[self.row],), "event", words, (self.box,))

    def at(self, x: float, y: float, reach: float) -> Group | None:
        """Return the event."""
        del x, y, reach
        return self._group()

    def inside(self, left: float, top: float, right: float, bottom: float) -> Collection[str]:
        """Return its id."""
        del left, top, right, bottom
        return (self.table.ids[self.row],)

    def of(self, ids: AbstractSet[str]) -> Iterable[Group]:
        """Return the event where it is asked for."""
        return (self._group(),) if self.table.ids[self.row] in ids else ()

    def shifted(self, dx: float, dy: float) -> Named:
        """Return the same, moved."""
        x, y, width, height = self.box
        moved = tuple(shifted(item, dx, dy) for item in self.items)
        return replace(self, items=moved, box=(x + dx, y + dy, width, height))


class _Words:
    """Titles and labels of rows, kept with the table, so that a frame makes only those that are new in it."""

    def __init__(self, table: EventTable, rows: Sequence[int], text_only: bool, measure: Measure) -> None:
        self._table, self._text_only, self._measure = table, text_only, measure
        self.title = kept_titles(table, rows)
        scale = measure.width("Men", _FONT)
        self._known: dict[int, tuple[str, float]] = table.derived.setdefault(
            f"labels {text_only} {scale}", {}
        )

    def of(self, row: int) -> tuple[str, float]:
        """Return the label of a row and its width."""
        known = self._known.get(row)
        if known is None:
            suffix = number_suffix(self._table, row, text_only=self._text_only)
            text = fitted_text(self.title[row], suffix, _ROOM, _FONT, self._measure)
            known = self._known[row] = (text, self._measure.width(text, _FONT))
        return known


def kept_titles(table: EventTable, rows: Sequence[int]) -> dict[int, str]:
    """Return the titles of rows, fetched once for each row that is ever labelled."""
    known: dict[int, str] = table.derived.setdefault("titles kept", {})
    fresh = [row for row in rows if row not in known]
    if fresh:
        known.update(zip(fresh, table.titles(fresh), strict=True))
    return known
