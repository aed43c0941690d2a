"""The Events and Actors tables: the same records as every view, sums that stay ranges, safe cells."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from explorer.query.filters import Choice, Filter
from explorer.query.selection import Picked
from explorer.ui.actor_table import ActorTable
from explorer.ui.event_table import EventTable
from explorer.workspace.hub import Workspace

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def workspace(qtbot: Any) -> Any:
    workspace = Workspace()
    with qtbot.waitSignal(workspace.opened, timeout=10_000):
        workspace.open("sample")
    yield workspace
    workspace.shut_down()


@pytest.fixture
def events(workspace: Workspace, qtbot: Any) -> EventTable:
    table = EventTable(workspace)
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    return table


def cells(table: EventTable, key: str) -> list[str]:
    column = table.model.keys.index(key)
    return [table.model.index(row, column).data() for row in range(table.model.rowCount())]


def test_the_rows_are_the_records_that_the_filter_shows(workspace: Workspace, events: EventTable) -> None:
    tester = QAbstractItemModelTester(events.model, FATAL)
    for condition in (
        Filter(),
        Filter(actors=Choice(include=("act-russia",))),
        Filter(text="nothing like it"),
    ):
        workspace.narrow(condition)
        assert events.shown_ids() == workspace.shown_ids()
    assert tester.model() is events.model


def test_a_selected_row_is_selected_everywhere_and_the_other_way_round(
    workspace: Workspace, events: EventTable
) -> None:
    events.view.selectRow(3)
    assert workspace.selected_ids() == {events.model.event_id(3)}
    workspace.select(Picked(frozenset({"evt-airstrikes", "evt-militia-entry"})))
    rows = {events.model.event_id(i.row()) for i in events.view.selectionModel().selectedRows()}
    assert rows == {"evt-airstrikes", "evt-militia-entry"}


def test_sorting_keeps_what_is_not_stated_last_in_both_directions(events: EventTable) -> None:
    column = events.model.keys.index("killed")
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        events.view.sortByColumn(column, order)
        assert cells(events, "killed")[0] == "≥ 25"
        assert set(cells(events, "killed")[1:]) == {"not stated"}


def test_groups_carry_sums_that_stay_ranges_and_a_click_selects_their_records(
    workspace: Workspace, events: EventTable
) -> None:
    events._by.setCurrentIndex(events._by.findData("actor"))
    tester = QAbstractItemModelTester(events.groups, FATAL)
    labels = [events.groups.index(row, 0).data() for row in range(events.groups.rowCount())]
    row = labels.index("Russia")
    assert "≥ 25" in events.groups.index(row, 2).data()
    events.group_view.selectRow(row)
    assert "evt-airstrikes" in workspace.selected_ids()
    assert tester.model() is events.groups


def test_a_click_on_a_cell_marks_its_characters(workspace: Workspace, events: EventTable) -> None:
    row = cells(events, "killed").index("≥ 25")
    events.view.clicked.emit(events.model.index(row, events.model.keys.index("killed")))
    text = workspace.case.record("doc-seed").text
    assert "at least 25 fatalities" in [text[p.start : p.end] for p in workspace.state.passages]


def test_copying_gives_a_spreadsheet_one_line_a_row(events: EventTable) -> None:
    events.view.selectRow(0)
    events.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 2
    assert lines[0].split("\t")[0] == "When"


def test_a_csv_file_holds_every_row_with_its_sentence(
    workspace: Workspace, events: EventTable, tmp_path: Any
) -> None:
    path = tmp_path / "events.csv"
    events.write_csv(str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(workspace.shown_ids())
    strikes = next(row for row in rows if "airstrikes on rebel-held" in row["Headline (coder's)"])
    assert "at least 25 fatalities" in strikes["Source sentence"]
    assert strikes["Link"].startswith("doc-seed#sentence-")


def test_a_selected_actor_is_selected_everywhere(workspace: Workspace, qtbot: Any) -> None:
    table = ActorTable(workspace)
    qtbot.addWidget(table)
    tester = QAbstractItemModelTester(table.model, FATAL)
    table.view.selectRow(table.model.row_of("act-russia"))
    assert workspace.state.selection == Picked(frozenset({"act-russia"}))
    workspace.select(Picked(frozenset({"act-iran"})))
    assert [table.model.actor_id(i.row()) for i in table.view.selectionModel().selectedRows()] == ["act-iran"]
    assert tester.model() is table.model


def test_both_tables_follow_the_window_of_the_timeline_when_asked(
    workspace: Workspace, events: EventTable, qtbot: Any
) -> None:
    actors = ActorTable(workspace)
    qtbot.addWidget(actors)
    workspace.set_axis("calendar")
    day = 86_400.0
    workspace.look_at((16_500 * day, 16_600 * day))  # in 2015
    workspace.set_follow(follow=True)
    assert frozenset() != actors.shown_ids() == events.shown_ids() < workspace.shown_ids()
    workspace.look_at(None)
    assert actors.shown_ids() == events.shown_ids() == workspace.shown_ids()


def test_a_cell_leads_to_the_words_of_its_own_role_only(workspace: Workspace, events: EventTable) -> None:
    row = next(r for r in range(events.model.rowCount()) if events.model.event_id(r) == "evt-iran-support")
    marked = {}
    for key in ("who", "target"):
        events.view.clicked.emit(events.model.index(row, events.model.keys.index(key)))
        marked[key] = set(workspace.state.passages)
    assert marked["who"]
    assert marked["target"]
    assert marked["who"] != marked["target"]


def test_groups_and_actors_show_what_is_selected_elsewhere(
    workspace: Workspace, events: EventTable, qtbot: Any
) -> None:
    actors = ActorTable(workspace)
    qtbot.addWidget(actors)
    events._by.setCurrentIndex(events._by.findData("actor"))
    workspace.select(Picked(frozenset({"evt-airstrikes"})))
    named = {events.groups.group(i.row()).label for i in events.group_view.selectionModel().selectedRows()}
    assert named
    assert len(named) < events.groups.rowCount()
    assert workspace.selected_ids() == {"evt-airstrikes"}
    font = Qt.ItemDataRole.FontRole
    assert actors.model.index(actors.model.row_of("act-russian-forces"), 0).data(font).bold()
    assert actors.model.index(actors.model.row_of("act-iran"), 0).data(font) is None
