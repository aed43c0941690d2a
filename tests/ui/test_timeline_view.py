from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent

from explorer.layout.hits import bounds
from explorer.model.times import parse_edtf
from explorer.query.filters import Choice, Filter
from explorer.query.selection import Nothing, Picked
from explorer.ui.overview import Overview


def centre(view: Any, record_id: str) -> QPoint:
    group = next(g for g in view.readable() if g.ids == (record_id,))
    x, y, width, height = group.targets[0]
    return QPoint(round(x + width / 2), round(y + height / 2 - view.offset))


def wheel(view: Any, turn: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    at = QPointF(500, 100)
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.wheelEvent(event)


def test_the_timeline_stands_for_exactly_what_is_shown(window: Any) -> None:
    window.workspace.narrow(Filter(actors=Choice(include=("act-russia",))))
    assert window.timeline.shown_ids() == window.workspace.shown_ids()


def test_a_click_on_a_mark_selects_it_and_a_click_on_nothing_clears(window: Any, qtbot: Any) -> None:
    qtbot.mouseClick(
        window.timeline, Qt.MouseButton.LeftButton, pos=centre(window.timeline, "evt-airstrikes")
    )
    assert window.workspace.state.focus == "evt-airstrikes"
    qtbot.mouseClick(window.timeline, Qt.MouseButton.LeftButton, pos=QPoint(window.timeline.width() - 3, 70))
    assert window.workspace.state.selection == Nothing()


def test_ctrl_click_joins_and_takes_out(window: Any, qtbot: Any) -> None:
    first, second = "evt-airstrikes", "evt-rebel-gains"
    for record in (first, second):
        qtbot.mouseClick(
            window.timeline,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ControlModifier,
            centre(window.timeline, record),
        )
    assert window.workspace.selected_ids() == {first, second}
    qtbot.mouseClick(
        window.timeline,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        centre(window.timeline, first),
    )
    assert window.workspace.selected_ids() == {second}


def test_a_shift_drag_selects_what_the_box_touches(window: Any, qtbot: Any) -> None:
    view, shift = window.timeline, Qt.KeyboardModifier.ShiftModifier
    at = centre(view, "evt-airstrikes")
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, shift, at - QPoint(20, 20))
    qtbot.mouseMove(view, at + QPoint(20, 20))
    assert view.band() is not None
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, shift, at + QPoint(20, 20))
    assert "evt-airstrikes" in window.workspace.selected_ids()
    assert view.band() is None


def test_the_wheel_zooms_about_the_pointer(window: Any) -> None:
    window.workspace.set_axis("calendar")
    before = window.timeline.scene and window.timeline.laid.viewport.time(500)
    wheel(window.timeline, 240)
    assert window.timeline.scene is not None
    after = window.timeline.laid.viewport
    assert abs(after.time(500) - before) < after.span * 0.001
    assert after.span < window.timeline.laid.whole[1] - window.timeline.laid.whole[0]


def test_zooming_out_beyond_everything_is_fit_all(window: Any) -> None:
    wheel(window.timeline, 240)
    assert window.workspace.state.window is not None
    wheel(window.timeline, -2400)
    assert window.workspace.state.window is None


def test_zoom_keeps_what_it_hides_in_the_count(window: Any) -> None:
    window.workspace.set_axis("calendar")
    for _ in range(6):
        wheel(window.timeline, 240)
    assert window.timeline.shown_ids() == window.workspace.shown_ids()


def test_fit_selection_shows_the_selection_and_says_when_it_cannot(window: Any) -> None:
    window.workspace.set_axis("calendar")
    window.workspace.select(
        Picked(
            frozenset({"evt-russia-intervention"} & set(window.workspace.table.ids))
            or frozenset({"evt-airstrikes"})
        )
    )
    assert window.timeline.fit_selection()
    assert window.workspace.state.window is not None
    window.workspace.set_axis("order")
    window.workspace.select(Picked(frozenset({"evt-ukraine-war"} & set(window.workspace.table.ids))))
    assert not window.timeline.fit_selection()


def test_going_to_a_date_brings_it_into_the_middle(window: Any) -> None:
    window.workspace.set_axis("calendar")
    assert window.timeline.scene is not None
    window.timeline.go_to(parse_edtf("2016-03"))
    start, end = window.workspace.state.window
    wanted = parse_edtf("2016-03")
    assert start < wanted.start_min < (start + end) / 2 < wanted.end_max < end


def test_a_lane_opens_by_its_name(window: Any, qtbot: Any) -> None:
    view = window.timeline
    lanes = [g for g in view.hits.groups("lane") if "Click to open" in g.title]
    count = len(view.hits.groups("lane"))
    x, y, width, height = bounds(lanes[0])
    qtbot.mouseClick(
        view, Qt.MouseButton.LeftButton, pos=QPoint(round(x + width / 2), round(y + height / 2 - view.offset))
    )
    assert len(view.hits.groups("lane")) > count
    assert window.workspace.state.selection == Nothing()


def test_arrows_walk_every_mark_enter_selects_and_escape_clears(window: Any, qtbot: Any) -> None:
    view = window.timeline
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    seen = {view.current.ids}
    for _ in range(len(view.readable())):
        qtbot.keyClick(view, Qt.Key.Key_Right)
        seen.add(view.current.ids)
    assert seen == {group.ids for group in view.readable()}
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert window.workspace.state.selection != Nothing()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert window.workspace.state.selection == Nothing()


def test_what_is_higher_than_the_view_scrolls_and_the_axis_stays(make_window: Any, qtbot: Any) -> None:
    window = make_window(size=(1000, 560))
    view = window.timeline
    assert view.scene is not None
    assert view.laid.content_height > view.height()
    qtbot.waitUntil(window.timeline_pane._bar.isVisible)
    window.timeline_pane._bar.setValue(80)
    assert view.offset == 80
    wheel(view, -120, Qt.KeyboardModifier.ShiftModifier)
    assert view.offset > 80
    view.walk(10**9)
    assert view.current is not None


def test_the_overview_appears_when_there_is_more_and_moves_the_window(window: Any, qtbot: Any) -> None:
    assert not window.timeline_pane.overview.isVisible()
    window.timeline.zoom_by(3.0)
    qtbot.waitUntil(window.timeline_pane.overview.isVisible)
    overview = window.timeline_pane.overview
    assert overview.counts().sum() > 0
    before = window.workspace.state.window
    qtbot.keyClick(overview, Qt.Key.Key_Left)
    after = window.workspace.state.window
    assert after[0] < before[0]
    assert abs((after[1] - after[0]) - (before[1] - before[0])) < 1e-6
    overview.grab()


def test_selection_and_hover_cost_no_layout_of_a_large_picture(window: Any) -> None:
    scene = window.timeline.scene
    window.workspace.hover(["evt-airstrikes"])
    assert window.timeline.scene is scene


def test_tooltips_say_what_lies_there(window: Any) -> None:
    at = centre(window.timeline, "evt-airstrikes")
    group = window.timeline.group_at(QPointF(at))
    assert "airstrikes" in group.title


def test_what_is_selected_elsewhere_comes_into_sight(window: Any, qtbot: Any) -> None:
    view = window.timeline
    window.resize(1280, 640)
    qtbot.waitUntil(lambda: view.laid is not None and view.laid.content_height > view.height())
    for record in ("evt-civil-war", "evt-airstrikes", "evt-rebel-gains"):
        window.workspace.select(Picked(frozenset({record})))
        assert view.scene is not None
        assert 0 < centre(view, record).y() < view.height(), record


def test_a_fitted_record_of_one_known_side_is_not_shown_in_minutes(window: Any) -> None:
    window.workspace.set_axis("calendar")
    window.workspace.select(Picked(frozenset({"evt-airstrikes"})))
    assert window.timeline.fit_selection()
    start, end = window.workspace.state.window
    assert end - start > 7 * 86_400


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_records_of_one_date_are_listed_where_no_zoom_takes_them_apart(qtbot, tmp_path):
    import json

    from builders import random_case

    from explorer.layout.rowids import RowIds
    from explorer.layout.scene import Group
    from explorer.ui.timeline_view import TimelineView
    from explorer.workspace.hub import Workspace

    path = tmp_path / "many.case.json"
    path.write_text(json.dumps(random_case(12, events=60, actors=8), ensure_ascii=False), encoding="utf-8")
    workspace = Workspace()
    view = TimelineView(workspace)
    view.resize(900, 400)
    qtbot.addWidget(view)
    with qtbot.waitSignal(workspace.opened):
        workspace.open(path)
    workspace.set_axis("calendar")
    table = workspace.table
    ends = np.stack((table.time.start_min, table.time.end_max), axis=1)
    same = next(rows for end in ends if len(rows := np.flatnonzero((ends == end).all(axis=1))) > 1)
    group = Group((), RowIds(table, same.astype(np.int32)), "cluster", "", ((300.0, 90.0, 30.0, 20.0),))
    view._open_cluster(group, "replace")
    assert workspace.selected_ids() == set(group.ids)
    listed = view.listed
    assert listed is not None
    assert listed.list.model().rowCount() == len(same)
    listed.list.activated.emit(listed.list.model().index(1, 0))
    assert len(workspace.selected_ids()) == 1
    assert workspace.selected_ids() < set(group.ids)
    workspace.shut_down()


def test_skipping_empty_years_keeps_the_window_and_shows_the_same_records(window: Any) -> None:
    workspace, view = window.workspace, window.timeline
    workspace.set_axis("calendar")
    window.actions_table["axis.elastic"].trigger()
    assert workspace.state.axis == "elastic"
    laid = view.laid if view.scene is not None else None
    assert laid is not None
    assert laid.viewport.warp.breaks
    assert view.shown_ids() == frozenset(workspace.table.ids)
    view.zoom(4, QPointF(laid.viewport.px(1_732_900_000.0), 100))
    assert view.scene is not None
    start, end = workspace.state.window
    assert start < 1_732_900_000.0 < end
    workspace.set_axis("calendar")
    assert workspace.state.window == (start, end)
    workspace.set_axis("order")
    assert workspace.state.window is None


def test_the_overview_s_frame_moves_along_the_elastic_axis(window: Any) -> None:
    workspace, view = window.workspace, window.timeline
    workspace.set_axis("elastic")
    assert view.scene is not None
    view.zoom(6, QPointF(view.laid.viewport.px(1_732_900_000.0), 100))
    overview = window.findChild(Overview)
    assert view.scene is not None
    dated = len(workspace.table) - int(np.count_nonzero(workspace.table.time.undated))
    assert int(overview.counts().sum()) == dated
    wide = overview._frame().width()
    overview._move_to(overview._plot()[0])
    assert view.scene is not None
    assert overview._frame().width() == pytest.approx(wide, abs=1.5)
    assert workspace.state.window[0] < 1_400_000_000.0


def test_a_date_is_gone_to_and_a_selection_fitted_on_the_elastic_axis(window: Any) -> None:
    workspace, view = window.workspace, window.timeline
    workspace.set_axis("elastic")
    assert view.scene is not None
    view.go_to(parse_edtf("2015-05"))
    assert view.scene is not None
    assert view.laid.window[0] < parse_edtf("2015-05").start_min < view.laid.window[1]
    workspace.select(Picked(frozenset({"evt-airstrikes"})))
    assert view.fit_selection()
    assert view.scene is not None
    x = view.laid.viewport.px(1_732_665_600.0)
    assert view.laid.plot[0] <= x <= view.laid.plot[0] + view.laid.plot[2]


def test_the_tooltip_of_the_airstrikes_says_why(window: Any) -> None:
    window.workspace.set_axis("calendar")
    view = window.timeline
    told = view.told(next(g for g in view.readable() if g.ids == ("evt-airstrikes",)))
    assert "not before 27 Nov 2024 (from outside the report: " in told
    assert "is reported as a response to" in told
    window.workspace.narrow(Filter(text_only=True))
    told = view.told(next(g for g in view.readable() if g.ids == ("evt-airstrikes",)))
    assert "not before" not in told
    assert not view.laid.viewport.warp.breaks
