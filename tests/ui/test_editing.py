"""Editing in the window: status and details of records, Undo and Redo by name, the history, what the status bar says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from explorer.casefile.store import CaseFile
from explorer.edit.values import set_field
from explorer.query.filters import Choice, Filter
from explorer.query.selection import Picked
from explorer.ui.details_dialog import DetailsDialog
from explorer.ui.history_dialog import HistoryDialog

STRIKES = "evt-airstrikes"


def picked(*ids: str) -> Picked:
    return Picked(frozenset(ids))


@pytest.fixture
def saved(window: Any, make_window: Any, tmp_path: Path) -> Any:
    path = tmp_path / "a case.dateline"
    window.workspace.case.save_copy(path)
    return make_window(path)


def test_a_status_is_set_by_one_key_saved_and_undone_by_name(saved: Any) -> None:
    table, workspace = saved.actions_table, saved.workspace
    workspace.select(picked(STRIKES))
    assert not table["undo"].isEnabled()
    table["status_checked"].trigger()
    assert workspace.case.record(STRIKES).status == "checked"
    assert saved.status.saved.text() == "Saved"
    assert "Saved: set the status of" in saved.status.currentMessage()
    assert table["undo"].isEnabled()
    assert "set the status of" in table["undo"].text()
    assert workspace.state.selection == picked(STRIKES)
    table["undo"].trigger()
    assert workspace.case.record(STRIKES).status == "unreviewed"
    assert table["undo"].text() == "&Undo"
    assert "set the status of" in table["redo"].text()
    table["redo"].trigger()
    assert workspace.case.record(STRIKES).status == "checked"


def test_an_edit_shows_in_the_views_at_once(saved: Any) -> None:
    workspace = saved.workspace
    workspace.select(picked(STRIKES))
    workspace.commit(set_field(workspace.case, STRIKES, "status", "disputed"))
    workspace.narrow(Filter(status=Choice(include=("disputed",))))
    assert workspace.shown_ids() == {STRIKES}
    saved.actions_table["undo"].trigger()
    assert workspace.shown_ids() == frozenset()


def test_the_details_of_one_event_are_one_step(window: Any) -> None:
    workspace = window.workspace
    workspace.select(picked(STRIKES))
    window.actions_table["details"].trigger()
    form = window.findChild(DetailsDialog)
    form.title.setText("Strikes & more")
    form.tags.setText("seen, to check , seen")
    form.note.setPlainText("so it says")
    form.accept()
    event = workspace.case.record(STRIKES)
    assert (event.title, event.tags, event.note) == ("Strikes & more", ("seen", "to check"), "so it says")
    assert len(workspace.case.history()) == 1
    assert "&&" in window.actions_table["undo"].text() or "airstrikes" in window.actions_table["undo"].text()


def test_what_cannot_be_is_said_in_the_form_and_nothing_is_written(window: Any) -> None:
    workspace = window.workspace
    workspace.select(picked(STRIKES))
    window.actions_table["details"].trigger()
    form = window.findChild(DetailsDialog)
    form.title.setText("  ")
    form.accept()
    assert form.isVisible()
    assert "at least one character" in form.problem.text()
    assert workspace.case.history() == ()
    form.reject()


def test_the_details_of_many_leave_alone_what_is_not_filled_in(window: Any) -> None:
    workspace = window.workspace
    ids = [event.id for event in workspace.case.all("events")]
    titles = [event.title for event in workspace.case.all("events")]
    workspace.commit(set_field(workspace.case, ids[:3], "tags", ["old"]))
    workspace.select(Picked(frozenset(ids)))
    window.actions_table["details"].trigger()
    form = window.findChild(DetailsDialog)
    assert not form.title.isVisible()
    form.tags.setText("new")
    form.accept()
    events = list(workspace.case.all("events"))
    assert [event.title for event in events] == titles
    assert all(event.tags == (("old", "new") if event.id in ids[:3] else ("new",)) for event in events)
    assert workspace.case.history()[-1].name == f"set the tags of {len(ids)} events"


def test_an_untouched_form_is_no_step(window: Any) -> None:
    window.workspace.select(picked(STRIKES))
    window.actions_table["details"].trigger()
    window.findChild(DetailsDialog).accept()
    assert window.workspace.case.history() == ()


def test_the_history_goes_to_any_step_and_marks_the_present_one(window: Any) -> None:
    workspace = window.workspace
    for status in ("checked", "disputed", "unreviewed"):
        workspace.commit(set_field(workspace.case, STRIKES, "status", status))
    window.actions_table["history"].trigger()
    dialog = window.findChild(HistoryDialog)
    assert dialog.model.rowCount() == 4
    assert dialog.model.now == 3
    dialog.go_to(dialog.model.index(1))
    assert workspace.case.record(STRIKES).status == "checked"
    assert dialog.model.now == 1
    assert "(now)" in dialog.model.data(dialog.model.index(1))
    assert "(undone)" in dialog.model.data(dialog.model.index(3))
    dialog.go_to(dialog.model.index(0))
    assert workspace.case.record(STRIKES).status == "unreviewed"
    workspace.redo()
    assert dialog.model.now == 1
    dialog.close()


def test_a_temporary_case_says_that_its_edits_are_not_saved(window: Any) -> None:
    assert window.status.saved.text() == "Sample case"
    window.workspace.commit(set_field(window.workspace.case, STRIKES, "status", "checked"))
    assert "not saved" in window.status.saved.text()


def test_a_case_open_for_reading_only_is_not_edited_and_says_why(saved: Any) -> None:
    saved.workspace.case.freeze("Only for reading.")
    saved.workspace.select(picked(STRIKES))
    saved.actions_table["status_checked"].trigger()
    assert "reading only" in saved.status.currentMessage()
    assert saved.workspace.case.record(STRIKES).status == "unreviewed"


def test_a_scrolled_view_stays_where_it_is_after_an_edit(saved: Any) -> None:
    saved.timeline.scroll_to(120.0)
    before = saved.timeline.offset
    assert before > 0
    saved.workspace.commit(set_field(saved.workspace.case, STRIKES, "status", "checked"))
    assert saved.timeline.offset == before


@pytest.mark.parametrize(("kind", "kept"), [("Dateline case (*.dateline)", 0), ("", 0), ("its history", 1)])
def test_a_saved_copy_has_the_history_only_where_that_is_chosen(
    kind: str, kept: int, window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(_parent: Any, _title: str, _folder: str, kinds: str) -> tuple[str, str]:
        return str(tmp_path / "copy"), next((each for each in kinds.split(";;") if kind and kind in each), "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    window.workspace.commit(set_field(window.workspace.case, STRIKES, "status", "checked"))
    window.actions_table["save_copy"].trigger()
    with CaseFile.open(tmp_path / "copy.dateline") as copy:
        assert len(copy.history()) == kept
