"""The commands: what they print against plain Python over the JSON, and how they refuse."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from builders import random_case

from explorer import answers, cli
from explorer.query.asking import OPTIONS

ROOT = Path(__file__).resolve().parent.parent
CASE = json.loads((ROOT / "resources" / "sample.case.json").read_text(encoding="utf-8"))
ROLES = {"any": {"actor", "party", "recipient", "beneficiary", "affected"}, "actor": {"actor", "party"}}
ROLES["recipient"] = {"recipient", "beneficiary", "affected"}


class Answer:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def ids(self) -> set[str]:
        return {event["id"] for event in self.json["events"]}


@pytest.fixture
def run(qapp: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a command that runs in this process; the application is that of the tests of widgets, if they follow."""
    monkeypatch.setenv("DATELINE_DEBUG", "1")

    def command(*words: str) -> Answer:
        code = cli.main(words)
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    return command


@pytest.fixture
def query(run: Any) -> Any:
    return lambda *words: run("query", "sample", "--format", "json", *words)


# -- the same question, asked in plain Python ---------------------------------------------------------------------


def circle(actor: str) -> set[str]:
    """Itself, all that is part of it, and whoever leads it."""
    ties = [r for r in CASE["relations"] if r["type"] == "part_of"]
    members = {actor}
    while more := {r["source"] for r in ties if r["target"] in members} - members:
        members |= more
    return members | {r["source"] for r in CASE["relations"] if r["type"] == "leads" and r["target"] == actor}


def with_actor(actor: str, role: str = "any") -> set[str]:
    return {
        e["id"]
        for e in CASE["events"]
        if any(p["actor"] in circle(actor) and p["role"] in ROLES[role] for p in e.get("participants", ()))
    }


def places() -> dict[str, dict[str, Any]]:
    return {place["id"]: place for place in CASE["locations"]}


def above(place: str | None) -> list[str]:
    found = []
    while place:
        found.append(place)
        place = places()[place].get("part_of")
    return found


def certainly_in(place: str) -> set[str]:
    return {
        e["id"] for e in CASE["events"] if any(place in above(p["location"]) for p in e.get("places", ()))
    }


def possibly_in(place: str) -> set[str]:
    """At a place that contains it, or at an undelimited region below such a place."""
    containers = set(above(place)[1:])
    regions = {
        i
        for i, p in places().items()
        if p["kind"] == "region" and "lat" not in p and containers & set(above(i)[1:])
    }
    wide = containers | regions
    return certainly_in(place) | {
        e["id"] for e in CASE["events"] if any(p["location"] in wide for p in e.get("places", ()))
    }


def kind(event: dict[str, Any]) -> str:
    said = {claim.get("modality", "asserted") for claim in event["claims"]}
    if said <= {"expected", "possible"}:
        return "expected"
    return {"occurrence": "happened", "episode": "ongoing", "state": "situation"}[
        event.get("kind", "occurrence")
    ]


def everything() -> set[str]:
    return {event["id"] for event in CASE["events"]}


def sentences_of(event: dict[str, Any]) -> set[int]:
    text_of = {s["id"]: s for s in CASE["spans"]}
    bounds = CASE["documents"][0]["sentences"]
    spans = {s for part in values(event) for s in part.get("evidence", ())}
    return {n for s in spans for n, b in enumerate(bounds) if b["start"] <= text_of[s]["start"] < b["end"]}


def values(event: dict[str, Any]) -> list[dict[str, Any]]:
    parts = [*event["claims"], event]
    found = list(event["claims"]) + event.get("participants", [])
    for part in parts:
        found += [*part.get("places", []), *part.get("quantities", [])]
        found += [part["time"]] if "time" in part else []
    return found


def with_words(*words: str) -> set[str]:
    """All words in its title and cited sentences; the last one may go on, as it does while one types."""
    document = CASE["documents"][0]
    found = set()
    for event in CASE["events"]:
        cited = [document["sentences"][n] for n in sentences_of(event)]
        text = " ".join(
            [event["title"], *(document["text"][b["start"] : b["end"]] for b in cited)]
        ).casefold()
        whole = [rf"\b{re.escape(word)}\b" for word in words[:-1]]
        found |= (
            {event["id"]}
            if all(re.search(w, text) for w in [*whole, rf"\b{re.escape(words[-1])}"])
            else set()
        )
    return found


# -- who, where, what ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["any", "actor", "recipient"])
@pytest.mark.parametrize("actor", CASE["actors"], ids=lambda actor: actor["id"])
def test_every_actor_in_every_role_finds_what_plain_python_finds(
    query: Any, actor: dict[str, Any], role: str
) -> None:
    answer = query("--actor", actor["name"], "--role", role)
    assert answer.code == 0
    assert answer.ids == with_actor(actor["id"], role)
    assert answer.json["count"] == len(answer.ids)
    assert answer.json["total"] == 25


@pytest.mark.parametrize("actor", CASE["actors"], ids=lambda actor: actor["id"])
def test_every_actor_can_be_excluded(query: Any, actor: dict[str, Any]) -> None:
    assert query("--exclude-actor", actor["id"]).ids == everything() - with_actor(actor["id"])


@pytest.mark.parametrize("place", CASE["locations"], ids=lambda place: place["id"])
def test_every_place_finds_and_excludes_what_is_there_or_below(query: Any, place: dict[str, Any]) -> None:
    assert query("--place", place["name"]).ids == certainly_in(place["id"])
    assert query("--location", place["id"], "--possible-places").ids == possibly_in(place["id"])
    assert query("--exclude-place", place["name"]).ids == everything() - certainly_in(place["id"])


@pytest.mark.parametrize("wanted", ["happened", "ongoing", "situation", "expected"])
def test_every_kind_is_what_the_claims_make_it(query: Any, wanted: str) -> None:
    expected = {event["id"] for event in CASE["events"] if kind(event) == wanted}
    assert query("--kind", wanted).ids == expected
    assert query("--exclude-kind", wanted.upper()).ids == everything() - expected


@pytest.mark.parametrize(
    "code", [*sorted({e["type"] for e in CASE["events"] if "type" in e}), "(not stated)"]
)
def test_every_classification(query: Any, code: str) -> None:
    wanted = None if code == "(not stated)" else code
    assert query("--type", code).ids == {e["id"] for e in CASE["events"] if e.get("type") == wanted}


def test_a_classification_has_plain_words_and_modes(query: Any) -> None:
    strikes = {e["id"] for e in CASE["events"] if e.get("mode") == "aerial"}
    assert query("--type", "assault/aerial").ids == strikes
    assert query("--type", "Violence – air strike").ids == strikes
    assert query("--type", "Not classified").ids == {e["id"] for e in CASE["events"] if "type" not in e}


@pytest.mark.parametrize(
    "words", ["airstrikes", "Idlib", "rebel forces", "Russia", "civil war", "nowhere-at-all", "2015"]
)
def test_text_finds_titles_and_cited_sentences(query: Any, words: str) -> None:
    assert query("--text", words).ids == with_words(*words.casefold().split())


def test_typed_text_is_never_search_syntax(query: Any) -> None:
    for words in ('"', "NOT", "a AND", "NEAR(", "*", "title:x", "(", "-", "🙂"):
        assert query("--text", words).code == 0


def test_several_values_are_a_union_and_all_of_them_an_intersection(query: Any) -> None:
    russia, rebels = with_actor("act-russia"), with_actor("act-syrian-government")
    assert query("--actor", "Russia", "Syrian government").ids == russia | rebels
    assert query("--actor", "Russia", "--actor", "Syrian government").ids == russia | rebels
    assert query("--actor", "Russia", "Syrian government", "--all-actors").ids == russia & rebels
    assert query("--actor", "Russia", "--exclude-actor", "Hezbollah").ids == russia - with_actor(
        "act-hezbollah"
    )


def test_names_match_aliases_in_any_case_and_either_apostrophe(query: Any) -> None:
    assert query("--actor", "ASSAD'S FORCES").ids == with_actor("act-syrian-forces")
    assert query("--actor", "hts").ids == with_actor("act-hts")


def test_a_place_is_found_by_its_path(query: Any) -> None:
    assert query("--place", "Syria/Aleppo").ids == certainly_in("loc-aleppo")
    assert query("--place", "middle east / aleppo").ids == certainly_in("loc-aleppo")
    refused = query("--place", "Iraq/Aleppo")
    assert refused.code == 2
    assert "Middle East/Syria/Aleppo" in refused.err


def test_not_stated_is_a_value_of_every_facet(query: Any) -> None:
    nobody = {e["id"] for e in CASE["events"] if not e.get("participants")}
    assert query("--actor", "(not stated)").ids == nobody
    nowhere = {e["id"] for e in CASE["events"] if not e.get("places")}
    assert query("--place", "not stated").ids == nowhere


def test_according_to_and_reported_as(query: Any) -> None:
    said = {
        e["id"]
        for e in CASE["events"]
        if any((part.get("attribution") or {}).get("actor") == "act-military-sources" for part in values(e))
    }
    assert query("--according-to", "military sources").ids == said
    judged = {e["id"] for e in CASE["events"] if any(c.get("modality") == "assessment" for c in e["claims"])}
    assert query("--reported-as", "assessment").ids == judged


def test_time_leaves_undated_records_out_and_counts_them(query: Any) -> None:
    answer = query("--from", "2015", "--to", "2015")
    assert "evt-russia-2015" in answer.ids
    assert answer.json["undated_left_out"] == 1
    assert "evt-capability-limits" not in answer.ids
    assert "evt-capability-limits" in query("--from", "2015", "--to", "2015", "--undated").ids
    assert query("--from", "2015", "--to", "2015", "--certain").ids == {"evt-russia-2015"}


def test_only_what_the_report_says_drops_values_and_never_records(query: Any) -> None:
    answer = query("--text-only")
    assert answer.ids == everything()
    war = next(e for e in answer.json["events"] if e["id"] == "evt-civil-war")
    assert war["time"] == {
        "edtf": None, "earliest": None, "latest": None, "core": None, "approx": False, "precision": "unknown",
        "basis": None, "phrase": None, "because": {},
    }  # fmt: skip
    dated = {e["id"] for e in answer.json["events"] if e["time"]["basis"]}
    assert dated == {"evt-russia-2015", "evt-territory-reclaimed"}


# -- the shape ----------------------------------------------------------------------------------------------------


def test_evidence_is_every_distinct_span_of_all_values_and_claims(query: Any) -> None:
    spans = {s["id"]: s for s in CASE["spans"]}
    text = CASE["documents"][0]["text"]
    for event in query().json["events"]:
        coded = next(e for e in CASE["events"] if e["id"] == event["id"])
        wanted = {(spans[s]["start"], spans[s]["end"]) for v in values(coded) for s in v.get("evidence", ())}
        found = [(e["start"], e["end"]) for e in event["evidence"]]
        assert set(found) == wanted
        assert len(found) == len(wanted)
        for e in event["evidence"]:
            assert set(e) == {"document", "sentence", "start", "end", "quote"}
            assert text[e["start"] : e["end"]] == e["quote"]
            bounds = CASE["documents"][0]["sentences"][e["sentence"]]
            assert bounds["start"] <= e["start"] < e["end"] <= bounds["end"]


def test_an_event_has_the_shape_of_the_design(query: Any) -> None:
    answer = query("--text", "airstrikes", "--actor", "Russia").json
    assert set(answer) >= {"case", "filter", "total", "count", "undated_left_out", "events", "may_include"}
    assert len(answer["case"]["hash"]) == 64
    event = next(e for e in answer["events"] if e["id"] == "evt-airstrikes")
    assert list(event) == [
        "id", "title", "kind", "type", "mode", "quad", "time", "participants", "places", "quantities", "claims", "evidence",
    ]  # fmt: skip
    assert set(event["time"]) == {
        "edtf", "earliest", "latest", "core", "approx", "precision", "basis", "phrase", "because",
    }  # fmt: skip
    assert event["quad"] == "material_conflict"
    assert event["places"] == [{"location": "loc-rebel-held", "name": "Rebel-held areas", "role": "at"}]
    assert {
        "actor": "act-russian-forces",
        "name": "Russian forces",
        "role": "actor",
        "basis": "stated",
    } in event["participants"]
    assert not any(p["role"] == "recipient" for p in event["participants"])
    assert (event["quantities"][0]["low"], event["quantities"][0]["best"]) == (25, None)


def test_the_filter_printed_is_the_filter_read_back(query: Any, tmp_path: Path) -> None:
    first = query(
        "--actor", "Russia", "--exclude-place", "Ukraine", "--from", "2015", "--undated", "--role", "actor"
    )
    saved = tmp_path / "filter.json"
    saved.write_text(json.dumps(first.json["filter"]), encoding="utf-8")
    assert query("--filter", str(saved)).json == first.json
    saved.write_text(first.out, encoding="utf-8")
    assert query("--filter", str(saved)).json == first.json


def test_a_filter_that_is_no_filter_is_refused_with_the_reason(query: Any, tmp_path: Path) -> None:
    saved = tmp_path / "filter.json"
    for text, reason in (
        ("{", "not JSON"), ('{"actor": []}', "actor"), ('{"actors": {"include": ["act-x"]}}', "act-x"),
        ('{"time_from": "2024-13"}', "month"), ("[]", "filter"), ('{"text": 3}', "text"), ("\ufeff{]", "JSON"),
    ):  # fmt: skip
        saved.write_text(text, encoding="utf-8")
        refused = query("--filter", str(saved))
        assert (refused.code, refused.out) == (2, "")
        assert reason in refused.err
        assert refused.err.count("\n") == 1
    assert query("--filter", str(tmp_path / "none.json")).code == 2
    assert query("--filter", str(tmp_path)).code == 2


def test_jsonl_prints_one_event_a_line(run: Any) -> None:
    answer = run("query", "sample", "--actor", "Russia", "--format", "jsonl")
    assert {json.loads(line)["id"] for line in answer.out.splitlines()} == with_actor("act-russia")


def test_csv_prints_one_row_an_event_with_its_quotes(run: Any) -> None:
    answer = run("query", "sample", "--actor", "Russia", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert {row["id"] for row in rows} == with_actor("act-russia")
    strikes = next(row for row in rows if row["id"] == "evt-airstrikes")
    assert strikes["actor"] == "Russian forces; Syrian government forces"
    assert strikes["recipient"] == ""
    assert "“at least 25 fatalities”" in strikes["quotes"]
    assert strikes["quantities"] == "fatalities at_least 25"


def test_csv_makes_formulas_harmless(run: Any, tmp_path: Path) -> None:
    case = random_case(3)
    case["events"][0]["title"] = '=HYPERLINK("http://x")'
    case["events"][1]["title"] = "@SUM(A1)"
    path = tmp_path / "formulas.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(run("query", str(path), "--format", "csv").out)))
    assert rows[0]["title"] == '\'=HYPERLINK("http://x")'
    assert rows[1]["title"] == "'@SUM(A1)"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_a_table_counts_in_words_and_quotes_the_report(run: Any) -> None:
    answer = run("query", "sample", "--actor", "Russia")
    lines = answer.out.splitlines()
    assert lines[0] == "2 events, 2 background statements and 1 expectation of 25 records"
    assert lines[1] == "Shown: Actor: Russia"
    assert "resulting in at least 25 fatalities” doc-seed, sentence 5" in answer.out
    assert "People not identified" not in answer.out


@pytest.mark.parametrize("seed", [1, 2, 5])
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_cases_in_other_languages_print_in_every_format(
    run: Any, tmp_path: Path, seed: int, form: str
) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps(random_case(seed, events=20, documents=3)), encoding="utf-8")
    answer = run("query", str(path), "--format", form)
    assert (answer.code, answer.err) == (0, "")
    assert not re.search("[\x00-\x09\x0b-\x1f]", answer.out)


# -- Russia and Aleppo --------------------------------------------------------------------------------------------


def test_russia_and_aleppo_say_what_may_be_included(run: Any, query: Any) -> None:
    said = run("query", "sample", "--actor", "Russia", "--place", "Aleppo")
    assert said.code == 0
    assert (
        "No record says that Russia acted in Aleppo. 2 may include it: Russian and Syrian airstrikes"
        in said.out
    )
    assert "--possible-places" in said.out
    answer = query("--actor", "Russia", "--place", "Aleppo")
    assert answer.ids == set()
    assert set(answer.json["may_include"]) == with_actor("act-russia") & possibly_in("loc-aleppo")
    assert len(answer.json["may_include"]) == 2
    shown = query("--actor", "Russia", "--place", "Aleppo", "--possible-places")
    assert shown.ids == set(answer.json["may_include"])


# -- names that are not known -------------------------------------------------------------------------------------


def test_an_unknown_actor_proposes_the_nearest(query: Any) -> None:
    refused = query("--actor", "Rusia")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "dateline: No actor is called “Rusia”. Did you mean Russia?\n"


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (("--actor", "Hezbolah"), "Hezbollah"), (("--exclude-actor", "Asad"), "Bashar al-Assad"),
        (("--place", "Alepo"), "Aleppo"), (("--kind", "hapened"), "Happened"), (("--type", "ASALT"), "Violence"),
        (("--document", "doc-sed"), "Renewed Violence"), (("--status", "cheked"), "checked"),
    ],
)  # fmt: skip
def test_every_kind_of_name_proposes_the_nearest(query: Any, words: tuple[str, str], nearest: str) -> None:
    refused = query(*words)
    assert refused.code == 2
    assert nearest in refused.err
    assert refused.err.count("\n") == 1


def test_a_name_that_occurs_only_in_texts_says_so(query: Any) -> None:
    refused = query("--actor", "humanitarian")
    assert refused.code == 2
    assert "No actor is called “humanitarian”." in refused.err
    assert "--text “humanitarian”" in refused.err


def test_an_actor_that_takes_part_in_no_record_is_explained(query: Any) -> None:
    answer = query("--actor", "Military sources")
    assert answer.code == 0
    assert "takes part in no record" in answer.err
    assert "--according-to “Military sources”" in answer.err


def test_dates_that_are_no_dates_are_refused_with_the_reason(query: Any) -> None:
    for words in (("--from", "2024-13"), ("--to", "yesterday"), ("--from", "2016", "--to", "2015")):
        refused = query(*words)
        assert (refused.code, refused.out) == (2, "")
        assert "--from" in refused.err or "--to" in refused.err
        assert refused.err.count("\n") == 1


# -- exit codes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("query",), ("query", "sample", "--nonsense"), ("query", "sample", "--format", "xml"), ("export", "sample"),
        ("export", "sample", "--out", "x.gif"), ("export", "sample", "--out", "/no/such/folder/x.svg"),
        ("export", "sample", "--out", "x.svg", "--size", "big"), ("export", "sample", "--out", "x.svg", "--size", "9x9"),
        ("export", "sample", "--out", "x.svg", "--size", "30000x900"),
        ("export", "sample", "--out", "x.png", "--size", "9000x900", "--scale", "4"),
        ("export", "sample", "--out", "x.png", "--scale", "nan"),
        ("export", "sample", "--out", "x.svg", "--axis", "elastik"), ("export", "sample", "--out", "x.svg", "--view", "map"),
        ("export", "sample", "--out", "x.svg", "--window", "2015-99"), ("export", "sample", "--out", "x.svg", "--window", "2015/"),
        ("import", "a.csv"), ("schema", "sample"), ("qurey", "sample"), ("sample", "more"), ("--nonsense",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_ends_with_2_and_one_line(run: Any, words: tuple[str, ...]) -> None:
    refused = run(*words)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("dateline: ")
    assert refused.err.count("\n") == 1
    assert not list(Path.cwd().glob("x.*"))


@pytest.mark.parametrize("command", ["query", "check", "info", "export"])
def test_a_case_with_a_problem_ends_with_1_and_says_it_line_by_line(
    run: Any, tmp_path: Path, command: str
) -> None:
    broken = json.loads(json.dumps(CASE))
    broken["events"][8]["time"]["edtf"] = "2024-13"
    broken["spans"][5]["quote"] += "x"
    path = tmp_path / "broken.case.json"
    path.write_text(json.dumps(broken), encoding="utf-8")
    figure = ("--out", str(tmp_path / "x.svg")) if command == "export" else ()
    refused = run(command, str(path), *figure)
    assert (refused.code, refused.out) == (1, "")
    assert "events[8].time.edtf" in refused.err
    assert "spans[5].quote" in refused.err
    assert all(line.startswith(f"dateline: {path}: ") for line in refused.err.splitlines())
    assert not (tmp_path / "x.svg").exists()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[" * 5000, b'{"a": NaN}', b"null"])
@pytest.mark.parametrize("command", ["query", "check", "info"])
def test_what_is_no_case_ends_with_1_and_no_traceback(
    run: Any, tmp_path: Path, command: str, content: bytes
) -> None:
    path = tmp_path / "no.json"
    path.write_bytes(content)
    refused = run(command, str(path))
    assert (refused.code, refused.out) == (1, "")
    assert str(path) in refused.err
    assert "Traceback" not in refused.err


def test_more_problems_than_are_told_are_counted(run: Any, tmp_path: Path) -> None:
    broken = json.loads(json.dumps(CASE))
    for span in broken["spans"][:90]:
        span["quote"] += "x"
    path = tmp_path / "many.json"
    path.write_text(json.dumps(broken), encoding="utf-8")
    told = run("check", str(path)).err.splitlines()
    assert len(told) == 51
    assert told[-1] == f"dateline: {path}: … and 40 more problems"
    broken["mentions"] = [
        {"span": f"sp-{n}", "refers_to": "act-russia", "form": "name"} for n in range(12_000)
    ]
    path.write_text(json.dumps(broken), encoding="utf-8")
    assert run("check", str(path)).err.splitlines()[-1].endswith("… and more problems, too many to count")


def test_a_missing_case_and_a_directory_end_with_1(run: Any, tmp_path: Path) -> None:
    assert run("query", str(tmp_path / "none.dateline")).code == 1
    assert run("query", str(tmp_path)).code == 1
    missing = run(str(tmp_path / "none.dateline"))
    assert (missing.code, missing.err.count("\n")) == (1, 1)


def test_check_info_and_schema_of_the_sample(run: Any) -> None:
    checked = run("check", "sample")
    assert checked.code == 0
    assert "no problem" in checked.out
    assert "25" in run("info", "sample").out
    assert run("info", "sample", "--format", "json").json["counts"]["events"] == 25
    assert "$defs" in run("schema").json


@pytest.mark.parametrize("command", [name for name in cli.COMMANDS if name != "schema"])
def test_every_option_of_every_command_has_words(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[argparse.ArgumentParser] = []

    def stop(parser: argparse.ArgumentParser, *_: Any) -> Any:
        seen.append(parser)
        raise KeyboardInterrupt

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", stop)
    assert cli.main([command]) == 130
    options = [action for parser in seen for action in parser._actions]
    assert options
    assert [option.dest for option in options if not option.help or option.help == argparse.SUPPRESS] == []


def test_help_is_a_command_and_a_wrong_word_proposes_one(run: Any) -> None:
    assert run("help").out == run("--help").out
    assert run("help", "query").out == run("query", "--help").out
    assert "Did you mean export?" in run("help", "exprot").err
    wrong = run("exprot", "sample", "--out", "x.svg")
    assert (wrong.code, "Did you mean dateline export?" in wrong.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--kind foo", "--kind “foo”: expected happened, ongoing, situation or expected"),
        ("--kind hapened", "Did you mean Happened?"), ("--status xx", "unreviewed, checked or disputed"),
        ("--sources many", "one, several or differ"), ("--basis x", "reference, inferred or stated"),
        ("--role actr", "--role actr: expected actor, recipient or any. Did you mean actor?"),
        ("--tag zz", "--tag: Nothing here"), ("--format xml", "table, json, jsonl or csv"),
    ],
)  # fmt: skip
def test_a_wrong_value_names_the_option_its_choices_and_the_nearest(
    query: Any, words: str, told: str
) -> None:
    refused = query(*words.split())
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert told in refused.err


def test_a_blank_is_no_name_but_blank_text_is_no_condition(query: Any) -> None:
    options = [*OPTIONS.values(), *(option.replace("--", "--exclude-") for option in OPTIONS.values())]
    for option in options:
        for blank in ("", "   "):
            refused = query(option, blank)
            assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
            assert "(not stated)" in refused.err
    assert query("--from", "").code == query("--to", " ").code == 2
    assert query("--text", "").ids == everything()


def test_a_figure_s_wrong_value_names_its_choices(run: Any, tmp_path: Path) -> None:
    for words, told in (
        ("--view timelin", "timeline, actors, matrix, events or source. Did you mean timeline?"),
        ("--theme x", "light, dark or print"), ("--axis ordr", "expected calendar, elastic or order. Did you mean order?"),
        ("--scale x", "no number"), ("--window=", "empty"),
    ):  # fmt: skip
        refused = run("export", "sample", "--out", str(tmp_path / "x.svg"), *words.split())
        assert (refused.code, refused.err.count("\n")) == (2, 1)
        assert words.partition(" ")[0].strip("=") in refused.err
        assert told in refused.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"text": 3}', "text: found 3; expected text"), ('{"actors": {"inclde": []}}', "one of include, exclude, match"),
        ('{"actor": {}}', "perhaps actors was meant"), ("[]", "expected an object"), ("{", "line 1, column 2: it ends too early"),
        ('{"text": "\\ud800"}', "lone surrogate"), ('{"kinds": {"include": ["foo"]}}', "expected happened"),
        ('{"actors": {"include": [""]}}', "(not stated)"), ("[" * 5000, "nested too deeply"),
    ],
)  # fmt: skip
def test_a_wrong_filter_is_refused_in_plain_words(query: Any, tmp_path: Path, text: str, told: str) -> None:
    saved = tmp_path / "filter.json"
    saved.write_text(text, encoding="utf-8")
    refused = query("--filter", str(saved))
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert told in refused.err
    for jargon in ("Input", "Extra", "permitted", "Errno", "codec", "should"):
        assert jargon not in refused.err


def test_a_filter_that_cannot_be_read_is_refused_in_plain_words(query: Any, tmp_path: Path) -> None:
    (tmp_path / "latin1").write_bytes(b'{"text": "\xe9"}')
    for name, told in (("latin1", "not text in UTF-8"), ("none", "No such file"), (".", "Is a directory")):
        refused = query("--filter", str(tmp_path / name))
        assert (refused.code, told in refused.err, "Errno" in refused.err) == (2, True, False)


def test_help_names_every_command_and_version_the_program(run: Any) -> None:
    told = run("--help")
    assert told.code == 0
    assert all(command in told.out for command in cli.COMMANDS)
    assert run("--version").out.startswith("dateline 0.")
    for command in cli.COMMANDS:
        assert run(command, "--help").code == 0


def test_a_window_opens_only_after_the_preflight(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sample"], preflight=lambda: "no display here") == 2
    assert capsys.readouterr().err == "dateline: no display here\n"


def test_ctrl_c_ends_quietly_with_130(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(words: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(cli.COMMANDS, "query", interrupted)
    answer = run("query", "sample")
    assert (answer.code, answer.out, answer.err) == (130, "", "")


def test_what_a_library_makes_of_ctrl_c_ends_quietly_with_130(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(words: Any) -> int:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise SystemError("bad argument to internal function") from None
        return 0

    monkeypatch.setitem(cli.COMMANDS, "query", interrupted)
    before = signal.getsignal(signal.SIGINT)
    answer = run("query", "sample")
    assert (answer.code, answer.out, answer.err) == (130, "", "")
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_waits_while_qt_loads() -> None:
    done = []

    def load() -> None:
        with answers.uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("loaded")

    with pytest.raises(KeyboardInterrupt):
        load()
    assert done == ["loaded"]


def test_a_fault_of_the_program_is_one_line(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(words: Any) -> int:
        raise ZeroDivisionError("by zero")

    monkeypatch.setitem(cli.COMMANDS, "query", faulty)
    monkeypatch.delenv("DATELINE_DEBUG")
    answer = run("query", "sample")
    assert answer.code == 1
    assert "a fault of the program" in answer.err
    assert answer.err.count("\n") == 1


# -- figures ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("axis", ["calendar", "order"])
def test_a_figure_holds_exactly_the_filtered_ids(run: Any, tmp_path: Path, axis: str) -> None:
    out = tmp_path / "t.svg"
    done = run(
        "export", "sample", "--view", "timeline", "--axis", axis, "--actor", "Russia", "--out", str(out)
    )
    assert (done.code, done.out) == (0, "")
    assert "2 events, 2 background statements and 1 expectation of 25 records" in done.err
    assert set(re.findall(r"evt-[a-z0-9-]+", out.read_text(encoding="utf-8"))) == with_actor("act-russia")


def test_a_figure_takes_a_preset_size_and_several_views(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "page.svg"
    done = run(
        "export",
        "sample",
        "--view",
        "timeline",
        "events",
        "--size",
        "square",
        "--out",
        str(out),
        "--lanes",
        "place",
    )
    assert done.code == 0
    assert 'viewBox="0 0 1200 1200"' in out.read_text(encoding="utf-8")


def test_a_window_of_the_calendar_is_a_stretch_with_two_ends() -> None:
    from explorer.export.options import window_seconds
    from explorer.model.times import day_of

    first, last = window_seconds("2015/2016-03") or (0, 0)
    assert (day_of(int(first)), day_of(int(last))) == ("2015-01-01", "2016-03-31")
    assert window_seconds(None) is None


# -- in a process of its own --------------------------------------------------------------------------------------


def loaded_by(code: str, **environ: str) -> set[str]:
    script = f"import sys\nfrom explorer import cli\nassert cli.main({code}) == 0\nprint(*sys.modules, file=sys.stderr)"
    clean = {
        k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=clean | environ,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "words",
    [["query", "sample", "--actor", "Russia"], ["check", "sample"], ["info", "sample"], ["schema"]],
    ids=str,
)
def test_query_check_info_and_schema_load_no_qt_at_all(words: list[str]) -> None:
    assert not {name for name in loaded_by(repr(words)) if name.startswith(("PySide6", "shiboken6"))}


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_export_runs_without_a_display_and_loads_no_widgets(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"figure.{suffix}"
    loaded = loaded_by(repr(["export", "sample", "--actor", "Russia", "--out", str(out)]))
    assert "PySide6.QtGui" in loaded
    assert "PySide6.QtWidgets" not in loaded
    assert out.stat().st_size > 1000


def test_a_closed_pipe_ends_quietly() -> None:
    command = [sys.executable, "-m", "explorer", "query", "sample", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("words", ["query sample", "schema", "info sample", "--help"])
def test_output_that_cannot_be_written_is_told_in_one_line(words: str) -> None:
    for target, reason in (("/dev/full", "No space left"), ("&-", "closed")):
        if words == "--help" and target == "&-":
            continue  # argparse itself says nothing then
        command = f"{sys.executable} -m explorer {words} >{target}"
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode == 1
        assert done.stderr.startswith("dateline: the output could not be written: ")
        assert reason in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_closed_stderr_keeps_complaints_out_of_the_output() -> None:
    command = f"{sys.executable} -m explorer query sample --actor Rusia 2>&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (2, "")


def test_names_in_any_script_reach_a_pipe_in_an_ascii_locale(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps(random_case(2, actors=12), ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "explorer", "query", str(path), "--format", "csv"],
        capture_output=True, check=True, cwd=ROOT, env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.stdout.decode("utf-8").isascii() is False
