"""The main window: it puts the bars, the panels and the views together, and knows nothing of what they show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QMenuBar,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.paint.theme import Theme
from explorer.ui import accessible
from explorer.ui.action_state import ActionState
from explorer.ui.actions import Actions
from explorer.ui.actor_panel import ActorPanel
from explorer.ui.arrangement import Arrangement
from explorer.ui.chips_bar import ChipsBar
from explorer.ui.coding_commands import CodingCommands
from explorer.ui.contradictions_panel import ContradictionsPanel
from explorer.ui.document_commands import DocumentCommands
from explorer.ui.edit_commands import EditCommands
from explorer.ui.faults import Faults
from explorer.ui.figure_views import VIEW_OF_TAB
from explorer.ui.file_commands import FileCommands
from explorer.ui.filter_panel import FilterPanel
from explorer.ui.go_commands import GoCommands
from explorer.ui.help_commands import HelpCommands
from explorer.ui.identity_commands import IdentityCommands
from explorer.ui.import_link import ImportLink
from explorer.ui.leaving import Leaving
from explorer.ui.menus import RecentMenu, mark_menu
from explorer.ui.notice import Notice
from explorer.ui.palette import Look
from explorer.ui.same_badge import SameBadge
from explorer.ui.settings import Settings
from explorer.ui.source_view import SourceView
from explorer.ui.status import Status
from explorer.ui.tab_order import chain, stops
from explorer.ui.timeline_pane import TimelinePane
from explorer.ui.top_bar import TopBar
from explorer.ui.view_commands import ViewCommands
from explorer.ui.welcome import Welcome
from explorer.words import isolated
from explorer.workspace.child import MappingWanted
from explorer.workspace.hub import Workspace
from explorer.workspace.opening import SHIPPED, is_case, is_report


class MainWindow(QMainWindow):
    """One window on one workspace."""

    def __init__(
        self, workspace: Workspace, settings: Settings, look: Look, faults: Faults, *, clean: bool = True
    ) -> None:
        super().__init__()
        accessible.install()
        self.workspace, self.settings, self.look = workspace, settings, look
        self.faults, self.clean = faults, clean
        self.arrangement = Arrangement(self)
        self.coding = CodingCommands(self)
        documents = DocumentCommands(self)
        self.identity = IdentityCommands(self)
        commands = {
            "file": FileCommands(self),
            "edit": EditCommands(self),
            "identity": self.identity,
            "document": documents,
            "code": self.coding,
            "view": ViewCommands(self),
            "go": GoCommands(self),
            "help": HelpCommands(self),
        }
        self.actions_table = Actions(self, commands)
        self._build(commands["file"])
        self._documents = documents
        self.leaving = Leaving(self)
        self.coding.listen()
        self._listen()
        self.arrangement.first()
        self.arrangement.restore(clean=clean)
        self._on_opened()

    def open(self, source: str | Path) -> None:
        """Open a case in this window."""
        self.workspace.open(source)

    def say(self, words: str) -> None:
        """Show a passing word in the status bar."""
        self.status.say(words)

    def warn(self, words: str) -> None:
        """Show a sentence that wants an answer."""
        from explorer.ui.problems_dialog import warn

        warn(words, self)

    def save_as(self) -> bool:
        """Save the open case where the user wants it; return whether it was."""
        return self._file.save_as()

    def panes(self) -> list[QWidget]:
        """Return the panes that F6 goes through."""
        if self.workspace.case is None:
            return [self.welcome]
        return [self.top, self.docks["filters"], self.timeline_pane, self.actors, self.docks["source"]]

    def view_in_hand(self) -> str:
        """Return the view that has the keyboard, as figures name it; the timeline where none has."""
        focus = self.focusWidget()
        inside = focus is not None and self.actors.isAncestorOf(focus)
        return VIEW_OF_TAB[self.workspace.state.tab] if inside else "timeline"

    def show_dock(self, name: str, *, on: bool) -> None:
        """Show or hide a panel at the side."""
        self.docks[name].setVisible(on)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout, end the worker, close the case; an unsaved one is asked about first."""
        if not self.leaving.may_go(quitting=True):
            event.ignore()
            return
        self.coding.end()
        self.arrangement.save()
        self.settings.end_run()
        self.workspace.shut_down()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dropped."""
        if dropped_files(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the one case that is dropped, add reports; offer to import anything else."""
        paths = dropped_files(event.mimeData().urls())
        if paths:
            event.acceptProposedAction()
            if all(is_report(path) for path in paths):
                self._documents.add_files(paths)
            elif len(paths) == 1 and is_case(paths[0]):
                self.open(paths[0])
            else:
                self._file.import_these(paths)

    def _build(self, file: Any) -> None:
        self._file: FileCommands = file
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(False)
        head = QWidget(self)
        menus = QMenuBar(head)
        self.actions_table.fill(menus)
        self._recent_menu = RecentMenu(self.settings, self)
        self._recent_menu.triggered.connect(file.open_recent)
        self.actions_table.menus["File"].insertMenu(self.actions_table["export"], self._recent_menu)
        self.top = TopBar(self.workspace, self.actions_table, head)
        self.search = self.top.search
        self.chips = ChipsBar(self.workspace, self.actions_table, head)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in (menus, self.top, self.chips):
            column.addWidget(bar)
        self.setMenuWidget(head)
        self.setCentralWidget(self._central())
        self.docks: dict[str, QDockWidget] = {}
        filters = self.filters = FilterPanel(self.workspace, self)
        self._dock("filters", self.tr("Filters"), filters)
        self.source = SourceView(self.workspace, self)
        self._dock("source", self.tr("Source text"), self.source)
        self.status = Status(self.workspace, self.faults, self)
        self.setStatusBar(self.status)
        self.same = SameBadge(self.workspace, self.status)
        self.status.addPermanentWidget(self.same)
        self.same.hide()
        self.same.clicked.connect(self.identity.same)
        for name in ("split_sentence", "join_sentence"):
            self.source.text.addAction(self.actions_table[name])
        self.import_link = ImportLink(self.workspace.importing, self.status)
        self.status.addPermanentWidget(self.import_link)
        self.import_link.hide()
        chain([stops(self.chips)[-1], filters.search])

    def _central(self) -> QStackedWidget:
        self.pages = QStackedWidget(self)
        self.welcome = Welcome(self.actions_table, self.settings, self.workspace.recovery, self)
        self.timeline_pane = TimelinePane(self.workspace, self.actions_table, self)
        self.timeline = self.timeline_pane.view
        self.actors = ActorPanel(self.workspace, self.actions_table, self)
        self.middle = QSplitter(Qt.Orientation.Vertical, self)
        self.middle.addWidget(self.timeline_pane)
        self.middle.addWidget(self.actors)
        self.middle.setChildrenCollapsible(False)
        work = QWidget(self)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.notice = Notice(self.workspace, work)
        column.addWidget(self.notice)
        column.addWidget(self.middle, 1)
        self.contradictions = ContradictionsPanel(self.workspace, work)
        column.addWidget(self.contradictions)
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(work)
        return self.pages

    def _dock(self, name: str, title: str, widget: QWidget) -> None:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        dock.setTitleBarWidget(QWidget(dock))
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        dock.setWidget(widget)
        side = (
            Qt.DockWidgetArea.LeftDockWidgetArea
            if name == "filters"
            else Qt.DockWidgetArea.RightDockWidgetArea
        )
        self.addDockWidget(side, dock)
        self.docks[name] = dock

    def _listen(self) -> None:
        self.action_state = ActionState(self)
        self.workspace.opened.connect(self._on_opened)
        self.workspace.failed.connect(self._on_failed)
        self.workspace.refused.connect(self._on_refused)
        self.workspace.told.connect(self.say)
        self.look.changed.connect(self._wear)
        self.welcome.chosen.connect(self.open)
        self.welcome.unsaved_chosen.connect(self._file.open_unsaved)
        self.workspace.recovery.kept.connect(self._on_kept)
        self.timeline.menu_wanted.connect(self._offer_mark_menu)
        self.actors.offer_menu_to(self._offer_mark_menu)
        self.import_link.clicked.connect(self._file.import_files)
        self.workspace.watching.changed.connect(self.action_state.refresh)
        self.notice.copy_wanted.connect(self._file.save_copy)
        self.contradictions.counted.connect(self.status.show_contradictions)
        self.source.card.led.connect(self.identity.lead)
        self.filters.identity_wanted.connect(self._on_action_wanted)
        self.search.menu_wanted.connect(self._offer_mark_menu)
        self.source.card.value_menu.connect(self.identity.offer_value)
        self.contradictions.date_wanted.connect(self.source.edit_date)
        self.status.contradictions.clicked.connect(self.actions_table["contradictions"].trigger)
        self.status.details.clicked.connect(self.actions_table["log"].trigger)
        self._wear(self.look.theme)

    def _on_opened(self) -> None:
        case, source = self.workspace.case, self.workspace.opening.source
        if case is not None and source and source not in SHIPPED:
            self.settings.add_recent(source)
        for widget in (self.top, self.chips, *self.docks.values()):
            widget.setVisible(case is not None)
        self.pages.setCurrentIndex(0 if case is None else 1)
        self.setWindowTitle(f"{case.title} — Dateline" if case is not None else "Dateline")
        if case is not None:
            self.arrangement.enter_case()
            self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)
        self.action_state.refresh()

    def _on_kept(self, title: object) -> None:
        words = self.tr("Kept for later: ‘{title}’, on the welcome page")
        self.say(words.format(title=isolated(str(title))))

    def _on_failed(self, error: Exception) -> None:
        from explorer.ui.problems_dialog import ProblemsDialog

        if isinstance(error, MappingWanted):
            self._file.import_these([Path(error.source)])
        else:
            ProblemsDialog(error, self).open()

    def _on_refused(self, error: Exception) -> None:
        self.warn(self.tr("This edit was not made; the case is as it was. {reason}").format(reason=error))

    def _wear(self, theme: Theme) -> None:
        self.actions_table.dress(theme)
        for widget in (self.timeline_pane, self.actors, *(dock.widget() for dock in self.docks.values())):
            wear = getattr(widget, "set_theme", None)
            if callable(wear):
                wear(theme)

    def _on_action_wanted(self, name: object) -> None:
        self.actions_table[str(name)].trigger()

    def _offer_mark_menu(self, where: QPoint) -> None:
        mark_menu(self.actions_table, self).popup(where)


def dropped_files(urls: list[Any]) -> list[Path]:
    """Return the paths of dropped things; none where one of them is not on this computer."""
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []
