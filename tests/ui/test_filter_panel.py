"""The filter panel: counts that equal the facets', clicks that become filters, and nothing private."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from explorer.query.filters import Choice, Filter
from explorer.ui.filter_panel import FilterPanel
from explorer.workspace.hub import Workspace


@pytest.fixture
def panel(qtbot: Any) -> Any:
    workspace = Workspace()
    with qtbot.waitSignal(workspace.opened, timeout=10_000):
        workspace.open("sample")
    panel = FilterPanel(workspace)
    qtbot.addWidget(panel)
    panel.resize(260, 700)
    panel.show()
    for index in panel.model.headings():
        panel.tree.setExpanded(index, True)
    yield panel
    workspace.shut_down()


def find(panel: FilterPanel, facet: str, value: str) -> QModelIndex:
    for index in panel.model.indexes():
        node = panel.node(index)
        if (node.facet, node.value) == (facet, value):
            return index
    raise AssertionError(f"no row for {facet}: {value}")


def workspace_of(panel: FilterPanel) -> Workspace:
    return panel._workspace


def test_the_model_keeps_the_rules_of_qt_models(panel: FilterPanel) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(panel.model, mode)
    panel.choose(panel.node(find(panel, "actors", "act-russia")), "include")
    assert isinstance(tester.model(), QAbstractItemModel)


def test_every_row_shows_the_count_of_its_facet(panel: FilterPanel) -> None:
    workspace = workspace_of(panel)
    for condition in (Filter(), Filter(kinds=Choice(include=("happened",))), Filter(text="airstrikes")):
        workspace.narrow(condition)
        panel.count_now()
        for index in panel.model.indexes():
            node = panel.node(index)
            if node.value:
                counts = workspace.shown.facets[node.facet]
                expected = dict(zip(counts.values, counts.counts.tolist(), strict=True)).get(node.value, 0)
                assert node.count == expected, (node.facet, node.value)


def test_a_click_includes_alt_excludes_and_a_second_click_takes_back(panel: FilterPanel) -> None:
    workspace, index = workspace_of(panel), find(panel, "actors", "act-russia")
    panel.choose(panel.node(index), "include")
    assert workspace.state.filter == Filter(actors=Choice(include=("act-russia",)))
    panel.choose(panel.node(index), "exclude")
    assert workspace.state.filter == Filter(actors=Choice(exclude=("act-russia",)))
    panel.choose(panel.node(index), "exclude")
    assert workspace.state.filter == Filter()


def test_the_keyboard_includes_excludes_and_keeps_only(panel: FilterPanel, qtbot: Any) -> None:
    workspace, index = workspace_of(panel), find(panel, "places", "loc-aleppo")
    panel.tree.setCurrentIndex(index)
    panel.tree.setFocus()
    qtbot.keyClick(panel.tree, Qt.Key.Key_Space)
    assert workspace.state.filter.places.include == ("loc-aleppo",)
    qtbot.keyClick(panel.tree, Qt.Key.Key_Minus)
    assert workspace.state.filter.places == Choice(exclude=("loc-aleppo",))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert workspace.state.filter.places == Choice(include=("loc-aleppo",))


def test_the_panel_follows_a_filter_that_came_from_elsewhere(panel: FilterPanel) -> None:
    workspace = workspace_of(panel)
    workspace.narrow(Filter(kinds=Choice(include=("ongoing",), exclude=("expected",))))
    state = Qt.CheckState
    checked = find(panel, "kinds", "ongoing").data(Qt.ItemDataRole.CheckStateRole)
    struck = find(panel, "kinds", "expected").data(Qt.ItemDataRole.CheckStateRole)
    assert (checked, struck) == (state.Checked, state.PartiallyChecked)


def test_searching_hides_values_that_do_not_fit_and_keeps_their_parents(panel: FilterPanel) -> None:
    panel.search.setText("tahrir")
    visible = {
        panel.node(index).value
        for index in panel.model.indexes()
        if not panel.tree.isRowHidden(index.row(), index.parent()) and panel.node(index).value
    }
    assert visible == {"act-hts"}


def test_a_screen_reader_hears_label_count_and_choice(panel: FilterPanel) -> None:
    index = find(panel, "actors", "act-russia")
    panel.choose(panel.node(index), "include")
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Russia" in said
    assert "included" in said


def test_nonsense_in_the_time_form_is_refused_with_its_reason(panel: FilterPanel, qtbot: Any) -> None:
    workspace = workspace_of(panel)
    panel.times._from.setText("2024-13")
    panel.times._from.editingFinished.emit()
    assert workspace.state.filter == Filter()
    assert "13" in panel.times._from.answer.words
    panel.times._from.setText("2015")
    panel.times._from.editingFinished.emit()
    assert workspace.state.filter.time_from == "2015"
    assert panel.times._from.answer.words == "2015"


def test_another_case_brings_its_own_switches_and_the_old_ones_are_let_go(panel: FilterPanel) -> None:
    workspace = workspace_of(panel)
    for _ in range(3):
        workspace.open("sample")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    workspace.narrow(Filter(possible_places=True))
    checked = [action.text() for action in panel.switches.actions if action.isChecked()]
    assert "Possibly there, too" in checked
    assert len(panel.switches.actions) == len({action.data() for action in panel.switches.actions})


def test_the_largest_count_has_room_to_be_read(panel: FilterPanel) -> None:
    delegate = panel._delegate()
    metrics = panel.tree.fontMetrics()
    delegate.make_room_for(16_566, metrics)
    assert delegate._count - 6 >= metrics.horizontalAdvance("16,566")
