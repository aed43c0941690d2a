"""Where labels go: greedy by importance, beside their marks, never over another label or mark, never off the canvas.

A label that finds no room is shortened with "…", and dropped when not even that fits: its mark stays, and its title
has the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.frozen import frozen
from explorer.layout.measure import Measure, shortened
from explorer.layout.scene import FontRole, Label, Role
from explorer.words import isolated

Box = tuple[float, float, float, float]  # x0, y0, x1, y1

GAP = 5.0  # pixels between a mark and its label
_SHORTEST = 34.0  # a label narrower than this tells nothing
_SHIFT = 4.0  # by which a label beside its mark may stand higher or lower
_AWAY = 42.0  # by which one may stand off, where the fading bars of neighbours lie beside its mark
_SHARES = (1.0, 0.72, 0.5)  # of its room, where the whole label does not fit
#: Which width to try next, and whether stems are kept clear of: crossing one is better than losing half the words.
_TRIES = ((0, True), (1, True), (1, False), (2, True), (3, True), (2, False), (3, False))


@frozen
class Wanted:
    """A label that asks for room: beside the mark's box, inside band; text is shortened before suffix is.

    room: how wide it should be; most: how wide it may be where nothing is in the way. wide: the mark is a bar,
    whose label stands above it at its start. side: -1 tries the left before the right. low: there is no room above.
    """

    text: str
    suffix: str
    mark: Box
    band: Box
    font: FontRole = "label"
    fill: Role = "ink"
    wide: bool = False
    room: float = 240.0
    most: float = 480.0
    side: int = 1
    low: bool = False


class Crowd:
    """The boxes that are taken, as one growing array: hard ones (marks, labels) and soft ones (stems, ticks)."""

    def __init__(self, hard: Iterable[Box] = (), soft: Iterable[Box] = ()) -> None:
        self._hard, self._count = _grown(list(hard))
        self._soft = np.array(list(soft), np.float64).reshape(-1, 4)

    def take(self, box: Box) -> None:
        """Hold a box from now on."""
        if self._count == len(self._hard):
            self._hard = np.concatenate((self._hard, np.zeros_like(self._hard)))
        self._hard[self._count] = box
        self._count += 1

    def free(self, box: Box, *, soft: bool) -> bool:
        """Return True where box touches no hard one, and with soft no soft one either."""
        if _hit(self._hard[: self._count], box):
            return False
        return not (soft and len(self._soft) and _hit(self._soft, box))


def _grown(boxes: list[Box]) -> tuple[NDArray[np.float64], int]:
    array = np.zeros((max(64, 2 * len(boxes)), 4))
    if boxes:
        array[: len(boxes)] = boxes
    return array, len(boxes)


def _hit(boxes: NDArray[np.float64], box: Box) -> bool:
    x0, y0, x1, y1 = box
    return bool(((boxes[:, 0] < x1) & (boxes[:, 2] > x0) & (boxes[:, 1] < y1) & (boxes[:, 3] > y0)).any())


def isolated_short(text: str, room: float, font: FontRole, measure: Measure) -> str:
    """Return foreign text, isolated, with as much of it as fits room; "" where that is nothing but "…"."""
    around = measure.width(isolated(text[:300]), font) - measure.width(text[:300], font)
    short = shortened(text, room - max(around, 0.0), font, measure)
    return isolated(short) if short not in {"", "…"} else ""


def fitted_text(text: str, suffix: str, room: float, font: FontRole, measure: Measure) -> str:
    """Return text + suffix within room, the text shortened first; "" where not even a few characters fit."""
    whole = isolated(text) + suffix
    if measure.width(whole, font) <= room:
        return whole
    rest = room - measure.width(suffix, font)
    short = isolated_short(text, rest, font, measure) if rest >= _SHORTEST / 2 else ""
    if short:
        return short + suffix
    alone = suffix.lstrip(", ")
    return alone if alone and measure.width(alone, font) <= room else ""


def placed(wanted: Sequence[Wanted], crowd: Crowd, measure: Measure, most: int = 300) -> list[Label | None]:
    """Return a Label, or None, for each of wanted (most important first); crowd takes what is placed."""
    result: list[Label | None] = []
    count = 0
    for one in wanted:
        label = _place(one, crowd, measure) if count < most else None
        count += label is not None
        result.append(label)
    return result


def _place(one: Wanted, crowd: Crowd, measure: Measure) -> Label | None:
    texts = [fitted_text(one.text, one.suffix, room, one.font, measure) for room in _rooms(one, measure)]
    up, down = measure.ascent(one.font), measure.descent(one.font)
    for text, soft in dict.fromkeys((texts[at], soft) for at, soft in _TRIES if texts[at]):
        width = measure.width(text, one.font)
        for x, baseline in _spots(one, width, measure):
            box = (x - 1, baseline - up, x + width + 1, baseline + down)
            if _within(box, one.band) and crowd.free(box, soft=soft):
                crowd.take(box)
                whole = isolated(one.text) + one.suffix
                return Label(x, baseline, text, one.font, width, one.fill, full=whole)
    return None


def _rooms(one: Wanted, measure: Measure) -> list[float]:
    """Return the widths to try: the whole label where nothing is in the way, then shorter and shorter."""
    whole = measure.width((isolated(one.text) + one.suffix)[:300], one.font)
    shorter = [max(min(whole, one.room) * share, min(whole, _SHORTEST)) for share in _SHARES]
    return [min(whole, one.most), *shorter]


def _spots(one: Wanted, width: float, measure: Measure) -> Iterable[tuple[float, float]]:
    """Yield (x, baseline) candidates, the best first."""
    x0, y0, x1, y1 = one.mark
    up, down = measure.ascent(one.font), measure.descent(one.font)
    beside = (y0 + y1) / 2 + (up - down) / 2
    above, below = y0 - down - 0.5, y1 + up + 1
    left, right = max(x0, one.band[0]), min(x1, one.band[2])
    middle = (left + right - width) / 2
    last = one.band[2] - width - 1
    start = min(max(left + 1, one.band[0] + 1), last)
    near = [(x1 + GAP, beside), (x0 - GAP - width, beside)][:: one.side]
    near += [(x, y + shift) for x, y in near for shift in (-_SHIFT, _SHIFT)]
    away = [(x0 - GAP - _AWAY - width, beside), (x1 + GAP + _AWAY, beside)][:: one.side]
    if one.wide:
        over = [(start, above), (min(max(middle, start), last), above), (min(right - width, last), above)]
        yield from (*near, *over) if one.low else (*over, *near)
        yield (start, below)
        return
    yield from (*near, (middle, below), (middle, above), *away)
    yield from ((x0, below), (x0, above), (x1 - width, below), (x1 - width, above))
    held = min(max(middle, one.band[0] + 1), last)
    yield from ((held, below), (held, above))


def _within(box: Box, band: Box) -> bool:
    return box[0] >= band[0] and box[1] >= band[1] and box[2] <= band[2] and box[3] <= band[3]
