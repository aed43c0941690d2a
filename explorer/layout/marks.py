"""The parts a mark is drawn with: shapes, bars with soft and wavy ends, stems, numbered clusters (design §3a, §8)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from explorer.frozen import frozen
from explorer.layout.extents import RADIUS
from explorer.layout.measure import Measure
from explorer.layout.scene import Fade, Group, Hatch, Item, Label, Path, Rect, Role, Shape

#: A second cue beside colour: every hue has its shape.
SHAPES = {
    "force": "circle", "threat": "triangle", "talk": "diamond", "civil": "square", "armed": "hexagon", "none": "circle",
}  # fmt: skip
BAR = 7.0  # height of a bar
SLIM = 2.0  # … of the slim one that carries a lesser mark
_SOLID, _SOFT, _TAIL = 0.92, 0.55, 0.2
_WAVE = 3.0
_SLASH = 5.0  # half the height of the strokes at a break
_HALO = 2.0  # pixels that a stem keeps from words at its side
_DOT = 6.3  # pixels from one dot of such an edge to the next


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


@frozen
class BarLook:
    """How a time is drawn: colour, and what is known of its sides."""

    hue: Role
    core: bool = False
    reference: bool = False
    inferred: bool = False
    hollow: bool = False
    open_left: bool = False
    open_right: bool = False
    wavy_left: bool = False
    wavy_right: bool = False


def bar(
    reach: tuple[float, float, float, float],
    y: float,
    look: BarLook,
    low: float,
    high: float,
    *,
    thin: bool = False,
) -> list[Item]:
    """Return a time as a bar about y, cut to low..high: solid core, soft rest, fades, hatch, wavy ends.

    reach: left, inner left, inner right, right. Reference is pale between dotted edges of its hue, inferred is
    hatched, hollow an outline only. thin: the slim bar of a lesser mark, which says when and no more.
    """
    left, inner_left, inner_right, right = reach
    alpha = _SOLID if look.core else _SOFT
    first, last = (0.0 if unknown else _TAIL for unknown in (look.open_left, look.open_right))
    runs = (
        (left, inner_left, first, alpha),
        (inner_left, inner_right, alpha, alpha),
        (inner_right, right, alpha, last),
    )
    if thin:
        return [item for run in runs for item in _slim(*run, y, look, low, high)]
    items = [item for run in runs for item in _run(*run, y, look, low, high)]
    return items + list(_ends(reach, y, look, low, high))


def _run(
    x0: float, x1: float, start: float, end: float, y: float, look: BarLook, low: float, high: float
) -> Iterator[Item]:
    """Yield one stretch of a bar, its opacity running from start to end, cut to low..high."""
    seen = _cut(x0, x1, start, end, low, high)
    if seen is None:
        return
    a, b, opacity = seen
    top = y - BAR / 2
    if look.reference:
        if not look.hollow:
            yield _stretch(a, b, top, BAR, "faint", (opacity[0] * 0.35, opacity[1] * 0.35), "")
        for edge in (top, top + BAR):
            yield from _dotted(a, b, edge, look.hue, opacity)
        return
    if look.hollow:
        yield _stretch(a, b, top, 1.4, look.hue, opacity, "")
        yield _stretch(a, b, top + BAR - 1.4, 1.4, look.hue, opacity, "")
        return
    yield _stretch(a, b, top, BAR, look.hue, opacity, "hatch" if look.inferred else "")


def _slim(
    x0: float, x1: float, start: float, end: float, y: float, look: BarLook, low: float, high: float
) -> Iterator[Item]:
    """Yield one stretch of a slim bar."""
    seen = _cut(x0, x1, start, end, low, high)
    if seen is None:
        return
    a, b, opacity = seen
    if look.reference:
        yield from _dotted(a, b, y, look.hue, opacity)
    else:
        yield _stretch(a, b, y - SLIM / 2, SLIM, look.hue, opacity, "")


def _cut(
    x0: float, x1: float, start: float, end: float, low: float, high: float
) -> tuple[float, float, tuple[float, float]] | None:
    """Return what of x0..x1 lies in low..high, and the opacity at its two ends; None where nothing does."""
    a, b = max(x0, low), min(x1, high)
    if b - a < 0.05:
        return None
    slope = (end - start) / max(x1 - x0, 1e-9)
    return a, b, (start + slope * (a - x0), start + slope * (b - x0))


def _dotted(x0: float, x1: float, y: float, hue: Role, opacity: tuple[float, float]) -> Iterator[Path]:
    """Yield the edge of a time that comes from outside the report; one that fades does so in steps of whole dots."""
    start, end = opacity
    steps = 1 if abs(end - start) < 1e-6 else max(min(int((x1 - x0) / _DOT), 4), 1)
    step = math.ceil((x1 - x0) / steps / _DOT) * _DOT
    for i in range(steps):
        a, b = x0 + i * step, min(x0 + (i + 1) * step, x1)
        if b > a:
            mean = start + (end - start) * (i + 0.5) / steps
            yield Path((("M", a, y), ("L", b, y)), hue, line=1.4, dash="dot", opacity=min(mean + 0.15, 1.0))


def _stretch(
    x0: float, x1: float, top: float, height: float, fill: Role, opacity: tuple[float, float], hatch: Hatch
) -> Item:
    if abs(opacity[0] - opacity[1]) < 1e-6:
        return Rect(x0, top, x1 - x0, height, fill, opacity=opacity[0], hatch=hatch)
    return Fade(x0, top, x1 - x0, height, fill, *opacity, hatch)


def _ends(
    reach: tuple[float, float, float, float], y: float, look: BarLook, low: float, high: float
) -> Iterator[Item]:
    """Yield the strokes at sides that are known: waves where only about right; one where both are one moment."""
    left, inner_left, inner_right, right = reach
    if inner_right - inner_left < 2.0:
        if low <= inner_left <= high:
            wavy = look.wavy_left if look.open_right else look.wavy_right
            yield _stroke(min(max(inner_left, low + 2), high - 2), y, look.hue, wavy=wavy)
        sides = (
            (left, look.wavy_left, look.open_left or inner_left - left < 2),
            (right, look.wavy_right, look.open_right or right - inner_right < 2),
        )
    else:
        sides = ((left, look.wavy_left, look.open_left), (right, look.wavy_right, look.open_right))
    for x, wavy, unknown in sides:
        if low + _WAVE <= x <= high - _WAVE and not unknown and (wavy or look.hollow):
            yield _stroke(x, y, look.hue, wavy=wavy)


def _stroke(x: float, y: float, hue: Role, *, wavy: bool) -> Item:
    if wavy:
        return wavy_end(x, y - BAR / 2 - 2, BAR + 4, hue)
    return Path((("M", x, y - BAR / 2), ("L", x, y + BAR / 2)), hue, line=1.6)


def wavy_end(x: float, top: float, height: float, hue: Role) -> Path:
    """Return the wave that ends a time which is only about right."""
    half = height / 2
    segments: list[tuple[str | float, ...]] = [("M", x, top)]
    for i in range(2):
        y, side = top + i * half, _WAVE if i % 2 == 0 else -_WAVE
        segments.append(("C", x + side, y + half / 3, x + side, y + 2 * half / 3, x, y + half))
    return Path(tuple(segments), hue, line=1.6)


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
