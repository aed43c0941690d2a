"""GDELT, in rows written by hand: three widths without a header, and mentions as claims of their event."""

from __future__ import annotations

from pathlib import Path

import pytest
from readers import events, gdelt_mention, gdelt_row, named, read, records

from explorer.formats.gdelt import GdeltMentionsReader, GdeltReader, joined


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
