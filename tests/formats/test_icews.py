"""ICEWS, in a fixture written by hand: source and target have a direction, rows lead to a story and its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from readers import ICEWS_HEADER, ICEWS_ROWS, events, named, read, records

from explorer.formats.icews import IcewsReader


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "events.tab"
    path.write_text("\n".join((ICEWS_HEADER, *ICEWS_ROWS, "")), encoding="utf-8")
    return path


def test_the_source_acts_on_the_target(export: Path) -> None:
    rows, _ = read(IcewsReader(), export)
    event = events(rows)["evt-icews-11"]
    assert [value["role"] for value in event["participants"]] == ["actor", "recipient"]
    assert (event["type"], event["mode"]) == ("COERCE", "seize")
    assert named(rows, "actors", "Xyland")["kind"] == "state"
    assert named(rows, "actors", "Rebels (Ypolis)")["kind"] == "rebel_group"


def test_rows_of_one_sentence_share_its_document(export: Path) -> None:
    rows, skipped = read(IcewsReader(), export)
    (document,) = records(rows, "documents").values()
    assert document["title"] == "Story 77, sentence 2"
    assert document["publisher"] == 'Daily "X"'
    assert [(skip.line, skip.reason) for skip in skipped] == [(4, "Event Date is not a date")]
