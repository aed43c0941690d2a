"""Places of nodes: in the unit square, the same every time, tied ones near, nothing on top of another."""

from __future__ import annotations

import random

import numpy as np
import pytest

from explorer.layout.spring import overlapping, place, separate


def ties(count: int, number: int, seed: int) -> np.ndarray:
    draw = random.Random(seed)
    pairs = {tuple(sorted(draw.sample(range(count), 2))) for _ in range(number)} if count > 1 else set()
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)


@pytest.mark.parametrize(
    ("count", "number"), [(0, 0), (1, 0), (2, 1), (9, 0), (12, 18), (60, 90), (450, 600)]
)
def test_places_lie_in_the_unit_square_and_come_out_the_same(count: int, number: int) -> None:
    pairs = ties(count, number, 1)
    lengths = np.ones(len(pairs))
    first = place(count, pairs, lengths, [""] * count, seed=3)
    assert first.shape == (count, 2)
    assert ((first >= 0) & (first <= 1)).all()
    assert (first == place(count, pairs, lengths, [""] * count, seed=3)).all()


def test_tied_nodes_are_nearer_than_others() -> None:
    chain = np.array([[n, n + 1] for n in range(7)], np.int64)
    spots = place(8, chain, np.ones(7), [""] * 8)
    apart = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    near = apart[chain[:, 0], chain[:, 1]]
    assert near.max() < apart[0, 4:].min()


def test_a_planar_ring_is_drawn_without_a_crossing() -> None:
    ring = np.array([[n, (n + 1) % 8] for n in range(8)], np.int64)
    spots = place(8, ring, np.ones(8), [""] * 8)
    angle = np.unwrap(np.arctan2(*(spots - spots.mean(axis=0)).T))
    steps = np.diff(angle)
    assert (steps > 0).all() or (steps < 0).all()


def test_nodes_without_a_tie_lie_below_the_others() -> None:
    pairs = np.array([[0, 1], [1, 2], [2, 3], [0, 3]], np.int64)
    spots = place(7, pairs, np.ones(4), [""] * 7)
    assert spots[4:, 1].min() > spots[:4, 1].max()


@pytest.mark.parametrize("seed", range(5))
def test_boxes_pushed_apart_stay_inside_and_fixed_ones_stay_put(seed: int) -> None:
    draw = np.random.default_rng(seed)
    spots = draw.random((20, 2)) * (800, 500)
    halves = np.tile([40.0, 20.0], (20, 1))
    spots[0] = (400, 250)
    fixed = np.arange(20) == 0
    moved = separate(spots, halves, (0, 0, 800, 500), fixed)
    assert not overlapping(moved, halves).any()
    assert tuple(moved[0]) == (400, 250)
    assert (moved >= halves - 1e-9).all()
    assert (moved <= (800, 500) - halves + 1e-9).all()


def test_boxes_on_one_spot_come_apart() -> None:
    moved = separate(
        np.full((6, 2), 100.0), np.tile([20.0, 10.0], (6, 1)), (0, 0, 400, 300), np.zeros(6, bool)
    )
    assert not overlapping(moved, np.tile([20.0, 10.0], (6, 1))).any()
