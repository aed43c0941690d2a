"""The one-line legend: what the line styles and shapes mean; it wraps, and leaves shapes out where it is narrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from explorer.casefile.columns import HUES, Mask
from explorer.frozen import frozen
from explorer.layout.extents import Extents
from explorer.layout.marks import SHAPES, shape_of, slashes, suffered
from explorer.layout.measure import Measure
from explorer.layout.scene import Fade, Group, Item, Label, Path, Rect, Shape, shifted
from explorer.layout.timebar import (
    INFERRED,
    REFERENCE,
    STATED,
    BarLook,
    End,
    bar,
    bracket,
    disputed,
    wavy_end,
)
from explorer.words import HUE_WORDS, tr

LINE = 20.0
_KEY, _GAP, _BETWEEN = 24.0, 7.0, 18.0

Key = Callable[[float, float], list[Item]]


@frozen
class Entry:
    """A key about (0, 0) .. (24, 0), and its words."""

    items: tuple[Item, ...]
    words: str


#: What the styles of a calendar are called, the most telling first.
STYLES = (
    "stated", "inferred", "reference", "possible", "approx", "derived", "open", "contested", "read", "hollow", "gap",
)  # fmt: skip
_ORDER_STYLES = ("open", "read", "hollow", "contested")


def styles(axis: str, used: AbstractSet[str] | None = None) -> tuple[Entry, ...]:
    """Return the line styles of design §3a "Drawing time" as they are drawn; used: those in sight, None = all."""
    names = _ORDER_STYLES if axis == "order" else STYLES
    return tuple(_entry(name) for name in names if used is None or name in used)


def styles_of(extents: Extents, hollow: Mask, contested: Mask, shown: Mask) -> frozenset[str]:
    """Return the styles that the marks of some rows of extents use; hollow, contested, shown: bool, one a row."""
    bars = shown & ~extents.point
    left, right = ~extents.open_left & bars, ~extents.open_right & bars
    known = np.stack((left, right), axis=1)
    found = {
        "stated": shown & (extents.basis == STATED), "inferred": shown & (extents.basis == INFERRED),
        "reference": bars & (extents.basis == REFERENCE), "possible": bars & extents.possible,
        "approx": extents.ends.approx & known, "derived": extents.ends.derived & known,
        "open": bars & (extents.open_left | extents.open_right), "hollow": shown & hollow,
        "contested": shown & contested,
    }  # fmt: skip
    return frozenset(name for name, where in found.items() if where.any())


def _entry(name: str) -> Entry:
    items, words = _KEYS[name]
    return Entry(items, tr(words))


def _bar(look: BarLook) -> tuple[Item, ...]:
    return tuple(bar((0.0, 0.0, _KEY, _KEY), 0, look, -9, _KEY + 9))


_OUTSIDE, _DERIVED = End(basis=REFERENCE), End(derived=True)
_FADE = Fade(0, -3.5, 8, 7, "none", 0.0, 0.55), Fade(16, -3.5, 8, 7, "none", 0.55, 0.0)
_KEYS: dict[str, tuple[tuple[Item, ...], str]] = {
    "stated": ((Rect(0, -3.5, _KEY, 7, "none", radius=2, opacity=0.92),), "in the text"),
    "inferred": ((Rect(0, -3.5, _KEY, 7, "none", opacity=0.92, hatch="hatch"),), "coder's reading"),
    "reference": (_bar(BarLook("none", core=True, reference=True, left=_OUTSIDE, right=_OUTSIDE)), "from outside"),
    "possible": (_bar(BarLook("none", possible=True, left=_DERIVED, right=_DERIVED)), "somewhere within"),
    "approx": ((Rect(4, -3.5, 12, 7, "none", opacity=0.5), wavy_end(16, -5.5, 11, "none")), "about"),
    "derived": ((*bracket(8, 0, -1, "none"), *bracket(18, 0, 1, "none")), "set by other facts"),
    "open": ((_FADE[0], Rect(8, -3.5, 8, 7, "none", opacity=0.55), _FADE[1]), "extent not known"),
    "contested": (tuple(disputed(_KEY / 2, 0)), "contradicts other facts"),
    "read": ((Path((("M", 2, 0), ("L", _KEY - 2, 0)), "none", line=1.6, dash="dash"),), "who: coder's reading"),
    "hollow": ((shape_of("force", _KEY / 2, 0, size=5.5, hollow=True),), "not reported as fact"),
    "gap": (tuple(slashes(_KEY / 2, 0, "muted")), "time left out"),
}  # fmt: skip


@frozen
class Density:
    """What the columns of a density mean: how long one is in words, and the number of records of the highest."""

    column: str
    most: int
    selected: bool = False


def density_styles(density: Density) -> tuple[Entry, ...]:
    """Return what a column, its height, its pale part and its selected share mean, with their numbers."""
    column = tuple(
        Rect(x, 6.0 - tall, 6, tall, "none", opacity=0.9) for x, tall in ((0, 12), (8, 6), (16, 3))
    )
    words = tr("a column: {span}; highest: {most} records, half as high: {half}").format(
        span=density.column, most=f"{density.most:,}", half=f"{density.most / 4:,.0f}"
    )
    pale = Entry(
        (Rect(0, -6, _KEY, 6, "muted", opacity=0.3), Rect(0, 0, _KEY, 6, "none", opacity=0.9)),
        tr("pale: longer or less exact than a column, counted in each"),
    )
    chosen = Entry((Rect(0, -1, _KEY, 7, "selection_line"),), tr("selected"))
    return (Entry(column, words), pale, *((chosen,) if density.selected else ()))


def span_words(seconds: float) -> str:
    """Return about how long a column of so many seconds is."""
    for size, words in _SPANS:
        if seconds >= 1.75 * size:
            return tr(words).format(n=f"{seconds / size:,.0f}")
    return tr("{n} seconds").format(n=f"{seconds:,.0f}")


def order_words(steps: float) -> str:
    """Return how much of the reported order a column is."""
    if steps >= 1.75:
        return tr("{n} steps of the order").format(n=f"{steps:,.0f}")
    return tr("a step of the order") if steps > 0.75 else tr("part of a step of the order")


_DAY = 86_400.0
_SPANS = (
    (365.25 * _DAY, "{n} years"),
    (_DAY, "{n} days"),
    (3600.0, "{n} hours"),
    (60.0, "{n} minutes"),
)


def shapes(used: Sequence[int]) -> tuple[Entry, ...]:
    """Return the hues that are on the picture with their shapes."""
    return tuple(
        Entry((shape_of(HUES[code], _KEY / 2, 0, size=5),), tr(HUE_WORDS[HUES[code]]))
        for code in used
        if HUES[code] in SHAPES
    )


def layout_legend(
    axis: str,
    hues: Sequence[int],
    width: float,
    measure: Measure,
    *,
    most: int = 2,
    affected: bool = False,
    density: Density | None = None,
    used: AbstractSet[str] | None = None,
    extra: Sequence[Entry] = (),
) -> tuple[Group, float]:
    """Return the legend with its top left corner at (0, 0), and its height; empty where nothing fits on a line.

    used: the styles in sight, None = all; extra: what else is drawn. What has no room is left out from the end.
    """
    more = (*extra, *((Entry((suffered(_KEY / 2, 0, "none"),), tr("suffered it")),) if affected else ()))
    kinds = styles(axis, used) if density is None else density_styles(density)
    whole = (*kinds, *more)
    for entries in ((*whole, *shapes(hues)), *(whole[:count] for count in range(len(whole), 0, -1))):
        lines = _wrapped(entries, width, measure)
        if lines is not None and len(lines) <= most:
            return _drawn(lines, measure), len(lines) * LINE + 6
    return Group((), kind="legend"), 0.0


def _width(entry: Entry, measure: Measure) -> float:
    return _KEY + _GAP + measure.width(entry.words, "small") + _BETWEEN


def _wrapped(entries: Sequence[Entry], width: float, measure: Measure) -> list[list[Entry]] | None:
    lines: list[list[Entry]] = [[]]
    used = 0.0
    for entry in entries:
        wide = _width(entry, measure)
        if wide - _BETWEEN > width:
            return None
        if used + wide - _BETWEEN > width:
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += wide
    return lines


def _drawn(lines: Sequence[Sequence[Entry]], measure: Measure) -> Group:
    items: list[Item] = []
    for number, line in enumerate(lines):
        x, y = 0.0, 3 + LINE * (number + 0.5)
        base = y + (measure.ascent("small") - measure.descent("small")) / 2
        for entry in line:
            narrow = len(entry.items) == 1 and isinstance(entry.items[0], Shape)
            items.extend(shifted(item, x - (6 if narrow else 0), y) for item in entry.items)
            wide = measure.width(entry.words, "small")
            start = x + _KEY + _GAP - (12 if narrow else 0)
            items.append(Label(start, base, entry.words, "small", wide, "muted"))
            x = start + wide + _BETWEEN
    return Group(tuple(items), kind="legend", title=tr("What the signs mean"))
