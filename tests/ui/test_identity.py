"""Who is who, in the window: reports compared and joined, records merged and parted, one value or many amended."""

from __future__ import annotations

from typing import Any

import pytest
from strikes import A, B, C, add_reports

from explorer.casefile.errors import CaseFileError
from explorer.edit import sameevent
from explorer.edit.amending import amend, set_number, take_out, value_at
from explorer.query.card import card
from explorer.query.filters import Choice, Filter
from explorer.query.sameness import proposals
from explorer.query.selection import Picked
from explorer.ui.compare_dialog import CompareDialog
from explorer.ui.details_dialog import DetailsDialog
from explorer.ui.identity_dialogs import GroupDialog, MergeDialog, PartDialog
from explorer.ui.value_menu import ValueMenu


@pytest.fixture
def reports(window: Any) -> Any:
    add_reports(window.workspace.case)
    window.workspace.refresh()
    return window


def whole(window: Any) -> str:
    return "".join(window.workspace.case.to_json())


def test_reports_that_disagree_are_compared_joined_told_and_parted_again(reports: Any, qtbot: Any) -> None:
    workspace, case = reports.workspace, reports.workspace.case
    before, total = whole(reports), len(workspace.table)
    about = CompareDialog(workspace, reports, about=A)
    assert {frozenset((A, B)), frozenset((A, C))} <= {frozenset(pair) for pair in about._pairs}
    about.reject()
    dialog = CompareDialog(workspace, reports, pairs=[(A, B), (B, C)])
    dialog.show()
    assert "They differ: Killed." in dialog.summary.text()
    assert [link.text() for link in dialog.grid.links()][1].startswith("“A war monitor said that 31")
    dialog.grid.links()[1].clicked.emit(dialog.grid.links()[1].spans)
    assert case.source(workspace.state.passages[0].document).text.startswith("A war monitor")
    dialog.note.setText("Same town, same day.")
    dialog.join_button.click()
    dialog.join_button.click()
    assert len(workspace.table) == total - 2
    row = workspace.table.row_of[A]
    assert (int(workspace.table.source_count[row]), int(workspace.table.sources[row])) == (3, 2)
    (sources,) = [row for row in card(case, workspace.table, A).rows if row.leads == "compare"]
    assert sources.value == "3 · 3 passages · they differ"
    for gone in (C, B):
        workspace.commit(sameevent.part(case, gone))
    assert len(workspace.table) == total
    for _ in range(4):
        workspace.undo()
    assert whole(reports) == before


def test_what_is_kept_apart_is_proposed_no_more_and_what_is_skipped_comes_last(reports: Any) -> None:
    dialog = CompareDialog(reports.workspace, reports)
    first = dialog.pair
    count = len(dialog._pairs)
    dialog.skip_button.click()
    assert dialog.pair != first
    dialog.apart_button.click()
    assert len(dialog._pairs) == count - 1
    assert dialog._pairs[-1] == first


def test_a_merged_actor_leaves_the_facets_and_a_filter_by_it_follows(window: Any) -> None:
    workspace = window.workspace
    workspace.narrow(Filter(actors=Choice(include=("act-iran",))))
    gone = set(workspace.shown_ids())
    dialog = MergeDialog(workspace, "act-russia", "act-iran", window)
    assert "counts for “Russia”" in dialog.effect.text().replace("\u2068", "").replace("\u2069", "")
    dialog.accept()
    assert workspace.state.filter.actors.include == ("act-russia",)
    assert gone <= set(workspace.shown_ids())
    assert "act-iran" not in workspace.shown.facets["actors"].values
    assert [hit.id for hit in workspace.case.search("Iran") if hit.kind == "actor"][:1] == ["act-russia"]
    parts = PartDialog(workspace, "act-russia", window)
    parts.parts[0].click()
    assert "act-iran" in workspace.shown.facets["actors"].values
    assert not parts.parts


def test_a_merge_without_another_and_a_group_without_words_say_what_is_missing(window: Any) -> None:
    merge = MergeDialog(window.workspace, "act-russia", None, window)
    merge.accept()
    assert merge.problem.text()
    group = GroupDialog(window.workspace, "act-russia", window.source.text, window)
    group.picker.set_chosen("act-iran")
    group.words.marked = ()
    group.accept()
    assert "Select the words" in group.problem.text()


def test_every_command_of_who_is_who_opens_for_an_actor(window: Any, qtbot: Any) -> None:
    window.workspace.select(Picked(frozenset({"act-russia"})), focus="act-russia")
    for name in ("merge", "part", "rename", "other_names", "group", "remove"):
        window.actions_table[name].trigger()
    assert window.identity.asked.informativeText().startswith("Removed: 1 actor")
    window.identity.asked.reject()


def test_a_role_a_number_and_a_basis_are_changed_from_the_card(window: Any) -> None:
    workspace = window.workspace
    case = workspace.case
    event = next(e for e in case.all("events") if e.participants and e.quantities)
    menu = ValueMenu(window)
    offered = menu.menu(event.id, "participants[0]")
    assert offered is not None
    texts = [action.text() for action in offered.actions()]
    assert any("Role" in text for text in texts)
    workspace.commit(amend(case, event.id, "participants[0]", {"role": "affected"}))
    assert value_at(case, event.id, "participants[0].role") == "affected"
    workspace.commit(set_number(case, event.id, "quantities[0]", "25 to 31"))
    assert value_at(case, event.id, "quantities[0].high") == 31
    with pytest.raises(CaseFileError, match="31, at least 25"):
        set_number(case, event.id, "quantities[0]", "many")
    with pytest.raises(CaseFileError):
        take_out(case, event.id, "quantities[9]")


def test_a_hundred_events_are_edited_in_one_step(make_window: Any, case_file_of: Any, tmp_path: Any) -> None:
    from builders import random_case

    case = case_file_of(random_case(3, events=100))
    path = tmp_path / "many.dateline"
    case.save_copy(path)
    window = make_window(path)
    workspace = window.workspace
    before, ids = whole(window), sorted(map(str, workspace.table.ids))
    dialog = DetailsDialog(workspace, ids, window)
    dialog.status.setCurrentIndex(dialog.status.findData("checked"))
    dialog.kind.setCurrentIndex(dialog.kind.findData("ASSAULT/aerial"))
    dialog.tags.setText("bulk")
    dialog.part.actor.set_chosen(workspace.table.actors.ids[0])
    dialog.part.why.setText("All reports name them.")
    dialog.accept()
    events = list(workspace.case.all("events"))
    assert len(events) == 100
    assert all(e.status == "checked" and e.type == "ASSAULT" and "bulk" in e.tags for e in events)
    assert all(any(p.actor == workspace.table.actors.ids[0] for p in e.participants) for e in events)
    workspace.undo()
    assert whole(window) == before


def test_a_headline_a_status_and_tags_are_typed_into_the_table(window: Any) -> None:
    workspace = window.workspace
    workspace.set_tab("events")
    model = window.actors.views["events"].model
    event = model.event_id(0)
    for key, typed in (("headline", "A new headline"), ("status", "disputed"), ("tags", "one, two")):
        row = next(n for n in range(model.rowCount()) if model.event_id(n) == event)
        assert model.setData(model.index(row, model.keys.index(key)), typed)
    record = workspace.case.record(event)
    assert (record.title, record.status, record.tags) == ("A new headline", "disputed", ("one", "two"))


def test_the_badge_counts_what_may_be_the_same(reports: Any, qtbot: Any) -> None:
    reports.same.seek()
    qtbot.waitUntil(lambda: reports.same.isVisibleTo(reports), timeout=5000)
    assert reports.same.text() == f"May be the same: {len(proposals(reports.workspace.table))}"
