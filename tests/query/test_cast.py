"""The Actors table counts what plain Python over the JSON counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from builders import random_case

from explorer.query.cast import cast


@pytest.mark.parametrize("seed", range(8))
def test_counts_equal_brute_force_over_the_json(seed: int, case_file_of: Any) -> None:
    case = random_case(seed, events=25, actors=7)
    table = case_file_of(case).table()
    mask = np.arange(len(table)) % 3 != 0
    shown = {table.ids[row] for row in np.flatnonzero(mask)}
    found = cast(table, mask)
    for index, actor in enumerate(table.actors.ids):
        for role in ("actor", "recipient", "beneficiary", "party", "affected"):
            expected = {
                e["id"]
                for e in case["events"]
                if e["id"] in shown
                and any(p["actor"] == actor and p["role"] == role for p in e.get("participants", []))
            }
            assert found.role(role)[index] == len(expected)
        anywhere = [
            e
            for e in case["events"]
            if e["id"] in shown and any(p["actor"] == actor for p in e.get("participants", []))
        ]
        assert found.events[index] == len(anywhere)
        assert found.ties[index] == sum(actor in {r["source"], r["target"]} for r in case["relations"])


def test_reference_values_do_not_count_where_only_the_report_speaks(case_file_of: Any) -> None:
    case = random_case(3, events=30, actors=5)
    table = case_file_of(case).table()
    found = cast(table, np.ones(len(table), bool), text_only=True)
    for index, actor in enumerate(table.actors.ids):
        expected = [
            e
            for e in case["events"]
            if any(p["actor"] == actor and p.get("basis") != "reference" for p in e.get("participants", []))
        ]
        assert found.events[index] == len(expected)
