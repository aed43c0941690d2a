"""A time as a bar: what is certain, what is possible, and at each end what that end rests on (design §3a, §4).

The shape of an end tells its provenance without colour: a stroke is an own date, a bracket follows from other facts;
solid is stated, dashed is the coder's reading, grey comes from outside, a wave is only about right.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from explorer.casefile.columns import BASES
from explorer.frozen import frozen
from explorer.layout.extents import Ends
from explorer.layout.scene import Dash, Fade, Hatch, Item, Path, Rect, Role

BAR = 7.0  # height of a bar
SLIM = 2.0  # … of the slim one that carries a lesser mark
_SOLID, _SOFT, _TAIL = 0.92, 0.55, 0.2
_WAVE, _LOBES = 3.4, 4  # how far a wave swings, and how often
_SERIF = 3.5  # length of the arms of a bracket
_POSSIBLE = 0.16  # of the fill of a bar is left in a window of possibility
_DOT = 6.3  # pixels from one dot of an edge to the next
REFERENCE, INFERRED, STATED = (BASES.index(name) for name in ("reference", "inferred", "stated"))

Reach = tuple[float, float, float, float]


@frozen
class End:
    """One end of a time: known at all or not, its basis (code of BASES), about right only, set by another record."""

    known: bool = True
    basis: int = STATED
    wavy: bool = False
    derived: bool = False


KNOWN = End()


@frozen
class BarLook:
    """How a time is drawn: colour, and what is known of its sides.

    core: it certainly filled the middle. possible: it is known by bounds that other facts set, and lies somewhere in
    between. reference, inferred: what all of it rests on. hollow: nobody asserts it.
    """

    hue: Role
    core: bool = False
    reference: bool = False
    inferred: bool = False
    hollow: bool = False
    left: End = KNOWN
    right: End = KNOWN
    possible: bool = False


def end_of(ends: Ends, row: int, side: int, *, known: bool) -> End:
    """Return the left (side 0) or right end of a row of extents."""
    return End(known, int(ends.basis[row, side]), bool(ends.approx[row, side]), bool(ends.derived[row, side]))


def bar(reach: Reach, y: float, look: BarLook, low: float, high: float, *, thin: bool = False) -> list[Item]:
    """Return a time as a bar about y, cut to low..high: solid core, soft rest, fades, hatch, ends.

    reach: left, inner left, inner right, right. Reference is pale between dotted edges of its hue, inferred is
    hatched, hollow an outline only. thin: the slim bar of a lesser mark, which says when and no more.
    """
    left, inner_left, inner_right, right = reach
    alpha = _SOLID if look.core else _SOFT
    first, last = (_TAIL if end.known else 0.0 for end in (look.left, look.right))
    runs = (
        (left, inner_left, first, alpha),
        (inner_left, inner_right, alpha, alpha),
        (inner_right, right, alpha, last),
    )
    if thin:
        return [item for run in runs for item in _slim(*run, y, look, low, high)]
    items = [item for run in runs for item in _run(*run, y, look, low, high)]
    return items + [
        item for x, side, end in _ends(reach, look) for item in _end(x, side, end, y, look.hue, low, high)
    ]


def _run(
    x0: float, x1: float, start: float, end: float, y: float, look: BarLook, low: float, high: float
) -> Iterator[Item]:
    """Yield one stretch of a bar, its opacity running from start to end, cut to low..high."""
    seen = _cut(x0, x1, start, end, low, high)
    if seen is None:
        return
    a, b, opacity = seen
    top = y - BAR / 2
    if look.possible:
        yield from _window(a, b, top, look, opacity)
    elif look.reference:
        if not look.hollow:
            yield _stretch(a, b, top, BAR, "faint", (opacity[0] * 0.35, opacity[1] * 0.35), "")
        for edge in (top, top + BAR):
            yield from _dashed(a, b, edge, look.hue, opacity, "dot")
    elif look.hollow:
        yield _stretch(a, b, top, 1.4, look.hue, opacity, "")
        yield _stretch(a, b, top + BAR - 1.4, 1.4, look.hue, opacity, "")
    else:
        yield _stretch(a, b, top, BAR, look.hue, opacity, "hatch" if look.inferred else "")


def _window(a: float, b: float, top: float, look: BarLook, opacity: tuple[float, float]) -> Iterator[Item]:
    """Yield a stretch of a window of possibility: a hollow band between thin edges."""
    if not look.hollow:
        fill = (opacity[0] * _POSSIBLE, opacity[1] * _POSSIBLE)
        yield _stretch(a, b, top, BAR, "faint" if look.reference else look.hue, fill, "")
    dash: Dash = "dot" if look.reference else "dash" if look.inferred else "solid"
    for edge in (top, top + BAR):
        yield from _dashed(a, b, edge, look.hue, opacity, dash, line=1.0)


def _slim(
    x0: float, x1: float, start: float, end: float, y: float, look: BarLook, low: float, high: float
) -> Iterator[Item]:
    """Yield one stretch of a slim bar."""
    seen = _cut(x0, x1, start, end, low, high)
    if seen is None:
        return
    a, b, opacity = seen
    if look.reference:
        yield from _dashed(a, b, y, look.hue, opacity, "dot")
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


def _dashed(
    x0: float, x1: float, y: float, hue: Role, opacity: tuple[float, float], dash: Dash, *, line: float = 1.4
) -> Iterator[Path]:
    """Yield an edge of a time; one that fades does so in steps of whole dots."""
    start, end = opacity
    steps = 1 if abs(end - start) < 1e-6 else max(min(int((x1 - x0) / _DOT), 4), 1)
    step = math.ceil((x1 - x0) / steps / _DOT) * _DOT
    for i in range(steps):
        a, b = x0 + i * step, min(x0 + (i + 1) * step, x1)
        if b > a:
            mean = start + (end - start) * (i + 0.5) / steps
            yield Path((("M", a, y), ("L", b, y)), hue, line=line, dash=dash, opacity=min(mean + 0.15, 1.0))


def _stretch(
    x0: float, x1: float, top: float, height: float, fill: Role, opacity: tuple[float, float], hatch: Hatch
) -> Item:
    if abs(opacity[0] - opacity[1]) < 1e-6:
        return Rect(x0, top, x1 - x0, height, fill, opacity=opacity[0], hatch=hatch)
    return Fade(x0, top, x1 - x0, height, fill, *opacity, hatch)


def _ends(reach: Reach, look: BarLook) -> Iterator[tuple[float, int, End]]:
    """Yield (x, side, end) of the ends that are known: -1 where the time lies to the right of it, 1 to the left.

    Of a time of which one moment alone is known, that moment is the end.
    """
    left, inner_left, inner_right, right = reach
    if inner_right - inner_left >= 2.0:
        sides = ((left, -1, look.left, look.left.known), (right, 1, look.right, look.right.known))
    else:
        moment = look.left if not look.right.known else look.right
        side = 0 if look.left.known == look.right.known else -1 if look.left.known else 1
        yield inner_left, side, moment
        sides = (
            (left, -1, look.left, look.left.known and inner_left - left >= 2),
            (right, 1, look.right, look.right.known and right - inner_right >= 2),
        )
    yield from ((x, side, end) for x, side, end, known in sides if known)


def _end(x: float, side: int, end: End, y: float, hue: Role, low: float, high: float) -> Iterator[Item]:
    """Yield what stands at an end: a stroke, a wave or a bracket; nothing beyond the plot."""
    if not low <= x <= high:
        return
    x = min(max(x, low + 2), high - 2)
    role: Role = "muted" if end.basis == REFERENCE else hue
    if end.wavy and low + _WAVE <= x <= high - _WAVE:
        yield wavy_end(x, y - BAR / 2 - 2.5, BAR + 5, role)
    elif not end.derived or end.wavy:
        dash: Dash = "dash" if end.basis == INFERRED else "solid"
        line = 2.4 if end.basis == STATED else 1.7
        yield Path((("M", x, y - BAR / 2 - 1), ("L", x, y + BAR / 2 + 1)), role, line=line, dash=dash)
    if end.derived:
        yield from bracket(
            x, y, side, role, spine=not end.wavy, dash="dash" if end.basis == INFERRED else "solid"
        )


def bracket(
    x: float, y: float, side: int, role: Role, *, spine: bool = True, dash: Dash = "solid"
) -> Iterator[Path]:
    """Yield a bracket about y that opens to the right (side -1), to the left (1), or to both; spine: its upright."""
    top, bottom = y - BAR / 2 - 2.5, y + BAR / 2 + 2.5
    start, end = (x - _SERIF if side >= 0 else x), (x + _SERIF if side <= 0 else x)
    if spine:
        yield Path((("M", x, top), ("L", x, bottom)), role, line=1.2, dash=dash)
    for edge in (top, bottom):
        yield Path((("M", start, edge), ("L", end, edge)), role, line=1.2)


def wavy_end(x: float, top: float, height: float, role: Role) -> Path:
    """Return the wave that ends a time which is only about right."""
    step = height / _LOBES
    segments: list[tuple[str | float, ...]] = [("M", x, top)]
    for i in range(_LOBES):
        y, side = top + i * step, _WAVE if i % 2 == 0 else -_WAVE
        segments.append(("C", x + side, y + step / 3, x + side, y + 2 * step / 3, x, y + step))
    return Path(tuple(segments), role, line=1.6)


def disputed(x: float, y: float) -> list[Item]:
    """Return the mark of a time that contradicts other facts: a red exclamation mark about (x, y)."""
    return [
        Path((("M", x, y - 5.5), ("L", x, y + 1.2)), "force", line=2.4),
        Path((("M", x, y + 3.4), ("L", x, y + 5.6)), "force", line=2.4),
    ]
