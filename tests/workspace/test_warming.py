"""A large case is made ready for the first click; a small one is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.query.filters import FACETS, Filter
from explorer.query.index import index_of
from explorer.workspace import warming
from explorer.workspace.hub import Workspace


@pytest.fixture
def workspace(qtbot: Any) -> Any:
    made = Workspace()
    yield made
    made.shut_down()


def opened(workspace: Workspace, qtbot: Any) -> Any:
    with qtbot.waitSignal(workspace.opened, timeout=10_000):
        workspace.open("sample")
    return workspace.table


def test_a_large_case_has_its_postings_and_its_ends_before_the_first_click(
    workspace: Workspace, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warming, "WORTH", 1)
    table = opened(workspace, qtbot)
    qtbot.waitUntil(lambda: "ends False" in table.derived and not workspace.jobs.running("warm time"))
    assert "postings" in index_of(table).facet("actors", Filter()).__dict__
    assert not any(workspace.jobs.running(f"warm {name}") for name in FACETS)


def test_a_small_case_is_left_alone(workspace: Workspace, qtbot: Any) -> None:
    opened(workspace, qtbot)
    assert not workspace.warming._timer.isActive()


def test_nothing_is_made_ready_once_the_case_is_closed(workspace: Workspace, qtbot: Any) -> None:
    opened(workspace, qtbot)
    workspace.close_case()
    workspace.warming.begin()
    assert not workspace.jobs.running("warm time")
