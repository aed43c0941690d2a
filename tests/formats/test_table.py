"""Any table by a mapping: proposed from names and rows, saved, read back, and nothing dropped in silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers import events, named, read, records

from explorer.formats.amounts import amount_in
from explorer.formats.mapping import Mapping, proposed, read_mapping
from explorer.formats.occurrences import Occurrences
from explorer.formats.refused import RefusedError
from explorer.formats.source import opened
from explorer.formats.table import TableReader

MESSY = (
    "Nr;Datum;Ort;Länge;Breite;Täter;Opfer;Tote;Beschreibung\n"
    '1;03.04.2020;Köln;6,95;50,94;Gruppe A;Zivilisten;mindestens 3;"Erster Satz. Zweiter\nSatz hier."\n'
    "2;31.04.2020;Bonn;7,1;50,7;Gruppe B;;2;x\n"
    "3;05.04.2020;Bonn;7,1;50,7\n"
    ";05.04.2020;Bonn;7,1;50,7;A;;1;y\n"
    "5;13.04.2020;Bonn;7,1;50,7;A; B;;1;y\n"
    "6;14.04.2020;Bonn;7,1;50,7;A;;1-3;y\n"
    "7;15.04.2020;Bonn;7,1;50,7;A;;viele;y\n"
    "8;;Bonn;7,1;950,7;A;;;y\n"
)


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    path = tmp_path / "vorfälle.csv"
    path.write_bytes(MESSY.encode("cp1252"))
    return path


def proposal(path: Path) -> Mapping:
    with opened(path) as source:
        found = proposed(source)
    assert found is not None
    return found


def test_a_mapping_is_proposed_from_names_encoding_delimiter_and_dates(messy: Path) -> None:
    found = proposal(messy)
    assert (found.encoding, found.delimiter, found.dates, found.header) == ("cp1252", ";", "day-first", True)
    columns = found.columns
    assert (columns.id, columns.date, columns.place, columns.killed) == ("Nr", "Datum", "Ort", "Tote")
    assert (columns.latitude, columns.longitude, columns.text) == ("Breite", "Länge", "Beschreibung")
    assert (columns.actor, columns.recipient) == (("Täter",), ("Opfer",))


def test_a_saved_mapping_reads_back_the_same(messy: Path, tmp_path: Path) -> None:
    found = proposal(messy)
    path = tmp_path / "a.map.json"
    path.write_text(found.as_json(), encoding="utf-8")
    assert read_mapping(path) == found


@pytest.mark.parametrize(
    "change",
    [
        {"name": "A B"},
        {"dates": "none"},
        {"columns": {}},
        {"types": {"x": "KILL"}},
        {"extra": 1},
        {"delimiter": "::"},
    ],
)
def test_a_wrong_mapping_is_refused_with_its_place(
    messy: Path, tmp_path: Path, change: dict[str, object]
) -> None:
    path = tmp_path / "a.map.json"
    path.write_text(json.dumps({**json.loads(proposal(messy).as_json()), **change}), encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        read_mapping(path)
    assert refused.value.problems[0].path.startswith(next(iter(change)))


def test_read_is_kept_and_skipped_with_lines_and_reasons(messy: Path) -> None:
    rows, skipped = read(TableReader(proposal(messy)), messy)
    assert [(skip.line, skip.reason) for skip in skipped] == [
        (4, "Datum is not a date (day-first)"), (6, "no id"), (7, "more cells than the header has columns"),
        (9, "Tote is not a number"),
    ]  # fmt: skip
    assert [row.line for row in rows if row.line] == [2, 5, 8, 10]
    remarks = {row.line: row.remarks for row in rows if row.remarks}
    assert remarks == {
        5: ("a short row: the last cells are missing",),
        10: ("no date", "coordinates that lie nowhere on earth, left out"),
    }


def test_values_of_a_row_are_its_own_words(messy: Path) -> None:
    rows, _ = read(TableReader(proposal(messy)), messy)
    first, _, third, last = events(rows).values()
    assert first["time"]["edtf"] == "2020-04-03"
    assert first["quantities"][0]["low"] == 3
    assert "best" not in first["quantities"][0]
    assert (third["quantities"][0]["low"], third["quantities"][0]["high"]) == (1, 3)
    assert "time" not in last
    assert named(rows, "locations", "Köln")["lat"] == 50.94
    document = next(iter(records(rows, "documents").values()))
    assert document["text"] == "Erster Satz. Zweiter\nSatz hier."
    assert [document["text"][s["start"] : s["end"]] for s in document["sentences"]] == [
        "Erster Satz.", "Zweiter", "Satz hier.",
    ]  # fmt: skip


def test_month_first_dates_are_told_from_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "us.csv"
    path.write_text("date,city\n04/03/2020,A\n04/13/2020,B\n", encoding="utf-8")
    found = proposal(path)
    assert found.dates == "month-first"
    rows, _ = read(TableReader(found), path)
    assert [event["time"]["edtf"] for event in events(rows).values()] == ["2020-04-03", "2020-04-13"]


def test_rows_without_an_id_are_told_apart_by_content_and_occurrence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("date,city\n2020-01-01,A\n2020-01-01,A\n2020-01-02,A\n", encoding="utf-8")
    again = tmp_path / "b.csv"
    again.write_text("date,city\n2020-01-02,A\n2020-01-01,A\n2020-01-01,A\n", encoding="utf-8")
    mapping = proposal(path)
    first, second = (set(events(read(TableReader(mapping), each)[0])) for each in (path, again))
    assert len(first) == 3
    assert first == second


def test_a_table_without_a_header_is_read_by_numbers(tmp_path: Path) -> None:
    path = tmp_path / "plain.tsv"
    path.write_text("2020-01-01\tBonn\n2020-01-02\tKöln\n", encoding="utf-8")
    found = proposal(path)
    assert (found.header, found.columns.date) == (False, "1")
    rows, skipped = read(TableReader(found), path)
    assert (len(events(rows)), skipped) == (2, [])


def test_columns_that_are_not_in_the_file_are_named(messy: Path, tmp_path: Path) -> None:
    mapping = proposal(messy).model_copy(update={"delimiter": ","})
    with pytest.raises(RefusedError) as refused:
        read(TableReader(mapping), messy)
    assert "Nr" in str(refused.value)


@pytest.mark.parametrize(
    ("cell", "draft"),
    [
        ("", None), ("12", {"best": 12}), ("1,200", {"best": 1200}), ("5+", {"qualifier": "at_least", "low": 5}),
        ("more than 4", {"qualifier": "more_than", "low": 4}), ("up to 9", {"qualifier": "at_most", "high": 9}),
        ("~20", {"qualifier": "about", "best": 20}), ("3 - 5", {"qualifier": "range", "low": 3, "high": 5}),
        ("3.0", {"best": 3}),
    ],
)  # fmt: skip
def test_a_number_keeps_its_qualifier(cell: str, draft: object) -> None:
    assert amount_in(cell) == draft


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ab", min_size=1, max_size=2), max_size=40))
def test_the_keys_of_rows_are_distinct_and_do_not_depend_on_packing(contents: list[str]) -> None:
    plain, packed = Occurrences(), Occurrences()
    keys = []
    for content in contents:
        keys.append(plain.key([content]))
        assert packed.key([content]) == keys[-1]
        packed._pack()
    assert len(set(keys)) == len(contents)
