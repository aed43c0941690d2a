"""Time on the command line: typed dates, contradictions, and what bounds, basis and phrase say of each record."""

from __future__ import annotations

import json
from typing import Any

import pytest

from explorer import cli


@pytest.fixture
def run(qapp: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("DATELINE_DEBUG", "1")

    def command(*words: str) -> tuple[int, str, str]:
        code = cli.main(words)
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("Nov 2024", "2024-11"),
        ("about 2 Dec 2024", "2024-12-02~"),
        ("27 November 2024", "2024-11-27"),
        ("2015", "2015"),
    ],
)
def test_a_plain_date_filters_as_its_edtf_does(run: Any, typed: str, edtf: str) -> None:
    plain, exact = (
        json.loads(run("query", "sample", "--from", date, "--format", "json")[1]) for date in (typed, edtf)
    )
    assert plain == exact
    assert plain["filter"] == {"time_from": edtf}


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_a_day_in_numbers_ends_with_the_question_and_both_ways_to_write_it(run: Any, option: str) -> None:
    code, out, err = run("query", "sample", option, "03.04.2024")
    assert (code, out) == (2, "")
    assert "3 April 2024 (day first) or 4 March 2024 (month first)?" in err
    assert "Write 2024-04-03 or 2024-03-04." in err


def test_a_window_is_typed_in_the_same_words(run: Any, tmp_path: Any) -> None:
    figures = [tmp_path / "plain.svg", tmp_path / "edtf.svg"]
    for window, out in zip(("27 Nov – 5 Dec 2024", "2024-11-27/2024-12-05"), figures, strict=True):
        assert run("export", "sample", "--view", "timeline", "--window", window, "--out", str(out))[0] == 0
    assert figures[0].read_bytes() == figures[1].read_bytes()


def test_a_window_that_has_two_readings_is_asked_before_anything_is_drawn(run: Any, tmp_path: Any) -> None:
    out = tmp_path / "x.svg"
    code, _, err = run("export", "sample", "--view", "timeline", "--window", "27.11.2024", "--out", str(out))
    assert code == 2
    assert "Write 2024-11-27." in err
    assert not out.exists()
