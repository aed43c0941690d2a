"""Measure the EDTF parser against its budget: 100,000 dates a second, without its cache.

Run: python tests/benchmarks/bench_edtf.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

from explorer.model.edtf import parse_edtf

BUDGET = 100_000
COUNT = 50_000
#: What cases hold: mostly plain days, some coarser, qualified, sets and intervals.
SHAPES = {
    "days": ("{y}-{m:02d}-{d:02d}",),
    "a mix": (
        *("{y}-{m:02d}-{d:02d}",) * 6,
        "{y}-{m:02d}", "{y}", "{y}-{m:02d}-{d:02d}~", "[{y}-{m:02d}-01..{y}-{m:02d}-{d:02d}]",
        "{y}-{m:02d}-01/{y}-{m:02d}-{d:02d}", "{y}/..",
    ),
}  # fmt: skip


def dates(shapes: Sequence[str], count: int) -> list[str]:
    """Return count different-looking dates in the given shapes."""
    return [
        shapes[n % len(shapes)].format(y=1900 + n * 7 % 200, m=1 + n % 12, d=1 + n * 5 % 28)
        for n in range(count)
    ]


def rate(parse: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return the best of three runs, in dates a second."""
    best = 0.0
    for _ in range(3):
        start = time.perf_counter()
        for text in texts:
            parse(text)
        best = max(best, len(texts) / (time.perf_counter() - start))
    return best


def main() -> int:
    """Print a row for each shape; exit 1 where the budget is missed."""
    sys.stdout.write("| EDTF | measured, dates/s | cached | budget | |\n|---|---|---|---|---|\n")
    met = True
    for name, shapes in SHAPES.items():
        texts = dates(shapes, COUNT)
        plain, cached = rate(parse_edtf.__wrapped__, texts), rate(parse_edtf, texts)
        ok = plain >= BUDGET
        met = met and ok
        verdict = "met" if ok else "missed"
        sys.stdout.write(f"| {name} | {plain:,.0f} | {cached:,.0f} | {BUDGET:,} | {verdict} |\n")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
