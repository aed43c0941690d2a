"""How a row of the filter panel is drawn: a box, the label, a small bar and the count."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.paint.theme import Theme
from explorer.ui.facet_node import HEADING, MORE, Node
from explorer.ui.facet_words import NODE_ROLE, SHARE_ROLE

Index = QModelIndex | QPersistentModelIndex
BOX = 13
BAR = 24
COUNT = 32  # px at least for the count; wide enough for the largest one
ROW = 23
SECOND = 14  # px more for a second line


class FacetDelegate(QStyledItemDelegate):
    """Draws sections as small headings, values with box, bar and count; a value with no record is dim.

    A value shown apart from what it lies in names that in a second line; with lines=2 all rows have room for it.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, lines: int = 1) -> None:
        super().__init__(parent)
        self.theme = theme
        self.lines = lines
        self._count = COUNT

    def make_room_for(self, largest: int, metrics: QFontMetrics) -> None:
        """Let the column of counts be as wide as the largest count."""
        self._count = max(COUNT, metrics.horizontalAdvance(f"{largest:,}") + 12)

    def height(self, metrics: QFontMetrics) -> int:
        """Return how high every row of a list is."""
        return max(ROW, metrics.height() + 6) + (SECOND if self.lines > 1 else 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's size; sections stand a little apart."""
        node = index.data(NODE_ROLE)
        height = max(ROW, option.fontMetrics.height() + 6)
        if node is not None and node.kind == HEADING:
            return QSize(120, height + 9)
        return QSize(120, height + (SECOND if node is not None and self._two_lines(node) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        node = index.data(NODE_ROLE)
        if node is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if node.kind == HEADING:
            self._section(painter, rect, option, node)
        elif node.kind == MORE:
            self._door(painter, rect, option, node)
        else:
            if state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
                painter.fillRect(rect, QColor(self.theme.color("hover")))
            choice = index.data(Qt.ItemDataRole.CheckStateRole)
            self._box(painter, rect, choice)
            self._label(painter, rect, option, node, struck=choice == Qt.CheckState.PartiallyChecked)
            self._bar(painter, rect, node, float(index.data(SHARE_ROLE)))
        painter.restore()

    def _section(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, node: Node) -> None:
        face = QFont(option.font)
        face.setCapitalization(QFont.Capitalization.AllUppercase)
        face.setPointSizeF(max(7.0, face.pointSizeF() * 0.82))
        face.setBold(True)
        painter.setFont(face)
        painter.setPen(QColor(self.theme.color("muted")))
        words = rect.adjusted(18, 6, -4, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, node.label)
        self._chevron(painter, words, is_open=bool(option.state & QStyle.StateFlag.State_Open))

    def _door(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, node: Node) -> None:
        """Draw the way to the rest as a link."""
        if option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            painter.fillRect(rect, QColor(self.theme.color("hover")))
        painter.setFont(option.font)
        painter.setPen(QColor(self.theme.text("accent")))
        words = rect.adjusted(BOX + 10, 0, -4, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, node.label)

    def _chevron(self, painter: QPainter, words: QRect, *, is_open: bool) -> None:
        """Draw the small arrow that says whether a section is folded."""
        x, y = words.left() - 9.0, words.center().y() + 0.5
        tips = [(-3.0, -1.5), (0.0, 1.5), (3.0, -1.5)] if is_open else [(-1.5, -3.0), (1.5, 0.0), (-1.5, 3.0)]
        painter.setPen(QPen(QColor(self.theme.color("muted")), 1.4))
        painter.drawPolyline([QPointF(x + dx, y + dy) for dx, dy in tips])

    def _box(self, painter: QPainter, rect: QRect, choice: object) -> None:
        box = QRectF(rect.left() + 2.5, rect.center().y() - BOX / 2 + 0.5, BOX, BOX)
        included, excluded = choice == Qt.CheckState.Checked, choice == Qt.CheckState.PartiallyChecked
        fill = "accent" if included else "warn" if excluded else "panel"
        painter.setPen(QPen(QColor(self.theme.color(fill if included or excluded else "faint")), 1.0))
        painter.setBrush(QColor(self.theme.color(fill)))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QPen(QColor(self.theme.color("panel")), 1.8))
        x, y = box.center().x(), box.center().y()
        if included:
            painter.drawPolyline(
                [QPointF(x - 3.4, y + 0.2), QPointF(x - 0.8, y + 2.8), QPointF(x + 3.6, y - 2.8)]
            )
        elif excluded:
            painter.drawLine(QPointF(x - 3.2, y), QPointF(x + 3.2, y))

    def _label(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, node: Node, *, struck: bool
    ) -> None:
        face = QFont(option.font)
        face.setStrikeOut(struck)
        painter.setFont(face)
        painter.setPen(QColor(self.theme.color("ink" if node.count else "faint")))
        two = self._two_lines(node)
        room = rect.adjusted(BOX + 10, 0, -(self._count + (0 if two else BAR + 6)), 0)
        if two:
            room.setHeight(rect.height() - SECOND)
        text = painter.fontMetrics().elidedText(node.label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if node.path:
            right = rect.right() - BAR - 12
            self._path(painter, QRect(room.left(), room.bottom() - 2, right - room.left(), SECOND), node)

    def _two_lines(self, node: Node) -> bool:
        return self.lines > 1 or bool(node.path)

    def _path(self, painter: QPainter, room: QRect, node: Node) -> None:
        """Draw what a value lies in, small, below its name."""
        usual = painter.font()
        face = QFont(usual)
        face.setStrikeOut(False)
        face.setPointSizeF(max(7.0, face.pointSizeF() * 0.85))
        painter.setFont(face)
        painter.setPen(QColor(self.theme.color("muted")))
        text = painter.fontMetrics().elidedText(node.path, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, text)
        painter.setFont(usual)

    def _bar(self, painter: QPainter, rect: QRect, node: Node, share: float) -> None:
        two = self._two_lines(node)
        left = rect.right() - BAR - (6 if two else self._count)
        middle = rect.bottom() - SECOND / 2 - 2 if two else rect.center().y()
        if node.count:
            width = max(3.0, BAR * share)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.stroke(node.color)))
            painter.drawRoundedRect(QRectF(left, middle - 2.5, width, 6), 2, 2)
        painter.setPen(QColor(self.theme.color("ink" if node.count else "faint")))
        height = rect.height() - (SECOND if two else 0)
        room = QRect(rect.right() - self._count, rect.top(), self._count - 6, height)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{node.count:,}")
