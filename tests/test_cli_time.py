"""Time on the command line: typed dates, contradictions, and what bounds, basis and phrase say of each record."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree as ET

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


# -- what the records say of their times --------------------------------------------------------------------------


@pytest.fixture
def impossible(sample_json: dict[str, Any], tmp_path: Any) -> str:
    """The sample with a report of 2016 about an offensive of 2024."""
    sample_json["documents"][0]["published"]["edtf"] = "2016"
    path = tmp_path / "impossible.case.json"
    path.write_text(json.dumps(sample_json, ensure_ascii=False), encoding="utf-8")
    return str(path)


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def test_check_warns_of_facts_that_cannot_all_hold_and_names_them(run: Any, impossible: str) -> None:
    code, out, err = run("check", impossible)
    assert code == 0
    assert "no problem" in out
    assert len([line for line in err.splitlines() if "cannot all hold" in line and "warning" in line]) == 1
    for words in ("the report is of 2016", "“Rebel offensive” is dated from 27 Nov 2024", "Set aside"):
        assert words in plain(err)


def test_info_counts_and_lists_contradictions_with_their_sentences(run: Any, impossible: str) -> None:
    code, out, _ = run("info", impossible, "--format", "json")
    assert code == 0
    (found,) = json.loads(out)["time_contradictions"]
    facts = {fact["at"]: fact for fact in found["facts"]}
    assert "doc-seed.published" in facts
    assert found["set_aside"] in facts
    assert all(fact["sentences"] for fact in facts.values() if fact["spans"])
    assert json.loads(run("info", "sample", "--format", "json")[1])["time_contradictions"] == []
    assert "cannot all hold" in run("info", impossible)[1]


def time_of(run: Any, *words: str) -> Any:
    events = json.loads(run("query", "sample", "--format", "json", "--undated", *words)[1])["events"]
    return next(event["time"] for event in events if event["id"] == "evt-airstrikes")


def test_an_event_carries_its_bounds_its_precision_its_basis_its_phrase_and_the_chain(run: Any) -> None:
    time = time_of(run)
    assert (time["earliest"], time["latest"], time["approx"]) == ("2024-11-27", "2024-12-02", True)
    assert (time["precision"], time["basis"]) == ("days", "reference")
    assert time["phrase"] == "following a series of airstrikes"
    assert [fact["record"] for fact in time["because"]["start_min"]][-1] == "evt-rebel-offensive"


def test_with_only_what_the_report_says_the_bounds_open_again(run: Any) -> None:
    time = time_of(run, "--text-only")
    assert time["latest"] is None
    assert time["basis"] != "reference"
    assert all(fact["basis"] != "reference" for chain in time["because"].values() for fact in chain)


def test_the_effect_of_leaving_out_what_comes_from_outside_is_told(run: Any) -> None:
    assert "22 dated only from outside the report" in run("query", "sample")[1]
    said = run("query", "sample", "--text-only")[1]
    assert "22 dates from outside left out" in said
    assert "dated only from outside" not in said


def test_csv_has_the_phrase_and_the_reasons_beside_bounds_and_basis(run: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(run("query", "sample", "--format", "csv")[1])))
    row = next(row for row in rows if row["id"] == "evt-airstrikes")
    assert (row["earliest"], row["latest"], row["date_basis"]) == ("2024-11-27", "2024-12-02", "reference")
    assert row["phrase"] == "following a series of airstrikes"
    assert "earliest: " in row["why"]
    assert "“Rebel offensive” is dated from 27 Nov 2024" in plain(row["why"])
    assert "latest: " in row["why"]


def test_the_table_says_what_dates_rest_on_and_the_words(run: Any) -> None:
    said = plain(run("query", "sample", "--actor", "Russia")[1])
    assert "dates: both from outside the report; when: “following a series of airstrikes”" in said
    assert "dates: in the text; when: “in 2015”" in said
    said = plain(run("query", "sample", "--actor", "Russia", "--text-only")[1])
    assert "outside" not in said.partition("WHEN")[2]


@pytest.mark.parametrize(
    ("option", "value", "facet", "stored"),
    [
        ("--precision", "year", "precision", "year"),
        ("--precision", "unknown", "precision", "(not stated)"),
        ("--time-basis", "reference", "basis", "reference"),
        ("--basis", "none", "basis", "(not stated)"),
    ],
)
def test_precision_and_basis_of_time_are_filters(
    run: Any, option: str, value: str, facet: str, stored: str
) -> None:
    told = json.loads(run("query", "sample", option, value, "--format", "json")[1])
    assert told["filter"] == {facet: {"include": [stored]}}
    everything = json.loads(run("query", "sample", "--format", "json")[1])["events"]
    nothing = {"precision": "unknown", "basis": None}
    wanted = nothing[facet] if stored == "(not stated)" else stored
    expected = {event["id"] for event in everything if event["time"][facet] == wanted}
    assert {event["id"] for event in told["events"]} == expected
    assert expected


def test_a_figure_says_beside_its_sentences_when_and_whence(run: Any, tmp_path: Any) -> None:
    out = tmp_path / "russia.svg"
    words = (
        "--view",
        "timeline",
        "--view",
        "events",
        "--actor",
        "Russia",
        "--size",
        "1600x1200",
        "--out",
        str(out),
    )
    assert run("export", "sample", *words)[0] == 0
    texts = "".join(ET.parse(out).getroot().itertext())
    assert "27 Nov – about 2 Dec 2024, both from outside the report" in " ".join(plain(texts).split())
    assert run("export", "sample", *words, "--text-only")[0] == 0
    assert "both from outside the report" not in plain(out.read_text(encoding="utf-8"))
