from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from explorer.query.filters import Choice, Filter
from explorer.query.selection import Picked
from explorer.ui.text import plain_tip


def focusable(window: Any) -> list[QWidget]:
    return [
        w
        for w in window.findChildren(QWidget)
        if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isEnabled()
    ]


def named(widget: QWidget) -> bool:
    from PySide6.QtGui import QAccessible

    interface = QAccessible.queryAccessibleInterface(widget)
    return bool(interface is not None and interface.text(QAccessible.Text.Name))


def test_the_sample_stands_in_the_window(window: Any) -> None:
    assert "Renewed violence" in window.windowTitle()
    assert window.pages.currentIndex() == 1
    assert "25 records" in window.chips.words.text()
    assert (
        window.status.anchored.text()
        == "207 passages anchored · none unanchored · every sentence carries a fact"
    )
    assert window.status.saved.text() == "Sample case"


def test_without_a_case_there_is_the_welcome_page_and_nothing_else(welcome: Any) -> None:
    assert welcome.pages.currentIndex() == 0
    assert welcome.welcome.isVisible()
    assert not any(dock.isVisible() for dock in welcome.docks.values())
    assert not welcome.top.isVisible()


def test_closing_the_case_shows_the_welcome_page_again(window: Any) -> None:
    window.actions_table["close"].trigger()
    assert window.welcome.isVisible()
    assert window.workspace.case is None


def test_every_control_that_takes_the_keyboard_has_a_name(window: Any) -> None:
    for tab in ("graph", "matrix", "actors", "events"):
        window.workspace.set_tab(tab)
        nameless = [
            f"{type(w).__name__} {w.objectName()} in {type(w.parent()).__name__}"
            for w in focusable(window)
            if not named(w)
        ]
        assert nameless == []


def test_every_control_of_the_welcome_page_has_a_name(welcome: Any) -> None:
    assert [w for w in focusable(welcome) if not named(w)] == []


def test_tab_reaches_every_control(window: Any, qtbot: Any) -> None:
    window.activateWindow()
    start = window.timeline
    start.setFocus()
    wanted = {w for w in focusable(window) if not isinstance(w.parent(), QAbstractScrollArea)}
    seen: set[QWidget] = set()
    at = start
    for _ in range(5000):
        at = at.nextInFocusChain()
        seen.add(at)
        if at is start:
            break
    assert wanted <= seen


def test_f6_goes_round_the_panes(window: Any, qtbot: Any) -> None:
    window.timeline.setFocus()
    passed = []
    for _ in window.panes():
        window.actions_table["next_pane"].trigger()
        focus = QApplication.focusWidget() or window.focusWidget()
        passed.append(
            next(i for i, pane in enumerate(window.panes()) if pane is focus or pane.isAncestorOf(focus))
        )
    assert sorted(passed) == list(range(len(window.panes())))


def test_chips_name_each_condition_and_take_it_away(window: Any, qtbot: Any) -> None:
    window.workspace.narrow(
        Filter(actors=Choice(include=("act-russia",)), kinds=Choice(include=("happened",)))
    )
    buttons = window.chips.chips._buttons
    assert len(buttons) == 2
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert len(window.chips.chips._buttons) == 1
    window.actions_table["clear_filters"].trigger()
    assert not window.workspace.state.filter.active


def test_many_chips_go_behind_a_button_in_a_narrow_window(make_window: Any) -> None:
    window = make_window(size=(1000, 700))
    table = window.workspace.table
    window.workspace.narrow(
        Filter(
            actors=Choice(include=table.actors.ids[:8], exclude=()),
            kinds=Choice(include=("happened", "ongoing")),
        )
    )
    shown = [b for b in window.chips.chips._buttons if b.isVisible()]
    hidden = len(window.chips.chips._buttons) - len(shown)
    assert (hidden > 0) == window.chips.chips._more.isVisible()
    assert all(b.geometry().right() <= window.chips.chips.width() for b in shown)


def test_the_counts_say_what_a_filter_hides_of_the_selection(window: Any) -> None:
    window.workspace.select(Picked(frozenset(window.workspace.table.ids)))
    window.workspace.narrow(Filter(actors=Choice(include=("act-russia",))))
    assert "25 selected" in window.chips.words.text()
    assert "hidden by the filter" in window.chips.words.text()


def test_nothing_certain_offers_what_may_be_included(window: Any) -> None:
    aleppo = next(
        i
        for i, n in zip(
            window.workspace.table.locations.ids, window.workspace.table.locations.names, strict=True
        )
        if n == "Aleppo"
    )
    window.workspace.narrow(Filter(actors=Choice(include=("act-russia",)), places=Choice(include=(aleppo,))))
    assert window.workspace.shown.count == 0
    assert window.notice.isVisible()
    assert "may include it" in window.notice.words.text()
    window.notice.remove.click()
    assert window.workspace.shown.count > 0
    window.workspace.back()
    window.notice.possible.click()
    assert window.workspace.shown.count > 0
    window.workspace.back()
    window.notice.clear.click()
    assert window.workspace.shown.count == 25
    assert not window.notice.isVisible()


def test_a_dropped_case_is_opened(welcome: Any, sample_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(sample_path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    welcome.dropEvent(event)
    assert welcome.workspace.shown.count == 25
    assert welcome.status.saved.text() == "Opened from JSON, not saved as a case"


def test_an_opened_file_is_remembered_and_a_missing_one_is_greyed(
    make_window: Any, sample_path: Path, settings: Any
) -> None:
    settings.add_recent("/no/such/case.dateline")
    window = make_window(sample_path)
    assert window.settings.recent()[0] == str(sample_path)
    window.workspace.close_case()
    rows = window.welcome.recent
    enabled = [bool(rows.item(i).flags() & Qt.ItemFlag.ItemIsEnabled) for i in range(rows.count())]
    assert enabled == [True, False]


def test_a_recent_case_opens_with_one_click(make_window: Any, sample_path: Path, settings: Any) -> None:
    settings.add_recent(sample_path)
    window = make_window(None)
    window.welcome.recent.itemClicked.emit(window.welcome.recent.item(0))
    assert window.workspace.shown.count == 25


def test_the_window_and_its_views_die_when_it_is_closed(make_window: Any, qtbot: Any) -> None:
    import gc
    import weakref

    from PySide6.QtCore import QEvent

    from explorer.ui.faults import Faults
    from explorer.ui.palette import Look
    from explorer.ui.window import MainWindow
    from explorer.workspace.hub import Workspace

    make_window(None)
    look, faults, workspace = Look("light"), Faults(), Workspace()
    from PySide6.QtCore import QSettings

    from explorer.ui.settings import Settings

    window = MainWindow(workspace, Settings(QSettings("/dev/null", QSettings.Format.IniFormat)), look, faults)
    window.open("sample")
    for tab in ("matrix", "actors", "events", "graph"):
        workspace.set_tab(tab)
    refs = [
        weakref.ref(x)
        for x in (
            window,
            window.timeline,
            *window.actors.views.values(),
            *(d.widget() for d in window.docks.values()),
        )
    ]
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    del window
    gc.collect()
    assert [ref() for ref in refs if ref() is not None] == []


def test_foreign_text_in_a_tooltip_is_shown_not_interpreted() -> None:
    assert "<b>" not in plain_tip("<b>bold</b>\n<img src=x>")
    assert "&lt;b&gt;" in plain_tip("<b>bold</b>")
    assert plain_tip("") == ""


def test_the_theme_is_worn_by_everything_and_remembered(window: Any) -> None:
    window.actions_table["theme.dark"].trigger()
    assert window.look.theme.name == "dark"
    assert window.timeline.theme.name == "dark"
    assert window.settings.text("theme") == "dark"
    assert window.palette().window().color().lightness() < 60
    window.actions_table["theme.light"].trigger()
    assert window.timeline.theme.name == "light"


def test_panels_can_be_hidden_and_put_back(window: Any) -> None:
    window.actions_table["show_filters"].trigger()
    window.actions_table["show_actors"].trigger()
    assert not window.docks["filters"].isVisible()
    assert not window.actors.isVisible()
    assert not window.actions_table["show_filters"].isChecked()
    window.actions_table["reset_layout"].trigger()
    assert window.docks["filters"].isVisible()
    assert window.actors.isVisible()
    assert window.actions_table["show_filters"].isChecked()


def test_next_event_walks_the_shown_records_in_time(window: Any) -> None:
    seen = []
    for _ in range(30):
        window.actions_table["next_event"].trigger()
        seen.append(window.workspace.state.focus)
    assert len(set(seen)) == 25
    assert seen[-1] == seen[-2]
    window.actions_table["previous_event"].trigger()
    assert window.workspace.state.focus == seen[23]


def test_show_only_this_and_leave_this_out(window: Any) -> None:
    window.workspace.select(Picked(frozenset({"act-russia"})))
    window.actions_table["filter_selection"].trigger()
    assert window.workspace.state.filter.actors.include == ("act-russia",)
    window.actions_table["exclude_selection"].trigger()
    assert window.workspace.state.filter.actors.exclude == ("act-russia",)


def test_select_all_takes_what_is_shown(window: Any) -> None:
    window.workspace.narrow(Filter(actors=Choice(include=("act-russia",))))
    window.actions_table["select_all"].trigger()
    assert window.workspace.selected_ids() == window.workspace.shown_ids()
    window.actions_table["clear_selection"].trigger()
    assert window.workspace.selected_ids() == frozenset()


def test_problems_are_shown_whole_and_can_be_copied(window: Any, tmp_path: Path, qtbot: Any) -> None:
    from explorer.ui.problems_dialog import ProblemsDialog

    bad = tmp_path / "bad.case.json"
    bad.write_text("[", encoding="utf-8")
    window.open(bad)
    dialog = window.findChild(ProblemsDialog)
    assert dialog is not None
    assert dialog.list.toPlainText().strip()
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == dialog.list.toPlainText()
    assert window.workspace.shown.count == 25
    dialog.reject()
