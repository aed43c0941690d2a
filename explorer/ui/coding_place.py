"""The place beside the text where a form stands while it is open; the panel grows for it and shrinks again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QPushButton, QSplitter, QWidget

from explorer.paint.theme import Theme

#: Pixels that a form takes, and the least that the text keeps.
FORM_WIDTH, TEXT_WIDTH = 372, 330
#: Share of the window that form and text take together at most.
SHARE = 0.62
#: Pixels by which a panel may miss the width it was given.
CLOSE = 24


class DraftOffer(QPushButton):
    """Offers to go on with what was kept of open forms, while there is any."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("link")
        self.setToolTip(self.tr("Go on with the draft that was kept"))
        self.hide()

    def offer(self, drafts: int) -> None:
        """Offer so many drafts."""
        self.setVisible(drafts > 0)
        many = self.tr("Continue the latest of {n} drafts").format(n=drafts)
        self.setText(many if drafts > 1 else self.tr("Continue the draft"))


class FormPlace(QSplitter):
    """The text, and beside it the form of the moment; the card gives way to the form."""

    def __init__(self, text: QWidget, card: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._card = card
        self._form: QWidget | None = None
        self._width = self._wide = 0
        self.setChildrenCollapsible(False)
        self.addWidget(text)

    def put(self, form: QWidget) -> None:
        """Show a form beside the text."""
        now = self._panel_width()
        before = self._width if self._width and abs(now - self._wide) < CLOSE else now  # not yet shrunk again
        self.clear()
        self._form = form
        self._card.hide()
        self.insertWidget(0, form)
        form.show()
        self._width = before
        window = self.window()
        wide = min(FORM_WIDTH + max(TEXT_WIDTH, min(before, 460)), int(window.width() * SHARE))
        self._resize(wide)
        self._wide = wide
        self.setSizes([FORM_WIDTH, max(1, wide - FORM_WIDTH)])
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)

    def clear(self) -> None:
        """Take the form away; the panel is as wide as before."""
        if self._form is None:
            return
        self._form.hide()
        self._form.setParent(None)
        self._form = None
        self._card.show()
        self._resize(self._width)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of theme."""
        wear = getattr(self._form, "set_theme", None)
        if callable(wear):
            wear(theme)

    def _panel_width(self) -> int:
        dock = self._dock()
        return self.width() if dock is None else dock.width()

    def _resize(self, wide: int) -> None:
        window, dock = self.window(), self._dock()
        if isinstance(window, QMainWindow) and dock is not None:
            window.resizeDocks([dock], [wide], Qt.Orientation.Horizontal)

    def _dock(self) -> QDockWidget | None:
        return next((d for d in self.window().findChildren(QDockWidget) if d.isAncestorOf(self)), None)
