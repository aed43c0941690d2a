"""Every case comes through one door, told apart by content; what cannot be opened gets all its problems."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from explorer.casefile import temporary
from explorer.intake.opening import Cancelled, open_case
from explorer.intake.reporting import ProblemsFound


def one_document(text: str, pieces: list[str]) -> dict[str, Any]:
    """Return a case of one event that cites each piece of text, one sentence a line."""
    sentences, at = [], 0
    for line in text.split("\n"):
        sentences.append({"start": at, "end": at + len(line)})
        at += len(line) + 1
    spans = [
        {
            "id": f"sp-{n}",
            "document": "doc-1",
            "start": text.index(p),
            "end": text.index(p) + len(p),
            "quote": p,
        }
        for n, p in enumerate(pieces)
    ]
    return {
        "format": "event-case", "format_version": "1.0", "id": "case-1", "title": "One",
        "created": "2026-01-01T00:00:00Z", "modified": "2026-01-01T00:00:00Z",
        "documents": [{
            "id": "doc-1", "title": "T", "text": text, "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "sentences": [s for s in sentences if s["end"] > s["start"]],
        }],
        "spans": spans,
        "events": [{"id": "evt-1", "title": "E", "claims": [{"id": "clm-1", "evidence": [s["id"] for s in spans]}]}],
    }  # fmt: skip


def problems(source: Any) -> ProblemsFound:
    with pytest.raises(ProblemsFound) as raised:
        open_case(source)
    assert raised.value.problems
    assert len(str(raised.value).split("\n")) == len(raised.value.problems)
    return raised.value


def test_the_sample_opens_into_a_private_temporary_file() -> None:
    with open_case("sample") as case:
        assert case.temporary
        assert not case.read_only
        assert len(case.table()) == 25
        path = case.path
    assert not path.exists()


def test_files_are_told_apart_by_their_content_and_not_by_their_name(
    tmp_path: Path, sample_path: Path
) -> None:
    with open_case("sample") as case:
        case.save_copy(tmp_path / "looks-like.json")
        known = case.case_hash()
    shutil.copy(sample_path, tmp_path / "looks-like.dateline")
    for name, is_temporary in (("looks-like.json", False), ("looks-like.dateline", True)):
        with open_case(tmp_path / name) as case:
            assert (case.case_hash(), case.temporary) == (known, is_temporary)
    with open_case(str(sample_path)) as case:
        assert case.case_hash() == known


def test_what_cannot_be_opened_says_so_with_its_source(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    (tmp_path / "empty.dateline").touch()
    (tmp_path / "text.dateline").write_text("hello")
    (tmp_path / "text.txt").write_text("hello")
    for name, word in (
        ("other.db", "another program"), ("empty.dateline", "empty"), ("text.dateline", "not a case file"),
        ("text.txt", "line 1, column 1"), ("missing.json", "no file"), ("missing.dateline", "no file"), (".", "folder"),
        ("\0", "cannot be read"),
    ):  # fmt: skip
        found = problems(tmp_path / name)
        assert word in str(found)
        assert found.source == str(tmp_path / name)


def test_a_broken_case_leaves_no_temporary_file_and_an_open_case_untouched(
    tmp_path: Path, sample_json: dict[str, Any]
) -> None:
    with open_case("sample") as case:
        sample_json["events"][0]["type"] = "X"
        path = tmp_path / "bad.case.json"
        path.write_text(json.dumps(sample_json), encoding="utf-8")
        before = set(case.path.parent.iterdir())
        assert problems(path).problems[0].path == "events[0].type"
        assert set(case.path.parent.iterdir()) == before
        assert len(case.table()) == 25


@pytest.mark.parametrize("after", [0, 1, 3, 5])
def test_opening_can_be_given_up_at_any_time_and_leaves_nothing(after: int, sample_path: Path) -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > after

    folder = temporary.new_file().parent
    before = set(folder.iterdir())
    try:
        open_case(sample_path, cancelled=stop).close()
    except Cancelled:
        assert len(asked) == after + 1
    assert set(folder.iterdir()) == before


def test_progress_grows_to_one_in_words(sample_path: Path) -> None:
    told: list[tuple[float, str]] = []
    open_case(sample_path, progress=lambda done, words: told.append((done, words))).close()
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == 1.0
    assert all(words for _, words in told)


def test_a_newer_minor_version_is_open_for_reading_only_with_a_message(
    tmp_path: Path, sample_json: dict[str, Any]
) -> None:
    path = tmp_path / "new.case.json"
    path.write_text(json.dumps(sample_json | {"format_version": "1.9", "mood": "x"}), encoding="utf-8")
    with open_case(path) as case:
        assert case.read_only
        assert "mood" in case.messages[0]
        assert len(case.table()) == 25


@pytest.mark.parametrize(
    "lead", ["", "😀 first 😀\n", "one\r\nline\r\n", "قالت الوزارة إن\n", "e\u0301 nfd 👩‍👩‍👧\n"]
)
def test_offsets_hold_after_emoji_crlf_and_arabic(tmp_path: Path, lead: str) -> None:
    text = f"{lead}Then the bridge 😀 fell.\nقصفت الطائرات حلب."
    path = tmp_path / "x.case.json"
    pieces = ["the bridge", "😀 fell", "حلب"]
    for escaped in (True, False):
        path.write_text(
            json.dumps(one_document(text, pieces), ensure_ascii=escaped), encoding="utf-8", newline=""
        )
        with open_case(path) as case:
            document = case.record("doc-1")
            assert document.text == text
            assert [document.text[s.start : s.end] for s in case.spans(["sp-0", "sp-1", "sp-2"])] == pieces
            back = json.loads("".join(case.to_json()))
            assert back["documents"][0]["text"] == text


def test_one_word_of_a_megabyte_and_a_document_of_many_sentences_open_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "x.case.json"
    started = time.perf_counter()
    for text in ("x" * 1_000_000, "\n".join(f"s{n}" for n in range(50_000))):
        path.write_text(json.dumps(one_document(text, [text[:2]])), encoding="utf-8")
        with open_case(path) as case:
            assert case.search(text[:2])
            assert case.text_rows(text[:2]).tolist() == [0]
    assert time.perf_counter() - started < 60  # it takes a second; the bound only tells a quadratic way
