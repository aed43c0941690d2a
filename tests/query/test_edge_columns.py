from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from builders import random_case

from explorer.casefile.store import CaseFile
from explorer.query import edge_columns as module
from explorer.query.edge_columns import edge_columns, tie_columns
from explorer.query.edges import edges, neighbours

Opened = Callable[[Any], CaseFile]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("text_only", [False, True])
def test_a_filter_counts_what_making_it_anew_would_count(
    seed: int, text_only: bool, case_file_of: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = case_file_of(random_case(seed, events=80, actors=20)).table()
    mask = np.random.default_rng(seed).random(len(table)) < 0.4
    packed = edges(table, mask, text_only=text_only)
    table.derived.clear()
    monkeypatch.setattr(module, "_BITS", 0)  # too wide to be packed: sorted by three keys
    assert edges(table, mask, text_only=text_only) == packed
    assert sum(edge.weight for edge in packed) == int(
        edge_columns(table, mask, text_only=text_only).weight.sum()
    )


def test_the_ties_of_a_case_are_sorted_once(case_file_of: Opened) -> None:
    table = case_file_of(random_case(3, events=60, actors=15)).table()
    assert tie_columns(table) is tie_columns(table)
    assert tie_columns(table, opened={table.actors.ids[0]}) is not tie_columns(table)


def test_ties_that_hold_events_and_events_behind_ties_agree(case_file_of: Opened) -> None:
    table = case_file_of(random_case(5, events=90, actors=20)).table()
    columns = edge_columns(table, np.arange(len(table)) % 2 == 0)
    for position in range(0, len(columns), 5):
        rows = columns.rows(position)
        assert position in columns.holding(rows)
        assert set(rows) == set(np.flatnonzero(columns.behind(np.array([position]))))


def test_no_event_makes_no_tie(case_file_of: Opened) -> None:
    table = case_file_of(random_case(5, events=20, actors=5)).table()
    assert edges(table, np.zeros(len(table), bool), relations=False) == ()
    assert neighbours((), "act-a") == {"act-a"}
