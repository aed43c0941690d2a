"""How long a filter takes on 10^5 and 10^6 events, beside one memory pass over the same columns (design §6).

Run, with the package installed: python tests/benchmarks/bench_filter.py [--rows 100000 1000000] [--json]
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from lines import Line
from synthetic import table as synthetic

from explorer.casefile import columns as c
from explorer.query.filters import FACETS, Choice, Filter
from explorer.query.index import index_of
from explorer.query.masks import evaluate, mask
from explorer.query.moving import warm_up

SINGLE = ("kinds", "types", "quads", "basis", "precision", "reported_as", "sources", "status")


QUERIES = {
    "no condition": Filter(),
    "three years": Filter(time_from="1980", time_to="1982"),
    "three types, ten years": Filter(
        types=Choice(include=("ASSAULT", "COERCE", "AGREE")), time_from="1975", time_to="1984"
    ),
    "top actor, two types": Filter(
        actors=Choice(include=("act-0000",)), types=Choice(include=("AGREE", "CONSULT"))
    ),
    "five actors, ten places": Filter(
        actors=Choice(include=tuple(f"act-{i:04d}" for i in range(3, 8))),
        places=Choice(include=tuple(f"loc-{i:04d}" for i in range(60, 70))),
    ),
    "all of two actors, not one": Filter(
        actors=Choice(include=("act-0001", "act-0002"), exclude=("act-0003",), match="all")
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


def forget(table: c.EventTable) -> None:
    """Let go of all that was counted before, so that nothing is only moved on from there."""
    index_of(table).kept.clear()
    index_of(table).last.clear()
    for key in [key for key in table.derived if key.startswith("window ")]:
        del table.derived[key]


def counted(table: c.EventTable, filter: Filter) -> None:
    forget(table)
    shown = evaluate(table, filter)
    for name in FACETS:
        _ = shown.facets[name]


def clicked(table: c.EventTable, filter: Filter) -> None:
    """Count again after a click in one facet: what did not change is kept."""
    shown = evaluate(table, filter)
    for name in FACETS:
        _ = shown.facets[name]


def masked(table: c.EventTable, filter: Filter) -> None:
    forget(table)
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


def moved(table: c.EventTable, times: int) -> tuple[float, float]:
    """Return the median milliseconds of mask and all facets for a window of 3 years dragged by days; moved, and anew."""
    days = [f"{month:02d}-{day:02d}" for month in (1, 2) for day in range(1, 28)]
    windows = itertools.cycle([Filter(time_from=f"1980-{day}", time_to=f"1982-{day}") for day in days])
    warm_up(table)
    clicked(table, next(windows))
    quick = median_ms(lambda: clicked(table, next(windows)), times)[0]
    return quick, median_ms(lambda: counted(table, next(windows)), times)[0]


def first_clicks(rows: int) -> tuple[float, float]:
    """Return the milliseconds of the first click on an actor with all facets, once counted: cold, and made ready."""
    condition, taken = Filter(actors=Choice(include=("act-0003",))), []
    for ready in (False, True):
        table = synthetic(rows)
        counted(table, Filter())
        if ready:
            for name in FACETS:
                index_of(table).warm(name)
        start = time.perf_counter()
        clicked(table, condition)
        taken.append((time.perf_counter() - start) * 1000)
    return taken[0], taken[1]


def lines(*, short: bool) -> Iterator[Line]:
    """Yield a line for the mask and one for all counts of each query."""
    rows = 100_000 if short else 1_000_000
    for found in measure(rows, 15):
        said, unit = f"{found['query']}, {rows:,} events", found["memory_ms"]
        yield Line(f"mask: {said}", found["mask_ms"], unit, "a memory pass", most=25, cap=16)
        yield Line(
            f"mask and all facets: {said}", found["facets_ms"], unit, "a memory pass", most=100, cap=50
        )
    cold, warm = first_clicks(rows)
    yield Line(
        f"first click on an actor, made ready, {rows:,} events", warm, cold, "not made ready", most=1, cap=50
    )
    quick, anew = moved(synthetic(rows), 25)
    yield Line(
        f"a window dragged by days, all facets, {rows:,} events", quick, anew, "counted anew", most=1, cap=16
    )


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
