"""What stands where in the lanes: every mark with its label's wish, packed into lines, and the lanes' heights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from explorer.frozen import frozen
from explorer.layout.labels import GAP
from explorer.layout.lanes import AFFECTED
from explorer.layout.packing import Packed, caps, packed

#: A bar at least this long carries its label above it, and stands on a line of its own kind.
WIDE = 56.0
SMALL = 4.4  # half the room of the lesser end of a stem


@dataclass(slots=True)
class Mark:
    """One place of one event: in lane `lane`, reaching from x0 to x1 with its anchor at x.

    at: index into the extents. full: the event's full mark, else the end of its stem or a lesser mark; touch says
    which. side: -1 where its label is better off to the left. line and y are set by packing; line -1: it is in a
    cluster. slim: a lesser mark that is as long as its event. first: the gravest of its lane, the last to be
    clustered.
    """

    row: int
    at: int
    lane: int
    touch: int
    full: bool
    dashed: bool
    x: float
    x0: float
    x1: float
    wide: bool = False
    width: float = 0.0  # of its label
    side: int = 1
    line: int = -1
    y: float = 0.0
    slim: bool = False
    first: bool = False

    @property
    def lesser(self) -> bool:
        """True for a mark that is neither a full one nor the end of a stem: somebody affected."""
        return not self.full and self.touch == AFFECTED


@dataclass(slots=True)
class Band:
    """A lane's stretch of the canvas, its marks, and its clusters as (line, x, marks).

    count: how many records lie in it, where they are not marks of their own.
    """

    top: float
    height: float
    lines: int
    line_height: float
    marks: list[Mark] = field(default_factory=list)
    clusters: list[tuple[float, float, list[Mark]]] = field(default_factory=list)
    count: int | None = None

    def middle(self, line: int) -> float:
        """Return the y of a line."""
        block = self.lines * self.line_height
        return self.top + (self.height - block) / 2 + (line + 0.5) * self.line_height


@frozen
class Budget:
    """What a lane costs: line height and padding; labels: lines leave room for labels."""

    line: float
    padding: float
    labels: bool

    def height(self, lines: int, least: float) -> float:
        """Return the height of a lane of so many lines."""
        return max(lines * self.line + self.padding, least)


_ROOMY = (
    Budget(26, 10, True),
    Budget(21, 7, True),
    Budget(18, 4, True),
    Budget(16, 4, False),
    Budget(13, 2, False),
)
_SCROLLED = (Budget(22, 8, True), Budget(16, 4, False))
_SCROLL = 2.5  # so many times the room may be scrolled before labels give way
_TALLEST_LINE = 34.0
#: Lines lower than this have no room for a bar and a label above it.
LOW = 25.0
#: Two lines of a lane are no lower than this.
LOWEST = 9.0
_MOST_LINES = 30
STEP = 5.5  # pixels by which stems are moved apart; two steps are enough between them


def planned(
    lanes: Sequence[list[Mark]], room: float, right: float, *, fit: bool, least: float = 0.0
) -> list[Band]:
    """Return a band for each lane, from y = 0 down: within room where fit, else as high as the marks need.

    No lane is lower than least, so that the lanes' names stay apart.
    """
    if not lanes:
        return []
    packs: dict[tuple[bool, bool], list[tuple[Packed, Packed]]] = {}
    for budget in _ROOMY:
        key = (budget.labels, budget.line < LOW)
        if key not in packs:
            packs[key] = _packs(lanes, right, labels=key[0], low=key[1])
        found = packs[key]
        need = sum(budget.height(_lines(pack), least) for pack in found)
        if need <= room:
            return _bands(lanes, found, budget, room, least)
        if not fit and budget is _ROOMY[2] and need <= _SCROLL * room:
            return _bands(lanes, found, _SCROLLED[0], room, least)
    if not fit:
        most = [_MOST_LINES] * len(lanes)
        return _bands(lanes, _packs(lanes, right, labels=False, most=most), _SCROLLED[1], room, least)
    budget = Budget(_lowest_line(room / len(lanes) - 2), 2, labels=False)
    least = min(least, room / len(lanes))
    allowed = caps([_lines(pack) for pack in packs[False, True]], partial(budget.height, least=least), room)
    return _bands(lanes, _packs(lanes, right, labels=False, most=allowed), budget, room, least)


def _lowest_line(lane: float) -> float:
    """Return the height of a line in lanes so high: of two where they fit, for the gravest and for the rest."""
    return lane / 2 if 2 * LOWEST <= lane < 26.0 else max(min(13.0, lane), 3.0)


def _lines(pack: tuple[Packed, Packed]) -> int:
    return max(pack[0].lines + pack[1].lines, 1)


def _packs(
    lanes: Sequence[list[Mark]],
    right: float,
    *,
    labels: bool,
    low: bool = True,
    most: Sequence[int] | None = None,
) -> list[tuple[Packed, Packed]]:
    """Return (points, bars) packings of each lane; with most, the lines each lane may have."""
    result = []
    for i, marks in enumerate(lanes):
        if not labels:  # bars and points share lines
            result.append(
                (
                    _pack(marks, most[i] if most else 1_000_000, right, labels=False),
                    Packed(np.empty(0, np.int32), 0),
                )
            )
            continue
        points, bars = [m for m in marks if not m.wide], [m for m in marks if m.wide]
        result.append(
            (
                _pack(points, 1_000_000, right, labels=True),
                _pack(bars, 1_000_000, right, labels=True, low=low),
            )
        )
    return result


def _pack(marks: Sequence[Mark], most: int, right: float, *, labels: bool, low: bool = False) -> Packed:
    if not marks:
        return Packed(np.empty(0, np.int32), 0)
    crowded = [_reach(mark, right, low=True) if mark.first else (mark.x0, mark.x1) for mark in marks]
    reach = [_reach(mark, right, low=low) for mark in marks] if labels else crowded
    left, end = np.array([a for a, _ in reach]), np.array([b for _, b in reach])
    first = [i for i, mark in enumerate(marks) if mark.first]
    return packed(left, end, most, np.array([mark.x for mark in marks]), gap=2.0, first=first)


def _reach(mark: Mark, right: float, *, low: bool) -> tuple[float, float]:
    """Return what a mark takes on its line with its label: above a bar, beside any other (low: lines are too low)."""
    if not mark.width:
        return mark.x0, mark.x1
    if mark.wide and not low:
        start = min(mark.x0, right - mark.width)
        return start, max(mark.x1, start + mark.width) + 6
    beyond, before = mark.x1 + GAP + mark.width + 6, mark.x0 - GAP - mark.width - 6
    if beyond <= right + 6 and (mark.side > 0 or before < 0):
        return mark.x0, beyond
    return (mark.x0, mark.x1) if mark.wide and before < 0 else (before, mark.x1)


def _bands(
    lanes: Sequence[list[Mark]],
    packs: Sequence[tuple[Packed, Packed]],
    budget: Budget,
    room: float,
    least: float,
) -> list[Band]:
    """Return the bands, spare room shared out evenly."""
    lines = [_lines(pack) for pack in packs]
    needs = [budget.height(count, least) for count in lines]
    spare = max(room - sum(needs), 0.0) / len(lanes)
    bands, top = [], 0.0
    for marks, pack, count, need in zip(lanes, packs, lines, needs, strict=True):
        height = need + spare
        line = min(max((height - budget.padding) / count, budget.line), max(budget.line, _TALLEST_LINE))
        band = Band(top, height, count, line, list(marks))
        _settle(band, pack, split=budget.labels)
        bands.append(band)
        top += height
    return bands


def _settle(band: Band, pack: tuple[Packed, Packed], *, split: bool) -> None:
    points, bars = pack
    groups = (
        ([m for m in band.marks if not m.wide], points, 0), ([m for m in band.marks if m.wide], bars, points.lines),
    ) if split else ((band.marks, points, 0),)  # fmt: skip
    for marks, packing, first in groups:
        for mark, line in zip(marks, packing.line.tolist(), strict=True):
            mark.line = line if line < 0 else line + first
            mark.y = band.middle(mark.line) if line >= 0 else 0.0
        for line, x, members in packing.clusters:
            band.clusters.append((x, band.middle(line + first), [marks[i] for i in members]))


def stem_places(
    rows: Mapping[int, Sequence[Mark]], reach: Mapping[int, tuple[float, float]], taken: Sequence[Mark]
) -> dict[int, float]:
    """Return the x of every stem: as near its anchor as it can stand apart from other stems and from lone marks.

    rows: the marks of each row that has a stem, the first served first; reach: how far its stem may move; taken:
    marks without a stem.
    """
    stems: list[tuple[float, int, int]] = []
    lone = np.array([(m.x, m.lane, m.lane) for m in taken], np.float64).reshape(-1, 3)
    placed: dict[int, float] = {}
    for row in rows:
        marks = [mark for mark in rows[row] if not mark.lesser]
        low, high = min(m.lane for m in marks), max(m.lane for m in marks)
        near = [s for s in stems if s[1] <= high and s[2] >= low]
        crossed = lone[(lone[:, 1] <= high) & (lone[:, 2] >= low)][:, 0] if len(lone) else np.empty(0)
        x = _freest(rows[row][0].x, reach[row], [s[0] for s in near], crossed)
        placed[row] = x
        stems.append((x, low, high))
    return placed


def _freest(
    x: float,
    reach: tuple[float, float],
    stems: Sequence[float],
    crossed: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> float:
    """Return the candidate nearest x that keeps its distance, else the one with the most room."""
    low, high = reach
    steps = int(min(max((high - low) / STEP, 0.0), 30.0))
    shifts = [
        STEP * i for i in range(steps + 1)
    ]  # to the right first: a mark without a stem keeps its left free
    candidates = [
        c for c in (*(x + s for s in shifts), *(x - s for s in shifts[1:])) if low <= c <= high
    ] or [x]
    others = np.concatenate((np.array(stems, np.float64), crossed))
    if not len(others):
        return x
    gaps = [float(np.abs(others - c).min()) for c in candidates]
    for candidate, gap in zip(candidates, gaps, strict=True):
        if gap >= 2 * STEP:
            return candidate
    return candidates[int(np.argmax(gaps))]
