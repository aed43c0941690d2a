"""A full disk is told in words, and nothing that was saved or lay there before is lost: whatever is written."""

from __future__ import annotations

import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.drafts import ClaimDraft, EventDraft, Founded
from explorer.edit.keeping import Kept
from explorer.edit.values import set_field
from explorer.export.devices import ExportError, write_bytes
from explorer.intake.importing import import_files
from explorer.intake.reporting import ProblemsFound, check_case
from explorer.ui.coding_drafts import Drafts
from explorer.workspace.files import save_case, save_json
from explorer.workspace.hub import Workspace

DATA = Path(__file__).resolve().parents[1] / "data"
STRIKES = "evt-airstrikes"
FULL = r"[Dd]isk.* is full"


@pytest.fixture
def little_room() -> Iterator[Callable[[int], None]]:
    """Return what makes the disk full: no file of this process may grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))

    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def path(sample_file: Any, tmp_path: Path) -> Path:
    path = tmp_path / "a case.dateline"
    sample_file.save_copy(path)
    return path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    try:
        made = subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        made = False
    if not made:
        pytest.skip("only root can make a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def text_of(case: CaseFile) -> str:
    return "".join(case.to_json())


def beside(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()}


def save_figure(case: CaseFile, target: Path) -> None:
    write_bytes(target, case.path.read_bytes())


@pytest.mark.parametrize("save", [save_case, save_json, save_figure])
def test_a_copy_json_or_figure_that_finds_no_room_leaves_what_was_there(
    save: Callable[[CaseFile, Path], None], path: Path, little_room: Callable[[int], None]
) -> None:
    target = path.with_name("target")
    target.write_bytes(b"what was there")
    with CaseFile.open(path) as case:
        before = beside(path)
        for room in (0, 5_000, 90_000):
            little_room(room)
            with pytest.raises((CaseFileError, ExportError, OSError), match=FULL):
                save(case, target)
            little_room(resource.RLIM_INFINITY)
            assert target.read_bytes() == b"what was there"
            assert beside(path) == before
        save(case, target)
        assert target.stat().st_size > 90_000


def test_an_import_that_finds_no_room_leaves_the_case_as_it_was(
    path: Path, little_room: Callable[[int], None]
) -> None:
    with CaseFile.open(path) as case:
        before, version = text_of(case), case.version
    for room in (1_000, path.stat().st_size + 8_192):
        little_room(room)
        with pytest.raises((ProblemsFound, CaseFileError), match="full") as raised:
            import_files([DATA / "ucdp_ged_excerpt.csv"], path)
        with pytest.raises((ProblemsFound, CaseFileError, OSError)):
            import_files([DATA / "ucdp_ged_excerpt.csv"], path.with_name("new.dateline"))
        little_room(resource.RLIM_INFINITY)
        assert not path.with_name("new.dateline").exists()
        with CaseFile.open(path) as case:
            if "All is saved" not in str(raised.value):
                assert (text_of(case), case.version) == (before, version)
            assert not check_case(case).problems
    assert beside(path) == {path.name}


def test_a_draft_that_finds_no_room_leaves_the_draft_before(
    tmp_path: Path, settings: Any, little_room: Callable[[int], None]
) -> None:
    drafts = Drafts(settings)
    first = Kept("one", "doc-seed", EventDraft("First", (ClaimDraft(Founded()),)))
    drafts.keep("case", first)
    little_room(100)
    with pytest.raises(OSError, match="large"):
        drafts.keep("case", Kept("one", "doc-seed", EventDraft("x" * 9_000, (ClaimDraft(Founded()),))))
    little_room(resource.RLIM_INFINITY)
    assert drafts.of("case") == [first]


@pytest.fixture
def settings(tmp_path: Path) -> Any:
    from PySide6.QtCore import QSettings

    from explorer.ui.settings import Settings

    return Settings(QSettings(str(tmp_path / "dateline.ini"), QSettings.Format.IniFormat))


def full(folder: Path) -> Path:
    """Fill a disk to its last byte; return the file that does."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 512, 1):
            while True:
                try:
                    if not file.write(bytes(size)):
                        break
                except OSError:
                    break
    return ballast


def edited_until_full(case: CaseFile) -> int:
    for number in range(1, 10_000):
        try:
            case.commit(set_field(case, STRIKES, "note", f"{number}" * 4_000))
        except CaseFileError as error:
            assert "full" in str(error)  # noqa: PT017
            return number - 1
    raise AssertionError("the disk is not small")


def test_a_disk_that_is_full_at_the_end_keeps_all_that_was_saved_and_says_where(
    path: Path, small_disk: Path
) -> None:
    there = small_disk / path.name
    shutil.copyfile(path, there)
    (small_disk / "room").write_bytes(bytes(900_000))
    case = CaseFile.open(there)
    saved = edited_until_full(case)
    ballast = full(small_disk)
    assert saved > 2
    with pytest.raises(CaseFileError, match=r"All is saved, but the disk is full.*Keep the two together"):
        case.close()
    with CaseFile.open(there, read_only=True) as reading:
        assert len(reading.history()) == saved
    ballast.unlink()
    (small_disk / "room").unlink()
    with CaseFile.open(there) as again:
        assert len(again.history()) == saved
        assert again.record(STRIKES).note == f"{saved}" * 4_000
        assert not check_case(again).problems


def test_a_window_on_a_full_disk_refuses_the_edit_and_goes_on(
    qapp: Any, path: Path, small_disk: Path
) -> None:
    there = small_disk / path.name
    shutil.copyfile(path, there)
    workspace, refused, told = Workspace(), [], []
    workspace.refused.connect(refused.append)
    workspace.told.connect(told.append)
    workspace.open(there)
    workspace.commit(set_field(workspace.case, STRIKES, "title", "Saved"))
    ballast = full(small_disk)
    while not refused:
        workspace.commit(
            set_field(
                workspace.case, STRIKES, "note", f"{len(told)}" + workspace.case.record(STRIKES).title * 900
            )
        )
        workspace.undo()
    assert "full" in str(refused[0])
    assert workspace.case.record(STRIKES).title == "Saved"
    workspace.close_case()
    workspace.open(there)
    assert workspace.case.record(STRIKES).title == "Saved"
    ballast.unlink()
    assert workspace.commit(set_field(workspace.case, STRIKES, "title", "Room again")) is not None
    workspace.shut_down()
    with CaseFile.open(there) as again:
        assert again.record(STRIKES).title == "Room again"
        assert not list(again.damage())
