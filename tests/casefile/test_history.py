"""Edits are committed whole, undone to the byte, kept in the file, and refused where the case would not hold together."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from builders import random_case
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.casefile import schema
from explorer.casefile.changes import Difference, Edit
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.intake.reporting import check_case
from explorer.model.records import LISTS, Actor, Case, CaseHeader

#: Random edits of one session; 500 in the long form.
EDITS = int(os.environ.get("DATELINE_EDITS", "120"))


def text_of(case: CaseFile) -> str:
    return "".join(case.to_json())


def case_from(raw: dict[str, Any], path: Path) -> CaseFile:
    case = Case.model_validate(raw)
    made = CaseFile.create(
        path, CaseHeader.model_validate({n: getattr(case, n) for n in CaseHeader.model_fields})
    )
    made.append([record for name in LISTS for record in getattr(case, name)])
    return made


@pytest.fixture
def case(tmp_path: Path, sample_json: dict[str, Any]) -> Iterator[CaseFile]:
    with case_from(sample_json, tmp_path / "sample.dateline") as made:
        yield made


def retitled(case: CaseFile, title: str, record_id: str = "evt-airstrikes") -> Edit:
    record = case.record(record_id)
    assert record is not None
    return Edit(f"retitle to {title}", (record.model_copy(update={"title": title}),))


def random_edit(case: CaseFile, draw: random.Random, number: int) -> Edit:
    """An edit of any kind; some are refused, which must change nothing."""
    kind = draw.randrange(9)
    events = list(case.all("events"))
    event = draw.choice(events) if events else None
    if kind == 0 and event:
        return Edit("title", (event.model_copy(update={"title": f"{event.title[:40]} ‡{number} 😀"}),))
    if kind == 1 and events:
        some = draw.sample(events, min(len(events), 3))
        status = draw.choice(["unreviewed", "checked", "disputed"])
        return Edit("status", tuple(each.model_copy(update={"status": status}) for each in some))
    if kind == 2:
        return Edit(
            "new", (Actor(id=f"act-new-{number}", name=f"اسم {number}", kind="person", aliases=("A",)),)
        )
    if kind == 3:
        name = draw.choice([name for name in LISTS if name != "mentions" and case.count(name)])
        return Edit("remove", (), ((name, draw.choice([r.id for r in case.all(name)])),))
    if kind == 4 and case.count("mentions"):
        each = draw.choice(list(case.all("mentions")))
        return Edit("mention", (), (("mentions", f"{each.span} → {each.refers_to}"),))
    if kind == 5 and event:
        gone = draw.sample(event.participants, len(event.participants) // 2)
        left = tuple(p for p in event.participants if p not in gone)
        return Edit("who", (event.model_copy(update={"participants": left, "places": ()}),))
    if kind == 6:
        document = draw.choice(list(case.all("documents")))
        half = document.sentences[: max(1, len(document.sentences) - draw.randrange(2))]
        return Edit(
            "document", (document.model_copy(update={"title": f"Report {number}", "sentences": half}),)
        )
    if kind == 7:
        header = case.header().model_copy(update={"title": f"Case {number}", "coders": ("B",)})
        return Edit("header", (header,))
    links = [("links", link.id) for link in case.all("links")][:1]
    note = [a.model_copy(update={"note": f"n{number}"}) for a in list(case.all("actors"))[:2]]
    return Edit("several", tuple(note), tuple(links))


def edited(case: CaseFile, draw: random.Random, count: int) -> int:
    done = 0
    for number in range(count):
        try:
            done += bool(case.commit(random_edit(case, draw, number)).number)
        except CaseFileError as error:
            assert error.problems  # noqa: PT017 - some edits are refused, none may break
        if draw.random() < 0.05 and case.undo():
            done -= 1
    return done


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_undo_all_gives_the_original_to_the_byte_and_redo_all_the_edited(
    seed: int, tmp_path: Path, sample_json: dict[str, Any]
) -> None:
    raw = random_case(seed, events=14, actors=6) if seed else sample_json
    path = tmp_path / "x.dateline"
    with case_from(raw, path) as case:
        original, original_hash = text_of(case), case.case_hash()
        done = edited(case, random.Random(seed), EDITS)
        after = text_of(case)
        assert done > 30
        assert after != original
        assert not check_case(case).problems
    with CaseFile.open(path) as case:  # across a restart
        while case.undo():
            pass
        assert text_of(case) == original
        assert case.case_hash() == original_hash
        assert not list(case.damage())
        assert not case.can_undo
        assert len([step for step in case.history() if step.undone]) >= done
        case.go_to(max(step.number for step in case.history()))
        assert text_of(case) == after
        assert not list(case.damage())
        assert not case.can_redo
        case.go_to(0)
        assert text_of(case) == original


def test_a_new_edit_after_undo_drops_what_was_undone_and_no_number_is_given_twice(case: CaseFile) -> None:
    first, second = case.commit(retitled(case, "one")), case.commit(retitled(case, "two"))
    case.undo()
    third = case.commit(retitled(case, "three"))
    assert [step.number for step in case.history()] == [first.number, third.number]
    assert third.number > second.number
    assert not case.can_redo
    assert case.redo() is None


def test_keys_are_never_given_again(case: CaseFile) -> None:
    key = "SELECT max(key) FROM actors"
    case.commit(Edit("new", (Actor(id="act-a", name="A", kind="person"),)))
    used = case.database.row(key)
    case.undo()
    case.commit(Edit("new", (Actor(id="act-b", name="B", kind="person"),)))
    assert case.database.row(key) > used


def test_an_edit_that_changes_nothing_is_no_step(case: CaseFile) -> None:
    before, version = text_of(case), case.version
    assert case.commit(Edit("same", (case.record("evt-airstrikes"), case.header()))).number == 0
    assert (text_of(case), case.version, case.history()) == (before, version, ())


def test_modified_moves_on_and_comes_back(case: CaseFile) -> None:
    before = case.header().modified
    case.commit(retitled(case, "x"))
    after = case.header().modified
    assert after > before
    case.undo()
    assert case.header().modified == before
    case.redo()
    assert case.header().modified == after


@pytest.mark.parametrize(
    "removed",
    [("actors", "act-russia"), ("documents", "doc-seed"), ("spans", "sp-01-11"), ("events", "evt-airstrikes"),
     ("locations", "loc-syria")],
)  # fmt: skip
def test_what_others_name_is_not_removed_and_nothing_is_written(
    removed: tuple[str, str], case: CaseFile
) -> None:
    before = case.path.read_bytes(), text_of(case), case.version
    with pytest.raises(CaseFileError) as raised:
        case.commit(Edit("remove", (), (removed,)))
    assert any(removed[1] in str(problem) for problem in raised.value.problems)
    assert (text_of(case), case.version, case.history()) == (*before[1:], ())


def test_a_circle_a_strangers_claim_and_an_unknown_id_are_refused(case: CaseFile) -> None:
    top = next(place for place in case.all("locations") if place.part_of is None)
    below = next(place for place in case.all("locations") if place.part_of == top.id)
    event, other = list(case.all("events"))[:2]
    stolen = other.claims[0].model_copy(update={"id": event.claims[0].id})
    for record in (
        top.model_copy(update={"part_of": below.id}),
        other.model_copy(update={"claims": (stolen, *other.claims[1:])}),
        event.model_copy(update={"merged_into": "evt-none"}),
    ):
        with pytest.raises(CaseFileError) as raised:
            case.commit(Edit("wrong", (record,)))
        assert raised.value.problems
    assert case.history() == ()


def test_a_text_that_no_longer_holds_its_quotes_is_refused(case: CaseFile) -> None:
    document = next(case.all("documents"))
    text = document.text.upper()
    digest = hashlib.sha256(text.encode()).hexdigest()
    with pytest.raises(CaseFileError, match="quote"):
        case.commit(Edit("shout", (document.model_copy(update={"text": text, "text_sha256": digest}),)))


def test_what_is_searched_and_cited_follows_an_edit_and_its_undo(case: CaseFile) -> None:
    def found(words: str) -> list[str]:
        return [hit.id for hit in case.search(words)]

    case.commit(retitled(case, "Zeppelins over the harbour"))
    assert found("zeppelins") == ["evt-airstrikes"]
    assert len(case.text_rows("zeppelins")) == 1
    event = case.record("evt-airstrikes")
    case.commit(Edit("who", (event.model_copy(update={"participants": ()}),)))
    assert not any(cited.path.startswith("participants") for cited in case.cited("evt-airstrikes"))
    case.go_to(0)
    assert found("zeppelins") == []
    assert any(cited.path.startswith("participants") for cited in case.cited("evt-airstrikes"))


def test_an_import_is_a_step_that_nothing_goes_behind(case: CaseFile) -> None:
    case.commit(retitled(case, "one"))
    case.append([Actor(id="act-imported", name="Imported", kind="person")])
    assert [step.barrier for step in case.history()] == [False, True]
    assert not case.can_undo
    assert case.undo() is None
    case.commit(retitled(case, "two"))
    case.undo()
    assert case.undo() is None
    with pytest.raises(CaseFileError, match="import"):
        case.go_to(0)
    assert case.record("evt-airstrikes").title == "one"


def test_a_case_that_was_never_edited_has_no_history_of_its_import(case: CaseFile) -> None:
    assert case.history() == ()


def test_a_case_for_reading_only_is_not_edited_and_says_so(case: CaseFile, tmp_path: Path) -> None:
    case.commit(retitled(case, "one"))
    with CaseFile.open(case.path, read_only=True) as reading:
        assert [step.name for step in reading.history()] == ["retitle to one"]
        assert not reading.can_undo
        for act in (reading.undo, lambda: reading.commit(retitled(case, "x")), lambda: reading.go_to(0)):
            with pytest.raises(CaseFileError, match="reading only"):
                act()


def test_a_row_that_something_else_has_changed_is_never_overwritten(case: CaseFile) -> None:
    case.commit(retitled(case, "one"))
    path = case.path
    case.close()
    with closing(sqlite3.connect(path)) as stranger, stranger:
        body = stranger.execute("SELECT body FROM events WHERE id = 'evt-airstrikes'").fetchone()[0]
        body = body.replace("one", "two")
        stranger.execute(
            "UPDATE events SET body = ?, sha256 = ? WHERE id = 'evt-airstrikes'",
            (body, hashlib.sha256(body.encode()).digest()),
        )
    with CaseFile.open(path) as again:
        before = text_of(again)
        with pytest.raises(CaseFileError, match="not as it left it"):
            again.undo()
        assert text_of(again) == before


# -- copies -------------------------------------------------------------------------------------------------------

SECRET = "Xylophonic"


def hides(path: Path) -> bool:
    body = path.read_bytes().lower()
    return not any(SECRET.lower().encode(code) in body for code in ("utf-8", "utf-16-le"))


@pytest.fixture
def purged(case: CaseFile) -> CaseFile:
    """A case in which a secret was written in every place a text can stand, and taken out again."""
    case.commit(retitled(case, f"{SECRET} strikes"))
    case.commit(Edit("new", (Actor(id="act-x", name=f"{SECRET} army", kind="person", note=SECRET * 2_000),)))
    case.keep_columns(least=0)
    case.commit(Edit("gone", (), (("actors", "act-x"),)))
    case.commit(retitled(case, "strikes"))
    assert not hides(case.path) or not hides(case.path.with_name(case.path.name + "-wal"))
    return case


def test_a_saved_copy_and_the_json_hold_nothing_of_what_was_taken_out(
    purged: CaseFile, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.dateline"
    purged.save_copy(copy)
    assert hides(copy)
    assert SECRET not in text_of(purged)
    with CaseFile.open(copy) as opened:
        assert opened.history() == ()
        assert text_of(opened) == text_of(purged)
        assert opened.case_hash() == purged.case_hash()
        assert not check_case(opened).problems
        opened.commit(retitled(opened, "new"))
        assert opened.undo() is not None


def test_a_copy_with_its_history_can_be_undone(purged: CaseFile, tmp_path: Path) -> None:
    copy = tmp_path / "copy.dateline"
    purged.save_copy(copy, with_history=True)
    with CaseFile.open(copy) as opened:
        assert opened.history() == purged.history()
        opened.go_to(2)
        assert opened.record("act-x").name == f"{SECRET} army"


# -- what is kept -------------------------------------------------------------------------------------------------


def test_a_correction_in_a_long_text_is_a_few_characters_of_history(case: CaseFile) -> None:
    document = next(case.all("documents"))
    case.commit(Edit("date", (document.model_copy(update={"publisher": "A new one"}),)))
    kept = case.database.row("SELECT sum(length(before) + length(after)) FROM changes")
    assert kept[0] < 200 < len(document.text)


@settings(max_examples=60)
@given(st.text(max_size=30), st.text(max_size=30), st.integers(0, 3))
def test_a_difference_leads_from_one_text_to_the_other_and_back(first: str, second: str, much: int) -> None:
    first, second = "ab" * 3000 * much + first, "ab" * 3000 * much + second
    found = Difference.between(first, second)
    assert found.applied(first) == second
    assert found.reversed().applied(second) == first


@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_older_file_has_no_history_until_it_is_edited(
    version: int, tmp_path: Path, sample_json: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "older.dateline"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "VERSION", version)
        patch.setattr(schema, "STEPS", schema.STEPS[:version])
        case_from(sample_json, path).close()
    with CaseFile.open(path) as case:
        assert case.history() == ()
        assert not case.can_undo
        before = text_of(case)
        case.commit(retitled(case, "new"))
        case.undo()
        assert text_of(case) == before
