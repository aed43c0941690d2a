"""The display list: what a view looks like, as numbers, in logical pixels, before anything is painted (design §2).

A Scene is made by layout, painted by paint (QPainter) and written by export (SVG). All colours are *roles* that a
theme resolves; all texts carry the width they were measured with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field, replace
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from explorer.frozen import frozen

#: A colour role; paint.theme resolves each for light, dark and print. Opacity is apart.
#: ground panel line grid ink muted faint accent selection selection_line hover warn
#: force threat talk civil armed none (hues of acts; design §8) · reference (grey of outside values)
#: camp0 … camp7 camp_none (camps of actors) · lane_a lane_b (stripes of lanes) · paper card quote
Role = str

#: Font roles: size in px, weight, slant and family are in paint.fonts.
FontRole = Literal[
    "label", "label_bold", "small", "small_italic", "tick", "tick_bold", "lane", "title", "heading", "body",
    "body_bold", "quote", "caption", "caption_bold", "caption_italic",
]  # fmt: skip

Anchor = Literal["start", "middle", "end"]
Dash = Literal["solid", "dash", "dot"]
Hatch = Literal["", "hatch"]


@frozen
class Rect:
    """A rectangle; fill and stroke are roles or "" for none."""

    x: float
    y: float
    width: float
    height: float
    fill: Role = ""
    stroke: Role = ""
    line: float = 1.0
    radius: float = 0.0
    opacity: float = 1.0
    hatch: Hatch = ""
    dash: Dash = "solid"


@frozen
class Fade:
    """A rectangle whose fill runs from one opacity to another, left to right: soft time."""

    x: float
    y: float
    width: float
    height: float
    fill: Role
    start: float
    end: float
    hatch: Hatch = ""


@frozen
class Path:
    """Segments in one list: ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y), ("Z",)."""

    segments: tuple[tuple[str | float, ...], ...]
    stroke: Role = ""
    fill: Role = ""
    line: float = 1.0
    dash: Dash = "solid"
    opacity: float = 1.0


@frozen
class Shape:
    """A mark about a centre; size is its radius."""

    kind: Literal["circle", "square", "diamond", "triangle", "triangle_down", "hexagon", "cross"]
    x: float
    y: float
    size: float
    fill: Role = ""
    stroke: Role = ""
    line: float = 1.5
    opacity: float = 1.0


@frozen
class Label:
    """One line of text on its baseline; width is as measured, so that SVG can carry textLength.

    text is what is drawn (shortened with "…" where it had to be); full is the whole, for titles.
    """

    x: float
    y: float
    text: str
    font: FontRole
    width: float
    fill: Role = "ink"
    anchor: Anchor = "start"
    full: str = ""
    opacity: float = 1.0


@frozen(eq=False)
class Bars:
    """Many plain rectangles of one role, for thousands of marks: boxes is float64 (n, 4) of x, y, width, height."""

    boxes: NDArray[np.float64]
    fill: Role
    opacity: float = 1.0


@frozen(eq=False)
class Raster:
    """A picture of few colours in cells: cells is uint8 (rows, columns), 0 = nothing, k = roles[k - 1].

    roles: (role, opacity). The box x, y, width, height shows the columns first … first + count (not whole numbers
    where the plot cuts a column) of all rows, from top to bottom.
    """

    x: float
    y: float
    width: float
    height: float
    cells: NDArray[np.uint8]
    roles: tuple[tuple[Role, float], ...]
    first: float = 0.0
    count: float = 0.0


@frozen(eq=False)
class Strokes:
    """Many straight lines of one role: ends is float64 (n, 4) of x1, y1, x2, y2.

    share: how much of the role's colour is in the line, the rest is the panel's: it looks pale, yet is opaque, because
    translucent lines in bulk are slow and add up to a blot (performance.md §5).
    """

    ends: NDArray[np.float64]
    stroke: Role
    line: float = 1.0
    share: float = 1.0
    dash: Dash = "solid"


@frozen(eq=False)
class Dots:
    """Many small discs of one role on a rim of the panel's colour: spots is float64 (n, 2); share as of Strokes."""

    spots: NDArray[np.float64]
    radius: float
    fill: Role
    share: float = 1.0
    rim: float = 0.8


class Inner(Protocol):
    """Finds the records of a group that draws thousands at once, by a point, a box, or their ids."""

    def at(self, x: float, y: float, reach: float) -> Group | None:
        """Return the group of what lies at a point, made on demand."""

    def inside(self, left: float, top: float, right: float, bottom: float) -> Collection[str]:
        """Return the ids of what a box touches."""

    def of(self, ids: AbstractSet[str]) -> Iterable[Group]:
        """Return groups, made on demand, of those of ids that are drawn here; few of them."""

    def shifted(self, dx: float, dy: float) -> Inner:
        """Return the same, moved."""


@frozen
class Group:
    """What belongs together: a mark with its parts, the ids it stands for, and its words.

    ids: the records it shows (event ids for a mark, actor id for a node, several for a cluster or an edge).
    kind: "event" | "cluster" | "actor" | "edge" | "relation" | "cell" | "row" | "lane" | "axis" | "caption" | "legend"
    title: what a tooltip, a screen reader and an SVG <title> say. targets: boxes (x, y, width, height) that answer
    to the pointer, in scene coordinates. inner: what answers inside of them, where the group stands for thousands.
    """

    items: tuple[Item, ...]
    ids: Sequence[str] = ()
    kind: str = ""
    title: str = ""
    targets: tuple[tuple[float, float, float, float], ...] = ()
    inner: Inner | None = field(default=None, compare=False)


Item = Rect | Fade | Path | Shape | Label | Bars | Strokes | Dots | Raster | Group


@frozen
class Scene:
    """A finished picture of width x height logical pixels.

    event_ids: every event the picture stands for (drawn, clustered, or listed as undated).
    """

    width: float
    height: float
    items: tuple[Item, ...]
    background: Role = "panel"
    event_ids: AbstractSet[str] = field(default_factory=frozenset)

    def groups(self) -> Iterator[Group]:
        """Yield every group, outermost first, in drawing order."""
        stack: list[Item] = list(reversed(self.items))
        while stack:
            item = stack.pop()
            if isinstance(item, Group):
                yield item
                stack.extend(reversed(item.items))

    def flat(self) -> Iterator[Item]:
        """Yield every drawable item in drawing order, groups dissolved."""
        stack: list[Item] = list(reversed(self.items))
        while stack:
            item = stack.pop()
            if isinstance(item, Group):
                stack.extend(reversed(item.items))
            else:
                yield item


def shifted(item: Item, dx: float, dy: float) -> Item:
    """Return item moved by (dx, dy)."""
    match item:
        case Group():
            moved = tuple((x + dx, y + dy, w, h) for x, y, w, h in item.targets)
            parts = tuple(shifted(part, dx, dy) for part in item.items)
            inner = item.inner.shifted(dx, dy) if item.inner is not None else None
            return replace(item, items=parts, targets=moved, inner=inner)
        case Path():
            return replace(item, segments=tuple(_moved(segment, dx, dy) for segment in item.segments))
        case Bars():
            return replace(item, boxes=item.boxes + np.array([dx, dy, 0.0, 0.0]))
        case Dots():
            return replace(item, spots=item.spots + np.array([dx, dy]))
        case Strokes():
            return replace(item, ends=item.ends + np.array([dx, dy, dx, dy]))
        case _:
            return replace(item, x=item.x + dx, y=item.y + dy)


def _moved(segment: tuple[str | float, ...], dx: float, dy: float) -> tuple[str | float, ...]:
    numbers = [float(n) for n in segment[1:]]
    return (segment[0], *(n + (dy if i % 2 else dx) for i, n in enumerate(numbers)))
