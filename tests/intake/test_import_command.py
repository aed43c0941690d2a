"""dateline import: what it prints, its exit codes, and the mapping it proposes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from readers import DATA

from explorer import cli
from explorer.formats.port import Progress
from explorer.intake import import_command
from explorer.intake.import_command import progress_words

EXCERPT = DATA / "ucdp_ged_excerpt.csv"


def test_an_import_says_what_it_kept_and_ends_with_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.dateline"
    assert cli.main(["import", str(EXCERPT), "--to", str(target)]) == 0
    out = capsys.readouterr().out
    assert "42 rows read as UCDP GED, 42 kept, 0 skipped" in out
    assert "The file does not name its release" in out
    assert cli.main(["import", str(EXCERPT), "--to", str(target)]) == 0
    assert "nothing was added" in capsys.readouterr().out
    assert cli.main(["query", str(target), "--actor", "SDF", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["count"] > 0


def test_an_unknown_table_ends_with_2_and_a_mapping_that_can_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, target, saved = tmp_path / "t.csv", tmp_path / "t.dateline", tmp_path / "t.map.json"
    table.write_text("Nr;Datum;Ort\n1;13.4.2020;Bonn\n2;4.4.2020;Köln\n", encoding="utf-8")
    assert cli.main(["import", str(table), "--to", str(target)]) == 2
    printed = capsys.readouterr()
    assert "--map" in printed.err
    assert not target.exists()
    saved.write_text(printed.out, encoding="utf-8")
    assert cli.main(["import", str(table), "--to", str(target), "--map", str(saved)]) == 0
    assert "2 kept" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["acled", "ged"])
def test_a_forced_format_that_does_not_fit_says_which_columns_are_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Nr,Datum\n1,13.4.2020\n", encoding="utf-8")
    assert cli.main(["import", str(table), "--to", str(tmp_path / "a.dateline"), "--format", form]) == 1
    assert "column" in capsys.readouterr().err
    assert not (tmp_path / "a.dateline").exists()


def test_a_file_that_is_not_there_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", str(tmp_path / "no.csv"), "--to", str(tmp_path / "a.dateline")]) == 1
    assert "no.csv" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_leaves_no_half_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupting(import_command._Watching):
        def __call__(self, progress: Progress) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(import_command, "_Watching", Interrupting)
    assert cli.main(["import", str(EXCERPT), "--to", str(tmp_path / "a.dateline")]) == 130
    assert list(tmp_path.iterdir()) == []
    capsys.readouterr()


def test_progress_is_one_line_with_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    progress = Progress(0.25, 50_000, 12_500.0, 75.0, "Importing a.csv")
    assert progress_words(progress) == "Importing a.csv: 25 %, 50,000 rows, 12,500 a second, 1 min 15 s left"
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    times = iter([0.0, 1.0, 6.0, 6.0])
    watching = import_command._Watching(lambda: next(times))
    watching(progress)
    assert stream.getvalue() == ""
    watching(progress)
    assert stream.getvalue() == f"dateline: {progress_words(progress)}\n"
