from __future__ import annotations

import numpy as np
import pytest

from explorer.layout.force import Graph, stages


def ring_of_groups(nodes: int, seed: int = 1) -> np.ndarray:
    draw = np.random.default_rng(seed)
    group = draw.integers(0, max(nodes // 20, 1), nodes)
    one, two = draw.integers(0, nodes, (2, nodes * 12))
    kept = ((group[one] == group[two]) | (draw.random(len(one)) < 0.02)) & (one != two)
    return np.unique(np.sort(np.stack([one, two], axis=1)[kept], axis=1), axis=0)


def graph(nodes: int = 300, **more: object) -> Graph:
    pairs = ring_of_groups(nodes)
    return Graph(nodes, pairs, np.ones(len(pairs)), **more)  # type: ignore[arg-type]


def last(made: Graph) -> np.ndarray:
    *_, places = stages(made)
    return places


@pytest.mark.parametrize("nodes", [1, 2, 3, 40, 300, 900])
def test_every_stage_lies_in_the_unit_square_and_is_rounded(nodes: int) -> None:
    for places in stages(graph(nodes)):
        assert places.shape == (nodes, 2)
        assert (places >= 0).all()
        assert (places <= 1).all()
        assert np.array_equal(places, np.round(places, 4))


def test_no_node_no_place() -> None:
    assert last(Graph(0, np.empty((0, 2), np.int64), np.empty(0))).shape == (0, 2)


def test_the_same_graph_gets_the_same_places() -> None:
    assert np.array_equal(last(graph()), last(graph()))


def test_tied_nodes_are_nearer_than_others() -> None:
    made = graph()
    places = last(made) * (1.8, 1.0)
    tied = np.hypot(*(places[made.pairs[:, 0]] - places[made.pairs[:, 1]]).T)
    draw = np.random.default_rng(3)
    some = np.hypot(*(places[draw.integers(0, 300, 2000)] - places[draw.integers(0, 300, 2000)]).T)
    assert np.median(tied) < 0.6 * np.median(some)


def test_parts_without_a_tie_between_them_lie_apart() -> None:
    one, two = ring_of_groups(60), ring_of_groups(30) + 60
    pairs = np.concatenate([one, two])
    places = last(Graph(95, pairs, np.ones(len(pairs))))
    used = np.unique(pairs)
    left, right = used[used < 60], used[(used >= 60) & (used < 90)]
    assert places[left, 0].max() < places[right, 0].min()
    assert places[90:, 1].min() > np.median(places[left, 1])  # those without a tie stand below


def test_a_small_edit_moves_little_and_a_new_node_joins_its_neighbours() -> None:
    made = graph(600)
    before = last(made)
    draw = np.random.default_rng(5)
    kept = made.pairs[draw.random(len(made.pairs)) > 0.01]
    pairs = np.concatenate([kept, [[600, int(kept[0, 0])]]])
    held = np.concatenate([before, [[np.nan, np.nan]]])
    after = last(Graph(601, pairs, np.ones(len(pairs)), held))
    assert np.median(np.hypot(*(after[:600] - before).T)) <= 0.02
    assert np.hypot(*(after[600] - after[int(kept[0, 0])])) < 0.1


def test_it_stops_when_something_newer_is_asked() -> None:
    found = []
    for places in stages(graph(), lambda: len(found) >= 2):
        found.append(places)
    assert len(found) == 2
