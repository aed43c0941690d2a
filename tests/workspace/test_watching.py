"""A window notices what other programs do to its case, says what to do, and loses nothing by it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.values import set_field
from explorer.workspace.hub import Workspace

STRIKES = "evt-airstrikes"


@pytest.fixture
def path(sample_file: Any, tmp_path: Path) -> Path:
    path = tmp_path / "x.dateline"
    sample_file.save_copy(path)
    return path


@pytest.fixture
def first(empty: Any, path: Path) -> Any:
    empty.open(path)
    return empty


@pytest.fixture
def heard(first: Any) -> list[str]:
    words: list[str] = []
    first.told.connect(words.append)
    return words


@pytest.fixture
def second(first: Any, path: Path) -> Iterator[Any]:
    workspace = Workspace()
    workspace.open(path)
    yield workspace
    workspace.shut_down()


def title(case: CaseFile) -> str:
    return str(case.record(STRIKES).title)


def retitled(workspace: Any, words: str) -> Any:
    return workspace.commit(set_field(workspace.case, STRIKES, "title", words))


def test_a_second_window_may_edit_once_the_first_is_closed(first: Any, second: Any) -> None:
    assert second.case.read_only
    assert "another Dateline window edits this case" in second.case.messages[0]
    assert not second.watching.try_again()
    assert second.case.read_only
    retitled(first, "By the first")
    first.close_case()
    assert second.watching.try_again()
    assert not second.case.read_only
    assert second.case.messages == ()
    assert second.case.hindrance is None
    assert title(second.case) == "By the first"
    assert retitled(second, "By the second") is not None
    assert second.undo() is not None


def test_a_second_window_follows_what_the_first_edits(first: Any, second: Any, qtbot: Any) -> None:
    with qtbot.waitSignal(second.changed, timeout=5_000):
        retitled(first, "By the first")
    assert title(second.case) == "By the first"
    assert second.state.case[1] == second.case.version
    assert [step.name for step in second.case.history()] == [first.case.undo_step.name]


def test_an_edit_of_another_program_is_seen_without_an_edit_here(
    first: Any, heard: list[str], path: Path, qtbot: Any
) -> None:
    before = first.table
    with qtbot.waitSignal(first.changed, timeout=5_000), CaseFile.open(path) as other:
        other.commit(set_field(other, STRIKES, "status", "checked"))
    assert first.table is not before
    assert "Another program has changed this case" in heard[-1]
    assert first.undo() is not None  # it is a step like any other


def gone(path: Path) -> None:
    path.rename(path.with_name("moved.dateline"))


def replaced(path: Path) -> None:
    other = path.with_name("other.dateline")
    shutil.copyfile(path, other)
    other.replace(path)


def damaged(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(os.urandom(size))


def overwritten(path: Path) -> None:
    """Another case is written over this one, into the same file."""
    other = path.with_name("other.dateline")
    with CaseFile.open(path) as case:
        case.save_copy(other)
    with CaseFile.open(other) as case:
        case.commit(Edit("another", (case.header().model_copy(update={"id": "case-other"}),)))
    path.write_bytes(other.read_bytes())


@pytest.mark.parametrize(
    ("happening", "hindrance", "words"),
    [
        (gone, "gone", "no longer there"),
        (replaced, "replaced", "Another file has taken the place"),
        (damaged, "damaged", "was damaged while it was open"),
        (overwritten, "replaced", "Another file has taken the place"),
    ],
)
def test_a_file_that_is_not_what_it_was_ends_editing_and_is_told(
    happening: Callable[[Path], None], hindrance: str, words: str, first: Any, path: Path, qtbot: Any
) -> None:
    refused: list[Any] = []
    first.refused.connect(refused.append)
    happening(path)
    with qtbot.waitSignal(first.watching.changed, timeout=5_000):
        pass
    assert first.case.hindrance == hindrance
    assert words in first.case.messages[0]
    if hindrance != "damaged":
        retitled(first, "never")
        assert "reading only" in str(refused[0])


def test_nothing_is_written_to_a_file_that_has_gone_even_before_that_was_noticed(
    first: Any, path: Path, tmp_path: Path
) -> None:
    retitled(first, "Kept")
    gone(path)
    with pytest.raises(CaseFileError, match="no longer the file that was opened"):
        first.case.commit(set_field(first.case, STRIKES, "title", "Lost"))
    first.case.save_copy(tmp_path / "copy.dateline")
    with CaseFile.open(tmp_path / "copy.dateline") as copy:
        assert title(copy) == "Kept"


def test_a_file_that_comes_back_may_be_edited_again(first: Any, path: Path) -> None:
    gone(path)
    first.watching.look()
    assert first.case.read_only
    path.with_name("moved.dateline").rename(path)
    first.watching.look()
    assert first.case.messages == ()
    assert retitled(first, "Back") is not None


def test_the_log_of_a_file_in_its_place_is_left_alone(first: Any, path: Path) -> None:
    retitled(first, "Old")
    replaced(path)
    with CaseFile.open(path) as other:
        other.commit(set_field(other, STRIKES, "title", "New"))
        first.close_case()
        other.commit(set_field(other, STRIKES, "note", "after"))
    with CaseFile.open(path) as again:
        assert (title(again), again.record(STRIKES).note) == ("New", "after")
        assert not list(again.damage())


def test_a_folder_that_knows_no_locks_is_told(
    empty: Any, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")

    def none(*_: Any) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    empty.open(path)
    assert not empty.case.read_only
    assert "make sure that nobody else edits it" in empty.case.messages[0]
    assert retitled(empty, "x") is not None
