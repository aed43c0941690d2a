"""The head of a timeline: calendar ticks in two levels, or the rungs of the ladder with their words on top."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.casefile.columns import OPEN_FUTURE, TimeColumns
from explorer.frozen import frozen
from explorer.layout.axis import Ticks
from explorer.layout.ladder import Ladder, Rung
from explorer.layout.measure import Measure, shortened
from explorer.layout.scene import FontRole, Group, Item, Label, Path, Role
from explorer.layout.tooltips import BASIS_LINES, when_words
from explorer.layout.viewport import Viewport
from explorer.words import tr

HEIGHT = 44.0
_FIRST, _SECOND = 18.0, 34.0  # baselines below the top


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
    return Group(tuple(items), kind="axis", title=tr("Calendar")), tuple(lines.values())


def empty_head(words: str, left: float, top: float, measure: Measure) -> Group:
    """Return the head of a calendar on which nothing stands: words in the place of ticks, never made-up years."""
    label = _label(left + 10, top + (_FIRST + _SECOND) / 2, words, "small_italic", measure, "muted", "start")
    return Group((label,), kind="axis", title=words)


def ladder_head(
    steps: Ladder, times: TimeColumns, viewport: Viewport, top: float, measure: Measure
) -> tuple[Group, tuple[Grid, ...]]:
    """Return the rungs' words ("2015" / "in the text") where they have room, and a line down each rung."""
    unit = viewport.width / viewport.span
    seen = [i for i in range(len(steps.rungs)) if viewport.left <= viewport.px(float(i)) <= viewport.right]
    words = {i: rung_words(steps, i, times) for i in seen}
    items: list[Item] = []
    taken: list[tuple[float, float]] = []
    for i in sorted(seen, key=lambda i: (not steps.rungs[i].dated, i)):
        spot = _rung_spot(words[i], viewport.px(float(i)), unit, viewport, taken, measure)
        if spot is None:
            continue
        x, half, text = spot
        items.append(_label(x, top + _FIRST, text, "tick_bold", measure, "ink", "middle", full=words[i]))
        basis = shortened(rung_basis(steps.rungs[i]), 2 * half, "small_italic", measure)
        if basis not in {"", "…"}:
            items.append(_label(x, top + _SECOND, basis, "small_italic", measure, "muted", "middle"))
        taken.append((x - half - 5, x + half + 5))
    told = [_told(words[i], rung_basis(steps.rungs[i])) for i in seen[:40]]
    title = "\n".join((tr("Reported order"), *told))
    return Group(tuple(items), kind="axis", title=title), tuple(Grid(viewport.px(float(i))) for i in seen)


def _rung_spot(
    words: str, x: float, unit: float, viewport: Viewport, taken: list[tuple[float, float]], measure: Measure
) -> tuple[float, float, str] | None:
    """Return (middle, half the room, words as they fit) over the rung at x where nobody else's words stand, or None."""
    if any(a < x < b for a, b in taken):
        return None
    left = max([b for _, b in taken if b <= x], default=viewport.left)
    right = min([a for a, _ in taken if a >= x], default=viewport.right)
    whole = measure.width(words, "tick_bold")
    room = min(right - left, max(2.2 * unit, 60.0))
    if room < min(whole, max(60.0, 0.55 * whole)):
        return None
    text = shortened(words, room, "tick_bold", measure)
    width = max(measure.width(text, "tick_bold"), min(room, max(unit - 8, 0.0), 110.0))
    middle = min(max(x, left + width / 2), right - width / 2)
    seen = abs(middle - x) <= max(measure.width(text, "tick_bold") / 2 - 2, 1.0)
    return (middle, width / 2, text) if seen and text not in {"", "…"} else None


def rung_words(steps: Ladder, index: int, times: TimeColumns) -> str:
    """Return the words of a rung: "2015", "from 27 Nov 2024", "then", "before that date" or "no date"."""
    rung = steps.rungs[index]
    if rung.dated:
        words = when_words(times, rung.example)
        row = rung.example
        later = int(times.end_max[row]) == OPEN_FUTURE and int(times.start_max[row]) == OPEN_FUTURE
        since = tr("from {date}").replace("{date}", "")
        if later and words.startswith(since):
            return tr("{date} or later").format(date=words.removeprefix(since))
        return words
    if rung.level == 0 and rung.phase == -1:
        return tr("before")
    return tr("no date") if rung.level == 0 and rung.phase == 1 else tr("then")


def rung_basis(rung: Rung) -> str:
    """Return what a rung rests on: "in the text", "coder's reading", "outside the report"; "" where it says nothing."""
    if not rung.dated and not rung.level and rung.phase == 1:
        return ""
    words = {**BASIS_LINES, 1: "outside the report"}
    return tr(words.get(rung.basis, "in the text"))


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
