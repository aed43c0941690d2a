"""Which reader a file gets: by its content, whatever it is called; by --format where that is said."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from readers import ACLED_HEADER, DATA, ICEWS_HEADER, gdelt_mention, gdelt_row

from explorer.formats.mapping import MappingNeeded
from explorer.formats.port import Row
from explorer.formats.refused import RefusedError
from explorer.formats.registry import chosen, reader_for
from explorer.formats.source import opened

EXCERPT = DATA / "ucdp_ged_excerpt.csv"


def name_of(path: Path) -> str | None:
    with opened(path) as source:
        reader = reader_for(source)
        return reader.name if reader else None


def test_readers_are_told_by_content(tmp_path: Path) -> None:
    contents = {
        "acled": ACLED_HEADER + "\n", "icews": ICEWS_HEADER + "\n", "gdelt": gdelt_row(1, 61) + "\n" + gdelt_row(2, 61) + "\n",
        "gdelt-mentions": gdelt_mention(1) + "\n", "ged": EXCERPT.read_text(encoding="utf-8"),
    }  # fmt: skip
    for name, text in contents.items():
        path = tmp_path / "data.csv"
        path.write_text(text, encoding="utf-8")
        assert name_of(path) == name


def test_packed_files_are_read_as_what_they_hold(tmp_path: Path) -> None:
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(EXCERPT.read_bytes(), mtime=0))
    assert name_of(packed) == "ged"
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(EXCERPT, "GEDEvent_v25_1.csv")
    with opened(archive) as source:
        assert source.name == "GEDEvent_v25_1.csv"
    assert name_of(archive) == "ged"


def test_a_table_packed_beside_its_codebook_is_told_from_it(tmp_path: Path) -> None:
    archive = tmp_path / "ged251-csv.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(EXCERPT, "ged251/GEDEvent_v25_1.csv")
        file.writestr("ged251/codebook.pdf", b"%PDF")
        file.writestr("__MACOSX/ged251/._GEDEvent_v25_1.csv", b"\0")
    with opened(archive) as source:
        assert source.name == "GEDEvent_v25_1.csv"
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("more.csv", "a,b\n")
    with pytest.raises(RefusedError, match="2 files"), opened(archive) as source:
        pass


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", gzip.compress(b"id,x\n1,2\n" * 9999, mtime=0)[:60], b"PK\x03\x04 broken"]
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(RefusedError), opened(path) as source:
        chosen(source)


def test_a_table_of_no_known_kind_asks_for_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Nr;Datum;Ort\n1;13.4.2020;Bonn\n", encoding="utf-8")
    with opened(path) as source, pytest.raises(MappingNeeded) as needed:
        chosen(source)
    assert needed.value.proposal.delimiter == ";"
    assert needed.value.proposal.dates == "day-first"
    assert needed.value.rows[1] == ["1", "13.4.2020", "Bonn"]
    assert needed.value.asks == ()


def test_what_no_row_tells_is_asked_and_never_guessed(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Nr;Datum;Ort\n1;3.4.2020;Bonn\n2;05.04.2020;Bonn\n", encoding="utf-8")
    with opened(path) as source, pytest.raises(MappingNeeded) as needed:
        chosen(source)
    assert needed.value.proposal.dates == "ask"
    assert "3.4.2020" in needed.value.asks[0]
    with opened(path) as source, pytest.raises(MappingNeeded):
        list(chosen(source, mapping=needed.value.proposal).read(source))
    said = needed.value.proposal.model_copy(update={"dates": "month-first"})
    with opened(path) as source:
        found = [row for row in chosen(source, mapping=said).read(source) if isinstance(row, Row)]
    times = [draft["time"]["edtf"] for row in found for name, draft in row.records if name == "events"]
    assert times == ["2020-03-04", "2020-05-04"]


def test_prose_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("A letter.\nIt has lines\nof words alone.\n", encoding="utf-8")
    with opened(path) as source, pytest.raises(RefusedError):
        chosen(source)
