"""The timeline as a view: lanes that open, zoom about the pointer, scrolling, clusters that open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QToolTip, QWidget

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST, Ints
from explorer.layout.hits import bounds
from explorer.layout.ladder import Ladder, ladder
from explorer.layout.rowids import RowIds
from explorer.layout.scene import Group, Scene
from explorer.layout.timeline import MANY, TimelineRequest, TimelineScene, layout_timeline
from explorer.layout.viewport import finite_range, held
from explorer.layout.walking import beside, inseparable
from explorer.model.times import Edtf
from explorer.query.selection import Mode
from explorer.query.tracing import trace_lines
from explorer.ui.canvas import MOST_HOVERED, SceneCanvas
from explorer.ui.cluster_list import ClusterList
from explorer.ui.text import plain_tip
from explorer.workspace.hub import Workspace
from explorer.workspace.state import Change

#: What is fitted keeps this share of its span free on each side.
AIR = 0.12
HOUR = 3600.0
#: Room for a side of a time that is not known: a bound alone is no reason to show minutes.
OPEN_SIDE = 15 * 24 * HOUR
#: What the header covers above the marks, and the air below them, in pixels.
COVERED, BELOW = 60, 20
#: A picture that is higher than its view by no more than this is set closer instead of scrolled.
SQUEEZE = 1.3


class TimelineView(SceneCanvas):
    """Shows the shown events in time; the window it shows is the workspace's."""

    depends_on = ("case", "filter", "window", "axis", "lanes")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.laid: TimelineScene | None = None
        self.listed: ClusterList | None = None
        self._opened: frozenset[str] = frozenset()
        self._seeking = False
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(
            self.tr("Arrows go from mark to mark, Enter selects, plus and minus zoom")
        )

    def make_scene(self, width: float, height: float) -> Scene | None:
        """Lay the shown events out for this size."""
        table, shown, state = self.workspace.table, self.workspace.shown, self.workspace.state
        if table is None or shown is None:
            return None
        many = self._is_many
        bold = frozenset() if many else self.workspace.selected_ids()
        request = TimelineRequest(
            table, shown.rows, width, height, lanes=state.lanes, axis=state.axis, window=state.window,
            text_only=self.workspace.text_only, opened=self._opened, scroll=self.offset, selected=bold,
            chosen=self.workspace.selected if many else None, pinned=True,
        )  # fmt: skip
        self.laid = layout_timeline(request, self.measure)
        if height < self.laid.content_height <= height * SQUEEZE and not self.offset and not many:
            self.laid = layout_timeline(replace(request, fit=True), self.measure)
        if self._seeking and not many and self._sought(self.laid, bold, height):
            self.laid = layout_timeline(replace(request, scroll=self.offset), self.measure)
        self._seeking = False
        return self.laid.scene

    @property
    def _is_many(self) -> bool:
        """True where the layout draws the selection itself: a halo for each of thousands would be too slow."""
        shown = self.workspace.shown
        return shown is not None and shown.count > MANY

    def chosen(self) -> frozenset[str]:
        """Return the ids that get a halo: of thousands, only those of single marks in sight."""
        table, laid = self.workspace.table, self.laid
        if not self._is_many or table is None or laid is None:
            return super().chosen()
        if laid.regime != "marks":
            return frozenset()
        single = [
            group.ids[0] for group in laid.scene.groups() if group.kind == "event" and len(group.ids) == 1
        ]
        selected = self.workspace.selected
        return frozenset(record for record in single if selected[table.row_of[record]])

    def scroll_to(self, offset: float) -> None:
        """Put this many pixels of the picture above the upper edge."""
        most = max(0.0, self.laid.content_height - self.height()) if self.laid is not None else 0.0
        offset = min(max(offset, 0.0), most)
        if offset != self.offset:
            self.offset = offset
            self.relayout()

    def pan(self, dx: float, dy: float) -> None:
        """Move along time, and up and down where there is more than fits."""
        if dy:
            self.scroll_to(self.offset - dy)
        if (
            dx
            and self.scene is not None
            and self.laid is not None
            and self.workspace.state.window is not None
        ):
            viewport = self.laid.viewport.panned(dx)
            self.workspace.look_at((viewport.start, viewport.end))

    def zoom(self, factor: float, about: QPointF) -> None:
        """Show less or more time about a point; as much as there is counts as all."""
        if self.scene is None or self.laid is None:
            return
        narrowest = 0.5 if self.workspace.state.axis == "order" else 60.0
        viewport = self.laid.viewport.zoomed(factor, about.x(), narrowest=narrowest)
        start, end = self.laid.whole
        everything = factor < 1 and viewport.start <= start and viewport.end >= end
        self.workspace.look_at(None if everything else (viewport.start, viewport.end))

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle of the plot."""
        if self.scene is not None and self.laid is not None:
            x, y, width, height = self.laid.plot
            self.zoom(factor, QPointF(x + width / 2, y + height / 2))

    def fit_selection(self) -> bool:
        """Show the selected shown events as large as they go; return False where none has a place."""
        shown = self.workspace.shown
        if shown is None:
            return False
        self._seeking = True
        self.relayout()
        return self._fit(np.flatnonzero(self.workspace.selected & shown.mask).astype(np.int32))

    def go_to(self, date: Edtf) -> None:
        """Bring a date into the middle, as near as it is now; a date longer than the window is shown whole."""
        if self.scene is None or self.laid is None:
            return
        start, end = float(date.start_min), float(date.end_max)
        now = self.laid.window[1] - self.laid.window[0]
        span = max(now, (end - start) * (1 + 2 * AIR)) if end - start < now * 100 else now
        middle = (start + end) / 2
        self.workspace.look_at(held((middle - span / 2, middle + span / 2)))

    def pick(self, at: QPointF, mode: Mode) -> None:
        """Open a lane by its name, a cluster by its mark; select anything else."""
        group = self.group_at(at)
        if group is not None and group.kind == "lane":
            self._toggle_lane(group)
        elif group is not None and group.kind == "cluster":
            self._open_cluster(group, mode)
        else:
            super().pick(at, mode)

    def walk(self, places: int) -> None:
        """Walk the marks, or the cells of a density; and scroll to the one the keyboard stands on."""
        if self.laid is None or self.laid.regime == "marks" or abs(places) != 1:
            super().walk(places)
        else:
            found = beside(self.readable(), self.current, places)
            if found is not None:
                self.current = found
                self.workspace.hover(found.ids if len(found.ids) <= MOST_HOVERED else ())
                self.update()
        if self.current is not None:
            self._bring_into_sight(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll a page with Page Up and Page Down; the rest is every canvas's."""
        pages = {Qt.Key.Key_PageUp: -0.9, Qt.Key.Key_PageDown: 0.9}
        if event.key() in pages:
            self.scroll_to(self.offset + pages[Qt.Key(event.key())] * self.height())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Add to the tooltip of an event why it was when it was, looked up for this one alone."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            group = self.group_at(QPointF(event.pos()))
            if group is not None and group.kind == "event":
                QToolTip.showText(event.globalPos(), plain_tip(self.told(group)), self)
                return True
        return super().event(event)

    def told(self, group: Group) -> str:
        """Return the words of an event, and the facts behind its bounds."""
        case, table = self.workspace.case, self.workspace.table
        if case is None or table is None or len(group.ids) != 1:
            return group.title
        lines = trace_lines(case, group.ids[0], text_only=self.workspace.text_only)
        return "\n".join((group.title, *lines))

    def _toggle_lane(self, group: Group) -> None:
        if group.ids:
            self._opened ^= {group.ids[0]}
            self.relayout()

    def _open_cluster(self, group: Group, mode: Mode) -> None:
        self.choose(group, mode)
        table = self.workspace.table
        if table is not None and mode == "replace" and len(group.ids) > 1:
            found = group.ids
            if not isinstance(found, RowIds):
                found = RowIds(
                    table, np.array([table.row_of[i] for i in found if i in table.row_of], np.int32)
                )
            if inseparable(table, found.rows, self._steps(), text_only=self.workspace.text_only):
                x, y, _, tall = group.targets[0] if group.targets else bounds(group)
                self.listed = ClusterList(self.workspace, found.rows, self)
                self.listed.drop(self.mapToGlobal(QPointF(x, y + tall - self.offset)).toPoint())
            else:
                self._fit(found.rows)

    def _steps(self) -> Ladder | None:
        """Return the ladder of the shown records where they are drawn in reported order."""
        table, shown = self.workspace.table, self.workspace.shown
        if table is None or shown is None or self.workspace.state.axis != "order":
            return None
        return ladder(table, text_only=self.workspace.text_only).narrowed(shown.rows)

    def _fit(self, rows: Ints) -> bool:
        found = self._range(rows)
        if found is None:
            return False
        start, end = found
        air = self._air(rows, end - start)
        self.workspace.look_at(held((start - air, end + air)))
        return True

    def _air(self, rows: Ints, span: float) -> float:
        """Return how much to show on each side of what is fitted."""
        table = self.workspace.table
        if self.workspace.state.axis == "order" or table is None:
            return max(span, 1.0) * AIR
        time = table.times(text_only=self.workspace.text_only)
        one_sided = (time.start_min[rows] == OPEN_PAST) != (time.end_max[rows] == OPEN_FUTURE)
        return max(max(span, HOUR) * AIR, OPEN_SIDE if one_sided.any() else 0.0)

    def _range(self, rows: Ints) -> tuple[float, float] | None:
        table, shown = self.workspace.table, self.workspace.shown
        if table is None or shown is None or not len(rows):
            return None
        steps = self._steps()
        if steps is not None:
            return steps.span(rows)
        return finite_range(table.times(text_only=self.workspace.text_only), rows)

    def _sought(self, laid: TimelineScene, ids: frozenset[str], height: float) -> bool:
        """Move to the first of these events where none is in sight; return True where that moved the picture."""
        boxes = [
            group.targets[0] if group.targets else bounds(group)
            for group in laid.scene.groups()
            if group.kind in ("event", "cluster") and not ids.isdisjoint(group.ids)
        ]
        top, bottom = self.offset + COVERED, self.offset + height - BELOW
        if not boxes or any(y >= top and y + tall <= bottom for _, y, _, tall in boxes):
            return False
        _, y, _, tall = boxes[0]
        most = max(0.0, laid.content_height - height)
        wanted = y + tall + BELOW - height if y + tall > bottom else y - COVERED
        before, self.offset = self.offset, min(max(wanted, 0.0), most)
        return self.offset != before

    def _bring_into_sight(self, group: Group) -> None:
        _, y, _, height = bounds(group)
        if y < self.offset + 60:
            self.scroll_to(y - 60)
        elif y + height > self.offset + self.height():
            self.scroll_to(y + height - self.height() + 20)

    def _on_changed(self, change: Change) -> None:
        if change.reopened or change.of("lanes"):
            self.offset = 0.0
            self._opened = frozenset() if change.reopened else self._opened
        shown = self.workspace.shown
        if change.of("selection") and shown is not None:
            self._seeking = True
            self.relayout()
        super()._on_changed(change)
