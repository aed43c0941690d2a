"""The selection and the hover, as a Scene painted over an unchanged base picture (design §2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from explorer.frozen import frozen
from explorer.layout.hits import STRUCTURE, HitIndex
from explorer.layout.scene import Fade, Group, Item, Label, Path, Rect, Role, Scene, Shape


@frozen
class _Halo:
    """How one state is drawn: fill and outline roles, outline width, distance from the mark, strength."""

    fill: Role
    stroke: Role
    line: float
    gap: float
    opacity: float


_SELECTED = _Halo("selection", "selection_line", 2.0, 5.0, 1.0)
_HOVERED = _Halo("hover", "accent", 1.2, 4.0, 1.0)


def overlay(
    scene: Scene, selected: frozenset[str], hovered: frozenset[str], index: HitIndex | None = None
) -> Scene:
    """Return halos round the groups that hold these ids: same size as scene, no background.

    Where actors are among the ids, a node answers to its actors alone; else to the events it took part in.
    A hovered group that is selected too keeps the selection's halo. index spares a pass over the scene.
    """
    finder = index or HitIndex(scene)
    chosen = list(_answering(finder.of(selected), selected))
    known = {id(group) for group in chosen}
    touched = [group for group in _answering(finder.of(hovered), hovered) if id(group) not in known]
    items = [item for group in touched for item in _marked(group, _HOVERED)]
    items += [item for group in chosen for item in _marked(group, _SELECTED)]
    return Scene(scene.width, scene.height, tuple(items), background="")


def _answering(groups: Iterable[Group], ids: frozenset[str]) -> Iterator[Group]:
    actors = any(record.startswith("act-") for record in ids)
    for group in groups:
        if group.kind in STRUCTURE:
            continue
        if group.kind == "actor" and actors and not any(i in ids for i in group.ids if i.startswith("act-")):
            continue
        yield group


def _marked(group: Group, halo: _Halo) -> Iterator[Item]:
    """Yield the halo of one group, then those of its parts that the halo would hide."""
    if group.kind == "row":
        yield from _wash(group, halo)
    elif group.kind == "edge":
        yield from _edge(group, halo)
    elif group.kind in {"cell", "sentence"}:
        yield from _outlines(group.targets, halo, 0.0)
    else:
        yield from _mark(group, halo)


def _parts(group: Group) -> Iterator[Item]:
    for item in group.items:
        if isinstance(item, Group):
            yield from _parts(item)
        else:
            yield item


def _wash(group: Group, halo: _Halo) -> Iterator[Item]:
    for x, y, width, height in group.targets:
        yield Rect(x, y, width, height, fill=halo.fill, opacity=0.35 * halo.opacity)
        yield Rect(x, y, 3, height, fill=halo.stroke)


def _outlines(boxes: Iterable[tuple[float, float, float, float]], halo: _Halo, gap: float) -> Iterator[Item]:
    for x, y, width, height in boxes:
        yield Rect(
            x - gap,
            y - gap,
            width + 2 * gap,
            height + 2 * gap,
            stroke=halo.stroke,
            line=halo.line,
            radius=3 + gap / 2,
        )


def _edge(group: Group, halo: _Halo) -> Iterator[Item]:
    parts = list(_parts(group))
    for part in parts:
        if isinstance(part, Path) and not part.fill:
            yield replace(part, stroke=halo.fill, line=part.line + 7, dash="solid", opacity=halo.opacity)
    for part in parts:
        yield replace(part, fill=halo.fill, stroke=halo.stroke) if isinstance(part, Rect) else part


def _mark(group: Group, halo: _Halo) -> Iterator[Item]:
    parts = list(_parts(group))
    bars = [part for part in parts if isinstance(part, Rect | Fade)]
    shapes = [part for part in parts if isinstance(part, Shape) and (part.kind != "cross" or not bars)]
    if shapes:
        biggest = max(shapes, key=lambda shape: shape.size)
        yield Shape(
            "circle",
            biggest.x,
            biggest.y,
            biggest.size + halo.gap,
            halo.fill,
            halo.stroke,
            halo.line,
            halo.opacity,
        )
        hidden = Label | Rect if group.kind == "actor" else Label
        yield from (part for part in parts if not isinstance(part, hidden))
    elif bars:
        yield from _outlines([(bar.x, bar.y, bar.width, bar.height) for bar in _wide(bars)], halo, 3.0)
    else:
        yield from _outlines(group.targets, halo, 1.0)


def _wide(bars: list[Rect | Fade]) -> list[Rect]:
    """Return one box about bars that touch: the core of an event and its soft ends are one mark."""
    ordered = sorted(bars, key=lambda bar: (bar.y, bar.x))
    merged: list[Rect] = []
    for bar in ordered:
        last = merged[-1] if merged else None
        if last and abs(last.y - bar.y) < 1 and bar.x <= last.x + last.width + 1:
            right = max(last.x + last.width, bar.x + bar.width)
            merged[-1] = replace(last, width=right - last.x, height=max(last.height, bar.height))
        else:
            merged.append(Rect(bar.x, bar.y, bar.width, bar.height))
    return merged
