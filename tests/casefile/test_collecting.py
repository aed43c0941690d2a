"""Columns collected while a case is imported are those that its rows give, to the byte."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.casefile import cache, collecting, wordrows
from explorer.casefile.store import CaseFile
from explorer.casefile.table import build_table
from explorer.casefile.titles import rows_of_keys
from explorer.intake.importing import import_files

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "ucdp-ged-syria.csv.gz"
ROWS = 2_600


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    with gzip.open(SHIPPED, "rt", encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        return [next(reader) for _ in range(ROWS + 1)]


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def held_to_rows(case: CaseFile) -> None:
    """Hold that the kept columns and postings are those built from the rows."""
    kept = cache.read(case._database, case.version)
    assert kept is not None
    made = build_table(case._database, case.version)
    assert cache.packed(kept) == cache.packed(made)
    words = cache.read_words(case._database, case.version, len(made))
    assert words is not None
    assert wordrows.packed(words) == wordrows.packed(wordrows.build(case._database, rows_of_keys(made)))


@pytest.mark.parametrize("piece", [700, 25_000])
def test_they_are_the_built_ones_in_pieces_of_any_size(
    rows: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(collecting, "PIECE", piece)
    monkeypatch.setattr("explorer.intake.importing.CHUNK", 300)
    target = tmp_path / "x.dateline"
    import_files([written(tmp_path / "a.csv", rows)], target)
    with CaseFile.open(target) as case:
        assert case.columns_kept
        held_to_rows(case)
        assert not list(case.damage())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "x.dateline"]


def twice(rows: list[list[str]]) -> list[list[str]]:
    return [*rows, *rows[1:50]]


def skipped(rows: list[list[str]]) -> list[list[str]]:
    number = rows[0].index("type_of_violence")
    return [*rows[:9], [*rows[9][:number], "9", *rows[9][number + 1 :]], *rows[10:]]


@pytest.mark.parametrize("change", [twice, skipped])
def test_rows_that_add_nothing_leave_no_trace_in_them(
    rows: list[list[str]], tmp_path: Path, change: Callable[[list[list[str]]], list[list[str]]]
) -> None:
    target = tmp_path / "x.dateline"
    import_files([written(tmp_path / "a.csv", change(rows))], target)
    with CaseFile.open(target) as case:
        held_to_rows(case)


def test_a_case_that_holds_something_already_gets_its_columns_from_its_rows(
    rows: list[list[str]], tmp_path: Path
) -> None:
    target = tmp_path / "x.dateline"
    import_files([written(tmp_path / "a.csv", rows[:2200])], target)
    before = target.read_bytes()
    report = import_files([written(tmp_path / "a.csv", rows[:2200])], target)
    assert (report.added, report.kept) == (0, 2199)
    import_files([written(tmp_path / "b.csv", [rows[0], *rows[2200:]])], target)
    assert target.read_bytes() != before
    with CaseFile.open(target) as case:
        assert case.count("events") == ROWS
        held_to_rows(case)
