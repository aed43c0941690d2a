from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from explorer.casefile.store import SEEN, CaseFile
from explorer.intake.importing import import_files
from explorer.intake.reporting import ProblemsFound
from explorer.query.filters import Choice, Filter
from explorer.workspace import child, opening
from explorer.workspace.child import ChildFailed, MappingWanted
from explorer.workspace.importing import ImportRequest, Wanted

ROOT = Path(__file__).parent.parent
EXCERPT = ROOT / "data" / "ucdp_ged_excerpt.csv"
LONG = 20_000


def imported(workspace: Any, qtbot: Any, request: ImportRequest) -> Any:
    with qtbot.waitSignal(workspace.importing.done, timeout=30_000) as done:
        workspace.importing.start(request)
    return done.args[0]


def long_table(path: Path, rows: int) -> Path:
    """Write a table in the layout of UCDP GED's excerpt: its rows again and again, each with an id of its own."""
    import csv

    with EXCERPT.open(encoding="utf-8", newline="") as file:
        header, *some = list(csv.reader(file))
    at = header.index("id")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for number in range(rows):
            row = list(some[number % len(some)])
            row[at] = str(1_000_000 + number)
            writer.writerow(row)
    return path


def test_an_import_into_a_new_file_is_opened(empty: Any, tmp_path: Path, qtbot: Any) -> None:
    target = tmp_path / "new.dateline"
    done = imported(empty, qtbot, ImportRequest((Wanted(EXCERPT),), target))
    assert (done.report.read, done.report.kept, done.report.skipped) == (42, 42, 0)
    assert len(empty.table) == 42
    assert empty.case.path == target
    assert not [path.name for path in tmp_path.iterdir() if path.name.endswith(".importing")]


def test_what_the_child_reports_is_what_the_command_reports(empty: Any, tmp_path: Path, qtbot: Any) -> None:
    done = imported(empty, qtbot, ImportRequest((Wanted(EXCERPT),), tmp_path / "a.dateline"))
    plain = import_files([EXCERPT], tmp_path / "b.dateline")
    assert done.report.sources == plain.sources
    with CaseFile.open(tmp_path / "b.dateline") as other:
        assert empty.case.case_hash() == other.case_hash()


def test_an_import_into_a_temporary_case_is_shown_and_kept_nowhere(empty: Any, qtbot: Any) -> None:
    imported(empty, qtbot, ImportRequest((Wanted(EXCERPT),)))
    path = empty.case.path
    assert empty.case.temporary
    assert empty.case.title == "ucdp_ged_excerpt"
    assert any("42 rows read" in line for line in empty.case.messages)
    empty.close_case()
    assert not path.exists()


def test_an_import_into_the_open_case_keeps_the_filter(empty: Any, tmp_path: Path, qtbot: Any) -> None:
    target = tmp_path / "open.dateline"
    short = tmp_path / "short.csv"
    short.write_text(
        "".join(EXCERPT.read_text(encoding="utf-8").splitlines(keepends=True)[:9]), encoding="utf-8"
    )
    import_files([short], target)
    empty.open(target)
    before = len(empty.table)
    empty.narrow(Filter(kinds=Choice(include=("happened",))))
    imported(empty, qtbot, ImportRequest((Wanted(EXCERPT),), target))
    assert len(empty.table) == 42 > before
    assert empty.state.filter.kinds.include == ("happened",)
    assert empty.shown.count == 42


def test_the_same_file_again_adds_nothing(empty: Any, tmp_path: Path, qtbot: Any) -> None:
    request = ImportRequest((Wanted(EXCERPT),), tmp_path / "a.dateline")
    imported(empty, qtbot, request)
    again = imported(empty, qtbot, request)
    assert (again.report.added, again.report.sources[0].unchanged) == (0, 42)
    assert len(empty.table) == 42


def test_an_import_that_is_given_up_leaves_nothing(empty: Any, tmp_path: Path, qtbot: Any) -> None:
    source = long_table(tmp_path / "long.csv", LONG)
    empty.importing.advanced.connect(empty.importing.cancel)
    with qtbot.waitSignal(empty.importing.given_up, timeout=30_000):
        empty.importing.start(ImportRequest((Wanted(source),), tmp_path / "long.dateline"))
    assert not empty.importing.running
    assert empty.case is None
    assert [path.name for path in tmp_path.iterdir()] == ["long.csv"]


def test_giving_up_an_import_into_a_case_leaves_it_as_it_was(empty: Any, tmp_path: Path, qtbot: Any) -> None:
    target = tmp_path / "open.dateline"
    import_files([EXCERPT], target)
    empty.open(target)
    before = empty.case.case_hash()
    source = long_table(tmp_path / "long.csv", LONG)
    empty.importing.advanced.connect(empty.importing.cancel)
    with qtbot.waitSignal(empty.importing.given_up, timeout=30_000):
        empty.importing.start(ImportRequest((Wanted(source),), target))
        assert empty.importing.writes_to(target)
    empty.close_case()
    with CaseFile.open(target) as case:
        assert case.case_hash() == before


def test_a_file_that_fails_is_told_with_its_problems(empty: Any, tmp_path: Path, qtbot: Any) -> None:
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(b"\x1f\x8b\x08\x00not really")
    with qtbot.waitSignal(empty.importing.failed, timeout=30_000) as failed:
        empty.importing.start(ImportRequest((Wanted(EXCERPT), Wanted(broken)), tmp_path / "a.dateline"))
    assert isinstance(failed.args[0], ProblemsFound)
    assert failed.args[0].source == str(broken)
    assert not (tmp_path / "a.dateline").exists()


def test_a_child_that_dies_is_told(empty: Any, tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(child, "MODULE", "explorer.version")
    with qtbot.waitSignal(empty.importing.failed, timeout=30_000) as failed:
        empty.importing.start(ImportRequest((Wanted(EXCERPT),), tmp_path / "a.dateline"))
    assert isinstance(failed.args[0], ChildFailed)


def test_a_child_whose_parent_is_gone_ends_and_clears_up(tmp_path: Path) -> None:
    source = long_table(tmp_path / "long.csv", LONG)
    request = {
        "do": "import", "sources": [{"path": str(source), "form": "auto", "mapping": None}],
        "target": str(tmp_path / "long.dateline"), "update": False, "title": "",
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "explorer.intake.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        cwd=ROOT.parent,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        while b"progress" not in process.stdout.readline():
            pass
        process.stdin.close()
        process.stdout.close()
        assert process.wait(20) != 0
    assert [path.name for path in tmp_path.iterdir()] == ["long.csv"]


def test_the_child_loads_no_qt() -> None:
    script = "import sys, explorer.intake.child; print(*[m for m in sys.modules if 'PySide' in m or 'shiboken' in m])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT.parent)},
    )  # fmt: skip
    assert done.stdout.strip() == ""


def without_columns(path: Path, source: Path) -> Path:
    import_files([source], path)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM columns")
    connection.close()
    return path


def test_a_large_case_without_columns_is_made_ready_first(empty: Any, tmp_path: Path, qtbot: Any) -> None:
    path = without_columns(tmp_path / "large.dateline", long_table(tmp_path / "long.csv", SEEN + 10))
    with qtbot.waitSignal(empty.opened, timeout=30_000):
        empty.open(path)
        assert empty.opening.running
        assert empty.case is None
    assert empty.case.columns_kept
    assert not empty.case.temporary
    assert len(empty.table) == SEEN + 10


def test_columns_that_cannot_be_kept_are_built_beside_the_window(
    empty: Any, tmp_path: Path, qtbot: Any, monkeypatch: Any
) -> None:
    path = without_columns(tmp_path / "large.dateline", long_table(tmp_path / "long.csv", SEEN + 10))
    monkeypatch.setattr(opening, "open_case", lambda source: CaseFile.open(Path(source), read_only=True))
    with qtbot.waitSignal(empty.opened, timeout=30_000):
        empty.open(path)
        assert empty.opening.running
    assert not empty.case.columns_kept
    assert len(empty.table) == SEEN + 10


def test_a_table_of_no_known_kind_asks_for_its_mapping(empty: Any, tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("when;where\n2016-05-01;Aleppo\n", encoding="utf-8")
    with qtbot.waitSignal(empty.failed, timeout=30_000) as failed:
        empty.open(path)
    assert isinstance(failed.args[0], MappingWanted)
    assert failed.args[0].source == str(path)


def test_the_dataset_that_is_shipped_opens_as_a_temporary_case(
    empty: Any, qtbot: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(opening, "resource", lambda file: EXCERPT)  # the whole takes seconds
    with qtbot.waitSignal(empty.opened, timeout=30_000):
        empty.open("syria")
    assert empty.case.temporary
    assert empty.case.title == opening.SYRIA_TITLE
    assert empty.opening.source == "syria"
