from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from explorer.query.filters import Choice, Filter
from explorer.query.selection import Brushed, Nothing, Picked
from explorer.workspace.state import Passage, State


def picked(*ids: str) -> Picked:
    return Picked(frozenset(ids))


def only(actor: str) -> Filter:
    return Filter(actors=Choice(include=(actor,)))


def test_an_opened_case_shows_everything_and_selects_nothing(workspace: Any) -> None:
    assert workspace.shown.count == len(workspace.table) == 25
    assert workspace.state.selection == Nothing()
    assert not workspace.state.filter.active


def test_the_sample_opens_in_reported_order_because_its_text_dates_little(workspace: Any) -> None:
    assert workspace.state.axis == "order"


def test_one_intent_tells_one_change(workspace: Any, changes: list[Any]) -> None:
    workspace.select(picked("act-russia"))
    assert len(changes) == 1
    assert changes[0].of("selection")
    assert not changes[0].of("filter", "window")


def test_an_intent_that_changes_nothing_tells_nothing(workspace: Any, changes: list[Any]) -> None:
    workspace.narrow(Filter())
    workspace.hover(())
    workspace.look_at(None)
    workspace.select(Nothing())
    workspace.set_axis("order")
    assert changes == []


def test_a_filter_never_destroys_a_selection_but_counts_what_it_hides(workspace: Any) -> None:
    workspace.select(Picked(frozenset(workspace.table.ids)))
    workspace.narrow(only("act-russia"))
    assert len(workspace.selected_ids()) == 25
    assert workspace.hidden_selected() == 25 - workspace.shown.count > 0


def test_zoom_never_destroys_a_selection(workspace: Any) -> None:
    workspace.select(picked("act-russia"))
    chosen = workspace.selected_ids()
    workspace.look_at((0.0, 1.0))
    assert workspace.selected_ids() == chosen


def test_back_and_forward_walk_filters_and_zoom_and_leave_the_selection(workspace: Any) -> None:
    workspace.narrow(only("act-russia"))
    workspace.look_at((0.0, 2.0))
    workspace.select(picked("act-iran"))
    workspace.back()
    assert workspace.state.window is None
    assert workspace.state.filter == only("act-russia")
    workspace.back()
    assert workspace.state.filter == Filter()
    assert not workspace.can_go_back
    workspace.forward()
    workspace.forward()
    assert workspace.state.window == (0.0, 2.0)
    assert not workspace.can_go_forward
    assert workspace.state.selection == picked("act-iran")


def test_a_run_of_zooming_is_one_step_back(workspace: Any) -> None:
    workspace.narrow(only("act-russia"))
    for n in range(1, 20):
        workspace.look_at((0.0, float(n)))
    workspace.back()
    assert workspace.state.window is None
    assert workspace.state.filter == only("act-russia")


def test_typing_a_word_is_one_step_back(workspace: Any) -> None:
    for text in ("a", "ai", "air"):
        workspace.narrow(Filter(text=text), run="text")
    workspace.back()
    assert workspace.state.filter == Filter()


def test_selecting_is_no_step(workspace: Any) -> None:
    workspace.select(picked("act-russia"))
    assert not workspace.can_go_back


def test_another_axis_shows_all_of_it(workspace: Any) -> None:
    workspace.look_at((0.0, 2.0))
    workspace.set_axis("calendar")
    assert workspace.state.window is None
    workspace.back()
    assert (workspace.state.axis, workspace.state.window) == ("order", (0.0, 2.0))


def test_an_actor_stands_for_its_events(workspace: Any) -> None:
    workspace.select(picked("act-russia"))
    mask = np.zeros(25, bool)
    mask[workspace.table.actor_postings.of(workspace.table.actor_of["act-russia"])] = True
    assert set(np.flatnonzero(mask)) <= set(np.flatnonzero(workspace.selected))


def test_adding_joins_and_toggling_takes_out_again(workspace: Any) -> None:
    one, two = workspace.table.ids[0], workspace.table.ids[1]
    workspace.select(picked(one))
    workspace.select(picked(two), "add")
    assert workspace.selected_ids() == {one, two}
    workspace.select(picked(one), "toggle")
    assert workspace.selected_ids() == {two}
    workspace.select(picked(two), "toggle")
    assert workspace.state.selection == Nothing()


def test_toggling_an_event_of_a_picked_actor_takes_that_event_out(workspace: Any) -> None:
    workspace.select(picked("act-russia"))
    events = workspace.selected_ids()
    one = min(events)
    workspace.select(picked(one), "toggle")
    assert workspace.selected_ids() == events - {one}


def test_a_brush_selects_by_its_meaning(workspace: Any) -> None:
    workspace.select(Brushed(only("act-russia")))
    before = workspace.selected_ids()
    workspace.narrow(only("act-russia"))
    assert before == workspace.shown_ids()


def test_a_brush_may_name_words_of_the_text(workspace: Any) -> None:
    workspace.select(Brushed(Filter(text="airstrikes")))
    brushed = workspace.selected_ids()
    assert workspace.chosen_ids() >= brushed
    workspace.narrow(Filter(text="airstrikes"))
    assert brushed == workspace.shown_ids() != frozenset()


def test_a_relation_alone_can_be_in_focus(workspace: Any) -> None:
    ids = workspace.table.relations.ids[:2]
    workspace.select(picked(*ids))
    assert workspace.state.focus == min(ids)


def test_the_focus_is_the_picked_record_else_the_first_that_is_shown(workspace: Any) -> None:
    workspace.select(picked("act-russia"))
    assert workspace.state.focus == "act-russia"
    workspace.narrow(only("act-russia"))
    workspace.select(Picked(frozenset(workspace.table.ids)))
    assert workspace.state.focus in workspace.shown_ids()
    workspace.select(Nothing())
    assert workspace.state.focus is None


def test_text_is_searched_in_the_case(workspace: Any) -> None:
    workspace.narrow(Filter(text="airstrikes"))
    assert 0 < workspace.shown.count < 25


def test_only_what_the_report_says_leaves_out_values_never_records(workspace: Any) -> None:
    workspace.narrow(Filter(text_only=True))
    assert workspace.shown.count == 25
    assert workspace.text_only


def test_the_actor_panel_counts_the_window_only_when_it_follows(workspace: Any) -> None:
    workspace.look_at((0.0, 1.0))
    assert workspace.counted.sum() == 25
    workspace.set_follow(follow=True)
    assert 0 < workspace.counted.sum() < 25


def test_a_new_selection_ends_what_was_shown_of_a_value(workspace: Any) -> None:
    workspace.show_passages([Passage("doc-seed", 0, 4)])
    assert workspace.state.passages
    workspace.select(picked("act-russia"))
    assert workspace.state.passages == ()


def test_a_failed_opening_leaves_the_open_case_open(workspace: Any, tmp_path: Path, qtbot: Any) -> None:
    bad = tmp_path / "bad.case.json"
    bad.write_text('{"format": ', encoding="utf-8")
    before, case = workspace.state, workspace.case
    with qtbot.waitSignal(workspace.failed) as told:
        workspace.open(bad)
    assert isinstance(told.args[0], Exception)
    assert workspace.state == before
    assert workspace.case is case
    assert case.count("events") == 25


@pytest.mark.parametrize("name", ["missing.case.json", "."])
def test_what_is_no_file_fails_and_nothing_else(
    workspace: Any, tmp_path: Path, qtbot: Any, name: str
) -> None:
    with qtbot.waitSignal(workspace.failed):
        workspace.open(tmp_path / name)
    assert workspace.shown.count == 25


def test_closing_returns_to_nothing(workspace: Any, qtbot: Any) -> None:
    with qtbot.waitSignal(workspace.opened):
        workspace.close_case()
    assert workspace.state == State()
    assert workspace.case is None
    assert workspace.shown is None
    assert workspace.shown_ids() == frozenset()


def test_opening_another_case_forgets_the_steps_of_the_first(workspace: Any) -> None:
    workspace.narrow(only("act-russia"))
    workspace.open("sample")
    assert not workspace.can_go_back
    assert workspace.state.filter == Filter()
