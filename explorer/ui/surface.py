"""A widget that shows a Scene: laid out once per cause, kept as a pixmap, with selection and hover painted over it.

Relayout and repaint are coalesced: a change only marks the surface, and the next paint does the work once
(design §2, "The way of a selection").
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.layout.hits import HitIndex, bounds
from explorer.layout.overlay import overlay
from explorer.layout.scene import Group, Scene
from explorer.paint.fonts import QtMeasure, load_fonts
from explorer.paint.painter import paint
from explorer.paint.theme import Theme
from explorer.ui.accessible import Readable
from explorer.ui.palette import theme_of
from explorer.ui.text import plain_tip
from explorer.workspace.hub import Workspace
from explorer.workspace.jobs import Landed, Ticket
from explorer.workspace.state import Change

#: Groups that a click selects, the keyboard walks and a screen reader reads.
READABLE = frozenset({"event", "cluster", "actor", "edge", "relation", "cell", "row"})
#: Surfaces are at least this large, so that a layout never has to divide nothing.
SMALLEST = QSize(200, 120)
#: How strong a picture is drawn that does not show the state of now, and the milliseconds it may stand as it was.
STALE, PATIENCE = 0.35, 150


class SceneSurface(Readable):
    """Shows the Scene that make_scene returns, in the theme of the window.

    offset: how many pixels of a Scene higher than the widget lie above its upper edge.
    """

    laid_out = Signal()

    #: Fields of State that ask for a new layout; selection and hover only for a repaint.
    depends_on: tuple[str, ...] = ("case", "filter")
    #: When it follows a change of a large case (workspace.turns); None: at once.
    rank: int | None = None

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_fonts()
        self.workspace = workspace
        self.theme: Theme = theme_of(self)
        self.measure = QtMeasure()
        self.current: Group | None = None
        self.offset = 0.0
        self._scene: Scene | None = None
        self._hits: HitIndex | None = None
        self._pixmap: QPixmap | None = None
        self._excuse = ""
        self._ahead = 0  # the number of the work that is done ahead of the next Scene, 0 for none
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(PATIENCE)
        self._stale.timeout.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(SMALLEST)
        workspace.changed.connect(self._on_changed)
        if self.rank is not None:
            workspace.jobs.landed.connect(self._on_landed)

    def make_scene(self, width: float, height: float) -> Scene | None:
        """Return the picture of now; None where there is nothing to draw yet."""
        del width, height
        return None

    @property
    def scene(self) -> Scene | None:
        """The Scene of now, laid out if something changed since."""
        if self._scene is None and self.workspace.table is not None:
            size = self.size().expandedTo(SMALLEST)
            self._scene = self.make_scene(size.width(), size.height())
            self._hits = HitIndex(self._scene) if self._scene is not None else None
            self._keep_place()
            self._pixmap = None
            self.laid_out.emit()
        return self._scene

    @property
    def hits(self) -> HitIndex | None:
        """Where the marks of the present Scene lie."""
        return self._hits if self.scene is not None else None

    def group_at(self, at: QPointF) -> Group | None:
        """Return the group under a point; none while what is on screen is not the state of now."""
        if self.waiting:
            return None
        return self.hits.at(at.x(), at.y() + self.offset) if self.hits else None

    def readable(self) -> tuple[Group, ...]:
        """Return what the keyboard walks and a screen reader reads, in reading order."""
        return tuple(g for g in self.hits.groups() if g.kind in READABLE) if self.hits else ()

    def shown_ids(self) -> frozenset[str]:
        """Return the events that this view's picture stands for."""
        return frozenset(self.scene.event_ids) if self.scene is not None else frozenset()

    def selected_ids(self) -> frozenset[str]:
        """Return the selected events."""
        return self.workspace.selected_ids()

    def relayout(self) -> None:
        """Make a new Scene at the next paint."""
        self._scene = self._hits = None
        self._excuse = ""
        self.update()

    def follow(self) -> None:
        """Make a new Scene: of a large case in this view's turn, and not before somebody sees it; else as relayout."""
        if self.rank is None or not self.workspace.large:
            self.relayout()
            return
        self._scene = self._hits = None
        self._excuse = ""
        if self.isVisible():
            self.workspace.turns.ask(self.rank, self._take_turn)
            self._stale.start()

    @property
    def waiting(self) -> bool:
        """True while the picture on screen is not that of the state of now."""
        return self._scene is None and (self._ahead > 0 or self.workspace.turns.waits(self._take_turn))

    def ahead(self) -> Callable[[Ticket], None] | None:
        """Return what a worker should do before the next Scene is made; None where it takes no time anyway."""
        return None

    def _take_turn(self) -> None:
        work = self.ahead() if self._scene is None and self.isVisible() else None
        if work is not None:
            self._ahead = self.workspace.jobs.start(type(self).__name__, work)
            self._stale.start()
        else:
            self.update()

    def _on_landed(self, message: object) -> None:
        if isinstance(message, Landed) and self._ahead and message.generation == self._ahead:
            self._ahead = 0
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme; the layout stays."""
        self.theme = theme
        self._pixmap = None
        self.update()

    def band(self) -> QRectF | None:
        """Return the rubber band of now, None for none."""
        return None

    def chosen(self) -> frozenset[str]:
        """Return the record ids that the overlay marks as selected."""
        return self.workspace.marked_ids()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blit the cached picture, then paint selection, hover, focus ring and rubber band over it."""
        if self._must_wait():
            self._paint_stale()
            return
        scene = self._drawable()
        with QPainter(self) as painter:
            if scene is None:
                painter.fillRect(event.rect(), QColor(self.theme.color("panel")))
                painter.setPen(QColor(self.theme.color("muted")))
                painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._excuse)
                return
            painter.drawPixmap(0, 0, self._picture(scene))
            painter.translate(0, -self.offset)
            marked = overlay(scene, self.chosen(), self.workspace.state.hover, self._hits)
            if marked.items:
                paint(marked, painter, self.theme)
            self._paint_marks(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew for the new size."""
        super().resizeEvent(event)
        self.follow()

    def _must_wait(self) -> bool:
        """Return whether a Scene is still to come; asks for it where nobody has."""
        if self._scene is not None or self.rank is None or not self.workspace.large:
            return False
        if not self.waiting and self.ahead() is not None:
            self.workspace.turns.ask(self.rank, self._take_turn)
        return self.waiting

    def _paint_stale(self) -> None:
        """Draw the picture before faintly: it does not show the state of now."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self.theme.color("panel")))
            if self._pixmap is not None:
                painter.setOpacity(STALE)
                painter.drawPixmap(0, 0, self._pixmap)

    def event(self, event: QEvent) -> bool:
        """Answer tooltips with the words of what lies there; drop the picture when the screen changes."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            group = self.group_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(group.title) if group is not None else "", self)
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._pixmap = None
        return super().event(event)

    def _drawable(self) -> Scene | None:
        """Return the Scene; where making it fails, tell the program's last resort once and draw an excuse.

        An exception that leaves a paint event would break the painting of every other widget (design §7).
        """
        if self._excuse:
            return None
        try:
            return self.scene
        except Exception as error:  # noqa: BLE001 - handed on, whole, to the hook that logs and tells
            self._excuse = self.tr("This view could not be drawn. The other views are not affected.")
            sys.excepthook(type(error), error, error.__traceback__)
            return None

    def _picture(self, scene: Scene) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._pixmap is None:
            self._pixmap = QPixmap((self.size().toSizeF() * ratio).toSize())
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(QColor(self.theme.color("panel")))
            with QPainter(self._pixmap) as painter:
                painter.translate(0, -self.offset)
                paint(scene, painter, self.theme)
        return self._pixmap

    def _keep_place(self) -> None:
        """Let the keyboard stand on the same mark of the new picture, on none where it is gone."""
        old = self.current
        if old is not None:
            same = (g for g in self.readable() if (g.kind, g.ids) == (old.kind, old.ids))
            self.current = next(same, None)

    def _paint_marks(self, painter: QPainter) -> None:
        accent = QColor(self.theme.color("accent"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.current is not None and self.hasFocus():
            x, y, width, height = bounds(self.current)
            painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(x - 3, y - 3, width + 6, height + 6), 3, 3)
        band = self.band()
        if band is not None:
            band.translate(0, self.offset)
            painter.setPen(QPen(accent, 1))
            accent.setAlphaF(0.12)
            painter.fillRect(band, accent)
            painter.drawRect(band)

    def _on_changed(self, change: Change) -> None:
        if change.reopened:
            self._pixmap = None  # never the picture of another case
        if change.of(*self.depends_on):
            self.follow()
        elif change.of("selection", "hover"):
            self.update()
