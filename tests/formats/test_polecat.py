"""POLECAT, in a fixture written by hand: PLOVER as it is, several names in a cell, no words of the story."""

from __future__ import annotations

from pathlib import Path

import pytest
from readers import events, named, read, records

from explorer.formats.polecat import PolecatReader
from explorer.formats.registry import reader_for
from explorer.formats.source import opened

HEADER = (
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\t"
    "Primary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\tRecipient Country\t"
    "Recipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\t"
    "Placename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\t"
    "Publication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion"
)
ROWS = (
    ("20230101-1\t2023-01-01\tASSAULT\taerial\t-9.0\tMATERIAL CONFLICT\tmilitary; territory\tXyland Air Force\tXYL\t999\tMIL\tMIL\t"
    "\tair force of Xyland\t\tBlue Front; Green Guard\tXYL\t999\tREB\tREB\t\tfront\t\tOld Mill\tOld Mill\tHill\tNorth\tXyland\t"
    "10.5\t20.25\t7\tmill\tPPL\tGazette \"X\"\t2023-01-02\t\t\t\ten\tNGEC_1"),
    ("20230101-2\t2023-01-01\tSING\tloudly\t0\t\tNone\tNone\tXYL\t\tNone\t\t\tNone\tNone\tBlue Front\t\t\tREB\t\t\tNone\t\t\tNone\t"
    "None\tNone\tXyland\tNone\tNone\t\t\t\tGazette\tNone\t\t\t\t\t"),
    "20230101-3\tsoon\tAID\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t",
)  # fmt: skip


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "weekly.txt"
    path.write_text("\n".join((HEADER, *ROWS, "")), encoding="utf-8")
    return path


def test_it_is_told_by_its_columns_and_not_taken_for_icews(export: Path) -> None:
    with opened(export) as source:
        assert isinstance(reader_for(source), PolecatReader)


def test_types_modes_and_contexts_stay_as_plover_has_them(export: Path) -> None:
    rows, skipped = read(PolecatReader(), export)
    strike, song = events(rows).values()
    assert (strike["type"], strike["mode"], strike["contexts"]) == (
        "ASSAULT",
        "aerial",
        ["military", "territory"],
    )
    assert [value["role"] for value in strike["participants"]] == ["actor", "recipient", "recipient"]
    assert named(rows, "actors", "Green Guard")["kind"] == "rebel_group"
    assert "type" not in song
    assert [row.remarks for row in rows if row.remarks] == [
        ("a type that PLOVER does not have, kept as a code",)
    ]
    assert [(skip.line, skip.reason) for skip in skipped] == [(4, "Event Date is not a date")]


def test_a_row_leads_to_publisher_day_and_the_names_of_the_story(export: Path) -> None:
    document = records(read(PolecatReader(), export)[0], "documents")["doc-polecat-20230101-1"]
    assert (document["publisher"], document["published"]["edtf"]) == ('Gazette "X"', "2023-01-02")
    assert document["text"] == "air force of Xyland\nfront"
