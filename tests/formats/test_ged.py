"""UCDP GED: numbers as printed, sides and members, places by their path, times no sharper than published."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path
from typing import Any

import pytest
from readers import DATA, events, named, read, records

from explorer.assets import resource
from explorer.formats.ged import GedReader
from explorer.formats.ged_releases import LAYOUT, is_candidate, release_of
from explorer.formats.registry import reader_for
from explorer.formats.source import opened

EXCERPT = DATA / "ucdp_ged_excerpt.csv"


@pytest.fixture(scope="module")
def printed() -> list[dict[str, str]]:
    with EXCERPT.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def rows():
    return read(GedReader(), EXCERPT)[0]


def changed(
    tmp_path: Path, *changes: dict[str, str], drop: tuple[str, ...] = (), name: str = "ged.csv"
) -> Path:
    """Write a file with the first row of the excerpt, once for each set of changes."""
    with EXCERPT.open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    text = io.StringIO()
    writer = csv.DictWriter(text, [key for key in first if key not in drop], extrasaction="ignore")
    writer.writeheader()
    for number, change in enumerate(changes):
        writer.writerow({**first, "id": str(number), **change})
    path = tmp_path / name
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def test_every_row_becomes_one_event_with_its_numbers_as_printed(rows, printed) -> None:
    found = events(rows)
    assert list(found) == [f"evt-ucdp-{row['id']}" for row in printed]
    for row in printed:
        event = found[f"evt-ucdp-{row['id']}"]
        total = event["quantities"][0]
        assert [total["low"], total["best"], total["high"]] == [
            int(row[name]) for name in ("low", "best", "high")
        ]
        ordered = int(row["low"]) <= int(row["best"]) <= int(row["high"])
        assert total.get("as_published", False) is not ordered
        parts = sum(part["best"] for part in event["quantities"][1:])
        assert parts == sum(int(row[f"deaths_{group}"]) for group in ("a", "b", "civilians", "unknown"))


def test_the_line_of_a_row_is_where_it_begins_even_after_line_breaks_in_cells(rows, printed) -> None:
    text = EXCERPT.read_text(encoding="utf-8")
    lines = text.split("\n")
    for row, cells in zip([row for row in rows if row.line], printed, strict=True):
        assert lines[row.line - 1].startswith(cells["id"] + ",")
    assert any("\n" in cell for cells in printed for cell in cells.values())


def test_sides_are_parties_and_one_sided_violence_has_a_direction(rows, printed) -> None:
    for row in printed:
        roles = [value["role"] for value in events(rows)[f"evt-ucdp-{row['id']}"]["participants"]]
        if row["type_of_violence"] == "3":
            assert roles == ["actor", "recipient"]
        else:
            assert roles[:2] == ["party", "party"]
            assert roles[2:] == (["affected"] if int(row["deaths_civilians"]) else [])


def test_a_joined_side_is_part_of_each_of_its_members_and_cites_a_row(rows, printed) -> None:
    joined = next(row["side_b"] for row in printed if ", " in row["side_b"])
    side = named(rows, "actors", joined)
    assert side["kind"] == "grouping"
    relations = [r for r in records(rows, "relations").values() if r["source"] == side["id"]]
    members = {named(rows, "actors", name)["id"] for name in joined.split(", ")}
    assert {relation["target"] for relation in relations} == members
    spans = records(rows, "spans")
    assert all(relation["claims"][0]["evidence"][0] in spans for relation in relations)


def test_places_hang_on_their_governorate_and_the_governorate_is_one_place(rows, printed) -> None:
    locations = records(rows, "locations")
    for row in printed:
        (place,) = events(rows)[f"evt-ucdp-{row['id']}"]["places"]
        assert place["precision"] == int(row["where_prec"])
        path, at = [], locations[place["location"]]
        while True:
            path.insert(0, at["name"])
            if "part_of" not in at:
                break
            at = locations[at["part_of"]]
        expected = [row["country"], row["adm_1"], row["adm_2"]]
        expected = [name for name in expected if name]
        if row["where_coordinates"] in expected:
            assert path == expected[: expected.index(row["where_coordinates"]) + 1]
        else:
            assert path == [*expected, row["where_coordinates"]]


@pytest.mark.parametrize(
    ("start", "end", "precision", "clarity", "edtf"),
    [
        ("2016-01-01", "2016-01-01", "1", "1", "2016-01-01"),
        ("2016-01-01", "2016-01-05", "2", "1", "[2016-01-01..2016-01-05]"),
        ("2016-01-01", "2016-01-07", "3", "2", "2016-01-01/2016-01-07"),
        ("2016-01-01", "2016-01-01", "4", "1", "2016-01-01~"),
        ("2016-01-01 00:00:00.000", "2016-01-01 00:00:00.000", "1", "1", "2016-01-01"),
    ],
)
def test_a_time_is_no_sharper_than_published(tmp_path, start, end, precision, clarity, edtf) -> None:
    change = {"date_start": start, "date_end": end, "date_prec": precision, "event_clarity": clarity}
    (event,) = events(read(GedReader(), changed(tmp_path, change))[0]).values()
    assert event["time"]["edtf"] == edtf
    assert event.get("aggregate", False) is (clarity == "2")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": ""}, "no id"), ({"date_start": "2016-02-30"}, "date_start is not a date"),
        ({"date_end": "soon"}, "date_end is not a date"), ({"date_end": "2015-12-31"}, "date_end lies before date_start"),
        ({"best": "many"}, "best is not a number"), ({"best": "1e400"}, "best is not a number"),
        ({"deaths_a": "-3"}, "deaths_a is not a number"),
        ({"side_a": " "}, "side_a is empty"), ({"type_of_violence": "9"}, "type_of_violence is not 1, 2 or 3"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_kept_is_skipped_with_its_line_and_reason(tmp_path, change, reason) -> None:
    rows, skipped = read(GedReader(), changed(tmp_path, {}, change, {}))
    assert [(skip.line, skip.reason) for skip in skipped] == [(3, reason)]
    assert len(events(rows)) == 2


@pytest.mark.parametrize("latitude", ["95000", "north"])
def test_coordinates_nowhere_on_earth_are_left_out_and_told(tmp_path, latitude) -> None:
    rows, _ = read(GedReader(), changed(tmp_path, {"latitude": latitude}))
    assert [row.remarks for row in rows if row.remarks] == [("coordinates nowhere on earth, left out",)]


def test_a_precision_that_is_no_code_is_told(tmp_path) -> None:
    rows, _ = read(GedReader(), changed(tmp_path, {"date_prec": "X"}))
    assert [remark for row in rows for remark in row.remarks] == [
        "date_prec is not 1 to 5, a single day is taken as about that day"
    ]


def test_short_rows_are_kept_where_what_is_missing_may_be(tmp_path) -> None:
    path = changed(tmp_path, {}, {}, {})
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[2] = lines[2].rsplit(",", 1)[0]
    lines[3] = "7,2016,1"
    path.write_text("\n".join(lines), encoding="utf-8")
    rows, skipped = read(GedReader(), path)
    assert [row.remarks for row in rows if row.line == 3] == [("a short row: the last cells are missing",)]
    assert [(skip.line, skip.reason) for skip in skipped] == [(4, "a short row: cells are missing")]


def test_bytes_that_are_not_utf8_are_read_as_windows_1252_and_told(tmp_path) -> None:
    path = changed(tmp_path, {}, {"where_coordinates": "Köln town"})
    path.write_bytes(path.read_bytes().replace("ö".encode(), b"\xf6"))
    with_bad_bytes = b"\n".join(path.read_bytes().split(b"\n"))
    filler = ("1,2016\r\n" * 40_000).encode()  # so that the head, which tells the encoding, is plain
    head, first, second, _ = with_bad_bytes.split(b"\r\n")
    path.write_bytes(b"\r\n".join((head, first)) + b"\r\n" + filler + second + b"\r\n")
    rows, skipped = read(GedReader(), path)
    assert named(rows, "locations", "Köln town")
    assert [row.remarks for row in rows if row.remarks] == [
        ("bytes that are not UTF-8, read as Windows-1252",)
    ]
    assert len(skipped) == 40_000


def test_older_and_newer_releases_read_alike(tmp_path) -> None:
    old = changed(tmp_path, {}, drop=("event_clarity", "date_prec", "where_prec"), name="old.csv")
    text = old.read_text(encoding="utf-8").replace(",low,best,high", ",low_est,best_est,high_est", 1)
    old.write_text(text.replace("side_a_new_id", "side_a_dset_id", 1), encoding="utf-8")
    (event,) = events(read(GedReader(), old)[0]).values()
    assert event["quantities"][0]["best"] == 4


@pytest.mark.parametrize(
    ("name", "release", "candidate"),
    [
        ("GEDEvent_v25_1.csv", "25.1", False), ("ged171.csv", "17.1", False), ("ged191-csv.csv", "19.1", False),
        ("GEDEvent_v26_0_4.csv", "26.0.4", True), ("GEDEvent_v24_01_24_12.csv", "24.01.24.12", True),
        ("ged_syria.csv", None, False),
    ],
)  # fmt: skip
def test_the_release_is_what_the_name_of_the_file_says(name, release, candidate) -> None:
    assert release_of(name) == release
    assert is_candidate(release) is candidate


def test_the_dataset_says_its_licence_and_that_the_release_is_not_named(rows) -> None:
    (dataset,) = records(rows, "datasets").values()
    assert dataset["licence"] == "CC BY 4.0"
    assert "version" not in dataset
    assert "does not name its release" in dataset["citation"]


def test_the_shipped_file_keeps_all_rows_and_the_odd_triples() -> None:
    rows, skipped = read(GedReader(), resource("ucdp-ged-syria.csv.gz"))
    found = events(rows)
    remarks = [remark for row in rows for remark in row.remarks]
    assert (len(found), skipped) == (16_566, [])
    assert remarks.count("low > high, kept as published") == 58
    assert remarks.count("best < low, kept as published") == 30
    assert remarks.count("best > high, kept as published") == 71
    assert sum(event["quantities"][0]["best"] for event in found.values()) == 112_337
    assert sum(event.get("aggregate", False) for event in found.values()) == 622
    with gzip.open(resource("ucdp-ged-syria.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        civilians = sum(int(row["deaths_civilians"]) for row in csv.DictReader(file))
    actor = named(rows, "actors", "Civilians")["id"]
    parts = [q["best"] for e in found.values() for q in e["quantities"] if q.get("of") == actor]
    # An event whose side is civilians has deaths_b of them too.
    assert sum(parts) >= civilians


def wide(*changes: dict[str, str], header: bool = True, **how: Any) -> str:
    """Return rows of our own in the 49 columns of releases since 20.1."""
    row = dict.fromkeys(LAYOUT, "") | {
        "id": "1", "relid": "XYL-2021-1-1", "year": "2021", "active_year": "TRUE", "code_status": "Clear",
        "type_of_violence": "1", "side_a_dset_id": "11", "side_a_new_id": "11", "side_a": "Government of Xyland",
        "side_b_new_id": "12", "side_b": "Blue Front", "source_article": '"Gazette,2021-03-02,Fighting at the mill"',
        "source_original": "Army", "where_prec": "1", "where_coordinates": "Old Mill", "adm_1": "North province",
        "adm_2": "Hill district", "latitude": "10.5", "longitude": "20.25", "country": "Xyland", "event_clarity": "1",
        "date_prec": "1", "date_start": "2021-03-01 00:00:00.000", "date_end": "2021-03-01 00:00:00.000",
        "deaths_a": "1", "deaths_b": "2", "deaths_civilians": "0", "deaths_unknown": "0", "best": "3", "high": "4",
        "low": "3", "gwnoa": "999",
    }  # fmt: skip
    text = io.StringIO()
    writer = csv.writer(text, **how)
    if header:
        writer.writerow(LAYOUT)
    writer.writerows(
        [[{**row, "id": str(n + 1), **change}[name] for name in LAYOUT] for n, change in enumerate(changes)]
    )
    return text.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (wide({}, {}), "utf-8"), (wide({}, {}), "utf-8-sig"), (wide({}, {}, delimiter="\t"), "utf-16"),
        (wide({}, {}, delimiter=";", quoting=csv.QUOTE_ALL), "cp1252"), (wide({}, {}, header=False), "utf-8"),
        (wide({}, {}).replace(",".join(LAYOUT), ",".join(LAYOUT).upper()), "utf-8"),
        (wide({"latitude": "10,5", "longitude": "20,25"}, {}, delimiter=";"), "utf-8"),
        (wide({"id": "1.0", "best": "3.0", "type_of_violence": "1.0", "where_prec": "1.0", "date_prec": "1.0"}, {}), "utf-8"),
        (wide({"date_start": "3/1/2021", "date_end": "3/1/2021"}, {"date_start": "3/1/2021", "date_end": "3/25/2021"}), "utf-8"),
        (wide({}, {}).replace("where_description", "remarks of my own"), "utf-8"),
    ],
)  # fmt: skip
def test_the_layout_of_newer_releases_reads_alike_however_it_was_saved(tmp_path, text, encoding) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(text.encode(encoding))
    with opened(path) as source:
        reader = reader_for(source)
    assert isinstance(reader, GedReader)
    rows, skipped = read(reader, path)
    assert skipped == []
    first = events(rows)["evt-ucdp-1"]
    assert (first["time"]["edtf"], first["quantities"][0]["best"]) == ("2021-03-01", 3)
    assert records(rows, "locations")[first["places"][0]["location"]]["lat"] == 10.5


def test_days_that_do_not_tell_day_from_month_are_not_guessed(tmp_path) -> None:
    path = tmp_path / "data.csv"
    path.write_text(wide({"date_start": "3/1/2021", "date_end": "3/2/2021"}), encoding="utf-8")
    assert [skip.reason for skip in read(GedReader(), path)[1]] == ["date_start is not a date"]


def test_what_programs_write_for_nothing_is_nothing(tmp_path) -> None:
    path = tmp_path / "data.csv"
    nothing = dict.fromkeys(
        ("deaths_a", "low", "adm_2", "latitude", "source_original", "gwnob", "event_clarity"), "NA"
    )
    path.write_text(wide(nothing), encoding="utf-8")
    rows, skipped = read(GedReader(), path)
    (event,) = events(rows).values()
    assert skipped == []
    assert "low" not in event["quantities"][0]
    assert "attribution" not in event["claims"][0]
    assert "NA" not in {draft["name"] for draft in records(rows, "locations").values()}


def test_a_status_that_is_not_clear_and_unknown_columns_are_told(tmp_path) -> None:
    path = tmp_path / "GEDEvent_v24_0_3.csv"
    text = wide({"code_status": "Check type of violence"}).replace("relid", "my_remark", 1)
    path.write_text(text, encoding="utf-8")
    rows, _ = read(GedReader(), path)
    assert events(rows)["evt-ucdp-1"]["codes"] == {"ucdp": "1", "ucdp_status": "Check type of violence"}
    (dataset,) = records(rows, "datasets").values()
    assert (dataset["title"], dataset["version"]) == ("UCDP Candidate Events Dataset", "24.0.3")
    with opened(path) as source:
        notes = " ".join(GedReader().notes(source))
    assert "may still revise" in notes
    assert "my_remark" in notes


def test_a_target_of_whom_none_is_counted_dead_is_an_actor_of_its_own(tmp_path) -> None:
    change = {"type_of_violence": "3", "side_b": "Civilians", "deaths_a": "0", "deaths_b": "0"}
    path = tmp_path / "data.csv"
    path.write_text(
        wide({**change, "deaths_civilians": "4"}, {**change, "deaths_unknown": "2"}), encoding="utf-8"
    )
    rows, _ = read(GedReader(), path)
    killed, uncounted = events(rows).values()
    actors = records(rows, "actors")
    recipients = [actors[event["participants"][1]["actor"]] for event in (killed, uncounted)]
    assert [actor["name"] for actor in recipients] == ["Civilians", "Civilians (none counted dead)"]
    assert {actor["kind"] for actor in recipients} == {"civilians"}
    assert [value["role"] for value in uncounted["participants"]] == ["actor", "recipient"]
