"""Cases that are in no file of the user's: kept while they are worth it, found again after a crash, saved or discarded."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from explorer.casefile import temporary
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.adding import Confirmed, add_document
from explorer.edit.values import set_field
from explorer.workspace.hub import Workspace
from explorer.workspace.recovery import Recovery, worth_keeping

TEXT = "Rebels took Hama. The army left on Thursday."


@pytest.fixture
def workspace(qtbot: Any, tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace()
    made.recovery = Recovery(made, tmp_path / "unsaved")
    yield made
    made.shut_down()
    made.deleteLater()
    temporary.last_in(None)


def add(workspace: Workspace, text: str = TEXT) -> None:
    assert workspace.case is not None
    assert workspace.commit(add_document(workspace.case, Confirmed(text, text[:20]))) is not None


def edit(workspace: Workspace) -> None:
    case = workspace.case
    assert case is not None
    assert workspace.commit(set_field(case, "evt-airstrikes", "status", "disputed")) is not None


def files(workspace: Workspace) -> list[Path]:
    return sorted(path for path in workspace.recovery.root.rglob("*") if path.is_file())


def test_a_new_case_lies_in_the_lasting_folder_from_its_first_moment(workspace: Workspace) -> None:
    workspace.recovery.new_case("Hama, December 2024")
    case = workspace.case
    assert case is not None
    assert case.title == "Hama, December 2024"
    assert case.path.is_relative_to(workspace.recovery.root)
    assert temporary.lasts(case.path)
    assert case.path.parent.stat().st_mode & 0o077 == 0


def test_a_case_that_holds_something_is_kept_when_it_is_closed_and_opens_again_with_its_history(
    workspace: Workspace, qtbot: Any
) -> None:
    workspace.recovery.new_case("Hama")
    add(workspace)
    with qtbot.waitSignal(workspace.recovery.kept) as kept:
        workspace.close_case()
    assert kept.args == ["Hama"]
    (one,) = workspace.recovery.unsaved()
    assert (one.title, one.documents) == ("Hama", 1)
    workspace.recovery.open(one.path)
    assert workspace.case is not None
    assert [step.name for step in workspace.case.history()] == ["add ‘Rebels took Hama. Th’"]
    assert not workspace.recovery.unsaved()  # it is open
    assert workspace.undo() is not None
    assert workspace.case.count("documents") == 0


def test_an_empty_new_case_leaves_nothing_behind(workspace: Workspace) -> None:
    workspace.recovery.new_case("Nothing yet")
    workspace.close_case()
    assert not workspace.recovery.unsaved()
    assert not [path for path in files(workspace) if path.suffix == ".dateline"]


def test_the_sample_is_kept_once_it_is_edited_and_not_before(workspace: Workspace) -> None:
    workspace.open("sample")
    workspace.close_case()
    assert not workspace.recovery.unsaved()
    workspace.open("sample")
    edit(workspace)
    workspace.open("sample")  # another case in its place
    (one,) = workspace.recovery.unsaved()
    assert one.documents == 1


def test_an_edit_that_was_undone_is_not_worth_keeping(workspace: Workspace) -> None:
    workspace.open("sample")
    edit(workspace)
    workspace.undo()
    assert workspace.case is not None
    assert not worth_keeping(workspace.case)


def test_an_edited_json_case_is_kept_whole(workspace: Workspace, sample_path: Path) -> None:
    workspace.open(sample_path)
    edit(workspace)
    assert workspace.case is not None
    whole = "".join(workspace.case.to_json())
    workspace.close_case()
    workspace.recovery.open(workspace.recovery.unsaved()[0].path)
    assert "".join(workspace.case.to_json()) == whole


def test_saved_as_a_file_it_is_unsaved_no_more_and_looked_at_as_before(
    workspace: Workspace, tmp_path: Path
) -> None:
    from explorer.query.selection import Picked

    workspace.open("sample")
    edit(workspace)
    workspace.select(Picked(frozenset({"evt-airstrikes"})))
    workspace.set_lanes("place")
    target = tmp_path / "mine.dateline"
    workspace.recovery.save_as(target)
    assert workspace.case is not None
    assert workspace.case.path == target
    assert not workspace.case.temporary
    assert workspace.case.can_undo
    assert workspace.state.selection == Picked(frozenset({"evt-airstrikes"}))
    assert workspace.state.lanes == "place"
    assert not workspace.recovery.unsaved()
    add(workspace)
    workspace.close_case()
    with CaseFile.open(target) as case:
        assert case.count("documents") == 2


def test_where_saving_fails_the_case_stays_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    workspace.recovery.new_case("Hama")
    add(workspace)
    with pytest.raises((CaseFileError, OSError)):
        workspace.recovery.save_as(tmp_path / "no such folder" / "x.dateline")
    workspace.close_case()
    assert len(workspace.recovery.unsaved()) == 1


def test_given_up_or_discarded_it_is_gone(workspace: Workspace) -> None:
    workspace.recovery.new_case("Hama")
    add(workspace)
    assert workspace.case is not None
    workspace.recovery.give_up(workspace.case)
    workspace.close_case()
    assert not workspace.recovery.unsaved()
    workspace.recovery.new_case("Homs")
    add(workspace)
    workspace.close_case()
    workspace.recovery.discard(workspace.recovery.unsaved()[0].path)
    assert not workspace.recovery.unsaved()


def test_two_kept_at_one_moment_both_stay(workspace: Workspace) -> None:
    for title in ("One", "Two", "Three"):
        workspace.recovery.new_case(title)
        add(workspace)
        workspace.close_case()
    assert {one.title for one in workspace.recovery.unsaved()} == {"One", "Two", "Three"}


def test_a_kept_file_that_is_damaged_is_told_and_stays(workspace: Workspace) -> None:
    workspace.recovery.root.mkdir(parents=True)
    path = workspace.recovery.root / "20260101-000000.dateline"
    path.write_bytes(b"no case at all")
    (one,) = workspace.recovery.unsaved()
    assert one.documents is None
    with pytest.raises(CaseFileError):
        workspace.recovery.open(path)
    assert path.read_bytes() == b"no case at all"


def test_where_the_folder_cannot_be_written_there_is_a_case_all_the_same(qtbot: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    workspace = Workspace()
    workspace.recovery = Recovery(workspace, tmp_path / "file" / "unsaved")
    workspace.recovery.new_case("Hama")
    assert workspace.case is not None
    assert not temporary.lasts(workspace.case.path)
    workspace.shut_down()
    workspace.deleteLater()


VICTIM = """
import sys, json
from pathlib import Path
from PySide6.QtCore import QCoreApplication
app = QCoreApplication([])
from explorer.workspace.hub import Workspace
from explorer.workspace.recovery import Recovery
from explorer.edit.adding import Confirmed, add_document
from explorer.edit.values import set_field
workspace = Workspace()
workspace.recovery = Recovery(workspace, Path(sys.argv[1]))
if sys.argv[2] == "new":
    workspace.recovery.new_case("Hama")
    workspace.commit(add_document(workspace.case, Confirmed("First report.", "First")))
    workspace.commit(add_document(workspace.case, Confirmed("Second report.", "Second")))
else:
    workspace.open("sample")
    if sys.argv[2] == "edited":
        workspace.commit(set_field(workspace.case, "evt-airstrikes", "status", "disputed"))
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(("what", "left"), [("new", 1), ("edited", 1), ("looked at", 0)])
def test_after_a_kill_all_that_was_acknowledged_is_offered(
    workspace: Workspace, what: str, left: int
) -> None:
    command = [sys.executable, "-c", VICTIM, str(workspace.recovery.root), what]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline().strip() == b"ready"
        assert not Recovery(workspace, workspace.recovery.root).unsaved()  # a living window has it
        victim.send_signal(signal.SIGKILL)
        victim.wait()
    unsaved = workspace.recovery.unsaved()
    assert len(unsaved) == left
    assert not list(workspace.recovery.root.glob(f"{temporary.PREFIX}*"))
    if left:
        workspace.recovery.open(unsaved[0].path)
        assert workspace.case is not None
        said = json.loads("".join(workspace.case.to_json()))
        if what == "new":
            assert [one["title"] for one in said["documents"]] == ["First", "Second"]
        else:
            assert (
                next(one for one in said["events"] if one["id"] == "evt-airstrikes")["status"] == "disputed"
            )
