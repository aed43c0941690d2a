"""Import as a job: all or nothing, the same twice adds nothing, what changed is told, and check finds nothing wrong."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest
from readers import ACLED_HEADER, ACLED_ROWS, DATA, ICEWS_HEADER, ICEWS_ROWS, gdelt_mention, gdelt_row

from explorer.assets import resource
from explorer.casefile.store import CaseFile
from explorer.formats.refused import ReadingCancelled
from explorer.intake.import_report import report_lines
from explorer.intake.importing import import_files, import_temporary
from explorer.intake.opening import Cancelled, open_case
from explorer.intake.reporting import ProblemsFound, check_case
from explorer.query.asking import Asked, filter_from
from explorer.query.masks import evaluate

EXCERPT = DATA / "ucdp_ged_excerpt.csv"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "case.dateline"


def rewritten(path: Path, change: dict[str, str], *, only: int = 1) -> Path:
    """Write the excerpt with one row changed."""
    with EXCERPT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[only].update(change)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def content(path: Path) -> str:
    with CaseFile.open(path, read_only=True) as case:
        return case.case_hash()


def test_a_whole_file_is_imported_and_check_finds_nothing_wrong(target: Path) -> None:
    report = import_files([EXCERPT], target)
    (source,) = report.sources
    assert (source.read, source.kept, source.added, source.skipped) == (42, 42, 42, ())
    assert sum(count for count, _ in source.remarks.values()) >= 6
    with CaseFile.open(target) as case:
        found = check_case(case)
        assert (found.problems, found.warnings) == ((), ())
        assert case.count("events") == 42
        (record,) = case.record("evt-ucdp-214797").claims  # type: ignore[union-attr]
        assert record.attribution.text == "SOHR"


@pytest.mark.parametrize("name", ["acled", "icews", "gdelt"])
def test_what_readers_vouch_for_passes_the_full_check(target: Path, tmp_path: Path, name: str) -> None:
    texts = {
        "acled": "\n".join((ACLED_HEADER, *ACLED_ROWS, "")), "icews": "\n".join((ICEWS_HEADER, *ICEWS_ROWS, "")),
        "gdelt": "".join(gdelt_row(n, 61, url=f"https://x.example/{n % 2}") + "\n" for n in range(5)),
    }  # fmt: skip
    path = tmp_path / "rows.csv"
    path.write_text(texts[name], encoding="utf-8")
    report = import_files([path], target)
    assert report.read == report.kept + report.skipped
    with CaseFile.open(target) as case:
        found = check_case(case)
        assert (found.problems, found.warnings) == ((), ())


def test_the_same_file_again_adds_nothing_and_says_so(target: Path) -> None:
    import_files([EXCERPT], target)
    before = content(target)
    report = import_files([EXCERPT], target)
    assert (report.sources[0].unchanged, report.added) == (42, 0)
    assert any("nothing was added" in line for line in report_lines(report))
    assert content(target) == before


def test_the_same_id_with_other_content_is_told_and_the_old_kept(target: Path, tmp_path: Path) -> None:
    import_files([EXCERPT], target)
    before = content(target)
    other = rewritten(tmp_path / "new.csv", {"best": "7", "high": "9"})
    report = import_files([other], target)
    (source,) = report.sources
    assert (source.changed, source.unchanged, source.added, source.changed_lines) == (1, 41, 0, (3,))
    assert content(target) == before


def test_update_takes_the_new_content_and_leaves_no_trace_of_the_old(target: Path, tmp_path: Path) -> None:
    import_files([EXCERPT], target)
    change = {
        "best": "7",
        "high": "9",
        "source_article": '"Gazette,2016-01-02,Quixotic words"',
        "where_coordinates": "Elsewhere",
    }
    other = rewritten(tmp_path / "new.csv", change)
    report = import_files([other], target, update=True)
    assert (report.sources[0].updated, report.sources[0].changed) == (1, 0)
    with CaseFile.open(target) as case:
        assert check_case(case).problems == ()
        assert len(case.text_rows("quixotic")) == 1
        assert len(case.text_rows("Ein Laroz")) == 0
        assert case.search("Elsewhere")
    fresh = tmp_path / "fresh.dateline"
    import_files([other], fresh)
    with CaseFile.open(target) as one, CaseFile.open(fresh) as two:
        for name in ("documents", "events", "spans", "relations"):
            assert {r.id: r for r in one.all(name)} == {r.id: r for r in two.all(name)}  # type: ignore[union-attr]
        assert set(one.cited("evt-ucdp-214804")) == set(two.cited("evt-ucdp-214804"))


def test_a_file_that_is_imported_in_two_halves_is_the_same_case(target: Path, tmp_path: Path) -> None:
    with EXCERPT.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    for number, part in enumerate((lines[:20], [lines[0], *lines[20:]])):
        with (tmp_path / f"{number}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(part)
    import_files([tmp_path / "0.csv", tmp_path / "1.csv"], target)
    whole = tmp_path / "whole.dateline"
    import_files([EXCERPT], whole)
    with CaseFile.open(target) as one, CaseFile.open(whole) as two:
        assert check_case(one).problems == ()
        assert {e.id for e in one.all("events")} == {e.id for e in two.all("events")}  # type: ignore[union-attr]
        assert {e.id for e in one.all("actors")} == {e.id for e in two.all("actors")}  # type: ignore[union-attr]


@pytest.mark.parametrize("existing", [False, True])
def test_cancelling_leaves_nothing_half_written(target: Path, tmp_path: Path, existing: bool) -> None:
    if existing:
        path = tmp_path / "small.csv"
        path.write_text("\n".join((ACLED_HEADER, *ACLED_ROWS, "")), encoding="utf-8")
        import_files([path], target)
    before = target.read_bytes() if existing else None
    calls = iter([False] * 3)
    with pytest.raises(ReadingCancelled):
        import_files([resource("ucdp-ged-syria.csv.gz")], target, cancelled=lambda: next(calls, True))
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == (["case.dateline", "small.csv"] if existing else [])
    if existing:
        assert content(target)
        with CaseFile.open(target) as case:
            assert case.count("events") == 3
            assert check_case(case).problems == ()
        assert before is not None


def test_an_interrupt_leaves_nothing_half_written(target: Path, tmp_path: Path) -> None:
    def interrupt() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_files([EXCERPT], target, cancelled=interrupt)
    assert list(tmp_path.iterdir()) == []


def test_a_second_file_that_is_broken_leaves_nothing_of_the_first(target: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(resource("ucdp-ged-syria.csv.gz").read_bytes()[:200_000])
    with pytest.raises(ProblemsFound, match="cut short") as found:
        import_files([EXCERPT, broken], target)
    assert found.value.source == str(broken)
    assert not target.exists()


def test_progress_tells_part_rate_and_time_left(target: Path) -> None:
    seen = []
    import_files([EXCERPT], target, watch=seen.append)
    assert seen[-1].part == 1.0
    assert seen[-1].rows >= 42
    assert seen[-1].rate > 0


def test_the_report_can_be_saved(target: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(EXCERPT.read_text(encoding="utf-8") + "9,2016\n", encoding="utf-8")
    report = import_files([path], target)
    report.save(tmp_path / "report.json")
    report.save(tmp_path / "report.csv")
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (told["read"], told["kept"], told["skipped"]) == (43, 42, 1)
    with (tmp_path / "report.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert [line["why"] for line in lines if line["what"] == "skipped"] == ["a short row: cells are missing"]


def test_mentions_join_their_event_whichever_comes_first(tmp_path: Path) -> None:
    table, mentions = tmp_path / "e.csv", tmp_path / "m.csv"
    table.write_text(gdelt_row(1, 61) + "\n" + gdelt_row(2, 61) + "\n", encoding="utf-8")
    mentions.write_text(gdelt_mention(1) + "\n" + gdelt_mention(3) + "\n", encoding="utf-8")
    for order in ([table, mentions], [mentions, table]):
        target = tmp_path / f"{order[0].stem}.dateline"
        import_files(order, target)
        report = import_files(order, target)
        assert (report.added, report.sources[0].changed) == (0, 0)
        with CaseFile.open(target) as case:
            assert check_case(case).problems == ()
            event = case.record("evt-gdelt-1")
            assert len(event.claims) == 2  # type: ignore[union-attr]
            assert len(event.participants) == 2  # type: ignore[union-attr]
            assert case.count("events") == 3


def test_an_imported_case_comes_back_from_json_as_it_was(target: Path, tmp_path: Path) -> None:
    import_files([EXCERPT], target)
    with CaseFile.open(target) as case:
        path = tmp_path / "case.json"
        path.write_text("".join(case.to_json()), encoding="utf-8")
        with open_case(path) as again:
            assert again.case_hash() == case.case_hash()
            for event in ("evt-ucdp-214797", "evt-ucdp-214804"):
                assert again.cited(event) == case.cited(event)
            assert again.citing("doc-u214797", 0) == case.citing("doc-u214797", 0)
            assert list(again.text_rows("clashes")) == list(case.text_rows("clashes"))


def test_a_file_that_can_be_imported_opens_directly() -> None:
    with open_case(EXCERPT) as case:
        assert case.temporary
        assert case.count("events") == 42
        assert "42 rows read as UCDP GED" in case.messages[0]
    with pytest.raises(Cancelled):
        open_case(EXCERPT, cancelled=lambda: True)


def test_a_target_that_is_no_case_is_not_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "letter.txt"
    target.write_text("Dear reader", encoding="utf-8")
    with pytest.raises(ProblemsFound):
        import_files([EXCERPT], target)
    assert target.read_text(encoding="utf-8") == "Dear reader"


@pytest.fixture(scope="module")
def syria() -> CaseFile:
    case, _ = import_temporary(resource("ucdp-ged-syria.csv.gz"))
    yield case
    case.close()


@pytest.fixture(scope="module")
def printed() -> list[dict[str, str]]:
    with gzip.open(resource("ucdp-ged-syria.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def count(case: CaseFile, **names: list[str]) -> int:
    table = case.table()
    return evaluate(table, filter_from(Asked(include=names, exclude={}), table)).count


def test_counts_of_the_shipped_file_are_those_of_plain_python(
    syria: CaseFile, printed: list[dict[str, str]]
) -> None:
    def with_side(name: str) -> int:
        return sum(name in [*row["side_a"].split(", "), *row["side_b"].split(", ")] for row in printed)

    for name in ("SDF", "HTS", "IS", "Ahrar al-Sham"):
        assert count(syria, actors=[name]) == with_side(name)
    for name in ("Aleppo Governorate", "Idlib Governorate"):
        assert count(syria, places=[name]) == sum(row["adm_1"] == name for row in printed)
    civilians = sum(int(row["deaths_civilians"]) > 0 for row in printed)
    assert count(syria, actors=["Civilians"]) == civilians == 5_658
    targets = sum(row["side_b"] == "Civilians" and row["deaths_civilians"] == "0" for row in printed)
    assert count(syria, actors=["Civilians (none counted dead)"]) == targets == 64


def test_an_actor_that_is_only_mentioned_is_found_in_the_texts(
    syria: CaseFile, printed: list[dict[str, str]]
) -> None:
    mentioned = sum("russia" in row["source_article"].lower() for row in printed)
    assert abs(len(syria.text_rows("Russia")) - mentioned) <= 5


def test_a_place_first_named_by_a_row_that_is_skipped_is_there_for_the_next(tmp_path: Path) -> None:
    from explorer.formats.mapping import ColumnsOf, Mapping
    from explorer.intake.reporting import check_case

    path = tmp_path / "a.csv"
    path.write_text("date,place,killed\n2016-05-01,Homs,many\n2016-05-02,Homs,3\n", encoding="utf-8")
    mapping = Mapping(name="a", title="a", columns=ColumnsOf(date="date", place="place", killed="killed"))
    assert import_files([path], tmp_path / "a.dateline", mapping=mapping).skipped == 1
    with CaseFile.open(tmp_path / "a.dateline") as case:
        assert case.count("events") == 1
        assert check_case(case).problems == ()
