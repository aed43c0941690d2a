"""What lies inside a group that draws thousands: a point, a box or ids are resolved to rows by numpy, on demand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from explorer.casefile.columns import EventTable, Ints
from explorer.casefile.distinct import distinct
from explorer.frozen import frozen
from explorer.layout.crowd import Crowd
from explorer.layout.rowids import RowIds
from explorer.layout.scene import Group
from explorer.layout.tiles import cell_of, is_wide, rows_in
from explorer.layout.tooltips import cluster_words, details
from explorer.layout.toplabels import kept_titles

Box = tuple[float, float, float, float]
#: Halos are made for at most so many records of a group; more are shown as a share of it.
_MOST_MARKED = 400


@frozen(eq=False, slots=False)
class CellFinder:
    """The cells of one lane's density: rows are the lane's; left is the pixel of its first cell, wide that of one."""

    crowd: Crowd
    rows: Ints
    level: int
    first: int
    count: int
    left: float
    wide: float
    box: Box

    def at(self, x: float, y: float, reach: float) -> Group | None:
        """Return the records of the cell under a point as a cluster."""
        del y, reach
        column = int((x - self.left) // self.wide)
        return self._cell(min(max(column, 0), self.count - 1))

    @cached_property
    def _filled(self) -> NDArray[np.intp]:
        """The cells that hold anything."""
        rows, spans, end = self._rows(0, self.count), self.crowd.spans, self.count
        wide = is_wide(spans, rows, self.level)
        edges = np.zeros(end + 1, np.int64)
        np.add.at(edges, cell_of(spans.middle[rows[~wide]], self.level) - self.first, 1)
        np.add.at(edges, cell_of(spans.middle[rows[~wide]], self.level) - self.first + 1, -1)
        np.add.at(edges, np.clip(cell_of(spans.low[rows[wide]], self.level) - self.first, 0, end), 1)
        np.add.at(edges, np.clip(cell_of(spans.high[rows[wide]], self.level) - self.first + 1, 0, end), -1)
        return np.flatnonzero(np.cumsum(edges)[:end])

    def beside(self, current: Group | None, step: int) -> Group | None:
        """Return the next cell (step 1) or the one before (-1) that holds anything; of none the first or last."""
        filled = self._filled
        if current is None:
            place = 0 if step > 0 else len(filled) - 1
        else:
            x, _, width, _ = current.targets[0]
            column = int((x + width / 2 - self.left) // self.wide)
            place = int(np.searchsorted(filled, column, "right" if step > 0 else "left")) - (step < 0)
        return self._cell(int(filled[place])) if 0 <= place < len(filled) else None

    def _cell(self, column: int) -> Group | None:
        rows = self._rows(column, column + 1)
        if not len(rows):
            return None
        left, top, width, height = self.box
        x0 = max(self.left + column * self.wide, left)
        x1 = min(self.left + (column + 1) * self.wide, left + width)
        words = cluster_words(self.crowd.table, rows)
        target = (x0, top, max(x1 - x0, 1.0), height)
        return Group((), RowIds(self.crowd.table, rows), "cluster", words, (target,))

    def _rows(self, start: int, end: int) -> Ints:
        return rows_in(self.crowd, self.rows, self.level, self.first + start, self.first + end)

    def inside(self, left: float, top: float, right: float, bottom: float) -> Collection[str]:
        """Return the ids of the cells that a box touches."""
        del top, bottom
        start = min(max(int((left - self.left) // self.wide), 0), self.count - 1)
        end = min(max(int((right - self.left) // self.wide), 0), self.count - 1)
        return RowIds(self.crowd.table, self._rows(start, end + 1))

    def of(self, ids: AbstractSet[str]) -> Iterable[Group]:
        """Return the cells of a few records."""
        if len(ids) > _MOST_MARKED:
            return ()
        mine = _rows_of(self.crowd.table, ids)
        mine = _among(mine, self.rows)
        mine = mine[self.crowd.spans.dated[mine] & ~is_wide(self.crowd.spans, mine, self.level)]
        columns = distinct(cell_of(self.crowd.spans.middle[mine], self.level)) - self.first
        found = (self._cell(column) for column in columns.tolist() if 0 <= column < self.count)
        return [group for group in found if group is not None]

    def shifted(self, dx: float, dy: float) -> CellFinder:
        """Return the same, moved."""
        x, y, width, height = self.box
        return replace(self, left=self.left + dx, box=(x + dx, y + dy, width, height))


def _among(few: Ints, rows: Ints) -> Ints:
    """Return those of a few rows that are among rows, which ascend."""
    at = np.minimum(np.searchsorted(rows, few), max(len(rows) - 1, 0))
    found: Ints = few[rows[at] == few] if len(rows) else few[:0]
    return found


@frozen(eq=False, slots=False)
class BoxFinder:
    """Marks of one lane drawn in a batch: boxes float64 (n, 4) of x, y, width, height, and the row of each."""

    table: EventTable
    rows: Ints
    boxes: NDArray[np.float64]
    text_only: bool

    def at(self, x: float, y: float, reach: float) -> Group | None:
        """Return the event of the mark nearest to a point within reach, the smallest of several."""
        left, top, width, height = self.boxes.T
        away = np.hypot(
            np.maximum(np.maximum(left - x, x - left - width), 0.0),
            np.maximum(np.maximum(top - y, y - top - height), 0.0),
        )
        near = np.flatnonzero(away <= reach)
        if not len(near):
            return None
        return self._group(int(near[np.lexsort((width[near], away[near]))[0]]))

    @cached_property
    def _in_time(self) -> NDArray[np.intp]:
        return np.lexsort((self.rows, self.boxes[:, 0]))

    def beside(self, current: Group | None, step: int) -> Group | None:
        """Return the next mark (step 1) or the one before (-1) in time; of none the first or last."""
        place = 0 if step > 0 else len(self.rows) - 1
        if current is not None:
            row = self.table.row_of[current.ids[0]]
            place = int(np.flatnonzero(self.rows[self._in_time] == row)[0]) + step
        return self._group(int(self._in_time[place])) if 0 <= place < len(self.rows) else None

    def _group(self, at: int) -> Group:
        row, (x, y, width, height) = int(self.rows[at]), self.boxes[at].tolist()
        title = details(self.table, row, kept_titles(self.table, [row])[row], text_only=self.text_only)
        return Group((), (self.table.ids[row],), "event", title, ((x - 1, y - 1, width + 2, height + 2),))

    def inside(self, left: float, top: float, right: float, bottom: float) -> Collection[str]:
        """Return the ids of the marks that a box touches."""
        x, y, width, height = self.boxes.T
        touched = (x <= right) & (x + width >= left) & (y <= bottom) & (y + height >= top)
        return RowIds(self.table, self.rows[touched])

    def of(self, ids: AbstractSet[str]) -> Iterable[Group]:
        """Return the marks of a few records."""
        if len(ids) > _MOST_MARKED:
            return ()
        return [
            self._group(at) for at in np.flatnonzero(np.isin(self.rows, _rows_of(self.table, ids))).tolist()
        ]

    def shifted(self, dx: float, dy: float) -> BoxFinder:
        """Return the same, moved."""
        return replace(self, boxes=self.boxes + np.array([dx, dy, 0.0, 0.0]))


def _rows_of(table: EventTable, ids: AbstractSet[str]) -> Ints:
    known = table.row_of
    return np.array([known[record] for record in ids if record in known], np.int32)
