from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtGui import QKeySequence

from explorer.ui.action_rows import ROWS


def test_each_action_has_words_a_tip_and_a_place_in_a_menu(window: Any) -> None:
    for row in ROWS:
        action = window.actions_table[row.name]
        assert action.text().strip("&… ")
        assert action.toolTip()
        assert action.toolTip() != action.text()
        assert row.menu


def test_each_action_has_an_icon_or_is_one_of_several_choices(window: Any) -> None:
    window.actions_table.draw_icons()
    for row in ROWS:
        assert row.choice or not window.actions_table[row.name].icon().isNull(), row.name


def test_no_two_actions_share_a_key(window: Any) -> None:
    keys = Counter(key.toString() for row in ROWS for key in window.actions_table[row.name].shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []


def test_names_are_unique_and_slots_exist(window: Any) -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_the_platforms_own_keys_are_used(window: Any) -> None:
    for name, key in (("open", "Ctrl+O"), ("copy", "Ctrl+C"), ("quit", "Ctrl+Q"), ("search", "Ctrl+K")):
        assert QKeySequence(key) in window.actions_table[name].shortcuts()
    assert QKeySequence("Ctrl+Shift+P") in window.actions_table["palette"].shortcuts()


def test_what_needs_a_case_is_disabled_without_one(welcome: Any) -> None:
    for row in ROWS:
        assert welcome.actions_table[row.name].isEnabled() == (not row.needs), row.name


def test_what_needs_a_selection_waits_for_one(window: Any) -> None:
    from explorer.query.selection import Picked

    assert not window.actions_table["copy_quote"].isEnabled()
    window.workspace.select(Picked(frozenset({"act-russia"})))
    assert window.actions_table["copy_quote"].isEnabled()


def test_every_choice_and_switch_follows_the_state(window: Any) -> None:
    window.workspace.set_lanes("place")
    window.workspace.set_axis("calendar")
    window.workspace.set_tab("matrix")
    window.workspace.set_follow(follow=True)
    for name in ("lanes.place", "axis.calendar", "tab.matrix", "follow"):
        assert window.actions_table[name].isChecked(), name
    assert not window.actions_table["lanes.actor"].isChecked()


def test_every_choice_does_what_it_says(window: Any) -> None:
    table = window.actions_table
    for name in ("lanes.type", "axis.calendar", "tab.events", "follow", "text_only"):
        table[name].trigger()
    state = window.workspace.state
    assert (state.lanes, state.axis, state.tab, state.follow) == ("type", "calendar", "events", True)
    assert state.filter.text_only


def test_back_and_forward_are_enabled_where_there_is_a_way(window: Any) -> None:
    table = window.actions_table
    assert not table["back"].isEnabled()
    window.workspace.set_lanes("place")
    assert table["back"].isEnabled()
    table["back"].trigger()
    assert window.workspace.state.lanes == "actor"
    assert table["forward"].isEnabled()


def test_no_two_commands_of_a_menu_answer_to_one_letter() -> None:
    from explorer.ui.action_rows import ROWS

    letters: dict[tuple[str, str], list[str]] = {}
    for row in ROWS:
        at = row.text.find("&")
        if at >= 0:
            letters.setdefault((row.menu, row.text[at + 1].casefold()), []).append(row.text)
    assert not [texts for texts in letters.values() if len(texts) > 1]
