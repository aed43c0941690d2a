from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from explorer.query.selection import Picked


def find(window: Any, words: str) -> Any:
    box = window.search
    box.setText(words)
    box.search_now()
    return box


def listed(box: Any) -> list[str]:
    return [box.results.list.item(i).text() for i in range(box.results.list.count())]


def test_typing_searches_and_groups_what_it_finds(window: Any, qtbot: Any) -> None:
    qtbot.keyClicks(window.search, "russia")
    qtbot.waitUntil(window.search.results.isVisible)
    rows = listed(window.search)
    assert [row for row in rows if row.isupper()][:2] == ["EVENTS", "ACTORS"]
    assert any(row.startswith("Russia ") for row in rows)


def test_enter_selects_what_is_marked(window: Any, qtbot: Any) -> None:
    box = find(window, "hezbollah")
    while box.results.chosen().kind != "actor":
        qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.workspace.state.selection == Picked(frozenset({"act-hezbollah"}))
    assert not box.results.isVisible()


def test_ctrl_enter_filters_by_an_actor_and_by_words(window: Any, qtbot: Any) -> None:
    box = find(window, "hezbollah")
    while box.results.chosen().kind != "actor":
        qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.state.filter.actors.include == ("act-hezbollah",)
    box = find(window, "airstrikes")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.state.filter.text == "airstrikes"


def test_a_sentence_selects_its_facts_and_is_shown(window: Any, qtbot: Any) -> None:
    box = find(window, "fatalities")
    while box.results.chosen().kind != "sentence":
        qtbot.keyClick(box, Qt.Key.Key_Down)
    hit = box.results.chosen()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.workspace.selected_ids()
    passage = window.workspace.state.passages[0]
    text = window.workspace.case.record(passage.document).text[passage.start : passage.end]
    assert "fatalities" in text
    assert passage.document == hit.id


def test_a_name_that_only_texts_hold_says_so(window: Any) -> None:
    box = find(window, "territories")
    assert "not a coded actor or place" in box.results.note.text()


def test_nothing_found_is_said(window: Any) -> None:
    box = find(window, "xyzzy")
    assert "Nothing in this case" in box.results.note.text()
    box.act(narrow=False)
    assert window.workspace.state.focus is None


def test_escape_folds_the_results_and_empties_the_field(window: Any, qtbot: Any) -> None:
    box = find(window, "russia")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.results.isVisible()
    assert box.text() == ""


def test_typed_syntax_is_only_text(window: Any) -> None:
    for words in ('"', "a OR b", "NEAR(", "*", "title:x", "😀"):
        find(window, words)


def test_ctrl_k_leads_to_the_field(window: Any) -> None:
    window.actions_table["search"].trigger()
    assert window.focusWidget() is window.search
