"""Calendar-aware ticks from minutes to thousands of years, in two levels, whose labels never overlap.

Years are astronomical (0 is 1 BCE) and have no limits; see model.calendar.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

from explorer.frozen import frozen
from explorer.layout.measure import Measure
from explorer.layout.scene import FontRole
from explorer.layout.viewport import Viewport
from explorer.model.calendar import DAY, date_of, days_of
from explorer.words import tr

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
GAP = {"year": 18.0}  # pixels between two labels
_GAP = 32.0
_MOST = 400  # never more ticks than this, whatever is asked


@frozen
class Tick:
    """A line at x with its words (none where the label has no room); time in seconds UTC."""

    time: float
    x: float
    text: str


@frozen
class Span:
    """The coarser level: one month, year or day from x to end, its words at label_x."""

    x: float
    end: float
    text: str
    label_x: float


@frozen
class Ticks:
    """fine: the ticks; coarse: what they lie in ("" texts where there is no room); unit: the name of the fine unit.

    gaps: what the elastic axis leaves out; there are no ticks in there.
    """

    fine: tuple[Tick, ...]
    coarse: tuple[Span, ...]
    unit: str
    gaps: tuple[Gap, ...] = ()


@frozen
class Gap:
    """A break of the elastic axis from x to end, and the length of what it stands for in words, "9 years"."""

    x: float
    end: float
    text: str

    @property
    def middle(self) -> float:
        """Where its mark stands."""
        return (self.x + self.end) / 2


@frozen
class Step:
    """A distance between ticks: count units, and about how long it is in seconds."""

    unit: str
    count: int
    seconds: float


def _steps() -> tuple[Step, ...]:
    sizes = {"minute": 60.0, "hour": 3600.0, "day": float(DAY), "month": 30.44 * DAY, "year": 365.2425 * DAY}
    counts = {"minute": (1, 5, 15, 30), "hour": (1, 3, 6, 12), "day": (1, 2, 7), "month": (1, 3, 6)}
    years = tuple(base * 10**power for power in range(8) for base in (1, 2, 5))
    return tuple(
        Step(unit, count, count * sizes[unit])
        for unit in sizes
        for count in (years if unit == "year" else counts[unit])
    )


STEPS = _steps()


def year_words(year: int) -> str:
    """Return a year as people write it: 2015, "44 BCE" for -43."""
    return str(year) if year > 0 else tr("{year} BCE").format(year=1 - year)


def starts(step: Step, start: float, end: float) -> Iterator[int]:
    """Yield the ascending times in [start, end] at which step's units begin, at most a few hundred."""
    if step.unit in {"minute", "hour"}:
        size = int(step.seconds)
        yield from range(-int(-start // size) * size, math.floor(end) + 1, size)
        return
    first = int(start // DAY)
    year, month, day = date_of(first)
    for _ in range(_MOST):
        year, month, day = _floor(step, year, month, day)
        time = days_of(year, month, day) * DAY
        if time > end:
            return
        if time >= start:
            yield time
        year, month, day = _next(step, year, month, day)


def _floor(step: Step, year: int, month: int, day: int) -> tuple[int, int, int]:
    if step.unit == "year":
        return _round_year(year, step.count), 1, 1
    if step.unit == "month":
        return year, month - (month - 1) % step.count, 1
    if step.count == 7:  # 1, 8, 15, 22 of each month
        return year, month, min(day - (day - 1) % 7, 22)
    return year, month, day - (day - 1) % step.count


def _round_year(year: int, count: int) -> int:
    """Return the last tick up to a year: 800 BCE, 700 BCE … 1, 100, 200, as there is no year 0 to count from."""
    return year - year % count if year >= count else 1 + (year - 1) // count * count


def _next(step: Step, year: int, month: int, day: int) -> tuple[int, int, int]:
    if step.unit == "year":
        return max(step.count, 2) if year == 1 else year + step.count, 1, 1
    if step.unit == "month":
        month += step.count
        return (year + 1, 1, 1) if month > 12 else (year, month, 1)
    last = {1: 31, 2: 30, 7: 22}[step.count]
    if day + step.count > last:
        return (year + 1, 1, 1) if month == 12 else (year, month + 1, 1)
    return date_of(days_of(year, month, day) + step.count)


def tick_words(step: Step, time: int) -> str:
    """Return the words of a tick: its own unit only, the coarser level says the rest."""
    year, month, day = date_of(time // DAY)
    match step.unit:
        case "year":
            return year_words(year)
        case "month":
            return tr(MONTHS[month - 1])
        case "day":
            return str(day)
        case _:
            minutes = time % DAY // 60
            return f"{minutes // 60:02d}:{minutes % 60:02d}"


def span_words(unit: str, time: int) -> str:
    """Return the words of the coarser level: "27 Nov 2024", "Nov 2024" or "2024"."""
    year, month, day = date_of(time // DAY)
    if unit == "year":
        return year_words(year)
    if unit == "month":
        return f"{tr(MONTHS[month - 1])} {year_words(year)}"
    return f"{day} {tr(MONTHS[month - 1])} {year_words(year)}"


COARSER = {"minute": "day", "hour": "day", "day": "month", "month": "year", "year": ""}


def ticks(viewport: Viewport, measure: Measure, font: FontRole = "tick") -> Ticks:
    """Return the finest ticks whose labels have room, and the coarser spans they lie in; on each stretch its own."""
    if not viewport.warp.breaks:
        return _ticks(viewport, measure, font)
    fine: list[Tick] = []
    coarse: list[Span] = []
    gaps = tuple(_gaps(viewport))
    edges = [viewport.left, *(edge for gap in gaps for edge in (gap.x, gap.end)), viewport.right]
    unit = ""
    for number in range(0, len(edges), 2):
        x, end = edges[number], edges[number + 1]
        if end - x < _NARROW:
            continue
        room = edges[number + 2] if number + 2 < len(edges) else viewport.right
        made = _ticks(Viewport(viewport.time(x), viewport.time(end), x, end - x), measure, font)
        coarse += _named(made, x, room, measure)
        fine += made.fine if made.coarse else (Tick(tick.time, tick.x, "") for tick in made.fine)
        unit = unit or made.unit
    gaps = tuple(_told(gaps, viewport, measure))
    return Ticks(tuple(_beside(fine, gaps, measure, font)), tuple(coarse), unit, gaps)


def _told(gaps: Iterable[Gap], viewport: Viewport, measure: Measure) -> Iterator[Gap]:
    """Yield the breaks without the words that would touch those of the one before, or leave the plot."""
    taken = viewport.left
    for gap in gaps:
        half = measure.width(gap.text, GAP_FONT) / 2
        if gap.middle - half < taken or gap.middle + half > viewport.right:
            yield Gap(gap.x, gap.end, "")
        else:
            taken = gap.middle + half + 6
            yield gap


def _beside(fine: Iterable[Tick], gaps: Iterable[Gap], measure: Measure, font: FontRole) -> Iterator[Tick]:
    """Yield the ticks without the labels that would touch the words of a break."""
    told = [(gap.middle, measure.width(gap.text, GAP_FONT) / 2 + 6) for gap in gaps if gap.text]
    for tick in fine:
        half = measure.width(tick.text, font) / 2
        hit = any(abs(tick.x - x) < half + reach for x, reach in told)
        yield Tick(tick.time, tick.x, "") if hit else tick


def _gaps(viewport: Viewport) -> Iterator[Gap]:
    """Yield the breaks that are in sight, cut to the plot."""
    for start, end in viewport.warp.breaks:
        x, last = max(viewport.px(start), viewport.left), min(viewport.px(end), viewport.right)
        if last - x > 0.5:
            yield Gap(x, last, long_words(end - start))


def _named(made: Ticks, left: float, right: float, measure: Measure) -> Iterator[Span]:
    """Yield the coarser spans of a stretch between two breaks, at least one with words where any fit up to right.

    Where the ticks are years, these are the spans.
    """
    spans = list(made.coarse)
    if not spans:
        xs = [tick.x for tick in made.fine] + [right]
        spans = [
            Span(tick.x, end, year_words(date_of(int(tick.time // DAY))[0]), tick.x + 4)
            for tick, end in zip(made.fine, xs[1:], strict=True)
        ]
        taken = -1e9
        for i, span in enumerate(spans):
            wide = measure.width(span.text, "tick_bold")
            if span.label_x < taken or span.label_x + wide > right:
                spans[i] = Span(span.x, span.end, "", span.label_x)
            else:
                taken = span.label_x + wide + 8
    if spans and not any(span.text for span in spans):
        spans[-1] = _squeezed(made, spans[-1], left, right, measure)
    yield from spans


def _squeezed(made: Ticks, span: Span, left: float, right: float, measure: Measure) -> Span:
    """Return the last span of a narrow stretch with the longest words for it that fit up to right."""
    time = int(made.fine[-1].time) if made.fine else 0
    for unit in ("month", "year") if made.fine else ():
        text = span_words(unit, time)
        if left + 2 + measure.width(text, "tick_bold") <= right:
            return Span(span.x, span.end, text, left + 2)
    return span


GAP_FONT: FontRole = "small_italic"
_YEAR, _MONTH = 365.25 * DAY, 30.44 * DAY
_NARROW = 6.0  # a stretch of fewer pixels has no ticks


def long_words(seconds: float) -> str:
    """Return about how long a stretch is: "9 years", "5 months", "12 days", "8 hours"."""
    for size, words in ((_YEAR, "{n} years"), (_MONTH, "{n} months"), (float(DAY), "{n} days")):
        if seconds >= 1.75 * size:
            return tr(words).format(n=f"{seconds / size:,.0f}")
    return tr("{n} hours").format(n=f"{seconds / 3600:,.0f}")


def _ticks(viewport: Viewport, measure: Measure, font: FontRole) -> Ticks:
    """Return the ticks of a stretch in which a second is as long everywhere."""
    for step in STEPS:
        if viewport.width * step.seconds / viewport.span < 18:
            continue
        fine = tuple(_fine(step, viewport))
        widest = max((measure.width(tick.text, font) for tick in fine), default=0.0)
        gap = min((b.x - a.x for a, b in pairwise(fine)), default=viewport.width)
        if gap >= widest + GAP.get(step.unit, _GAP):
            break
    else:
        step, fine = STEPS[-1], tuple(_fine(STEPS[-1], viewport))[:1]
    return Ticks(_inside(fine, viewport, measure, font), tuple(_coarse(step, viewport, measure)), step.unit)


def _fine(step: Step, viewport: Viewport) -> Iterator[Tick]:
    for time in starts(step, viewport.start, viewport.end):
        yield Tick(time, viewport.px(float(time)), tick_words(step, time))


def _inside(fine: tuple[Tick, ...], viewport: Viewport, measure: Measure, font: FontRole) -> tuple[Tick, ...]:
    """Return fine with the labels that would leave the plot taken out."""
    out = []
    for tick in fine:
        half = measure.width(tick.text, font) / 2
        fits = tick.x - half >= viewport.left and tick.x + half <= viewport.right
        out.append(tick if fits else Tick(tick.time, tick.x, ""))
    return tuple(out)


def _coarse(step: Step, viewport: Viewport, measure: Measure) -> Iterator[Span]:
    unit = COARSER[step.unit]
    if not unit:
        return
    whole = Step(unit, 1, 0.0)
    first = date_of(int(viewport.start // DAY))
    first_time = days_of(*_floor(whole, *first)) * DAY
    times = [first_time, *(t for t in starts(whole, viewport.start, viewport.end) if t > first_time)]
    edges = [viewport.px(float(t)) for t in times] + [viewport.right]
    for time, (start, end) in zip(times, pairwise(edges), strict=True):
        x, text = max(start, viewport.left), span_words(unit, time)
        room = measure.width(text, "tick_bold") + 8 <= end - x
        yield Span(x, end, text if room else "", x + 4)
