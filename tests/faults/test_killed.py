"""An editing session that is killed, that meets a full disk, or that meets another: nothing acknowledged is lost.

DATELINE_ROUNDS sets how many sessions are killed: 20, or 200 in the long form.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from killing import killed

from explorer.casefile.changes import Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.intake.reporting import check_case

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("DATELINE_ROUNDS", "20"))


@pytest.fixture
def path(sample_file: Any, tmp_path: Path) -> Path:
    path = tmp_path / "a case.dateline"
    sample_file.save_copy(path)
    return path


@pytest.mark.skipif(not hasattr(os, "fork"), reason="sessions are forked")
def test_a_session_that_is_killed_loses_nothing_it_acknowledged(
    path: Path, server: subprocess.Popen[str]
) -> None:
    draw = random.Random(ROUNDS)
    for _ in range(ROUNDS):
        last = int(killed(server, "file", 0, path, draw.random() * 0.15)[-1])
        with CaseFile.open(path) as case:
            steps = case.history()
            number = len(steps)
            assert number in {last, last + 1}  # one may have been written and not yet acknowledged
            assert case.record("evt-airstrikes").title == f"edit {number}"
            assert case.known(f"act-{n}" for n in range(1, number + 1)) == {s.touched[1] for s in steps}
    with CaseFile.open(path) as case:
        assert not check_case(case).problems
        case.go_to(0)
        assert case.record("evt-airstrikes").title != "edit 1"


@pytest.fixture
def little_room() -> Iterator[Any]:
    """Return what makes the disk full: no file of this process may grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))

    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fill(case: CaseFile) -> None:
    for number in range(1, 10_000):
        event = case.record("evt-airstrikes").model_copy(update={"note": f"{number}" * 9_000})
        case.commit(Edit(f"edit {number}", (event,)))


def test_a_full_disk_is_told_and_what_was_saved_stays(path: Path, little_room: Any) -> None:
    with CaseFile.open(path) as case:
        little_room(path.stat().st_size + 200_000)
        with pytest.raises(CaseFileError) as raised:
            fill(case)
        saved = len(case.history())
        assert str(path) in str(raised.value)
        assert "is full. What was saved before is as it was." in str(raised.value)
        assert saved > 3
        little_room(resource.RLIM_INFINITY)
        case.commit(Edit("room again", (case.record("evt-airstrikes").model_copy(update={"note": "short"}),)))
        assert len(case.history()) == saved + 1
    with CaseFile.open(path) as again:
        assert len(again.history()) == saved + 1
        assert not check_case(again).problems
        again.go_to(saved)
        assert again.record("evt-airstrikes").note == f"{saved}" * 9_000


#: What another program does: it has the case open in a window until its input ends.
WINDOW = """
import sys
from explorer.casefile.store import CaseFile
case = CaseFile.open(sys.argv[1])
print(case.claim(), flush=True)
sys.stdin.read()
case.close()
"""


def window(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_a_second_window_reads_and_says_so_until_the_first_is_closed_or_dies(path: Path) -> None:
    for end in ("close", "kill"):
        first = window(path)
        assert first.stdout is not None
        assert first.stdout.readline() == "True\n"
        with CaseFile.open(path) as second:
            assert not second.claim()
            assert "open for reading only" in second.messages[0]
            event = second.record("evt-airstrikes")
            with pytest.raises(CaseFileError, match="reading only"):
                second.commit(Edit("x", (event.model_copy(update={"title": "x"}),)))
        first.kill() if end == "kill" else None
        first.communicate()
        with CaseFile.open(path) as third:
            assert third.claim()
            third.commit(Edit("x", (event.model_copy(update={"title": end}),)))
    assert [each.name for each in path.parent.iterdir()] == [path.name]
