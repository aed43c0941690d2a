"""The names beside the lanes of a timeline: shortened where they must be, but never so that two look alike."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.layout.labels import isolated_short
from explorer.layout.lanes import Lane
from explorer.layout.measure import Measure, shortened
from explorer.layout.rows import Band
from explorer.layout.scene import FontRole, Group, Label
from explorer.words import flat, isolated, tr


def lane_names(
    lanes: Sequence[Lane], bands: Sequence[Band], gutter: float, top: float, measure: Measure
) -> list[Group]:
    """Return the name of each lane, right against its marks; gutter: the width there is, in pixels."""
    rooms = [gutter - 20 - measure.width(_sign(lane), _font(lane)) for lane in lanes]
    names = distinct_names([lane.name for lane in lanes], rooms, [_font(lane) for lane in lanes], measure)
    groups = []
    for lane, band, name in zip(lanes, bands, names, strict=True):
        font, text = _font(lane), _sign(lane) + name
        base = top + band.top + (band.height + measure.ascent(font) - measure.descent(font)) / 2
        fill = "ink" if lane.key and not lane.depth else "muted"
        wide = measure.width(text, font)
        label = Label(gutter - 12, base, text, font, wide, fill, "end", flat(lane.name))
        box = (0.0, top + band.top, gutter, band.height)
        groups.append(Group((label,), lane.ids, "lane", _title(lane, band), (box,)))
    return groups


def _font(lane: Lane) -> FontRole:
    """What is below another lane is smaller."""
    return "small" if lane.depth else "lane"


def _sign(lane: Lane) -> str:
    return ("▾ " if lane.opened else "▸ ") if lane.opens else ""


def _title(lane: Lane, band: Band) -> str:
    count = len({mark.row for mark in band.marks}) if band.count is None else band.count
    words = tr("{name}: {count} records in sight").format(name=isolated(lane.name), count=count)
    if not lane.opens:
        return words
    return words + "\n" + (tr("Click to close") if lane.opened else tr("Click to open what is below"))


def distinct_names(
    names: Sequence[str], rooms: Sequence[float], fonts: Sequence[FontRole], measure: Measure
) -> list[str]:
    """Return foreign names within their rooms; of those that would look alike, what differs is kept."""
    shown = [
        isolated_short(name, room, font, measure)
        for name, room, font in zip(names, rooms, fonts, strict=True)
    ]
    alike: dict[str, list[int]] = {}
    for i, text in enumerate(shown):
        alike.setdefault(text, []).append(i)
    for text, twins in alike.items():
        if not text or len({names[i] for i in twins}) == 1:
            continue
        at = _same(flat(names[twins[0]]), [flat(names[i]) for i in twins])
        for i in twins:
            shown[i] = _about(flat(names[i]), at, rooms[i], fonts[i], measure) or text
    return shown


def _same(first: str, names: Sequence[str]) -> int:
    """Return how many characters names have in common from their beginning."""
    return next((i for i, c in enumerate(first) if any(name[i : i + 1] != c for name in names)), len(first))


def _about(name: str, at: int, room: float, font: FontRole, measure: Measure) -> str:
    """Return "Cease…s of Doha": the end of a name, or what fits of it from at on, and some of its beginning."""
    low = at
    while low > 0 and measure.width(name[low - 1 :], font) <= room * 0.5:
        low -= 1
    tail = shortened(name[max(low - 1, 0) :], room * 0.6, font, measure)
    head = shortened(name[:low], room - measure.width(tail, font), font, measure)
    if not head.endswith("…"):
        head = "…"
    return isolated(head + tail)
