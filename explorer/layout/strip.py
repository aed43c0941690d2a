"""The undated strip at the foot of a timeline: what has no date, or no place in the order, as marks with labels."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.frozen import frozen
from explorer.layout.labels import fitted_text
from explorer.layout.marks import numbered, shape_of, titled
from explorer.layout.measure import Measure
from explorer.layout.scene import FontRole, Group, Item, Label, Role

LINE = 22.0
MARK, _GAP, _BETWEEN = 12.0, 5.0, 18.0


@frozen
class Chip:
    """One undated record: its id, hue, words and tooltip."""

    record: str
    hue: Role
    hollow: bool
    text: str
    suffix: str
    title: str
    bold: bool = False


@frozen
class Flow:
    """Where the chips go: (chip index, line, x, text) and the index from which on there is no room.

    pitch: from line to line; more than LINE where arrows run above the chips.
    """

    spots: tuple[tuple[int, int, float, str], ...]
    lines: int
    rest: int
    pitch: float = LINE


def flowed(
    chips: Sequence[Chip], left: float, right: float, most: int, measure: Measure, *, rest: bool
) -> Flow:
    """Return chips in lines from left to right: as many with words as let all be seen, the others as mere marks.

    Where not even the marks fit (or rest: there are more elsewhere), the last place is kept for their number.
    """
    kept = 46.0 if rest else 0.0
    bare = _flow(chips, left, right, most, measure, kept=kept, labelled=0)
    if bare.rest < len(chips):
        most = min(most, 2)
        return _flow(chips, left, right, most, measure, kept=46.0, labelled=0)
    low, high = 0, len(chips)
    best = bare
    while low < high:
        middle = (low + high + 1) // 2
        flow = _flow(chips, left, right, most, measure, kept=kept, labelled=middle)
        if flow.rest == len(chips):
            low, best = middle, flow
        else:
            high = middle - 1
    return best


def _flow(
    chips: Sequence[Chip],
    left: float,
    right: float,
    most: int,
    measure: Measure,
    *,
    kept: float,
    labelled: int,
) -> Flow:
    spots: list[tuple[int, int, float, str]] = []
    line, x = 0, left
    room = min(right - left - MARK - _GAP - kept, 230.0)
    for i, chip in enumerate(chips):
        text = fitted_text(chip.text, chip.suffix, room, _font(chip), measure) if i < labelled else ""
        wide = MARK + (_GAP + measure.width(text, _font(chip)) if text else 0.0)
        if x + wide > right - (kept if line == most - 1 else 0.0) and x > left:
            line, x = line + 1, left
        if line >= most or x + wide > right - (kept if line == most - 1 else 0.0):
            return Flow(tuple(spots), min(line + 1, most), i)
        spots.append((i, line, x, text))
        x += wide + (_BETWEEN if text else 6.0)
    return Flow(tuple(spots), line + 1, len(chips))


def _font(chip: Chip) -> FontRole:
    return "label_bold" if chip.bold else "label"


def chip_groups(chips: Sequence[Chip], flow: Flow, top: float, measure: Measure) -> list[Group]:
    """Return one group a chip, at its place below top."""
    groups = []
    for i, line, x, text in flow.spots:
        chip = chips[i]
        y = top + flow.pitch * (line + 1) - LINE / 2
        items: list[Item] = [shape_of(chip.hue, x + MARK / 2, y, size=5.5, hollow=chip.hollow)]
        end = x + MARK
        if text:
            font = _font(chip)
            wide = measure.width(text, font)
            base = y + (measure.ascent(font) - measure.descent(font)) / 2
            items.append(Label(x + MARK + _GAP, base, text, font, wide, "ink", full=chip.text + chip.suffix))
            end += _GAP + wide
        groups.append(titled(items, (chip.record,), "event", chip.title, (x, y - 8, end, y + 8)))
    return groups


def rest_group(
    ids: Sequence[str], words: str, flow: Flow, top: float, right: float, measure: Measure
) -> Group:
    """Return the numbered mark that stands for all undated records without a place of their own."""
    y = top + flow.pitch * max(flow.lines, 1) - LINE / 2
    items, wide, height = numbered(right - 20, y, len(ids), "muted", LINE, measure)
    box = (right - 20 - wide / 2, y - height / 2, right - 20 + wide / 2, y + height / 2)
    return titled(items, ids, "cluster", words, box)
