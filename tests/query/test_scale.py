"""Filtering and counting never loop over events in Python: ten times the events, no more lines of code run (issue: scale)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from explorer.query.filters import FACETS, Choice, Filter
from explorer.query.masks import evaluate

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def tables() -> list[Any]:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        from synthetic import table
    finally:
        sys.path.remove(str(BENCHMARKS))
    return [table(20_000), table(200_000)]


def lines_run(call: Callable[[], Any]) -> int:
    """Return how many lines of the program a call runs through: the same on every machine, however busy."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        if "explorer" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


FILTERS = [
    Filter(),
    Filter(time_from="1980", time_to="1982"),
    Filter(
        actors=Choice(include=("act-0000", "act-0007")),
        places=Choice(include=("loc-0003",)),
        time_from="1975",
    ),
    Filter(
        types=Choice(include=("ASSAULT",), exclude=("AID",)), tags=Choice(include=("tag 1",), match="all")
    ),
]


@pytest.mark.parametrize("number", range(len(FILTERS)))
def test_a_filter_and_all_its_counts_run_no_line_once_an_event(number: int, tables: list[Any]) -> None:
    def shown(table: Any) -> None:
        found = evaluate(table, FILTERS[number])
        found.kind_counts  # noqa: B018 - computed when asked for
        for name in FACETS:
            if name != "documents":  # as many as the file is long; not shown above a thousand
                found.facets[name]

    for table in tables:  # circles of actors and places are walked once a table, whatever its length
        shown(table)
        for index in table.derived.values():
            getattr(index, "kept", {}).clear()
    few, many = (lines_run(lambda t=table: shown(t)) for table in tables)
    assert many <= few * 1.2 + 50
    assert few < 20_000


def test_ids_are_not_held_one_by_one_and_are_found_by_sorted_search(tables: list[Any]) -> None:
    few, many = (lines_run(lambda t=table: t.row_of[t.ids[17]]) for table in tables)
    assert many <= few * 4  # in stretches of 65,536
    assert tables[1].row_of["evt-123456"] == 123_456
