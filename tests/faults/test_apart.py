"""An open case that is looked at once more in the same process keeps its locks, so that no other program takes its log."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from explorer import apart
from explorer.casefile.store import CaseFile
from explorer.edit.values import set_field
from explorer.formats.source import opened
from explorer.intake.opening import is_case_file

ROOT = Path(__file__).resolve().parents[2]
#: A window that edits, has its own file looked at in every way there is, waits for another program, edits, and dies.
WINDOW = """
import os, sys
from pathlib import Path
from explorer.casefile.store import CaseFile
from explorer.edit.values import set_field
from explorer.formats.source import opened
from explorer.intake.opening import is_case_file
path = Path(sys.argv[1])
case = CaseFile.open(path)
case.commit(set_field(case, "evt-airstrikes", "title", "one"))
is_case_file(path)
CaseFile.open(path).close()
with opened(path):
    pass
print("ready", flush=True)
sys.stdin.readline()
case.commit(set_field(case, "evt-airstrikes", "title", "two"))
print("saved", flush=True)
os._exit(9)
"""


@pytest.fixture
def path(sample_file: Any, tmp_path: Path) -> Path:
    path = tmp_path / "a case.dateline"
    sample_file.save_copy(path)
    return path


def test_what_is_saved_after_another_program_closed_the_file_is_there_after_a_crash(path: Path) -> None:
    words = [sys.executable, "-c", WINDOW, str(path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == "ready\n"
        with CaseFile.open(path) as other:
            other.commit(set_field(other, "evt-airstrikes", "note", "by another"))
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.stdout.readline() == "saved\n"
    with CaseFile.open(path) as case:
        assert case.record("evt-airstrikes").title == "two"
        assert len(case.history()) == 3


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts the open files of this process")
def test_files_that_were_looked_at_are_closed_with_the_case(path: Path) -> None:
    def count() -> int:
        return sum(fd.resolve() == path.resolve() for fd in Path("/proc/self/fd").iterdir())

    with CaseFile.open(path):
        before = count()
        assert is_case_file(path)
        with opened(path) as source:
            assert source.head
        assert count() > before
    assert count() == 0
    with apart.reading(path):
        assert count() == 1
    assert count() == 0
