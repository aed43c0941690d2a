"""The actor graph of thousands: placing against rustworkx, warm starts, edges by numpy, frames (design §6).

python tests/benchmarks/bench_graph.py [--short] [--json]; needs rustworkx for its yardstick (the yardstick alone).
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parent)]

import synthetic  # noqa: E402 - it lies beside this file
from lines import Line, milliseconds  # noqa: E402

from explorer.casefile import columns as c  # noqa: E402
from explorer.layout.force import Graph, stages  # noqa: E402
from explorer.layout.graph import GraphRequest, Look, draw_graph, place_actors  # noqa: E402
from explorer.query.edge_columns import edge_columns, tie_columns  # noqa: E402

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
    names = tuple(
        f"{('Army', 'Front', 'Brigade', 'Council', 'Movement')[i % 5]} of Region {i}" for i in range(nodes)
    )
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


# -- measuring ------------------------------------------------------------------------------------------------


def placed(graph: Graph) -> np.ndarray:
    """Return the last places of a graph."""
    *_, places = stages(graph)
    return places


def yardstick(pairs: np.ndarray, nodes: int, times: int) -> float | None:
    """Return the milliseconds of rustworkx for the same graph, None where it is not installed."""
    try:
        import rustworkx
    except ImportError:
        return None
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from([(int(one), int(two), 1.0) for one, two in pairs])
    return clocked(lambda: rustworkx.spring_layout(graph, seed=1), times)


def clocked(call: Callable[[], object], times: int) -> float:
    """Return the median milliseconds by the clock: rustworkx and numpy use threads of their own."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


def edited(pairs: np.ndarray, nodes: int) -> np.ndarray:
    """Return the ties after an edit: one in a hundred gone, as many others there."""
    draw = np.random.default_rng(7)
    fresh = draw.integers(0, nodes, (len(pairs) // 100, 2))
    return np.concatenate([pairs[draw.random(len(pairs)) > 0.01], fresh[fresh[:, 0] != fresh[:, 1]]])


def layout_lines(*, short: bool) -> Iterator[Line]:
    pairs, times = network(), 1 if short else 3
    graph = Graph(NODES, pairs, np.ones(len(pairs)))
    spring = yardstick(pairs, NODES, times)
    cold = clocked(lambda: placed(graph), times)
    size = f"{NODES:,} nodes, {len(pairs):,} edges"
    if spring is not None:
        yield Line(f"layout cold, {size}", cold, spring, "rustworkx spring", most=1.0, loose=2.0)
    held = placed(graph)
    other = edited(pairs, NODES)
    warm = Graph(NODES, other, np.ones(len(other)), held)
    took = clocked(lambda: placed(warm), times)
    yield Line(f"layout warm after a 1 % edit, {size}", took, cold, "layout cold", most=0.5)
    moved = float(np.median(np.hypot(*(placed(warm) - held).T))) * 100
    yield Line("warm: median move, % of the width", moved, 100.0, "the width", most=0.02, loose=1.0)


def edge_lines(*, short: bool) -> Iterator[Line]:
    for rows in (10_000, 100_000) if short else (10_000, 100_000, 1_000_000):
        made = synthetic.table(rows)
        mask = np.arange(rows) % 3 > 0
        keys = made.participations.actor.astype(np.int64) << 32 | made.participations.row
        sorting = milliseconds(lambda keys=keys: np.sort(keys), 3)

        def anew(made: c.EventTable = made) -> None:
            made.derived.clear()
            tie_columns(made)

        yield Line(
            f"ties of {rows:,} events, first time",
            milliseconds(anew, 3),
            sorting,
            "sorting their keys",
            most=20,
        )
        took = milliseconds(lambda made=made, mask=mask: edge_columns(made, mask), 3)
        yield Line(f"ties of {rows:,} events, a filter", took, sorting, "sorting their keys", most=1)


def frame_lines(*, short: bool) -> Iterator[Line]:
    from PySide6.QtGui import QGuiApplication, QImage, QPainter

    from explorer.paint.fonts import QtMeasure, load_fonts
    from explorer.paint.painter import paint
    from explorer.paint.theme import LIGHT

    application = QGuiApplication.instance() or QGuiApplication([])
    load_fonts()
    measure, image = QtMeasure(), QImage(1600, 800, QImage.Format.Format_RGB32)

    def frames(nodes: int, ties: int) -> float:
        made = table(nodes, ties)
        mask, places, step = np.ones(len(made), bool), place_actors(made), 0

        def frame() -> None:
            nonlocal step
            step += 1
            look = Look(0.5 + step * 0.002, 0.5, 1.6)
            request = GraphRequest(made, mask, None, places, 1600.0, 800.0, look=look)
            with QPainter(image) as painter:
                paint(draw_graph(request, measure).scene, painter, LIGHT)

        frame()
        return milliseconds(frame, 5 if short else 21)

    small = frames(200, 600)
    yield Line(
        f"graph frame panned, {NODES:,} nodes, {TIES:,} edges", frames(NODES, TIES), small, "the same, a tenth of it",
        most=3.0, cap=40.0,
    )  # fmt: skip
    del application


def lines(*, short: bool) -> Iterator[Line]:
    """Measure all of it."""
    yield from layout_lines(short=short)
    yield from edge_lines(short=short)
    yield from frame_lines(short=short)


def main() -> int:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = list(lines(short=asked.short))
    if asked.json:
        print(
            json.dumps(
                [{**dataclasses.asdict(line), "ratio": line.ratio, "met": line.met()} for line in found],
                indent=1,
            )
        )
    for line in found if not asked.json else ():
        told = f"{line.measured:,.2f} / {line.yardstick:,.2f} ({line.against}) = {line.ratio:.3f}"
        print(f"{line.what}: {told}, {line.budget}")
    return int(asked.short and any(not line.met(line.loose) for line in found))


if __name__ == "__main__":
    sys.exit(main())
