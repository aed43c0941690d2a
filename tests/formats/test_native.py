"""Bad JSON gets all its problems at once, each with its path; good JSON comes back as it was."""

from __future__ import annotations

import copy
import gzip
import json
import os
import random
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from builders import random_case

from explorer.formats import encoded, native
from explorer.formats.refused import LIMIT, ReadingCancelled, RefusedError
from explorer.intake.opening import open_case
from explorer.intake.reporting import ProblemsFound


def refused(tmp_path: Path, content: Any) -> dict[str, str]:
    """Write content and return path -> line of each problem that reading it gives."""
    path = tmp_path / "bad.case.json"
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(data)
    with pytest.raises(RefusedError) as raised:
        native.read(path)
    assert 1 <= len(raised.value.problems) <= LIMIT
    for problem in raised.value.problems:
        assert problem.found
        assert problem.expected
        assert "\n" not in str(problem)
    return {problem.path: str(problem) for problem in raised.value.problems}


def only(problems: dict[str, str]) -> tuple[str, str]:
    assert len(problems) == 1, problems
    return next(iter(problems.items()))


def test_the_sample_is_read_whole(sample_path: Path, sample_case: Any) -> None:
    read = native.read(sample_path)
    for name, records in read.lists.items():
        assert tuple(records) == getattr(sample_case, name)


# -- files --------------------------------------------------------------------------------------------------------


def test_a_missing_file_a_folder_and_an_empty_file_are_each_named(tmp_path: Path) -> None:
    for path, word in ((tmp_path / "no.json", "no file"), (tmp_path, "folder")):
        with pytest.raises(RefusedError, match=word):
            native.read(path)
    assert "empty" in only(refused(tmp_path, b""))[1]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("{}")
    path.chmod(0)
    with pytest.raises(RefusedError, match="may not be read"):
        native.read(path)


@pytest.mark.parametrize(
    ("encoding", "word"),
    [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-32", "UTF-32"), ("latin-1", "Latin-1")],
)
def test_another_encoding_is_named(tmp_path: Path, encoding: str, word: str) -> None:
    assert word in only(refused(tmp_path, '{"title": "Émile é"}'.encode(encoding)))[1]


def test_a_byte_order_mark_is_tolerated(tmp_path: Path, sample_path: Path) -> None:
    path = tmp_path / "bom.case.json"
    path.write_bytes(b"\xef\xbb\xbf" + sample_path.read_bytes())
    assert len(native.read(path).lists["events"]) == 25


def test_a_file_over_the_cap_is_refused_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoded, "MAX_BYTES", 1000)
    assert "MB" in only(refused(tmp_path, b'"' + b"x" * 2000 + b'"'))[1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    with pytest.raises(RefusedError, match="not a file"):
        native.read(pipe)
    with pytest.raises(ProblemsFound, match="not a file"):
        open_case(pipe)


def test_a_file_of_a_gigabyte_is_refused_after_its_first_part(tmp_path: Path) -> None:
    path = tmp_path / "sparse.json"
    with path.open("wb") as file:
        file.truncate(2**30)
    told: list[float] = []
    with pytest.raises(RefusedError, match="1024 MB"):
        native.read(path, progress=lambda done, _: told.append(done))
    assert not told


def test_a_packed_file_is_named(tmp_path: Path) -> None:
    assert "gzip" in only(refused(tmp_path, gzip.compress(b"{}")))[1]


def test_a_hundred_megabytes_of_brackets_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_bytes(b"[" * 100_000_000)
    started = time.perf_counter()
    with pytest.raises(RefusedError, match="brackets"):
        native.read(path)
    assert (
        time.perf_counter() - started < 20
    )  # it takes milliseconds; the bound only tells a recursion or a parse


@pytest.mark.parametrize("depth", [109, 111, 1_000, 100_000])
@pytest.mark.parametrize("pair", [("[", "]"), ('{"a":', "}")])
def test_depth_is_measured_outside_strings_only(tmp_path: Path, depth: int, pair: tuple[str, str]) -> None:
    text = pair[0] * depth + '"[[[ \\" {{{ \\\\"' + pair[1] * depth
    problems = refused(tmp_path, text.encode())
    assert ("brackets" in " ".join(problems.values())) == (depth > encoded.MAX_DEPTH)


def test_depth_is_the_same_however_the_file_is_cut_into_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    text = b'{"a": "\\\\\\" [[[ \\\\", "b": [' + b"[" * 60 + b'"]]]\\"]"' + b"]" * 60 + b"]}"
    whole = encoded.Depth()
    whole.feed(text)
    for size in (1, 2, 3, 7):
        cut = encoded.Depth()
        for at in range(0, len(text), size):
            cut.feed(text[at : at + size])
        assert (cut._depth, cut._inside) == (whole._depth, whole._inside) == (0, 0)


# -- syntax -------------------------------------------------------------------------------------------------------


def test_truncated_json_says_where_it_ends(tmp_path: Path, sample_path: Path) -> None:
    path, line = only(refused(tmp_path, sample_path.read_bytes()[:5000]))
    assert path.startswith("line ")
    assert "column" in path
    assert "cut short" in line


@pytest.mark.parametrize(
    "text", ["{", '{"a" 1}', "nul", '{"a": 1,}', "[1 2]", '{"a": "\x01"}', "{} {}", '"\\x"', " "]
)
def test_a_syntax_error_has_its_line_and_column(tmp_path: Path, text: str) -> None:
    path, _ = only(refused(tmp_path, text.encode()))
    assert path.startswith("line 1, column")


@pytest.mark.parametrize(
    "text", ["[]", "1", '"case"', "null", "NaN", "{}", '{"format": "other"}', '{"rows": []}']
)
def test_json_that_is_no_case_says_so(tmp_path: Path, text: str) -> None:
    only(refused(tmp_path, text.encode()))


def test_duplicate_keys_are_named_with_their_path(tmp_path: Path, sample_path: Path) -> None:
    text = sample_path.read_text(encoding="utf-8").replace(
        '"title": "Resurgence', '"title": "x", "title": "Resurgence', 1
    )
    path, line = only(refused(tmp_path, text.encode()))
    assert path == "events[0].title"
    assert "twice" in line


def test_a_number_of_ten_thousand_digits_is_refused(tmp_path: Path, sample_path: Path) -> None:
    text = sample_path.read_text(encoding="utf-8").replace('"low": 25', '"low": ' + "9" * 10_000, 1)
    path, line = only(refused(tmp_path, text.encode()))
    assert path.endswith("quantities[0].low")
    assert "64 bits" in line


# -- values -------------------------------------------------------------------------------------------------------


def change(case: dict[str, Any], at: str, value: Any) -> dict[str, Any]:
    *steps, last = [int(step) if step.isdigit() else step for step in at.split("/")]
    here: Any = case
    for step in steps:
        here = here[step]
    here[last] = value
    return case


NAN, INFINITY = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("at", "value", "path"),
    [
        ("ext", {"a": [1, {"b": NAN}]}, "ext.a[1].b"),
        ("ext", {"a": INFINITY}, "ext.a"),
        ("ext", {"a": 10**30}, "ext.a"),
        ("ext", {"a": "\ud800"}, "ext.a"),
        ("events/0/title", "\ud800", "events[0].title"),
        ("title", "half \udfff", "title"),
        ("events/0/titel", "x", "events[0].titel"),
        ("evnts", [], "evnts"),
        ("events/0/type", "ASSALT", "events[0].type"),
        ("events/0/kind", 3, "events[0].kind"),
        ("events/0/claims", [], "events[0].claims"),
        ("events/7/id", "Event 1", "events[7].id"),
        ("events", {}, "events"),
        ("actors/0/country", "Syria", "actors[0].country"),
        ("locations/0/lat", NAN, "locations[0].lat"),
        ("locations/0/lat", 10**30, "locations[0].lat"),
        ("format_version", "2.0", "format_version"),
        ("format_version", "one", "format_version"),
        ("format_version", 1.0, "format_version"),
        ("format", "event-cases", "format"),
        ("events/3/participants/0/actor", "act-nobody", "events[3].participants[0].actor"),
        ("events/0/time", {"edtf": "2024-13", "evidence": ["sp-01-11"]}, "events[0].time.edtf"),
        ("events/0/time", {"edtf": "2024", "basis": "reference"}, "events[0].time.citations"),
        ("documents/0/text_sha256", "0" * 64, "documents[0].text_sha256"),
        ("locations/0/part_of", "loc-nowhere", "locations[0].part_of"),
        ("links/0/type", "causse", "links[0].type"),
        ("mentions/0/span", "sp-none", "mentions[0].span"),
    ],
)
def test_each_wrong_value_is_told_at_its_path(
    tmp_path: Path, sample_json: dict[str, Any], at: str, value: Any, path: str
) -> None:
    problems = refused(tmp_path, change(sample_json, at, value))
    assert path in problems, problems
    assert len(problems) <= 3, problems


def test_a_missing_field_is_told(tmp_path: Path, sample_json: dict[str, Any]) -> None:
    del sample_json["events"][2]["claims"][0]["id"]
    del sample_json["title"]
    assert {"events[2].claims[0].id", "title"} <= set(refused(tmp_path, sample_json))


@pytest.mark.parametrize(("name", "meant"), [("particpants", "participants"), ("qantities", "quantities")])
def test_an_unknown_field_proposes_the_nearest(
    tmp_path: Path, sample_json: dict[str, Any], name: str, meant: str
) -> None:
    problems = refused(tmp_path, change(sample_json, f"events/0/{name}", []))
    assert f"did you mean {meant}?" in problems[f"events[0].{name}"]


def test_a_list_with_a_wrong_name_proposes_the_list(tmp_path: Path, sample_json: dict[str, Any]) -> None:
    sample_json["evnts"] = []
    assert "did you mean events?" in refused(tmp_path, sample_json)["evnts"]


def test_a_quote_that_differs_by_one_character_says_where(
    tmp_path: Path, sample_json: dict[str, Any]
) -> None:
    quote = sample_json["spans"][5]["quote"]
    sample_json["spans"][5]["quote"] = quote[:2] + "§" + quote[3:]
    assert "character 3" in refused(tmp_path, sample_json)["spans[5].quote"]


def test_a_span_across_two_sentences_is_refused(tmp_path: Path, sample_json: dict[str, Any]) -> None:
    text, sentences = sample_json["documents"][0]["text"], sample_json["documents"][0]["sentences"]
    start, end = sentences[3]["end"] - 5, sentences[4]["start"] + 5
    sample_json["spans"].append(
        {"id": "sp-across", "document": "doc-seed", "start": start, "end": end, "quote": text[start:end]}
    )
    problems = refused(tmp_path, sample_json)
    assert any(path.startswith(f"spans[{len(sample_json['spans']) - 1}]") for path in problems)


def test_places_in_a_circle_are_refused(tmp_path: Path, sample_json: dict[str, Any]) -> None:
    first, second = sample_json["locations"][:2]
    first["part_of"], second["part_of"] = second["id"], first["id"]
    assert "locations[0].part_of" in refused(tmp_path, sample_json)


def test_low_above_high_is_refused(tmp_path: Path, sample_json: dict[str, Any]) -> None:
    event = next(e for e in sample_json["events"] if e["id"] == "evt-airstrikes")
    event["quantities"][0] |= {"qualifier": "range", "low": 30, "high": 20}
    assert any("quantities[0]" in path for path in refused(tmp_path, sample_json))


def test_an_id_given_twice_is_refused(tmp_path: Path, sample_json: dict[str, Any]) -> None:
    sample_json["actors"].append(dict(sample_json["actors"][0]))
    assert f"actors[{len(sample_json['actors']) - 1}].id" in refused(tmp_path, sample_json)


def test_all_problems_come_at_once_in_file_order_up_to_fifty(
    tmp_path: Path, sample_json: dict[str, Any]
) -> None:
    change(sample_json, "documents/0/kindd", 1)
    change(sample_json, "events/3/type", "X")
    change(sample_json, "events/4/participants/0/actor", "act-nobody")
    problems = list(refused(tmp_path, sample_json))
    assert set(problems) == {"documents[0].kindd", "events[3].type", "events[4].participants[0].actor"}
    for span in sample_json["spans"]:
        span["colour"] = "red"
    assert len(refused(tmp_path, sample_json)) == LIMIT


def test_what_names_a_broken_record_is_not_called_wrong_too(
    tmp_path: Path, sample_json: dict[str, Any]
) -> None:
    change(sample_json, "actors/0/kind", "army")
    assert list(refused(tmp_path, sample_json)) == ["actors[0].kind"]


def test_a_newer_minor_version_is_read_without_what_is_unknown(
    tmp_path: Path, sample_json: dict[str, Any]
) -> None:
    change(sample_json, "format_version", "1.7")
    change(sample_json, "events/0/mood", "tense")
    change(sample_json, "events/0/claims/0/volume", 11)
    change(sample_json, "motto", "x")
    path = tmp_path / "new.case.json"
    path.write_text(json.dumps(sample_json), encoding="utf-8")
    read = native.read(path)
    assert read.newer
    for word in ("mood", "volume", "motto", "reading only"):
        assert word in read.messages[0]


def test_reading_can_be_given_up_and_tells_how_far_it_is(sample_path: Path) -> None:
    told: list[float] = []
    native.read(sample_path, progress=lambda done, words: told.append(done))
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1
    with pytest.raises(ReadingCancelled):
        native.read(sample_path, cancelled=lambda: True)


# -- anything at all ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_mutated_bytes_are_read_or_refused_and_nothing_else(
    tmp_path: Path, sample_path: Path, seed: int
) -> None:
    draw, data = random.Random(seed), sample_path.read_bytes()
    path = tmp_path / "m.case.json"
    for _ in range(15):
        mutated = bytearray(data[: draw.randrange(len(data))] if draw.random() < 0.3 else data)
        for _ in range(draw.randrange(1, 4)):
            mutated[draw.randrange(len(mutated))] ^= 1 << draw.randrange(8)
        path.write_bytes(mutated)
        with suppress(RefusedError):
            native.read(path)


@pytest.mark.parametrize("seed", range(6))
def test_mutated_values_are_read_or_refused_and_nothing_else(tmp_path: Path, seed: int) -> None:
    draw, case = random.Random(seed), random_case(seed, events=4)
    odd = [None, True, -1, 1.5, 10**30, NAN, "", "x", "\ud800", [], {}, [[]], "evt-0", "2024-13", "😀" * 3]
    path = tmp_path / "v.case.json"
    for _ in range(25):
        mutated = copy.deepcopy(case)
        here: Any = mutated
        while True:
            keys = list(here) if isinstance(here, dict) else list(range(len(here)))
            if not keys:
                break
            key = draw.choice(keys)
            if draw.random() < 0.2 or not isinstance(here[key], dict | list):
                here[key] = draw.choice(odd)
                break
            here = here[key]
        path.write_text(json.dumps(mutated), encoding="utf-8")
        with suppress(RefusedError):
            native.read(path)
