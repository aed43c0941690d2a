"""A case file keeps what it is given, says clearly what it cannot open, and is one file when it is closed."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from builders import random_case
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.casefile import schema, temporary
from explorer.casefile.errors import CaseFileError
from explorer.casefile.store import CaseFile
from explorer.formats import native
from explorer.model.records import LISTS, Actor, Case, CaseHeader, Relation

ROOT = Path(schema.__file__).parents[2]


def header(case: Case) -> CaseHeader:
    return CaseHeader.model_validate({name: getattr(case, name) for name in CaseHeader.model_fields})


def records(case: Case) -> list[Any]:
    return [record for name in LISTS for record in getattr(case, name)]


def stored(case: Case, path: Path) -> CaseFile:
    made = CaseFile.create(path, header(case))
    made.append(records(case))
    return made


@pytest.fixture
def saved(tmp_path: Path, sample_case: Case) -> Path:
    path = tmp_path / "a case.dateline"
    stored(sample_case, path).close()
    return path


def refusal(path: Path) -> str:
    with pytest.raises(CaseFileError) as raised:
        CaseFile.open(path)
    assert "\n" not in str(raised.value)
    return str(raised.value)


# -- round trips --------------------------------------------------------------------------------------------------


def test_every_record_of_the_sample_comes_back_in_its_order(saved: Path, sample_case: Case) -> None:
    with CaseFile.open(saved) as case:
        for name in LISTS:
            assert tuple(case.all(name)) == getattr(sample_case, name)
            assert case.count(name) == len(getattr(sample_case, name))
        assert case.header() == header(sample_case)
        assert case.record("evt-airstrikes") == next(
            e for e in sample_case.events if e.id == "evt-airstrikes"
        )
        assert case.record("evt-none") is None
        assert case.record("nonsense") is None
        wanted = ["loc-syria", "evt-none", "act-russia", "sp-01-11", "act-russia"]
        assert [record.id for record in case.records(wanted)] == [
            "loc-syria",
            "act-russia",
            "sp-01-11",
            "act-russia",
        ]


@settings(max_examples=20)
@given(
    seed=st.integers(0, 10**6), events=st.integers(0, 12), actors=st.integers(0, 5), places=st.integers(0, 5)
)
def test_json_to_case_file_to_json_gives_equal_models(
    tmp_path_factory: pytest.TempPathFactory, seed: int, events: int, actors: int, places: int
) -> None:
    case = Case.model_validate(random_case(seed, events=events, actors=actors, locations=places))
    path = tmp_path_factory.mktemp("round") / "x.dateline"
    written = path.with_suffix(".case.json")
    with stored(case, path) as opened:
        text = "".join(opened.to_json())
        first = opened.case_hash()
    native.write([text], written)
    read = native.read(written)
    back = Case.model_validate(json.loads(text))
    assert back == case
    assert list(read.records()) == records(case)
    assert back.ext == case.ext
    assert read.header == header(case)
    with stored(back, path.with_name("y.dateline")) as again:
        assert "".join(again.to_json()) == text
        assert again.case_hash() == first


EXT = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3),
    max_leaves=10,
)  # fmt: skip


@settings(max_examples=30)
@given(ext=st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), EXT, max_size=4))
def test_the_data_of_other_programs_is_kept_verbatim(ext: dict[str, Any]) -> None:
    made = CaseHeader(
        format_version="1.0",
        id="case-1",
        title="T",
        created="2026-01-01T00:00:00Z",
        modified="2026-01-01T00:00:00Z",
        ext=ext,
    )
    with CaseFile.temporary_file(made) as case:
        assert json.loads("".join(case.to_json())).get("ext", {}) == ext


def test_json_is_written_in_model_order_with_ext_last_and_without_defaults(
    saved: Path, sample_json: Any
) -> None:
    with CaseFile.open(saved) as case:
        text = "".join(case.to_json())
    keys = list(json.loads(text))
    assert keys == [key for key in [*CaseHeader.model_fields, *LISTS] if key in keys and key != "ext"]
    assert text.startswith('{\n "format": "event-case",\n')
    assert text.endswith("}\n")
    assert '"basis": "stated"' not in text
    assert "’" in text  # not escaped


# -- one file, and its versions -----------------------------------------------------------------------------------


def test_a_closed_case_is_one_file_and_each_write_moves_its_version_on(
    tmp_path: Path, sample_case: Case
) -> None:
    path = tmp_path / "x.dateline"
    with CaseFile.create(path, header(sample_case)) as case:
        assert case.version == 0
        case.append(records(sample_case))
        assert case.version == 1
        assert (tmp_path / "x.dateline-wal").exists()
        before = case.table()
        assert case.table() is before
        case.append([Actor(id="act-new", name="New", kind="person")])
        assert case.version == 2
        assert len(case.table().actors.ids) == len(before.actors.ids) + 1
    assert [each.name for each in tmp_path.iterdir()] == ["x.dateline"]


def test_opening_and_reading_leaves_the_bytes_alone(saved: Path) -> None:
    before = saved.read_bytes()
    with CaseFile.open(saved) as case:
        case.table()
        case.search("aleppo")
        case.case_hash()
        assert not list(case.damage())
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


def test_the_case_hash_depends_on_the_records_alone(tmp_path: Path, sample_case: Case) -> None:
    with stored(sample_case, tmp_path / "a.dateline") as case:
        whole = case.case_hash()
        pairs = sorted(
            (record_id, bytes(digest).hex())
            for name in LISTS
            for record_id, digest in case._database.rows(f'SELECT id, sha256 FROM "{name}"')
        )
    said = hashlib.sha256(
        "".join(f"{record_id}\n{digest}\n" for record_id, digest in pairs).encode()
    ).hexdigest()
    assert whole == said
    first = [
        record
        for name in LISTS
        if name not in {"actors", "locations"}
        for record in getattr(sample_case, name)
    ]
    with CaseFile.create(
        tmp_path / "b.dateline", header(sample_case)
    ) as case:  # in another order, in many writes
        case.append([*sample_case.actors, *sample_case.locations])
        assert case.case_hash() != whole
        case.append(first)
        assert case.case_hash() == whole


def test_keys_are_never_given_twice(saved: Path) -> None:
    new = Actor(id="act-zz", name="Z", kind="person")
    with CaseFile.open(saved) as case:
        case.append([new])
        with case._database.transaction() as connection:
            key = connection.execute("SELECT key FROM actors WHERE id = 'act-zz'").fetchone()[0]
            connection.execute("DELETE FROM actors WHERE id = 'act-zz'")
        case.append([new])
        assert case._database.row("SELECT key FROM actors WHERE id = 'act-zz'") == (key + 1,)


def test_a_copy_is_the_same_case_in_one_file(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy" / "b.dateline"
    target.parent.mkdir()
    target.write_text("old")
    with CaseFile.open(saved) as case:
        case.append([Actor(id="act-new", name="New", kind="person")])
        case.save_copy(target)
        with CaseFile.open(target) as copy:
            assert copy.case_hash() == case.case_hash()
        with pytest.raises(CaseFileError, match="another name"):
            case.save_copy(saved)
        with pytest.raises(CaseFileError):
            case.save_copy(tmp_path / "no folder" / "c.dateline")
    assert [each.name for each in target.parent.iterdir()] == ["b.dateline"]


# -- invariants on write ------------------------------------------------------------------------------------------


def test_what_breaks_a_rule_is_refused_and_nothing_is_written(saved: Path) -> None:
    wrong = [
        Actor(id="act-new", name="New", kind="person"),
        Relation(
            id="rel-new", source="act-new", target="act-none", type="opposes", polarity="conflictual",
            claims=({"id": "clm-new", "evidence": ["sp-01-11"]},),
        ),
    ]  # fmt: skip
    with CaseFile.open(saved) as case:
        version = case.version
        with pytest.raises(CaseFileError) as raised:
            case.append(wrong)
        assert raised.value.problems[0].path == "rel-new.target"
        with pytest.raises(CaseFileError, match="already"):
            case.append([case.record("act-russia")])
        assert (case.version, case.record("act-new")) == (version, None)


def test_an_error_in_the_middle_of_a_write_undoes_all_of_it(saved: Path) -> None:
    def some() -> Any:
        yield Actor(id="act-new", name="New", kind="person")
        raise RuntimeError("stop")

    with CaseFile.open(saved) as case:
        with pytest.raises(RuntimeError):
            case.append(some(), checked=True)
        assert case.record("act-new") is None
        case.append([Actor(id="act-new", name="New", kind="person")])


def test_an_event_may_cite_what_comes_after_it_in_the_same_write(tmp_path: Path, sample_case: Case) -> None:
    with CaseFile.create(tmp_path / "x.dateline", header(sample_case)) as case:
        case.append(reversed(records(sample_case)))
        assert {citation.sentence for citation in case.cited("evt-airstrikes")} == {0, 1, 5, 17}
        assert case.citing("doc-seed", 5)
        assert len(case.table()) == 25


# -- read only ----------------------------------------------------------------------------------------------------


def test_a_case_open_for_reading_refuses_to_write(saved: Path) -> None:
    with CaseFile.open(saved, read_only=True) as case:
        assert case.read_only
        with pytest.raises(CaseFileError, match="reading only"):
            case.append([Actor(id="act-new", name="New", kind="person")])
        case.table()


_READS = """
import os, sys, unicodedata
from pathlib import Path
from explorer.casefile.store import CaseFile
with CaseFile.open(Path(sys.argv[2])) as case:  # loads what is loaded late, while it may be read
    case.table()
if os.geteuid() == 0:  # root may write everywhere
    os.setuid(65534)
with CaseFile.open(Path(sys.argv[1])) as case:
    print(case.read_only, len(case.table()), case.messages[0])
"""


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_a_read_only_folder_is_opened_for_reading_and_says_so(saved: Path) -> None:
    here = Path(tempfile.mkdtemp())  # where an ordinary user may look, whoever runs the tests
    try:
        shutil.copy(saved, here / "x.dateline")
        (here / "x.dateline").chmod(0o444)
        here.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", _READS, str(here / "x.dateline"), str(saved)],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.stdout.startswith("True 25 "), done.stderr
        assert "reading only" in done.stdout
    finally:
        here.chmod(0o755)
        shutil.rmtree(here)


def test_each_thread_reads_by_its_own_connection_and_only_the_owner_writes(saved: Path) -> None:
    seen: list[Any] = []

    def read() -> None:
        seen.append(case.count("events"))
        try:
            case.append([Actor(id="act-new", name="New", kind="person")])
        except CaseFileError as error:
            seen.append(str(error))

    with CaseFile.open(saved) as case:
        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert seen.count(25) == 3
    assert sum("one thread" in str(each) for each in seen) == 3


def test_two_windows_on_one_file_see_each_others_writes_and_the_last_leaves_one_file(saved: Path) -> None:
    one, other = CaseFile.open(saved), CaseFile.open(saved)
    before = other.table()
    one.append([Actor(id="act-new", name="New", kind="person")])
    assert other.record("act-new") is not None
    assert other.table() is not before
    one.close()
    other.append([Actor(id="act-newer", name="Newer", kind="person")])
    other.close()
    assert list(saved.parent.iterdir()) == [saved]
    with CaseFile.open(saved, read_only=True) as case:
        assert case.record("act-newer") is not None


def test_a_thread_can_check_the_file_while_another_has_it_open(saved: Path) -> None:
    found: list[Any] = []
    with CaseFile.open(saved) as case:
        thread = threading.Thread(target=lambda: found.append(list(case.damage())))
        thread.start()
        thread.join()
    assert found == [[]]


def test_a_closed_case_says_so(saved: Path) -> None:
    case = CaseFile.open(saved)
    case.close()
    case.close()
    with pytest.raises(CaseFileError, match="closed"):
        case.count("events")


# -- strangers' files ---------------------------------------------------------------------------------------------


def altered(path: Path, *statements: str) -> Path:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    assert "another program" in refusal(altered(tmp_path / "x.dateline", "CREATE TABLE t (a)"))


def test_a_newer_layout_is_refused_by_name(saved: Path) -> None:
    assert "newer version" in refusal(altered(saved, "PRAGMA user_version = 99"))
    assert "no version" in refusal(altered(saved, "PRAGMA user_version = 0"))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE extra (a)",
        "CREATE VIEW sneaky AS SELECT * FROM events",
        "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM actors; END",
        "DROP TABLE links",
        "DROP INDEX citations_by_span",
        "ALTER TABLE actors ADD COLUMN extra",
    ],
)
def test_a_strange_layout_is_refused(saved: Path, statement: str) -> None:
    assert str(saved) in refusal(altered(saved, statement))


def test_empty_short_and_truncated_files_are_refused(saved: Path, tmp_path: Path) -> None:
    data = saved.read_bytes()
    for size, word in (
        (0, "empty"),
        (10, "does not begin"),
        (50, "cut short"),
        (4096, "cut short"),
        (len(data) - 5000, "cut short"),
    ):
        path = tmp_path / f"{size}.dateline"
        path.write_bytes(data[:size])
        assert word in refusal(path)
    assert "cannot be used" in refusal(tmp_path / "missing.dateline")
    assert "cannot be used" in refusal(tmp_path)


def test_a_body_changed_from_outside_is_found_and_never_crashes(saved: Path) -> None:
    altered(saved, 'UPDATE events SET body = \'{"id": "evt-x"}\' WHERE key = 3')
    with CaseFile.open(saved) as case:
        with pytest.raises(CaseFileError, match="damaged"):
            list(case.all("events"))
        with pytest.raises(CaseFileError, match="damaged"):
            case.table()
        assert next(iter(case.damage())).path == "events[2]"


def test_lost_rows_of_an_index_are_found(saved: Path) -> None:
    altered(saved, "DELETE FROM citations WHERE rowid = 5")
    with CaseFile.open(saved) as case:
        assert any("index" in problem.found for problem in case.damage())


@pytest.mark.parametrize("seed", range(10))
def test_corrupted_bytes_open_or_are_refused_and_nothing_else(saved: Path, tmp_path: Path, seed: int) -> None:
    draw, data = random.Random(seed), saved.read_bytes()
    path = tmp_path / "broken.dateline"
    for _ in range(12):
        broken = bytearray(data)
        for _ in range(draw.choice([1, 5, 200])):
            broken[draw.randrange(len(broken))] = draw.randrange(256)
        path.write_bytes(broken)
        with suppress(CaseFileError), CaseFile.open(path) as case:
            list(case.damage())
            for ask in (
                case.table, case.case_hash, case.unanchored, lambda: case.search("syria"), lambda: "".join(case.to_json()),
                lambda: case.text_rows("russian jets"), lambda: case.citing("doc-seed", 5), lambda: case.cited("evt-airstrikes"),
                lambda: case.sentences_with_facts("doc-seed"), lambda: case.mentions_in("doc-seed"),
                lambda: case.bounds(["evt-airstrikes", "doc-seed"]), lambda: list(case.all("spans")),
            ):  # fmt: skip
                with suppress(CaseFileError):
                    ask()


def test_a_value_in_a_strangers_file_cannot_reach_sqlite_as_a_statement(saved: Path) -> None:
    with CaseFile.open(saved) as case, pytest.raises(CaseFileError):
        case._database.rows("ATTACH DATABASE 'x' AS y")
    with CaseFile.open(saved) as case, pytest.raises(CaseFileError):
        case._database.rows("CREATE TABLE t (a)")
    with CaseFile.open(saved) as case, pytest.raises(CaseFileError):
        case._database.rows("PRAGMA writable_schema = ON")


# -- faults -------------------------------------------------------------------------------------------------------

_KILLED = """
import os, sys
from pathlib import Path
from explorer.casefile.store import CaseFile
from explorer.formats import native
from explorer.model.records import Actor
case = CaseFile.open(Path(sys.argv[1]))
case.append([Actor(id="act-kept", name="Kept", kind="person")])
def some():
    for n in range(5000):
        yield Actor(id=f"act-lost-{n}", name="Lost", kind="person")
    os.kill(os.getpid(), 9)
case.append(some(), checked=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="no kill -9")
def test_after_kill_9_the_last_committed_state_opens(saved: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(saved)], cwd=ROOT, check=False)
    assert done.returncode == -9
    with CaseFile.open(saved) as case:
        assert case.record("act-kept") is not None
        assert case.record("act-lost-1") is None
        assert not list(case.damage())
    assert list(saved.parent.iterdir()) == [saved]


def test_temporary_files_are_private_and_removed_on_close(sample_case: Case) -> None:
    case = CaseFile.temporary_file(header(sample_case))
    case.append(records(sample_case))
    path = case.path
    assert case.temporary
    if os.name != "nt":
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert path.stat().st_mode & 0o077 == 0
    case.close()
    assert not list(path.parent.glob(f"{path.name}*"))


def test_folders_of_dead_processes_are_removed_and_of_living_ones_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(temporary.tempfile, "gettempdir", lambda: str(tmp_path))
    dead, alive, foreign = (tmp_path / f"{temporary.PREFIX}{name}" for name in ("dead", "alive", "foreign"))
    for folder in (dead, alive, foreign):
        folder.mkdir()
    (dead / "in-use").touch()
    (dead / "case-1.dateline").touch()
    lock = temporary.locked(alive)
    assert temporary.remove_stale() == 1
    assert not dead.exists()
    assert alive.exists()
    assert foreign.exists()
    assert lock is not None
    lock.close()


def test_something_that_is_there_is_never_overwritten_by_a_new_case(saved: Path, sample_case: Case) -> None:
    before = saved.read_bytes()
    with pytest.raises(CaseFileError, match="cannot be used"):
        CaseFile.create(saved, header(sample_case))
    assert saved.read_bytes() == before


def test_each_released_step_reaches_the_newest_version() -> None:
    assert len(schema.STEPS) == schema.VERSION
