"""How long a filter takes on 10^5 and 10^6 events, beside one memory pass over the same columns (design §6).

Run, with the package installed: python tests/benchmarks/bench_filter.py [--rows 100000 1000000] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from explorer.casefile import columns as c
from explorer.query.filters import FACETS, Choice, Filter
from explorer.query.index import index_of
from explorer.query.masks import evaluate, mask

YEAR = 31_556_952
ACTORS, PLACES, TAGS, SAYERS = 2_000, 5_000, 40, 500
ASSAULT = c.EVENT_TYPES.index("ASSAULT")
SINGLE = ("kinds", "types", "quads", "basis", "precision", "reported_as", "sources", "status")


def zipf(draw: np.random.Generator, size: int, count: int) -> np.ndarray:
    """Return count keys below size, the low ones often."""
    weights = 1 / np.arange(1, size + 1)
    return draw.choice(size, count, p=weights / weights.sum()).astype(np.int32)


def offsets_of(lengths: np.ndarray) -> np.ndarray:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))


def times_of(draw: np.random.Generator, rows: int) -> c.TimeColumns:
    """Return 30 years of bounds: 40 % in bursts, 40 % intervals, 5 % undated."""
    start = draw.integers(0, 30 * YEAR, rows)
    burst = draw.random(rows) < 0.4
    start[burst] = draw.integers(0, 30 * YEAR, 200)[draw.integers(0, 200, burst.sum())]
    length = np.where(draw.random(rows) < 0.4, draw.integers(86_400, 60 * 86_400, rows), 86_399)
    undated = draw.random(rows) < 0.05
    low, high = np.where(undated, c.OPEN_PAST, start), np.where(undated, c.OPEN_FUTURE, start + length)
    inner_high = np.where(undated, c.OPEN_FUTURE, start + 86_399)
    inner_low = np.where(undated, c.OPEN_PAST, start + length - 86_399)
    basis = np.repeat(np.where(undated, 0, draw.integers(1, 4, rows))[:, None], 4, axis=1).astype(np.uint8)
    precision = np.where(undated, 0, draw.integers(1, 8, rows)).astype(np.uint8)
    return c.TimeColumns(low, inner_high, inner_low, high, basis, np.zeros((rows, 4), np.bool_), precision)


def quantities_of(draw: np.random.Generator, rows: int) -> c.Quantities:
    """Return one number of dead for every third event, a quarter of them "at least"."""
    number = (draw.random(rows) < 0.33).astype(np.int64)
    count = int(number.sum())
    low = draw.integers(1, 60, count).astype(np.float64)
    open_above = draw.random(count) < 0.25
    best, high = np.where(open_above, np.nan, low + 2), np.where(open_above, np.nan, low + 9)
    qualifier = np.where(open_above, c.QUALIFIERS.index("at_least"), c.QUALIFIERS.index("range")).astype(
        np.uint8
    )
    kind = np.full(count, c.QUANTITY_KINDS.index("fatalities"), np.uint8)
    basis = np.full(count, 3, np.uint8)
    return c.Quantities(
        offsets_of(number), kind, qualifier, low, best, high, np.full(count, -1, np.int32), basis
    )


def synthetic(rows: int, seed: int = 1) -> c.EventTable:
    """Return a table of random events: 1-4 actors, a place in a hierarchy, one document and one claim each."""
    draw = np.random.default_rng(seed)
    codes: Callable[[int], np.ndarray] = lambda top: draw.integers(0, top, rows).astype(np.uint8)  # noqa: E731
    acting = draw.integers(1, 5, rows)
    parts = int(acting.sum())
    one = np.arange(rows + 1, dtype=np.int64)
    times, documents, tagged = times_of(draw, rows), max(rows // 20, 1), draw.integers(0, 2, rows)
    actor_ids = tuple(f"act-{i}" for i in range(ACTORS))
    parent = np.where(np.arange(PLACES) < 50, -1, draw.integers(0, 50, PLACES)).astype(np.int32)
    whole = np.stack((np.arange(1_000, ACTORS), draw.integers(0, 200, ACTORS - 1_000)), axis=1).astype(
        np.int32
    )
    none = np.empty(0, np.int32)
    bare = np.empty(0, np.uint8)
    no_claims = c.Claims(np.zeros(1, np.int64), none, bare, none)
    types = zipf(draw, len(c.EVENT_TYPES), rows).astype(np.uint8)
    return c.EventTable(
        version=1, ids=range(rows), time=times, text_time=times, kind=codes(4), type=types,
        mode=np.where(types == ASSAULT, draw.integers(0, 6, rows), 0).astype(np.int32),
        modes=("", "aerial", "drone", "explosives", "firearms", "torture"), hue=codes(6), status=codes(3),
        sources=codes(3), source_count=np.ones(rows, np.int32), hollow=draw.random(rows) < 0.1,
        container=np.zeros(rows, np.bool_), aggregate=np.zeros(rows, np.bool_),
        anchor_document=np.full(rows, -1, np.int32), anchor_relation=np.zeros(rows, np.uint8),
        participations=c.Participations(
            offsets_of(acting), zipf(draw, ACTORS, parts), draw.integers(0, 5, parts).astype(np.uint8),
            np.full(parts, 3, np.uint8),
        ),
        places=c.Places(one, zipf(draw, PLACES, rows), codes(4), np.full(rows, 3, np.uint8), codes(8)),
        quantities=quantities_of(draw, rows),
        claims=c.Claims(
            one, draw.integers(0, documents, rows).astype(np.int32), codes(5),
            draw.integers(-1, SAYERS, rows).astype(np.int32),
        ),
        value_attributions=c.Labels(np.zeros(rows + 1, np.int64), none),
        tags=c.Labels(offsets_of(tagged), draw.integers(0, TAGS, int(tagged.sum())).astype(np.int32)),
        tag_names=tuple(f"tag {i}" for i in range(TAGS)), attributions=tuple(f"source {i}" for i in range(SAYERS)),
        actors=c.ActorColumns(
            actor_ids, actor_ids, ((),) * ACTORS, ("state",) * ACTORS, ("",) * ACTORS, whole,
            np.full(len(whole), 3, np.uint8), np.empty((0, 2), np.int32), bare,
        ),
        locations=c.LocationColumns(
            tuple(f"loc-{i}" for i in range(PLACES)), ("",) * PLACES, ((),) * PLACES, ("place",) * PLACES, parent,
            np.zeros(PLACES, np.bool_),
        ),
        documents=c.DocumentColumns(
            tuple(f"doc-{i}" for i in range(documents)), ("",) * documents,
            tuple(f"publisher {i % 300}" for i in range(documents)), ("",) * documents,
        ),
        relations=c.RelationColumns(
            (), none, none, bare, bare, bare, np.empty(0, np.bool_), np.empty(0, np.bool_), (), no_claims
        ),
        links=c.LinkColumns((), none, none, bare, bare, bare),
        titles=lambda _: [],
    )  # fmt: skip


QUERIES = {
    "no condition": Filter(),
    "three years": Filter(time_from="1980", time_to="1982"),
    "three types, ten years": Filter(
        types=Choice(include=("ASSAULT", "COERCE", "AGREE")), time_from="1975", time_to="1984"
    ),
    "top actor, two types": Filter(
        actors=Choice(include=("act-0",)), types=Choice(include=("AGREE", "CONSULT"))
    ),
    "five actors, ten places": Filter(
        actors=Choice(include=tuple(f"act-{i}" for i in range(3, 8))),
        places=Choice(include=tuple(f"loc-{i}" for i in range(60, 70))),
    ),
    "all of two actors, not one": Filter(
        actors=Choice(include=("act-1", "act-2"), exclude=("act-3",), match="all")
    ),
}


def columns_read(table: c.EventTable) -> list[np.ndarray]:
    """Return the columns that a mask and its counts look at, as bytes: the yardstick reads each once."""
    index = index_of(table)
    found = [table.time.start_min, table.time.end_max]
    for name in FACETS:
        facet = index.facet(name, Filter())
        found += [facet.codes] if name in SINGLE else [facet.keys, facet.lengths]
    return [np.ascontiguousarray(column).view(np.uint8).reshape(-1) for column in found]


def median_ms(call: Callable[[], Any], times: int) -> tuple[float, float]:
    """Return the median and the 95th percentile of a call in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95))


def memory_pass(columns: list[np.ndarray]) -> None:
    """Read every column once, as words."""
    for column in columns:
        column[: len(column) // 8 * 8].view(np.uint64).max(initial=0)


def counted(table: c.EventTable, filter: Filter) -> None:
    index_of(table).kept.clear()
    shown = evaluate(table, filter)
    for name in FACETS:
        _ = shown.facets[name]


def clicked(table: c.EventTable, filter: Filter) -> None:
    """Count again after a click in one facet: what did not change is kept."""
    shown = evaluate(table, filter)
    for name in FACETS:
        _ = shown.facets[name]


def masked(table: c.EventTable, filter: Filter) -> None:
    index_of(table).kept.clear()
    mask(table, filter)


def measure(rows: int, times: int) -> list[dict[str, Any]]:
    """Return one line of figures for each query."""
    table = synthetic(rows)
    start = time.perf_counter()
    counted(table, QUERIES["three years"])
    built = (time.perf_counter() - start) * 1000
    columns = columns_read(table)
    lines = []
    for name, filter in QUERIES.items():
        unit, _ = median_ms(lambda: memory_pass(columns), times)
        masking, slow_mask = median_ms(lambda f=filter: masked(table, f), times)
        counting, slow_count = median_ms(lambda f=filter: counted(table, f), times)
        again, _ = median_ms(lambda f=filter: clicked(table, f), times)
        lines.append({
            "rows": rows, "query": name, "shown": int(mask(table, filter).sum()), "memory_ms": unit,
            "mask_ms": masking, "mask_p95_ms": slow_mask, "facets_ms": counting, "facets_p95_ms": slow_count,
            "again_ms": again, "mask_ratio": masking / unit, "facets_ratio": counting / unit,
            "index_once_ms": built, "memory_mb": sum(len(column) for column in columns) / 1e6,
        })  # fmt: skip
    return lines


def print_table(lines: list[dict[str, Any]]) -> None:
    heads = (
        "rows",
        "query",
        "shown",
        "memory ms",
        "mask ms",
        "p95",
        "ratio",
        "mask + all facets ms",
        "p95",
        "ratio",
        "again ms",
    )
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for line in lines:
        cells = [
            f"{line['rows']:,}", line["query"], f"{line['shown']:,}", f"{line['memory_ms']:.2f}",
            f"{line['mask_ms']:.2f}", f"{line['mask_p95_ms']:.2f}", f"{line['mask_ratio']:.1f}x",
            f"{line['facets_ms']:.1f}", f"{line['facets_p95_ms']:.1f}", f"{line['facets_ratio']:.1f}x",
            f"{line['again_ms']:.1f}",
        ]  # fmt: skip
        print("| " + " | ".join(cells) + " |")
    for rows in sorted({line["rows"] for line in lines}):
        line = next(line for line in lines if line["rows"] == rows)
        print(
            f"\n{rows:,} rows: index made once in {line['index_once_ms']:.0f} ms; columns {line['memory_mb']:.0f} MB."
        )


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(argv)
    lines = [line for rows in asked.rows for line in measure(rows, asked.times)]
    if asked.json:
        print(json.dumps(lines, indent=1))
    else:
        print_table(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
