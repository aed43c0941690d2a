"""The parts a mark is drawn with: shapes, bars with soft and wavy ends, stems, numbered clusters (design §3a, §8)."""

from __future__ import annotations

import math

from explorer.layout.extents import RADIUS
from explorer.layout.measure import Measure
from explorer.layout.scene import Fade, Group, Item, Label, Path, Rect, Role, Shape

#: A second cue beside colour: every hue has its shape.
SHAPES = {
    "force": "circle", "threat": "triangle", "talk": "diamond", "civil": "square", "armed": "hexagon", "none": "circle",
}  # fmt: skip
BAR = 7.0  # height of a bar
_SOLID, _SOFT, _TAIL = 0.92, 0.55, 0.2
_WAVE = 3.0


def shape_of(hue: Role, x: float, y: float, *, size: float = RADIUS, hollow: bool = False) -> Shape:
    """Return the mark of a hue; hollow: nobody asserts it."""
    kind = SHAPES[hue]
    radius = {"square": 0.9, "triangle": 1.15, "diamond": 1.1, "hexagon": 1.05}.get(kind, 0.95) * size
    if hue == "none":
        radius *= 0.85
    if hollow:
        return Shape(kind, x, y, radius - 0.5, "panel", hue, 1.8)  # type: ignore[arg-type]
    return Shape(kind, x, y, radius, hue)  # type: ignore[arg-type]


def bar(  # noqa: PLR0913 - the six numbers of a drawn time, and its looks
    left: float, inner_left: float, inner_right: float, right: float, y: float, *, hue: Role, low: float, high: float,
    core: bool = False, reference: bool = False, inferred: bool = False, hollow: bool = False,
    open_left: bool = False, open_right: bool = False, wavy_left: bool = False, wavy_right: bool = False,
) -> list[Item]:  # fmt: skip
    """Return a time as a bar about y, cut to low..high: solid core, soft rest, fades, hatch, wavy ends.

    reference: grey with a thin line of its hue; inferred: hatched; hollow: an outline only.
    """
    fill = "reference" if reference else hue
    alpha = _SOLID if core else _SOFT
    if hollow:
        alpha *= 0.35
    top, hatch = y - BAR / 2, "hatch" if inferred else ""
    items: list[Item] = []

    def piece(x0: float, x1: float, start: float, end: float) -> None:
        a, b = max(x0, low), min(x1, high)
        if b - a < 0.05:
            return
        run = max(x1 - x0, 1e-9)
        s, e = start + (end - start) * (a - x0) / run, start + (end - start) * (b - x0) / run
        if abs(s - e) < 1e-6:
            items.append(Rect(a, top, b - a, BAR, fill, opacity=s, hatch=hatch))  # type: ignore[arg-type]
        else:
            items.append(Fade(a, top, b - a, BAR, fill, s, e, hatch))  # type: ignore[arg-type]

    outer_left, outer_right = (0.0 if unknown else _TAIL for unknown in (open_left, open_right))
    piece(left, inner_left, outer_left, alpha)
    piece(inner_left, inner_right, alpha, alpha)
    piece(inner_right, right, alpha, outer_right)
    if inner_right - inner_left < 2.0 and low <= inner_left <= high:
        items.append(Rect(min(max(inner_left - 1, low), high - 2), top - 1.5, 2.0, BAR + 3, hue, opacity=0.9))
    if reference and not hollow:
        a, b = max(inner_left, low), min(inner_right, high)
        if b - a > 2:
            items.append(Rect(a, y + BAR / 2 - 2, b - a, 2, hue, opacity=0.9))
    items.extend(
        _edges(left, right, top, hue, low, high, (wavy_left, wavy_right), (open_left, open_right), hollow)
    )
    return items


def _edges(  # noqa: PLR0913 - two ends with three properties each
    left: float, right: float, top: float, hue: Role, low: float, high: float,
    wavy: tuple[bool, bool], opened: tuple[bool, bool], hollow: bool,
) -> list[Item]:  # fmt: skip
    items: list[Item] = []
    if hollow:
        a, b = max(left, low), min(right, high)
        ends = [("M", a, top), ("L", b, top), ("M", a, top + BAR), ("L", b, top + BAR)]
        items.append(Path(tuple(ends), hue, line=1.2))
    for x, wave, soft in ((left, wavy[0], opened[0]), (right, wavy[1], opened[1])):
        if low + _WAVE <= x <= high - _WAVE and not soft:
            if wave:
                items.append(wavy_end(x, top - 1.5, BAR + 3, hue))
            elif hollow:
                items.append(Path((("M", x, top), ("L", x, top + BAR)), hue, line=1.2))
    return items


def wavy_end(x: float, top: float, height: float, hue: Role) -> Path:
    """Return the wave that ends a time which is only about right."""
    half = height / 2
    segments: list[tuple[str | float, ...]] = [("M", x, top)]
    for i in range(2):
        y, side = top + i * half, _WAVE if i % 2 == 0 else -_WAVE
        segments.append(("C", x + side, y + half / 3, x + side, y + 2 * half / 3, x, y + half))
    return Path(tuple(segments), hue, line=1.6)


def arrow(x: float, y: float, up: bool, hue: Role) -> Path:
    """Return an open arrowhead whose tip is at (x, y)."""
    back = 6.0 if up else -6.0
    return Path((("M", x - 4.2, y + back), ("L", x, y), ("L", x + 4.2, y + back)), hue, line=1.8)


def stem(x: float, top: float, bottom: float, hue: Role, *, dashed: bool) -> Path:
    """Return the line that joins the lanes of one event's actors."""
    return Path((("M", x, top), ("L", x, bottom)), hue, line=1.6, dash="dash" if dashed else "solid")


def numbered(
    x: float, y: float, count: int, hue: Role, room: float, measure: Measure
) -> tuple[list[Item], float, float]:
    """Return a pill with a count about (x, y), its width and its height; room: the height there is."""
    text = str(count) if count < 10_000 else f"{math.floor(count / 1000)}k"
    words = measure.width(text, "small")
    height = min(measure.ascent("small") + measure.descent("small") + 2, max(room - 1, 4.0))
    if height < 12:  # too low for words: a plain block
        return [Rect(x - 8, y - height / 2, 16, height, hue, radius=2, opacity=0.55)], 16.0, height
    width = max(words + 8, height)
    base = y + (measure.ascent("small") - measure.descent("small")) / 2
    box = Rect(x - width / 2, y - height / 2, width, height, "panel", hue, 1.5, height / 2)
    return [box, Label(x, base, text, "small", words, "ink", "middle")], width, height


def target(
    x0: float, y0: float, x1: float, y1: float, reach: float = 2.0
) -> tuple[float, float, float, float]:
    """Return a hit box (x, y, width, height) a little larger than a mark."""
    return (x0 - reach, y0 - reach, x1 - x0 + 2 * reach, y1 - y0 + 2 * reach)


def titled(
    items: list[Item], ids: tuple[str, ...], kind: str, title: str, *boxes: tuple[float, float, float, float]
) -> Group:
    """Return a group that answers to the pointer at boxes (x0, y0, x1, y1)."""
    return Group(tuple(items), ids, kind, title, tuple(target(*box) for box in boxes))
