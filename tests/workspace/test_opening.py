from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from builders import random_case

from explorer.workspace import opening
from explorer.workspace.files import save_case, save_json


def write(case: dict[str, Any], path: Path) -> Path:
    path.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_slow_case_is_read_in_a_worker_and_used_here(
    empty: Any, tmp_path: Path, qtbot: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(opening, "AT_ONCE", 10)
    path = write(random_case(3, events=40), tmp_path / "a.case.json")
    with qtbot.waitSignal(empty.opened, timeout=20_000):
        empty.open(path)
        assert empty.opening.running
        assert empty.case is None
    assert len(empty.table) == 40
    assert empty.case.records([empty.table.ids[0]])
    assert empty.opening.source == str(path)


def test_a_slow_opening_can_be_given_up(empty: Any, tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(opening, "AT_ONCE", 10)
    heard: list[Any] = []
    empty.opened.connect(lambda: heard.append(1))
    with qtbot.waitSignal(empty.opening.ended):
        empty.open(write(random_case(4, events=30), tmp_path / "a.case.json"))
        empty.opening.cancel()
    empty.jobs.close()
    assert not empty.opening.running
    assert heard == []


def test_the_last_of_two_openings_wins(empty: Any, tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(opening, "AT_ONCE", 10)
    first = write(random_case(5, events=30), tmp_path / "a.case.json")
    second = write(random_case(6, events=7), tmp_path / "b.case.json")
    with qtbot.waitSignal(empty.opened, timeout=20_000):
        empty.open(first)
        empty.open(second)
    assert len(empty.table) == 7


def test_a_slow_failure_is_told_and_leaves_the_open_case(
    workspace: Any, tmp_path: Path, qtbot: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(opening, "AT_ONCE", 10)
    case = random_case(7)
    case["events"][0]["time"] = {"edtf": "2024-13"}
    with qtbot.waitSignal(workspace.failed, timeout=20_000):
        workspace.open(write(case, tmp_path / "bad.case.json"))
    assert len(workspace.table) == 25


def test_a_saved_copy_opens_as_the_same_case(workspace: Any, tmp_path: Path) -> None:
    before = workspace.case.case_hash()
    save_case(workspace.case, tmp_path / "copy.dateline")
    workspace.open(tmp_path / "copy.dateline")
    assert workspace.case.case_hash() == before
    assert not workspace.case.temporary


def test_exported_json_opens_as_the_same_case(workspace: Any, tmp_path: Path) -> None:
    before = workspace.case.case_hash()
    save_json(workspace.case, tmp_path / "copy.case.json")
    workspace.open(tmp_path / "copy.case.json")
    assert workspace.case.case_hash() == before
