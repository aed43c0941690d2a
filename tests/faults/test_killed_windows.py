"""Windows that are killed while they edit, undo, import and save copies: all that they acknowledged is in the file.

DATELINE_ROUNDS sets how many are killed: 20, or 200 in the long form; DATELINE_SEED where they begin.
"""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from killing import killed, place_of, sum_of

from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.intake.reporting import check_case

ROUNDS = int(os.environ.get("DATELINE_ROUNDS", "20"))
SEED = int(os.environ.get("DATELINE_SEED", "0"))
#: Seconds at most from the first acknowledgement to the end; an import starts a process of its own first.
LIFE = {"workspace": 0.3, "window": 1.2, "import": 2.5}
#: Of twenty rounds, how many are of which kind.
SHARE = {"workspace": 12, "window": 5, "import": 3}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="windows are forked")


@pytest.fixture
def path(sample_file: Any, tmp_path: Path) -> Path:
    path = tmp_path / "a case.dateline"
    sample_file.save_copy(path)
    return path


def words_of(told: list[str], sign: str) -> list[list[str]]:
    return [line.split()[1:] for line in told if line.startswith(f"{sign} ")]


def assert_kept(path: Path, told: list[str]) -> None:
    """Hold that a file has what was acknowledged last, or that and the one thing that was being done."""
    place, known = words_of(told, "=")[-1]
    with CaseFile.open(path) as case:
        assert not check_case(case).problems
        if sum_of(case) == known:
            return
        assert told[-1].startswith("> "), "something was done that nobody began"
        if told[-1] == "> import\n":
            assert case.count("documents") > 1
            return
        case.go_to(int(place))
        assert sum_of(case) == known


def assert_copy_whole(path: Path, told: list[str]) -> None:
    copy = path.with_name("copy.dateline")
    known = [each[0] for each in words_of(told, "c")]
    if not copy.exists():
        assert not known
        return
    with CaseFile.open(copy) as case:
        assert not check_case(case).problems
        assert not known or sum_of(case) == known[-1] or told[-1] == "> copy\n"
    copy.unlink()


@pytest.mark.parametrize("kind", ["workspace", "window", "import"])
def test_a_window_that_is_killed_loses_nothing_it_acknowledged(
    kind: str, server: subprocess.Popen[str], path: Path
) -> None:
    rounds = ROUNDS * SHARE[kind] // 20
    begun = 0
    for number in range(rounds):
        life = random.Random(SEED + number).random() * LIFE[kind]
        told = killed(server, kind, SEED + number, path, life)
        assert_kept(path, told)
        assert_copy_whole(path, told)
        begun += len(words_of(told, ">"))
    assert begun >= rounds
    with CaseFile.open(path) as case:
        place = place_of(case)
        if kind != "import":  # nothing goes behind an import
            case.go_to(0)
        case.undo()
        assert not list(case.damage()), place


def test_what_half_a_copy_left_behind_goes_with_the_next(path: Path) -> None:
    stray = path.with_name(".copy.dateline.12345.tmp")
    stray.write_bytes(b"half of a case")
    os.utime(stray, (1, 1))
    young = path.with_name(".copy.dateline.12346.tmp")
    young.write_bytes(b"another program is at it")
    with CaseFile.open(path) as case:
        case.save_copy(path.with_name("copy.dateline"))
        with pytest.raises(CaseFileError):
            case.save_copy(path)
    assert not stray.exists()
    assert young.exists()
