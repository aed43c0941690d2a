"""The sample comes out of the cache as it comes out of its JSON, and the cache is never believed against it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from explorer.assets import resource
from explorer.casefile.store import CaseFile
from explorer.intake import sample
from explorer.intake.opening import open_case
from explorer.intake.sample import cache_folder, open_sample

PATH = resource("sample.case.json")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))


def kept() -> list[Path]:
    return list(cache_folder().iterdir())


def from_json() -> CaseFile:
    from explorer.intake.converting import converted

    return converted(PATH, lambda _part, _words: None, lambda: False)


def refused() -> CaseFile:
    raise AssertionError("read again")


def everything(case: CaseFile) -> tuple[str, str, list[str], list[tuple[int, ...]]]:
    table = case.table()
    with case:
        times = [
            tuple(getattr(table.time, name).tolist())
            for name in ("start_min", "start_max", "end_min", "end_max")
        ]
        return "".join(case.to_json()), case.case_hash(), list(table.ids), times


def test_the_second_opening_reads_no_json_and_gives_the_same_case() -> None:
    first = everything(open_case("sample"))
    (path,) = kept()
    assert path.stat().st_mode & 0o077 == 0
    second = everything(open_sample(PATH, refused))
    assert first == second == everything(from_json())


def test_what_is_opened_is_a_temporary_copy_that_can_be_written() -> None:
    open_case("sample").close()
    case = open_sample(PATH, refused)
    assert case.temporary
    assert not case.read_only
    assert not case.messages
    assert case.columns_kept
    assert case.path.parent != cache_folder()
    case.close()
    assert not case.path.exists()
    assert len(kept()) == 1


def test_a_kept_file_that_changed_is_not_believed() -> None:
    open_case("sample").close()
    (path,) = kept()
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)
    with pytest.raises(AssertionError, match="read again"):
        open_sample(PATH, refused)
    assert everything(open_case("sample")) == everything(from_json())
    assert everything(open_sample(PATH, refused)) == everything(from_json())


def test_another_version_reads_anew_and_takes_the_place_of_the_old(monkeypatch: pytest.MonkeyPatch) -> None:
    open_case("sample").close()
    before = kept()
    monkeypatch.setattr(sample, "VERSION", "99.0")
    with pytest.raises(AssertionError, match="read again"):
        open_sample(PATH, refused)
    open_case("sample").close()
    assert len(kept()) == 1
    assert kept() != before


@pytest.mark.skipif(os.name == "nt", reason="folders on Windows have no such modes")
def test_without_a_cache_the_sample_opens_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert everything(open_case("sample")) == everything(from_json())
