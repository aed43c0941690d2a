"""A case file that was damaged opens or is refused in plain words; Undo writes what was, or nothing.

DATELINE_FILES sets how many files are broken: 40, or 1,000 in the long form; DATELINE_SEED where they begin.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from mangled import STATEMENTS, broken, told_wrong

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.edit.records import remove
from explorer.edit.values import set_field
from explorer.intake.opening import open_case

ROOT = Path(__file__).resolve().parents[2]
FILES = int(os.environ.get("DATELINE_FILES", "40"))
SEED = int(os.environ.get("DATELINE_SEED", "0"))
STRIKES = "evt-airstrikes"


def with_history(path: Path) -> set[str]:
    """Write the sample with a history, some of it undone, and kept columns; return the JSON after each step."""
    with open_case("sample") as sample:
        sample.save_copy(path)
    with CaseFile.open(path) as case:
        states = {"".join(case.to_json())}
        for number in range(4):
            case.commit(set_field(case, STRIKES, "title", f"Title {number}"))
            states.add("".join(case.to_json()))
        link = next(iter(case.all("links")))
        case.commit(remove(case, link.id))
        states.add("".join(case.to_json()))
        case.commit(set_field(case, "doc-seed", "title", "Another"))
        states.add("".join(case.to_json()))
        case.undo()
        case.keep_columns(least=0)
    return states


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    path = tmp_path_factory.mktemp("whole") / "whole.dateline"
    return path, with_history(path)


def test_broken_files_open_or_are_refused_in_words_and_nothing_crashes_or_hangs(
    whole: tuple[Path, set[str]], tmp_path: Path
) -> None:
    words = [sys.executable, str(ROOT / "tests" / "mangled.py"), str(whole[0]), str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*words, str(SEED), str(SEED + FILES)], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    opened = int(done.stdout.split()[-1])
    assert 0 < opened < FILES  # both happened


HISTORY = [each for each in STATEMENTS if " changes " in f"{each} " or " steps " in f"{each} "]


@pytest.mark.parametrize("statement", HISTORY)
def test_a_damaged_history_undoes_to_a_state_that_was_or_refuses_and_leaves_the_case_alone(
    statement: str, whole: tuple[Path, set[str]], tmp_path: Path
) -> None:
    source, states = whole
    path = tmp_path / "x.dateline"
    shutil.copyfile(source, path)
    told_wrong(path, statement)
    with CaseFile.open(path) as case:
        for act in (case.redo, case.undo, case.undo, case.undo, case.redo, lambda: case.go_to(1)):
            before = "".join(case.to_json())
            with suppress(CaseFileError):
                if not act():
                    assert "".join(case.to_json()) == before
            assert "".join(case.to_json()) in states
            assert case.history() is not None
        case.commit(set_field(case, STRIKES, "title", "It can still be edited"))
        assert not [each for each in case.damage() if "history" not in each.found]


def test_a_step_whose_rows_do_not_follow_one_another_is_refused_in_words(
    whole: tuple[Path, set[str]], tmp_path: Path
) -> None:
    path = tmp_path / "x.dateline"
    shutil.copyfile(whole[0], path)
    told_wrong(path, "UPDATE changes SET before = 'x' || before, after = 'x' || after")
    with CaseFile.open(path) as case, pytest.raises(CaseFileError, match="cannot be undone or made again"):
        case.undo()
    with CaseFile.open(path) as case:
        assert any("history" in each.found for each in case.damage())


def test_the_files_are_broken_in_the_same_way_each_time(whole: tuple[Path, set[str]], tmp_path: Path) -> None:
    for number in (1, 2, 4):
        first = broken(whole[0], tmp_path, number).read_bytes()
        assert first == broken(whole[0], tmp_path, number).read_bytes() != whole[0].read_bytes()
