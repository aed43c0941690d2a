"""Tables as they lie about: encodings, delimiters, zero bytes, line breaks, rows cut short – and the line of each row."""

from __future__ import annotations

from pathlib import Path

import pytest
from readers import events, read

from explorer.formats.days import ASK, day_in, edtf_in, has_short_year, order_of
from explorer.formats.mapping import Mapping, proposed
from explorer.formats.source import opened
from explorer.formats.table import TableReader
from explorer.formats.tabular import dialect_of, encoding_of

ROWS = (
    ("id", "date", "place", "killed", "text"),
    ("1", "2020-01-31", "Köln", "3", "Ein Satz."),
    ("2", "2020-02-01", "Bonn", "", "Noch einer."),
)


def table(path: Path, text: str, encoding: str = "utf-8") -> Mapping:
    path.write_bytes(text.encode(encoding))
    with opened(path) as source:
        found = proposed(source)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_delimiter_and_line_ends_are_found_out(
    tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    path = tmp_path / "t.csv"
    mapping = table(path, end.join(delimiter.join(row) for row in ROWS) + end, encoding)
    rows, skipped = read(TableReader(mapping), path)
    assert skipped == []
    first, second = events(rows).values()
    assert [event["time"]["edtf"] for event in (first, second)] == ["2020-01-31", "2020-02-01"]
    assert "Köln" in {draft["name"] for row in rows for name, draft in row.records if name == "locations"}
    with opened(path) as source:
        notes = " ".join(TableReader(mapping).notes(source))
    assert ("was read as" in notes) is (not encoding.startswith("utf-8"))


def test_a_first_line_that_tells_the_delimiter_to_a_spreadsheet_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    mapping = table(path, "sep=;\n" + "\n".join(";".join(row) for row in ROWS) + "\n")
    rows, skipped = read(TableReader(mapping), path)
    assert ([row.line for row in rows if row.line], skipped) == ([3, 4], [])


def test_zero_bytes_are_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    mapping = table(path, "id,date,place\n1,2020-01-31,Bo\0nn\n2,2020-01-31,Bonn\n")
    rows, skipped = read(TableReader(mapping), path)
    assert ([row.remarks for row in rows if row.line], skipped) == ([("zero bytes, left out",), ()], [])


def test_lines_are_right_after_cells_of_several_lines_and_in_a_file_of_broken_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    text = "id,date,place,text\n"
    expected = []
    line = 2
    for number in range(1, 61):
        if number % 10 == 0:
            text += f"{number},never,Bonn,x\n"
            expected.append(line)
            line += 1
        else:
            text += f'{number},2020-01-31,Bonn,"One\nof {number},\r\nthree"\n'
            line += 3
    mapping = table(path, text)
    rows, skipped = read(TableReader(mapping), path)
    assert [skip.line for skip in skipped] == expected
    assert len(events(rows)) + len(skipped) == 60


@pytest.mark.parametrize("end", ["3,2020-01", "3,2020-01-31", '3,2020-01-31,"Bo', "3"])
def test_a_file_that_ends_in_the_middle_of_a_row_tells_of_it(tmp_path: Path, end: str) -> None:
    path = tmp_path / "t.csv"
    whole = "id,date,place,text\n1,2020-01-31,Bonn,x\n2,2020-01-31,Bonn,x\n"
    mapping = table(path, whole)
    path.write_text(whole + end, encoding="utf-8")
    rows, _ = read(TableReader(mapping), path)
    assert ["a short row: the last cells are missing" in row.remarks for row in rows if row.line] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("width", [4, 9])
def test_a_quotation_mark_that_is_not_closed_costs_its_own_row_alone(tmp_path: Path, width: int) -> None:
    path = tmp_path / "t.csv"
    more = ",x" * (width - 4)
    names = "".join(f",c{number}" for number in range(width - 4))
    good = "".join(f'{number},2020-01-31,"Bonn, am Rhein",y{more}\n' for number in range(2, 40))
    mapping = table(path, f"id,date,place,text{names}\n{good}")
    for bad in (f'1,2020-01-31,"Bonn,y{more}\n', f'1,2020-01-31,Bonn,"y{more}\n'):
        path.write_text(f"id,date,place,text{names}\n{bad}{good}", encoding="utf-8")
        rows, skipped = read(TableReader(mapping), path)
        assert [(skip.line, skip.reason) for skip in skipped] == [(2, "a quotation mark that is not closed")]
        assert [row.line for row in rows if row.line] == [*range(3, 41)]


def test_prose_of_several_lines_with_as_many_commas_as_columns_is_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    mapping = table(
        path, 'id,date,text\n1,2020-01-31,"One, two, three\nand four, five, six\nseven"\n2,2020-01-31,x\n'
    )
    rows, skipped = read(TableReader(mapping), path)
    assert ([row.line for row in rows if row.line], skipped) == ([2, 5], [])


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    mapping = table(path, "id,date,place\n")
    rows, skipped = read(TableReader(mapping), path)
    assert (events(rows), skipped) == ({}, [])


def test_binary_files_are_no_wide_text() -> None:
    assert encoding_of(bytes(range(256)) * 40) == "cp1252"
    assert encoding_of("a;b\n".encode("utf-16-le") * 10) == "utf-16-le"
    assert dialect_of("a;b\n1;2,5\n".encode("utf-16-le") * 10).delimiter == ";"


# -- days -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "order", "edtf"),
    [
        ("2020-03-04", "year-first", "2020-03-04"), ("2020/3/4", "month-first", "2020-03-04"), ("20200304", "day-first", "2020-03-04"),
        ("03/04/2020", "day-first", "2020-04-03"), ("03/04/2020", "month-first", "2020-03-04"), ("03/04/2020", "year-first", None),
        ("13/04/2020", "year-first", "2020-04-13"), ("04.13.2020", "year-first", "2020-04-13"), ("04/13/2020", "day-first", None),
        ("05/05/2020", "year-first", "2020-05-05"), ("3.4.2020 14:30", "day-first", "2020-04-03"),
        ("2020-03-04T10:00:00Z", "year-first", "2020-03-04"), ("3. März 2020", "year-first", "2020-03-03"),
        ("3 de mayo de 2020", "year-first", "2020-05-03"), ("3 mai 2020", "year-first", "2020-05-03"),
        ("March 3rd, 2020", "year-first", "2020-03-03"), ("01 January 2024", "year-first", "2024-01-01"),
        ("2016", "year-first", "2016"), ("2016-05", "year-first", "2016-05"), ("May 2016", "year-first", "2016-05"),
        ("05/2016", "day-first", "2016-05"), ("2016/5", "day-first", "2016-05"), ("13/2016", "day-first", None),
        ("43831", "excel-serial", "2020-01-01"), ("43831.75", "excel-serial", "2020-01-01"), ("43831", "day-first", None),
        ("03.04.20", "day-first", None), ("31.02.2020", "day-first", None), ("soon", "day-first", None),
    ],
)  # fmt: skip
def test_a_cell_says_when_only_as_exactly_as_it_does(cell: str, order: str, edtf: str | None) -> None:
    assert edtf_in(cell, order) == edtf


def test_years_of_two_digits_need_a_century() -> None:
    assert day_in("03.04.97", "day-first", "19") == "1997-04-03"
    assert has_short_year("03.04.97")
    assert not has_short_year("03.04.1997")


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["2020-01-02", "2020-03-04"], "year-first"), (["13.04.2020", "03.04.2020"], "day-first"),
        (["04/13/2020", "04/03/2020"], "month-first"), (["03/04/2020", "05/05/2020"], ASK), ([], None), (["", " "], None),
        (["13/04/2020", "04/13/2020"], ASK), (["43831", "43832"], "excel-serial"), (["a", "b", "2020-01-01"], None),
        (["3 May 2020", "2019"], "year-first"), (["03.04.20", "13.04.20"], "day-first"),
    ],
)  # fmt: skip
def test_the_order_of_a_column_is_what_its_cells_tell_and_else_asked(
    cells: list[str], order: str | None
) -> None:
    assert order_of(cells) == order


def test_years_of_two_digits_are_refused_until_the_mapping_says_their_century(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    mapping = table(path, "id;date;place\n1;13.04.97;Bonn\n")
    assert mapping.columns.date == "date"
    _, skipped = read(TableReader(mapping), path)
    assert "two digits" in skipped[0].reason
    rows, _ = read(TableReader(mapping.model_copy(update={"century": "19"})), path)
    assert next(iter(events(rows).values()))["time"]["edtf"] == "1997-04-13"


def test_decimal_commas_and_thousands_are_numbers_and_no_date_is_undated(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    mapping = table(
        path,
        "id;date;place;latitude;longitude;killed\n1;13.04.2020;Bonn;50,7;7,1;1.234\n2;;Bonn;50,7;7,1;3,0\n3;NA;Bonn;;;NA\n",
    )
    rows, skipped = read(TableReader(mapping), path)
    assert skipped == []
    first, second, third = events(rows).values()
    assert [event.get("time", {}).get("edtf") for event in (first, second, third)] == [
        "2020-04-13",
        None,
        None,
    ]
    assert [event["quantities"][0]["best"] for event in (first, second)] == [1234, 3]
    assert "quantities" not in third
