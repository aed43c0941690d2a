"""ACLED, in a fixture written by hand: parties without direction, codes of the codebook, "about n"."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from readers import ACLED_HEADER, ACLED_ROWS, events, named, read, records

from explorer.formats.acled import AcledReader
from explorer.formats.registry import reader_for
from explorer.formats.source import opened


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "acled.csv"
    path.write_text("\n".join((ACLED_HEADER, *ACLED_ROWS, "")), encoding="utf-8")
    return path


def test_the_order_of_two_actors_gives_no_direction(export: Path) -> None:
    rows, skipped = read(AcledReader(), export)
    assert skipped == []
    clash = events(rows)["evt-acled-xyz1"]
    assert [value["role"] for value in clash["participants"]] == ["party"] * 4
    assert named(rows, "actors", "Red Army of Xyland")["kind"] == "state_forces"
    assert named(rows, "actors", "Green Guard")


def test_civilian_targeting_has_a_direction(export: Path) -> None:
    attack = events(read(AcledReader(), export)[0])["evt-acled-xyz2"]
    assert [value["role"] for value in attack["participants"]] == ["actor", "recipient"]


def test_codes_times_places_and_numbers(export: Path) -> None:
    rows, _ = read(AcledReader(), export)
    clash, attack, protest = events(rows).values()
    assert (clash["type"], clash["acled"], protest["type"], protest["mode"]) == (
        "ASSAULT",
        "Armed clash",
        "PROTEST",
        "demo",
    )
    assert [event["time"]["edtf"] for event in (clash, attack, protest)] == [
        "2024-03-02",
        "2024-03-05~",
        "2024-03",
    ]
    assert {**clash["quantities"][0], "evidence": 0} == {
        "evidence": 0,
        "kind": "fatalities",
        "qualifier": "about",
        "best": 2,
    }
    assert attack["quantities"][0]["best"] == 0
    assert "quantities" not in protest
    assert clash["places"][0]["location"] == attack["places"][0]["location"]
    assert protest["tags"] == ["crowd size=no report"]


def test_the_notes_are_the_document_and_its_sentences(export: Path) -> None:
    rows, _ = read(AcledReader(), export)
    document = records(rows, "documents")["doc-acled-xyz1"]
    texts = [document["text"][s["start"] : s["end"]] for s in document["sentences"]]
    assert texts == ["Red and Blue fought at the mill.", 'Two "fighters" died.']
    (dataset,) = records(rows, "datasets").values()
    assert dataset["sharing"] == "figures_only"


def test_rows_without_an_id_or_a_date_are_skipped(export: Path) -> None:
    export.write_text(
        "\n".join(
            (
                ACLED_HEADER,
                ACLED_ROWS[0].replace("XYZ1", ""),
                ACLED_ROWS[1].replace("2024-03-05", "05/??/2024"),
                ACLED_ROWS[2],
                "",
            )
        ),
        encoding="utf-8",
    )
    rows, skipped = read(AcledReader(), export)
    assert [(skip.line, skip.reason) for skip in skipped] == [(2, "no id"), (3, "event_date is not a date")]
    assert list(events(rows)) == ["evt-acled-xyz3"]


OLD_HEADER = (
    "GWNO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,ACTOR1,ALLY_ACTOR_1,INTER1,ACTOR2,"
    "ALLY_ACTOR_2,INTER2,INTERACTION,COUNTRY,ADMIN1,ADMIN2,ADMIN3,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,SOURCE,NOTES,"
    "FATALITIES"
)


def old_row(
    day: str,
    *,
    year: str = "2001",
    actors: tuple[str, ...] = ("Army of Xyland", "1", "Civilians (Xyland)", "7"),
) -> str:
    first, inter1, second, inter2 = actors
    return (
        f"999,12XYL,,{day},{year},1,Violence against civilians,{first},,{inter1},{second},Teachers,{inter2},17,Xyland,North,"
        "Hill,,Old Mill,10.5,20.25,1,Gazette,A teacher was beaten.,1"
    )


def only(path: Path, text: str) -> dict[str, Any]:
    path.write_text(text, encoding="utf-8")
    with opened(path) as source:
        assert isinstance(reader_for(source), AcledReader)
    rows, skipped = read(AcledReader(), path)
    assert skipped == []
    (event,) = events(rows).values()
    return event


@pytest.mark.parametrize(
    ("day", "year", "edtf"),
    [
        ("18/04/2001", "2001", "2001-04-18"), ("18 April 2001", "2001", "2001-04-18"), ("2001-04-18", "2001", "2001-04-18"),
        ("18-Apr-01", "2001", "2001-04-18"), ("18-Apr-97", "1997", "1997-04-18"), ("4/18/2001", "2001", "2001-04-18"),
        ("03/04/2001", "2001", "2001-04-03"),
    ],
)  # fmt: skip
def test_older_exports_read_as_well(tmp_path: Path, day: str, year: str, edtf: str) -> None:
    event = only(tmp_path / "old.csv", f"{OLD_HEADER}\n{old_row(day, year=year)}\n")
    assert event["time"]["edtf"] == edtf
    assert (event["id"], event["type"]) == ("evt-acled-12xyl", "ASSAULT")
    assert [value["role"] for value in event["participants"]] == ["actor", "recipient", "recipient"]


def test_where_no_date_tells_the_day_that_it_was_read_first_is_said(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    only(path, f"{OLD_HEADER}\n{old_row('03/04/2001')}\n")
    with opened(path) as source:
        assert any("day first" in note for note in AcledReader().notes(source))


def test_civilians_named_first_are_still_who_suffered_it(tmp_path: Path) -> None:
    row = old_row("2001-04-18", actors=("Civilians (Xyland)", "7", "Blue Front", "2"))
    event = only(tmp_path / "old.csv", f"{OLD_HEADER}\n{row}\n")
    assert [value["role"] for value in event["participants"]] == ["recipient", "actor", "actor"]


def test_columns_in_any_order_and_more_of_them(export: Path, tmp_path: Path) -> None:
    table = [*csv.reader((ACLED_HEADER, *ACLED_ROWS))]
    path = tmp_path / "mixed.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows(
            [*row[::-1], extra, extra]
            for row, extra in zip(table, ("population_best", "", "", ""), strict=True)
        )
    assert events(read(AcledReader(), path)[0]) == events(read(AcledReader(), export)[0])
    with opened(path) as source:
        assert not any("not read" in note for note in AcledReader().notes(source))
