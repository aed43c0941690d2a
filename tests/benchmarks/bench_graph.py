"""The actor graph of thousands: placing against rustworkx, warm starts, edges by numpy, frames (design §6).

python tests/benchmarks/bench_graph.py [--short] [--json]; needs rustworkx for its yardstick (the yardstick alone).
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parent)]

import synthetic  # noqa: E402 - it lies beside this file

from explorer.casefile import columns as c  # noqa: E402

NODES, TIES, CAMPS = 2_000, 6_000, 5
KINDS = ("state_forces", "rebel_group", "militia", "civilians", "international", "person")


def network(nodes: int = NODES, ties: int = TIES, seed: int = 1) -> np.ndarray:
    """Return distinct pairs (ties, 2) with hubs by a power law and groups that keep to themselves."""
    draw = np.random.default_rng(seed)
    group = draw.integers(0, max(nodes // 80, 1), nodes)
    often = draw.permutation(1 / np.arange(1, nodes + 1) ** 0.8)
    one, two = draw.choice(nodes, (2, ties * 40), p=often / often.sum())
    kept = ((group[one] == group[two]) | (draw.random(len(one)) < 0.03)) & (one != two)
    pairs = np.stack([np.minimum(one, two), np.maximum(one, two)], axis=1)[kept]
    found = np.unique(pairs, axis=0)
    return found[np.sort(draw.permutation(len(found))[:ties])]


def table(nodes: int = NODES, ties: int = TIES, seed: int = 1) -> c.EventTable:
    """Return a case whose actors are tied like that: a Zipf number of events behind each pair, two actors in each."""
    draw = np.random.default_rng(seed)
    pairs = network(nodes, ties, seed)
    often = np.minimum(draw.zipf(1.8, len(pairs)), 400)
    both = pairs[draw.permutation(np.repeat(np.arange(len(pairs)), often))]
    turned = draw.random(len(both)) < 0.4
    both[turned] = both[turned][:, ::-1]
    return between(both, nodes, draw)


def between(both: np.ndarray, nodes: int, draw: np.random.Generator) -> c.EventTable:
    """Return events of two actors each, one to the other or side by side, with camps and kinds."""
    rows = len(both)
    plain = synthetic.table(rows)
    acting = np.where(draw.random(rows) < 0.7, c.ROLES.index("recipient"), c.ROLES.index("party"))
    first = np.where(acting == c.ROLES.index("party"), acting, c.ROLES.index("actor"))
    none, bare = np.empty((0, 2), np.int32), np.empty(0, np.uint8)
    sides = draw.integers(-2, CAMPS, nodes)
    names = tuple(f"{('Army', 'Front', 'Brigade', 'Council', 'Movement')[i % 5]} of Region {i}" for i in range(nodes))
    actors = c.ActorColumns(
        tuple(synthetic.numbered("act-", nodes)), names, ((),) * nodes, tuple(KINDS[i % len(KINDS)] for i in range(nodes)),
        tuple(f"camp {side}" if side >= 0 else "" for side in sides), none, bare, none, bare,
    )  # fmt: skip
    hue = draw.choice(len(c.HUES), rows, p=(0.05, 0.45, 0.2, 0.15, 0.1, 0.05)).astype(np.uint8)
    parts = c.Participations(
        np.arange(rows + 1, dtype=np.int64) * 2, both.astype(np.int32).ravel(),
        np.stack([first, acting], axis=1).astype(np.uint8).ravel(), np.full(2 * rows, 3, np.uint8),
    )  # fmt: skip
    return dataclasses.replace(plain, actors=actors, participations=parts, hue=hue)
