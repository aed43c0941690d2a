"""Rows of a long file are read and made in a process of their own: the same rows, the same errors, and nothing left."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from readers import ACLED_HEADER, ACLED_ROWS, DATA

from explorer.assets import resource
from explorer.casefile.appending import body_of
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.formats.mapping import MappingNeeded
from explorer.formats.port import Skipped
from explorer.formats.refused import ReadingCancelled, RefusedError
from explorer.formats.registry import chosen
from explorer.formats.source import opened
from explorer.intake import rows_apart
from explorer.intake.import_report import report_lines
from explorer.intake.importing import import_files
from explorer.intake.making import Made, Making
from explorer.intake.reporting import ProblemsFound
from explorer.intake.rows_apart import RowsApart, RowsHere, ToRead, likely_rows, rows_of
from explorer.model.records import LISTS

EXCERPT = DATA / "ucdp_ged_excerpt.csv"
SHIPPED = resource("ucdp-ged-syria.csv.gz")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[RowsApart]]:
    """Have files of any length read in a process of its own, and hold that each is gone afterwards."""
    started: list[RowsApart] = []

    def keeping(asked: ToRead) -> RowsApart:
        started.append(RowsApart(asked))
        return started[-1]

    monkeypatch.setattr(rows_apart, "LEAST", 0)
    monkeypatch.setattr(rows_apart, "_to_spare", lambda: True)
    monkeypatch.setattr(rows_apart, "RowsApart", keeping)
    yield started
    assert all(each._process.poll() is not None for each in started)


def untidy(path: Path) -> Path:
    """Write the excerpt with a row that is skipped, one of another encoding and one that comes twice."""
    with EXCERPT.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    rows[5][header.index("type_of_violence")] = "9"
    rows[7][header.index("where_coordinates")] = "Al-Bāb \udce9"
    with path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        csv.writer(file).writerows([header, *rows, rows[3]])
    return path


def told(path: Path, target: Path) -> tuple[list[str], str]:
    """Return the report of an import and the content of the case."""
    lines = report_lines(import_files([path], target))
    with CaseFile.open(target, read_only=True) as case:
        return lines, case.case_hash()


def test_the_case_and_the_report_are_those_of_rows_read_here(
    apart: list[RowsApart], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = untidy(tmp_path / "a.csv")
    monkeypatch.setattr("explorer.intake.importing.CHUNK", 10)
    there = told(path, tmp_path / "1.dateline")
    assert len(apart) == 1
    monkeypatch.setattr(rows_apart, "LEAST", 10**9)
    assert told(path, tmp_path / "2.dateline") == there
    assert len(apart) == 1
    assert any("1 skipped" in line for line in there[0])
    assert any("Windows-1252" in line for line in there[0])


def test_the_same_file_again_adds_nothing(apart: list[RowsApart], tmp_path: Path) -> None:
    import_files([EXCERPT], tmp_path / "x.dateline")
    report = import_files([EXCERPT], tmp_path / "x.dateline")
    assert (report.added, report.kept, len(apart)) == (0, 42, 2)
    assert any("nothing was added" in line for line in report_lines(report))


def test_a_table_is_read_by_the_mapping_that_was_confirmed(apart: list[RowsApart], tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("day,what,who\n2020-01-02,Talks held,Ann\n2020-01-03,Talks ended,Bob\n", encoding="utf-8")
    with opened(path) as source, pytest.raises(MappingNeeded) as needed:
        chosen(source)

    report = import_files([path], tmp_path / "x.dateline", mapping=needed.value.proposal)
    assert (report.added, len(apart)) == (2, 1)


def test_a_file_that_is_cut_short_is_refused_in_the_same_words(
    apart: list[RowsApart], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(SHIPPED.read_bytes()[:400_000])
    found = []
    for least in (0, 10**9):
        monkeypatch.setattr(rows_apart, "LEAST", least)
        with pytest.raises(ProblemsFound) as error:
            import_files([path], tmp_path / "x.dateline")
        found.append(error.value.problems)
    assert found[0] == found[1]
    assert len(apart) == 1
    assert not (tmp_path / "x.dateline").exists()


def test_giving_up_ends_the_process_and_leaves_nothing(apart: list[RowsApart], tmp_path: Path) -> None:
    with pytest.raises(ReadingCancelled):
        import_files([SHIPPED], tmp_path / "x.dateline", cancelled=lambda: True)
    assert len(apart) == 1
    assert not list(tmp_path.iterdir())


def test_a_process_that_dies_is_told_and_nothing_is_changed(apart: list[RowsApart], tmp_path: Path) -> None:
    def killed() -> bool:
        apart[0]._process.kill()
        return False

    with pytest.raises(ProblemsFound, match="stopped before it was done"):
        import_files([SHIPPED], tmp_path / "x.dateline", cancelled=killed)
    assert not list(tmp_path.iterdir())


def test_where_no_process_can_be_started_rows_are_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(rows_apart, "LEAST", 0)
    monkeypatch.setattr(rows_apart, "_to_spare", lambda: True)
    monkeypatch.setattr(rows_apart, "MODULE", "explorer.intake.no_such")
    report = import_files([EXCERPT], tmp_path / "x.dateline")
    assert report.added == 42
    assert "read in this process" in caplog.text
    monkeypatch.setattr(sys, "executable", "")
    assert import_files([EXCERPT], tmp_path / "y.dateline").added == 42


def test_a_short_file_a_case_and_a_busy_machine_need_no_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def kind(path: Path, form: str = "auto") -> type[Any]:
        with opened(path) as source:
            reader = chosen(source)
            with rows_of(ToRead(path, form, None, 10), source, reader) as rows:
                return type(rows)

    monkeypatch.setattr(rows_apart, "_to_spare", lambda: True)
    assert kind(EXCERPT) is RowsHere
    monkeypatch.setattr(rows_apart, "LEAST", 5_000)
    assert kind(SHIPPED) is RowsApart
    assert kind(SHIPPED, "") is RowsHere
    monkeypatch.setattr(rows_apart, "_to_spare", lambda: False)
    assert kind(SHIPPED) is RowsHere


@pytest.mark.parametrize(
    ("processors", "load", "spare"), [(2, 0.4, True), (2, 2.3, False), (1, 0.0, False), (8, 2.3, True)]
)
def test_a_process_is_started_where_a_processor_is_free(
    monkeypatch: pytest.MonkeyPatch, processors: int, load: float, spare: bool
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)), raising=False)
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 0.0, 0.0), raising=False)
    assert rows_apart._to_spare() is spare


def test_about_how_many_rows_there_are_is_told_by_the_head(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ACLED_HEADER + "\n" + (ACLED_ROWS[0] + "\n") * 5_000, encoding="utf-8")
    with opened(path) as source:
        assert 4_900 < likely_rows(source) < 5_200
    with opened(SHIPPED) as source:
        assert 8_000 < likely_rows(source) < 32_000


@pytest.mark.skipif(os.name == "nt", reason="sends a signal as a terminal does")
def test_ctrl_c_in_a_terminal_ends_both_processes_and_leaves_nothing(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom explorer.intake import importing, rows_apart\n"
        "rows_apart.LEAST = 0\nrows_apart._to_spare = lambda: True\n"
        "def watch(progress):\n    print('rows', rows[0]._process.pid, flush=True)\n"
        "rows = []\nmade = rows_apart.RowsApart\n"
        "def keeping(asked):\n    rows.append(made(asked))\n    return rows[-1]\n"
        "rows_apart.RowsApart = keeping\n"
        "importing.INTERVAL = 0\nimporting.CHUNK = 50\n"
        "try:\n    importing.import_files([Path(sys.argv[1])], Path(sys.argv[2]), watch=watch)\n"
        "except KeyboardInterrupt:\n    print('given up')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(SHIPPED), str(tmp_path / "x.dateline")], cwd=ROOT,
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        reading = int(process.stdout.readline().split()[1])
        os.killpg(process.pid, signal.SIGINT)
        rest = process.stdout.read()
    assert rest.endswith("given up\n")
    with pytest.raises(ProcessLookupError):
        os.kill(reading, 0)
    assert not list(tmp_path.iterdir())


def test_it_ends_when_who_asked_is_gone(tmp_path: Path) -> None:
    rows = RowsApart(ToRead(SHIPPED, "auto", None, 100))
    process = rows._process
    assert process.stdin is not None
    try:
        process.stdin.close()  # as the system does when a program is killed
        assert process.wait(20) != 0
    finally:
        rows.close()


def test_what_cannot_be_read_there_is_told(tmp_path: Path) -> None:
    rows = RowsApart(ToRead(EXCERPT, "no such form", None, 100))
    try:
        with pytest.raises((CaseFileError, RefusedError)):
            list(rows.chunks())
    finally:
        rows.close()


def test_every_shipped_row_is_written_as_the_models_write_it() -> None:
    """The bodies, whichever way they are made, are to the byte what validated models write."""
    with opened(SHIPPED) as source:
        rows = list(Making(vouched=True).made(chosen(source).read(source)))
    assert not any(isinstance(row, Skipped) for row in rows)
    bodies = [(record[0], record[3]) for row in rows if isinstance(row, Made) for record in row.records]
    assert sum(name == "events" for name, _ in bodies) == 16_566
    assert all(body_of(LISTS[name].model_validate_json(body)) == body for name, body in bodies)
