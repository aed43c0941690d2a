"""ACLED, in a fixture written by hand: parties without direction, codes of the codebook, "about n"."""

from __future__ import annotations

from pathlib import Path

import pytest
from readers import ACLED_HEADER, ACLED_ROWS, events, named, read, records

from explorer.formats.acled import AcledReader


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
