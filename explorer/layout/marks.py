"""The parts a mark is drawn with: shapes, stems, arrows, strokes at breaks, numbered clusters (design §3a, §8)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from explorer.layout.extents import RADIUS
from explorer.layout.measure import Measure
from explorer.layout.scene import Group, Item, Label, Path, Rect, Role, Shape

#: A second cue beside colour: every hue has its shape.
SHAPES = {
    "force": "circle", "threat": "triangle", "talk": "diamond", "civil": "square", "armed": "hexagon", "none": "circle",
}  # fmt: skip
_SLASH = 5.0  # half the height of the strokes at a break
_HALO = 2.0  # pixels that a stem keeps from words at its side


def shape_of(hue: Role, x: float, y: float, *, size: float = RADIUS, hollow: bool = False) -> Shape:
    """Return the mark of a hue; hollow: nobody asserts it."""
    kind = SHAPES[hue]
    radius = {"square": 0.9, "triangle": 1.15, "diamond": 1.1, "hexagon": 1.05}.get(kind, 0.95) * size
    if hue == "none":
        radius *= 0.85
    if hollow:
        return Shape(kind, x, y, radius - 0.5, "panel", hue, 1.8)  # type: ignore[arg-type]
    return Shape(kind, x, y, radius, hue)  # type: ignore[arg-type]


def suffered(x: float, y: float, hue: Role) -> Shape:
    """Return the mark of somebody affected: no end of a stem, and no ring, which would say "not reported as fact"."""
    return Shape("cross", x, y, 4.2, "", hue, 1.6)


def slashes(x: float, y: float, role: Role) -> Iterator[Item]:
    """Yield two strokes across a line at (x, y), the line between them taken out: not drawn to scale here."""
    low, high = y + _SLASH, y - _SLASH
    clear = (("M", x - 5, low), ("L", x + 1, high), ("L", x + 5, high), ("L", x - 1, low), ("Z",))
    yield Path(clear, "", "panel")
    for a, b in ((x - 5, x + 1), (x - 1, x + 5)):
        yield Path((("M", a, low), ("L", b, high)), role, line=1.3)


def arrow(x: float, y: float, up: bool, hue: Role) -> Path:
    """Return an open arrowhead whose tip is at (x, y)."""
    back = 6.0 if up else -6.0
    return Path((("M", x - 4.2, y + back), ("L", x, y), ("L", x + 4.2, y + back)), hue, line=1.8)


def stem(x: float, top: float, bottom: float, hue: Role, *, dashed: bool) -> Path:
    """Return the line that joins the lanes of one event's actors."""
    return Path((("M", x, top), ("L", x, bottom)), hue, line=1.6, dash="dash" if dashed else "solid")


def interrupted(item: Item, words: Sequence[tuple[float, float, float, float]]) -> Item:
    """Return a stem with a gap where it would run through words (boxes x0, y0, x1, y1); any other item as it is."""
    if not isinstance(item, Path) or len(item.segments) != 2 or item.segments[0][1] != item.segments[1][1]:
        return item
    x, y0, y1 = (float(n) for n in (*item.segments[0][1:], item.segments[1][2]))
    low, high = min(y0, y1), max(y0, y1)
    runs = [(low, high)]
    for a, top, b, bottom in words:
        if a - _HALO < x < b + _HALO and top < high and bottom > low:
            cut = [part for c, d in runs for part in ((c, min(d, top)), (max(c, bottom), d))]
            runs = [(c, d) for c, d in cut if d - c > 0.5]
    if runs == [(low, high)]:
        return item
    segments = [part for c, d in runs for part in (("M", x, c), ("L", x, d))]
    return replace(item, segments=tuple(segments))


def numbered(
    x: float,
    y: float,
    count: int,
    hue: Role,
    room: float,
    measure: Measure,
    *,
    least: float = 0.0,
    said: str = "",
) -> tuple[list[Item], float, float]:
    """Return a pill with a count about (x, y), its width and its height; room: the height there is.

    least: it is at least so wide; said: words in the place of the count, where there is room for them.
    """
    text = str(count) if count < 10_000 else f"{math.floor(count / 1000)}k"
    if said and measure.width(said, "small") + 12 <= least:
        text = said
    words = measure.width(text, "small")
    height = min(measure.ascent("small") + measure.descent("small") + 2, max(room - 1, 4.0))
    height = max(height, 12.0) if room >= 9 else height
    if height < 12:  # too low for words: a plain block
        width = max(16.0, least)
        block = Rect(x - width / 2, y - height / 2, width, height, hue, radius=2, opacity=0.55)
        return [block], width, height
    width = max(words + 8, height, least)
    base = y + (measure.ascent("small") - measure.descent("small")) / 2
    box = Rect(x - width / 2, y - height / 2, width, height, "panel", hue, 1.5, height / 2)
    return [box, Label(x, base, text, "small", words, "ink", "middle")], width, height


def target(
    x0: float, y0: float, x1: float, y1: float, reach: float = 2.0
) -> tuple[float, float, float, float]:
    """Return a hit box (x, y, width, height) a little larger than a mark."""
    return (x0 - reach, y0 - reach, x1 - x0 + 2 * reach, y1 - y0 + 2 * reach)


def titled(
    items: list[Item], ids: Sequence[str], kind: str, title: str, *boxes: tuple[float, float, float, float]
) -> Group:
    """Return a group that answers to the pointer at boxes (x0, y0, x1, y1)."""
    return Group(tuple(items), ids, kind, title, tuple(target(*box) for box in boxes))
