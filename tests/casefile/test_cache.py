"""Columns that lie in the file are those that the rows give, or they do not count: rows stay the truth."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import random_case

from explorer.casefile import cache, schema
from explorer.casefile.kept import stored_as
from explorer.casefile.squeezing import squeezed, unsqueezed
from explorer.casefile.store import WORTH_KEEPING, CaseFile
from explorer.casefile.table import build_table
from explorer.casefile.texts import Texts
from explorer.model.records import Actor

NEW = Actor(id="act-new", name="New", kind="person")


def whole(table: Any) -> dict[str, bytes]:
    return cache.packed(table)


def built(case: CaseFile) -> Any:
    return build_table(case._database, case.version)


def copied(case: CaseFile, path: Path) -> None:
    """Copy a case without the columns that it may have kept itself."""
    path.parent.mkdir(exist_ok=True)
    case.save_copy(path)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("DELETE FROM columns")
    connection.close()


@pytest.fixture
def kept(sample_file: CaseFile, tmp_path: Path) -> Path:
    """The sample as a case file with its columns kept."""
    path = tmp_path / "case" / "x.dateline"
    copied(sample_file, path)
    with CaseFile.open(path) as case:
        assert not case.columns_kept
        assert case.keep_columns(least=0)
    return path


def changed(path: Path, statement: str, parameters: tuple[Any, ...] = ()) -> None:
    """Change the file behind the program's back."""
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(statement, parameters).rowcount
    connection.close()


@pytest.mark.parametrize("seed", range(12))
def test_kept_columns_are_the_built_ones_in_every_case(seed: int, case_file_of: Any, tmp_path: Path) -> None:
    case = case_file_of(random_case(seed, events=seed * 3, actors=seed, relations=seed, links=seed))
    path = tmp_path / "y.dateline"
    case.save_copy(path)
    with CaseFile.open(path) as writing:
        hashed, text = writing.case_hash(), list(writing.to_json())
        writing.keep_columns(least=0)
        assert (writing.case_hash(), list(writing.to_json())) == (hashed, text)
    with CaseFile.open(path, read_only=True) as again:
        read = cache.read(again._database, again.version)
        assert read is not None
        assert whole(read) == whole(built(again))
        assert list(read.ids) == list(case.table().ids)
        assert read.titles(range(len(read))) == case.table().titles(range(len(read)))
        again_built = built(again)
        assert (read.text_time is read.time) == (again_built.text_time is again_built.time)
        for column in ("participations", "relations", "documents", "time"):
            for array in (a for a in vars_of(getattr(read, column)) if isinstance(a, np.ndarray)):
                assert not array.flags.writeable
        assert not list(again.damage())


def vars_of(columns: Any) -> list[Any]:
    import dataclasses

    return [getattr(columns, field.name) for field in dataclasses.fields(columns)]


def test_a_saved_case_reads_its_columns_and_not_its_rows(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.casefile.table.build_table", None)
    with CaseFile.open(kept, read_only=True) as case:
        assert case.columns_kept
        assert len(case.table()) == 25
        assert case.table().row_of["evt-airstrikes"] == list(case.table().ids).index("evt-airstrikes")


def test_a_write_makes_them_stale_and_keeping_makes_them_fresh(kept: Path) -> None:
    with CaseFile.open(kept) as case:
        before = case.table()
        case.append([NEW])
        assert not case.columns_kept
        assert len(case.table().actors.ids) == len(before.actors.ids) + 1
        assert case.keep_columns(least=0)
        assert case.version == 2
    with CaseFile.open(kept, read_only=True) as case:
        assert case.columns_kept
        assert whole(case.table()) == whole(built(case))


def test_nothing_is_written_by_reading_by_small_cases_or_where_only_reading_is_allowed(
    sample_file: CaseFile, tmp_path: Path
) -> None:
    path = tmp_path / "z" / "x.dateline"
    copied(sample_file, path)
    before = path.read_bytes()
    with CaseFile.open(path) as case:
        case.table()
        assert not case.keep_columns()  # fewer than WORTH_KEEPING
        assert case.count("events") < WORTH_KEEPING
    with CaseFile.open(path, read_only=True) as case:
        assert not case.keep_columns(least=0)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_columns_that_were_damaged_are_kept_anew(kept: Path) -> None:
    rewritten(kept, "kind", lambda body: body[:-1] + b"\xff", honest=True)
    with CaseFile.open(kept) as case:
        assert case.keep_columns(least=0)
    with CaseFile.open(kept, read_only=True) as case:
        assert cache.read(case._database, case.version) is not None


NAMES = "SELECT name, body, stamp FROM columns"


def rewritten(path: Path, name: str, change: Callable[[bytes], bytes], *, honest: bool) -> None:
    """Change one kept column; honest: with the sum that its new bytes have, as a forger would."""
    connection = sqlite3.connect(path)
    body, stamp = connection.execute("SELECT body, stamp FROM columns WHERE name = ?", (name,)).fetchone()
    wide = unsqueezed(body, stored_as(name), 2**28)
    assert squeezed(wide, stored_as(name)) == body
    new = squeezed(change(wide), stored_as(name)) if honest else change(body)
    assert new != body
    with connection:
        connection.execute("UPDATE columns SET body = ? WHERE name = ?", (new, name))
        if honest:
            digest = hashlib.sha256(f"{name}\n{stamp}\n".encode() + new).digest()
            connection.execute("UPDATE columns SET sha256 = ? WHERE name = ?", (digest, name))
    connection.close()


def rebuilt(path: Path) -> None:
    """Hold that what lies in the file is not believed and the columns are those of the rows."""
    with CaseFile.open(path, read_only=True) as case:
        assert cache.read(case._database, case.version) is None
        assert whole(case.table()) == whole(built(case))


def test_a_flipped_bit_in_any_column_is_noticed(kept: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(kept)
    names = [name for name, body, _ in connection.execute(NAMES) if body and not name.startswith("words.")]
    connection.close()
    assert len(names) > 50
    for name in names[::5]:
        copy = tmp_path / "copy.dateline"
        shutil.copy(kept, copy)
        rewritten(copy, name, lambda body: bytes([body[0] ^ 1]) + body[1:], honest=False)
        rebuilt(copy)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("kind", lambda body: b"\xff" + body[1:]),
        ("type", lambda body: body[:-1]),
        ("hollow", lambda body: b"\x02" + body[1:]),
        ("participations.actor", lambda body: b"\xff\xff\xff\x7f" + body[4:]),
        ("participations.actor", lambda body: b"\xff\xff\xff\xff" + body[4:]),
        ("participations.actor", lambda body: body[:-4]),
        ("claims.document", lambda body: b"\x07\x00\x00\x00" + body[4:]),
        ("participations.offsets", lambda body: body[:4] + b"\x7f" + body[5:]),
        ("participations.offsets", lambda body: b"\x01" + body[1:]),
        ("participations.offsets", lambda body: body[:-4]),
        ("ids.ends", lambda body: body[:-4] + (10**6).to_bytes(4, "little")),
        ("ids.data", lambda body: body[:-1]),
        ("ids.data", lambda body: b"\xff" + body[1:]),
        ("documents.titles.data", lambda body: body[:-1] + b"\xc3"),
        ("documents.publishers.codes", lambda body: b"\x05" + body[1:]),
        ("actors.aliases.counts", lambda body: b"\x63" + body[1:]),
        ("actors.names.ends", lambda body: body[:-4]),
        ("keys", lambda body: body[:-8]),
        ("tag_names.ends", lambda _: b""),
        ("time.basis", lambda body: body[:-1]),
    ],
)
def test_what_does_not_hold_together_is_not_believed_even_with_a_right_sum(
    kept: Path, name: str, change: Callable[[bytes], bytes]
) -> None:
    rewritten(kept, name, change, honest=True)
    rebuilt(kept)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM columns WHERE name = 'kind'",
        "UPDATE columns SET stamp = '[0]'",
        "UPDATE columns SET body = 'text' WHERE name = 'kind'",
        "UPDATE columns SET sha256 = x'00' WHERE name = 'ids.data'",
        "UPDATE header SET version = version + 1",
    ],
)
def test_missing_foreign_and_stale_columns_are_built_anew(kept: Path, statement: str) -> None:
    changed(kept, statement)
    rebuilt(kept)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("words.rows", lambda body: b"\x7f" + body[1:]),
        ("words.rows", lambda body: body[:-4]),
        ("words.offsets", lambda body: body[:-4]),
        ("words.kinds", lambda body: body[:-1]),
    ],
)
@pytest.mark.parametrize("honest", [True, False])
def test_postings_that_do_not_hold_together_are_not_believed(
    kept: Path, name: str, change: Callable[[bytes], bytes], honest: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.casefile.search.COMMON", 1)
    with CaseFile.open(kept, read_only=True) as case:
        assert cache.read_words(case._database, case.version, 25) is not None
        expected = case.text_rows("aleppo").tolist()
    rewritten(kept, name, change, honest=honest)
    with CaseFile.open(kept, read_only=True) as case:
        assert cache.read_words(case._database, case.version, 25) is None
        assert case.text_rows("aleppo").tolist() == expected


def test_check_says_where_whole_columns_lie_about_the_rows(kept: Path) -> None:
    with CaseFile.open(kept, read_only=True) as case:
        assert not list(case.damage())
    rewritten(kept, "status", lambda body: bytes([1 - min(body[0], 1)]) + body[1:], honest=True)
    with CaseFile.open(kept, read_only=True) as case:
        assert any("column" in str(problem) for problem in case.damage())


# -- the layout before columns were kept ----------------------------------------------------------------------


@pytest.fixture
def older(sample_file: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample in the first layout."""
    path = tmp_path / "older" / "x.dateline"
    path.parent.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "VERSION", 1)
        patch.setattr(schema, "STEPS", schema.STEPS[:1])
        with CaseFile.create(path, sample_file.header()) as case:
            case.append([record for name in schema.LIST_NAMES for record in sample_file.all(name)])
    return path


def test_an_older_word_index_is_kept_and_answers_as_the_new_one(older: Path, sample_file: CaseFile) -> None:
    for words in ("a", "al", "alep", "aleppo ", "damascus"):
        with CaseFile.open(older) as case:
            assert case.text_rows(words).tolist() == sample_file.text_rows(words).tolist()
            assert case.search(words) == sample_file.search(words)
    with CaseFile.open(older) as case:
        case.append([NEW])
        assert case.search("new")[0].id == NEW.id
    assert "prefix" in words_statement(older)
    assert "prefix" not in words_statement(sample_file.path)


def words_statement(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'words'").fetchone()[0])


def test_an_older_layout_is_read_as_it_is_and_brought_forward_by_the_first_write(older: Path) -> None:
    before = older.read_bytes()
    for read_only in (True, False):
        with CaseFile.open(older, read_only=read_only) as case:
            assert len(case.table()) == 25
            assert not case.columns_kept
            assert not list(case.damage())
    assert older.read_bytes() == before
    with CaseFile.open(older) as case:
        case.append([NEW])
        assert case.keep_columns(least=0)
    assert schema.read_marks(older).user_version == schema.VERSION
    with CaseFile.open(older, read_only=True) as case:
        assert case.columns_kept
        assert case.record("act-new") == NEW
    assert list(older.parent.iterdir()) == [older]


def test_two_windows_may_bring_one_file_forward(older: Path) -> None:
    one, other = CaseFile.open(older), CaseFile.open(older)
    one.append([NEW])
    other.append([Actor(id="act-newer", name="Newer", kind="person")])
    third = CaseFile.open(older)
    assert third.record("act-newer") is not None
    for case in (third, one, other):
        case.close()
    with CaseFile.open(older) as case:
        assert not list(case.damage())


# -- the columns themselves --------------------------------------------------------------------------------------

#: Of the sample's columns. Where this moves, what kept columns mean has changed: raise cache.FORMAT with it.
MEANING = (4, "f848943a6209d0b3")


def test_the_format_moves_on_when_columns_mean_something_else(sample_file: CaseFile) -> None:
    found = hashlib.sha256(
        b"".join(name.encode() + body for name, body in sorted(whole(built(sample_file)).items()))
    )
    assert (cache.FORMAT, found.hexdigest()[:16]) == MEANING


def test_packed_strings_are_a_sequence_and_find_their_places() -> None:
    strings = ["evt-a", "", "حلب 😀", "evt-b", "e", "x" * 300, "evt-a2"]
    texts = Texts.of(strings)
    assert texts == strings
    assert list(texts) == strings
    assert (texts[2], texts[-1], texts[1:3]) == (strings[2], "evt-a2", ("", strings[2]))
    assert [texts.find(text) for text in strings] == list(range(len(strings)))
    assert texts.find("evt-") == texts.find("\ud800") == -1
    assert texts.take(np.array([5, 0])) == [strings[5], "evt-a"]
    with pytest.raises(IndexError):
        texts[len(strings)]
    assert len(Texts.of([])) == 0
    assert Texts.of([]).find("") == -1
