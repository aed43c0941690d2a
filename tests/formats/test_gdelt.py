"""GDELT, in rows written by hand: three widths without a header, and mentions as claims of their event."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from readers import events, gdelt_mention, gdelt_row, named, read, records

from explorer.formats.gdelt import EVENT_COLUMNS, MENTION_COLUMNS, GdeltMentionsReader, GdeltReader, joined
from explorer.formats.refused import RefusedError
from explorer.formats.registry import reader_for
from explorer.formats.source import opened


@pytest.mark.parametrize("width", [57, 58, 61])
def test_tables_of_every_width_read_alike(tmp_path: Path, width: int) -> None:
    path = tmp_path / "export.csv"
    path.write_text(gdelt_row(1, width) + "\n" + gdelt_row(2, width, code="040") + "\n", encoding="utf-8")
    rows, skipped = read(GdeltReader(), path)
    assert skipped == []
    strike, talk = events(rows).values()
    assert (strike["type"], strike["mode"], talk["type"]) == ("ASSAULT", "aerial", "CONSULT")
    assert [value["role"] for value in strike["participants"]] == ["actor", "recipient"]
    place = records(rows, "locations")[strike["places"][0]["location"]]
    assert (place["name"], place["lat"], place["lon"]) == ("Old Mill", 10.5, 20.25)
    assert named(rows, "locations", "North")["part_of"] == named(rows, "locations", "Xyland")["id"]
    document = records(rows, "documents").popitem()[1]
    assert document.get("url") == (None if width == 57 else "https://news.example/a")


def test_a_row_of_another_width_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(
        gdelt_row(1, 58) + "\n" + "a\tb\n" + gdelt_row(2, 58, day="20201399") + "\n", encoding="utf-8"
    )
    rows, skipped = read(GdeltReader(), path)
    assert len(events(rows)) == 1
    assert [(skip.line, skip.reason) for skip in skipped] == [
        (2, "a row of 2 columns; GDELT has 57, 58 or 61"), (3, "SQLDATE is not a date"),
    ]  # fmt: skip


def test_a_mention_is_a_claim_of_its_event(tmp_path: Path) -> None:
    path = tmp_path / "mentions.csv"
    path.write_text(
        gdelt_mention(1) + "\n" + gdelt_mention(1, "https://third.example/c") + "\n", encoding="utf-8"
    )
    rows, _ = read(GdeltMentionsReader(), path)
    first, second = [draft for row in rows for name, draft in row.records if name == "events"]
    both = joined(first, second, update=False)
    assert both is not None
    assert len(both["claims"]) == 2
    assert joined(both, second, update=False) == both


def test_the_table_of_events_fills_in_what_mentions_leave_open(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(gdelt_mention(1) + "\n", encoding="utf-8")
    (tmp_path / "e.csv").write_text(gdelt_row(1, 61) + "\n", encoding="utf-8")
    bare = events(read(GdeltMentionsReader(), tmp_path / "m.csv")[0])["evt-gdelt-1"]
    full = events(read(GdeltReader(), tmp_path / "e.csv")[0])["evt-gdelt-1"]
    after = joined(bare, full, update=False)
    before = joined(full, bare, update=False)
    assert after is not None
    assert after["participants"] == full["participants"]
    assert {claim["id"] for claim in after["claims"]} == {claim["id"] for claim in (before or {})["claims"]}
    assert joined(full, {**full, "title": "other"}, update=False) is None


def test_articles_carry_the_dataset_that_lists_them(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(gdelt_mention(1) + "\n", encoding="utf-8")
    (tmp_path / "e.csv").write_text(gdelt_row(1, 61) + "\n", encoding="utf-8")
    for reader, name in ((GdeltMentionsReader(), "m.csv"), (GdeltReader(), "e.csv")):
        rows, _ = read(reader, tmp_path / name)
        (dataset,) = records(rows, "datasets")
        assert {document["dataset"] for document in records(rows, "documents").values()} == {dataset}


def test_a_mention_says_where_it_stands_how_sure_it_is_and_only_about_when(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(gdelt_mention(1) + "\n", encoding="utf-8")
    (event,) = events(read(GdeltMentionsReader(), tmp_path / "m.csv")[0]).values()
    assert event["claims"][0]["note"] == "sentence 3 of the article, GDELT's confidence: 90 %"
    assert (event["time"]["edtf"], event["time"]["note"]) == (
        "2020-01-02~",
        "when GDELT first had a report of it",
    )


@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize(
    ("columns", "row", "reader"),
    [
        (EVENT_COLUMNS, gdelt_row(1, 61), GdeltReader),
        (MENTION_COLUMNS, gdelt_mention(1), GdeltMentionsReader),
    ],
)
def test_tables_saved_with_the_names_of_their_columns_read_alike_in_any_order(
    tmp_path: Path, columns: tuple[str, ...], row: str, reader: type[Any], delimiter: str
) -> None:
    bare, named_one = tmp_path / "bare.csv", tmp_path / "named.csv"
    bare.write_text(row + "\n", encoding="utf-8")
    with named_one.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows((columns[::-1], row.split("\t")[::-1]))
    with opened(named_one) as source:
        assert isinstance(reader_for(source), reader)
    assert events(read(reader(), named_one)[0]) == events(read(reader(), bare)[0])


def test_a_table_that_lacks_the_day_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("GLOBALEVENTID,EventCode\n1,190\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="sqldate"):
        read(GdeltReader(), path)
