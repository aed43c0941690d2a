"""A workspace on the sample, and one without a case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def empty(qapp: Any) -> Iterator[Any]:
    from explorer.workspace.hub import Workspace

    workspace = Workspace()
    yield workspace
    workspace.shut_down()


@pytest.fixture
def workspace(empty: Any) -> Any:
    empty.open("sample")
    return empty


@pytest.fixture
def changes(workspace: Any) -> list[Any]:
    heard: list[Any] = []
    workspace.changed.connect(heard.append)
    return heard
