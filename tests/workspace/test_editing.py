"""Edits through the workspace: one change for all views, a selection that survives, a filter without what is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from explorer.casefile.store import CaseFile
from explorer.edit import records
from explorer.edit.values import set_field
from explorer.query.filters import Choice, Filter
from explorer.query.selection import Nothing, Picked
from explorer.workspace.hub import Workspace

STRIKES, OTHER = "evt-airstrikes", "evt-resurgence"


@pytest.fixture
def heard(workspace: Any) -> dict[str, list[Any]]:
    signals = ("changed", "edited", "told", "refused")
    found: dict[str, list[Any]] = {name: [] for name in signals}
    for name in signals:
        getattr(workspace, name).connect(found[name].append)
    return found


def test_a_commit_is_one_change_and_one_step(workspace: Any, heard: dict[str, list[Any]]) -> None:
    step = workspace.commit(set_field(workspace.case, STRIKES, "status", "checked"))
    assert [each.number for each in heard["edited"]] == [step.number]
    assert len(heard["changed"]) == 1
    assert heard["changed"][0].of("case")
    assert not heard["changed"][0].reopened
    assert workspace.state.case == (str(workspace.case.path), workspace.case.version)
    row = workspace.table.row_of[STRIKES]
    assert workspace.table.status[row] == 1
    assert workspace.undo().number == step.number
    assert workspace.table.status[row] == 0
    assert workspace.undo() is None
    assert workspace.redo().number == step.number
    assert workspace.redo() is None
    assert len(workspace.go_to(0)) == 1


def test_an_edit_that_is_refused_changes_nothing_and_says_why(
    workspace: Any, heard: dict[str, list[Any]]
) -> None:
    from explorer.casefile.changes import Edit

    before = workspace.case.version
    assert workspace.commit(Edit("remove", (), (("actors", "act-russia"),))) is None
    assert workspace.commit(set_field(workspace.case, STRIKES, "status", "unreviewed")) is None
    assert len(heard["refused"]) == 1
    assert heard["refused"][0].problems
    assert not heard["changed"]
    assert workspace.case.version == before


def test_a_selection_survives_an_edit_but_for_what_is_gone(workspace: Any) -> None:
    workspace.select(Picked(frozenset({STRIKES, OTHER, "act-russia"})), focus=STRIKES)
    workspace.commit(set_field(workspace.case, STRIKES, "note", "x"))
    assert workspace.state.selection == Picked(frozenset({STRIKES, OTHER, "act-russia"}))
    assert workspace.state.focus == STRIKES
    workspace.commit(records.remove(workspace.case, STRIKES))
    assert workspace.state.selection == Picked(frozenset({OTHER, "act-russia"}))
    assert workspace.state.focus in {OTHER, "act-russia"}
    workspace.commit(records.remove(workspace.case, [OTHER, "act-russia"]))
    assert workspace.state.selection == Nothing()
    assert workspace.state.focus is None


def test_a_filter_that_names_what_is_gone_is_cleaned_and_told_also_on_the_way_back(
    workspace: Any, heard: dict[str, list[Any]]
) -> None:
    workspace.narrow(Filter(actors=Choice(include=("act-russia", "act-iran"))))
    workspace.narrow(Filter(actors=Choice(include=("act-russia",))))
    workspace.commit(records.remove(workspace.case, "act-russia"))
    assert workspace.state.filter.actors == Choice()
    assert "Russia" in heard["told"][0]
    workspace.back()
    assert workspace.state.filter.actors == Choice(include=("act-iran",))
    assert workspace.shown.count >= 0


def test_a_case_that_another_program_has_changed_is_read_again_before_it_is_edited(
    empty: Any, workspace: Any, tmp_path: Path
) -> None:
    path = tmp_path / "x.dateline"
    workspace.case.save_copy(path)
    empty.open(path)
    refused: list[Any] = []
    empty.refused.connect(refused.append)
    with CaseFile.open(path) as other:
        other.commit(set_field(other, STRIKES, "title", "By another"))
    edit = set_field(empty.case, STRIKES, "status", "checked")
    assert empty.commit(edit) is None
    assert "Another program has changed" in str(refused[0])
    assert empty.commit(edit) is not None


def test_a_second_window_on_a_case_reads_only_and_the_same_window_may_open_it_again(
    empty: Any, workspace: Any, tmp_path: Path
) -> None:
    path = tmp_path / "x.dateline"
    workspace.case.save_copy(path)
    empty.open(path)
    empty.open(path)
    assert not empty.case.read_only
    second = Workspace()
    second.open(path)
    assert second.case.read_only
    assert "open for reading only" in second.case.messages[0]
    second.shut_down()
    assert empty.commit(set_field(empty.case, STRIKES, "status", "checked")) is not None
