"""ICEWS, in a fixture written by hand: source and target have a direction, rows lead to a story and its sentence."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from readers import ICEWS_HEADER, ICEWS_ROWS, events, named, read, records

from explorer.formats.icews import IcewsReader
from explorer.formats.registry import reader_for
from explorer.formats.source import opened


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "events.tab"
    path.write_text("\n".join((ICEWS_HEADER, *ICEWS_ROWS, "")), encoding="utf-8")
    return path


def test_the_source_acts_on_the_target(export: Path) -> None:
    rows, _ = read(IcewsReader(), export)
    event = events(rows)["evt-icews-11-20180601"]
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


def test_one_id_on_two_days_is_two_events(tmp_path: Path) -> None:
    """Of 17 million rows of ICEWS, 290,000 share their Event ID with a row of another day."""
    path = tmp_path / "events.tab"
    path.write_text(
        "\n".join((ICEWS_HEADER, ICEWS_ROWS[0], ICEWS_ROWS[0].replace("2018-06-01", "2018-07-09"), ""))
    )
    assert list(events(read(IcewsReader(), path)[0])) == ["evt-icews-11-20180601", "evt-icews-11-20180709"]


@pytest.mark.parametrize(
    ("encoding", "how"),
    [
        ("utf-8-sig", {"delimiter": "\t", "quoting": csv.QUOTE_ALL}), ("utf-8", {"delimiter": ","}),
        ("utf-16", {"delimiter": "\t"}), ("cp1252", {"delimiter": ";", "quoting": csv.QUOTE_ALL}),
    ],
)  # fmt: skip
def test_columns_in_another_order_and_saved_otherwise_read_alike(
    export: Path, tmp_path: Path, encoding: str, how: dict[str, Any]
) -> None:
    table = [line.split("\t")[::-1] for line in (ICEWS_HEADER.upper(), *ICEWS_ROWS)]
    text = io.StringIO(newline="")
    csv.writer(text, **how).writerows(table)
    path = tmp_path / "saved.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    with opened(path) as source:
        reader = reader_for(source)
    assert isinstance(reader, IcewsReader)
    assert events(read(reader, path)[0]) == events(read(IcewsReader(), export)[0])
