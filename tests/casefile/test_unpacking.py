"""Columns that are unpacked one by one say the same as all of them at once, and fall back to the rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from explorer.casefile import cache
from explorer.casefile.store import CaseFile
from explorer.casefile.table import build_table
from explorer.casefile.unpacking import KeptTable
from tests.builders import random_case
from tests.casefile.test_cache import changed, rewritten


@pytest.fixture
def kept(case_file_of: Any, tmp_path: Path) -> Path:
    path = tmp_path / "kept.dateline"
    case_file_of(random_case(5, events=30, actors=9, relations=4, links=6)).save_copy(path)
    with CaseFile.open(path) as case:
        assert case.keep_columns(least=0)
    return path


@pytest.fixture(autouse=True)
def lazily(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "LAZY", 0)


def same(case: CaseFile) -> bool:
    return cache.packed(case.table()) == cache.packed(build_table(case._database, case.version))


def test_a_lazy_table_says_what_the_rows_say(kept: Path) -> None:
    with CaseFile.open(kept, read_only=True) as case:
        table = case.table()
        assert isinstance(table, KeptTable)
        assert same(case)
        assert table.titles(range(len(table))) == build_table(case._database, 1).titles(range(len(table)))
        assert table.row_of[table.ids[3]] == 3


def test_nothing_is_unpacked_that_nobody_asked_for(kept: Path) -> None:
    with CaseFile.open(kept, read_only=True) as case:
        table = case.table()
        assert len(table) == 30
        held = vars(table)
        assert not {"ids", "time", "documents", "participations"} & held.keys()
        assert table.time.start_min is table.time.start_min
        assert "time" in held
        assert not {"ids", "documents", "participations"} & held.keys()


def test_a_table_without_reference_values_has_one_set_of_times(kept: Path) -> None:
    with CaseFile.open(kept, read_only=True) as case:
        built = build_table(case._database, case.version)
        table = case.table()
        assert (table.text_time is table.time) == (built.text_time is built.time)


@pytest.mark.parametrize(
    "name", ["kind", "participations.actor", "time.basis", "keys", "documents.titles.data"]
)
def test_what_does_not_hold_together_comes_from_the_rows(kept: Path, name: str) -> None:
    rewritten(kept, name, lambda body: body[:-8], honest=True)
    with CaseFile.open(kept, read_only=True) as case:
        assert same(case)


def test_a_missing_column_comes_from_the_rows(kept: Path) -> None:
    changed(kept, "DELETE FROM columns WHERE name = 'hue'")
    with CaseFile.open(kept, read_only=True) as case:
        assert same(case)


def test_a_flipped_bit_is_noticed_before_anything_is_asked_for(kept: Path) -> None:
    rewritten(kept, "kind", lambda body: bytes([body[0] ^ 1]) + body[1:], honest=False)
    with CaseFile.open(kept, read_only=True) as case:
        assert cache.read(case._database, case.version) is None


def test_a_changed_copy_is_a_whole_table_of_its_own(kept: Path) -> None:
    with CaseFile.open(kept, read_only=True) as case:
        table = case.table()
        copy = replace(table, version=table.version + 1)
        assert len(copy) == len(table)
        assert cache.packed(copy) == cache.packed(table)


def test_no_other_attribute_is_made_up(kept: Path) -> None:
    with CaseFile.open(kept, read_only=True) as case, pytest.raises(AttributeError):
        _ = case.table().nothing_of_the_kind  # type: ignore[attr-defined]
