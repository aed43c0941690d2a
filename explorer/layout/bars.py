"""Totals under the timeline: a bar a day, week, month or year, or a value of a facet; by records or by deaths.

Only what surely lies within one period is in its bar; what is wider and what has no date is told beside, so that bars +
wider + undated = all that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from explorer.casefile.columns import EventTable, Mask
from explorer.layout.measure import Measure, line_height, shortened
from explorer.layout.rowids import RowIds
from explorer.layout.scene import Group, Item, Label, Path, Rect, Scene
from explorer.layout.viewport import Viewport
from explorer.query.filters import NOT_STATED
from explorer.query.groups import WIDER, Groups
from explorer.query.groups import Group as Records
from explorer.query.periods import PERIODS, Period, number_of, stretch
from explorer.query.totals import Range, number_words, range_words
from explorer.words import tr

By = Literal["count", "deaths"]
_TOP = 4.0
#: The least width of the place of a facet's value, and the most of any bar.
_SLOT, _WIDEST = 84.0, 120.0


@dataclass(frozen=True, eq=False)
class BarsRequest:
    """groups: of the shown records, by a period; viewport: the timeline's plot; chosen: bool, the selected records."""

    table: EventTable
    groups: Groups
    by: By
    viewport: Viewport
    width: float
    height: float
    chosen: Mask | None = None

    @property
    def period(self) -> Period | None:
        """What one bar stands for, None where it is a value of a facet."""
        return self.groups.by if self.groups.by in PERIODS else None


def amount(group: Records, by: By) -> float:
    """Return how high a bar is: its records, or the best known number of its dead (their lowest where none is best)."""
    if by == "count":
        return float(group.count)
    killed = group.killed.range
    if not killed.stated:
        return 0.0
    return float(killed.low if killed.best is None else killed.best)


def told_apart(groups: Groups) -> list[Records]:
    """Return the groups that have a bar: all but what has no such value, or no single one."""
    return [group for group in groups.groups if group.value not in (WIDER, NOT_STATED)]


def highest(groups: Groups, by: By) -> Records | None:
    """Return the period with the most, the first of equals; None where there is none at all."""
    best = max(told_apart(groups), key=lambda group: amount(group, by), default=None)
    return best if best is not None and amount(best, by) > 0 else None


def bar_words(group: Records) -> str:
    """Return all that is told of a period, one thing a line."""
    lines = [
        group.label,
        tr("{count} records").format(count=f"{group.count:,}"),
        tr("Killed: {number}").format(number=range_words(group.killed.range)),
        tr("Killed, civilians: {number}").format(number=range_words(group.civilians)),
        tr("{n} on summary rows, {m} on one source").format(n=f"{group.summaries:,}", m=f"{group.single:,}"),
    ]
    if group.reaching:
        lines.append(
            tr("{n} of them reach beyond it, and are counted by their first day").format(n=group.reaching)
        )
    return "\n".join(lines)


def layout_bars(request: BarsRequest, measure: Measure) -> Scene:
    """Return the strip: bars that touch the window, the scale, and what lies in no bar."""
    viewport = request.viewport
    floor = request.height - (3.0 if request.period is not None else line_height(measure, "small") + 4)
    placed = _placed(request)
    most = max([_top(group, request.by) for group, _, _ in placed], default=0.0)
    room = floor - _TOP
    items: list[Item] = [
        Path((("M", viewport.left, floor + 0.5), ("L", viewport.right, floor + 0.5)), "line", line=1.0)
    ]
    items += [_bar(request, group, x0, x1, floor, room / max(most, 1.0)) for group, x0, x1 in placed]
    if request.period is None:
        items += [label for bar in placed for label in _name(*bar, request.height, measure)]
    items += _scale(request, most, len(placed), measure)
    ids = RowIds(request.table, np.unique(np.concatenate([g.rows for g, _, _ in placed]))) if placed else ()
    return Scene(request.width, request.height, tuple(items), event_ids=frozenset(ids))


def _placed(request: BarsRequest) -> list[tuple[Records, float, float]]:
    """Return the bars that are drawn, each with where it stands: periods in time, values of a facet by their height."""
    viewport, bars, period = request.viewport, told_apart(request.groups), request.period
    if period is not None:
        placed = []
        for group in bars:
            ends = stretch(number_of(group.value, period), period)
            x0, x1 = viewport.px(float(ends.start)), viewport.px(float(ends.end))
            if x1 > viewport.left and x0 < viewport.right:
                placed.append((group, max(x0, viewport.left), min(x1, viewport.right)))
        return placed
    bars.sort(key=lambda group: -amount(group, request.by))
    fits = max(int(viewport.width / _SLOT), 1)
    wide = min(viewport.width / max(min(fits, len(bars)), 1), 2 * _SLOT)
    return [(g, viewport.left + i * wide, viewport.left + (i + 1) * wide) for i, g in enumerate(bars[:fits])]


def _name(group: Records, x0: float, x1: float, height: float, measure: Measure) -> list[Item]:
    """Return the name below the bar of a value."""
    text = shortened(group.label, x1 - x0 - 6, "small", measure)
    base = height - 2 - measure.descent("small")
    width = measure.width(text, "small")
    return [Label((x0 + x1) / 2, base, text, "small", width, "muted", "middle", group.label)] if text else []


def _top(group: Records, by: By) -> float:
    killed = group.killed.range
    return max(amount(group, by), killed.high if by == "deaths" and killed.stated else 0.0)


def _bar(request: BarsRequest, group: Records, x0: float, x1: float, floor: float, unit: float) -> Group:
    """Return one bar; of deaths with a line from the lowest to the highest sum; the selected share at its foot."""
    air = max(0.5, (x1 - x0 - _WIDEST) / 2) if x1 - x0 > 3 else 0.0
    left, wide = x0 + air, max(x1 - x0 - 2 * air, 0.8)
    tall = max(amount(group, request.by) * unit, 1.0)
    fill = "force" if request.by == "deaths" else "none"
    items: list[Item] = [Rect(left, floor - tall, wide, tall, fill, opacity=0.85)]
    if request.by == "deaths":
        items += _whisker(group.killed.range, left + wide / 2, wide, floor, unit)
    if request.chosen is not None:
        share = float(np.count_nonzero(request.chosen[group.rows])) / group.count
        if share:
            high = max(tall * share, 2.0)
            items.append(Rect(left, floor - high, wide, high, "selection_line"))
    target = (x0, 0.0, x1 - x0, request.height)
    return Group(tuple(items), RowIds(request.table, group.rows), "cell", bar_words(group), (target,))


def _whisker(killed: Range, x: float, wide: float, floor: float, unit: float) -> list[Item]:
    if not killed.stated or killed.low == killed.high:
        return []
    low, high = floor - killed.low * unit, floor - killed.high * unit
    cap = min(wide / 2, 3.0)
    ends = [Path((("M", x - cap, y), ("L", x + cap, y)), "ink", line=1.0) for y in (low, high)]
    return [Path((("M", x, low), ("L", x, high)), "ink", line=1.0), *(ends if wide > 5 else ())]


def _scale(request: BarsRequest, most: float, drawn: int, measure: Measure) -> list[Item]:
    """Return the words in the gutter: what is counted, the highest value, and what lies in no bar."""
    words = tr("Killed") if request.by == "deaths" else tr("Records")
    lines = [tr("{what}, up to {number}").format(what=words, number=number_words(most))]
    loose = {
        group.value: group.count for group in request.groups.groups if group.value in (WIDER, NOT_STATED)
    }
    hidden = len(told_apart(request.groups)) - drawn
    if request.period is None and hidden:
        lines.append(tr("{n} more values").format(n=f"{hidden:,}"))
    if loose.get(WIDER):
        lines.append(tr("{n} in no single bar").format(n=f"{loose[WIDER]:,}"))
    if loose.get(NOT_STATED):
        words = tr("{n} without a date") if request.period is not None else tr("{n} not stated")
        lines.append(words.format(n=f"{loose[NOT_STATED]:,}"))
    right, step, items = request.viewport.left - 12, line_height(measure, "small") + 1, []
    for number, line in enumerate(lines):
        y = _TOP + measure.ascent("small") + number * step
        text = shortened(line, max(right - 6, 0.0), "small", measure)
        if text and y + measure.descent("small") <= request.height:
            width = measure.width(text, "small")
            items.append(Label(right, y, text, "small", width, "muted", "end", full=line))
    return [Group(tuple(items), kind="axis", title="\n".join(lines))]
