"""All values of a facet: searched, ordered, chosen by keyboard, never made one by one; and what a filter leaves in place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from explorer.paint.theme import LIGHT
from explorer.query.filters import NOT_STATED, Choice, Filter
from explorer.query.masks import evaluate
from explorer.ui import facet_list
from explorer.ui.facet_list import FacetPage
from explorer.ui.facet_model import FEW, FacetModel
from explorer.ui.facet_node import APART, MORE
from explorer.ui.facet_tree import sections
from explorer.ui.facet_values import Values, without_circles

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def table() -> Any:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        from synthetic import table
    finally:
        sys.path.remove(str(BENCHMARKS))
    return table(4_000)


def section_of(table: Any, facet: str) -> Values:
    return next(section for section in sections(table) if section.facet == facet)


@pytest.fixture
def page(qtbot: Any, table: Any) -> FacetPage:
    made = FacetPage(LIGHT)
    qtbot.addWidget(made)
    made.resize(240, 600)
    made.show()
    made.open_section(section_of(table, "places"), evaluate(table, Filter()))
    return made


def opened(table: Any, condition: Filter) -> tuple[FacetModel, Any]:
    model = FacetModel()
    model.take_table(table)
    model.take_shown(evaluate(table, condition))
    return model, next(root for root in model.roots if root.facet == "actors")


def open_root(model: FacetModel, root: Any) -> None:
    model.fetchMore(model.index_of(root))
    model.set_opened(model.index_of(root), opened=True)


def values_of(page: FacetPage) -> list[str]:
    return [page.model.node(page.model.index(row)).value for row in range(page.model.rowCount())]


def test_only_the_rows_on_the_screen_are_made(
    page: FacetPage, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    whole = facet_list.value_node
    monkeypatch.setattr(facet_list, "value_node", lambda *a, **k: made.append(a) or whole(*a, **k))
    page.open_section(page.section, page._shown)
    page.grab()
    assert page.model.rowCount() == 5_001
    assert 5 < len(made) < 120


def test_values_come_by_count_or_by_name_with_not_stated_last(page: FacetPage, table: Any) -> None:
    counts = evaluate(table, Filter()).facets["places"]
    found = [counts.of(value) for value in values_of(page)[:-1]]
    assert found == sorted(found, reverse=True)
    page._orders.buttons()[1].click()
    names = [page.model.node(page.model.index(row)).label for row in range(5_000)]
    assert names == sorted(names, key=str.casefold)
    assert values_of(page)[-1] == NOT_STATED


def test_a_search_finds_deep_values_and_says_where_they_lie(page: FacetPage) -> None:
    page.search.setText("town 4321")
    node = page.model.node(page.model.index(0))
    assert (page.model.rowCount(), node.value) == (1, "loc-4321")
    assert node.path.startswith("Town ")
    assert "1 of" in page.number.text()


def test_what_is_chosen_stands_on_top_though_nothing_is_left_of_it(page: FacetPage, table: Any) -> None:
    none = evaluate(table, Filter(places=Choice(include=("loc-4999",)), kinds=Choice(include=("nothing",))))
    page.open_section(page.section, none)
    assert values_of(page)[0] == "loc-4999"
    assert page.model.node(page.model.index(0)).count == 0


def test_a_click_in_the_list_moves_no_row_and_another_filter_ranks_anew(page: FacetPage, table: Any) -> None:
    before = values_of(page)
    page.take_shown(evaluate(table, Filter(places=Choice(include=(before[7],)))))
    assert values_of(page) == before
    shown = evaluate(table, Filter(places=Choice(include=(before[7],)), kinds=Choice(include=("happened",))))
    page.take_shown(shown)
    assert values_of(page)[0] == before[7]
    counts = [shown.facets["places"].of(value) for value in values_of(page)[1:-1]]
    assert counts == sorted(counts, reverse=True)


def test_by_keyboard_alone(page: FacetPage, qtbot: Any) -> None:
    asked, left = [], []
    page.list.asked.connect(asked.append)
    page.left.connect(lambda: left.append(True))
    page.activateWindow()
    qtbot.keyClicks(page.list, "Town 77")
    assert page.search.text() in ("Town77", "Town 77")
    page.search.setText("town 77")
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Minus, Qt.Key.Key_Return):
        qtbot.keyClick(page.list, key)
    assert [each.way for each in asked][-3:] == ["include", "exclude", "only"]
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert (page.search.text(), left) == ("", [])
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert left == [True]


def test_many_values_are_shown_by_count_then_a_door_then_not_stated(table: Any) -> None:
    model, root = opened(table, Filter())
    open_root(model, root)
    kinds = [node.kind for node in root.children]
    assert kinds[-2] == MORE
    assert root.children[-1].value == NOT_STATED
    counts = [node.count for node in root.children[:-2]]
    assert counts == sorted(counts, reverse=True)
    assert len(root.children) <= FEW + 2


def test_a_filter_resets_nothing_and_keeps_what_is_opened(table: Any) -> None:
    model, root = opened(table, Filter())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    open_root(model, root)
    branch = next(node for node in root.children if node.branch)
    model.fetchMore(model.index_of(branch))
    model.set_opened(model.index_of(branch), opened=True)
    resets = []
    model.modelReset.connect(lambda: resets.append(True))
    for condition in (
        Filter(time_from="1980", time_to="1980-02"),
        Filter(actors=Choice(include=("act-1999", "act-0001"))),
        Filter(kinds=Choice(include=("nothing",))),
    ):
        shown = evaluate(table, condition)
        model.take_shown(shown)
        assert model.holds(branch)
        assert branch.opened
        for index in model.indexes():
            node = model.node(index)
            if node.value and (node.facet == "actors"):
                assert node.count == shown.facets["actors"].of(node.value)
    assert not resets
    assert isinstance(tester.model(), QAbstractItemModel)


def test_a_chosen_value_that_is_on_show_nowhere_is_pinned_with_its_path(table: Any) -> None:
    model, root = opened(table, Filter(actors=Choice(include=("act-1999",))))
    open_root(model, root)
    first = root.children[0]
    assert (first.kind, first.value) == (APART, "act-1999")
    assert first.path


def test_a_folded_section_is_not_counted(table: Any) -> None:
    shown = evaluate(table, Filter(time_from="1981"))
    model = FacetModel()
    model.take_table(table)
    model.take_shown(shown)
    assert not shown.facets._counts
    assert model.rowCount(QModelIndex()) == len(model.roots)


def test_accents_and_other_names_are_found_and_a_circle_is_cut() -> None:
    values = Values("places", "Places", ("a", "b", "c"), ("Idlīb", "Ḥamāh", "Şırnak"))
    values.terms = ("إدلب", "Hama\nsecond line", "")
    assert values.found("idlib").tolist() == [0]
    assert values.found("HAMAH second").tolist() == [1]
    assert values.found("sirnak").tolist() in ([2], [])  # the dotless i is a letter of its own
    assert values.found("nowhere").tolist() == []
    assert without_circles(np.array([1, 2, 0, 4, -1, 2], np.int32)).tolist() == [-1, -1, -1, 4, -1, -1]
