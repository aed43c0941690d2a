from __future__ import annotations

from pathlib import Path

import pytest

from explorer.formats.mapping import read_mapping
from explorer.formats.refused import RefusedError
from explorer.intake.drafting import ROLES, Drafting
from explorer.intake.recognising import recognised

ROWS = """Datum;Ort;Täter;Opfer;Tote;Breite;Länge;Notiz;Art
03/04/2016;Aleppo;Armee;Zivilisten;12;36,2;37,1;Bomben über Aleppo;Luftangriff
05/06/2016;Homs;Rebellen;Armee;x;34,7;36,7;Zweite;Gefecht
07/08/2016;Homs;Rebellen;Armee;3;34,7;36,7;Dritte;Gefecht
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "vorfaelle.csv"
    path.write_bytes(ROWS.encode("latin-1"))
    return path


def test_what_the_file_tells_is_found_out(table: Path) -> None:
    draft = Drafting.of(table)
    assert (draft.delimiter, draft.encoding, draft.header) == (";", "cp1252", True)
    assert draft.role_of("Datum") == "date"
    assert draft.role_of("Täter") == "actor"
    assert draft.role_of("Opfer") == "recipient"
    assert draft.role_of("Tote") == "killed"


def test_dates_that_may_be_read_in_two_ways_wait_for_a_choice(table: Path) -> None:
    draft = Drafting.of(table)
    assert draft.dates is None
    assert draft.mapping() is None
    assert any("03/04/2016" in lack.words for lack in draft.lacks())
    draft.chosen_dates = "day-first"
    mapping = draft.mapping()
    assert mapping is not None
    assert mapping.dates == "day-first"


def test_a_date_that_decides_needs_no_choice(table: Path) -> None:
    table.write_bytes(ROWS.replace("05/06/2016", "25/06/2016").encode("latin-1"))
    assert Drafting.of(table).dates == "day-first"


def test_a_year_of_two_digits_waits_for_its_century(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("date,place\n25/06/16,Homs\n26/06/16,Hama\n", encoding="utf-8")
    draft = Drafting.of(path)
    assert draft.mapping() is None
    draft.century = "20"
    assert [row.when for row in draft.preview().rows] == ["25 Jun 2016", "26 Jun 2016"]


def test_a_role_of_one_column_moves_and_a_shared_one_is_shared(table: Path) -> None:
    draft = Drafting.of(table)
    draft.assign("Notiz", "place")
    assert draft.role_of("Ort") == ""
    assert draft.role_of("Notiz") == "place"
    draft.assign("Art", "actor")
    assert draft.roles["actor"] == ("Täter", "Art")
    draft.assign("Art", "")
    assert draft.roles["actor"] == ("Täter",)


def test_the_first_rows_are_shown_as_they_will_be_read(table: Path) -> None:
    draft = Drafting.of(table)
    draft.chosen_dates = "day-first"
    draft.types = {"Luftangriff": "ASSAULT/aerial"}
    first, second, third = draft.preview().rows
    assert (first.line, first.when, first.where, first.amounts) == (2, "3 Apr 2016", "Aleppo", "12 killed")
    assert first.who == "Armee → Zivilisten"
    assert "Luftangriff" not in first.what
    assert not second.kept
    assert "Tote" in second.problem
    assert third.what == "Gefecht"


def test_nothing_told_of_any_column_is_said(table: Path) -> None:
    draft = Drafting.of(table)
    draft.roles = {}
    assert next(lack.needed for lack in draft.lacks())
    assert draft.preview().rows == ()


def test_half_a_point_and_no_date_are_said_and_hinder_nothing(table: Path) -> None:
    draft = Drafting.of(table)
    draft.assign("Datum", "")
    draft.assign("Länge", "")
    assert [lack.needed for lack in draft.lacks()] == [False, False]
    assert draft.mapping() is not None


def test_a_short_name_that_ids_cannot_hold_is_said(table: Path) -> None:
    draft = Drafting.of(table)
    draft.chosen_dates, draft.name = "day-first", "Not A Name"
    assert any(lack.needed and "name" in lack.words for lack in draft.lacks())


def test_a_saved_mapping_is_taken_as_it_was(table: Path, tmp_path: Path) -> None:
    draft = Drafting.of(table)
    draft.chosen_dates, draft.licence, draft.types = "month-first", "CC0", {"Gefecht": "ASSAULT"}
    draft.assign("Notiz", "text")
    mapping = draft.mapping()
    assert mapping is not None
    saved = tmp_path / "v.map.json"
    saved.write_text(mapping.as_json(), encoding="utf-8")
    other = Drafting.of(table)
    other.take(read_mapping(saved))
    assert other.mapping() == mapping
    assert other.fits(mapping)


def test_a_mapping_of_other_columns_does_not_fit(table: Path, tmp_path: Path) -> None:
    draft = Drafting.of(table)
    draft.chosen_dates = "day-first"
    mapping = draft.mapping()
    assert mapping is not None
    other = tmp_path / "other.csv"
    other.write_text("a;b\n1;2\n", encoding="utf-8")
    assert not Drafting.of(other).fits(mapping)


def test_a_table_without_a_header_has_numbered_columns(table: Path) -> None:
    draft = Drafting.of(table)
    draft.header = False
    assert list(draft.cells()) == [str(number) for number in range(1, 10)]


def test_every_role_of_a_mapping_has_words() -> None:
    from explorer.formats.mapping import ColumnsOf

    assert set(ROLES) - {""} == set(ColumnsOf.model_fields)


def test_each_file_is_told_for_what_it_is(table: Path, tmp_path: Path, sample_path: Path) -> None:
    excerpt = Path(__file__).parent.parent / "data" / "ucdp_ged_excerpt.csv"
    assert recognised(excerpt).form == "ged"
    assert recognised(table).form == "table"
    assert recognised(sample_path).form == "auto"
    (tmp_path / "words.txt").write_text("no table at all", encoding="utf-8")
    assert recognised(tmp_path / "words.txt").form == ""
    assert recognised(tmp_path / "none.csv").problem
    (tmp_path / "empty.csv").touch()
    assert "empty" in recognised(tmp_path / "empty.csv").problem


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError):
        Drafting.of(tmp_path / "none.csv")
