"""What enters and leaves: windows that move and counts that follow equal those made from nothing, step by step."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import random_case
from plain_query import FACETS

from explorer.casefile.columns import OPEN_FUTURE, OPEN_PAST, EventTable
from explorer.query.filters import Choice, Filter
from explorer.query.index import Index, index_of
from explorer.query.masks import evaluate
from explorer.query.moving import PART, Moves, warm_up, window_mask
from explorer.query.values import order_of

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
DAY = 86_400


@pytest.fixture(scope="module")
def big() -> EventTable:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        from synthetic import table
    finally:
        sys.path.remove(str(BENCHMARKS))
    return table(30_000)


def plain_window(table: EventTable, start: int, end: int, certain: bool) -> np.ndarray:
    rows = zip(table.time.start_min.tolist(), table.time.end_max.tolist(), strict=True)
    return np.array([
        (start <= a and b <= end if certain else a <= end and b >= start)
        and not (a == OPEN_PAST and b == OPEN_FUTURE)
        for a, b in rows
    ])  # fmt: skip


@pytest.mark.parametrize("certain", [False, True])
def test_a_window_that_moves_holds_what_one_opened_there_holds(big: EventTable, certain: bool) -> None:
    warm_up(big)
    draw = random.Random(3)
    start, end = 300 * DAY, 900 * DAY
    for step in range(25):
        start += draw.randrange(-30, 60) * DAY
        end = start + draw.randrange(-5, 700) * DAY if step % 7 == 0 else end + draw.randrange(-20, 60) * DAY
        found = window_mask(big, start, end, certain=certain)
        assert np.array_equal(found, plain_window(big, start, end, certain)), step
        assert not found.flags.writeable


def test_windows_of_two_users_do_not_disturb_each_other(big: EventTable) -> None:
    one, other = window_mask(big, 0, 9 * DAY), window_mask(big, 0, 99 * DAY, use="timeline")
    assert window_mask(big, 0, 9 * DAY) is one
    assert window_mask(big, 0, 99 * DAY, use="timeline") is other


def test_what_moved_is_told_by_row_and_too_much_is_refused() -> None:
    before, after = np.zeros(100, np.bool_), np.zeros(100, np.bool_)
    before[[3, 5]], after[[5, 7, 9]] = True, True
    entered, left = Moves().between(before, after)
    assert (entered.tolist(), left.tolist()) == ([7, 9], [3])
    assert Moves().between(before, ~before) is None
    assert [len(rows) for rows in Moves().between(before, before)] == [0, 0]
    after[: 100 // PART + 3] = True
    assert Moves().between(before, after) is None


def fresh(table: EventTable, condition: Filter) -> dict[str, np.ndarray]:
    """Return all counts, made by an index that has seen nothing before."""
    key = f"index {condition.text_only}"
    kept = table.derived.pop(key, None)
    table.derived[key] = Index(table, condition.text_only)
    try:
        facets = evaluate(table, condition).facets
        return {name: facets[name].counts for name in FACETS}
    finally:
        if kept is not None:
            table.derived[key] = kept


def step_from(draw: random.Random, condition: Filter, values: dict[str, list[str]]) -> Filter:
    """Return the filter after a click, a switch, or a small move of its time."""
    what = draw.choice(["time", "time", "click", "click", "drop", "role", "all"])
    if what == "time":
        year = draw.randrange(1971, 1998)
        day = f"{draw.randrange(1, 13):02d}-{draw.randrange(1, 28):02d}"
        return condition.changed({"time_from": f"{year}-{day}", "time_to": f"{year + 1}-{day}"})
    name = draw.choice(["actors", "places", "types", "tags", "kinds", "publishers"])
    if what == "drop":
        return condition.with_choice(name, Choice())
    if what == "role":
        return condition.changed({"actor_role": draw.choice(["any", "actor", "recipient"])})
    choice = condition.choice(name)
    if what == "all":
        return condition.with_choice(name, choice.changed({"match": draw.choice(["any", "all"])}))
    change = draw.choice([choice.including, choice.including, choice.excluding])
    return condition.with_choice(name, change(draw.choice(values[name][:40])))


@pytest.mark.parametrize("seed", range(3))
def test_counts_after_any_walk_of_clicks_and_drags_are_those_of_a_first_look(
    big: EventTable, seed: int
) -> None:
    draw = random.Random(seed)
    values = {name: list(evaluate(big, Filter()).facets[name].values) for name in FACETS}
    condition = Filter()
    for _ in range(14):
        condition = step_from(draw, condition, values)
        facets, expected = evaluate(big, condition).facets, fresh(big, condition)
        for name in draw.sample(FACETS, 9):  # a folded facet is not counted at every step
            assert np.array_equal(facets[name].counts, expected[name]), (name, condition)


def test_a_dragged_time_filter_counts_only_the_rows_that_enter_or_leave(
    big: EventTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(day: int) -> Any:
        return evaluate(big, Filter(time_from="1980-01-01", time_to=f"1981-03-{day:02d}")).facets

    for name in FACETS:
        _ = at(1)[name]
    for name, facet in index_of(big).made.items():
        if name.split(":")[0] in ("actors", "places"):
            monkeypatch.setattr(type(facet), "count", lambda *_: pytest.fail("counted all"))
    counts = at(2)["actors"].counts
    monkeypatch.undo()
    expected = fresh(big, Filter(time_from="1980-01-01", time_to="1981-03-02"))
    assert np.array_equal(counts, expected["actors"])


def test_a_scan_finds_what_postings_find(big: EventTable) -> None:
    facet = index_of(big).facet("actors", Filter())
    for values in (("act-0000",), ("act-0003", "act-1500", "(not stated)"), (), ("nobody",)):
        wanted = np.array(sorted(set(facet.keys_of(values))), np.int64)
        assert np.array_equal(facet._scanned(wanted), facet.having(values))


def test_codes_are_put_in_order_by_halves_also_where_there_are_more_than_sixteen_bits() -> None:
    codes = np.random.default_rng(2).integers(0, 200_000, 5_000).astype(np.int32)
    assert np.array_equal(order_of(codes, 200_000), np.argsort(codes, kind="stable"))


def test_everything_can_be_made_ready_before_it_is_asked_for(case_file_of: Any) -> None:
    table = case_file_of(random_case(5, events=12, actors=6)).table()
    for name in FACETS:
        index_of(table).warm(name)
    warm_up(table)
    warm_up(table)
    assert "postings" in index_of(table).facet("actors", Filter()).__dict__
