"""What lies under the pointer: the groups of a Scene by their targets, for mouse, keyboard and reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.distinct import distinct
from explorer.layout.rowids import RowIds
from explorer.layout.scene import Group, Scene

#: Groups that structure a view and stand for no record of their own: a rubber band passes over them.
STRUCTURE = frozenset({"lane", "axis", "caption", "legend", "note"})

Box = tuple[float, float, float, float]
#: The ids of groups of more records than this are not read one by one.
MANY = 2000


class HitIndex:
    """The targets of one finished Scene; a question costs one pass over a float64 (n, 4) array.

    Later groups lie on top of earlier ones, as they are painted. A group without targets answers to nothing.
    """

    def __init__(self, scene: Scene) -> None:
        self._groups: list[Group] = [group for group in scene.groups() if group.targets]
        boxes = [target for group in self._groups for target in group.targets]
        owners = [number for number, group in enumerate(self._groups) for _ in group.targets]
        self._boxes: NDArray[np.float64] = np.array(boxes, np.float64).reshape(-1, 4)
        self._owner: NDArray[np.int64] = np.array(owners, np.int64)

    def at(self, x: float, y: float, reach: float = 3) -> Group | None:
        """Return the group whose target best answers to (x, y), or None within reach pixels of nothing.

        The smallest target wins (a mark before its lane), a hit before a near miss, the topmost of equals.
        """
        left, top, width, height = self._boxes.T
        away_x = np.maximum(np.maximum(left - x, x - left - width), 0.0)
        away_y = np.maximum(np.maximum(top - y, y - top - height), 0.0)
        away = np.hypot(away_x, away_y)
        near = np.flatnonzero(away <= reach)
        if not len(near):
            return None
        score = (width[near] * height[near] + 1.0) * (1.0 + away[near])
        best = near[np.flatnonzero(score == score.min())]
        group = self._groups[int(self._owner[best].max())]
        return group if group.inner is None else group.inner.at(x, y, reach)

    def inside(
        self, x: float, y: float, width: float, height: float, kinds: Collection[str] | None = None
    ) -> frozenset[str]:
        """Return the ids of all groups that a box touches (of kinds, or of all that stand for records)."""
        left, top, right, bottom = _ordered(x, y, width, height)
        box = self._boxes
        touched = (
            (box[:, 0] <= right)
            & (box[:, 0] + box[:, 2] >= left)
            & (box[:, 1] <= bottom)
            & (box[:, 1] + box[:, 3] >= top)
        )
        groups = (self._groups[int(number)] for number in distinct(self._owner[touched]))
        wanted = (group for group in groups if _wanted(group, kinds))
        return frozenset(record for group in wanted for record in _ids_in(group, (left, top, right, bottom)))

    def groups(self, kind: str | None = None) -> tuple[Group, ...]:
        """Return the groups (of one kind) in reading order: from top to bottom, then from left to right."""
        chosen = [group for group in self._groups if kind is None or group.kind == kind]
        return tuple(sorted(chosen, key=lambda group: (round(bounds(group)[1]), bounds(group)[0])))

    def of(self, ids: Iterable[str]) -> tuple[Group, ...]:
        """Return the groups that hold any of ids, in drawing order; of what is drawn by the thousand, made for it."""
        wanted = ids if isinstance(ids, AbstractSet) else frozenset(ids)
        found = {number for record in wanted for number in self._by_id.get(record, ())} if wanted else set()
        found |= {number for number, rows in self._many if wanted and rows.holds_any(wanted)}
        inner = (group.inner for group in self._groups if group.inner is not None) if wanted else ()
        made = (group for finder in inner for group in finder.of(wanted))
        return (*(self._groups[number] for number in sorted(found)), *made)

    @cached_property
    def _by_id(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, group in enumerate(self._groups):
            if group.inner is None and not _is_many(group):
                for record in group.ids:
                    found.setdefault(record, []).append(number)
        return found

    @cached_property
    def _many(self) -> list[tuple[int, RowIds]]:
        """The groups of so many records that their ids are not read."""
        return [
            (number, group.ids)
            for number, group in enumerate(self._groups)
            if isinstance(group.ids, RowIds)
            and group.inner is None
            and group.kind not in STRUCTURE
            and _is_many(group)
        ]


def _is_many(group: Group) -> bool:
    return isinstance(group.ids, RowIds) and len(group.ids) > MANY


def bounds(group: Group) -> Box:
    """Return the box (x, y, width, height) about all targets of a group; (0, 0, 0, 0) where it has none."""
    if not group.targets:
        return (0.0, 0.0, 0.0, 0.0)
    left = min(x for x, _, _, _ in group.targets)
    top = min(y for _, y, _, _ in group.targets)
    right = max(x + width for x, _, width, _ in group.targets)
    bottom = max(y + height for _, y, _, height in group.targets)
    return (left, top, right - left, bottom - top)


def _ids_in(group: Group, box: Box) -> Iterable[str]:
    return group.ids if group.inner is None else group.inner.inside(*box)


def _wanted(group: Group, kinds: Collection[str] | None) -> bool:
    return group.kind not in STRUCTURE if kinds is None else group.kind in kinds


def _ordered(x: float, y: float, width: float, height: float) -> Box:
    return (min(x, x + width), min(y, y + height), max(x, x + width), max(y, y + height))
