"""The head of a timeline: calendar ticks in two levels, or the rungs of the ladder with their words on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import TimeColumns
from explorer.frozen import frozen
from explorer.layout.axis import GAP_FONT, Gap, Ticks
from explorer.layout.ladder import Ladder, Rung
from explorer.layout.marks import slashes
from explorer.layout.measure import Measure
from explorer.layout.rungs import MOST_WORDED, halved, rung_basis, rung_words, short_basis
from explorer.layout.scene import FontRole, Group, Item, Label, Path, Rect, Role, Shape
from explorer.layout.viewport import Viewport
from explorer.words import tr

HEIGHT = 44.0
_FIRST, _SECOND = 18.0, 34.0  # baselines below the top
_APART = 110  # pixels between the rungs that are named where there are too many
_TOOTH = 6.0  # from tooth to tooth of a break's zigzag
_LEADING = 15.0  # from line to line of a rung's words


@frozen
class Grid:
    """A vertical line of the body at x; strong ones stand where a coarser unit begins."""

    x: float
    strong: bool = False


def calendar_head(
    marks: Ticks, viewport: Viewport, top: float, measure: Measure
) -> tuple[Group, tuple[Grid, ...]]:
    """Return the labels of the calendar axis and the lines below them."""
    items: list[Item] = [
        _label(span.label_x, top + _FIRST, span.text, "tick_bold", measure, "ink", "start")
        for span in marks.coarse
        if span.text
    ]
    items += [item for gap in marks.gaps for item in _gap_items(gap, top, measure)]
    base = top + (_SECOND if marks.coarse else (_FIRST + _SECOND) / 2)
    font: FontRole = "tick" if marks.coarse else "tick_bold"
    taken = -1e9
    for tick in marks.fine:
        width = measure.width(tick.text, font)
        if tick.text and tick.x - width / 2 > taken + 6 and tick.x + width / 2 <= viewport.right:
            items.append(
                _label(tick.x, base, tick.text, font, measure, "muted" if marks.coarse else "ink", "middle")
            )
            taken = tick.x + width / 2
    strong = {round(span.x, 3) for span in marks.coarse}
    lines = {round(tick.x, 3): Grid(tick.x, round(tick.x, 3) in strong) for tick in marks.fine}
    lines.update({round(s.x, 3): Grid(s.x, True) for s in marks.coarse if s.x > viewport.left})
    return Group(tuple(items), kind="axis", title=_calendar_words(marks)), tuple(lines.values())


def _calendar_words(marks: Ticks) -> str:
    if not marks.gaps:
        return tr("Calendar")
    return tr("Calendar; empty stretches are shortened: {n}").format(n=len(marks.gaps))


def _gap_items(gap: Gap, top: float, measure: Measure) -> Iterator[Item]:
    """Yield the double slash on the axis line, and the words of how long the break is, where they fit."""
    yield from slashes(gap.middle, top + HEIGHT - 2, "muted")
    if gap.text:
        yield _label(gap.middle, top + _SECOND, gap.text, GAP_FONT, measure, "muted", "middle")


def gap_lines(gaps: Iterable[Gap], top: float, bottom: float) -> Iterator[Item]:
    """Yield the tear down the lanes where a break is: a pale strip with a zigzag in its middle."""
    for gap in gaps:
        yield Rect(gap.x, top, gap.end - gap.x, max(bottom - top, 0.0), "line", opacity=0.22)
        steps = max(int((bottom - top) / _TOOTH), 1)
        tooth = (bottom - top) / steps
        points = [(gap.middle + (2.0 if i % 2 else -2.0), top + i * tooth) for i in range(steps + 1)]
        segments = tuple(("L" if i else "M", x, y) for i, (x, y) in enumerate(points))
        yield Path(segments, "muted", line=1.0, opacity=0.45)


def empty_head(words: str, left: float, top: float, measure: Measure) -> Group:
    """Return the head of a calendar on which nothing stands: words in the place of ticks, never made-up years."""
    label = _label(left + 10, top + (_FIRST + _SECOND) / 2, words, "small_italic", measure, "muted", "start")
    return Group((label,), kind="axis", title=words)


def ladder_head(
    steps: Ladder, times: TimeColumns, viewport: Viewport, top: float, measure: Measure
) -> tuple[Group, tuple[Grid, ...], float]:
    """Return the rungs' words ("2015" / "in the text"), a line down each rung, and the height of it all.

    Words go into two lines before they are shortened to plainer ones; where even those have no room, some rungs keep
    theirs (dated ones first) and the others have a dot.
    """
    middles = viewport.px(steps.middles)
    seen = [i for i in range(len(steps.rungs)) if viewport.left <= middles[i] <= viewport.right]
    if len(seen) > MOST_WORDED:  # none has room for itself: a few, evenly chosen, stand for those about them
        seen = seen[:: -(-len(seen) * _APART // int(viewport.width + 1))]
    words = {i: rung_words(steps, i, times) for i in seen[:MOST_WORDED]}
    slots = {
        i: (
            max(float(viewport.px(steps.edges[i])), viewport.left),
            min(float(viewport.px(steps.edges[i + 1])), viewport.right),
        )
        for i in words
    }
    texts = {i: _rung_texts(words[i], steps.rungs[i], slots[i][1] - slots[i][0] - 8, measure) for i in words}
    if any(text is None for text in texts.values()):
        texts = _thinned(steps, words, middles, viewport, measure)
    tall = max((len(text[0]) for text in texts.values() if text), default=1)
    items: list[Item] = []
    for i in seen:
        if i in texts or i not in words:  # the dot of another would stand in somebody's words
            items += _rung_items(
                texts.get(i), float(middles[i]), words.get(i, ""), tall, top, viewport, measure
            )
    told = [_told(words[i], rung_basis(steps.rungs[i])) for i in seen[:40]]
    head = Group(tuple(items), kind="axis", title="\n".join((tr("Reported order"), *told)))
    return head, tuple(Grid(float(middles[i])) for i in seen), HEIGHT + _LEADING * (tall - 1)


def _rung_items(
    text: _Texts | None, x: float, words: str, tall: int, top: float, viewport: Viewport, measure: Measure
) -> Iterator[Item]:
    """Yield the words over the rung at x, the dates of all standing on one line; a dot where there are none."""
    if text is None:
        yield Shape("circle", x, top + _FIRST - 4, 1.8, "muted")
        return
    wide = _texts_width(text, measure)
    x = min(max(x, viewport.left + wide / 2), viewport.right - wide / 2)
    for number, line in enumerate(text[0], tall - len(text[0])):
        y = top + _FIRST + number * _LEADING
        yield _label(x, y, line, "tick_bold", measure, "ink", "middle", words)
    if text[1]:
        y = top + _SECOND + _LEADING * (tall - 1)
        yield _label(x, y, text[1], "small_italic", measure, "muted", "middle")


_Texts = tuple[tuple[str, ...], str]


def _rung_texts(words: str, rung: Rung, room: float, measure: Measure) -> _Texts | None:
    """Return (lines of words, what they rest on) that fit room, the fullest that do; None where none do."""
    heads, feet = ((words,), halved(words)), (rung_basis(rung), short_basis(rung))
    head = next((lines for lines in heads if _width(lines, "tick_bold", measure) <= room), None)
    foot = next((line for line in feet if measure.width(line, "small_italic") <= room), None)
    return None if head is None or foot is None else (head, foot)


def _thinned(
    steps: Ladder, words: dict[int, str], middles: NDArray[np.float64], viewport: Viewport, measure: Measure
) -> dict[int, _Texts | None]:
    """Return the words of those rungs that have room where others have none, dated ones first."""
    taken: list[tuple[float, float]] = []
    found: dict[int, _Texts | None] = dict.fromkeys(words)
    for i in sorted(words, key=lambda i: (not steps.rungs[i].dated, i)):
        text = (halved(words[i]), short_basis(steps.rungs[i]))
        wide = _texts_width(text, measure)
        x = min(max(float(middles[i]), viewport.left + wide / 2), viewport.right - wide / 2)
        a, b = x - wide / 2 - 4, x + wide / 2 + 4
        if wide <= viewport.width and all(b <= start or a >= end for start, end in taken):
            taken.append((a, b))
            found[i] = text
    bare = [
        i
        for i in words
        if found[i] is None and any(a < middles[i] + 3 and middles[i] - 3 < b for a, b in taken)
    ]
    for i in bare:
        del found[i]
    return found


def _width(lines: tuple[str, ...], font: FontRole, measure: Measure) -> float:
    return max((measure.width(line, font) for line in lines), default=0.0)


def _texts_width(text: _Texts, measure: Measure) -> float:
    return max(_width(text[0], "tick_bold", measure), measure.width(text[1], "small_italic"))


def _told(words: str, basis: str) -> str:
    return tr("{words} ({basis})").format(words=words, basis=basis) if basis else words


def _label(
    x: float, y: float, text: str, font: FontRole, measure: Measure, fill: Role, anchor: str, full: str = ""
) -> Label:
    return Label(x, y, text, font, measure.width(text, font), fill, anchor, full)  # type: ignore[arg-type]


def grid_lines(grid: tuple[Grid, ...], top: float, bottom: float) -> Iterator[Item]:
    """Yield the lines of the axis down the body."""
    for line in grid:
        path = (("M", line.x, top), ("L", line.x, bottom))
        yield Path(path, "line" if line.strong else "grid", line=1.0)
