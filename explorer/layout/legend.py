"""The one-line legend: what the line styles and shapes mean; it wraps, and leaves shapes out where it is narrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from explorer.casefile.columns import HUES
from explorer.frozen import frozen
from explorer.layout.marks import SHAPES, BarLook, bar, shape_of, suffered
from explorer.layout.measure import Measure
from explorer.layout.scene import Fade, Group, Item, Label, Path, Rect, Shape, shifted
from explorer.words import HUE_WORDS, tr

LINE = 20.0
_KEY, _GAP, _BETWEEN = 24.0, 7.0, 18.0

Key = Callable[[float, float], list[Item]]


@frozen
class Entry:
    """A key about (0, 0) .. (24, 0), and its words."""

    items: tuple[Item, ...]
    words: str


def styles(axis: str) -> tuple[Entry, ...]:
    """Return the line styles of design §3a "Drawing time" as they are drawn."""
    hollow = Entry((shape_of("force", _KEY / 2, 0, size=5.5, hollow=True),), tr("not reported as fact"))
    ends = Fade(0, -3.5, 8, 7, "none", 0.0, 0.55), Fade(16, -3.5, 8, 7, "none", 0.55, 0.0)
    unknown = Entry((ends[0], Rect(8, -3.5, 8, 7, "none", opacity=0.55), ends[1]), tr("extent not known"))
    read = Entry(
        (Path((("M", 2, 0), ("L", _KEY - 2, 0)), "none", line=1.6, dash="dash"),), tr("who: coder's reading")
    )
    if axis == "order":
        return (unknown, read, hollow)
    return (
        Entry((Rect(0, -3.5, _KEY, 7, "none", radius=2, opacity=0.92),), tr("in the text")),
        Entry((Rect(0, -3.5, _KEY, 7, "none", opacity=0.92, hatch="hatch"),), tr("coder's reading")),
        Entry(
            tuple(bar((0, 0, _KEY, _KEY), 0, BarLook("none", core=True, reference=True), 0, _KEY)),
            tr("from outside"),
        ),
        unknown,
        read,
        hollow,
    )


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
) -> tuple[Group, float]:
    """Return the legend with its top left corner at (0, 0), and its height; empty where even one line is too wide."""
    more = (Entry((suffered(_KEY / 2, 0, "none"),), tr("suffered it")),) if affected else ()
    kinds = styles(axis) if density is None else density_styles(density)
    for entries in ((*kinds, *more, *shapes(hues)), (*kinds, *more), kinds, kinds[:1]):
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
